import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { openKeyProvider } from '../keys/key-provider.ts'
import { Secret } from '../keys/secret.ts'
import { openSecretStore, type SecretStore } from '../secrets/secret-store.ts'
import { createProviderKeys } from './provider-key.ts'

const directory = mkdtempSync(join(tmpdir(), 'reeve-provider-key-'))
const PATH = 'platform/providers/one'
let store: SecretStore
beforeAll(async () => {
  const keys = await openKeyProvider({ directory: join(directory, 'keys'), passphrase: null })
  store = await openSecretStore(join(directory, 'secrets'), keys)
  await store.put(PATH, new Secret('sk-first'), { cas: 0 })
  await store.put(PATH, new Secret('sk-second'), { cas: 1 })
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))
afterEach(() => {
  vi.useRealTimers()
})

function open() {
  const state = { isAway: false, readings: 0 }
  const keys = createProviderKeys({
    ...store,
    get: (path, version) => {
      state.readings += 1
      return state.isAway ? Promise.reject(new Error('The store is away')) : store.get(path, version)
    },
  })
  const get = async (version: number | null) =>
    (await keys.get({ secret_path: version === null ? null : PATH, secret_version: version }))?.reveal() ?? null
  return { get, state }
}

test('each version is its own key, and a provider that wants none has none', async () => {
  const { get } = open()
  expect(await get(1)).toBe('sk-first')
  expect(await get(2)).toBe('sk-second')
  expect(await get(null)).toBeNull()
})

test('a provider goes on working for five minutes while the secret store is away, and not longer', async () => {
  const { get, state } = open()
  vi.useFakeTimers({ toFake: ['performance'] })
  await get(2)
  state.isAway = true
  vi.advanceTimersByTime(299_000)
  expect(await get(2)).toBe('sk-second')
  expect(state.readings).toBe(1)
  vi.advanceTimersByTime(1001)
  await expect(get(2)).rejects.toThrow('away')
  await expect(get(1)).rejects.toThrow('away')
})
