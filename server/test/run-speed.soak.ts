// How fast runs of three steps are on a provider that answers at once, and what one costs: CPU of the node and of its
// database, and transactions. A measurement, printed; it fails only when runs do. The node is a process of its own, the
// database writes through to the disk; client and provider are this process.

import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findParent, findProcesses, startMeter } from '../../bench/measure.ts'
import { asAdmin } from '../src/kernel/placement.ts'
import { type Administration, type Calls, enableCalls, memberOf, startAdministration } from './administration.ts'
import { publishApp } from './apps.ts'
import { createClient } from './client.ts'
import type { NodeProcess } from './node-process.ts'
import { startRunNode, threeSteps } from './run-crash.ts'

let office: Administration
let calls: Calls
let node: NodeProcess
beforeAll(async () => {
  office = await startAdministration()
  calls = await enableCalls(office)
  await office.reeve.node.runs.engine.stop()
  await asDatabaseAdmin('alter system set fsync = on')
  await asDatabaseAdmin('select pg_reload_conf()')
  node = await startRunNode(office)
})
afterAll(async () => {
  await node.end('SIGTERM')
  await asDatabaseAdmin('alter system reset fsync')
  await office.stop()
  await calls.stop()
})

const asDatabaseAdmin = <Row extends object>(text: string): Promise<readonly Row[]> =>
  asAdmin(office.reeve.adminUrl('postgres'), async (client) => (await client.query<Row>(text)).rows)

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0

async function countTransactions(): Promise<number> {
  const [row] = await asDatabaseAdmin<{ n: string }>('select sum(xact_commit) as n from pg_stat_database')
  return Number(row?.n ?? 0)
}

async function findPostmaster(): Promise<number> {
  const [row] = await asDatabaseAdmin<{ pid: number }>(
    `select pid from pg_stat_activity where backend_type = 'checkpointer'`,
  )
  return findParent(row?.pid ?? 0) ?? 0
}

test('runs of three steps, alone and together', async () => {
  const app = await publishApp(office, threeSteps())
  const { owner, path } = office.organisation
  const client = createClient(node.url)
  const one = async (): Promise<number> => {
    const began_ms = performance.now()
    const ask = () =>
      client.request('POST', `${path}/apps/${app}/runs?wait_ms=20000`, {
        as: owner.as,
        body: { input: { question: 'Fast?' }, max_price_micros: 1_000_000 },
      })
    let reply = await ask()
    // Turned away by a node that others leave no time: asked again, as its answer says.
    while (reply.status === 503) {
      await sleep(1000)
      reply = await ask()
    }
    expect(memberOf(reply.body, 'state'), reply.text).toBe('finalised')
    return performance.now() - began_ms
  }
  const together = async (runs: number, callers: number): Promise<readonly number[]> => {
    const times: number[] = []
    let left = runs
    const call = async () => {
      while (left > 0) {
        left -= 1
        times.push(await one())
      }
    }
    await Promise.all(Array.from({ length: callers }, call))
    return times
  }
  await together(1000, 48)
  const postmaster = await findPostmaster()
  const processes = () => ({ gateway: [node.pid], database: findProcesses(postmaster).database })
  const measure = async (name: string, runs: number, callers: number): Promise<void> => {
    const transactions = await countTransactions()
    const meter = startMeter(processes, 0)
    const times = await together(runs, callers)
    const { seconds, gateway_cpu_us = 0, database_cpu_us = 0, load_cpu_us, foreign_cores = 0 } = meter.stop()
    const ms = (us: number) => (us / runs / 1000).toFixed(2)
    const count = ((await countTransactions()) - transactions) / runs
    process.stdout.write(
      `${name}: p50 ${median(times).toFixed(1)} ms, ${(runs / seconds).toFixed(0)} runs/s; per run CPU of node ${ms(gateway_cpu_us)} ms, ` +
        `database ${ms(database_cpu_us)} ms, client and provider ${ms(load_cpu_us)} ms, ${count.toFixed(1)} transactions; ` +
        `${foreign_cores.toFixed(2)} cores were others'\n`,
    )
  }
  await measure('alone', 100, 1)
  await measure('16 callers', 600, 16)
  await measure('48 callers', 900, 48)
  await measure('alone', 100, 1)
  await measure('48 callers', 900, 48)
  // More than a node once had room for.
  await measure('128 callers', 1200, 128)
  await measure('256 callers', 1500, 256)
})
