// The long form of `nodes.test.ts`: three nodes as processes of their own.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { addWaitingModel, attemptMany, fundCalls } from './bounded-attempts.ts'
import { type NodeProcess, startNodeProcess } from './node-process.ts'
import { startWorld, type World } from './world.ts'

let world: World
let nodes: readonly NodeProcess[]
beforeAll(async () => {
  world = await startWorld(2)
  const { config } = world.reeve
  const environment = {
    REEVE_DATA: config.data_directory,
    DATABASE_URL: config.database_url ?? '',
    REEVE_ALLOW_PRIVATE_PROVIDERS: 'true',
    REEVE_LOG_LEVEL: 'warn',
  }
  nodes = await Promise.all(Array.from({ length: 3 }, () => startNodeProcess(environment)))
})
afterAll(async () => {
  await Promise.all(nodes.map((node) => node.end('SIGTERM')))
  await world.stop()
})

test('28,800 attempts at three nodes on a wallet for 5,000 calls admit exactly 5,000', async () => {
  const [wanted, attempts] = [5000, 28_800]
  await addWaitingModel(world)
  await fundCalls(world, wanted)
  const urls = nodes.map((node) => node.url)
  const { counts, running, violations } = await attemptMany(world, urls, attempts, 1500)
  expect(running).toBe(wanted)
  expect(counts).toEqual({ 200: wanted, wallet_insufficient: attempts - wanted })
  expect(violations).toEqual([])
})
