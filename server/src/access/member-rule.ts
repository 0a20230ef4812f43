// Who may change whom (requirements 4.3; rulings "Who creates whom", "Admin against owner"). Every rule is decided here,
// from what the caller read under the locks of its own transaction, so that two changes at once cannot both pass.
//
// The rules: only owners and the super-admin touch an owner or make one; nobody raises their own role; only owners
// extend their own permissions; the last active owner stays; an owner is never denied what governs the organisation.

import type { Actor, Membership } from './actor.ts'
import type { BaseRole, Designation, Permission } from './permission.ts'
import { ALL_PERMISSIONS, BASE_ROLES, isPermission, PERMISSIONS } from './permission.ts'
import {
  lastOwner,
  outranked,
  ownerKeeps,
  ownerOnly,
  ownPermissions,
  ownRole,
  permissionNotHeld,
  permissionNotSingle,
  permissionUnknown,
} from './problems.ts'
import { bypassesPermissions, explainMembership, hasPermission, requirePermission } from './require.ts'

/** The member who is acted upon, as read under the lock. */
export type TargetMember = Membership & { readonly status: 'active' | 'suspended' | 'removed' }

/** An act of one member on another. `active_owner_count` is counted in the same transaction, the target included. */
type ActOnMember = { readonly actor: Actor; readonly target: TargetMember }
type ActOnOwners = ActOnMember & { readonly active_owner_count: number }

/** Higher is more: owner 2, admin 1, member 0. */
const rankOf = (role: BaseRole): number => BASE_ROLES.length - 1 - BASE_ROLES.indexOf(role)

const membershipOf = (actor: Actor): Membership | null => (actor.kind === 'user' ? actor.membership : null)
const isOwner = (actor: Actor): boolean => membershipOf(actor)?.base_role === 'owner'
const isSelf = ({ actor, target }: ActOnMember): boolean => membershipOf(actor)?.member_id === target.member_id

/**
 * The permission for an act on a member, and the rank to use it on this one. Throws `forbidden`, `owner_only` when the
 * target is an owner and the actor is not, or `outranked`. An organisation key ranks as an admin, for admins made it.
 */
export function checkActOnMember({ actor, target }: ActOnMember, permission: Permission): void {
  requirePermission(actor, permission)
  if (bypassesPermissions(actor)) return
  const role = membershipOf(actor)?.base_role ?? 'admin'
  if (rankOf(role) >= rankOf(target.base_role)) return
  if (target.base_role === 'owner')
    throw ownerOnly({ target_role: 'owner' }, { detail: 'Only an owner changes an owner.' })
  throw outranked({ role, target_role: target.base_role })
}

/** Throws `last_owner` if the act takes the last active owner from the organisation. */
function checkOwnerRemains({ target, active_owner_count }: ActOnOwners): void {
  if (target.base_role !== 'owner' || target.status !== 'active' || active_owner_count > 1) return
  throw lastOwner({ active_owner_count }, { detail: 'Make another member owner first.' })
}

/**
 * Allows a new base role. Throws `forbidden`, `owner_only` (touching or making an owner), `outranked`, `own_role`
 * (raising oneself, for the super-admin too), `last_owner`, or `owner_keeps` when the new owner still carries denies of
 * what owners must keep.
 */
export function checkRoleChange(act: ActOnOwners & { readonly new_role: BaseRole }): void {
  const { actor, target, new_role } = act
  checkActOnMember(act, 'role.change')
  if (isSelf(act) && rankOf(new_role) > rankOf(target.base_role)) throw ownRole({ role: target.base_role, new_role })
  if (new_role === 'owner' && !isOwner(actor) && !bypassesPermissions(actor)) {
    throw ownerOnly({ new_role }, { detail: 'Only an owner or the super-admin makes owners.' })
  }
  if (new_role === 'owner') checkOwnerKeeps({ ...target, base_role: 'owner' })
  else checkOwnerRemains(act)
}

/** Allows new designations. Throws `forbidden`, `owner_only`, `outranked`, or `own_permissions` for one added to oneself. */
export function checkDesignationChange(act: ActOnMember & { readonly designations: readonly Designation[] }): void {
  checkActOnMember(act, 'role.change')
  const added = act.designations.filter((each) => !act.target.designations.includes(each))
  checkOwnExtension(act, added)
}

/**
 * Allows new grants and denies, each given as the whole new set. Throws `forbidden`, `owner_only`, `outranked`,
 * `permission_unknown`, `permission_not_single` (what belongs to roles), `own_permissions` (a grant to oneself or the
 * lifting of an own deny), or `owner_keeps`. Words the member already carries may stay, whatever they name.
 */
export function checkPermissionChange(
  act: ActOnMember & { readonly grants: readonly string[]; readonly denies: readonly string[] },
): void {
  const { target, grants, denies } = act
  checkActOnMember(act, 'role.change')
  const granted = grants.filter((each) => !target.grants.includes(each))
  const denied = denies.filter((each) => !target.denies.includes(each))
  const lifted = target.denies.filter((each) => !denies.includes(each))
  for (const permission of [...granted, ...denied]) {
    if (!isPermission(permission)) throw permissionUnknown({ permission })
  }
  for (const permission of granted) {
    if (isPermission(permission) && !PERMISSIONS[permission].single) throw permissionNotSingle({ permission })
  }
  checkOwnExtension(act, [...granted, ...lifted])
  checkOwnerKeeps({ ...target, grants, denies })
}

/**
 * Allows a custom role with these permissions: what may be granted singly, and only what its author holds now. Throws
 * `forbidden`, `permission_unknown`, `permission_not_single` (what belongs to roles) or `permission_not_held`.
 */
export function checkCustomRole(actor: Actor, permissions: readonly string[]): void {
  requirePermission(actor, 'role.change')
  for (const permission of permissions) {
    if (!isPermission(permission)) throw permissionUnknown({ permission })
    if (!PERMISSIONS[permission].single) throw permissionNotSingle({ permission })
    if (!hasPermission(actor, permission)) throw permissionNotHeld({ permission })
  }
}

/** Allows other custom roles. Throws `forbidden`, `owner_only`, `outranked`, or `own_permissions` for one added to oneself. */
export function checkCustomRoleChange(act: ActOnMember & { readonly added: readonly string[] }): void {
  checkActOnMember(act, 'role.change')
  checkOwnExtension(act, act.added)
}

/** Allows the return of a removed member. Throws `forbidden`, `owner_only` or `outranked`. */
export function checkRestoration(act: ActOnMember): void {
  checkActOnMember(act, 'user.invite')
}

function checkOwnExtension(act: ActOnMember, extensions: readonly string[]): void {
  if (extensions.length === 0 || !isSelf(act) || isOwner(act.actor)) return
  throw ownPermissions({ extensions }, { detail: 'Ask another owner or admin.' })
}

/** Throws `owner_keeps` if a deny would take from an owner what belongs to roles and could be granted to nobody else. */
function checkOwnerKeeps(owner: Membership): void {
  if (owner.base_role !== 'owner') return
  const missing = ALL_PERMISSIONS.filter((permission) => {
    const { single, surface, roles } = PERMISSIONS[permission]
    return !single && surface === null && roles.includes('owner') && !explainMembership(owner, permission).held
  })
  if (missing.length > 0) {
    throw ownerKeeps(
      { permissions: missing },
      { detail: `These denies would take ${missing.join(', ')} from an owner.` },
    )
  }
}

/** Allows the removal of a member. Throws `forbidden`, `owner_only`, `outranked` or `last_owner`. */
export function checkRemoval(act: ActOnOwners): void {
  checkActOnMember(act, 'user.remove')
  checkOwnerRemains(act)
}

/** Allows the suspension of a member. Throws `forbidden`, `owner_only`, `outranked` or `last_owner`. */
export function checkSuspension(act: ActOnOwners): void {
  checkActOnMember(act, 'user.change')
  checkOwnerRemains(act)
}

/** Allows signing a member out of the organisation. Throws `forbidden`, `owner_only` or `outranked`. */
export function checkSessionRevocation(act: ActOnMember): void {
  checkActOnMember(act, 'session.revoke_any')
}
