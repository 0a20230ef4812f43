// Who acts. Plain data, read from the database for each request and passed on explicitly; nothing here is a session's
// copy of a right.

import type { BaseRole, Designation, Surface } from './permission.ts'

/** A set of permissions that the organisation has given a name. The words are as stored, like grants. */
export type CustomRole = { readonly id: string; readonly name: string; readonly permissions: readonly string[] }

/**
 * An active member as the organisation's database holds it now. `grants` and `denies` are the stored words: one that
 * names no permission has no effect.
 */
export type Membership = {
  readonly member_id: string
  readonly base_role: BaseRole
  readonly designations: readonly Designation[]
  readonly custom_roles: readonly CustomRole[]
  readonly grants: readonly string[]
  readonly denies: readonly string[]
  readonly surface: Surface
}

export type SessionUse = {
  readonly via: 'session'
  readonly session_id: string
  /** Strength of the sign-in: 1 is one factor, 2 is two (NIST SP 800-63B). */
  readonly aal: number
}

/** An API key in use. Its scopes only ever narrow. It works in one project, and for one use case where it names it. */
export type KeyUse = {
  readonly via: 'api_key'
  readonly api_key_id: string
  readonly scopes: readonly string[]
  readonly project_id: string
  readonly use_case_id: string | null
}

/** A person in an organisation. The super-admin may come without a membership. */
export type UserActor = {
  readonly kind: 'user'
  readonly organisation_id: string
  readonly user_id: string
  readonly is_superadmin: boolean
  readonly membership: Membership | null
  readonly use: SessionUse | KeyUse
}

/** A key that belongs to the organisation, not to a person: its scopes alone are its rights. */
export type OrganisationKeyActor = {
  readonly kind: 'api_key'
  readonly organisation_id: string
  /** Who answers for what it does (ruling 6). Gives it no right. */
  readonly responsible_member_id: string
  readonly use: KeyUse
}

/** A job or the operator's command line. It holds no permission: its code acts for the platform and asks for none. */
export type SystemActor = {
  readonly kind: 'system'
  readonly organisation_id: string
  readonly name: string
  readonly use: { readonly via: 'system' | 'cli' }
}

/** Whoever acts in one organisation. */
export type Actor = UserActor | OrganisationKeyActor | SystemActor

/** Whoever acts on the platform. API keys never do. */
export type PlatformActor =
  | { readonly kind: 'user'; readonly user_id: string; readonly is_superadmin: boolean; readonly use: SessionUse }
  | { readonly kind: 'operator'; readonly use: { readonly via: 'cli' } }
  | { readonly kind: 'system'; readonly name: string; readonly use: { readonly via: 'system' } }

/** The membership of the person who acts; null for a key of the organisation, a job, and a super-admin without one. */
export function memberIdOf(actor: Actor): string | null {
  return actor.kind === 'user' ? (actor.membership?.member_id ?? null) : null
}

/**
 * The member in whose name something is made: the person, or for a key of the organisation the one responsible for it. Null
 * for the super-admin without a membership, who configures everything and is nobody's member.
 */
export function makerOf(actor: Actor): string | null {
  return actor.kind === 'api_key' ? actor.responsible_member_id : memberIdOf(actor)
}
