// What a connection of the platform does in one organisation, in one commit there: it gives and takes back what its own groups
// give. Whom it did not bring is out of its reach, and so is whom a person removed or suspended.

import type { OrganisationTx } from '../../kernel/database.ts'
import { lockMembersTogether } from '../internal/member-row.ts'
import { joinOrganisation } from '../membership-start.ts'
import { applyGiven } from '../sso/mapped-access.ts'
import { giveFor, type Mapping } from '../sso/mapping.ts'
import {
  actorOf,
  endAccess,
  giveAccess,
  lockProvisioned,
  logProvisioning,
  logSynced,
  noteMembershipGiven,
  type Outcome,
  type Provisioned,
  removeProvisioned,
  signInGroupsOf,
  type Source,
  syncMember,
} from './provisioned-access.ts'

/** What the provider says of a person. */
export type Expected = {
  readonly id: string
  readonly user_id: string
  readonly is_active: boolean
  /** The provider has deleted them. */
  readonly is_leaving: boolean
  readonly groups: ReadonlySet<string>
}

export type Place = {
  readonly source: Source
  /** What the groups of the connection give here. */
  readonly mappings: readonly Mapping[]
  /** Whether anybody comes in this way now. What was given is taken back all the same. */
  readonly is_open: boolean
}

type Membership = { readonly id: string; readonly status: string }

/** Brings these people into line; says who could not be, and why. */
export async function bringIntoLine(
  tx: OrganisationTx,
  place: Place,
  people: readonly Expected[],
): Promise<ReadonlyMap<string, 'last_owner' | 'closed'>> {
  const rows = await tx
    .selectFrom('tenancy.member')
    .select(['id', 'user_id', 'status'])
    .where(
      'user_id',
      'in',
      people.map(({ user_id }) => user_id),
    )
    .execute()
  await lockMembersTogether(
    tx,
    rows.map(({ id }) => id),
  )
  const members = new Map(rows.map((row) => [row.user_id, row]))
  const held = new Map<string, 'last_owner' | 'closed'>()
  for (const person of people) {
    const outcome = await bringOne(tx, place, person, members.get(person.user_id) ?? null)
    if (outcome !== 'done') held.set(person.id, outcome)
  }
  return held
}

async function bringOne(
  tx: OrganisationTx,
  place: Place,
  person: Expected,
  member: Membership | null,
): Promise<Outcome | 'closed'> {
  const { source, mappings, is_open } = place
  const row = (await lockProvisioned(tx, source, person.id)) ?? (await takeUp(tx, source, person, member))
  if (person.is_leaving) return row === null ? 'done' : removeProvisioned(tx, source, row)
  if (!person.is_active) return row === null ? 'done' : endAccess(tx, source, row)
  const named = row === null ? [] : await signInGroupsOf(tx, source, row.member_id)
  const groups = new Set([...person.groups, ...named])
  if (giveFor(mappings, groups).groups.length === 0) return row === null ? 'done' : takeBack(tx, source, row)
  if (!is_open) return 'closed'
  const member_id = await holdMembership(tx, source, person, member, row)
  if (member_id !== null) await syncMember(tx, source, member_id, { mappings, groups: person.groups })
  return 'done'
}

/** Somebody whom the connection let in at a sign-in is its own; anybody else who is a member is not. */
async function takeUp(
  tx: OrganisationTx,
  source: Source,
  { id }: Expected,
  member: Membership | null,
): Promise<Provisioned | null> {
  if (member === null || member.status === 'removed') return null
  const given = await tx
    .selectFrom('tenancy.mapped_grant')
    .select('member_id')
    .where('member_id', '=', member.id)
    .where('connection_id', '=', source.connection_id)
    .where('kind', '=', 'membership')
    .executeTakeFirst()
  return given === undefined ? null : noteProvisioned(tx, source, id, member)
}

/** Null where another connection has brought them. */
async function noteProvisioned(
  tx: OrganisationTx,
  source: Source,
  id: string,
  { id: member_id, status }: Membership,
): Promise<Provisioned | null> {
  const made = await tx
    .insertInto('tenancy.scim_user')
    // What they are called is control's; here the name only has to be one.
    .values({ id, connection_id: source.connection_id, member_id, user_name: id, user_name_key: id })
    .onConflict((conflict) => conflict.column('member_id').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (made === undefined) return null
  const target = { type: 'member', id: member_id }
  await logProvisioning(tx, source, { event: 'scim_user.created', target, data: { scim_user_id: id } })
  return { id, member_id, status, is_active: true, is_suspended_here: false }
}

/** The membership that the groups give: a new one, the one that is, or one that this connection has ended. Null: none. */
async function holdMembership(
  tx: OrganisationTx,
  source: Source,
  { id, user_id }: Expected,
  member: Membership | null,
  row: Provisioned | null,
): Promise<string | null> {
  if (row === null) {
    // A member by hand, or somebody whom a person has removed.
    if (member !== null) return null
    const joined = await join(tx, source, id, user_id)
    await noteProvisioned(tx, source, id, { id: joined, status: 'active' })
    return joined
  }
  if (row.status === 'active') return row.member_id
  if (row.status === 'suspended') return (await giveAccess(tx, source, row)) ? row.member_id : null
  // Removed: the connection takes back whom it has let go itself.
  if (row.is_active || row.is_suspended_here) return null
  await tx.updateTable('tenancy.scim_user').set({ is_active: true }).where('id', '=', id).execute()
  return join(tx, source, id, user_id)
}

async function join(tx: OrganisationTx, source: Source, id: string, user_id: string): Promise<string> {
  const { id: member_id } = await joinOrganisation(tx, user_id, { surface: 'studio' })
  await noteMembershipGiven(tx, source, member_id)
  const target = { type: 'member', id: member_id }
  await logProvisioning(tx, source, { event: 'member.joined', target, data: { scim_user_id: id } })
  return member_id
}

/** No group leads here any more: the membership ends, unless something else gives it too. */
async function takeBack(tx: OrganisationTx, source: Source, row: Provisioned): Promise<Outcome> {
  const { id, member_id } = row
  if (row.status === 'removed') return 'done'
  const at = { connection_id: source.connection_id, member_id }
  const synced = await applyGiven(tx, actorOf(source), at, giveFor([], new Set()), false)
  await logSynced(tx, source, member_id, synced)
  if (synced.kept.length > 0 && !synced.is_removed) return 'last_owner'
  const mine = tx.updateTable('tenancy.scim_user').where('id', '=', id)
  if (synced.is_removed) await mine.set({ is_active: false, is_suspended_here: false }).execute()
  else await tx.deleteFrom('tenancy.scim_user').where('id', '=', id).execute()
  return 'done'
}
