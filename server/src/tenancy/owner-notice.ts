// Telling owners by mail what the platform noted for them (`mail/owner-notice.ts`). Who they are is asked in the organisation's
// database when they are told; an organisation that cannot be reached is asked again, and keeps nobody else waiting.

import { Value } from 'typebox/value'
import { Type } from 'typebox'
import type { ControlDatabase, ControlTx, OrganisationDatabase } from '../kernel/database.ts'
import type { OrganisationDatabases } from '../kernel/organisation-databases.ts'
import { type PlatformSettings, readSettings } from '../kernel/platform-setting.ts'
import { notFound, Problem } from '../kernel/problem.ts'
import { type Mailer, prepareMails, queueMails } from '../mail/message.ts'
import { OWNER_NOTICES } from '../mail/owner-notice.ts'
import { wordOf } from './internal/member-row.ts'
import { ownerText } from './internal/owner-text.ts'

export type OwnerNoticeNeeds = {
  readonly control: ControlDatabase
  readonly databases: OrganisationDatabases
  readonly mailer: Mailer
}

const AT_ONCE = 100
const GOOD_FOR_MS = 7 * 86_400_000

const Facts = Type.Object({
  who: Type.Optional(Type.String()),
  reason: Type.Optional(Type.String()),
  until: Type.Optional(Type.Union([Type.String(), Type.Null()])),
})

const readUntold = (tx: ControlTx) =>
  tx
    .selectFrom('mail.owner_notice as n')
    .innerJoin('tenancy.organisation as o', 'o.id', 'n.organisation_id')
    .select(['n.id', 'n.organisation_id', 'n.kind', 'n.facts', 'n.created_at', 'o.name'])
    .where('n.told_at', 'is', null)
    .orderBy('n.id')
    .limit(AT_ONCE)
    .execute()

type Untold = Awaited<ReturnType<typeof readUntold>>[number]

/**
 * Mails what was noted for owners, each notice once to each active owner; safe on several nodes at once. Returns how many
 * notices it saw. Throws an `AggregateError` for organisations that cannot be reached, when all others have been told.
 */
export async function tellOwners(needs: OwnerNoticeNeeds): Promise<number> {
  const { notices, settings } = await needs.control.transaction(async (tx) => ({
    notices: await readUntold(tx),
    settings: await readSettings(tx),
  }))
  const causes: unknown[] = []
  for (const notice of notices) {
    try {
      await tell(needs, settings, notice)
    } catch (cause) {
      causes.push(cause)
    }
  }
  if (causes.length > 0) throw new AggregateError(causes, `The owners of ${causes.length} organisations were not told`)
  return notices.length
}

async function tell({ control, databases, mailer }: OwnerNoticeNeeds, settings: PlatformSettings, notice: Untold) {
  const user_ids = await findOwners(databases, notice.organisation_id)
  const recipients = await control.transaction((tx) => findAddresses(tx, user_ids))
  const { kind: word, organisation_id, created_at } = notice
  const kind = wordOf(OWNER_NOTICES, word)
  const text = ownerText(kind, {
    ...Value.Parse(Facts, notice.facts),
    organisation_id,
    organisation_name: notice.name,
    deployment_name: settings.deployment_name,
    at: created_at,
    origin: mailer.origin(),
  })
  const expires_at = new Date(created_at.getTime() + GOOD_FOR_MS)
  const drafts = recipients.map((recipient) => ({ kind, recipient, text, expires_at, organisation_id }))
  const mails = await prepareMails(mailer, settings, drafts)
  await control.transaction(async (tx) => {
    const mine = await tx
      .updateTable('mail.owner_notice')
      .set({ told_at: tx.fn<Date>('now') })
      .where('id', '=', notice.id)
      .where('told_at', 'is', null)
      .returning('id')
      .executeTakeFirst()
    if (mine !== undefined) await queueMails(tx, mails)
  })
}

/** The accounts of the active owners; none of an organisation that is gone. */
async function findOwners(databases: OrganisationDatabases, organisation_id: string): Promise<readonly string[]> {
  const database = await databases.of(organisation_id).catch(nullIfGone)
  if (database === null) return []
  const owners = await database.transaction((tx) =>
    tx
      .selectFrom('tenancy.member')
      .select('user_id')
      .where('base_role', '=', 'owner')
      .where('status', '=', 'active')
      .orderBy('id')
      .execute(),
  )
  return owners.map(({ user_id }) => user_id)
}

function nullIfGone(error: unknown): OrganisationDatabase | null {
  if (error instanceof Problem && error.code === notFound.code) return null
  throw error
}

async function findAddresses(tx: ControlTx, user_ids: readonly string[]): Promise<readonly string[]> {
  if (user_ids.length === 0) return []
  const rows = await tx
    .selectFrom('identity.user')
    .select('email')
    .where('id', 'in', [...user_ids])
    .where('status', '=', 'active')
    .orderBy('id')
    .execute()
  return rows.map(({ email }) => email)
}
