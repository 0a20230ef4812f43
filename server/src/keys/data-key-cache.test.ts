import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { createDataKeyCache } from './data-key-cache.ts'
import { createDataKey, type DataKey, type DataKeyPurpose, organisationKeyName } from './envelope.ts'
import { type KeyProvider, openKeyProvider } from './key-provider.ts'

const purposes: readonly DataKeyPurpose[] = ['content', 'index']
let directory: string
let keys: KeyProvider
let unwrapped: number
const counting = {
  unwrap: (name: string, wrapped: Uint8Array) => {
    unwrapped += 1
    return keys.unwrap(name, wrapped)
  },
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'reeve-cache-'))
  keys = await openKeyProvider({ directory, passphrase: null })
  for (const organisation of ['o1', 'o2']) await keys.createKey(organisationKeyName(organisation), 'aes256-gcm')
})
afterAll(() => rm(directory, { recursive: true }))
beforeEach(() => {
  unwrapped = 0
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

const lend = (key: DataKey) => key
const isWiped = (key: DataKey) => key.bytes.every((byte) => byte === 0)

test('a data key survives its wrapping, a rotation of the key above it, and is different each time', async () => {
  const cache = createDataKeyCache(keys)
  const rows = await Promise.all(purposes.map((purpose, index) => createDataKey(keys, 'o1', index + 1, purpose)))
  expect(rows).toMatchObject([
    { kid: 1, purpose: 'content', kek_version: 1 },
    { kid: 2, purpose: 'index', kek_version: 1 },
  ])
  const before = await Promise.all(rows.map((row) => cache.withDataKey('o1', row, (key) => key.bytes.toString('hex'))))
  await keys.rotate(organisationKeyName('o1'))
  cache.clear()
  const after = await Promise.all(rows.map((row) => cache.withDataKey('o1', row, (key) => key.bytes.toString('hex'))))
  expect(after).toEqual(before)
  expect(new Set(after).size).toBe(2)
  expect(await createDataKey(keys, 'o1', 3, 'content')).toMatchObject({ kek_version: 2 })
})

test('a row does not open as another number, purpose or organisation', async () => {
  const cache = createDataKeyCache(keys)
  const row = await createDataKey(keys, 'o1', 1, 'content')
  for (const [organisation, change] of [
    ['o1', { kid: 2 }],
    ['o1', { purpose: 'index' }],
    ['o2', {}],
  ] as const) {
    const call = cache.withDataKey(organisation, { ...row, ...change }, lend)
    await expect(call).rejects.toThrow(/does not belong here|is not in use/)
  }
})

test('callers of one key at once share one unwrapping, and a failed one is not remembered', async () => {
  const cache = createDataKeyCache(counting)
  const row = await createDataKey(keys, 'o1', 1, 'content')
  const wrong = { ...row, wrapped: row.wrapped.subarray(1) }
  await expect(cache.withDataKey('o1', wrong, lend)).rejects.toMatchObject({ code: 'ciphertext_refused' })
  const lent = await Promise.all(Array.from({ length: 20 }, () => cache.withDataKey('o1', row, lend)))
  expect(new Set(lent).size).toBe(1)
  expect(unwrapped).toBe(2)
})

test('a key is remembered for 300 s, then wiped whether anybody asks or not', async () => {
  const cache = createDataKeyCache(counting)
  const row = await createDataKey(keys, 'o1', 1, 'content')
  const key = await cache.withDataKey('o1', row, lend)
  vi.advanceTimersByTime(200_000)
  const later = await createDataKey(keys, 'o1', 2, 'content')
  const laterKey = await cache.withDataKey('o1', later, lend)
  vi.advanceTimersByTime(99_999)
  expect(await cache.withDataKey('o1', row, lend)).toBe(key)
  expect(isWiped(key)).toBe(false)
  vi.advanceTimersByTime(1)
  expect(isWiped(key)).toBe(true)
  expect(isWiped(laterKey)).toBe(false)
  vi.advanceTimersByTime(200_000)
  expect(isWiped(laterKey)).toBe(true)
  expect(isWiped(await cache.withDataKey('o1', row, lend))).toBe(false)
  expect(unwrapped).toBe(3)
})

test('at most a thousand keys are remembered, and the oldest is wiped for the next', async () => {
  const cache = createDataKeyCache(keys)
  const rows = await Promise.all(Array.from({ length: 1001 }, (_, kid) => createDataKey(keys, 'o1', kid, 'content')))
  const lent: DataKey[] = []
  for (const row of rows) lent.push(await cache.withDataKey('o1', row, lend))
  expect(lent.map(isWiped)).toEqual(lent.map((_, index) => index === 0))
})

test('more keys asked for at once than are remembered are all lent whole', async () => {
  const cache = createDataKeyCache(keys)
  const rows = await Promise.all(Array.from({ length: 1200 }, (_, kid) => createDataKey(keys, 'o1', kid, 'content')))
  const wiped = await Promise.all(rows.map((row) => cache.withDataKey('o1', row, isWiped)))
  expect(wiped).not.toContain(true)
})

test('an organisation that is forgotten is wiped at once and alone, also while its key is on the way', async () => {
  const cache = createDataKeyCache(counting)
  const [row, other, pending] = [
    await createDataKey(keys, 'o1', 1, 'content'),
    await createDataKey(keys, 'o2', 1, 'content'),
    await createDataKey(keys, 'o1', 2, 'content'),
  ]
  const key = await cache.withDataKey('o1', row, lend)
  const otherKey = await cache.withDataKey('o2', other, lend)
  const call = cache.withDataKey('o1', pending, isWiped)
  cache.forget('o1')
  expect([isWiped(key), isWiped(otherKey)]).toEqual([true, false])
  expect(await call).toBe(false)
  expect(unwrapped).toBe(4) // the key on the way was unwrapped anew
  cache.clear()
  expect(isWiped(otherKey)).toBe(true)
})
