// The long form of `isolation.test.ts`: 300 organisations on one server within one node's connections.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { findLedgerViolations } from '../src/ledger/invariants.ts'
import { callAll, countBackends } from './many-organisations.ts'
import { startWorld, type World } from './world.ts'

const CONNECTIONS = 40

let world: World
beforeAll(async () => {
  world = await startWorld(300, { REEVE_DB_CONNECTIONS: String(CONNECTIONS), REEVE_SPARES: '20' })
})
afterAll(() => world.stop())

test('300 organisations call, 30 of them at once, within 40 connections, and every ledger is in order', async () => {
  const backends = countBackends(world)
  const statuses = await callAll(world, 5, 30)
  expect(await backends.stop()).toBeLessThanOrEqual(CONNECTIONS)
  expect(statuses).toEqual(statuses.map(() => 200))
  const { databases } = world.reeve.node.deployment
  for (const { id } of world.demo.organisations) {
    const database = await databases.of(id)
    expect(await database.transaction(findLedgerViolations)).toEqual([])
  }
})
