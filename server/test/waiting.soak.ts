// What 10,000 runs cost that wait for people, and how fast the inbox of a manager with 10,000 items answers. Measurements,
// printed; they fail only when something is wrong. The node is a process of its own and does all there is to do.

import { sql } from 'kysely'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findParent, findProcesses, startMeter } from '../../bench/measure.ts'
import { asAdmin } from '../src/kernel/placement.ts'
import { type Administration, type Calls, enableCalls, memberOf, startAdministration } from './administration.ts'
import { createClient } from './client.ts'
import type { NodeProcess } from './node-process.ts'
import { startRunNode } from './run-crash.ts'
import { haveDraftsWait, haveRunsWait } from './waiting-world.ts'

let office: Administration
let calls: Calls
let node: NodeProcess
beforeAll(async () => {
  office = await startAdministration()
  calls = await enableCalls(office)
})
afterAll(async () => {
  await node.end('SIGTERM')
  await office.stop()
  await calls.stop()
})

const COUNT = 10_000
/** Two rounds of what a node does everywhere in its own rhythm. */
const IDLE_MS = 65_000

async function findPostmaster(): Promise<number> {
  const text = `select pid from pg_stat_activity where backend_type = 'checkpointer'`
  const url = office.reeve.adminUrl('postgres')
  const { rows } = await asAdmin(url, (client) => client.query<{ pid: number }>(text))
  return findParent(rows[0]?.pid ?? 0) ?? 0
}

test('10,000 runs that wait for people cost a node and its database nothing that can be told', async () => {
  const manager = await office.join({ designations: ['manager'] })
  const requester = await office.join()
  const postmaster = await findPostmaster()
  node = await startRunNode(office)
  const idle = async (name: string): Promise<void> => {
    const meter = startMeter(() => ({ gateway: [node.pid], database: findProcesses(postmaster).database }), 0)
    await sleep(IDLE_MS)
    const { seconds, gateway_cpu_us = 0, database_cpu_us = 0 } = meter.stop()
    const perSecond = (us: number) => (us / 1000 / seconds).toFixed(1)
    process.stdout.write(
      `${name}: ${perSecond(gateway_cpu_us)} ms of CPU a second in the node, ${perSecond(database_cpu_us)} in the database\n`,
    )
  }
  await sleep(5000)
  await idle('no runs')
  await haveRunsWait(office, COUNT)
  await haveDraftsWait(office, requester, COUNT)
  // What has to be done once about new runs is done with the next round.
  await sleep(40_000)
  await idle(`${COUNT} runs wait for answers and ${COUNT} drafts for approval`)
  const claimed = await office.inside(office.organisation.id, (tx) =>
    sql<{ n: number }>`select count(*) as n from execution.run where claimed_by is not null`.execute(tx),
  )
  expect(claimed.rows).toEqual([{ n: 0 }])

  const client = createClient(node.url)
  for (const path of ['/approvals?limit=50', '/approvals?limit=50&order=age', '/approvals/counts']) {
    const times: number[] = []
    for (let i = 0; i < 30; i += 1) {
      const began_ms = performance.now()
      const reply = await client.request('GET', office.organisation.path + path, { as: manager.as })
      times.push(performance.now() - began_ms)
      expect(reply.status, reply.text).toBe(200)
      if (path.endsWith('counts')) expect(memberOf(reply.body, 'queue')).toBe(COUNT)
    }
    const [first = 0] = times
    const sorted = times.toSorted((a, b) => a - b)
    const at = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(0)
    process.stdout.write(`GET ${path}: first ${first.toFixed(0)} ms, p50 ${at(0.5)} ms, p95 ${at(0.95)} ms\n`)
  }
})
