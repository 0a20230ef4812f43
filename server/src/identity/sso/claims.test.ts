import { expect, test } from 'vitest'
import { clockDifference, readPerson } from './claims.ts'
import { mixesAlphabets, skeletonOf } from '../look-alike.ts'
import { domainOf } from './domain-name.ts'
import { isEmailVerified } from './preset.ts'
import { provesTwoFactors } from './proven-factors.ts'

const read = (claims: object, name = 'groups') => readPerson({ iss: 'https://id.example', sub: 'x', ...claims }, name)

test.each([
  [
    ['a', 'b', 'a'],
    ['a', 'b'],
  ],
  ['alone', ['alone']],
  [
    [{ name: 'oracle', id: '1' }, { display: 'shown' }],
    ['oracle', 'shown'],
  ],
  [[7, null, {}, '', 'x'.repeat(300), 'kept'], ['kept']],
  [undefined, []],
  [null, []],
])('groups given as %j are %j', (groups, expected) => {
  expect([...read({ groups }).groups]).toEqual(expected)
})

test('groups that were left out because they were too many are not the same as none', () => {
  expect(read({ _claim_names: { groups: 'src1' } }).is_group_overage).toBe(true)
  expect(read({ hasgroups: true }).is_group_overage).toBe(true)
  expect(read({}).is_group_overage).toBe(false)
  expect(read({ groups: [], hasgroups: true }).is_group_overage).toBe(false)
  expect(read({ _claim_names: { groups: 'src1' } }, 'roles').is_group_overage).toBe(false)
})

test('an address counts as verified only if the provider says so in its own words', () => {
  expect(isEmailVerified('other', { email_verified: true })).toBe(true)
  expect(isEmailVerified('other', { email_verified: 'true' })).toBe(true)
  expect(isEmailVerified('other', { email_verified: 1 })).toBe(false)
  expect(isEmailVerified('other', {})).toBe(false)
  expect(isEmailVerified('other', { xms_edov: true })).toBe(false)
  expect(isEmailVerified('entra_id', { xms_edov: '1' })).toBe(true)
  expect(isEmailVerified('entra_id', { xms_edov: true, email_verified: false })).toBe(false)
})

test('two factors are two kinds, or what the provider calls so', () => {
  expect(provesTwoFactors(['mfa'])).toBe(true)
  expect(provesTwoFactors(['pwd', 'otp'])).toBe(true)
  expect(provesTwoFactors(['pwd', 'pin'])).toBe(false)
  expect(provesTwoFactors(['otp', 'hwk'])).toBe(false)
  expect(provesTwoFactors([])).toBe(false)
})

test('domains are compared in one form, and look-alikes are seen', () => {
  expect(domainOf('x@B\u00dcCHER.Example.')).toBe('xn--bcher-kva.example')
  expect(domainOf('x@localhost')).toBeNull()
  expect(domainOf('@acme.example')).toBeNull()
  expect(skeletonOf('acme.example')).toBe(skeletonOf('\u0430cme.example'))
  expect(skeletonOf('modern.example')).toBe(skeletonOf('modem.example'))
  expect(skeletonOf('acme.example')).not.toBe(skeletonOf('acne.example'))
  expect(mixesAlphabets('p\u0430yroll')).toBe(true)
  expect(mixesAlphabets('\u043f\u0440\u0438\u0432\u0435\u0442')).toBe(false)
})

test('a token that cannot be read says nothing about clocks', () => {
  const now = new Date()
  const token = (iat: unknown) => `x.${Buffer.from(JSON.stringify({ iat })).toString('base64url')}.x`
  expect(clockDifference(token(Math.floor(now.getTime() / 1000) + 3600), now)).toBeGreaterThan(3590)
  for (const bad of ['', 'a.b', token('soon'), token(undefined)]) expect(clockDifference(bad, now)).toBeNull()
})
