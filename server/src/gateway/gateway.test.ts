import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Reply } from '../../test/client.ts'
import { startWorld, type World } from '../../test/world.ts'
import { newId } from '../kernel/id.ts'
import { newKeyText, parseKey } from '../tenancy/api-key-format.ts'

let world: World
beforeAll(async () => {
  world = await startWorld(2)
})
afterAll(() => world.stop())

const call = (body: object, key = world.organisation.api_key, headers: Record<string, string> = {}) =>
  world.reeve.client.request('POST', '/v1/chat/completions', { as: { key }, body, headers })
const ask = (model: string, more: object = {}) => ({ model, messages: [{ role: 'user', content: 'hello' }], ...more })
const own = () => world.reeve.node.deployment.databases.of(world.organisation.id)

/** A key of the same form: of another organisation, of another name, or with another secret. */
function forge(what: 'organisation' | 'name' | 'secret'): string {
  const parsed = parseKey(world.organisation.api_key)
  if (parsed === null) throw new Error('The world has a key')
  const organisation = what === 'organisation' ? newId() : parsed.organisation_id
  return newKeyText(organisation, what === 'name' ? newId() : parsed.api_key_id).text
}

async function addModel(name: string, more: object = {}): Promise<string> {
  const as = await world.asSuperadmin()
  const { client } = world.reeve
  const provider_id = (await client.call('GET', '/api/platform/providers', { as })).list('items')[0]?.text('id')
  const price = { input_micros_per_mtok: 1000, cached_input_micros_per_mtok: 1000, output_micros_per_mtok: 1000 }
  const body = { provider_id, name, price, ...more }
  return (await client.call('POST', '/api/platform/models', { as, body })).text('id')
}

describe('a key that is not valid', () => {
  const path = { list: '/v1/models', one: '/v1/models/echo' }
  const without = (reply: Reply) => reply.text.replaceAll(reply.headers.get('x-request-id') ?? '-', '')

  test('gets one answer, whether its organisation exists or not', async () => {
    const replies: Reply[] = []
    for (const key of [forge('organisation'), forge('name'), forge('secret'), 'rv_nonsense', '']) {
      replies.push(await call(ask('echo'), key))
      for (const each of [path.list, path.one])
        replies.push(await world.reeve.client.request('GET', each, { as: { key } }))
    }
    expect(new Set(replies.map((reply) => reply.status))).toEqual(new Set([401]))
    expect(new Set(replies.map(without)).size).toBe(1)
    expect(replies[0]?.body).toMatchObject({ error: { code: 'invalid_api_key', type: 'authentication_error' } })
  })

  test('is counted, and named nowhere', async () => {
    const { control } = world.reeve.node.deployment
    const count = async () =>
      control.connection(async (client) => {
        const { rows } = await client.query<{ count: number }>(
          `select coalesce(sum(count), 0)::int as count from audit.failed_authentication where reason = 'invalid_api_key'`,
        )
        return rows[0]?.count ?? -1
      })
    await expect.poll(count).toBe(15)
    const before = await count()
    await call(ask('echo'), forge('secret'))
    await expect.poll(count).toBe(before + 1)
  })
})

describe('every call is logged once, in the database it concerned', () => {
  type Row = {
    readonly actor_id: string | null
    readonly actor_type: string
    readonly route: string
    readonly status: number
  }
  const readRows = async (place: 'own' | 'control', id: string): Promise<readonly Row[]> => {
    const database = place === 'own' ? await own() : world.reeve.node.deployment.control
    const text = 'select actor_id, actor_type, route, status from audit.request where request_id = $1'
    return (await database.connection((client) => client.query<Row>(text, [id]))).rows
  }
  const idOf = (reply: { readonly headers: Headers }): string => reply.headers.get('x-request-id') ?? ''
  async function expectLogged(place: 'own' | 'control', id: string, row: Partial<Row>): Promise<void> {
    await expect.poll(() => readRows(place, id), { timeout: 5000 }).toMatchObject([row])
    expect(await readRows(place === 'own' ? 'control' : 'own', id)).toEqual([])
  }
  const route = '/v1/chat/completions'

  test('a plain one under its member', async () => {
    const reply = await call(ask('echo'))
    await expectLogged('own', idOf(reply), { route, status: 200, actor_type: 'user' })
  })

  test('a stream', async () => {
    const reply = await call(ask('echo', { stream: true }))
    expect(reply.text).toContain('[DONE]')
    await expectLogged('own', idOf(reply), { route, status: 200, actor_type: 'user' })
  })

  test('a refused one', async () => {
    const reply = await call(ask('nobody-has-this'))
    await expectLogged('own', idOf(reply), { route, status: 404, actor_type: 'user' })
  })

  test('the list of models', async () => {
    const as = { key: world.organisation.api_key }
    const reply = await world.reeve.client.request('GET', '/v1/models', { as })
    await expectLogged('own', idOf(reply), { route: '/v1/models', status: 200, actor_type: 'user' })
  })

  test('one without a valid key, under nobody', async () => {
    for (const key of [forge('secret'), forge('organisation')]) {
      const reply = await call(ask('echo'), key)
      await expectLogged('control', idOf(reply), { route, status: 401, actor_type: 'anonymous', actor_id: null })
    }
  })

  test('one whose client went away', async () => {
    await addModel('slow', { is_global: true })
    world.provider.reset()
    const controller = new AbortController()
    const { client } = world.reeve
    const reply = await fetch(`${client.url}${route}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${world.organisation.api_key}`, 'content-type': 'application/json' },
      body: JSON.stringify(ask('slow', { stream: true })),
      signal: controller.signal,
    })
    controller.abort()
    await world.provider.waitForAbort()
    await expectLogged('own', idOf(reply), { route, status: 200, actor_type: 'user' })
  })

  test('one whose client went away before there was an answer', async () => {
    await addModel('hang', { is_global: true })
    world.provider.reset()
    const controller = new AbortController()
    const body = JSON.stringify(ask('hang'))
    const headers = { authorization: `Bearer ${world.organisation.api_key}`, 'content-type': 'application/json' }
    const url = `${world.reeve.client.url}${route}`
    const gone = fetch(url, { method: 'POST', headers, body, signal: controller.signal }).catch(() => null)
    await world.provider.waitForRequest()
    controller.abort()
    expect(await gone).toBeNull()
    const countGone = async () => {
      const text = 'select count(*)::int as count from audit.request where status = 499'
      const { rows } = await (await own()).connection((client) => client.query<{ count: number }>(text))
      return rows[0]?.count
    }
    await expect.poll(countGone, { timeout: 5000 }).toBe(1)
  })

  test('none of the six paths that no log needs to tell of', async () => {
    const { client, node } = world.reeve
    const paths = ['/healthz', '/readyz', '/metrics', '/openapi.json']
    const replies = await Promise.all(paths.map((path) => client.request('GET', path)))
    expect(replies.map((reply) => reply.status)).toEqual(paths.map(() => 200))
    // A later request has been written, so these would have been.
    const later = await client.request('GET', '/v1/nothing')
    await expectLogged('control', idOf(later), { status: 404 })
    for (const reply of replies) expect(await readRows('control', idOf(reply))).toEqual([])
    expect(node.url).toBe(client.url)
  })
})

test('what was decided on facts that the platform has changed is neither the answer nor in the log', async () => {
  const { client } = world.reeve
  const as = await world.asSuperadmin()
  const countRefusals = async () => {
    const { rows } = await (await own()).connection((connection) =>
      connection.query<{ count: number }>(
        `select count(*)::int as count from audit.entry where outcome = 'refused' and data->>'model' = 'coming'`,
      ),
    )
    return rows[0]?.count
  }
  expect((await call(ask('coming'))).status).toBe(404)
  expect(await countRefusals()).toBe(1)
  const model_id = await addModel('coming')
  await client.call('PUT', `/api/platform/models/${model_id}/assignments/${world.organisation.id}`, { as })
  expect((await call(ask('coming'))).status).toBe(200)
  await client.call('DELETE', `/api/platform/models/${model_id}/assignments/${world.organisation.id}`, { as })
  expect((await call(ask('coming'))).status).toBe(404)
  expect(await countRefusals()).toBe(2)
})

test('a member who may not run in the project of the key is refused, and the log tells', async () => {
  const { client } = world.reeve
  const as = await world.asOwner()
  const base = `/api/orgs/${world.organisation.id}`
  const plain = world.organisation.members.find((each) => each.role === 'member' && each.designations.length === 0)
  if (plain === undefined) throw new Error('The world has a plain member')
  const member = (await client.call('GET', `${base}/members?limit=200`, { as }))
    .list('items')
    .find((each) => each.text('email') === plain.email)
  const project = await client.call('POST', `${base}/projects`, { as, body: { name: 'Secret plans' } })
  const place = `${base}/projects/${project.text('id')}/members/${member?.text('id')}`
  await client.call('PUT', place, { as, body: { role: 'operator' } })
  const made = await client.call('POST', `${base}/me/api-keys`, {
    as: await world.signIn(plain),
    body: { name: 'Own key', scopes: ['run.execute'], project_id: project.text('id') },
  })
  const key = made.text('key')
  expect((await call(ask('echo'), key)).status).toBe(200)
  await client.call('DELETE', place, { as })
  const refused = await call(ask('echo'), key)
  expect([refused.status, refused.body]).toMatchObject([403, { error: { code: 'project_role_missing' } }])
  const entries = await client.call('GET', `${base}/audit/entries?event=policy.check_failed&limit=1`, { as })
  expect(entries.list('items')[0]?.body).toMatchObject({ outcome: 'refused', reason_code: 'project_role_missing' })
  const listed = await client.request('GET', '/v1/models', { as: { key } })
  expect([listed.status, listed.body]).toMatchObject([403, { error: { code: 'project_role_missing' } }])
})

test('an Idempotency-Key that is none is refused in the shape of OpenAI', async () => {
  const reply = await call(ask('echo'), undefined, { 'idempotency-key': 'two words' })
  expect([reply.status, reply.body]).toMatchObject([400, { error: { code: 'idempotency_key_invalid' } }])
})

test.each([
  ['GET', '/v1/nothing', 404],
  ['GET', '/v1/chat/completions', 404],
  ['GET', '/v1/models/not/there', 404],
])('%s %s is answered in the shape of OpenAI', async (method, path, status) => {
  const reply = await world.reeve.client.request(method, path, { as: { key: world.organisation.api_key } })
  expect([reply.status, reply.body]).toMatchObject([status, { error: { code: 'not_found', type: 'not_found_error' } }])
})

test('a model is found by its name, whatever is in it', async () => {
  await addModel('vendor/model-7:beta', { is_global: true })
  const as = { key: world.organisation.api_key }
  const reply = await world.reeve.client.request('GET', '/v1/models/vendor/model-7:beta', { as })
  expect(reply.body).toMatchObject({ id: 'vendor/model-7:beta', object: 'model' })
})
