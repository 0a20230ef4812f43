import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openKeyProvider } from '../keys/key-provider.ts'
import { Secret } from '../keys/secret.ts'
import { openRolePasswords } from './role-password.ts'
import { openSecretStore } from './secret-store.ts'

let base: string
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'reeve-passwords-'))
})
afterAll(() => rm(base, { recursive: true }))

async function openStore(name: string) {
  const keys = await openKeyProvider({ directory: join(base, name, 'keyring'), passphrase: null })
  return openSecretStore(join(base, name, 'secrets'), keys)
}

test('nodes that start at once compute the same passwords, and so does every later one', async () => {
  const stores = await Promise.all([openStore('same'), openStore('same'), openStore('same')])
  const all = await Promise.all([...stores.map(openRolePasswords), openRolePasswords(await openStore('same'))])
  const later = await openRolePasswords(await openStore('same'))
  const passwords = [...all, later].map((passwordOf) => passwordOf('reeve_o_1', 1).reveal())
  expect(new Set(passwords).size).toBe(1)
  expect(passwords[0]).toMatch(/^[A-Za-z0-9_-]{43}$/)
})

test('another role, version or platform has another password', async () => {
  const [here, there] = await Promise.all(
    ['here', 'there'].map(async (name) => openRolePasswords(await openStore(name))),
  )
  const passwords = [here?.('reeve_o_1', 1), here?.('reeve_o_1', 2), here?.('reeve_o_2', 1), here?.('1|reeve_o_1', 1)]
  passwords.push(there?.('reeve_o_1', 1))
  expect(new Set(passwords.map((password) => password?.reveal())).size).toBe(5)
})

// The expected value was computed with Python's hmac module.
test('the password is HKDF-SHA256 of the platform key', async () => {
  const store = await openStore('vector')
  await store.put('platform/role-password-key', new Secret(Buffer.alloc(32, 7).toString('base64url')), { cas: 0 })
  const passwordOf = await openRolePasswords(store)
  expect(passwordOf('reeve_o_1', 3).reveal()).toBe('Rsh-TkywU67_N7aA6UCKYDtBNbl48AJSj91uZBbiNpg')
})
