// Runs while nodes die: what the short test and the long soak share. Nodes are processes of their own, killed at random
// moments; what a client was told exists must end well, be charged once, and hold nothing.

import { sql } from 'kysely'
import { expect } from 'vitest'
import type { AppContract } from '../src/apps/contract.ts'
import { smallContract } from '../src/apps/arbitrary-contract.ts'
import { releaseLapsed } from '../src/invocation/jobs.ts'
import { newId } from '../src/kernel/id.ts'
import { findLedgerViolations } from '../src/ledger/invariants.ts'
import type { Administration, Person } from './administration.ts'
import { publishApp } from './apps.ts'
import { createClient } from './client.ts'
import { type NodeProcess, startNodeProcess } from './node-process.ts'

/** Three steps: a model, a computation, a model again. */
export function threeSteps(): AppContract {
  const base = smallContract()
  return {
    ...base,
    pipeline: {
      nodes: [
        {
          id: 'first',
          type: 'prompt',
          title: 'First',
          prompt: '<q>{{input.question}}</q>',
          output: 'text',
          retries: 3,
        },
        { id: 'shorter', type: 'transform', title: 'Shorter', expression: '$substring(first, 0, 40)' },
        { id: 'answer', type: 'prompt', title: 'Answer', prompt: '<q>{{shorter}}</q>', output: 'text', retries: 3 },
      ],
    },
  }
}

export type Storm = { readonly runs: number; readonly kills: number; readonly nodes: number; readonly callers: number }

export type Outcome = {
  readonly told: number
  readonly states: Readonly<Record<string, number>>
  readonly stuck_ms: number
}

/** Starts runs on several nodes while these are killed one after the other, and says how it came out. */
export async function weatherStorm(office: Administration, person: Person, storm: Storm): Promise<Outcome> {
  const app = await publishApp(office, threeSteps())
  const { path } = office.organisation
  const nodes: (NodeProcess | null)[] = await Promise.all(
    Array.from({ length: storm.nodes }, () => startRunNode(office)),
  )
  const told = new Set<string>()
  let asked = 0
  let isOver = false
  const call = async (): Promise<void> => {
    while (asked < storm.runs) {
      asked += 1
      const headers = { 'idempotency-key': newId() }
      const body = { input: { question: `Number ${asked}` }, max_price_micros: 1_000_000 }
      // Asked again under the same key until some node answers.
      for (let tries = 0; !isOver; tries += 1) {
        const node = nodes[(asked + tries) % nodes.length]
        const reply =
          node == null
            ? null
            : await createClient(node.url)
                .request('POST', `${path}/apps/${app}/runs`, { as: person.as, body, headers })
                .catch(() => null)
        const id: unknown = reply?.status === 201 ? Reflect.get(Object(reply.body), 'id') : null
        if (typeof id === 'string') {
          told.add(id)
          break
        }
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    }
  }
  const callers = Promise.all(Array.from({ length: storm.callers }, call))
  for (let kill = 1; kill <= storm.kills; kill += 1) {
    await expect
      .poll(() => told.size, { timeout: 120_000 })
      .toBeGreaterThanOrEqual(Math.floor((kill * storm.runs) / (storm.kills + 1)))
    const at = kill % nodes.length
    const victim = nodes[at]
    nodes[at] = null
    await victim?.end('SIGKILL')
    nodes[at] = await startRunNode(office)
  }
  await callers
  isOver = true
  const began_ms = performance.now()
  await expect.poll(() => countOpen(office), { timeout: 60_000, interval: 250 }).toBe(0)
  const stuck_ms = Math.round(performance.now() - began_ms)
  await Promise.all(nodes.flatMap((node) => node?.end('SIGTERM') ?? []))
  await expectInOrder(office, [...told])
  return { told: told.size, states: await countStates(office), stuck_ms }
}

/** Another node of the deployment, in a process of its own. */
export function startRunNode(office: Administration, args: readonly string[] = ['serve']): Promise<NodeProcess> {
  const { config } = office.reeve
  const environment = {
    REEVE_DATA: config.data_directory,
    DATABASE_URL: config.database_url ?? '',
    REEVE_ALLOW_PRIVATE_PROVIDERS: 'true',
    REEVE_SPARES: '1',
    REEVE_LOG_LEVEL: 'warn',
  }
  return startNodeProcess(environment, args)
}

async function countOpen(office: Administration): Promise<number> {
  const { rows } = await office.inside(office.organisation.id, (tx) =>
    sql<{ n: number }>`select count(*) as n from execution.execution where is_run and settled_at is null`.execute(tx),
  )
  return rows[0]?.n ?? 0
}

async function countStates(office: Administration): Promise<Readonly<Record<string, number>>> {
  const { rows } = await office.inside(office.organisation.id, (tx) =>
    sql<{ state: string; n: number }>`
      select state, count(*) as n from execution.execution where is_run group by state`.execute(tx),
  )
  return Object.fromEntries(rows.map(({ state, n }) => [state, n]))
}

/** Nothing told is lost, nothing charged twice or not at all, no step recorded twice, no hold left, the ledger in order. */
async function expectInOrder(office: Administration, told: readonly string[]): Promise<void> {
  const database = await office.database(office.organisation.id)
  // What dead nodes held inside runs are reserved tokens; their leases are let lapse.
  await office.inside(office.organisation.id, (tx) =>
    sql`update kernel.node_lease set expires_at = now() - interval '1 s'
      where node_id <> ${office.reeve.node.deployment.node_id}`.execute(tx),
  )
  await releaseLapsed(database)
  const { rows } = await office.inside(office.organisation.id, (tx) =>
    sql<object>`
      select
        (select count(*) from execution.execution where id = any(${told}::uuid[]) and state = 'finalised') as finalised,
        (select count(*) from execution.execution e where is_run and state = 'finalised' and not exists (
          select from ledger.transfer t where t.execution_id = e.id and t.amount_micros = e.hold_micros)) as uncharged,
        (select count(*) from (select execution_id from ledger.transfer where execution_id is not null
          group by execution_id having count(*) > 1) twice) as charged_twice,
        (select count(*) from execution.execution where settled_at is null) as open,
        (select count(*) from (
          select s.execution_id from execution.step s join execution.execution e on e.id = s.execution_id
          where e.state = 'finalised' group by s.execution_id
          having count(*) filter (where s.state = 'succeeded') <> 3) wrong) as wrong_steps,
        (select count(*) from (
          select execution_id from audit.entry where event = 'execution.finalised' and target_type = 'run'
          group by execution_id having count(*) > 1) twice) as told_twice`.execute(tx),
  )
  expect(rows).toEqual([
    { finalised: told.length, uncharged: 0, charged_twice: 0, open: 0, wrong_steps: 0, told_twice: 0 },
  ])
  expect(await office.inside(office.organisation.id, findLedgerViolations)).toEqual([])
}
