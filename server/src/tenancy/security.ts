// The organisation's rules of entry as its administrators set them. They only ever narrow what the platform allows, and
// none of them may lock everybody out by mistake: a new list of addresses names whom it would shut out, and holds for 5
// minutes only, unless somebody who has signed in anew since then confirms it.

import { sql } from 'kysely'
import { type Actor, memberIdOf } from '../access/actor.ts'
import { appendEntry, type Origin } from '../audit/append.ts'
import { addressListOf, parseAddressEntry } from '../kernel/address-list.ts'
import type { OrganisationDatabase, OrganisationTx } from '../kernel/database.ts'
import type { Sweep } from '../kernel/sweep.ts'
import { findLockedOut, isNobody } from './lockout.ts'
import {
  addressInvalid,
  freshSessionNeeded,
  lockoutUnconfirmed,
  nothingToConfirm,
  ownFactorMissing,
  timeoutLooser,
} from './problems.ts'

const CONFIRM_WITHIN_S = 300

/** The rules in force, and what becomes of them. */
export type Security = {
  readonly version: number
  readonly mfa_required_from: Date | null
  readonly idle_timeout_s: number | null
  readonly absolute_timeout_s: number | null
  /** In force now. */
  readonly addresses: readonly string[]
  /** A newer list that is in force until it is confirmed or `reverts_at` has come. */
  readonly unconfirmed: {
    readonly previous_addresses: readonly string[]
    readonly changed_at: Date | null
    readonly reverts_at: Date
  } | null
}

type Row = {
  readonly version: number
  readonly mfa_required_from: Date | null
  readonly idle_timeout_s: number | null
  readonly absolute_timeout_s: number | null
  readonly addresses: string[]
  readonly previous_addresses: string[] | null
  readonly addresses_revert_at: Date | null
  readonly addresses_changed_at: Date | null
  readonly is_reverted: boolean
}

async function readRow(tx: OrganisationTx, for_change: boolean): Promise<Row> {
  const { rows } = await sql<Row>`
    select version, mfa_required_from, idle_timeout_s, absolute_timeout_s, addresses, previous_addresses,
      addresses_revert_at, addresses_changed_at,
      coalesce(addresses_revert_at <= clock_timestamp(), false) as is_reverted
    from tenancy.security ${for_change ? sql`for no key update` : sql``}`.execute(tx)
  const [row] = rows
  if (row === undefined) throw new Error('The organisation has no rules of entry')
  return row
}

function securityOf(row: Row): Security {
  const { version, mfa_required_from, idle_timeout_s, absolute_timeout_s, previous_addresses, addresses_revert_at } =
    row
  const isPending = previous_addresses !== null && addresses_revert_at !== null && !row.is_reverted
  return {
    version,
    mfa_required_from,
    idle_timeout_s,
    absolute_timeout_s,
    addresses: row.is_reverted ? (previous_addresses ?? []) : row.addresses,
    unconfirmed: isPending
      ? { previous_addresses, changed_at: row.addresses_changed_at, reverts_at: addresses_revert_at }
      : null,
  }
}

/** The rules of entry as they stand. */
export async function getSecurity(tx: OrganisationTx): Promise<Security> {
  return securityOf(await readRow(tx, false))
}

type Changed = Security & { readonly before: Security }

async function change(tx: OrganisationTx, values: ReturnType<typeof sql>): Promise<Changed> {
  const before = securityOf(await readRow(tx, true))
  await sql`update tenancy.security set ${values}, version = version + 1`.execute(tx)
  return { ...securityOf(await readRow(tx, false)), before }
}

/**
 * Demands a second factor of everybody, at once or after a grace, or no more. Whoever demands it has one in this very
 * session (`own_factor_missing`). A demand that is in force is not put off again by a later grace.
 */
export async function changeFactorDemand(
  tx: OrganisationTx,
  actor: Actor,
  demand: { readonly required: boolean; readonly grace_days: number },
): Promise<Changed> {
  if (!demand.required) return change(tx, sql`mfa_required_from = null`)
  if (actor.kind !== 'user' || actor.use.via !== 'session' || actor.use.aal < 2) throw ownFactorMissing()
  return change(
    tx,
    sql`mfa_required_from = least(mfa_required_from, now() + make_interval(days => ${demand.grace_days}))`,
  )
}

export type Timeouts = { readonly idle_timeout_s: number | null; readonly absolute_timeout_s: number | null }

/** Sets the time-outs of sessions here; null is the platform's. Refuses one that is longer than it (`timeout_looser`). */
export async function changeTimeouts(tx: OrganisationTx, wanted: Timeouts, platform: Timeouts): Promise<Changed> {
  for (const name of ['idle_timeout_s', 'absolute_timeout_s'] as const) {
    const [value, limit] = [wanted[name], platform[name]]
    if (value === null || limit === null || value <= limit) continue
    const message = `The platform allows at most ${limit} seconds.`
    throw timeoutLooser({ name, limit_s: limit }, { fields: [{ pointer: `/${name}`, message }] })
  }
  const { idle_timeout_s, absolute_timeout_s } = wanted
  return change(tx, sql`idle_timeout_s = ${idle_timeout_s}, absolute_timeout_s = ${absolute_timeout_s}`)
}

/** Entries in their canonical form, each once; refuses what is none (`address_invalid`), naming its place. */
export function parseAddresses(written: readonly string[], pointer = '/addresses'): readonly string[] {
  const parsed = written.map(parseAddressEntry)
  const fields = parsed.flatMap((entry, index) =>
    entry === null
      ? [{ pointer: `${pointer}/${index}`, message: 'This is no address, no from–to range and no CIDR block.' }]
      : [],
  )
  if (fields.length > 0) throw addressInvalid({}, { fields })
  return [...new Set(parsed.filter((entry) => entry !== null))]
}

/**
 * Sets from where people and keys may come; an empty list means from everywhere. Refuses a list that would shut out its
 * author or whoever is here now, unless that is confirmed (`lockout_unconfirmed`, naming them). The list is in force at
 * once and goes back to the confirmed one by itself after 5 minutes; one that shuts out nobody needs no confirmation.
 */
export async function changeAddresses(
  tx: OrganisationTx,
  actor: Actor,
  wanted: { readonly addresses: readonly string[]; readonly accept_lockout: boolean },
  own_address: string,
): Promise<Changed> {
  const addresses = parseAddresses(wanted.addresses)
  const locked_out = await findLockedOut(tx, addresses)
  const you = !addressListOf(addresses).allows(own_address)
  if (!wanted.accept_lockout && (you || !isNobody(locked_out))) {
    const { member_ids, api_key_ids, addresses: from } = locked_out
    throw lockoutUnconfirmed(
      { you, your_address: own_address, member_ids, api_key_ids, addresses: from },
      { detail: `${you ? 'You would be shut out yourself. ' : ''}Send accept_lockout to save the list all the same.` },
    )
  }
  const list = sql`${[...addresses]}::text[]`
  const confirmed = sql`coalesce(previous_addresses, addresses)`
  const values = sql`addresses = ${list}, addresses_changed_at = clock_timestamp(),
    addresses_changed_by = ${memberIdOf(actor)}`
  if (addresses.length === 0) {
    return change(tx, sql`${values}, previous_addresses = null, addresses_revert_at = null`)
  }
  return change(
    tx,
    sql`${values},
      previous_addresses = case when ${confirmed} is distinct from ${list} then ${confirmed} end,
      addresses_revert_at = case when ${confirmed} is distinct from ${list}
        then clock_timestamp() + make_interval(secs => ${CONFIRM_WITHIN_S}) end`,
  )
}

/**
 * Confirms the new list: whoever confirms it has got in since it was set, with a session begun after it
 * (`fresh_session_needed`). Throws `nothing_to_confirm` when there is none, or when it has gone back already.
 */
export async function confirmAddresses(tx: OrganisationTx, session_created_at: Date): Promise<Changed> {
  const row = await readRow(tx, true)
  if (row.previous_addresses === null || row.is_reverted) throw nothingToConfirm()
  if (row.addresses_changed_at === null || session_created_at <= row.addresses_changed_at) throw freshSessionNeeded()
  return change(tx, sql`previous_addresses = null, addresses_revert_at = null`)
}

/** Takes the new list back at once. Throws `nothing_to_confirm`. */
export async function revertAddresses(tx: OrganisationTx): Promise<Changed> {
  const row = await readRow(tx, true)
  if (row.previous_addresses === null) throw nothingToConfirm()
  return change(tx, sql`addresses = previous_addresses, previous_addresses = null, addresses_revert_at = null`)
}

const BY_ITSELF: Origin = {
  actor_type: 'system',
  actor_id: null,
  actor_role: 'revert unconfirmed addresses',
  via: 'system',
  api_key_id: null,
  request_id: null,
  address: null,
}

/**
 * Writes down that an unconfirmed list has gone back; it is not in force any more since its time came, whether or not
 * this runs. Says whether there was one. Safe on several nodes at once.
 */
export async function revertUnconfirmed(database: OrganisationDatabase): Promise<boolean> {
  return database.transaction(async (tx) => {
    const { is_reverted } = await readRow(tx, false)
    if (!is_reverted || !(await readRow(tx, true)).is_reverted) return false
    const { before, addresses } = await revertAddresses(tx)
    await appendEntry(tx, BY_ITSELF, {
      event: 'security_policy.reverted',
      data: { addresses, unconfirmed: before.unconfirmed },
    })
    return true
  })
}

/** A list of addresses that nobody has confirmed. */
export const addressSweep: Sweep = {
  due: 'select addresses_revert_at <= clock_timestamp() from tenancy.security',
  run: revertUnconfirmed,
}
