import { createServer } from 'node:http'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createClient } from '../test/client.ts'
import { startTestReeve } from '../test/harness.ts'
import { startWorld, type World } from '../test/world.ts'
import { createLog } from './kernel/log.ts'
import { asAdmin } from './kernel/placement.ts'
import { type RunningNode, startNode } from './serve.ts'

let world: World
beforeAll(async () => {
  world = await startWorld(1)
  const as = await world.asSuperadmin()
  const { client } = world.reeve
  const provider_id = (await client.call('GET', '/api/platform/providers', { as })).list('items')[0]?.text('id')
  const price = { input_micros_per_mtok: 1000, cached_input_micros_per_mtok: 1000, output_micros_per_mtok: 1000 }
  for (const name of ['hang', 'tokens:3000000']) {
    const body = {
      provider_id,
      name,
      price,
      is_global: true,
      default_output_tokens: 10_000_000,
      max_output_tokens: 10_000_000,
    }
    await client.call('POST', '/api/platform/models', { as, body })
  }
})
afterAll(() => world.stop())

const startImpatient = (): Promise<RunningNode> =>
  startNode({ ...world.reeve.config, drain_timeout_ms: 300 }, createLog('silent'))

const ask = (node: RunningNode, model: string, more: object = {}) =>
  createClient(node.url).request('POST', '/v1/chat/completions', {
    as: { key: world.organisation.api_key },
    body: { model, messages: [{ role: 'user', content: 'hello' }], ...more },
  })

async function endsOf(node: RunningNode): Promise<unknown> {
  const database = await world.reeve.node.deployment.databases.of(world.organisation.id)
  const { rows } = await database.connection((client) =>
    client.query('select state, reason_code, charge_micros from execution.execution where node_id = $1', [
      node.deployment.node_id,
    ]),
  )
  return rows
}

test('a node that cannot listen says why in a sentence, and leaves nothing behind', async () => {
  const taken = createServer()
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
  const address = taken.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const before = await countNodes()
  await expect(startNode({ ...world.reeve.config, port }, createLog('silent'))).rejects.toThrow(
    `Reeve cannot listen on 127.0.0.1, port ${port}: another program listens there already.`,
  )
  taken.close()
  expect(await countNodes()).toBe(before)
})

/** Nodes that say they live. */
async function countNodes(): Promise<number> {
  const { control_name, server } = world.reeve.node.deployment
  return asAdmin(server.admin_url(control_name), async (client) => {
    const { rows } = await client.query<{ count: number }>(
      'select count(*)::int as count from kernel.node where expires_at > now()',
    )
    return rows[0]?.count ?? -1
  })
}

test('a call that outlasts the patience of a stopping node is ended by the platform and costs nothing', async () => {
  const node = await startImpatient()
  world.provider.reset()
  const call = ask(node, 'hang')
  await world.provider.waitForRequest()
  await Promise.all([node.stop(), node.stop()])
  const reply = await call
  expect(reply.status).toBe(503)
  expect(reply.body).toMatchObject({ error: { code: 'call_cancelled' } })
  expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(await endsOf(node)).toEqual([{ state: 'failed', reason_code: 'cancelled', charge_micros: 0 }])
})

test('a client that does not read does not keep a node from stopping', async () => {
  const node = await startImpatient()
  const { hostname, port } = new URL(node.url)
  const body = JSON.stringify({ model: 'tokens:3000000', stream: true, messages: [{ role: 'user', content: 'hello' }] })
  const socket = connect(Number(port), hostname)
  socket.pause()
  socket.write(
    `POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${world.organisation.api_key}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  )
  world.provider.reset()
  await world.provider.waitForRequest()
  await node.stop()
  socket.destroy()
  expect(await endsOf(node)).toEqual([{ state: 'failed', reason_code: 'cancelled', charge_micros: 0 }])
})

test('a client that does not finish its request does not keep a node from stopping', async () => {
  const node = await startImpatient()
  const { hostname, port } = new URL(node.url)
  const socket = connect(Number(port), hostname)
  socket.on('error', () => undefined)
  socket.write(
    'POST /api/sessions HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{',
  )
  const closed = new Promise((resolve) => socket.once('close', resolve))
  expect((await fetch(`${node.url}/healthz`)).status).toBe(200)
  await node.stop()
  await closed
})

test('a node stops although its databases are gone', async () => {
  const reeve = await startTestReeve({ REEVE_DRAIN_SECONDS: '1', REEVE_LOG_LEVEL: 'silent' })
  const { control_name } = reeve.node.deployment
  await asAdmin(reeve.adminUrl('postgres'), (client) => client.query(`drop database ${control_name} with (force)`))
  await reeve.node.stop()
  await expect(fetch(reeve.node.url)).rejects.toThrow()
  // What the harness would clean up is gone already, but for the databases beside it.
  await asAdmin(reeve.adminUrl('postgres'), (client) => client.query(`create database ${control_name}`))
  await asAdmin(reeve.adminUrl(control_name), async (client) => {
    await client.query('create schema kernel')
    await client.query('create table kernel.placement (database_name text)')
  })
  await reeve.stop()
})
