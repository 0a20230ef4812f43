import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'
import { firstIdAt, fromBase62, idFromBase62, idToBase62, isId, newId, newSecretText, toBase62 } from './id.ts'

afterEach(() => {
  vi.useRealTimers()
})

const COUNT = 100_000
const makeMany = () => Array.from({ length: COUNT }, newId)
const isSorted = (ids: readonly string[]) => ids.every((id, index) => index === 0 || (ids[index - 1] ?? '') < id)

test('ids are unique and sort by the moment they were made', () => {
  const ids = makeMany()
  expect(new Set(ids).size).toBe(COUNT)
  expect(isSorted(ids)).toBe(true)
})

test('ids sort by creation even within one millisecond and when the clock goes backwards', () => {
  vi.useFakeTimers({ toFake: ['Date'], now: 1_700_000_000_000 })
  const before = makeMany()
  vi.setSystemTime(1_600_000_000_000)
  const ids = [...before, ...makeMany()]
  expect(new Set(ids).size).toBe(2 * COUNT)
  expect(isSorted(ids)).toBe(true)
})

test('an id is a version 7 UUID of the standard, in the one form Reeve writes', () => {
  for (const id of Array.from({ length: 1000 }, newId)) {
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(isId(id)).toBe(true)
  }
})

test.each([
  '',
  'x',
  randomUUID().toUpperCase(),
  `{${randomUUID()}}`,
  `${randomUUID()}\n`,
  randomUUID().replace('-', ''),
])('%j is no id', (text) => {
  expect(isId(text)).toBe(false)
})

test('the first id of an instant lies between those made before and after it', () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 86_400_000 })
  const before = newId()
  vi.advanceTimersByTime(1)
  const first = firstIdAt(new Date())
  const after = newId()
  expect([after, before, first].toSorted()).toEqual([before, first, after])
  expect(isId(first)).toBe(true)
})

test('an id survives its way through base62, and sorts there as before', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.uuid(), (one, other) => {
      expect(idToBase62(one)).toMatch(/^[0-9A-Za-z]{22}$/)
      expect(idFromBase62(idToBase62(one))).toBe(one)
      expect(idToBase62(one) < idToBase62(other)).toBe(one < other)
    }),
  )
})

test('base62 that names no id is refused', () => {
  expect(idFromBase62('z'.repeat(22))).toBeNull()
  expect(idFromBase62('0'.repeat(21))).toBeNull()
  expect(idFromBase62('0'.repeat(23))).toBeNull()
  expect(idFromBase62(`${'0'.repeat(21)}-`)).toBeNull()
  expect(idFromBase62(toBase62(1n << 128n, 22))).toBeNull()
  expect(idFromBase62(toBase62((1n << 128n) - 1n, 22))).toBe('ffffffff-ffff-ffff-ffff-ffffffffffff')
})

test('a number survives its way through base62, or does not fit', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 62n ** 10n - 1n }), (value) => {
      expect(fromBase62(toBase62(value, 10))).toBe(value)
    }),
  )
  expect(() => toBase62(62n ** 10n, 10)).toThrow(RangeError)
  expect(fromBase62('0_1')).toBeNull()
})

test('a secret has 256 random bits', () => {
  const secrets = Array.from({ length: 1000 }, newSecretText)
  expect(new Set(secrets).size).toBe(1000)
  for (const secret of secrets) expect(Buffer.from(secret, 'base64url')).toHaveLength(32)
})
