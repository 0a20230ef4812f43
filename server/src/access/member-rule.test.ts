import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Membership, UserActor } from './actor.ts'
import {
  arbitraryMembership,
  refusalOf,
  someKey,
  someMember,
  someMembership,
  someOrganisationKey,
  superadmin,
  withMembership,
} from './arbitrary-actor.ts'
import type { TargetMember } from './member-rule.ts'
import {
  checkActOnMember,
  checkDesignationChange,
  checkPermissionChange,
  checkRemoval,
  checkRoleChange,
  checkSessionRevocation,
  checkSuspension,
} from './member-rule.ts'
import type { BaseRole } from './permission.ts'
import { BASE_ROLES, DESIGNATIONS } from './permission.ts'

const owner = someMember({ base_role: 'owner', member_id: 'the-owner' })
const admin = someMember({ base_role: 'admin', member_id: 'the-admin' })
const member = someMember({ member_id: 'the-member' })
const guard = someMember({ member_id: 'the-guard', grants: ['session.revoke_any'] })

function target(base_role: BaseRole, change: Partial<TargetMember> = {}): TargetMember {
  return { ...someMembership({ member_id: 'another', base_role }), status: 'active', ...change }
}

function self(actor: UserActor): TargetMember {
  return { ...(actor.membership ?? someMembership()), status: 'active' }
}

/** The code an act is refused with, or `allowed`. */
const verdict = (act: () => void): string => refusalOf(act)?.code ?? 'allowed'

describe('a change of base role', () => {
  const cases: readonly (readonly [string, UserActor, TargetMember, BaseRole, number, string])[] = [
    ['an owner makes an owner', owner, target('member'), 'owner', 1, 'allowed'],
    ['the super-admin makes an owner', superadmin, target('member'), 'owner', 0, 'allowed'],
    ['an admin makes an admin', admin, target('member'), 'admin', 1, 'allowed'],
    ['an admin demotes an admin', admin, target('admin'), 'member', 1, 'allowed'],
    ['an admin makes no owner', admin, target('admin'), 'owner', 1, 'owner_only'],
    ['an admin touches no owner', admin, target('owner'), 'member', 2, 'owner_only'],
    ['an owner demotes another owner', owner, target('owner'), 'admin', 2, 'allowed'],
    ['a member changes nobody', member, target('member'), 'admin', 1, 'forbidden'],
    ['an admin does not make themselves owner', admin, self(admin), 'owner', 1, 'own_role'],
    ['an admin steps down', admin, self(admin), 'member', 1, 'allowed'],
    ['an owner steps down while another remains', owner, self(owner), 'member', 2, 'allowed'],
    ['the last owner does not step down', owner, self(owner), 'admin', 1, 'last_owner'],
    ['the super-admin does not demote the last owner', superadmin, target('owner'), 'member', 1, 'last_owner'],
    [
      'a suspended owner is not the last active one',
      owner,
      target('owner', { status: 'suspended' }),
      'member',
      1,
      'allowed',
    ],
    [
      'an owner comes without denies of what owners keep',
      owner,
      target('admin', { denies: ['role.change'] }),
      'owner',
      1,
      'owner_keeps',
    ],
    [
      'an owner may come with a deny of running',
      owner,
      target('admin', { denies: ['run.execute'] }),
      'owner',
      1,
      'allowed',
    ],
  ]
  test.each(cases)('%s', (_, actor, changed, new_role, active_owner_count, expected) => {
    expect(verdict(() => checkRoleChange({ actor, target: changed, new_role, active_owner_count }))).toBe(expected)
  })

  test('nobody raises themselves, the super-admin who is a member included', () => {
    const flagged = withMembership(someMembership({ member_id: 'flagged' }), true)
    const act = { actor: flagged, target: self(flagged), new_role: 'owner', active_owner_count: 1 } as const
    expect(verdict(() => checkRoleChange(act))).toBe('own_role')
  })

  test('no key does it', () => {
    const key = { ...owner, use: someKey(['role.change']) }
    const act = { target: target('member'), new_role: 'admin', active_owner_count: 1 } as const
    expect(verdict(() => checkRoleChange({ ...act, actor: key }))).toBe('forbidden')
    expect(verdict(() => checkRoleChange({ ...act, actor: someOrganisationKey(['role.change']) }))).toBe('forbidden')
  })
})

describe('a change of designations', () => {
  const cases: readonly (readonly [string, UserActor, TargetMember, Membership['designations'], string])[] = [
    ['an admin designates a member', admin, target('member'), ['reviewer'], 'allowed'],
    ['an admin designates no owner', admin, target('owner'), ['reviewer'], 'owner_only'],
    ['an admin does not designate themselves', admin, self(admin), ['compliance_officer'], 'own_permissions'],
    [
      'an owner designates themselves, for there may be nobody else',
      owner,
      self(owner),
      ['compliance_officer'],
      'allowed',
    ],
    ['anybody allowed to may lay down their own', admin, { ...self(admin), designations: ['manager'] }, [], 'allowed'],
    ['a member designates nobody', member, target('member'), ['expert'], 'forbidden'],
  ]
  test.each(cases)('%s', (_, actor, changed, designations, expected) => {
    expect(verdict(() => checkDesignationChange({ actor, target: changed, designations }))).toBe(expected)
  })
})

describe('a change of grants and denies', () => {
  type Words = { readonly grants?: readonly string[]; readonly denies?: readonly string[] }
  const deniedAdmin = someMember({ base_role: 'admin', member_id: 'the-admin', denies: ['audit.view'] })
  const cases: readonly (readonly [string, UserActor, TargetMember, Words, string])[] = [
    ['an admin grants a member what may be granted', admin, target('member'), { grants: ['audit.view'] }, 'allowed'],
    ['a member grants nothing', member, target('member'), { grants: ['audit.view'] }, 'forbidden'],
    [
      'what belongs to roles is not granted',
      owner,
      target('member'),
      { grants: ['user.invite'] },
      'permission_not_single',
    ],
    [
      'what owners keep is not granted',
      owner,
      target('admin'),
      { grants: ['secrets.manage'] },
      'permission_not_single',
    ],
    ['Studio is not granted', owner, target('member'), { grants: ['studio.build'] }, 'permission_not_single'],
    ['a word that names nothing is refused', owner, target('member'), { denies: ['run.all'] }, 'permission_unknown'],
    [
      'an old word that names nothing may stay',
      owner,
      target('member', { grants: ['run.all'] }),
      { grants: ['run.all'] },
      'allowed',
    ],
    ['an admin denies an admin', admin, target('admin'), { denies: ['policy.manage'] }, 'allowed'],
    ['an admin denies an owner nothing', admin, target('owner'), { denies: ['run.execute'] }, 'owner_only'],
    [
      'an owner may be denied what is not theirs to keep',
      owner,
      target('owner'),
      { denies: ['run.execute'] },
      'allowed',
    ],
    ['an owner is not denied what governs', owner, target('owner'), { denies: ['role.change'] }, 'owner_keeps'],
    ['nor what that needs', owner, target('owner'), { denies: ['billing.view'] }, 'owner_keeps'],
    ['an admin does not extend themselves', admin, self(admin), { grants: ['run.approve_manager'] }, 'own_permissions'],
    ['an admin does not lift their own deny', deniedAdmin, self(deniedAdmin), { denies: [] }, 'own_permissions'],
    ['an admin may deny themselves', admin, self(admin), { denies: ['audit.view'] }, 'allowed'],
  ]
  test.each(cases)('%s', (_, actor, changed, words, expected) => {
    const act = { actor, target: changed, grants: words.grants ?? [], denies: words.denies ?? [] }
    expect(verdict(() => checkPermissionChange(act))).toBe(expected)
  })
})

describe('any other act on a member, such as revoking their key', () => {
  test.each([
    ['an admin', admin, 'member', 'allowed'],
    ['an admin', admin, 'admin', 'allowed'],
    ['an admin', admin, 'owner', 'owner_only'],
    ['an owner', owner, 'owner', 'allowed'],
    ['the super-admin', superadmin, 'owner', 'allowed'],
    ['a member', member, 'member', 'forbidden'],
  ] as const)('by %s (%#) is judged by permission and rank', (_, actor, role, expected) => {
    expect(verdict(() => checkActOnMember({ actor, target: target(role) }, 'api_key.manage'))).toBe(expected)
  })
})

describe('an end of access', () => {
  const removals: readonly (readonly [string, UserActor, TargetMember, number, string])[] = [
    ['an admin ends an admin', admin, target('admin'), 1, 'allowed'],
    ['an admin does not end an owner', admin, target('owner'), 2, 'owner_only'],
    ['an owner ends an owner while another remains', owner, target('owner'), 2, 'allowed'],
    ['nobody ends the last owner', owner, self(owner), 1, 'last_owner'],
    ['not even the super-admin', superadmin, target('owner'), 1, 'last_owner'],
    ['a member ends nobody', member, target('member'), 1, 'forbidden'],
  ]
  test.each(removals)('%s, by removal or suspension', (_, actor, ended, active_owner_count, expected) => {
    const act = { actor, target: ended, active_owner_count }
    expect(verdict(() => checkRemoval(act))).toBe(expected)
    expect(verdict(() => checkSuspension(act))).toBe(expected)
  })

  test('a member who was granted it signs out members and nobody above', () => {
    expect(verdict(() => checkSessionRevocation({ actor: guard, target: target('member') }))).toBe('allowed')
    expect(verdict(() => checkSessionRevocation({ actor: guard, target: target('admin') }))).toBe('outranked')
    expect(verdict(() => checkSessionRevocation({ actor: guard, target: target('owner') }))).toBe('owner_only')
  })

  test('a key of the organisation ends members and admins, never owners', () => {
    const key = someOrganisationKey(['user.remove'])
    const remove = (role: BaseRole): string =>
      verdict(() => checkRemoval({ actor: key, target: target(role), active_owner_count: 2 }))
    expect(BASE_ROLES.map(remove)).toEqual(['owner_only', 'allowed', 'allowed'])
  })
})

describe('whatever a group of people without an owner tries, one after another', () => {
  type Move = { readonly by: number; readonly on: number; readonly change: Partial<Membership> }
  const moves: fc.Arbitrary<Move[]> = fc.array(
    fc.record({
      by: fc.nat({ max: 3 }),
      on: fc.nat({ max: 4 }),
      change: fc.oneof(
        fc.record({ base_role: fc.constantFrom(...BASE_ROLES) }),
        fc.record({ designations: fc.subarray([...DESIGNATIONS]) }),
        arbitraryMembership.map(({ grants, denies }) => ({ grants, denies })),
      ),
    }),
    { maxLength: 30 },
  )

  function allows({ by, on, change }: Move, people: readonly Membership[]): boolean {
    const actor = people[by]
    const changed = people[on]
    if (actor === undefined || changed === undefined) return false
    const act = { actor: someMember(actor), target: { ...changed, status: 'active' } as const }
    const { base_role: new_role, designations, grants, denies } = change
    return (
      verdict(() => {
        if (new_role !== undefined) checkRoleChange({ ...act, new_role, active_owner_count: 1 })
        else if (designations !== undefined) checkDesignationChange({ ...act, designations })
        else checkPermissionChange({ ...act, grants: grants ?? [], denies: denies ?? [] })
      }) === 'allowed'
    )
  }

  test('none of them becomes an owner, and the owner stays as they were', () => {
    const group = fc.array(
      arbitraryMembership.filter(({ base_role }) => base_role !== 'owner'),
      {
        minLength: 4,
        maxLength: 4,
      },
    )
    fc.assert(
      fc.property(group, moves, (insiders, attempts) => {
        const theOwner = someMembership({ member_id: 'member-5', base_role: 'owner' })
        let people = [...insiders.map((each, index) => ({ ...each, member_id: `member-${index + 1}` })), theOwner]
        for (const attempt of attempts) {
          if (!allows(attempt, people)) continue
          people = people.map((each, index) => (index === attempt.on ? { ...each, ...attempt.change } : each))
        }
        expect(people.filter(({ base_role }) => base_role === 'owner')).toEqual([theOwner])
      }),
    )
  })
})
