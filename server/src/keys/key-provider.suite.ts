// What every key provider must do. Call it from the test of an implementation; `open` gives one more client of the same keys.

import { randomBytes, randomUUID, verify } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { publicKeyOf } from './ed25519.ts'
import type { KeyType } from './key.ts'
import type { KeyProvider } from './key-provider.ts'

export function testKeyProvider(label: string, open: () => Promise<KeyProvider>): void {
  describe(label, () => {
    let keys: KeyProvider
    beforeAll(async () => {
      keys = await open()
    })

    async function newKey(type: KeyType = 'aes256-gcm'): Promise<string> {
      return (await keys.createKey(`test-${randomUUID()}`, type)).name
    }

    test('a created key starts at version 1 and may not be deleted', async () => {
      const name = await newKey()
      expect(await keys.getKey(name)).toEqual({
        name,
        type: 'aes256-gcm',
        latest_version: 1,
        min_decryption_version: 1,
        min_available_version: 1,
        deletion_allowed: false,
      })
    })

    test('a name is given once', async () => {
      const name = await newKey()
      await expect(keys.createKey(name, 'ed25519')).rejects.toMatchObject({ code: 'key_exists' })
      expect((await keys.getKey(name)).type).toBe('aes256-gcm')
    })

    test('a name that is no safe file name is refused', async () => {
      for (const name of ['', '../x', 'a/b', 'A', 'a b', '.', 'a'.repeat(101)]) {
        await expect(keys.createKey(name, 'aes256-gcm')).rejects.toThrow('key name')
      }
    })

    test('every method refuses an unknown key', async () => {
      const name = `test-${randomUUID()}`
      const refused = [
        keys.getKey(name),
        keys.wrap(name, Buffer.alloc(32)),
        keys.unwrap(name, Buffer.alloc(61, 1)),
        keys.rotate(name),
        keys.setMinVersion(name, 1),
        keys.trim(name, 1),
        keys.allowDeletion(name, true),
        keys.destroy(name),
        keys.sign(name, Buffer.alloc(1)),
        keys.publicKey(name),
      ]
      for (const call of await Promise.allSettled(refused)) {
        expect(call).toMatchObject({ status: 'rejected', reason: { code: 'key_not_found' } })
      }
    })

    test('a key does only what its type is for', async () => {
      const [wraps, signs] = [await newKey(), await newKey('ed25519')]
      await expect(keys.sign(wraps, Buffer.alloc(1))).rejects.toThrow()
      await expect(keys.publicKey(wraps)).rejects.toThrow()
      await expect(keys.wrap(signs, Buffer.alloc(32))).rejects.toThrow()
      await expect(keys.unwrap(signs, Buffer.alloc(61, 1))).rejects.toThrow()
    })

    test('what was wrapped is unwrapped, and never looks the same twice', async () => {
      const name = await newKey()
      for (const plain of [Buffer.alloc(0), randomBytes(32), randomBytes(1000)]) {
        const first = await keys.wrap(name, plain)
        const second = await keys.wrap(name, plain)
        expect(first.wrapped.equals(second.wrapped)).toBe(false)
        expect(await keys.unwrap(name, first.wrapped)).toEqual(plain)
        expect(await keys.unwrap(name, second.wrapped)).toEqual(plain)
      }
    })

    test('a wrapped key does not open when any byte of it is altered or missing', async () => {
      const name = await newKey()
      const { wrapped } = await keys.wrap(name, randomBytes(32))
      for (let at = 0; at < wrapped.length; at += 1) {
        const altered = Buffer.from(wrapped)
        altered.writeUInt8(altered.readUInt8(at) ^ 1, at)
        await expect(keys.unwrap(name, altered)).rejects.toMatchObject({ name: 'Problem' })
        await expect(keys.unwrap(name, wrapped.subarray(0, at))).rejects.toMatchObject({ name: 'Problem' })
      }
    })

    test('one key does not open what another wrapped', async () => {
      const { wrapped } = await keys.wrap(await newKey(), randomBytes(32))
      await expect(keys.unwrap(await newKey(), wrapped)).rejects.toMatchObject({ code: 'ciphertext_refused' })
    })

    test('after a rotation new work uses the new version and old work still opens', async () => {
      const name = await newKey()
      const old = await keys.wrap(name, Buffer.from('old'))
      expect(await keys.rotate(name)).toBe(2)
      expect(await keys.wrap(name, Buffer.from('new'))).toMatchObject({ key_version: 2 })
      expect((await keys.unwrap(name, old.wrapped)).toString()).toBe('old')
    })

    test('a version below the minimum opens nothing, and opens again when the minimum is lowered', async () => {
      const name = await newKey()
      const { wrapped } = await keys.wrap(name, Buffer.from('old'))
      await keys.rotate(name)
      await keys.setMinVersion(name, 2)
      await expect(keys.unwrap(name, wrapped)).rejects.toMatchObject({ code: 'key_version_refused' })
      await keys.setMinVersion(name, 1)
      expect((await keys.unwrap(name, wrapped)).toString()).toBe('old')
    })

    test('trimming stops at the minimum version, and what was trimmed never opens again', async () => {
      const name = await newKey()
      const { wrapped } = await keys.wrap(name, Buffer.from('old'))
      await keys.rotate(name)
      await expect(keys.trim(name, 2)).rejects.toMatchObject({ code: 'key_version_refused' })
      await keys.setMinVersion(name, 2)
      await keys.trim(name, 2)
      await expect(keys.setMinVersion(name, 1)).rejects.toMatchObject({ code: 'key_version_refused' })
      await expect(keys.trim(name, 1)).rejects.toMatchObject({ code: 'key_version_refused' })
      await expect(keys.unwrap(name, wrapped)).rejects.toMatchObject({ code: 'key_version_refused' })
    })

    test('a minimum outside the versions is refused', async () => {
      const name = await newKey()
      for (const version of [-1, 0, 2, 1.5, Number.NaN]) {
        await expect(keys.setMinVersion(name, version)).rejects.toMatchObject({ code: 'key_version_refused' })
      }
    })

    test('a key is destroyed only after its deletion was allowed, and then its work is lost', async () => {
      const name = await newKey()
      const { wrapped } = await keys.wrap(name, Buffer.from('old'))
      await expect(keys.destroy(name)).rejects.toMatchObject({ code: 'key_deletion_refused' })
      await keys.allowDeletion(name, true)
      await keys.allowDeletion(name, false)
      await expect(keys.destroy(name)).rejects.toMatchObject({ code: 'key_deletion_refused' })
      await keys.allowDeletion(name, true)
      await keys.destroy(name)
      await expect(keys.unwrap(name, wrapped)).rejects.toMatchObject({ code: 'key_not_found' })
      await expect(keys.destroy(name)).rejects.toMatchObject({ code: 'key_not_found' })
    })

    test('a name that was destroyed can be given again, to a key that opens nothing of the old one', async () => {
      const name = await newKey()
      const { wrapped } = await keys.wrap(name, Buffer.from('old'))
      await keys.allowDeletion(name, true)
      await keys.destroy(name)
      expect(await keys.createKey(name, 'aes256-gcm')).toMatchObject({ latest_version: 1, deletion_allowed: false })
      await expect(keys.unwrap(name, wrapped)).rejects.toMatchObject({ code: 'ciphertext_refused' })
    })

    test('a signature verifies under the public half of its version and under no other', async () => {
      const name = await newKey('ed25519')
      const message = Buffer.from('checkpoint')
      const first = await keys.sign(name, message)
      await keys.rotate(name)
      const second = await keys.sign(name, message)
      expect([first.key_version, second.key_version]).toEqual([1, 2])
      for (const version of [1, 2]) {
        const { public_key } = await keys.publicKey(name, version)
        expect(public_key).toHaveLength(32)
        expect(verify(null, message, publicKeyOf(public_key), first.signature)).toBe(version === 1)
        expect(verify(null, message, publicKeyOf(public_key), second.signature)).toBe(version === 2)
      }
      expect(await keys.publicKey(name)).toMatchObject({ key_version: 2 })
      await keys.setMinVersion(name, 2)
      await expect(keys.publicKey(name, 1)).rejects.toMatchObject({ code: 'key_version_refused' })
      await expect(keys.publicKey(name, 3)).rejects.toMatchObject({ code: 'key_version_refused' })
    })

    test('another client sees a change with its next call', async () => {
      const other = await open()
      const name = await newKey()
      await other.wrap(name, Buffer.from('x'))
      await keys.rotate(name)
      await keys.setMinVersion(name, 2)
      await keys.trim(name, 2)
      expect(await other.wrap(name, Buffer.from('x'))).toMatchObject({ key_version: 2 })
    })

    test('clients that rotate one key at once are each given a version of their own', async () => {
      const name = await newKey()
      const clients = await Promise.all([open(), open(), open()])
      const versions = await Promise.all([...clients, ...clients].map((client) => client.rotate(name)))
      expect(versions.sort((a, b) => a - b)).toEqual([2, 3, 4, 5, 6, 7])
      expect(await keys.getKey(name)).toMatchObject({ latest_version: 7 })
    })

    test('of clients that create one key at once, one does', async () => {
      const name = `test-${randomUUID()}`
      const clients = await Promise.all([open(), open(), open()])
      const calls = await Promise.allSettled(clients.map((client) => client.createKey(name, 'aes256-gcm')))
      expect(calls.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    })

    test('whatever is done to its versions, exactly what a version in use wrapped opens', async () => {
      const anyAct = fc.oneof(
        fc.constant({ act: 'rotate' as const, version: 0 }),
        fc.record({
          act: fc.constantFrom('setMinVersion' as const, 'trim' as const),
          version: fc.integer({ min: 0, max: 6 }),
        }),
      )
      await fc.assert(
        fc.asyncProperty(fc.array(anyAct, { maxLength: 12 }), async (acts) => {
          const name = await newKey()
          const kept = [(await keys.wrap(name, Buffer.from('1'))).wrapped]
          let [lowest, available] = [1, 1]
          for (const { act, version } of acts) {
            if (act === 'rotate') {
              await keys.rotate(name)
              kept.push((await keys.wrap(name, Buffer.from(`${kept.length + 1}`))).wrapped)
              continue
            }
            const isAllowed = version >= available && version <= (act === 'trim' ? lowest : kept.length)
            const call = keys[act](name, version)
            if (!isAllowed) await expect(call).rejects.toMatchObject({ code: 'key_version_refused' })
            else if (act === 'trim') [available] = [version, await call]
            else [lowest] = [version, await call]
          }
          const opened = await Promise.allSettled(kept.map((wrapped) => keys.unwrap(name, wrapped)))
          const texts = opened.map((call) => (call.status === 'fulfilled' ? call.value.toString() : null))
          expect(texts).toEqual(kept.map((_, index) => (index + 1 >= lowest ? `${index + 1}` : null)))
        }),
        { numRuns: 25 },
      )
    })

    test('it says that it is well', async () => {
      expect(await keys.health()).toEqual({ healthy: true })
    })
  })
}
