// What governs a call beside its model, and what becomes of one that the provider breaks, as its caller and the ledger see it.

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type Administration, type Calls, enableCalls, startAdministration } from '../../test/administration.ts'
import { answered, type Reply } from '../../test/client.ts'
import { newId } from '../kernel/id.ts'

let office: Administration
let calls: Calls
let key: string
beforeAll(async () => {
  office = await startAdministration()
  calls = await enableCalls(office)
  key = await makeKey({})
  const { client, superadmin: as } = office
  const provider_id = (await client.call('GET', '/api/platform/providers', { as })).list('items')[0]?.text('id')
  const price = { input_micros_per_mtok: 1_000_000, cached_input_micros_per_mtok: 0, output_micros_per_mtok: 1_000_000 }
  for (const name of ['cut-mid-stream:3', 'no-usage', 'always-500', 'slow']) {
    const body = { provider_id, name, price, default_output_tokens: 256, is_global: true }
    await client.call('POST', '/api/platform/models', { as, body })
  }
})
afterAll(async () => {
  await calls.stop()
  await office.stop()
})

async function makeKey(more: object): Promise<string> {
  const { path, owner } = office.organisation
  const body = { name: 'Key', scopes: ['run.execute'], ...more }
  return (await office.client.call('POST', `${path}/me/api-keys`, { as: owner.as, body })).text('key')
}

function call(model: string, headers: Record<string, string> = {}, more: object = {}, as = key): Promise<Reply> {
  const body = { model, messages: [{ role: 'user', content: 'hello' }], ...more }
  return office.client.request('POST', '/v1/chat/completions', { as: { key: as }, body, headers })
}

const inside: <Result>(work: Parameters<typeof office.inside<Result>>[1]) => Promise<Result> = (work) =>
  office.inside(office.organisation.id, work)

/** How a call ended, once it is settled. */
async function settled(execution_id: string | null) {
  const read = () =>
    inside((tx) =>
      tx.selectFrom('execution.execution').selectAll().where('id', '=', execution_id).executeTakeFirstOrThrow(),
    )
  await vi.waitUntil(async () => (await read()).state !== 'running', { timeout: 10_000 })
  return read()
}
const idOf = (reply: Reply): string | null => reply.headers.get('x-reeve-execution-id')

/** The tokens that the organisation has used in all, once no call is open: what one holds counts as used. */
async function countTokens(): Promise<number> {
  const findRunning = () =>
    inside((tx) => tx.selectFrom('execution.execution').select('id').where('state', '=', 'running').execute())
  await vi.waitUntil(async () => (await findRunning()).length === 0, { timeout: 10_000 })
  const { total } = await inside((tx) =>
    tx
      .selectFrom('ledger.counter')
      .select((sum) => sum.fn.max('used_total_tokens').as('total'))
      .executeTakeFirstOrThrow(),
  )
  return total
}

const expectError = (reply: Reply, status: number, error: object): void =>
  expect([reply.status, reply.body]).toMatchObject([status, { error }])

describe('the use case of a call', () => {
  let cases: string
  let support: string
  beforeAll(async () => {
    const { path, owner } = office.organisation
    const projects = await office.client.call('GET', `${path}/projects`, { as: owner.as })
    cases = `${path}/projects/${projects.list('items')[0]?.text('id')}/use-cases`
    support = await makeUseCase('support')
    await makeUseCase('sales')
  })
  const makeUseCase = async (name: string): Promise<string> =>
    (await office.client.call('POST', cases, { as: office.organisation.owner.as, body: { name } })).text('id')
  const named = (name: string) => ({ 'x-reeve-use-case': name })

  test('is the one that its header names', async () => {
    const reply = await call('echo', named('support'))
    expect(reply.status).toBe(200)
    expect(await settled(idOf(reply))).toMatchObject({ use_case_id: support })
  })

  test('is refused where the project has none of that name', async () => {
    expectError(await call('echo', named('nothing')), 422, {
      code: 'use_case_unknown',
      params: { use_case: 'nothing' },
    })
  })

  test('is refused where the key is bound to another', async () => {
    const bound = await makeKey({ use_case_id: support })
    expectError(await call('echo', named('sales'), {}, bound), 403, { code: 'use_case_fixed' })
    expect((await call('echo', named('support'), {}, bound)).status).toBe(200)
    const reply = await call('echo', {}, {}, bound)
    expect(await settled(idOf(reply))).toMatchObject({ use_case_id: support })
  })

  test('must be named where one has a quota', async () => {
    const { path, owner } = office.organisation
    const body = { scope_kind: 'use_case', scope_id: support, period: 'day', limit_tokens: 1_000_000 }
    const quota = await office.client.call('PUT', `${path}/quotas`, { as: owner.as, body })
    expectError(await call('echo'), 422, { code: 'use_case_required', params: { rule: 'quota' } })
    expect((await call('echo', named('sales'))).status).toBe(200)
    await office.client.call('DELETE', `${path}/quotas/${quota.text('id')}`, { as: owner.as })
    expect((await call('echo')).status).toBe(200)
  })
})

test('a stream that the provider cuts is not charged, and its tokens count by estimate', async () => {
  const before = await countTokens()
  const reply = await call('cut-mid-stream:3', {}, { stream: true })
  expect(reply.text).toContain('provider_failed')
  const end = await settled(idOf(reply))
  expect(end).toMatchObject({ state: 'failed', reason_code: 'provider_cut', charge_micros: 0, tokens_estimated: true })
  expect(end.output_tokens).toBeGreaterThan(0)
  expect(await countTokens()).toBe(before + Number(end.input_tokens) + Number(end.output_tokens))
})

test.each([false, true])('a provider that reports no usage is charged by estimate (stream: %s)', async (stream) => {
  const reply = await call('no-usage', {}, { stream })
  expect(reply.status).toBe(200)
  const end = await settled(idOf(reply))
  expect(end).toMatchObject({ state: 'finalised', reason_code: 'completed', tokens_estimated: true })
  // Both prices are one micro a token.
  expect(end.charge_micros).toBe(Number(end.input_tokens) + Number(end.output_tokens))
  expect(end.charge_micros).toBeGreaterThan(0)
})

test('where errors are to be kept, the content of a failed call is kept and that of a completed one is not', async () => {
  const { path, owner } = office.organisation
  const setPolicy = (replaces: number, body: object) =>
    office.client.call('PUT', `${path}/policy?replaces=${replaces}`, {
      as: owner.as,
      body: { reason: 'For the test', ...body },
    })
  await setPolicy(0, { store_content: 'errors' })
  const failed = answered((await call('always-500')).body)
    .object('error')
    .object('params')
    .text('execution_id')
  const completed = idOf(await call('echo'))
  expect(await settled(failed)).toMatchObject({ state: 'failed' })
  expect(await settled(completed)).toMatchObject({ state: 'finalised' })
  const kept = await inside((tx) => tx.selectFrom('execution.content').select('execution_id').execute())
  expect(kept).toEqual([{ execution_id: failed }])
  await setPolicy(1, {})
})

describe('a repeated Idempotency-Key', () => {
  /** The one entry in the log of a repetition that was refused names the call that the key stands for. */
  async function expectLogged(reply: Reply, reason_code: string, execution_id: string | null): Promise<void> {
    const entries = await inside((tx) =>
      tx
        .selectFrom('audit.entry')
        .select(['event', 'outcome', 'reason_code', 'execution_id'])
        .where('request_id', '=', reply.headers.get('x-request-id'))
        .execute(),
    )
    expect(entries).toEqual([{ event: 'policy.check_failed', outcome: 'refused', reason_code, execution_id }])
  }

  test('after a stream is told that it was done, and which call it was', async () => {
    const again = { 'idempotency-key': newId() }
    const first = await call('echo', again, { stream: true })
    expect(first.text).toContain('[DONE]')
    const second = await call('echo', again, { stream: true })
    expectError(second, 409, { code: 'already_done', params: { execution_id: idOf(first) } })
    await expectLogged(second, 'already_done', idOf(first))
  })

  test('with another body is refused, and changes nothing', async () => {
    const again = { 'idempotency-key': newId() }
    const first = await call('echo', again)
    const other = await call('echo', again, { max_tokens: 7 })
    expectError(other, 422, { code: 'idempotency_mismatch' })
    await expectLogged(other, 'idempotency_mismatch', idOf(first))
    expect((await call('echo', again)).text).toBe(first.text)
  })

  test('while the first call runs is told to wait', async () => {
    const again = { 'idempotency-key': newId() }
    calls.provider.reset()
    const first = call('slow', again)
    await calls.provider.waitForRequest()
    const second = await call('slow', again)
    calls.provider.release()
    expectError(second, 409, { code: 'idempotency_in_flight', params: { execution_id: idOf(await first) } })
    expect(second.headers.get('retry-after')).toBe('1')
    await expectLogged(second, 'idempotency_in_flight', idOf(await first))
    expect((await call('slow', again)).text).toBe((await first).text)
    expect(calls.provider.requests).toHaveLength(1)
  })
})
