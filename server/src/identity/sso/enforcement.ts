// Single sign-on as the only way into an organisation. Control decides it, because every request asks control anyway. One
// owner stays armed to come in without, for a limited time; when that time runs out the log raises an alarm.

import { sql } from 'kysely'
import { appendPlatformEntry, type Origin, platformOriginOf } from '../../audit/append.ts'
import type { ControlTx } from '../../kernel/database.ts'
import { noteForOwners } from '../../mail/owner-notice.ts'
import { listConnections, requireEntitled } from './connection.ts'
import { ssoNotTested } from './problems.ts'

export type Enforcement = {
  readonly is_enforced: boolean
  readonly enforced_at: Date | null
  readonly break_glass_user_id: string | null
  readonly break_glass_until: Date | null
}

/** Longest time for which an owner is armed; then somebody has to think of it again. */
export const MAX_BREAK_GLASS_DAYS = 90

const NOT_ENFORCED: Enforcement = {
  is_enforced: false,
  enforced_at: null,
  break_glass_user_id: null,
  break_glass_until: null,
}

/** What holds for an organisation now. */
export async function getEnforcement(tx: ControlTx, organisation_id: string): Promise<Enforcement> {
  const row = await tx
    .selectFrom('identity.sso_setting')
    .select(['is_enforced', 'enforced_at', 'break_glass_user_id', 'break_glass_until'])
    .where('organisation_id', '=', organisation_id)
    .executeTakeFirst()
  return row ?? NOT_ENFORCED
}

export type EnforcementChange = {
  readonly is_enforced: boolean
  /** Null keeps nobody armed, which only goes with single sign-on not being enforced. */
  readonly break_glass: { readonly user_id: string; readonly days: number } | null
}

/**
 * Enforces single sign-on or ceases to, with its log entry; it holds from the next request on. Throws `sso_not_entitled`, and
 * `sso_not_tested` when no enabled connection of the organisation was tried by a test sign-in as it is now.
 */
export async function setEnforcement(
  tx: ControlTx,
  origin: Origin,
  organisation_id: string,
  change: EnforcementChange,
): Promise<Enforcement> {
  const before = await getEnforcement(tx, organisation_id)
  if (change.is_enforced) {
    await requireEntitled(tx, organisation_id)
    const connections = await listConnections(tx, organisation_id)
    const isTried = connections.some((each) => each.status === 'enabled' && each.tested_revision === each.revision)
    if (!isTried) throw ssoNotTested()
  }
  const days = change.break_glass?.days ?? 0
  const values = {
    is_enforced: change.is_enforced,
    enforced_at: change.is_enforced ? sql<Date>`coalesce(${before.enforced_at}::timestamptz, now())` : null,
    break_glass_user_id: change.break_glass?.user_id ?? null,
    break_glass_until: change.break_glass === null ? null : sql<Date>`now() + make_interval(days => ${days})`,
    alarmed_at: null,
  }
  const after = await tx
    .insertInto('identity.sso_setting')
    .values({ organisation_id, ...values })
    .onConflict((conflict) => conflict.column('organisation_id').doUpdateSet(values))
    .returning(['is_enforced', 'enforced_at', 'break_glass_user_id', 'break_glass_until'])
    .executeTakeFirstOrThrow()
  const target = { type: 'organisation', id: organisation_id }
  const told = ({ is_enforced, break_glass_until }: Enforcement) => ({ is_enforced, break_glass_until })
  const data = { before: told(before), after: told(after) }
  await appendPlatformEntry(tx, origin, { event: 'sso_enforcement.changed', organisation_id, target, data })
  return after
}

/**
 * Raises the alarm, once a day, for every organisation that enforces single sign-on and where nobody can break the glass
 * within a week from now, nor in those of `unable`, where the one who is armed could not; its owners are told by mail. Returns
 * how many.
 */
export async function alarmExpiringGlass(tx: ControlTx, unable: ReadonlySet<string>): Promise<number> {
  const rows = await tx
    .updateTable('identity.sso_setting')
    .set({ alarmed_at: sql<Date>`now()` })
    .where('is_enforced', '=', true)
    .where(sql<boolean>`(coalesce(break_glass_until, '-infinity') < now() + interval '7 days'
      or organisation_id = any(${[...unable]}::uuid[]))`)
    .where(sql<boolean>`coalesce(alarmed_at, '-infinity') < now() - interval '1 day'`)
    .returning(['organisation_id', 'break_glass_until'])
    .execute()
  const origin = platformOriginOf(
    { kind: 'system', name: 'sso', use: { via: 'system' } },
    { request_id: null, address: null },
  )
  for (const { organisation_id, break_glass_until } of rows) {
    const isAble = !unable.has(organisation_id)
    const target = { type: 'organisation', id: organisation_id }
    await appendPlatformEntry(tx, origin, {
      event: 'sso.break_glass_expiring',
      organisation_id,
      target,
      data: { break_glass_until, is_able: isAble },
    })
    const isArmed = isAble && break_glass_until !== null && break_glass_until.getTime() > Date.now()
    const until = isArmed ? break_glass_until.toISOString() : null
    await noteForOwners(tx, organisation_id, 'break_glass_expiring', { until })
  }
  return rows.length
}

/** The connection through which somebody enters an organisation, as they may see it. */
export type EntryConnection = { readonly connection_id: string; readonly name: string }

/**
 * Through which connection somebody comes into an organisation: one they have come through, else that of their address's
 * domain, else the organisation's first; null when none is in use.
 */
export async function findEntryConnection(
  tx: ControlTx,
  organisation_id: string,
  user_id: string,
): Promise<EntryConnection | null> {
  const { rows } = await sql<EntryConnection>`
    select c.id as connection_id, c.name from identity.sso_connection c
    where c.status = 'enabled' and (c.organisation_id = ${organisation_id} or exists (
      select from identity.sso_platform_mapping m where m.connection_id = c.id and m.organisation_id = ${organisation_id}))
    order by exists (select from identity.sso_identity i where i.connection_id = c.id and i.user_id = ${user_id}) desc,
      exists (select from identity.sso_domain d join identity.user u on split_part(u.email_key, '@', 2) = d.domain
        where d.connection_id = c.id and d.verified_at is not null and u.id = ${user_id}) desc,
      c.organisation_id nulls last, c.id
    limit 1`.execute(tx)
  return rows[0] ?? null
}
