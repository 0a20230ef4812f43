// The stricter way for super-admins (setting `content_access`): an organisation they do not belong to is opened with a
// reason, for at most an hour; its owners are told by mail, and read of it in their own log.

import { sql } from 'kysely'
import { appendPlatformEntry, type Origin } from '../audit/append.ts'
import type { ControlTx } from '../kernel/database.ts'
import { newId } from '../kernel/id.ts'
import { DEFAULT_PAGE_SIZE, type Page, type PageQuery, pageOf, parseCursor } from '../kernel/page.ts'
import { readSettings } from '../kernel/platform-setting.ts'
import { getUser } from '../identity/user.ts'
import { notFound } from '../kernel/problem.ts'
import { noteForOwners } from '../mail/owner-notice.ts'
import { getOrganisation } from './organisation.ts'

export const MAX_ACCESS_MINUTES = 60

export type ContentAccess = {
  readonly id: string
  readonly user_id: string
  readonly organisation_id: string
  readonly reason: string
  readonly opened_at: Date
  readonly expires_at: Date
  readonly closed_at: Date | null
}

const COLUMNS = ['id', 'user_id', 'organisation_id', 'reason', 'opened_at', 'expires_at', 'closed_at'] as const

/** Whether this super-admin may open the organisation now: always, or by an access that is open where one is demanded. */
export async function hasContentAccess(tx: ControlTx, user_id: string, organisation_id: string): Promise<boolean> {
  const { content_access } = await readSettings(tx)
  if (content_access === 'open') return true
  const open = await tx
    .selectFrom('tenancy.content_access')
    .select('id')
    .where('user_id', '=', user_id)
    .where('organisation_id', '=', organisation_id)
    .where('closed_at', 'is', null)
    .where('expires_at', '>', tx.fn<Date>('now'))
    .limit(1)
    .executeTakeFirst()
  return open !== undefined
}

/** Opens an organisation to a super-admin for a while; its owners are told by mail and by its log. Throws `not_found`. */
export async function openContentAccess(
  tx: ControlTx,
  origin: Origin,
  user_id: string,
  organisation_id: string,
  draft: { readonly reason: string; readonly minutes: number },
): Promise<ContentAccess> {
  await getOrganisation(tx, organisation_id)
  const { reason, minutes } = draft
  const { display_name: who } = await getUser(tx, user_id)
  const access = await tx
    .insertInto('tenancy.content_access')
    .values({
      id: newId(),
      user_id,
      organisation_id,
      reason,
      expires_at: sql<Date>`now() + make_interval(mins => ${minutes})`,
    })
    .returning(COLUMNS)
    .executeTakeFirstOrThrow()
  await appendPlatformEntry(tx, origin, {
    event: 'superadmin.access_opened',
    organisation_id,
    target: { type: 'organisation', id: organisation_id },
    data: { reason, minutes, expires_at: access.expires_at },
  })
  const until = access.expires_at.toISOString()
  await noteForOwners(tx, organisation_id, 'access_opened', { who, reason, until })
  return access
}

/** Ends it before its time. Throws `not_found` for one that is over. */
export async function closeContentAccess(tx: ControlTx, origin: Origin, access_id: string): Promise<ContentAccess> {
  const access = await tx
    .updateTable('tenancy.content_access')
    .set({ closed_at: sql`now()` })
    .where('id', '=', access_id)
    .where('closed_at', 'is', null)
    .where('expires_at', '>', tx.fn<Date>('now'))
    .returning(COLUMNS)
    .executeTakeFirst()
  if (access === undefined) throw notFound()
  await appendPlatformEntry(tx, origin, {
    event: 'superadmin.access_closed',
    organisation_id: access.organisation_id,
    target: { type: 'organisation', id: access.organisation_id },
  })
  return access
}

/** A page of all accesses, newest first. */
export async function listContentAccess(
  tx: ControlTx,
  query: PageQuery & { readonly organisation_id?: string },
): Promise<Page<ContentAccess>> {
  const cursor = parseCursor(query)
  const rows = await tx
    .selectFrom('tenancy.content_access')
    .select(COLUMNS)
    .$if(query.organisation_id !== undefined, (select) =>
      select.where('organisation_id', '=', query.organisation_id ?? ''),
    )
    .$if(cursor !== null, (select) => select.where('id', '<', cursor))
    .orderBy('id', 'desc')
    .limit((query.limit ?? DEFAULT_PAGE_SIZE) + 1)
    .execute()
  return pageOf(rows, query)
}
