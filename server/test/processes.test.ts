// Several processes on one machine (REEVE_PROCESSES) are one Reeve to its operator and to its callers.

import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { findLedgerViolations } from '../src/ledger/invariants.ts'
import { cookieOf, createClient, type ReeveClient } from './client.ts'
import { startNodeProcess } from './node-process.ts'
import { startWorld } from './world.ts'

/** The processes that a process has started and that still run. */
function listChildren(pid: number): number[] {
  const rows = execFileSync('ps', ['-ax', '-o', 'pid=,ppid=,stat=,comm='], { encoding: 'utf8' }).trim().split('\n')
  return rows
    .map((row) => row.trim().split(/\s+/))
    .filter(
      ([, parent, state, name]) => Number(parent) === pid && !state?.startsWith('Z') && !/postgres/.test(name ?? ''),
    )
    .map(([child]) => Number(child))
}

/** What a second start on the same data must know of the first. */
type Kept = {
  readonly cookie: string
  readonly ended: string
  readonly organisation: { readonly path: string; readonly name: string }
}

async function leaveBehind(client: ReeveClient, cookie: string, login: object): Promise<Kept> {
  const as = { cookie }
  const ended = cookieOf((await client.call('POST', '/api/sessions', { body: login })).headers)
  await client.call('POST', '/api/me/sign-out', { as: { cookie: ended } })
  const name = 'Kept Mills'
  const body = { name, owner: { email: 'owner@kept.example' } }
  const made = await client.call('POST', '/api/platform/organisations', { as, body })
  return { cookie, ended, organisation: { path: `/api/orgs/${made.object('organisation').text('id')}`, name } }
}

/** Asks often enough that each of the processes is asked: every connection goes to the next one. */
async function expectKept(url: string, { cookie, ended, organisation }: Kept): Promise<void> {
  const ask = (path: string, held: string) => fetch(`${url}${path}`, { headers: { cookie: held, connection: 'close' } })
  for (let times = 0; times < 4; times += 1) {
    expect((await ask('/api/me', cookie)).status).toBe(200)
    expect((await ask('/api/me', ended)).status).toBe(401)
    expect(await (await ask(organisation.path, cookie)).json()).toMatchObject({ name: organisation.name })
  }
}

test('one set-up token is printed, a process that is killed is replaced, nothing is left after SIGTERM, and a second start knows it all', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'reeve-processes-'))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  const environment = { REEVE_DATA: directory, REEVE_PROCESSES: '2', REEVE_SPARES: '1' }
  const node = await startNodeProcess(environment)
  onTestFinished(async () => void (await node.end('SIGKILL')))
  const client = createClient(node.url)
  const isReady = async () => (await client.request('GET', '/readyz').catch(() => null))?.status === 200
  for (const round of [0, 1]) {
    const before = listChildren(node.pid)
    expect(before).toHaveLength(2)
    const killed = before[round] ?? 0
    process.kill(killed, 'SIGKILL')
    await expect.poll(() => listChildren(node.pid).filter((pid) => pid !== killed).length, { timeout: 20_000 }).toBe(2)
    await expect.poll(isReady, { timeout: 20_000 }).toBe(true)
  }
  const tokens = node.output().match(/rvt_\S+/g) ?? []
  expect(tokens).toHaveLength(1)
  const body = {
    token: tokens[0],
    email: 'first@reeve.example',
    password: 'a plain grey pebble rests',
    display_name: 'F',
  }
  const first = cookieOf((await client.call('POST', '/api/setup', { body })).headers)
  const kept = await leaveBehind(client, first, { email: body.email, password: body.password })
  const servers = listChildren(node.pid)
  expect(await node.end('SIGTERM')).toBe(0)
  for (const pid of servers) expect(() => process.kill(pid, 0)).toThrow('ESRCH')
  expect(existsSync(join(directory, 'postgres', 'cluster', 'postmaster.pid'))).toBe(false)

  const second = await startNodeProcess(environment)
  onTestFinished(async () => void (await second.end('SIGKILL')))
  await expectKept(second.url, kept)
  expect(second.output()).not.toMatch(/rvt_/)
  expect(await second.end('SIGTERM')).toBe(0)
}, 240_000)

test('SIGTERM lets the calls of every process finish, turns new ones away, and leaves no hold', async () => {
  const world = await startWorld(1)
  onTestFinished(() => world.stop())
  const as = await world.asSuperadmin()
  const provider_id = (await world.reeve.client.call('GET', '/api/platform/providers', { as }))
    .list('items')[0]
    ?.text('id')
  const price = { input_micros_per_mtok: 1000, cached_input_micros_per_mtok: 1000, output_micros_per_mtok: 1000 }
  await world.reeve.client.call('POST', '/api/platform/models', {
    as,
    body: { provider_id, name: 'slow', price, is_global: true },
  })
  const node = await startNodeProcess({
    REEVE_DATA: world.reeve.config.data_directory,
    DATABASE_URL: world.reeve.config.database_url ?? '',
    REEVE_ALLOW_PRIVATE_PROVIDERS: 'true',
    REEVE_PROCESSES: '2',
    REEVE_SPARES: '1',
  })
  onTestFinished(async () => void (await node.end('SIGKILL')))
  const ask = (model: string, stream: boolean) =>
    fetch(`${node.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${world.organisation.api_key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model, stream, messages: [{ role: 'user', content: 'hello' }] }),
    })
  world.provider.reset()
  const calls = [false, true, false, true].map((stream) => ask('slow', stream))
  await expect.poll(() => world.provider.requests.length, { timeout: 15_000 }).toBe(4)
  const database = await world.reeve.node.deployment.databases.of(world.organisation.id)
  const count = (what: string) =>
    database.transaction(async (tx) => {
      const { rows } = await sql<{ count: number }>`select ${sql.raw(what)} as count from execution.execution
        where state = 'running'`.execute(tx)
      return rows[0]?.count
    })
  expect(await count('count(distinct node_id)')).toBe(2)
  const ended = node.end('SIGTERM')
  const refusals = async () => (await ask('echo', false)).status
  await expect.poll(refusals, { timeout: 15_000 }).toBe(503)
  world.provider.release()
  const answers = await Promise.all(calls)
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
  await Promise.all(answers.map((answer) => answer.text()))
  expect(await ended).toBe(0)
  expect(await count('count(*)')).toBe(0)
  expect(await database.transaction(findLedgerViolations)).toEqual([])
}, 120_000)
