// The control question: is the session or user live, is the organisation active, which platform version is in force?
// Asked on every request; nothing of the answer is remembered.

import { type RawBuilder, sql } from 'kysely'
import type { ControlTx } from '../kernel/database.ts'
import { DEFAULT_SETTINGS } from '../kernel/platform-setting.ts'
import type { Placement } from '../kernel/organisation-databases.ts'

export type LiveSession = {
  readonly session_id: string
  readonly user_id: string
  readonly email: string
  readonly display_name: string
  readonly is_superadmin: boolean
  readonly must_change_password: boolean
  readonly aal: number
  readonly created_at: Date
  readonly authenticated_at: Date
  /** The connection it was made through; null when the person proved to Reeve itself who they are. */
  readonly connection_id: string | null
  /** The only organisation where the session is valid; null: everywhere. */
  readonly organisation_id: string | null
  /** What the provider says was proven (RFC 8176); `aal` already tells whether that is enough. */
  readonly amr: readonly string[]
  /** Seconds since the person last proved who they are, and the longest that the session was not used since then. */
  readonly age_s: number
  readonly gap_s: number
  /** The kinds of second factor that the person has. */
  readonly factors: readonly string[]
  /** A super-admin of whom the platform demands a second factor that this session has not proven. */
  readonly is_factor_due: boolean
}

export type OrganisationStanding = {
  readonly id: string
  readonly name: string
  readonly status: string
  /** Why it is not active, for its people; null where nobody said. */
  readonly status_reason: string | null
  readonly placement: Placement | null
  /** Whether people must come through single sign-on. */
  readonly is_sso_enforced: boolean
  /** Who may come without while it is enforced, if anybody. */
  readonly break_glass_user_id: string | null
}

/**
 * The rule of what session is live. One that is valid in one organisation only never carries the super-admin's flag: whoever
 * runs that organisation's provider could make one. The session that the set-up token opened is let through without a second
 * factor, so that the first run can be finished.
 */
const liveSessionsWhere = (which: RawBuilder<boolean>) => sql<LiveSession & { readonly is_due: boolean }>`
    select s.id as session_id, s.user_id, u.email, u.display_name,
      u.is_superadmin and s.organisation_id is null as is_superadmin,
      (u.must_change_password or u.password_is_below_rule) and s.connection_id is null as must_change_password,
      s.aal, s.connection_id, s.organisation_id, s.amr, s.created_at, s.authenticated_at,
      s.last_seen_at < now() - interval '1 minute' as is_due, u.factors,
      case when u.is_superadmin and s.organisation_id is null and s.auth_method <> 'setup'
          and not (s.aal >= 2 and (u.factors <> '{}' or s.connection_id is not null))
        then coalesce((select value::text::boolean from kernel.platform_setting
          where name = 'superadmin_factor_is_required'), ${DEFAULT_SETTINGS.superadmin_factor_is_required})
        else false end as is_factor_due,
      extract(epoch from now() - s.authenticated_at)::float8 as age_s,
      greatest(s.longest_gap_s, extract(epoch from now() - s.last_seen_at))::float8 as gap_s
    from identity.session s join identity.user u on u.id = s.user_id
    where ${which} and s.revoked_at is null and u.status = 'active' and s.expires_at > now()
      and s.last_seen_at + make_interval(secs => s.idle_timeout_s) > now()`

/**
 * The live session behind a token, or null: unknown, revoked, expired, idle for too long, or its user disabled, all
 * alike. Notes that it was used, at most once a minute.
 */
export async function findLiveSession(tx: ControlTx, token_hash: Buffer): Promise<LiveSession | null> {
  const { rows } = await liveSessionsWhere(sql`s.token_hash = ${token_hash}`).execute(tx)
  const [session] = rows
  if (session === undefined) return null
  if (session.is_due) {
    await sql`
      update identity.session set last_seen_at = now(),
        longest_gap_s = greatest(longest_gap_s, ceil(extract(epoch from now() - last_seen_at)))
      where id = ${session.session_id}`.execute(tx)
  }
  return session
}

/** Those of these sessions that are live, by their id; that they are looked at is no use of them. */
export async function findLiveSessions(
  tx: ControlTx,
  session_ids: readonly string[],
): Promise<ReadonlyMap<string, LiveSession>> {
  const { rows } = await liveSessionsWhere(sql`s.id = any(${[...session_ids]}::uuid[])`).execute(tx)
  return new Map(rows.map((session) => [session.session_id, session]))
}

export type ActiveUser = { readonly has_factor: boolean }

/**
 * Whether an account may act now with a key of this organisation, and whether it has a second factor there: one of its own, or
 * one that its provider proved at the last sign-in. Null when there is no such account or it is disabled.
 */
export async function findActiveUser(
  tx: ControlTx,
  user_id: string,
  organisation_id: string,
): Promise<ActiveUser | null> {
  const user = await tx
    .selectFrom('identity.user')
    .select(sql<boolean>`identity.has_factor_in(id, ${organisation_id})`.as('has_factor'))
    .where('id', '=', user_id)
    .where('status', '=', 'active')
    .executeTakeFirst()
  return user ?? null
}

/** An organisation's standing and place, or null when there is none of this id. */
export async function findOrganisationStanding(
  tx: ControlTx,
  organisation_id: string,
): Promise<OrganisationStanding | null> {
  const found = await findOrganisationStandings(tx, [organisation_id])
  return found.get(organisation_id) ?? null
}

/** Standing and place of those of these organisations that there are, by their id. */
export async function findOrganisationStandings(
  tx: ControlTx,
  organisation_ids: readonly string[],
): Promise<ReadonlyMap<string, OrganisationStanding>> {
  const rows = await tx
    .selectFrom('tenancy.organisation as o')
    .leftJoin('kernel.placement as p', 'p.organisation_id', 'o.id')
    .leftJoin('identity.sso_setting as sso', (join) =>
      join.onRef('sso.organisation_id', '=', 'o.id').on('sso.is_enforced', '=', true).on('sso.is_entitled', '=', true),
    )
    .select(['o.id', 'o.name', 'o.status', 'o.status_reason', 'p.database_name', 'p.role_version'])
    .select(sql<boolean>`sso.organisation_id is not null`.as('is_sso_enforced'))
    .select(
      sql<string | null>`case when sso.break_glass_until > now() then sso.break_glass_user_id end`.as(
        'break_glass_user_id',
      ),
    )
    .where('o.id', 'in', organisation_ids)
    .where('o.status', '<>', 'creating')
    .execute()
  const standings = rows.map(({ database_name, role_version, ...organisation }) => {
    const placement = database_name === null || role_version === null ? null : { database_name, role_version }
    return [organisation.id, { ...organisation, placement }] as const
  })
  return new Map(standings)
}
