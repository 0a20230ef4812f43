// What is done to a member after they joined: role, designations, permissions, surface and team, suspension, removal.
// Each act locks the memberships it decides by, asks the pure rules of `access/member-rule.ts`, and takes effect with
// the next request of the person (requirements 4.3; rulings "Who creates whom", point 14).

import type { Actor } from '../access/actor.ts'
import {
  checkActOnMember,
  checkDesignationChange,
  checkPermissionChange,
  checkRemoval,
  checkRoleChange,
  checkSessionRevocation,
  checkSuspension,
} from '../access/member-rule.ts'
import type { BaseRole, Designation, Surface } from '../access/permission.ts'
import { sql } from 'kysely'
import type { OrganisationTx } from '../kernel/database.ts'
import { notFound } from '../kernel/problem.ts'
import { forgetConnections, keepByHand } from './internal/mapped-grant.ts'
import { lockMembers, type MemberStatus } from './internal/member-row.ts'
import { refuseReference } from './internal/reference.ts'
import { revokeKeysWhere } from './internal/revoke-keys.ts'
import { sortedDesignations } from './member.ts'
import { memberStatusRefused } from './problems.ts'

/** What an act has changed, with what was before it; the log keeps both. */
export type Changed<Fields> = { readonly id: string } & Fields & { readonly before: Fields }

// A session that began in the same millisecond must count as older: times are compared in milliseconds.
const NOW_AND_BEFORE = sql<Date>`clock_timestamp() + interval '1 millisecond'`

const update = (tx: OrganisationTx, member_id: string) => tx.updateTable('tenancy.member').where('id', '=', member_id)

/** Gives a member another base role. Throws as `checkRoleChange`, `not_found` or `member_removed`. */
export async function changeRole(
  tx: OrganisationTx,
  actor: Actor,
  member_id: string,
  base_role: BaseRole,
): Promise<Changed<{ readonly base_role: BaseRole }>> {
  const locked = await lockMembers(tx, actor, member_id)
  checkRoleChange({ ...locked, new_role: base_role })
  await keepByHand(tx, member_id, 'role')
  await update(tx, member_id).set({ base_role }).execute()
  return { id: member_id, base_role, before: { base_role: locked.target.base_role } }
}

/** Sets the designations of a member. Throws as `checkDesignationChange`, `not_found` or `member_removed`. */
export async function changeDesignations(
  tx: OrganisationTx,
  actor: Actor,
  member_id: string,
  wanted: readonly Designation[],
): Promise<Changed<{ readonly designations: readonly Designation[] }>> {
  const locked = await lockMembers(tx, actor, member_id)
  const designations = sortedDesignations(wanted)
  checkDesignationChange({ ...locked, designations })
  await keepByHand(tx, member_id, 'designation')
  await update(tx, member_id)
    .set({ designations: [...designations] })
    .execute()
  return { id: member_id, designations, before: { designations: locked.target.designations } }
}

type Permissions = { readonly grants: readonly string[]; readonly denies: readonly string[] }

/**
 * Sets what is granted to and denied one member. Throws as `checkPermissionChange`, `not_found` or `member_removed`.
 */
export async function changePermissions(
  tx: OrganisationTx,
  actor: Actor,
  member_id: string,
  wanted: Permissions,
): Promise<Changed<Permissions>> {
  const locked = await lockMembers(tx, actor, member_id)
  const grants = [...new Set(wanted.grants)].sort()
  const denies = [...new Set(wanted.denies)].sort()
  checkPermissionChange({ ...locked, grants, denies })
  await update(tx, member_id).set({ grants, denies }).execute()
  const { target } = locked
  return { id: member_id, grants, denies, before: { grants: target.grants, denies: target.denies } }
}

type Place = { readonly surface: Surface; readonly primary_team_id: string | null }

/**
 * Changes the surface, or the team whose budget a member draws on, which is one they are in. Throws `forbidden`,
 * `owner_only`, `outranked`, `not_found`, `member_removed` or `reference_unknown`.
 */
export async function changePlace(
  tx: OrganisationTx,
  actor: Actor,
  member_id: string,
  change: Partial<Place>,
): Promise<Changed<Place>> {
  const locked = await lockMembers(tx, actor, member_id)
  checkActOnMember(locked, 'user.change')
  const { surface } = locked.target
  const { primary_team_id } = await tx
    .selectFrom('tenancy.member')
    .select('primary_team_id')
    .where('id', '=', member_id)
    .executeTakeFirstOrThrow()
  const before = { surface, primary_team_id }
  const after = { ...before, ...change }
  if (after.primary_team_id !== null && after.primary_team_id !== primary_team_id) {
    await requireInTeam(tx, member_id, after.primary_team_id)
  }
  await update(tx, member_id).set(after).execute()
  return { id: member_id, ...after, before }
}

async function requireInTeam(tx: OrganisationTx, member_id: string, team_id: string): Promise<void> {
  const found = await tx
    .selectFrom('tenancy.team_member')
    .select('team_id')
    .where('team_id', '=', team_id)
    .where('member_id', '=', member_id)
    .forShare()
    .executeTakeFirst()
  if (found === undefined) throw refuseReference('/primary_team_id')
}

type Standing = { readonly status: MemberStatus }

/**
 * Suspends a member: sessions and keys fail until they are reactivated. Throws as `checkSuspension`, or
 * `member_status_refused`.
 */
export async function suspendMember(tx: OrganisationTx, actor: Actor, member_id: string): Promise<Changed<Standing>> {
  const locked = await lockMembers(tx, actor, member_id)
  checkSuspension(locked)
  return changeStatus(tx, locked.target, 'suspended')
}

/**
 * Ends a suspension. Throws `forbidden`, `owner_only`, `outranked`, `not_found`, `member_removed` or
 * `member_status_refused`.
 */
export async function reactivateMember(
  tx: OrganisationTx,
  actor: Actor,
  member_id: string,
): Promise<Changed<Standing>> {
  const locked = await lockMembers(tx, actor, member_id)
  checkActOnMember(locked, 'user.change')
  return changeStatus(tx, locked.target, 'active')
}

async function changeStatus(
  tx: OrganisationTx,
  target: { readonly member_id: string; readonly status: MemberStatus },
  status: MemberStatus,
): Promise<Changed<Standing>> {
  if (target.status === status) throw memberStatusRefused({ status })
  await update(tx, target.member_id).set({ status }).execute()
  return { id: target.member_id, status, before: { status: target.status } }
}

/**
 * Ends every session of a member in this organisation and no other. Throws as `checkSessionRevocation`, `not_found` or
 * `member_removed`.
 */
export async function signOutMember(
  tx: OrganisationTx,
  actor: Actor,
  member_id: string,
): Promise<{ readonly id: string }> {
  const locked = await lockMembers(tx, actor, member_id)
  checkSessionRevocation(locked)
  await update(tx, member_id).set({ sessions_valid_after: NOW_AND_BEFORE }).execute()
  return { id: member_id }
}

export type Removal = {
  readonly id: string
  /** For the note in control; it is shown to nobody. */
  readonly user_id: string
  readonly revoked_keys: number
  readonly before: { readonly base_role: BaseRole; readonly status: MemberStatus }
}

/**
 * Removes a member: with this one commit their sessions, keys, teams, workspaces and projects here are gone; what they
 * did stays on record. Throws as `checkRemoval`, `not_found` or `member_removed`.
 */
export async function removeMember(tx: OrganisationTx, actor: Actor, member_id: string): Promise<Removal> {
  const locked = await lockMembers(tx, actor, member_id)
  checkRemoval(locked)
  const { base_role, status } = locked.target
  await forgetConnections(tx, member_id)
  return { id: member_id, ...(await endMembership(tx, actor, member_id)), before: { base_role, status } }
}

/**
 * What every removal does, by whomever: access ends with this commit. The caller has locked the member and asked the rules.
 * Throws `not_found`.
 */
export async function endMembership(
  tx: OrganisationTx,
  actor: Actor,
  member_id: string,
): Promise<{ readonly user_id: string; readonly revoked_keys: number }> {
  const row = await update(tx, member_id)
    .set({
      status: 'removed',
      removed_at: sql<Date>`clock_timestamp()`,
      sessions_valid_after: NOW_AND_BEFORE,
      primary_team_id: null,
    })
    .returning('user_id')
    .executeTakeFirst()
  if (row === undefined) throw notFound()
  await tx.deleteFrom('tenancy.member_role').where('member_id', '=', member_id).execute()
  await tx.deleteFrom('tenancy.team_member').where('member_id', '=', member_id).execute()
  await tx.deleteFrom('tenancy.workspace_member').where('member_id', '=', member_id).execute()
  await tx.deleteFrom('tenancy.project_member').where('member_id', '=', member_id).execute()
  const revoked_keys = await revokeKeysWhere(tx, actor, { member_id })
  return { user_id: row.user_id, revoked_keys }
}
