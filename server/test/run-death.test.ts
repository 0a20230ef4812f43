// Runs survive their nodes. The long form is `run-death.soak.ts`.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Administration, type Calls, enableCalls, startAdministration } from './administration.ts'
import { weatherStorm } from './run-crash.ts'

let office: Administration
let calls: Calls
beforeAll(async () => {
  office = await startAdministration()
  calls = await enableCalls(office)
  // The runs are for the nodes that die.
  await office.reeve.node.runs.engine.stop()
}, 120_000)
afterAll(async () => {
  await office.stop()
  await calls.stop()
})

test('nodes that are killed lose no run, charge none twice, and leave nothing held', async () => {
  const outcome = await weatherStorm(office, office.organisation.owner, { runs: 60, kills: 6, nodes: 2, callers: 4 })
  expect(outcome).toMatchObject({ told: 60, states: { finalised: 60 } })
}, 170_000)
