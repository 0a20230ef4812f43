// The long form of `run-death.test.ts`: 20,000 runs and 50 kills (security.md, R1).

import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Administration, type Calls, enableCalls, startAdministration } from './administration.ts'
import { weatherStorm } from './run-crash.ts'

let office: Administration
let calls: Calls
beforeAll(async () => {
  office = await startAdministration()
  calls = await enableCalls(office)
  await office.reeve.node.runs.engine.stop()
})
afterAll(async () => {
  await office.stop()
  await calls.stop()
})

const runs = 20_000
const kills = 50
const callers = 48

test('no run is lost, charged twice or stuck, however often nodes are killed', async () => {
  const began_ms = performance.now()
  const outcome = await weatherStorm(office, office.organisation.owner, { runs, kills, nodes: 2, callers })
  const minutes = ((performance.now() - began_ms) / 60_000).toFixed(1)
  process.stdout.write(`${runs} runs, ${kills} kills, ${minutes} min; the last ended ${outcome.stuck_ms} ms after\n`)
  expect(outcome).toMatchObject({ told: runs, states: { finalised: runs } })
  expect(outcome.stuck_ms).toBeLessThan(60_000)
})
