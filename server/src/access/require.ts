// The one evaluation of permissions: (role ∪ designations ∪ custom roles ∪ grants) − denies, then the super-admin's
// bypass, then the scopes of the key in use (requirements 4.4 and 4.5). Pure: whoever asks brings what the database says
// now.

import type { Problem } from '../kernel/problem.ts'
import type { Actor, KeyUse, Membership, PlatformActor } from './actor.ts'
import type { BaseRole, Designation, Permission, PermissionRow } from './permission.ts'
import { ALL_PERMISSIONS, PERMISSIONS } from './permission.ts'
import { PLATFORM_PERMISSIONS, type PlatformPermission } from './platform-permission.ts'
import { forbidden } from './problems.ts'

/** Where a permission comes from. */
export type PermissionSource =
  | { readonly from: 'role'; readonly role: BaseRole }
  | { readonly from: 'designation'; readonly designation: Designation }
  | { readonly from: 'custom_role'; readonly custom_role: string }
  | { readonly from: 'grant' | 'superadmin' | 'key_scope' }

/** Why a permission is missing. `key_barred`: no key of this kind may carry it, whatever its scopes. */
export type PermissionLoss =
  | 'never_given'
  | 'denied'
  | 'other_surface'
  | 'needed_permission_missing'
  | 'not_a_member'
  | 'not_in_key_scopes'
  | 'key_barred'
  | 'system'

/** One permission of one actor: held and whence, or not held and why; `source` then says what was taken away. */
export type HeldPermission =
  | { readonly held: true; readonly source: PermissionSource }
  | { readonly held: false; readonly lost_to: PermissionLoss; readonly source: PermissionSource | null }

const held = (source: PermissionSource): HeldPermission => ({ held: true, source })
const lost = (lost_to: PermissionLoss, source: PermissionSource | null = null): HeldPermission => ({
  held: false,
  lost_to,
  source,
})

/** Says whether the actor holds the permission, where it comes from, and what took it away. */
export function explainPermission(actor: Actor, permission: Permission): HeldPermission {
  const row = PERMISSIONS[permission]
  switch (actor.kind) {
    case 'system':
      return lost('system')
    case 'api_key': {
      if (row.key !== 'any') return lost('key_barred')
      if (!actor.use.scopes.includes(permission)) return lost('not_in_key_scopes')
      return needsOf(row, (needed) => actor.use.scopes.includes(needed)) ?? held({ from: 'key_scope' })
    }
    case 'user': {
      const live = throughBypass(bypassesPermissions(actor), row, explainMembership(actor.membership, permission))
      return live.held && actor.use.via === 'api_key' ? throughKey(actor.use, permission, live.source) : live
    }
  }
}

/** What a membership alone gives: a deny beats a grant beats a role, and a grant reaches only what may be granted. */
export function explainMembership(membership: Membership | null, permission: Permission): HeldPermission {
  if (membership === null) return lost('not_a_member')
  const row = PERMISSIONS[permission]
  const source = sourceIn(membership, row, permission)
  if (source === null) return lost('never_given')
  if (membership.denies.includes(permission)) return lost('denied', source)
  if (row.surface !== null && row.surface !== membership.surface) return lost('other_surface', source)
  return needsOf(row, (needed) => explainMembership(membership, needed).held, source) ?? held(source)
}

function sourceIn(membership: Membership, row: PermissionRow, permission: Permission): PermissionSource | null {
  if (row.roles.includes(membership.base_role)) return { from: 'role', role: membership.base_role }
  const designation = row.designations.find((each) => membership.designations.includes(each))
  if (designation !== undefined) return { from: 'designation', designation }
  if (!row.single) return null
  const custom = membership.custom_roles.find((each) => each.permissions.includes(permission))
  if (custom !== undefined) return { from: 'custom_role', custom_role: custom.name }
  return membership.grants.includes(permission) ? { from: 'grant' } : null
}

function needsOf(
  row: PermissionRow,
  isHeld: (needed: Permission) => boolean,
  source: PermissionSource | null = null,
): HeldPermission | null {
  if (row.needs === null || isHeld(row.needs)) return null
  return lost('needed_permission_missing', source)
}

/**
 * Whether the actor is the super-admin, signed in. A key never carries the bypass: it is worth its owner's membership,
 * so that a leaked key of a super-admin is a key to one organisation.
 */
export function bypassesPermissions(actor: Actor): boolean {
  return actor.kind === 'user' && actor.is_superadmin && actor.use.via === 'session'
}

/** The super-admin passes every permission check but those of acts that a member answers for in person. */
function throughBypass(bypasses: boolean, row: PermissionRow, own: HeldPermission): HeldPermission {
  return own.held || !bypasses || row.as_member ? own : held({ from: 'superadmin' })
}

function throughKey(use: KeyUse, permission: Permission, source: PermissionSource): HeldPermission {
  if (PERMISSIONS[permission].key === 'none') return lost('key_barred', source)
  return use.scopes.includes(permission) ? held(source) : lost('not_in_key_scopes', source)
}

/** Every permission of the catalogue as this actor has it: what a member's page shows, with sources. */
export function permissionsOf(actor: Actor): ReadonlyMap<Permission, HeldPermission> {
  return new Map(ALL_PERMISSIONS.map((permission) => [permission, explainPermission(actor, permission)]))
}

/** Whether the actor holds the permission at this moment. */
export function hasPermission(actor: Actor, permission: Permission): boolean {
  return explainPermission(actor, permission).held
}

/** The refusal `forbidden`, naming the permission, why it is missing and who can mend that; null if it is held. */
export function findPermissionRefusal(actor: Actor, permission: Permission): Problem | null {
  const answer = explainPermission(actor, permission)
  if (answer.held) return null
  const row = PERMISSIONS[permission]
  const { roles, designations, single: can_be_granted } = row
  return forbidden(
    { permission, reason: answer.lost_to, roles, designations, can_be_granted },
    { detail: `This needs the permission ${permission} (to ${row.allows}). ${REMEDIES[answer.lost_to](row)}` },
  )
}

/** Throws `forbidden` unless the actor holds the permission. */
export function requirePermission(actor: Actor, permission: Permission): void {
  const refusal = findPermissionRefusal(actor, permission)
  if (refusal !== null) throw refusal
}

const REMEDIES: Readonly<Record<PermissionLoss, (row: PermissionRow) => string>> = {
  never_given: whoMayGive,
  denied: () => 'It was denied to you; an owner or admin can lift that.',
  other_surface: (row) => `It comes with the surface ${row.surface}; an owner or admin can change yours.`,
  needed_permission_missing: (row) => `It is worth nothing without ${row.needs}, which you lack.`,
  not_a_member: () => 'It is held only as a member of the organisation.',
  not_in_key_scopes: () => 'The API key does not carry it; use one whose scopes name it.',
  key_barred: (row) => `${row.key === 'person' ? 'Only a key of a person' : 'No API key'} may carry it.`,
  system: () => 'A job acts without permissions and must not ask for one.',
}

function whoMayGive(row: PermissionRow): string {
  const ways = row.designations.map((each) => `make you ${each.replace('_', ' ')}`)
  if (row.single) ways.unshift('grant it to you')
  if (ways.length > 0) return `An owner or admin can ${ways.join(' or ')}.`
  return row.roles.includes('admin') ? 'It belongs to owners and admins.' : 'It belongs to owners.'
}

function hasPlatformPermission(actor: PlatformActor, permission: PlatformPermission): boolean {
  const { held_by } = PLATFORM_PERMISSIONS[permission]
  if (actor.kind === 'operator') return held_by.includes('operator')
  return actor.kind === 'user' && actor.is_superadmin && held_by.includes('superadmin')
}

/** Throws `forbidden` unless the actor holds the platform permission. */
export function requirePlatformPermission(actor: PlatformActor, permission: PlatformPermission): void {
  if (hasPlatformPermission(actor, permission)) return
  const { held_by, allows } = PLATFORM_PERMISSIONS[permission]
  const holders = held_by.includes('superadmin') ? 'super-admins' : "the operator's command line"
  throw forbidden(
    { permission, reason: 'never_given', roles: held_by, designations: [], can_be_granted: false },
    { detail: `This needs the permission ${permission} (to ${allows}). It belongs to ${holders}.` },
  )
}
