// A whole life of a deployment with everything that is secret in it, and then a look everywhere: no credential stands in
// the log of a node however much it writes, in any row of any database, in any error, or in any file.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDemo, type Demo } from '../src/commands/demo-world.ts'
import { ensureSetupToken } from '../src/identity/setup.ts'
import { newId } from '../src/kernel/id.ts'
import { asAdmin, controlRole } from '../src/kernel/placement.ts'
import { answered, type As, cookieOf, createClient, type ReeveClient, type Reply } from './client.ts'
import { type FakeProvider, startFakeProvider } from './fake-provider.ts'
import { startTestReeve, type TestReeve } from './harness.ts'
import { type NodeProcess, startNodeProcess } from './node-process.ts'

const PROVIDER_KEY = 'sk-demo-key-of-the-fake-provider'
const WRONG_PASSWORD = 'a wrong guess of nine lost words'

let reeve: TestReeve
let provider: FakeProvider
let node: NodeProcess
let demo: Demo
/** Every credential by what it is. */
const secrets = new Map<string, string>([
  ['the key of the provider', PROVIDER_KEY],
  ['a wrong password', WRONG_PASSWORD],
])
/** What was answered with an error, and what anybody may read. */
const told: string[] = []

beforeAll(async () => {
  provider = await startFakeProvider()
  reeve = await startTestReeve()
  const { config, node: first } = reeve
  node = await startNodeProcess({
    REEVE_DATA: config.data_directory,
    DATABASE_URL: config.database_url ?? '',
    REEVE_ALLOW_PRIVATE_PROVIDERS: 'true',
    REEVE_SPARES: '1',
  })
  const setup_token = (await ensureSetupToken(first.deployment.control)) ?? ''
  secrets.set('the setup token', setup_token)
  demo = await createDemo(listen(createClient(node.url)), { setup_token, provider_url: provider.url, organisations: 2 })
  for (const { name, owner, members } of [
    { name: 'the platform', owner: demo.superadmin, members: [] },
    ...demo.organisations,
  ]) {
    for (const { email, password } of [owner, ...members]) secrets.set(`the password of ${email} of ${name}`, password)
  }
  await noteRolePasswords()
  await live(listen(createClient(node.url)))
  await node.end('SIGTERM')
  await reeve.node.stop()
}, 120_000)
afterAll(async () => {
  await reeve.stop()
  await provider.close()
})

/** A client that remembers what it is told: credentials that are shown, and errors. */
function listen(client: ReeveClient): ReeveClient {
  const request: ReeveClient['request'] = async (method, path, options) => {
    const reply = await client.request(method, path, options)
    note(reply)
    return reply
  }
  return {
    url: client.url,
    request,
    async call(method, path, options) {
      const reply = await request(method, path, options)
      if (reply.status > 299) throw new Error(`${method} ${path}: ${reply.status} ${reply.text}`)
      return answered(reply.body, reply.headers)
    },
  }
}

function note(reply: Reply): void {
  if (reply.status >= 400) told.push(reply.text)
  for (const cookie of reply.headers.getSetCookie()) {
    const token = /rvs_[\w-]+/.exec(cookie)?.[0]
    if (token !== undefined) secrets.set(`session ${secrets.size}`, token)
  }
  const key = /rv_[0-9A-Za-z]{22}_[0-9A-Za-z]{22}_([0-9A-Za-z]{43})/.exec(reply.text)?.[1]
  if (key !== undefined) secrets.set(`API key ${secrets.size}`, key)
  const one_time = /"one_time_password":"([^"]+)"/.exec(reply.text)?.[1]
  const link = /rv[il]_(?:[0-9A-Za-z]{22}_){0,2}[\w-]{43}/.exec(reply.text)?.[0]
  if (link !== undefined) secrets.set(`link ${secrets.size}`, link)
  if (one_time !== undefined) secrets.set(`one-time password ${secrets.size}`, one_time)
}

async function noteRolePasswords(): Promise<void> {
  const { control, control_name, derivePassword } = reeve.node.deployment
  const { rows } = await control.connection((client) =>
    client.query<{ database_name: string }>('select database_name from kernel.placement'),
  )
  for (const role of [controlRole(control_name), ...rows.map((row) => row.database_name)]) {
    secrets.set(`the database password of ${role}`, derivePassword(role, 1))
  }
}

/** What people and programs do, and what goes wrong when they do it. */
async function live(client: ReeveClient): Promise<void> {
  const [organisation] = demo.organisations
  if (organisation === undefined) throw new Error('The demo has an organisation')
  const signIn = async (email: string, password: string): Promise<As> => ({
    cookie: cookieOf((await client.call('POST', '/api/sessions', { body: { email, password } })).headers),
  })
  const { email, password } = organisation.owner
  const owner = await signIn(email, password)
  const superadmin = await signIn(demo.superadmin.email, demo.superadmin.password)
  const base = `/api/orgs/${organisation.id}`
  await client.request('POST', '/api/sessions', { body: { email, password: WRONG_PASSWORD } })
  await client.request('POST', '/api/sessions', { body: { email: 'nobody@example.com', password: WRONG_PASSWORD } })
  await client.request('POST', '/api/me/password', {
    as: owner,
    body: { current_password: WRONG_PASSWORD, new_password: password },
  })
  // With an Idempotency-Key the answer is kept, and what is shown once is not.
  for (let time = 0; time < 2; time++) {
    const headers = { 'idempotency-key': 'the-same-again' }
    const named = { name: 'A key', scopes: ['run.execute'] }
    await client.call('POST', `${base}/me/api-keys`, { as: owner, body: named, headers })
    await client.call('POST', `${base}/api-keys`, { as: owner, body: named, headers })
    const somebody = { email: 'somebody@example.com', display_name: 'Somebody', surface: 'studio' }
    await client.call('POST', `${base}/members`, { as: owner, body: somebody, headers })
  }
  const made = await client.call('POST', `${base}/providers`, {
    as: owner,
    body: { name: 'Own', type: 'openai_compatible', base_url: `${provider.url}/v1` },
  })
  await client.call('PUT', `${base}/providers/${made.text('id')}/key`, { as: owner, body: { key: PROVIDER_KEY } })
  await client.request('PUT', `${base}/providers/${newId()}/key`, { as: owner, body: { key: PROVIDER_KEY } })
  await client.request('PUT', `${base}/providers/${made.text('id')}/key`, { as: owner, body: { kye: PROVIDER_KEY } })
  await addModels(client, superadmin)
  const call = (model: string, key = organisation.api_key, more: object = {}) =>
    client.request('POST', '/v1/chat/completions', {
      as: { key },
      body: { model, messages: [{ role: 'user', content: 'hello' }], ...more },
      headers: { 'idempotency-key': newId() },
    })
  for (const model of ['echo', 'echo-key', 'always-500', 'malformed-json', 'nobody-has-it']) {
    await call(model)
    await call(model, organisation.api_key, { stream: true })
  }
  await call('echo', `${organisation.api_key.slice(0, -1)}x`)
  await client.request('GET', `${base}/teams?limit=${organisation.api_key}`, { as: owner })
  await client.request('GET', `/api/orgs/${organisation.api_key}`, { as: { key: organisation.api_key } })
  for (const path of ['/metrics', '/openapi.json', '/problems', '/healthz', '/readyz']) {
    told.push((await client.request('GET', path)).text)
  }
  await client.request('POST', '/api/me/sign-out', { as: owner })
  await breakSomething(client)
}

/** A node has little to say while all goes well: an organisation whose database is gone makes it talk of its connections. */
async function breakSomething(client: ReeveClient): Promise<void> {
  const [, second] = demo.organisations
  if (second === undefined) throw new Error('The demo has two organisations')
  const { control } = reeve.node.deployment
  const { rows } = await control.connection((connection) =>
    connection.query<{ name: string }>(
      'select database_name as name from kernel.placement where organisation_id = $1',
      [second.id],
    ),
  )
  await asAdmin(reeve.adminUrl('postgres'), (admin) => admin.query(`drop database ${rows[0]?.name} with (force)`))
  const { email, password } = second.owner
  const signedIn = await client.call('POST', '/api/sessions', { body: { email, password } })
  await client.request('GET', `/api/orgs/${second.id}/teams`, { as: { cookie: cookieOf(signedIn.headers) } })
  const body = { model: 'echo', messages: [{ role: 'user', content: 'hello' }] }
  await client.request('POST', '/v1/chat/completions', { as: { key: second.api_key }, body })
}

async function addModels(client: ReeveClient, as: As): Promise<void> {
  const provider_id = (await client.call('GET', '/api/platform/providers', { as })).list('items')[0]?.text('id')
  const price = { input_micros_per_mtok: 1000, cached_input_micros_per_mtok: 1000, output_micros_per_mtok: 1000 }
  for (const name of ['echo-key', 'always-500', 'malformed-json']) {
    await client.call('POST', '/api/platform/models', { as, body: { provider_id, name, price, is_global: true } })
  }
  const content = { store_content: 'all', reason: 'For the test' }
  const version = (await client.call('GET', '/api/platform/policy', { as })).body
  const replaces = String(Reflect.get(Object(version), 'version'))
  await client.call('PUT', `/api/platform/policy?replaces=${replaces}`, { as, body: content })
}

/** Which secrets stand in a text, as they are or as bytes are written. */
function found(place: string, text: string): readonly string[] {
  const lower = text.toLowerCase()
  return [...secrets].flatMap(([what, secret]) => {
    const bytes = Buffer.from(secret)
    const isThere =
      text.includes(secret) ||
      text.includes(bytes.toString('base64').replace(/=+$/, '')) ||
      text.includes(bytes.toString('base64url')) ||
      lower.includes(bytes.toString('hex'))
    return isThere ? [`${what} in ${place}`] : []
  })
}

test('there were secrets of every kind to look for', () => {
  const kinds = [...secrets.keys()].map((what) => what.replace(/ (?:of|\d).*$/, ''))
  expect(new Set(kinds)).toEqual(
    new Set([
      'the key',
      'a wrong password',
      'the setup token',
      'the password',
      'the database password',
      'session',
      'API key',
      'one-time password',
      'link',
    ]),
  )
  expect(told.length).toBeGreaterThanOrEqual(20)
  // The look itself can find something.
  expect(found('here', `x${PROVIDER_KEY}x`)).toHaveLength(1)
  expect(found('here', Buffer.from(PROVIDER_KEY).toString('hex').toUpperCase())).toHaveLength(1)
})

test('no secret stands in what a node logs at its most talkative', () => {
  expect(node.log().length).toBeGreaterThan(0)
  expect(found('the log', node.log())).toEqual([])
})

test('no secret stands in an error, nor in what anybody may read', () => {
  expect(told.flatMap((text) => found(text.slice(0, 200), text))).toEqual([])
})

test('no secret stands in any row of any table of any database', async () => {
  const { control_name, server } = reeve.node.deployment
  const names = await asAdmin(server.admin_url(control_name), async (client) => {
    const { rows } = await client.query<{ name: string }>(
      'select datname as name from pg_database join kernel.placement on database_name = datname',
    )
    return [control_name, ...rows.map((row) => row.name)]
  })
  expect(names.length).toBeGreaterThan(2)
  const leaks: string[] = []
  for (const name of names) {
    for (const [table, text] of await dump(server.admin_url(name))) leaks.push(...found(`${name} ${table}`, text))
  }
  expect(leaks).toEqual([])
})

/** Every table of a database with its rows as text. */
async function dump(url: string): Promise<readonly (readonly [string, string])[]> {
  return asAdmin(url, async (client) => {
    const { rows: tables } = await client.query<{ name: string }>(`
      select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema')`)
    const dumped: (readonly [string, string])[] = []
    for (const { name } of tables) {
      const { rows } = await client.query<{ text: string }>(`select t::text as text from ${name} t`)
      dumped.push([name, rows.map((row) => row.text).join('\n')])
    }
    return dumped
  })
}

test('no secret stands in any file', () => {
  const directory = reeve.config.data_directory
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  expect(files.length).toBeGreaterThan(0)
  const leaks = files.flatMap((file) => {
    const bytes = readFileSync(join(file.parentPath, file.name))
    return found(file.name, bytes.toString('latin1'))
  })
  expect(leaks).toEqual([])
})
