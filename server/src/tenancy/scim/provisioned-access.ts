// What a provider does to a membership that it brought, in one organisation and in the transaction that decides. The last active
// owner stays, whatever the provider says.

import { sql } from 'kysely'
import type { SystemActor } from '../../access/actor.ts'
import { appendEntry, type EntryDraft, type Origin } from '../../audit/append.ts'
import type { OrganisationTx } from '../../kernel/database.ts'
import { lockMembers } from '../internal/member-row.ts'
import { revokeKeysWhere } from '../internal/revoke-keys.ts'
import { endMembership } from '../member-change.ts'
import { connectionActor, scimGroupsOf } from '../sso/admission.ts'
import { applyGiven, type Synced } from '../sso/mapped-access.ts'
import { giveFor, listMappings, type Mapping } from '../sso/mapping.ts'
import { ScimRefusal } from './refusal.ts'

/** Whose provisioning it is, and where. */
export type Source = {
  readonly connection_id: string
  readonly organisation_id: string
  readonly origin: Origin
}

export const actorOf = ({ organisation_id }: Source): SystemActor => connectionActor(organisation_id, 'scim')

/** Writes an entry of what a provider did, in the act's transaction. */
export async function logProvisioning(tx: OrganisationTx, source: Source, draft: EntryDraft): Promise<void> {
  await appendEntry(tx, source.origin, { ...draft, data: { ...draft.data, connection_id: source.connection_id } })
}

/** Somebody whom a provider has brought, as the organisation knows them. */
export type Provisioned = {
  readonly id: string
  readonly member_id: string
  readonly is_active: boolean
  readonly is_suspended_here: boolean
  readonly status: string
}

/** The provisioned person of this id, locked; undefined when this connection has brought nobody of that id. */
export async function lockProvisioned(tx: OrganisationTx, source: Source, id: string) {
  return tx
    .selectFrom('tenancy.scim_user as u')
    .innerJoin('tenancy.member as m', 'm.id', 'u.member_id')
    .select(['u.id', 'u.member_id', 'u.is_active', 'u.is_suspended_here', 'm.status'])
    .where('u.connection_id', '=', source.connection_id)
    .where('u.id', '=', id)
    .forUpdate('u')
    .executeTakeFirst()
}

/** What became of an act: done, or left undone because it is the last active owner. */
export type Outcome = 'done' | 'last_owner'

export const lastOwnerStays = () =>
  new ScimRefusal(409, 'This is the last active owner of the organisation, who stays.')

/** The membership is the connection's to take back. */
export async function noteMembershipGiven(
  tx: OrganisationTx,
  { connection_id }: Source,
  member_id: string,
): Promise<void> {
  await tx
    .insertInto('tenancy.mapped_grant')
    .values({ member_id, connection_id, kind: 'membership', target: 'member' })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Computes anew what the groups of a member give: those of provisioning, and those of their last sign-in. */
export async function syncMember(
  tx: OrganisationTx,
  source: Source,
  member_id: string,
  known: { readonly mappings?: readonly Mapping[]; readonly groups?: ReadonlySet<string> } = {},
): Promise<void> {
  const { connection_id } = source
  const mappings = known.mappings ?? (await listMappings(tx, connection_id))
  const groups = known.groups ?? (await scimGroupsOf(tx, connection_id, member_id))
  const given = giveFor(mappings, new Set([...groups, ...(await signInGroupsOf(tx, source, member_id))]))
  await logSynced(
    tx,
    source,
    member_id,
    await applyGiven(tx, actorOf(source), { connection_id, member_id }, given, true),
  )
}

/** The mapped groups that the provider named at the last sign-in. */
export async function signInGroupsOf(
  tx: OrganisationTx,
  { connection_id }: Source,
  member_id: string,
): Promise<ReadonlySet<string>> {
  const seen = await tx
    .selectFrom('tenancy.sso_member')
    .select('groups')
    .where('member_id', '=', member_id)
    .where('connection_id', '=', connection_id)
    .executeTakeFirst()
  return new Set(seen?.groups ?? [])
}

export async function logSynced(tx: OrganisationTx, source: Source, member_id: string, synced: Synced): Promise<void> {
  if (synced.added.length + synced.removed.length + synced.kept.length === 0) return
  const target = { type: 'member', id: member_id }
  await logProvisioning(tx, source, { event: 'sso.group_synced', target, data: { ...synced } })
}

// A session that began in the same millisecond must count as older: times are compared in milliseconds.
const NOW_AND_BEFORE = sql<Date>`clock_timestamp() + interval '1 millisecond'`

/** With this commit sessions and keys of the person are over here. */
export async function endAccess(tx: OrganisationTx, source: Source, row: Provisioned): Promise<Outcome> {
  const { id, member_id } = row
  const write = (fields: { readonly is_active?: boolean; readonly is_suspended_here?: boolean }) =>
    tx.updateTable('tenancy.scim_user').set(fields).where('id', '=', id).execute()
  if (row.status === 'removed') {
    await write({ is_active: false })
    return 'done'
  }
  const actor = actorOf(source)
  const { target: member, active_owner_count } = await lockMembers(tx, actor, member_id)
  if (member.status !== 'active') {
    await write({ is_active: false })
    return 'done'
  }
  if (member.base_role === 'owner' && active_owner_count <= 1) return 'last_owner'
  await tx
    .updateTable('tenancy.member')
    .set({ status: 'suspended', sessions_valid_after: NOW_AND_BEFORE })
    .where('id', '=', member_id)
    .execute()
  await write({ is_active: false, is_suspended_here: true })
  const revoked_keys = await revokeKeysWhere(tx, actor, { member_id })
  const target = { type: 'member', id: member_id }
  await logProvisioning(tx, source, {
    event: 'scim_user.deactivated',
    target,
    data: { scim_user_id: id, revoked_keys },
  })
  await logProvisioning(tx, source, { event: 'member.suspended', target, data: { before: { status: 'active' } } })
  return 'done'
}

/** Gives access back that the provider itself has ended; a suspension by hand stays. Says whether access is back. */
export async function giveAccess(tx: OrganisationTx, source: Source, row: Provisioned): Promise<boolean> {
  const { id, member_id } = row
  await tx.updateTable('tenancy.scim_user').set({ is_active: true }).where('id', '=', id).execute()
  if (row.status !== 'suspended' || !row.is_suspended_here) return false
  await lockMembers(tx, actorOf(source), member_id)
  await tx.updateTable('tenancy.member').set({ status: 'active' }).where('id', '=', member_id).execute()
  await tx.updateTable('tenancy.scim_user').set({ is_suspended_here: false }).where('id', '=', id).execute()
  const target = { type: 'member', id: member_id }
  await logProvisioning(tx, source, { event: 'scim_user.reactivated', target, data: { scim_user_id: id } })
  await logProvisioning(tx, source, { event: 'member.reactivated', target })
  return true
}

/** Removes a person whom the provider brought; their record stays. */
export async function removeProvisioned(tx: OrganisationTx, source: Source, row: Provisioned): Promise<Outcome> {
  const { id, member_id } = row
  const target = { type: 'member', id: member_id }
  if (row.status !== 'removed') {
    const actor = actorOf(source)
    const { target: member, active_owner_count } = await lockMembers(tx, actor, member_id)
    if (member.base_role === 'owner' && member.status === 'active' && active_owner_count <= 1) return 'last_owner'
    await endMembership(tx, actor, member_id)
    const { base_role, status } = member
    await tx
      .insertInto('tenancy.scim_leaver')
      .values({ member_id, connection_id: source.connection_id })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    await logProvisioning(tx, source, { event: 'member.removed', target, data: { before: { base_role, status } } })
  }
  await tx.deleteFrom('tenancy.mapped_grant').where('member_id', '=', member_id).execute()
  await tx.deleteFrom('tenancy.scim_user').where('id', '=', id).execute()
  await logProvisioning(tx, source, { event: 'scim_user.deleted', target, data: { scim_user_id: id } })
  return 'done'
}
