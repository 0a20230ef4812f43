// The official SDK is the judge of the gateway: what it sends and understands is what Reeve must serve.

import OpenAI, { APIError, AuthenticationError, NotFoundError, RateLimitError } from 'openai'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answered } from './client.ts'
import { startWorld, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld(2)
})
afterAll(() => world.stop())

const clientOf = (apiKey: string): OpenAI =>
  new OpenAI({ baseURL: `${world.reeve.client.url}/v1`, apiKey, maxRetries: 0 })
const sdk = (): OpenAI => clientOf(world.organisation.api_key)
const ask = (model: string, content = 'hello') => ({ model, messages: [{ role: 'user' as const, content }] })

/** Models of the fake provider that stand for failures are added as the super-admin would add them. */
async function addModel(name: string): Promise<void> {
  const as = await world.asSuperadmin()
  const { client } = world.reeve
  const providers = await client.call('GET', '/api/platform/providers', { as })
  const provider_id = providers.list('items')[0]?.text('id')
  const price = {
    input_micros_per_mtok: 1_000_000,
    cached_input_micros_per_mtok: 100_000,
    output_micros_per_mtok: 2_000_000,
  }
  const body = { provider_id, name, price, default_output_tokens: 200, max_output_tokens: 2000, is_global: true }
  await client.call('POST', '/api/platform/models', { as, body })
}

async function executionOf(id: string | null, organisation = world.organisation, owner = organisation.owner) {
  const as = await world.signIn(owner)
  const path = `/api/orgs/${organisation.id}/executions/${id}`
  return expect.poll(async () => (await world.reeve.client.call('GET', path, { as })).body, { timeout: 10_000 })
}

test('a plain call is answered, held, charged and logged', async () => {
  const { data, response } = await sdk().chat.completions.create(ask('echo', 'what is a reeve')).withResponse()
  expect(data.choices[0]?.message.content).toContain('what is a reeve')
  expect(data.usage?.total_tokens).toBeGreaterThan(0)
  const execution = await executionOf(response.headers.get('x-reeve-execution-id'))
  await execution.toMatchObject({
    state: 'finalised',
    reason_code: 'completed',
    input_tokens: data.usage?.prompt_tokens,
    output_tokens: data.usage?.completion_tokens,
  })
})

test('a stream arrives in chunks and hides the usage nobody asked for', async () => {
  const stream = await sdk().chat.completions.create({ ...ask('echo', 'stream this'), stream: true })
  let text = ''
  let chunks = 0
  for await (const chunk of stream) {
    chunks++
    text += chunk.choices[0]?.delta.content ?? ''
    expect(chunk.usage ?? null).toBeNull()
  }
  expect(text).toContain('stream this')
  expect(chunks).toBeGreaterThan(1)
})

test('a stream that asks for usage gets it', async () => {
  const stream = await sdk().chat.completions.create({
    ...ask('echo', 'count me'),
    stream: true,
    stream_options: { include_usage: true },
  })
  let usage: OpenAI.CompletionUsage | null = null
  for await (const chunk of stream) usage = chunk.usage ?? usage
  expect(usage?.total_tokens).toBeGreaterThan(0)
})

test('a client that goes away is charged for what was produced until then', async () => {
  await addModel('chunks:400:5')
  const { data: stream, response } = await sdk()
    .chat.completions.create({ ...ask('chunks:400:5'), stream: true })
    .withResponse()
  let seen = 0
  for await (const _chunk of stream) if (++seen === 3) break
  const execution = await executionOf(response.headers.get('x-reeve-execution-id'))
  await execution.toMatchObject({ state: 'finalised', reason_code: 'client_gone', tokens_estimated: true })
})

test('the models listed are those that may be called', async () => {
  const listed = await sdk().models.list()
  expect(listed.data.map((model) => model.id)).toContain('echo')
  await expect(sdk().models.retrieve('echo')).resolves.toMatchObject({ id: 'echo', object: 'model' })
  await expect(sdk().models.retrieve('gpt-none')).rejects.toBeInstanceOf(NotFoundError)
})

test('a model that was not assigned is refused and the refusal is logged', async () => {
  const error = await sdk()
    .chat.completions.create(ask('gpt-none'))
    .catch((caught: unknown) => caught)
  expect(error).toBeInstanceOf(NotFoundError)
  expect(error).toMatchObject({ status: 404, code: 'model_not_assigned' })
  const as = await world.asOwner()
  const path = `/api/orgs/${world.organisation.id}/audit/entries?event=policy.check_failed`
  const [entry] = (await world.reeve.client.call('GET', path, { as })).list('items')
  expect(entry?.body).toMatchObject({ outcome: 'refused', reason_code: 'model_not_assigned' })
})

test('a call beyond its token quota is refused with scope, window and reset', async () => {
  const as = await world.asOwner()
  const member = await ownMemberId(as)
  const quota = `/api/orgs/${world.organisation.id}/quotas`
  const budget = { scope_kind: 'user', scope_id: member, period: 'day', limit_tokens: 10 }
  const set = await world.reeve.client.call('PUT', quota, { as, body: budget })
  const error = await sdk()
    .chat.completions.create(ask('echo'))
    .catch((caught: unknown) => caught)
  expect(error).toBeInstanceOf(RateLimitError)
  expect(error).toMatchObject({
    status: 429,
    code: 'quota_exceeded',
    error: { params: { scope: 'user', window: 'day', limit: 10 } },
  })
  await world.reeve.client.call('DELETE', `${quota}/${set.text('id')}`, { as })
  await sdk().chat.completions.create(ask('echo'))
})

async function ownMemberId(as: { readonly cookie: string }): Promise<string> {
  const organisation = await world.reeve.client.call('GET', `/api/orgs/${world.organisation.id}`, { as })
  return organisation.object('membership').text('member_id')
}

test('an empty wallet refuses with 402 and says whom to ask', async () => {
  const second = world.demo.organisations[1]
  if (second === undefined) throw new Error('The world has two organisations')
  const as = await world.asSuperadmin()
  const wallet = await world.reeve.client.call('GET', `/api/orgs/${second.id}/wallet`, {
    as: await world.signIn(second.owner),
  })
  const available = Number(Reflect.get(Object(wallet.body), 'available_micros'))
  await world.reeve.client.call('POST', `/api/platform/organisations/${second.id}/wallet/adjustments`, {
    as,
    body: { amount_micros: -available, reason: 'Empty it' },
  })
  const error = await clientOf(second.api_key)
    .chat.completions.create(ask('echo'))
    .catch((caught: unknown) => caught)
  expect(error).toBeInstanceOf(APIError)
  expect(error).toMatchObject({ status: 402, code: 'wallet_insufficient' })
  expect(String(error)).toContain('administrator')
})

test('a revoked key is refused by the next call', async () => {
  const as = await world.asOwner()
  const base = `/api/orgs/${world.organisation.id}/me/api-keys`
  const made = await world.reeve.client.call('POST', base, {
    as,
    body: { name: 'Short-lived', scopes: ['run.execute'] },
  })
  const client = clientOf(made.text('key'))
  await client.chat.completions.create(ask('echo'))
  await world.reeve.client.call('DELETE', `${base}/${made.text('id')}`, { as })
  const error = await client.chat.completions.create(ask('echo')).catch((caught: unknown) => caught)
  expect(error).toBeInstanceOf(AuthenticationError)
  expect(error).toMatchObject({ code: 'invalid_api_key' })
})

test('a repeated Idempotency-Key gives the first answer and calls the provider once', async () => {
  const options = { headers: { 'idempotency-key': 'order-17' } }
  const first = await sdk().chat.completions.create(ask('echo', 'once'), options)
  world.provider.reset()
  const again = await sdk().chat.completions.create(ask('echo', 'once'), options).withResponse()
  expect(again.data).toEqual(first)
  expect(again.response.headers.get('idempotent-replayed')).toBe('true')
  expect(world.provider.requests).toHaveLength(0)
  const other = await sdk()
    .chat.completions.create(ask('echo', 'twice'), options)
    .catch((caught: unknown) => caught)
  expect(other).toMatchObject({ status: 422, code: 'idempotency_mismatch' })
})

test.each([
  ['always-500', 502, 'provider_failed'],
  ['always-429:1', 429, 'provider_rate_limited'],
  ['refuse', 502, 'provider_failed'],
  ['malformed-json', 502, 'provider_failed'],
])('what the provider %s breaks costs nothing', async (model, status, code) => {
  await addModel(model)
  const error = await sdk()
    .chat.completions.create(ask(model))
    .catch((caught: unknown) => caught)
  expect(error).toMatchObject({ status, code })
  const id = answered(Reflect.get(Object(error), 'error'))
    .object('params')
    .text('execution_id')
  await (await executionOf(id)).toMatchObject({ state: 'failed', charge_micros: 0 })
})

test('a provider that reports more than was held is charged up to the hold, and the log tells', async () => {
  await addModel('wrong-usage:1000000')
  const { response } = await sdk().chat.completions.create(ask('wrong-usage:1000000')).withResponse()
  const id = response.headers.get('x-reeve-execution-id')
  await (await executionOf(id)).toMatchObject({ state: 'finalised', output_tokens: 1_000_000 })
  const as = await world.asOwner()
  const record = await world.reeve.client.call('GET', `/api/orgs/${world.organisation.id}/executions/${id}`, { as })
  expect(Reflect.get(Object(record.body), 'charge_micros')).toBe(Reflect.get(Object(record.body), 'hold_micros'))
  const log = await world.reeve.client.call(
    'GET',
    `/api/orgs/${world.organisation.id}/audit/entries?event=wallet.overrun`,
    { as },
  )
  expect(log.list('items')).toHaveLength(1)
})

test('what is judged is what is sent', async () => {
  world.provider.reset()
  const url = `${world.reeve.client.url}/v1/chat/completions`
  const headers = { authorization: `Bearer ${world.organisation.api_key}`, 'content-type': 'application/json' }
  const twice = '{"model":"echo","model":"other","messages":[]}'
  const reply = await fetch(url, { method: 'POST', headers, body: twice })
  expect(reply.status).toBe(400)
  const odd =
    '{ "messages" : [{"role":"user","content":"x"}], "model":"echo", "temperature": 1.50, "x_unknown": {"a":[1, 2]} }'
  expect((await fetch(url, { method: 'POST', headers, body: odd })).status).toBe(200)
  const sent = world.provider.requests.at(-1)?.body.toString('utf8') ?? ''
  expect(sent).toContain('"temperature": 1.50')
  expect(sent).toContain('"x_unknown": {"a":[1, 2]}')
})
