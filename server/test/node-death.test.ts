// A node that is asked to stop finishes what runs; a node that is killed leaves nothing that another cannot put right.

import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { releaseLapsed } from '../src/invocation/jobs.ts'
import { findLedgerViolations } from '../src/ledger/invariants.ts'
import { createClient } from './client.ts'
import { type NodeProcess, startNodeProcess } from './node-process.ts'
import { startWorld, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld(2)
  const as = await world.asSuperadmin()
  const { client } = world.reeve
  const providers = await client.call('GET', '/api/platform/providers', { as })
  const price = {
    input_micros_per_mtok: 1_000_000,
    cached_input_micros_per_mtok: 100_000,
    output_micros_per_mtok: 2_000_000,
  }
  const provider_id = providers.list('items')[0]?.text('id')
  await client.call('POST', '/api/platform/models', { as, body: { provider_id, name: 'slow', price, is_global: true } })
})
afterAll(() => world.stop())

const startNode = (): Promise<NodeProcess> => {
  const { config } = world.reeve
  return startNodeProcess({
    REEVE_DATA: config.data_directory,
    DATABASE_URL: config.database_url ?? '',
    REEVE_ALLOW_PRIVATE_PROVIDERS: 'true',
    REEVE_SPARES: '1',
  })
}

const database = () => world.reeve.node.deployment.databases.of(world.organisation.id)

const ask = (url: string, model: string, stream = false) =>
  fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${world.organisation.api_key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model, stream, messages: [{ role: 'user', content: 'hello' }] }),
  })

async function countRunning(): Promise<number> {
  const organisation = await database()
  return organisation.transaction(async (tx) => {
    const { rows } = await sql<{ count: number }>`
      select count(*) as count from execution.execution where state = 'running'`.execute(tx)
    return rows[0]?.count ?? 0
  })
}

async function expectLedgerInOrder(): Promise<void> {
  const organisation = await database()
  expect(await organisation.transaction(findLedgerViolations)).toEqual([])
}

test('SIGTERM lets running calls finish, turns new ones away, and leaves no hold', async () => {
  const node = await startNode()
  world.provider.reset()
  const plain = ask(node.url, 'slow')
  const stream = ask(node.url, 'slow', true)
  await expect.poll(() => world.provider.requests.length, { timeout: 15_000 }).toBe(2)
  const ended = node.end('SIGTERM')
  const client = createClient(node.url)
  await expect.poll(async () => (await client.request('GET', '/readyz')).status, { timeout: 15_000 }).toBe(503)
  const refused = await ask(node.url, 'echo')
  expect(refused.status).toBe(503)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  world.provider.release()
  expect((await plain).status).toBe(200)
  expect(await (await stream).text()).toContain('[DONE]')
  expect(await ended).toBe(0)
  expect(await countRunning()).toBe(0)
  await expectLedgerInOrder()
})

test('the hold of a node killed between admission and settlement is released by another, its tokens count', async () => {
  const node = await startNode()
  world.provider.reset()
  const lost = ask(node.url, 'slow').catch(() => null)
  await expect.poll(() => world.provider.requests.length, { timeout: 15_000 }).toBe(1)
  await node.end('SIGKILL')
  await lost
  expect(await countRunning()).toBe(1)
  const organisation = await database()
  // The lease runs 45 s; the test lets it lapse now.
  await organisation.transaction((tx) =>
    sql`update kernel.node_lease set expires_at = now() - interval '1 s'
    where node_id in (select node_id from execution.execution where state = 'running')`.execute(tx),
  )
  await expect.poll(() => releaseLapsed(organisation).then(countRunning), { timeout: 15_000 }).toBe(0)
  const { rows } = await organisation.transaction((tx) =>
    sql<object>`select state, reason_code, charge_micros, tokens_estimated, input_tokens + output_tokens = hold_tokens as booked
      from execution.execution order by id desc limit 1`.execute(tx),
  )
  expect(rows).toEqual([
    { state: 'failed', reason_code: 'hold_lapsed', charge_micros: 0, tokens_estimated: true, booked: true },
  ])
  world.provider.release()
  await expectLedgerInOrder()
})

test('a node that is killed under load loses nothing that a client was told and charges nothing twice', async () => {
  const told = new Set<string>()
  for (let round = 0; round < 3; round++) {
    const node = await startNode()
    const state = { isDead: false }
    const callers = Array.from({ length: 8 }, async () => {
      while (!state.isDead) {
        const reply = await ask(node.url, 'echo').catch(() => null)
        const id = reply?.headers.get('x-reeve-execution-id')
        if (reply?.status === 200 && id != null) told.add(id)
      }
    })
    const before = told.size
    await expect.poll(() => told.size - before, { timeout: 20_000 }).toBeGreaterThan(30 + round * 17)
    await node.end('SIGKILL')
    state.isDead = true
    await Promise.all(callers)
  }
  const organisation = await database()
  await organisation.transaction((tx) =>
    sql`delete from kernel.node_lease
    where node_id <> ${world.reeve.node.deployment.node_id}`.execute(tx),
  )
  await expect.poll(() => releaseLapsed(organisation).then(countRunning), { timeout: 15_000 }).toBe(0)
  const { rows } = await organisation.transaction((tx) =>
    sql<{ known: number; charged_twice: number }>`
      select (select count(*) from execution.execution where id = any(${[...told]}::uuid[])) as known,
        (select count(*) from (select execution_id from ledger.transfer where execution_id is not null
          group by execution_id having count(*) > 1) twice) as charged_twice`.execute(tx),
  )
  expect(rows).toEqual([{ known: told.size, charged_twice: 0 }])
  await expectLedgerInOrder()
  // Three nodes are started and killed.
}, 90_000)

test('no credential stands in the log of a node, however much it writes', async () => {
  const node = await startNode()
  const { email, password } = world.organisation.owner
  const client = createClient(node.url)
  await client.call('POST', '/api/sessions', { body: { email, password } })
  await client.request('POST', '/api/sessions', { body: { email, password: 'a wrong pass phrase entirely' } })
  expect((await ask(node.url, 'echo')).status).toBe(200)
  await ask(node.url, 'no-such-model')
  await node.end('SIGTERM')
  for (const secret of [
    password,
    'a wrong pass phrase entirely',
    world.organisation.api_key,
    'sk-demo-key-of-the-fake-provider',
    'rvs_',
  ]) {
    expect(node.log()).not.toContain(secret)
  }
})
