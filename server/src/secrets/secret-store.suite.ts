// What every secret store must do. Call it from the test of an implementation; `open` gives one more client of the same store.

import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { Secret } from '../keys/secret.ts'
import type { SecretStore } from './secret-store.ts'

export function testSecretStore(label: string, open: () => Promise<SecretStore>): void {
  describe(label, () => {
    let store: SecretStore
    beforeAll(async () => {
      store = await open()
    })

    const newPath = () => `orgs/${randomUUID()}/providers/${randomUUID()}`
    const read = async (path: string, version?: number) => (await store.get(path, version)).value.reveal()
    const notFound = { code: 'secret_not_found' }
    const conflict = { code: 'secret_conflict' }

    test('what was put is what is got, whatever the text', async () => {
      for (const text of ['x', 'sk-live-0123', 'ünï\u0000\u{1f511}\r\n', 'a'.repeat(65_536)]) {
        const path = newPath()
        expect(await store.put(path, new Secret(text), { cas: 0 })).toBe(1)
        const got = await store.get(path)
        expect(got.version).toBe(1)
        expect(got.value.reveal()).toBe(text)
      }
    })

    test('versions are kept side by side and the current one is got by default', async () => {
      const path = newPath()
      await store.put(path, new Secret('one'), { cas: 0 })
      expect(await store.put(path, new Secret('two'), { cas: 1 })).toBe(2)
      expect(await read(path)).toBe('two')
      expect(await read(path, 1)).toBe('one')
      expect(await read(path, 2)).toBe('two')
      await expect(store.get(path, 3)).rejects.toMatchObject(notFound)
      expect(await store.metadata(path)).toEqual({
        current_version: 2,
        versions: [
          { version: 1, destroyed: false },
          { version: 2, destroyed: false },
        ],
      })
    })

    test('who has not seen the current version does not overwrite it', async () => {
      const path = newPath()
      await expect(store.put(path, new Secret('x'), { cas: 1 })).rejects.toMatchObject(conflict)
      await store.put(path, new Secret('one'), { cas: 0 })
      await store.put(path, new Secret('two'), { cas: 1 })
      for (const cas of [-1, 0, 1, 3, 1.5, Number.NaN]) {
        await expect(store.put(path, new Secret('x'), { cas })).rejects.toMatchObject(conflict)
      }
      expect(await read(path)).toBe('two')
    })

    test('of writers that have seen the same version, one wins', async () => {
      const path = newPath()
      const clients = await Promise.all([open(), open(), open()])
      for (let cas = 0; cas < 5; cas += 1) {
        const calls = await Promise.allSettled(
          clients.map((client, index) => client.put(path, new Secret(`${cas}-${index}`), { cas })),
        )
        const winner = calls.findIndex(({ status }) => status === 'fulfilled')
        expect(calls.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
        expect(await read(path)).toBe(`${cas}-${winner}`)
      }
    })

    test('a destroyed version is gone, the others stay', async () => {
      const path = newPath()
      await store.put(path, new Secret('one'), { cas: 0 })
      await store.put(path, new Secret('two'), { cas: 1 })
      await store.destroy(path, 1)
      await expect(store.get(path, 1)).rejects.toMatchObject(notFound)
      expect(await read(path)).toBe('two')
      expect((await store.metadata(path)).versions).toEqual([
        { version: 1, destroyed: true },
        { version: 2, destroyed: false },
      ])
    })

    test('a destroyed secret is gone with all its versions, and its numbers are not used again', async () => {
      const path = newPath()
      await store.put(path, new Secret('one'), { cas: 0 })
      await store.put(path, new Secret('two'), { cas: 1 })
      await store.destroy(path)
      for (const version of [undefined, 1, 2]) await expect(store.get(path, version)).rejects.toMatchObject(notFound)
      await expect(store.put(path, new Secret('x'), { cas: 0 })).rejects.toMatchObject(conflict)
      expect(await store.put(path, new Secret('three'), { cas: 2 })).toBe(3)
      expect(await read(path)).toBe('three')
    })

    test('a path at which nothing was written is not there', async () => {
      const path = newPath()
      await expect(store.get(path)).rejects.toMatchObject(notFound)
      await expect(store.metadata(path)).rejects.toMatchObject(notFound)
      await expect(store.destroy(path)).rejects.toMatchObject(notFound)
    })

    test('a path and one below it are two secrets', async () => {
      const path = newPath()
      await store.put(path, new Secret('outer'), { cas: 0 })
      await store.put(`${path}/1`, new Secret('inner'), { cas: 0 })
      expect([await read(path), await read(`${path}/1`)]).toEqual(['outer', 'inner'])
      await store.destroy(path)
      expect(await read(`${path}/1`)).toBe('inner')
    })

    test('a path that could leave the store is refused', async () => {
      for (const path of [
        '',
        '/',
        'a/',
        '/a',
        'a//b',
        '..',
        'a/../b',
        'A',
        'a b',
        'a.sealed',
        'a/b/c/d/e/f/g/h/i',
        'a\0',
      ]) {
        await expect(store.put(path, new Secret('x'), { cas: 0 })).rejects.toThrow('secret path')
        await expect(store.get(path)).rejects.toThrow('secret path')
      }
    })

    test('an empty or enormous secret is refused', async () => {
      for (const text of ['', 'ü'.repeat(32_769)]) {
        await expect(store.put(newPath(), new Secret(text), { cas: 0 })).rejects.toThrow('65,536 bytes')
      }
    })

    test('it says that it is well', async () => {
      expect(await store.health()).toEqual({ healthy: true })
    })
  })
}
