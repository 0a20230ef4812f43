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

test('20,000 runs on nodes that are killed 50 times: none lost, none charged twice, none stuck', async () => {
  const storm = { runs: 20_000, kills: 50, nodes: 2, callers: 16 }
  const outcome = await weatherStorm(office, office.organisation.owner, storm)
  expect(outcome).toMatchObject({ told: 20_000, states: { finalised: 20_000 } })
  expect(outcome.stuck_ms).toBeLessThan(60_000)
})
