// Letting in somebody whom a provider vouches for: their membership, and what their groups give, in one commit of the
// organisation. That commit decides; an account that was made before it can do nothing.

import type { SystemActor } from '../../access/actor.ts'
import { appendEntry, type EntryDraft, originOf, type RequestOrigin } from '../../audit/append.ts'
import type { Admission } from '../../identity/sso/connection.ts'
import { SsoRefusal } from '../../identity/sso/refusal.ts'
import { sql } from 'kysely'
import type { OrganisationTx } from '../../kernel/database.ts'
import { joinOrganisation } from '../membership-start.ts'
import { applyGiven, type Synced } from './mapped-access.ts'
import { type Given, giveFor, listMappings, type Mapping } from './mapping.ts'

/** The connection acts here by itself: no member answers for it. */
export const connectionActor = (organisation_id: string, name: 'sso' | 'scim'): SystemActor => ({
  kind: 'system',
  organisation_id,
  name,
  use: { via: 'system' },
})

export type Arrival = {
  readonly organisation_id: string
  readonly connection_id: string
  readonly admission: Admission
  readonly user_id: string | null
  readonly groups: ReadonlySet<string>
  /** The groups of a connection of the platform that provisioning says they have; an organisation's own stand here. */
  readonly provisioned?: ReadonlySet<string>
  /** The provider left the groups out of its token because they were too many. */
  readonly is_group_overage: boolean
}

type Standing = { readonly member_id: string; readonly status: string; readonly was_sent_away: boolean }

/** What somebody would be given, and whether they would be let in. */
export type Prospect = { readonly given: Given; readonly standing: Standing | null; readonly admitted: boolean }

async function findStanding(tx: OrganisationTx, connection_id: string, user_id: string): Promise<Standing | null> {
  const row = await tx
    .selectFrom('tenancy.member as m')
    .leftJoin('tenancy.sso_member as s', (join) =>
      join.onRef('s.member_id', '=', 'm.id').on('s.connection_id', '=', connection_id),
    )
    .select(['m.id as member_id', 'm.status', 's.member_id as known'])
    .where('m.user_id', '=', user_id)
    .executeTakeFirst()
  if (row === undefined) return null
  // Whom the connection itself has let go it may let in again; whom a person removed only a person takes back.
  return { member_id: row.member_id, status: row.status, was_sent_away: row.status === 'removed' && row.known === null }
}

/** The groups that SCIM says somebody has on this connection: by name and by the provider's id. */
export async function scimGroupsOf(tx: OrganisationTx, connection_id: string, member_id: string): Promise<Set<string>> {
  const rows = await tx
    .selectFrom('tenancy.scim_group as g')
    .innerJoin('tenancy.scim_group_member as gm', 'gm.group_id', 'g.id')
    .innerJoin('tenancy.scim_user as u', 'u.id', 'gm.user_id')
    .select(['g.display_name', 'g.external_id'])
    .where('g.connection_id', '=', connection_id)
    .where('u.member_id', '=', member_id)
    .where('u.is_active', '=', true)
    .execute()
  return new Set(rows.flatMap((row) => [row.display_name, ...(row.external_id === null ? [] : [row.external_id])]))
}

/**
 * Looks what somebody would be given here. Refuses with groups_overage when the groups would matter and the provider left them
 * out.
 */
export async function findProspect(
  tx: OrganisationTx,
  arrival: Arrival,
  mappings: readonly Mapping[] | null = null,
): Promise<Prospect> {
  const { connection_id, user_id, admission } = arrival
  const rules = mappings ?? (await listMappings(tx, connection_id))
  const standing = user_id === null ? null : await findStanding(tx, connection_id, user_id)
  const own = standing === null ? new Set<string>() : await scimGroupsOf(tx, connection_id, standing.member_id)
  const provisioned = arrival.provisioned ?? own
  if (arrival.is_group_overage && provisioned.size === 0 && rules.length > 0) throw new SsoRefusal('groups_overage')
  const given = giveFor(rules, new Set([...arrival.groups, ...provisioned]))
  const isMapped = given.groups.length > 0
  const isNew = standing === null || standing.status === 'removed'
  const admitted = !isNew || admission === 'everyone' || (admission === 'mapped_groups' && isMapped)
  return { given, standing, admitted }
}

export type Admitted = { readonly member_id: string; readonly is_new: boolean; readonly synced: Synced }

/**
 * Lets somebody in and gives what their groups give, with its log entries; or refuses with not_admitted, member_removed or
 * member_suspended. Somebody whose last mapped group is gone loses a membership that only the connection gave: then
 * `synced.is_removed`.
 */
export async function admit(
  tx: OrganisationTx,
  arrival: Arrival & { readonly user_id: string },
  request: RequestOrigin,
  mappings: readonly Mapping[] | null = null,
): Promise<Admitted> {
  const { organisation_id, connection_id, admission } = arrival
  const actor = connectionActor(organisation_id, 'sso')
  const log = (draft: EntryDraft) => appendEntry(tx, originOf(actor, request), draft)
  const { given, standing, admitted } = await findProspect(tx, arrival, mappings)
  if (standing?.was_sent_away === true) throw new SsoRefusal('member_removed')
  if (standing?.status === 'suspended') throw new SsoRefusal('member_suspended')
  if (!admitted) throw new SsoRefusal('not_admitted')
  const is_new = standing === null || standing.status === 'removed'
  const member_id = is_new ? await joinThrough(tx, arrival, log) : standing.member_id
  const isGiven = admission !== 'mapped_groups' || given.groups.length > 0
  const keeps = isGiven || (await isProvisioned(tx, member_id))
  const synced = await applyGiven(tx, actor, { connection_id, member_id }, given, keeps)
  // What provisioning says stands with it, and goes with it.
  const named = given.groups.filter((name) => arrival.groups.has(name))
  await noteGroups(tx, member_id, connection_id, named)
  const target = { type: 'member', id: member_id }
  if (synced.added.length + synced.removed.length + synced.kept.length > 0) {
    await log({ event: 'sso.group_synced', target, data: { connection_id, ...synced } })
  }
  if (!synced.is_removed) await log({ event: 'sso.login', target, data: { connection_id } })
  return { member_id, is_new, synced }
}

/** Whom SCIM has brought, SCIM takes away. */
async function isProvisioned(tx: OrganisationTx, member_id: string): Promise<boolean> {
  const row = await tx
    .selectFrom('tenancy.scim_user')
    .select('id')
    .where('member_id', '=', member_id)
    .executeTakeFirst()
  return row !== undefined
}

/** A membership that the connection gives, and may take back. */
async function joinThrough(
  tx: OrganisationTx,
  { connection_id, user_id }: Arrival & { readonly user_id: string },
  log: (draft: EntryDraft) => Promise<void>,
): Promise<string> {
  const { id, is_return } = await joinOrganisation(tx, user_id, { surface: 'studio' })
  await tx
    .insertInto('tenancy.mapped_grant')
    .values({ member_id: id, connection_id, kind: 'membership', target: 'member' })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const target = { type: 'member', id }
  await log({ event: 'member.joined', target, data: { connection_id, is_return } })
  await log({ event: 'sso.jit_provisioned', target, data: { connection_id } })
  return id
}

async function noteGroups(
  tx: OrganisationTx,
  member_id: string,
  connection_id: string,
  groups: readonly string[],
): Promise<void> {
  const values = { groups: [...groups], signed_in_at: sql<Date>`now()` }
  await tx
    .insertInto('tenancy.sso_member')
    .values({ member_id, connection_id, ...values })
    .onConflict((conflict) => conflict.columns(['member_id', 'connection_id']).doUpdateSet(values))
    .execute()
}
