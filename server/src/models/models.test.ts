import { afterAll, beforeAll, expect, test } from 'vitest'
import { startWorld, type World } from '../../test/world.ts'

let world: World
let superadmin: { readonly cookie: string }
let owner: { readonly cookie: string }
beforeAll(async () => {
  world = await startWorld(2)
  superadmin = await world.asSuperadmin()
  owner = await world.asOwner()
})
afterAll(() => world.stop())

const PRICE = {
  input_micros_per_mtok: 1_000_000,
  cached_input_micros_per_mtok: 100_000,
  output_micros_per_mtok: 2_000_000,
}
const call = (...args: Parameters<World['reeve']['client']['call']>) => world.reeve.client.call(...args)
const request = (...args: Parameters<World['reeve']['client']['request']>) => world.reeve.client.request(...args)
const org = (path: string): string => `/api/orgs/${world.organisation.id}${path}`
const memberAs = async (role: string) => {
  const member = world.organisation.members.find((each) => each.email.startsWith(role))
  if (member === undefined) throw new Error(`Nobody is ${role}`)
  return world.signIn(member)
}

async function addOwnModel(name: string): Promise<{ provider_id: string; model_id: string }> {
  const draft = { name: `Provider of ${name}`, type: 'openai_compatible', base_url: `${world.provider.url}/v1` }
  const provider_id = (await call('POST', org('/providers'), { as: owner, body: draft })).text('id')
  await call('PUT', org(`/providers/${provider_id}/key`), {
    as: owner,
    body: { key: 'sk-own-key-of-the-organisation' },
  })
  const model = await call('POST', org('/own-models'), { as: owner, body: { provider_id, name, price: PRICE } })
  return { provider_id, model_id: model.text('id') }
}

const complete = (model: string) =>
  request('POST', '/v1/chat/completions', {
    as: { key: world.organisation.api_key },
    body: { model, messages: [{ role: 'user', content: 'hello' }] },
  })

test("the organisation's own model may be called only once it is assigned, and no longer when it is not", async () => {
  const { model_id } = await addOwnModel('own-echo')
  expect((await complete('own-echo')).status).toBe(404)
  await call('PUT', org(`/own-models/${model_id}/assignment`), { as: owner })
  expect((await complete('own-echo')).status).toBe(200)
  await call('DELETE', org(`/own-models/${model_id}/assignment`), { as: owner })
  expect((await complete('own-echo')).status).toBe(404)
})

test('a provider that is switched off serves nobody from the next call on', async () => {
  const { provider_id, model_id } = await addOwnModel('own-switch')
  await call('PUT', org(`/own-models/${model_id}/assignment`), { as: owner })
  expect((await complete('own-switch')).status).toBe(200)
  await call('PATCH', org(`/providers/${provider_id}`), { as: owner, body: { status: 'disabled' } })
  const refused = await complete('own-switch')
  expect(refused.status).toBe(403)
  expect(refused.text).toContain('provider_disabled')
})

test('a key goes in and never comes out, and a new one is used by the next call', async () => {
  const { provider_id, model_id } = await addOwnModel('own-key')
  await call('PUT', org(`/own-models/${model_id}/assignment`), { as: owner })
  const key = 'sk-a-newer-key-0123456789abcd'
  const answer = await request('PUT', org(`/providers/${provider_id}/key`), { as: owner, body: { key } })
  const listed = await request('GET', org('/providers'), { as: owner })
  for (const text of [answer.text, listed.text]) {
    expect(text).not.toContain(key)
    expect(text).toContain('abcd')
  }
  world.provider.reset()
  expect((await complete('own-key')).status).toBe(200)
  expect(world.provider.requests.at(-1)?.headers.authorization).toBe(`Bearer ${key}`)
})

test('an admin sees that a provider has a key, and not even its mask', async () => {
  const { provider_id } = await addOwnModel('own-mask')
  const seenBy = async (as: { readonly cookie: string }) => {
    const { list } = await call('GET', org('/providers'), { as })
    return list('items').find((each) => each.text('id') === provider_id)?.body
  }
  expect(await seenBy(await memberAs('admin'))).toMatchObject({ has_key: true, key_mask: null })
  expect(JSON.stringify(await seenBy(owner))).toMatch(/"key_mask":"[^"]*tion"/)
})

test('a platform model that is neither global nor assigned does not exist for an organisation', async () => {
  const providers = await call('GET', '/api/platform/providers', { as: superadmin })
  const provider_id = providers.list('items')[0]?.text('id')
  const body = { provider_id, name: 'rare-model', price: PRICE }
  const model_id = (await call('POST', '/api/platform/models', { as: superadmin, body })).text('id')
  expect((await complete('rare-model')).status).toBe(404)
  const assignment = `/api/platform/models/${model_id}/assignments/${world.organisation.id}`
  await call('PUT', assignment, { as: superadmin })
  expect((await complete('rare-model')).status).toBe(200)
  await call('DELETE', assignment, { as: superadmin })
  expect((await complete('rare-model')).status).toBe(404)
  await call('PATCH', `/api/platform/models/${model_id}`, { as: superadmin, body: { is_global: true } })
  expect((await complete('rare-model')).status).toBe(200)
})

test('a price is a version: the next call is charged by the new one, the old call stays as it was', async () => {
  const { model_id } = await addOwnModel('own-price')
  await call('PUT', org(`/own-models/${model_id}/assignment`), { as: owner })
  const first = (await complete('own-price')).headers.get('x-reeve-execution-id')
  const dearer = { ...PRICE, output_micros_per_mtok: 20_000_000 }
  const model = await call('POST', org(`/own-models/${model_id}/prices`), { as: owner, body: dearer })
  expect(model.body).toMatchObject({ price_version: 2, output_micros_per_mtok: 20_000_000 })
  const second = (await complete('own-price')).headers.get('x-reeve-execution-id')
  const read = async (id: string | null) => (await call('GET', org(`/executions/${id}`), { as: owner })).body
  await expect.poll(() => read(first), { timeout: 10_000 }).toMatchObject({ price_version: 1, state: 'finalised' })
  await expect.poll(() => read(second), { timeout: 10_000 }).toMatchObject({ price_version: 2, state: 'finalised' })
})

test.each([
  ['member', 'POST', '/providers', { name: 'x', type: 'openai_compatible', base_url: 'https://x.example' }],
  ['admin', 'POST', '/providers', { name: 'x', type: 'openai_compatible', base_url: 'https://x.example' }],
  ['member', 'GET', '/providers', undefined],
])('%s may not %s %s', async (role, method, path, body) => {
  const refused = await request(method, org(path), { as: await memberAs(role), ...(body && { body }) })
  expect(refused.status).toBe(403)
  expect(refused.body).toMatchObject({ code: 'forbidden' })
})

test('an owner is refused the platform like a member', async () => {
  for (const as of [owner, await memberAs('member')]) {
    expect((await request('GET', '/api/platform/providers', { as })).status).toBe(403)
  }
})

test.each([
  ['ftp://x.example', 422],
  ['https://user:secret@x.example', 422],
  ['http://169.254.169.254/latest', 422],
  ['not a url', 422],
])('a provider at %s is refused', async (base_url, status) => {
  const body = { name: `Odd ${base_url}`, type: 'openai_compatible', base_url }
  expect((await request('POST', org('/providers'), { as: owner, body })).status).toBe(status)
})

test('a name is taken once, and another organisation may use it too', async () => {
  const { provider_id } = await addOwnModel('own-taken')
  const body = { provider_id, name: 'own-taken', price: PRICE }
  const again = await request('POST', org('/own-models'), { as: owner, body })
  expect(again.body).toMatchObject({ status: 409, code: 'model_name_taken' })
  const other = world.demo.organisations[1]
  if (other === undefined) throw new Error('The world has two organisations')
  const foreign = await request('POST', `/api/orgs/${other.id}/own-models`, {
    as: await world.signIn(other.owner),
    body,
  })
  expect(foreign.status).toBe(404)
})

test('bounds that contradict each other are refused by name', async () => {
  const { provider_id } = await addOwnModel('own-bounds')
  const body = { provider_id, name: 'odd', price: PRICE, default_output_tokens: 500, max_output_tokens: 100 }
  const refused = await request('POST', org('/own-models'), { as: owner, body })
  expect(refused.body).toMatchObject({ code: 'output_bounds_refused', fields: [{ pointer: '/default_output_tokens' }] })
})

test('each change stands in the log, and no key does', async () => {
  const log = await request('GET', org('/audit/entries?limit=200'), { as: owner })
  for (const event of [
    'provider.added',
    'provider.updated',
    'secret.rotated',
    'model.added',
    'model.priced',
    'model.granted',
    'model.revoked',
  ]) {
    expect(log.text).toContain(`"event":"${event}"`)
  }
  expect(log.text).not.toContain('sk-')
})
