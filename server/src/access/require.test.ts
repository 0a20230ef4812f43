import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Actor, UserActor } from './actor.ts'
import {
  arbitraryKey,
  arbitraryMembership,
  arbitraryPermission,
  arbitraryUser,
  refusalOf,
  someKey,
  someMember,
  someMembership,
  someOrganisationKey,
  superadmin,
  withMembership,
} from './arbitrary-actor.ts'
import type { Permission } from './permission.ts'
import { ALL_PERMISSIONS, PERMISSIONS } from './permission.ts'
import {
  explainPermission,
  hasPermission,
  permissionsOf,
  requirePermission,
  requirePlatformPermission,
} from './require.ts'

const heldBy = (actor: Actor): readonly Permission[] =>
  ALL_PERMISSIONS.filter((permission) => hasPermission(actor, permission))

const byKey = (user: UserActor, scopes: readonly string[]): UserActor => ({ ...user, use: someKey(scopes) })

const hub = { surface: 'hub' } as const
const owner = { base_role: 'owner' } as const
const admin = { base_role: 'admin' } as const

describe('where a permission comes from', () => {
  const cases: readonly (readonly [string, Actor, Permission, unknown])[] = [
    ['the base role', someMember(admin), 'quota.manage', { held: true, source: { from: 'role', role: 'admin' } }],
    [
      'a designation',
      someMember({ designations: ['expert', 'reviewer'] }),
      'run.approve_manager',
      { held: true, source: { from: 'designation', designation: 'reviewer' } },
    ],
    ['a grant', someMember({ grants: ['audit.view'] }), 'audit.view', { held: true, source: { from: 'grant' } }],
    ['the super-admin flag', superadmin, 'org.delete', { held: true, source: { from: 'superadmin' } }],
    [
      'the scope of an organisation key',
      someOrganisationKey(['run.execute']),
      'run.execute',
      { held: true, source: { from: 'key_scope' } },
    ],
  ]
  test.each(cases)('%s is named as the source', (_, actor, permission, answer) => {
    expect(explainPermission(actor, permission)).toEqual(answer)
  })
})

describe('why a permission is missing', () => {
  const key = (scopes: readonly string[]): UserActor => byKey(someMember(owner), scopes)
  const cases: readonly (readonly [string, Actor, Permission, string])[] = [
    ['nobody gave it', someMember(), 'audit.view', 'never_given'],
    [
      'a grant of what belongs to roles counts for nothing',
      someMember({ grants: ['role.change'] }),
      'role.change',
      'never_given',
    ],
    ['a deny takes it from the role', someMember({ denies: ['run.execute'] }), 'run.execute', 'denied'],
    [
      'a deny takes it from the grant',
      someMember({ grants: ['audit.view'], denies: ['audit.view'] }),
      'audit.view',
      'denied',
    ],
    ['a hub member has no Studio', someMember(hub), 'studio.build', 'other_surface'],
    [
      'a deny of billing.view removes costs',
      someMember({ denies: ['billing.view'] }),
      'costs.view',
      'needed_permission_missing',
    ],
    [
      'a deny of billing.view removes invoices',
      someMember({ denies: ['billing.view'] }),
      'invoice.view',
      'needed_permission_missing',
    ],
    ['nobody without membership has any', withMembership(null), 'org.view', 'not_a_member'],
    ['the super-admin runs nothing as such', superadmin, 'run.execute', 'not_a_member'],
    ['a key lacks what its scopes do not name', key(['run.execute']), 'audit.view', 'not_in_key_scopes'],
    ['no key changes roles', key(['role.change']), 'role.change', 'key_barred'],
    ['no organisation key acknowledges', someOrganisationKey(['run.acknowledge']), 'run.acknowledge', 'key_barred'],
    [
      'no organisation key sees content',
      someOrganisationKey(['audit.view_content']),
      'audit.view_content',
      'key_barred',
    ],
    [
      'a job asks for none',
      { kind: 'system', organisation_id: 'o', name: 'expire', use: { via: 'system' } },
      'org.view',
      'system',
    ],
  ]
  test.each(cases)('%s', (_, actor, permission, lost_to) => {
    expect(explainPermission(actor, permission)).toMatchObject({ held: false, lost_to })
  })
})

describe('a refusal', () => {
  test('names the permission, the reason, and who can give it', () => {
    expect(() => requirePermission(someMember(), 'run.approve_manager')).toThrow(
      expect.objectContaining({
        code: 'forbidden',
        status: 403,
        params: {
          permission: 'run.approve_manager',
          reason: 'never_given',
          roles: [],
          designations: ['manager', 'reviewer'],
          can_be_granted: true,
        },
        detail:
          'This needs the permission run.approve_manager (to approve at level 2). ' +
          'An owner or admin can grant it to you or make you manager or make you reviewer.',
      }),
    )
  })

  test.each([
    ['org.delete', 'It belongs to owners.'],
    ['user.invite', 'It belongs to owners and admins.'],
    ['quota.manage', 'An owner or admin can grant it to you.'],
  ] as const)('of %s says: %s', (permission, remedy) => {
    expect(refusalOf(() => requirePermission(someMember(), permission))?.detail).toContain(remedy)
  })

  test('is given for exactly the permissions that are not held', () => {
    fc.assert(
      fc.property(arbitraryUser, arbitraryPermission, (actor, permission) => {
        const refusal = refusalOf(() => requirePermission(actor, permission))
        expect(refusal?.code).toBe(hasPermission(actor, permission) ? undefined : 'forbidden')
      }),
    )
  })
})

describe('the super-admin', () => {
  test('passes every check of an organisation but those of acts a member answers for', () => {
    const missing = ALL_PERMISSIONS.filter((permission) => !hasPermission(superadmin, permission))
    expect(missing).toEqual(ALL_PERMISSIONS.filter((permission) => PERMISSIONS[permission].as_member))
    expect(missing).toEqual(
      expect.arrayContaining(['run.execute', 'run.acknowledge', 'run.approve_manager', 'run.approve_compliance']),
    )
  })

  test('who is a member starts and approves what that membership allows, no more', () => {
    const membership = someMembership({ designations: ['manager'], denies: ['run.execute'] })
    const actor = withMembership(membership, true)
    expect(hasPermission(actor, 'run.approve_manager')).toBe(true)
    expect(hasPermission(actor, 'run.execute')).toBe(false)
    expect(hasPermission(actor, 'run.approve_compliance')).toBe(false)
  })

  test('has no bypass by a key, only the membership and what the scopes leave of it', () => {
    const member = withMembership(someMembership(), true)
    expect(heldBy(byKey(member, ALL_PERMISSIONS))).toEqual(heldBy(byKey(someMember(), ALL_PERMISSIONS)))
    expect(heldBy(byKey(superadmin, ALL_PERMISSIONS))).toEqual([])
  })

  test('makes no super-admins: only the operator does', () => {
    const use = { via: 'session', session_id: 's', aal: 2 } as const
    const flagged = { kind: 'user', user_id: 'u', is_superadmin: true, use } as const
    expect(() => requirePlatformPermission(flagged, 'platform.organisation.create')).not.toThrow()
    expect(() => requirePlatformPermission(flagged, 'platform.superadmin.change')).toThrow(
      expect.objectContaining({ code: 'forbidden' }),
    )
    expect(() =>
      requirePlatformPermission({ kind: 'operator', use: { via: 'cli' } }, 'platform.superadmin.change'),
    ).not.toThrow()
  })

  test('alone holds platform permissions by session', () => {
    const use = { via: 'session', session_id: 's', aal: 1 } as const
    const plain = { kind: 'user', user_id: 'u', is_superadmin: false, use } as const
    const job = { kind: 'system', name: 'sweep', use: { via: 'system' } } as const
    for (const actor of [plain, job]) {
      expect(() => requirePlatformPermission(actor, 'platform.organisation.view')).toThrow(
        expect.objectContaining({ code: 'forbidden' }),
      )
    }
  })
})

describe('for every actor', () => {
  test('a deny always wins over role, designation and grant', () => {
    fc.assert(
      fc.property(arbitraryMembership, arbitraryPermission, (membership, permission) => {
        const denied = someMember({
          ...membership,
          grants: [...membership.grants, permission],
          denies: [...membership.denies, permission],
        })
        expect(hasPermission(denied, permission)).toBe(false)
      }),
    )
  })

  test('a further deny never adds a permission', () => {
    fc.assert(
      fc.property(arbitraryUser, arbitraryMembership, arbitraryPermission, (actor, membership, permission) => {
        const before = { ...actor, membership }
        const after = { ...actor, membership: { ...membership, denies: [...membership.denies, permission] } }
        expect(heldBy(before)).toEqual(expect.arrayContaining([...heldBy(after)]))
      }),
    )
  })

  test('a grant adds at most the permission it names and what waits for that one', () => {
    fc.assert(
      fc.property(arbitraryMembership, arbitraryPermission, (membership, permission) => {
        const before = heldBy(someMember(membership))
        const after = heldBy(someMember({ ...membership, grants: [...membership.grants, permission] }))
        const added = after.filter((each) => !before.includes(each))
        for (const each of added) {
          expect(each === permission || PERMISSIONS[each].needs === permission).toBe(true)
          expect(PERMISSIONS[permission].single).toBe(true)
        }
      }),
    )
  })

  test('a key never does more than its person, whatever its scopes', () => {
    fc.assert(
      fc.property(arbitraryUser, arbitraryKey, (actor, use) => {
        const person = heldBy({ ...actor, use: { via: 'session', session_id: 's', aal: 1 } })
        const key = heldBy({ ...actor, use })
        expect(person).toEqual(expect.arrayContaining([...key]))
        expect(use.scopes).toEqual(expect.arrayContaining([...key]))
      }),
    )
  })

  test('a scope adds at most the permission it names', () => {
    fc.assert(
      fc.property(arbitraryUser, arbitraryKey, arbitraryPermission, (actor, use, scope) => {
        const before = heldBy({ ...actor, use })
        const added = heldBy({ ...actor, use: { ...use, scopes: [...use.scopes, scope] } })
        expect(added.filter((each) => !before.includes(each) && each !== scope)).toEqual([])
      }),
    )
  })

  test('no organisation key does what a person answers for or what no key may', () => {
    const most = heldBy(someOrganisationKey(ALL_PERMISSIONS))
    expect(most.filter((permission) => PERMISSIONS[permission].key !== 'any')).toEqual([])
  })

  test('a hub member never gets any part of Studio', () => {
    fc.assert(
      fc.property(arbitraryMembership, arbitraryKey, (membership, use) => {
        const member = someMember({ ...membership, surface: 'hub', grants: [...ALL_PERMISSIONS] })
        for (const actor of [member, { ...member, use }]) {
          expect(heldBy(actor).filter((permission) => permission.startsWith('studio.'))).toEqual([])
        }
      }),
    )
  })

  test('no member holds what the table gives nobody of their kind', () => {
    fc.assert(
      fc.property(arbitraryMembership, (membership) => {
        for (const permission of heldBy(someMember(membership))) {
          const { roles, designations, single } = PERMISSIONS[permission]
          const given =
            roles.includes(membership.base_role) ||
            designations.some((each) => membership.designations.includes(each)) ||
            (single && membership.grants.includes(permission)) ||
            (single && membership.custom_roles.some((role) => role.permissions.includes(permission)))
          expect(given).toBe(true)
        }
      }),
    )
  })
})

test('a member’s page gets every permission with its answer', () => {
  const page = permissionsOf(someMember({ denies: ['billing.view'] }))
  expect([...page.keys()]).toEqual(ALL_PERMISSIONS)
  expect(page.get('billing.view')).toEqual({
    held: false,
    lost_to: 'denied',
    source: { from: 'role', role: 'member' },
  })
})
