import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestReeve, type TestReeve } from '../../test/harness.ts'
import { asAdmin } from '../kernel/placement.ts'
import { createLog } from '../kernel/log.ts'
import { createRequestLog } from './request-log.ts'
import { createServer } from './server.ts'

let reeve: TestReeve
beforeAll(async () => {
  reeve = await startTestReeve()
})
afterAll(() => reeve.stop())

test('a node that can serve says so', async () => {
  expect((await reeve.client.request('GET', '/healthz')).status).toBe(200)
  expect((await reeve.client.request('GET', '/readyz')).status).toBe(200)
})

test('a node without its secret store lives and is not ready', async () => {
  const store = join(reeve.config.keyring_directory, 'secrets')
  await rename(store, `${store}-away`)
  const away = await reeve.client.request('GET', '/readyz')
  await rename(`${store}-away`, store)
  expect([away.status, away.body]).toMatchObject([503, { code: 'control_unavailable' }])
  expect(away.headers.get('retry-after')).toBe('5')
  expect((await reeve.client.request('GET', '/healthz')).status).toBe(200)
  expect((await reeve.client.request('GET', '/readyz')).status).toBe(200)
})

test('a node whose control database is not at its head lives and is not ready', async () => {
  const { control_name, control_schema } = reeve.node.deployment
  const renameHead = (from: string, to: string) =>
    asAdmin(reeve.adminUrl(control_name), (client) =>
      client.query('update kernel.migration set name = $2 where name = $1', [from, to]),
    )
  const head = `head ${control_schema.head}`
  await renameHead(head, 'head of another')
  const behind = await reeve.client.request('GET', '/readyz')
  const alive = await reeve.client.request('GET', '/healthz')
  await renameHead('head of another', head)
  expect([behind.status, behind.body]).toMatchObject([
    503,
    { code: 'control_unavailable', detail: 'The control database is not at the head of this version of Reeve.' },
  ])
  expect(alive.status).toBe(200)
  expect((await reeve.client.request('GET', '/readyz')).status).toBe(200)
})

test('a node without control lives and is not ready', async () => {
  const { control_name: name } = reeve.node.deployment
  const admit = (is_open: boolean) =>
    asAdmin(reeve.adminUrl('postgres'), async (client) => {
      await client.query(`alter database ${name} with allow_connections ${is_open}`)
      await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name])
    })
  await admit(false)
  const away = await reeve.client.request('GET', '/readyz')
  const alive = await reeve.client.request('GET', '/healthz')
  await admit(true)
  expect([away.status, away.body]).toMatchObject([503, { code: 'control_unavailable' }])
  expect(alive.status).toBe(200)
  await expect.poll(async () => (await reeve.client.request('GET', '/readyz')).status, { timeout: 20_000 }).toBe(200)
})

test('what does not exist is a problem in RFC 9457 form', async () => {
  const reply = await reeve.client.request('GET', '/api/nothing')
  expect(reply.status).toBe(404)
  expect(reply.headers.get('content-type')).toContain('application/problem+json')
  expect(reply.body).toMatchObject({ code: 'not_found', status: 404, type: '/problems/not_found' })
})

test('the type of a problem leads to what it means', async () => {
  const problem = await reeve.client.request('GET', '/api/nothing')
  const page = await reeve.client.request('GET', String(Reflect.get(Object(problem.body), 'type')))
  expect(page.body).toMatchObject({ code: 'not_found', status: 404 })
})

test('plain HTTP is answered on this machine and behind a declared proxy only, but for what monitors ask', async () => {
  const { deployment } = reeve.node
  const log = createLog('silent')
  const app = createServer({
    log,
    requests: createRequestLog(deployment.control, log),
    tls: null,
    dialects: [],
    trusted_proxies: ['192.0.2.0/24'],
    public_origin: null,
    tools: {
      control: deployment.control,
      databases: deployment.databases,
      key_uses: { note: () => undefined },
      session_uses: { note: () => undefined },
    },
    isDraining: () => false,
  })
  app.get('/healthz', async () => 'alive')
  app.get('/api/anything', async () => 'told')
  const ask = async (url: string, remoteAddress: string) => {
    const { statusCode, body } = await app.inject({ url, remoteAddress, headers: { 'x-forwarded-for': '127.0.0.1' } })
    return statusCode === 200 ? body : /"code":"(\w+)"/.exec(body)?.[1]
  }
  expect(await ask('/api/anything', '127.0.0.1')).toBe('told')
  expect(await ask('/api/anything', '192.0.2.7')).toBe('told')
  expect(await ask('/api/anything', '::ffff:192.0.2.7')).toBe('told')
  expect(await ask('/api/anything', '198.51.100.7')).toBe('transport_not_secure')
  expect(await ask('/healthz', '198.51.100.7')).toBe('alive')
  await app.close()
})
