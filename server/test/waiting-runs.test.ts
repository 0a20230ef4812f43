// Runs that wait for people are rows, and nothing else.

import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hasDueRuns, claimRuns } from '../src/execution/internal/claim.ts'
import { smallContract } from '../src/apps/arbitrary-contract.ts'
import { type Administration, type Calls, enableCalls, memberOf, startAdministration } from './administration.ts'
import { publishApp, runApp } from './apps.ts'

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
  const base = smallContract()
  const app = await publishApp(office, {
    ...base,
    pipeline: {
      nodes: [
        {
          id: 'answer',
          type: 'human_task',
          title: 'Answer',
          description: 'Answer it',
          assignee: 'requester',
          fields: [{ name: 'text', label: 'Text', type: 'text', required: true }],
        },
      ],
    },
    result: { schema: base.result.schema, output: { answer: '{{answer.answer.text}}' } },
  })
  const { owner, id } = office.organisation
  const waiting = await runApp(office, owner, app, { input: { question: 'Who?' } })
  expect(waiting.body, waiting.text).toMatchObject({ state: 'paused' })
  const first = String(memberOf(waiting.body, 'id'))
  await office.inside(id, async (tx) => {
    await sql`
      with copies as (select gen_random_uuid() as id from generate_series(1, ${RUNS})),
      executions as (
        insert into execution.execution
        select (jsonb_populate_record(e, jsonb_build_object('id', c.id, 'hold_micros', 0, 'hold_wallet_micros', 0))).*
        from execution.execution e, copies c where e.id = ${first})
      insert into execution.run
      select (jsonb_populate_record(r, jsonb_build_object('execution_id', c.id, 'quote_micros', 0))).*
      from execution.run r, copies c where r.execution_id = ${first}`.execute(tx)
    await sql`analyze execution.run`.execute(tx).catch(() => undefined)
  })
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
  expect(rows[0]?.runs).toBe(RUNS + 1)
  expect(rows[0]?.entries).toBeLessThanOrEqual(2)
})
