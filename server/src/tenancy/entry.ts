// Entering an organisation: the membership and the organisation's own rules of security, read in one statement, so that
// both are of the same moment. The rules narrow what the platform allows: addresses, a second factor, how long a session
// lasts (requirements 1.9, 4.4 and 4.12).
//
// Where a rule changes by itself at some instant (a list that is not confirmed, the end of a grace), the instant is part
// of the rule, on this process's monotonic clock: rules that a node remembers with `access_version` stay right.

import { sql } from 'kysely'
import type { CustomRole, Membership } from '../access/actor.ts'
import { BASE_ROLES, DESIGNATIONS, SURFACES } from '../access/permission.ts'
import { type AddressList, addressListOf } from '../kernel/address-list.ts'
import type { OrganisationTx } from '../kernel/database.ts'
import type { Problem } from '../kernel/problem.ts'
import { customRolesOf } from './internal/member-row.ts'
import { addressNotAllowed, factorRequired, sessionTooOld } from './problems.ts'
import type { LiveSession } from './standing.ts'

export type EntryRule = {
  readonly addresses: AddressList
  /** The list that is in force again from an instant on, because the newer one was not confirmed. */
  readonly fallback: { readonly from_ms: number; readonly addresses: AddressList } | null
  /** From when on a second factor is demanded; null for never. */
  readonly factor_from_ms: number | null
  readonly idle_timeout_s: number | null
  readonly absolute_timeout_s: number | null
}

export type Entry = {
  /** The active membership, or null. */
  readonly membership: Membership | null
  readonly sessions_valid_after: Date
  /** Sessions of this person that were ended here. */
  readonly ended_sessions: readonly string[]
  readonly rule: EntryRule
}

type RuleRow = {
  readonly addresses: string[]
  readonly previous_addresses: string[] | null
  readonly reverts_in_s: number | null
  readonly factor_in_s: number | null
  readonly idle_timeout_s: number | null
  readonly absolute_timeout_s: number | null
}

type EntryRow = RuleRow & {
  readonly member_id: string | null
  readonly base_role: string
  readonly designations: string[]
  readonly custom_roles: CustomRole[]
  readonly grants: string[]
  readonly denies: string[]
  readonly surface: string
  readonly sessions_valid_after: Date
  readonly ended_sessions: string[]
}

const RULE_COLUMNS = sql`s.addresses, s.previous_addresses, s.idle_timeout_s, s.absolute_timeout_s,
  extract(epoch from s.addresses_revert_at - now())::float8 as reverts_in_s,
  extract(epoch from s.mfa_required_from - now())::float8 as factor_in_s`

const isOneOf = <Word extends string>(words: readonly Word[], word: string): word is Word =>
  words.some((each) => each === word)

function ruleOf(row: RuleRow, now_ms: number): EntryRule {
  const { previous_addresses, reverts_in_s, factor_in_s, idle_timeout_s, absolute_timeout_s } = row
  return {
    addresses: addressListOf(row.addresses),
    fallback:
      previous_addresses === null || reverts_in_s === null
        ? null
        : { from_ms: now_ms + reverts_in_s * 1000, addresses: addressListOf(previous_addresses) },
    factor_from_ms: factor_in_s === null ? null : now_ms + factor_in_s * 1000,
    idle_timeout_s,
    absolute_timeout_s,
  }
}

function membershipOf(row: EntryRow): Membership | null {
  if (row.member_id === null || !isOneOf(BASE_ROLES, row.base_role) || !isOneOf(SURFACES, row.surface)) return null
  return {
    member_id: row.member_id,
    base_role: row.base_role,
    designations: row.designations.filter((each) => isOneOf(DESIGNATIONS, each)),
    custom_roles: row.custom_roles,
    grants: row.grants,
    denies: row.denies,
    surface: row.surface,
  }
}

const ENTRY_COLUMNS = sql`${RULE_COLUMNS}, m.id as member_id, m.base_role, m.designations, m.grants, m.denies, m.surface,
  m.sessions_valid_after, ${customRolesOf('m.id')} as custom_roles,
  array(select e.session_id from tenancy.member_session e where e.member_id = m.id and e.ended_at is not null)
    as ended_sessions`

const entryOf = (row: EntryRow, now_ms: number): Entry => ({
  membership: membershipOf(row),
  sessions_valid_after: row.sessions_valid_after,
  ended_sessions: row.ended_sessions,
  rule: ruleOf(row, now_ms),
})

/** What the organisation says of a person who enters, null for a key of its own. */
export async function readEntry(tx: OrganisationTx, user_id: string | null): Promise<Entry> {
  const now_ms = performance.now()
  const { rows } = await sql<EntryRow>`
    select ${ENTRY_COLUMNS}
    from tenancy.security s left join tenancy.member m on m.user_id = ${user_id} and m.status = 'active'`.execute(tx)
  const [row] = rows
  if (row === undefined) throw new Error('The organisation has no rules of entry')
  return entryOf(row, now_ms)
}

/** What the organisation says of many people at once, by the id of their account. */
export async function readEntries(
  tx: OrganisationTx,
  user_ids: readonly string[],
): Promise<ReadonlyMap<string, Entry>> {
  const now_ms = performance.now()
  const { rows } = await sql<EntryRow & { readonly asked_id: string }>`
    select asked.id as asked_id, ${ENTRY_COLUMNS}
    from tenancy.security s cross join unnest(${[...user_ids]}::uuid[]) as asked (id)
      left join tenancy.member m on m.user_id = asked.id and m.status = 'active'`.execute(tx)
  return new Map(rows.map((row) => [row.asked_id, entryOf(row, now_ms)]))
}

/** The rules of entry as they are now. */
export async function readEntryRule(tx: OrganisationTx): Promise<EntryRule> {
  const now_ms = performance.now()
  const { rows } = await sql<RuleRow>`select ${RULE_COLUMNS} from tenancy.security s`.execute(tx)
  const [row] = rows
  if (row === undefined) throw new Error('The organisation has no rules of entry')
  return ruleOf(row, now_ms)
}

/** The list that is in force at an instant of this process's monotonic clock. */
function addressesInForce({ addresses, fallback }: EntryRule, now_ms: number = performance.now()): AddressList {
  return fallback !== null && now_ms >= fallback.from_ms ? fallback.addresses : addresses
}

/** Whether a second factor is demanded at an instant of this process's monotonic clock. */
export function isFactorDemanded({ factor_from_ms }: EntryRule, now_ms: number = performance.now()): boolean {
  return factor_from_ms !== null && now_ms >= factor_from_ms
}

/** The refusal of an address by the organisation's list or by the key's own (`address_not_allowed`), or null. */
export function findAddressRefusal(rule: EntryRule, key_addresses: readonly string[], address: string): Problem | null {
  const by = !addressesInForce(rule).allows(address)
    ? 'organisation'
    : addressListOf(key_addresses).allows(address)
      ? null
      : 'api_key'
  if (by === null) return null
  const whose = by === 'organisation' ? "the organisation's list" : 'the list of this API key'
  return addressNotAllowed({ address, by }, { detail: `You come from ${address}, which is not on ${whose}.` })
}

/** The refusal of a person without a second factor, whose keys it stops as well (`factor_required`). */
function factorRefusal(has_factor: boolean): Problem {
  const detail = has_factor
    ? 'You have one, but this session was begun without it: prove it, or sign in again.'
    : 'Set one up under your profile; until then you and your API keys stay outside.'
  return factorRequired({ has_factor }, { detail })
}

/**
 * The refusal of a super-admin of whom the platform demands a second factor that this session has not proven
 * (`factor_required`), or null: until then they only enrol, sign out and see their own profile.
 */
export function findSuperadminRefusal({ is_factor_due, factors }: LiveSession): Problem | null {
  return is_factor_due ? factorRefusal(factors.length > 0) : null
}

/**
 * The refusal of a key whose owner has not the factor that the organisation demands (`factor_required`), or null. A key
 * without an owner (null) is not a person's.
 */
export function findKeyOwnerRefusal(rule: EntryRule, has_factor: boolean | null): Problem | null {
  return has_factor === false && isFactorDemanded(rule) ? factorRefusal(false) : null
}

/**
 * The refusal of a session by the organisation's rules, or null: `session_too_old`, `address_not_allowed`,
 * `factor_required`. The super-admin is let in from every address, or nobody could mend a list that locks all out.
 */
export function findSessionRefusal(rule: EntryRule, session: LiveSession, address: string): Problem | null {
  const { idle_timeout_s, absolute_timeout_s } = rule
  if (idle_timeout_s !== null && session.gap_s > idle_timeout_s) {
    return sessionTooOld({ reason: 'idle', limit_s: idle_timeout_s })
  }
  if (absolute_timeout_s !== null && session.age_s > absolute_timeout_s) {
    return sessionTooOld({ reason: 'absolute', limit_s: absolute_timeout_s })
  }
  const wrong_address = session.is_superadmin ? null : findAddressRefusal(rule, [], address)
  if (wrong_address !== null) return wrong_address
  const has_factor = session.factors.length > 0
  // A factor that was taken away since counts no more; one at a provider is the provider's to judge.
  const isProven = session.aal >= 2 && (has_factor || session.connection_id !== null)
  return isFactorDemanded(rule) && !isProven ? factorRefusal(has_factor) : null
}
