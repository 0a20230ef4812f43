import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  arbitraryPermission,
  arbitraryUser,
  refusalOf,
  someMember,
  someMembership,
  withMembership,
} from './arbitrary-actor.ts'
import { checkKeyScopes } from './key-scope.ts'
import { hasPermission } from './require.ts'

const owner = someMember({ base_role: 'owner' })

describe('a new key', () => {
  test('may carry what its maker holds', () => {
    expect(() => checkKeyScopes(someMember(), 'person', ['run.execute', 'run.acknowledge'])).not.toThrow()
    expect(() => checkKeyScopes(owner, 'organisation', ['run.execute', 'audit.export'])).not.toThrow()
  })

  test.each([
    ['a word that names no permission', 'person', 'run.everything'],
    ['what no key may carry', 'person', 'org.delete'],
    ['the right to make keys', 'person', 'api_key.manage'],
    ['what a person answers for, in an organisation key', 'organisation', 'run.acknowledge'],
    ['what its maker lacks', 'person', 'run.approve_compliance'],
  ] as const)('is refused %s', (_, kind, scope) => {
    const refusal = refusalOf(() => checkKeyScopes(owner, kind, ['run.execute', scope]))
    expect(refusal).toMatchObject({ code: 'scope_not_allowed', status: 422, fields: [{ pointer: '/scopes/1' }] })
  })

  test('does not carry what the super-admin holds only by the bypass', () => {
    const flagged = withMembership(someMembership(), true)
    expect(() => checkKeyScopes(flagged, 'person', ['quota.manage'])).toThrow(
      expect.objectContaining({ code: 'scope_not_allowed' }),
    )
  })

  test('never does more at once than its maker', () => {
    fc.assert(
      fc.property(
        arbitraryUser,
        arbitraryPermission,
        fc.constantFrom('person', 'organisation'),
        (actor, scope, kind) => {
          fc.pre(!hasPermission(actor, scope))
          expect(() => checkKeyScopes(actor, kind, [scope])).toThrow(
            expect.objectContaining({ code: 'scope_not_allowed' }),
          )
        },
      ),
    )
  })
})
