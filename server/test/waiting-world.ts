// Organisations in which very many runs wait for people: one run is made by the public API, the others are copies of its rows.

import { sql } from 'kysely'
import { smallContract } from '../src/apps/arbitrary-contract.ts'
import { type Administration, memberOf, type Person } from './administration.ts'
import { publishApp, runApp } from './apps.ts'

/** Copies the rows of a run, holding nothing: so many more wait as it does. */
async function copyRun(office: Administration, run_id: string, count: number): Promise<void> {
  await office.inside(office.organisation.id, (tx) =>
    sql`
      with copies as (select kernel.new_id() as id from generate_series(1, ${count})),
      executions as (
        insert into execution.execution
        select (jsonb_populate_record(e, jsonb_build_object('id', c.id, 'hold_micros', 0, 'hold_wallet_micros', 0))).*
        from execution.execution e, copies c where e.id = ${run_id}),
      gates as (
        insert into supervision.gate (id, execution_id, level, revision, risk, app_id, requester_id, team_id, quorum,
          opened_at, expires_at)
        select kernel.new_id(), c.id, g.level, g.revision, g.risk, g.app_id, g.requester_id, g.team_id, g.quorum,
          g.opened_at, g.expires_at
        from supervision.gate g, copies c where g.execution_id = ${run_id})
      insert into execution.run
      select (jsonb_populate_record(r, jsonb_build_object('execution_id', c.id, 'quote_micros', 0))).*
      from execution.run r, copies c where r.execution_id = ${run_id}`.execute(tx),
  )
}

/** Has so many runs wait for the answer of a person. */
export async function haveRunsWait(office: Administration, count: number): Promise<void> {
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
  const waiting = await runApp(office, office.organisation.owner, app, { input: { question: 'Who?' } })
  if (memberOf(waiting.body, 'state') !== 'paused') throw new Error(waiting.text)
  await copyRun(office, String(memberOf(waiting.body, 'id')), count - 1)
}

/** Has so many drafts wait for a manager's approval. */
export async function haveDraftsWait(office: Administration, requester: Person, count: number): Promise<void> {
  const base = smallContract()
  const supervision = { required: true, level2: {} }
  const app = await publishApp(office, { ...base, governance: { ...base.governance, supervision } })
  const made = await runApp(office, requester, app, { input: { question: 'Who approves?' } })
  const path = `${office.organisation.path}/runs/${String(memberOf(made.body, 'id'))}`
  const panel = await office.client.call('GET', `${path}/supervision`, { as: requester.as })
  const body = { draft: panel.text('draft'), statements: [] }
  await office.client.call('POST', `${path}/acknowledge`, { as: requester.as, body })
  await copyRun(office, String(memberOf(made.body, 'id')), count - 1)
}
