// Brings organisations into line with what a connection of the platform says of its people. One claim at a time works at a
// connection, so an older word never comes after a newer one; whoever waits for people of their own works or waits for that.
// What an organisation holds up (its last owner, a database that is away) is written down and tried again by a job.

import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { type Origin, platformOriginOf } from '../../audit/append.ts'
import { getEntitlement } from '../../identity/sso/connection.ts'
import type { ControlDatabase, ControlTx } from '../../kernel/database.ts'
import type { OrganisationDatabases } from '../../kernel/organisation-databases.ts'
import { Problem } from '../../kernel/problem.ts'
import { noteMembership } from '../account.ts'
import { listPlatformMappings, mappingOf, type PlatformMapping } from '../sso/platform-entrance.ts'
import { findOrganisationStanding } from '../standing.ts'
import { type Expected, bringIntoLine } from './platform-reach.ts'

export type SettleNeeds = { readonly control: ControlDatabase; readonly databases: OrganisationDatabases }

/** Why somebody is not yet everywhere as the provider says: `closed` where nobody comes in now anyway. */
export type HoldUp = 'last_owner' | 'unreachable' | 'closed'

const LEASE_S = 60
const BATCH = 100
const PATIENCE_MS = 20_000

/** Returns when every organisation was asked about these people; says what held up. Safe to run on several nodes. */
export async function settle(
  needs: SettleNeeds,
  connection_id: string,
  ids: readonly string[],
  origin: Origin,
): Promise<readonly HoldUp[]> {
  const until_ms = Date.now() + PATIENCE_MS
  while (true) {
    await settleClaimed(needs, connection_id, origin)
    const left = await needs.control.transaction((tx) => findLeft(tx, ids))
    if (!left.some(({ is_due }) => is_due)) return left.flatMap(({ held_up_by }) => readHoldUp(held_up_by))
    if (Date.now() > until_ms) return ['unreachable']
    await pause(20)
  }
}

const HOLD_UPS = ['last_owner', 'unreachable', 'closed'] as const
const readHoldUp = (word: string | null): HoldUp[] => HOLD_UPS.filter((each) => each === word)

async function findLeft(tx: ControlTx, ids: readonly string[]) {
  const { rows } = await sql<{ is_due: boolean; held_up_by: string | null }>`
    select wanted <> settled as is_due, held_up_by from tenancy.scim_user where id = any(${[...ids]}::uuid[])`.execute(
    tx,
  )
  return rows
}

/** Tries again what was held up, and finishes what a node that died has left. */
export async function settleAgain(needs: SettleNeeds): Promise<void> {
  const actor = { kind: 'system', name: 'scim', use: { via: 'system' } } as const
  const origin = platformOriginOf(actor, { request_id: null, address: null })
  const { rows } = await needs.control.transaction((tx) =>
    sql<{ connection_id: string }>`
      with again as (
        update tenancy.scim_user set wanted = wanted + 1 where held_up_by is not null and wanted = settled
        returning connection_id)
      select connection_id from again
      union select connection_id from tenancy.scim_user where wanted <> settled`.execute(tx),
  )
  for (const { connection_id } of rows) await settleClaimed(needs, connection_id, origin)
}

type Claim = { readonly connection_id: string; readonly attempt: number }

/** Works at a connection until nobody is due, unless somebody else does. */
async function settleClaimed(needs: SettleNeeds, connection_id: string, origin: Origin): Promise<void> {
  const { control } = needs
  const claim = await control.transaction((tx) => takeClaim(tx, connection_id))
  if (claim === null) return
  try {
    while (await settleBatch(needs, claim, origin));
  } finally {
    await control.transaction((tx) => writeClaim(tx, claim, 0))
  }
}

async function takeClaim(tx: ControlTx, connection_id: string): Promise<Claim | null> {
  const { rows } = await sql<Claim>`
    insert into tenancy.scim_claim as c (connection_id, attempt, lease_until)
    select id, 1, now() + make_interval(secs => ${LEASE_S}) from identity.sso_connection where id = ${connection_id}
    on conflict (connection_id) do update set attempt = c.attempt + 1, lease_until = excluded.lease_until
      where c.lease_until <= now()
    returning connection_id, attempt`.execute(tx)
  return rows[0] ?? null
}

/** Holds a claim for so many seconds more, or lets it go; false when it is another's by now. */
async function writeClaim(tx: ControlTx, { connection_id, attempt }: Claim, seconds: number): Promise<boolean> {
  const { rows } = await sql`
    update tenancy.scim_claim set lease_until = now() + make_interval(secs => ${seconds})
    where connection_id = ${connection_id} and attempt = ${attempt} returning attempt`.execute(tx)
  return rows.length > 0
}

/** What stands in control of some of those who are due. */
type Batch = {
  readonly people: readonly (Expected & { readonly wanted: number })[]
  readonly mappings: readonly PlatformMapping[]
  readonly reach: readonly string[]
  /** Where each account may be a member. */
  readonly places: ReadonlyMap<string, ReadonlySet<string>>
}

async function readBatch(tx: ControlTx, claim: Claim): Promise<Batch | null> {
  const { connection_id } = claim
  if (!(await writeClaim(tx, claim, LEASE_S))) return null
  const { rows: people } = await sql<Expected & { wanted: number; names: string[] }>`
    select u.id, u.user_id, u.is_active, u.is_leaving, u.wanted, array(
        select unnest(array_remove(array[g.display_name, g.external_id::text], null)) from tenancy.scim_group g
        join tenancy.scim_group_member gm on gm.group_id = g.id where gm.user_id = u.id) as names
    from tenancy.scim_user u where u.connection_id = ${connection_id} and u.wanted <> u.settled
    order by u.id limit ${BATCH}`.execute(tx)
  if (people.length === 0) return null
  const { rows: reach } = await sql<{ organisation_id: string }>`
    select organisation_id from identity.sso_platform_reach where connection_id = ${connection_id}
    order by organisation_id`.execute(tx)
  const { rows: places } = await sql<{ user_id: string; organisation_id: string }>`
    select user_id, organisation_id from tenancy.member_directory
    where user_id = any(${people.map(({ user_id }) => user_id)}::uuid[])`.execute(tx)
  const byUser = Map.groupBy(places, (each) => each.user_id)
  return {
    people: people.map(({ names, ...person }) => ({ ...person, groups: new Set(names) })),
    mappings: await listPlatformMappings(tx, connection_id),
    reach: reach.map((each) => each.organisation_id),
    places: new Map([...byUser].map(([id, rows]) => [id, new Set(rows.map((each) => each.organisation_id))])),
  }
}

/** False when nobody is due any more, or another has the claim. */
async function settleBatch(needs: SettleNeeds, claim: Claim, origin: Origin): Promise<boolean> {
  const { control } = needs
  const batch = await control.transaction((tx) => readBatch(tx, claim))
  if (batch === null) return false
  const held = new Map<string, HoldUp>()
  for (const organisation_id of batch.reach) {
    if (!(await control.transaction((tx) => writeClaim(tx, claim, LEASE_S)))) return false
    for (const [id, why] of await settleIn(needs, claim, organisation_id, batch, origin)) {
      // What an administrator of the provider can do something about is told first.
      if (held.get(id) !== 'unreachable') held.set(id, why)
    }
  }
  return control.transaction((tx) => writeSettled(tx, claim, batch, held))
}

async function writeSettled(
  tx: ControlTx,
  claim: Claim,
  { people }: Batch,
  held: ReadonlyMap<string, HoldUp>,
): Promise<boolean> {
  if (!(await writeClaim(tx, claim, LEASE_S))) return false
  const gone = people.filter((each) => each.is_leaving && !held.has(each.id))
  const rows = people.filter((each) => !gone.includes(each))
  await sql`
    delete from tenancy.scim_user u using unnest(${gone.map(({ id }) => id)}::uuid[],
      ${gone.map(({ wanted }) => wanted)}::integer[]) as g(id, wanted)
    where u.id = g.id and u.wanted = g.wanted`.execute(tx)
  await sql`
    update tenancy.scim_user u set settled = s.wanted, held_up_by = s.held_up_by
    from unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ wanted }) => wanted)}::integer[],
      ${rows.map(({ id }) => held.get(id) ?? null)}::text[]) as s(id, wanted, held_up_by)
    where u.id = s.id`.execute(tx)
  return true
}

const matches = (person: Expected, mappings: readonly PlatformMapping[]): boolean =>
  person.is_active && mappings.some(({ group_name }) => person.groups.has(group_name))

/** Those whom one organisation holds up, and why. */
async function settleIn(
  { control, databases }: SettleNeeds,
  { connection_id }: Claim,
  organisation_id: string,
  { people, mappings, places }: Batch,
  origin: Origin,
): Promise<ReadonlyMap<string, HoldUp>> {
  const here = mappings.filter((each) => each.organisation_id === organisation_id)
  const concerned = people.filter(
    (person) => matches(person, here) || places.get(person.user_id)?.has(organisation_id) === true,
  )
  const all = (why: HoldUp) => new Map(concerned.map(({ id }) => [id, why]))
  if (concerned.length === 0) return new Map()
  const { standing, is_entitled } = await control.transaction(async (tx) => ({
    standing: await findOrganisationStanding(tx, organisation_id),
    is_entitled: (await getEntitlement(tx, organisation_id)).is_entitled,
  }))
  if (standing === null) return new Map()
  if (standing.placement === null) return all('unreachable')
  const is_open = standing.status === 'active' && is_entitled
  if (is_open) {
    await control.transaction(async (tx) => {
      for (const { user_id } of concerned.filter((person) => matches(person, here))) {
        await noteMembership(tx, user_id, organisation_id)
      }
    })
  }
  const source = { connection_id, organisation_id, origin }
  const place = { source, mappings: here.map(mappingOf), is_open }
  try {
    return await databases.at(standing.placement).transaction((tx) => bringIntoLine(tx, place, concerned))
  } catch (error) {
    if (error instanceof Problem && error.status === 503) return all('unreachable')
    throw error
  }
}
