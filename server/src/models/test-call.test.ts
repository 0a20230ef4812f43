import { afterAll, beforeAll, expect, test } from 'vitest'
import type { As } from '../../test/client.ts'
import { startWorld, type World } from '../../test/world.ts'
import { newId } from '../kernel/id.ts'
import { Secret } from '../keys/secret.ts'
import { callForTest, type TestTarget } from './test-call.ts'

const KEY = 'sk-a-key-that-nobody-sees-0123'
const PRICE = { input_micros_per_mtok: 1, cached_input_micros_per_mtok: 1, output_micros_per_mtok: 1 }

let world: World
let superadmin: As
let owner: As
beforeAll(async () => {
  world = await startWorld(2)
  superadmin = await world.asSuperadmin()
  owner = await world.asOwner()
})
afterAll(() => world.stop())

const secrets = { get: async () => ({ value: new Secret(KEY), version: 1 }) }
const target = (base_url: string): TestTarget => ({
  id: newId(),
  name: 'Tested',
  base_url,
  secret_path: 'platform/providers/tested',
  secret_version: 1,
})
const ask = (model: string | null, base_url = `${world.provider.url}/v1`, timeout_ms = 5000) =>
  callForTest({ secrets, egress: { allow_private: true }, timeout_ms }, target(base_url), model)

test('a provider that answers says which models it serves, and a model that answers is enough', async () => {
  const listed = await ask(null)
  expect(listed).toMatchObject({ ok: true, status: 200, error: null })
  expect(listed.models).toContain('echo')
  expect(await ask('echo')).toMatchObject({ ok: true, status: 200, error: null, models: [] })
})

test.each([
  ['status:403', 'key_refused'],
  ['status:404', 'not_found'],
  ['always-429', 'rate_limited'],
  ['always-500:503', 'provider_failed'],
  ['status:400', 'refused'],
  ['redirect', 'redirect'],
  ['refuse', 'unreachable'],
  ['malformed-json', 'bad_answer'],
  ['empty', 'bad_answer'],
  ['huge-body:3', 'bad_answer'],
])('what %s does is told as %s', async (model, error) => {
  expect(await ask(model)).toMatchObject({ ok: false, error })
})

test('a provider that never answers is given up after a while', async () => {
  expect(await ask('hang', undefined, 100)).toMatchObject({ ok: false, error: 'timeout', status: null })
})

test('an address that Reeve may not connect to is not connected to', async () => {
  const guarded = { secrets, egress: { allow_private: false } }
  const before = world.provider.requests.length
  for (const url of [`${world.provider.url}/v1`, 'http://169.254.169.254/v1', 'https://localhost:1/v1']) {
    expect(await callForTest(guarded, target(url), null)).toMatchObject({ ok: false, error: 'egress_refused' })
  }
  expect(world.provider.requests.length).toBe(before)
})

test('a key that cannot be read is told, and a key that the provider repeats is left out', async () => {
  const away = { get: () => Promise.reject(new Error('away')) }
  const url = `${world.provider.url}/v1`
  expect(await callForTest({ secrets: away, egress: { allow_private: true } }, target(url), null)).toMatchObject({
    ok: false,
    error: 'key_unavailable',
  })
  const repeated = await ask('echo-key')
  expect(repeated.message).toMatch(/^Incorrect API key provided: Bearer …/)
  expect(JSON.stringify(repeated)).not.toContain(KEY)
})

const call = (...args: Parameters<World['reeve']['client']['call']>) => world.reeve.client.call(...args)
const request = (...args: Parameters<World['reeve']['client']['request']>) => world.reeve.client.request(...args)

test('a super-admin tests a provider of the platform with one of its models, and the log tells of it', async () => {
  const models = await call('GET', '/api/platform/models', { as: superadmin })
  const model = models.list('items')[0]
  const provider = model?.text('provider_id') ?? ''
  const path = `/api/platform/providers/${provider}/test-calls`
  const body = { model: model?.text('id') }
  expect((await call('POST', path, { as: superadmin, body })).body).toMatchObject({ ok: true })
  expect((await request('POST', path, { as: owner, body })).status).toBe(403)
  expect((await request('POST', path, { as: superadmin, body: { model: newId() } })).status).toBe(404)
  const log = await call('GET', '/api/platform/audit/entries?event=provider.tested', { as: superadmin })
  expect(log.list('items')).toHaveLength(1)
  expect(log.list('items')[0]?.body).toMatchObject({ outcome: 'succeeded', target_id: provider })
})

test('an owner tests a provider of the own organisation; others may not, and another organisation has none', async () => {
  const base = `/api/orgs/${world.organisation.id}`
  const draft = { name: 'Own', type: 'openai_compatible', base_url: `${world.provider.url}/v1` }
  const provider = (await call('POST', `${base}/providers`, { as: owner, body: draft })).text('id')
  const path = `${base}/providers/${provider}/test-calls`
  const keyless = await call('POST', path, { as: owner })
  expect(keyless.body).toMatchObject({ ok: false, error: 'key_refused', status: 401 })
  await call('PUT', `${base}/providers/${provider}/key`, { as: owner, body: { key: KEY } })
  const model = await call('POST', `${base}/own-models`, {
    as: owner,
    body: { provider_id: provider, name: 'own-echo', upstream_name: 'echo', price: PRICE },
  })
  expect((await call('POST', path, { as: owner, body: { model: model.text('id') } })).body).toMatchObject({ ok: true })
  const admin = world.organisation.members.find(({ email }) => email.startsWith('admin@'))
  if (admin === undefined) throw new Error('The world has an admin')
  expect((await request('POST', path, { as: await world.signIn(admin) })).status).toBe(403)
  const [, foreign] = world.demo.organisations
  const elsewhere = `/api/orgs/${foreign?.id ?? ''}/providers/${provider}/test-calls`
  expect((await request('POST', elsewhere, { as: owner })).status).toBe(404)
  const log = await call('GET', `${base}/audit/entries?event=provider.tested`, { as: owner })
  expect(log.list('items').map((entry) => entry.text('outcome'))).toEqual(['succeeded', 'failed'])
  const prices = await call('GET', `${base}/own-models/${model.text('id')}/prices`, { as: owner })
  expect(prices.body).toMatchObject({ items: [{ version: 1, ...PRICE }] })
})

test('a super-admin reads which model is assigned where, from either side, and what it cost before', async () => {
  const providers = await call('GET', '/api/platform/providers', { as: superadmin })
  const provider_id = providers.list('items')[0]?.text('id')
  const body = { provider_id, name: 'rare', price: PRICE }
  const model = (await call('POST', '/api/platform/models', { as: superadmin, body })).text('id')
  const { id } = world.organisation
  const ofModel = async () => {
    const page = await call('GET', `/api/platform/models/${model}/assignments`, { as: superadmin })
    return page.list('items').find((each) => each.text('id') === id)?.body
  }
  const ofOrganisation = async () =>
    (await call('GET', `/api/platform/organisations/${id}/models`, { as: superadmin }))
      .list('items')
      .find((each) => each.text('id') === model)?.body
  expect(await ofModel()).toMatchObject({ is_assigned: false })
  expect(await ofOrganisation()).toMatchObject({ is_assigned: false, is_global: false, organisations: 0 })
  await call('PUT', `/api/platform/models/${model}/assignments/${id}`, { as: superadmin })
  expect(await ofModel()).toMatchObject({ is_assigned: true })
  expect(await ofOrganisation()).toMatchObject({ is_assigned: true, organisations: 1 })
  await call('POST', `/api/platform/models/${model}/prices`, {
    as: superadmin,
    body: { ...PRICE, output_micros_per_mtok: 5 },
  })
  const prices = await call('GET', `/api/platform/models/${model}/prices`, { as: superadmin })
  expect(prices.body).toMatchObject({
    items: [
      { version: 2, output_micros_per_mtok: 5 },
      { version: 1, ...PRICE },
    ],
  })
})
