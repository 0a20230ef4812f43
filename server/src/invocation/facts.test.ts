import { afterAll, beforeAll, expect, test } from 'vitest'
import { startWorld, type World } from '../../test/world.ts'
import type { OrganisationDatabase } from '../kernel/database.ts'
import { newId } from '../kernel/id.ts'
import { newKeyText, type ParsedKey, parseKey } from '../tenancy/api-key-format.ts'
import { createFactsMemory } from './facts.ts'

let world: World
let key: ParsedKey
beforeAll(async () => {
  world = await startWorld(1)
  key = parsed(world.organisation.api_key)
})
afterAll(() => world.stop())

function parsed(text: string): ParsedKey {
  const result = parseKey(text)
  if (result === null) throw new Error('That is no key')
  return result
}

/** A memory of its own, and how often it has read the organisation. */
async function openMemory() {
  const { control, databases } = world.reeve.node.deployment
  const real = await databases.of(world.organisation.id)
  const seen = { readings: 0 }
  const database: OrganisationDatabase = {
    ...real,
    transaction(work) {
      seen.readings += 1
      return real.transaction(work)
    },
  }
  const memory = createFactsMemory(control)
  return { memory, seen, get: (of = key) => memory.get(of, database), read: () => memory.read(key, database) }
}

const many = <Value>(work: () => Promise<Value>) => Promise.all(Array.from({ length: 50 }, work))

test('callers of one key share one reading', async () => {
  const { get, seen } = await openMemory()
  const [first, ...others] = await many(get)
  await get()
  expect(seen.readings).toBe(1)
  expect(others.every((facts) => facts === first)).toBe(true)
})

test('when many learn at once that facts are stale they are read once more, not once for each', async () => {
  const { get, seen, memory } = await openMemory()
  const stale = await get()
  const fresh = await many(async () => {
    memory.forget(key, stale, 'organisation')
    return get()
  })
  expect(seen.readings).toBe(2)
  expect(new Set(fresh).size).toBe(1)
  // Who learns it late does not throw away what is newer.
  memory.forget(key, stale, 'platform')
  expect(await get()).toBe(fresh[0])
})

test('stale facts of the platform are read anew', async () => {
  const { get, memory } = await openMemory()
  const before = await get()
  await world.reeve.node.deployment.control.connection((client) =>
    client.query('update kernel.platform set version = version + 1'),
  )
  memory.forget(key, before, 'organisation')
  expect((await get()).platform_version).toBe(before.platform_version)
  memory.forget(key, await get(), 'platform')
  expect((await get()).platform_version).toBe(before.platform_version + 1)
})

test('reading afresh passes the memory by', async () => {
  const { get, read, seen } = await openMemory()
  const remembered = await get()
  expect(await read()).not.toBe(remembered)
  expect(seen.readings).toBe(2)
  expect(await get()).toBe(remembered)
})

test('a key with a wrong secret never meets the facts of the right one, and nothing of it is kept', async () => {
  const { get, seen } = await openMemory()
  await get()
  const forged = parsed(newKeyText(key.organisation_id, key.api_key_id).text)
  await expect(get(forged)).rejects.toMatchObject({ code: 'invalid_api_key' })
  await expect(get(forged)).rejects.toMatchObject({ code: 'invalid_api_key' })
  await expect(get(parsed(newKeyText(key.organisation_id, newId()).text))).rejects.toMatchObject({ status: 401 })
  expect(seen.readings).toBe(4)
})
