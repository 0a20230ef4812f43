// What super-admins tell everybody: maintenance, an outage, something new. An announcement is shown from its start until its end,
// or until somebody ends it; who has read it puts it away, and sees it again when it says something else.

import { type Expression, type SqlBool, sql } from 'kysely'
import { constraintOf } from '../kernel/database-error.ts'
import type { ControlTx } from '../kernel/database.ts'
import { newId } from '../kernel/id.ts'
import { type Page, type PageQuery, DEFAULT_PAGE_SIZE, pageOf, parseCursor } from '../kernel/page.ts'
import { notFound } from '../kernel/problem.ts'
import { announcementOrder } from './problems.ts'

export const SEVERITIES = ['info', 'warning', 'critical'] as const
export type Severity = (typeof SEVERITIES)[number]

export type Announcement = {
  readonly id: string
  readonly text: string
  readonly severity: string
  readonly starts_at: Date
  /** Null: until it is ended. */
  readonly ends_at: Date | null
  readonly ended_at: Date | null
  readonly edition: number
  /** `planned`, `shown` or `over`. */
  readonly state: string
}

/** Shown from now on where no start is given. */
export type AnnouncementDraft = {
  readonly text: string
  readonly severity: Severity
  readonly starts_at?: string
  readonly ends_at?: string | null
}

export type AnnouncementChange = Partial<AnnouncementDraft> & { readonly is_ended?: boolean }

const IS_OVER = sql<SqlBool>`(ended_at is not null or coalesce(ends_at <= now(), false))`
const state = sql<string>`case when ${IS_OVER} then 'over' when starts_at > now() then 'planned' else 'shown' end`

const select = (tx: ControlTx) =>
  tx
    .selectFrom('platform.announcement')
    .select(['id', 'text', 'severity', 'starts_at', 'ends_at', 'ended_at', 'edition', state.as('state')])

/** A page of all of them, newest first. */
export async function listAnnouncements(tx: ControlTx, query: PageQuery): Promise<Page<Announcement>> {
  const cursor = parseCursor(query)
  const rows = await select(tx)
    .$if(cursor !== null, (all) => all.where('id', '<', cursor))
    .orderBy('id', 'desc')
    .limit((query.limit ?? DEFAULT_PAGE_SIZE) + 1)
    .execute()
  return pageOf(rows, query)
}

/** Those that are shown now, the most severe first, then the latest. */
export async function listShownAnnouncements(tx: ControlTx): Promise<readonly Announcement[]> {
  const isShown: Expression<SqlBool> = sql<SqlBool>`starts_at <= now() and not ${IS_OVER}`
  return select(tx)
    .where(isShown)
    .orderBy(sql`array_position(array['critical', 'warning', 'info'], severity)`)
    .orderBy('starts_at', 'desc')
    .limit(20)
    .execute()
}

/** Makes an announcement. Refuses with `announcement_order`. */
export async function createAnnouncement(tx: ControlTx, draft: AnnouncementDraft): Promise<Announcement> {
  const { text, severity, starts_at, ends_at = null } = draft
  const id = newId()
  await refusingOrder(
    tx
      .insertInto('platform.announcement')
      .values({ id, text: text.trim(), severity, starts_at: starts_at ?? sql<Date>`now()`, ends_at })
      .execute(),
  )
  return getAnnouncement(tx, id)
}

/**
 * Changes an announcement, ends it or shows it again. Another text or severity is another edition. Returns what was before as well.
 * Throws `not_found` and `announcement_order`.
 */
export async function changeAnnouncement(
  tx: ControlTx,
  id: string,
  change: AnnouncementChange,
): Promise<Announcement & { readonly before: Announcement }> {
  await tx.selectFrom('platform.announcement').select('id').where('id', '=', id).forUpdate().execute()
  const before = await getAnnouncement(tx, id)
  const { is_ended, text = before.text, ...rest } = change
  const saysElse = text.trim() !== before.text || (rest.severity ?? before.severity) !== before.severity
  await refusingOrder(
    tx
      .updateTable('platform.announcement')
      .set({
        ...rest,
        text: text.trim(),
        edition: before.edition + (saysElse ? 1 : 0),
        ...(is_ended !== undefined && { ended_at: is_ended ? (before.ended_at ?? sql<Date>`now()`) : null }),
      })
      .where('id', '=', id)
      .execute(),
  )
  return { ...(await getAnnouncement(tx, id)), before }
}

async function getAnnouncement(tx: ControlTx, id: string): Promise<Announcement> {
  const row = await select(tx).where('id', '=', id).executeTakeFirst()
  if (row === undefined) throw notFound()
  return row
}

async function refusingOrder(work: Promise<unknown>): Promise<void> {
  try {
    await work
  } catch (error) {
    if (constraintOf(error) !== 'announcement__ends_after_it_starts') throw error
    throw announcementOrder({}, { fields: [{ pointer: '/ends_at', message: 'lies before the start' }], cause: error })
  }
}
