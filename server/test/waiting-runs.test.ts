// Runs that wait for people are rows, and nothing else.

import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hasDueRuns, claimRuns } from '../src/execution/internal/claim.ts'
import { type Administration, type Calls, enableCalls, startAdministration } from './administration.ts'
import { haveRunsWait } from './waiting-world.ts'

let office: Administration
let calls: Calls
beforeAll(async () => {
  office = await startAdministration()
  calls = await enableCalls(office)
})
afterAll(async () => {
  await office.stop()
  await calls.stop()
})

const RUNS = 10_000

test('10,000 runs that wait for people are claimed by nobody, and looking for work reads none of them', async () => {
  const { id } = office.organisation
  await haveRunsWait(office, RUNS)
  const database = await office.database(id)
  expect(await hasDueRuns(database)).toBe(false)
  expect(await claimRuns(database, office.reeve.node.deployment.node_id, 64)).toEqual([])
  expect(office.reeve.node.runs.engine.active()).toBe(0)
  const { rows } = await office.inside(id, (tx) =>
    sql<{ entries: number; runs: number }>`
      select pg_relation_size('execution.run__due') / 8192 as entries, (select count(*) from execution.run) as runs`.execute(
      tx,
    ),
  )
  // The index that is looked into holds none of them: it is as small as an empty one.
  expect(rows[0]?.runs).toBe(RUNS)
  expect(rows[0]?.entries).toBeLessThanOrEqual(2)
})
