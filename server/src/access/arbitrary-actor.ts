// Actors for tests: plain ones to name a case, arbitrary ones for properties; and what an act is refused with. Imported
// by tests only.

import fc from 'fast-check'
import { Problem } from '../kernel/problem.ts'
import type { KeyUse, Membership, OrganisationKeyActor, UserActor } from './actor.ts'
import { ALL_PERMISSIONS, BASE_ROLES, DESIGNATIONS, SURFACES } from './permission.ts'

const SESSION = { via: 'session', session_id: 'session-1', aal: 1 } as const

/** A plain member of the studio surface, changed in what the case is about. */
export function someMembership(change: Partial<Membership> = {}): Membership {
  return {
    member_id: 'member-1',
    base_role: 'member',
    designations: [],
    custom_roles: [],
    grants: [],
    denies: [],
    surface: 'studio',
    ...change,
  }
}

/** A signed-in person with that membership. */
export function someMember(change: Partial<Membership> = {}): UserActor {
  return withMembership(someMembership(change))
}

/** A signed-in person, or the super-admin, with or without a membership. */
export function withMembership(membership: Membership | null, is_superadmin = false): UserActor {
  return { kind: 'user', organisation_id: 'org-1', user_id: 'user-1', is_superadmin, membership, use: SESSION }
}

/** The super-admin in an organisation to which they do not belong. */
export const superadmin: UserActor = withMembership(null, true)

/** A key with these scopes, working in one project. */
export function someKey(scopes: readonly string[], project_id = 'project-1'): KeyUse {
  return { via: 'api_key', api_key_id: 'key-1', scopes, project_id, use_case_id: null }
}

/** A key of the organisation. */
export function someOrganisationKey(scopes: readonly string[], project_id = 'project-1'): OrganisationKeyActor {
  return {
    kind: 'api_key',
    organisation_id: 'org-1',
    responsible_member_id: 'member-1',
    use: someKey(scopes, project_id),
  }
}

/** The Problem an act is refused with, or null where it is allowed. Anything else it throws is a bug and goes on. */
export function refusalOf(act: () => void): Problem | null {
  try {
    act()
    return null
  } catch (problem) {
    if (problem instanceof Problem) return problem
    throw problem
  }
}

export const arbitraryPermission = fc.constantFrom(...ALL_PERMISSIONS)

/** Stored words: mostly permissions, now and then one that means nothing any more. */
const arbitraryWords = fc.uniqueArray(fc.oneof({ weight: 9, arbitrary: arbitraryPermission }, fc.string()), {
  maxLength: 12,
})

export const arbitraryMembership: fc.Arbitrary<Membership> = fc.record({
  member_id: fc.constantFrom('member-1', 'member-2', 'member-3', 'member-4'),
  base_role: fc.constantFrom(...BASE_ROLES),
  designations: fc.subarray([...DESIGNATIONS]),
  custom_roles: fc.array(
    fc.record({ id: fc.constant('role-1'), name: fc.constant('A role'), permissions: arbitraryWords }),
    { maxLength: 2 },
  ),
  grants: arbitraryWords,
  denies: arbitraryWords,
  surface: fc.constantFrom(...SURFACES),
})

export const arbitraryKey: fc.Arbitrary<KeyUse> = fc.subarray([...ALL_PERMISSIONS]).map((scopes) => someKey(scopes))

/** A person by session or by key; a super-admin now and then, who may lack a membership. */
export const arbitraryUser: fc.Arbitrary<UserActor> = fc.record({
  kind: fc.constant('user'),
  organisation_id: fc.constant('org-1'),
  user_id: fc.constant('user-1'),
  is_superadmin: fc.boolean(),
  membership: fc.option(arbitraryMembership),
  use: fc.oneof(fc.constant(SESSION), arbitraryKey),
})
