import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type Administration,
  type Calls,
  enableCalls,
  entriesOf,
  expectRefusal,
  memberOf,
  type Person,
  startAdministration,
} from '../../test/administration.ts'
import { publishApp, runApp } from '../../test/apps.ts'
import { answered } from '../../test/client.ts'
import { smallContract } from '../apps/arbitrary-contract.ts'
import type { AppContract } from '../apps/contract.ts'
import type { AppNode } from '../apps/node.ts'
import { newId } from '../kernel/id.ts'
import { findLedgerViolations } from '../ledger/invariants.ts'

let office: Administration
let calls: Calls
let member: Person
beforeAll(async () => {
  office = await startAdministration()
  calls = await enableCalls(office)
  member = await office.join()
}, 120_000)
afterAll(async () => {
  await office.stop()
  await calls.stop()
})

type Change = Omit<Partial<AppContract>, 'governance'> & { readonly governance?: Partial<AppContract['governance']> }

const contractOf = (change: Change): AppContract => {
  const base = smallContract()
  return { ...base, ...change, governance: { ...base.governance, ...change.governance } }
}

const pipeline = (...nodes: readonly AppNode[]) => ({ pipeline: { nodes: [...nodes] } })

const row = async (id: unknown) => {
  const { rows } = await office.inside(office.organisation.id, (tx) =>
    sql<
      Record<string, unknown>
    >`select e.*, r.* from execution.execution e join execution.run r on r.execution_id = e.id
      where e.id = ${id}`.execute(tx),
  )
  return rows[0]
}

test('an app that nobody needs to supervise runs to its end, charged exactly its quote', async () => {
  const app = await publishApp(office, smallContract())
  const reply = await runApp(office, member, app, { input: { question: 'Why?' } })
  expect(reply.body).toMatchObject({
    state: 'finalised',
    status: 'completed',
    quote_micros: 10_000,
    charge_micros: 10_000,
  })
  expect(reply.body).toMatchObject({ is_charged: true, model_calls: 1, steps: [{ path: '0', state: 'succeeded' }] })
  const id = memberOf(reply.body, 'id')
  const content = await office.client.call('GET', `${office.organisation.path}/runs/${String(id)}/content`, {
    as: member.as,
  })
  expect(content.body).toMatchObject({ input: { question: 'Why?' }, is_sealed: true })
  expect(memberOf(memberOf(content.body, 'output'), 'answer')).toContain('Why?')
  expect(await office.inside(office.organisation.id, findLedgerViolations)).toEqual([])
})

const failed = async (contract: AppContract, input: object = { question: 'Why?' }) => {
  const reply = await runApp(office, member, await publishApp(office, contract), { input })
  expect(reply.body).toMatchObject({ state: 'failed', status: 'failed', charge_micros: 0, is_charged: false })
  expect(await office.inside(office.organisation.id, findLedgerViolations)).toEqual([])
  return answered(reply.body)
}

const transform = (id: string, expression: string): AppNode => ({ id, title: id, type: 'transform', expression })

test('a run whose output breaks its schema fails, uncharged, with the violated places', async () => {
  const result = { schema: { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'] } }
  const run = await failed(contractOf({ ...pipeline(transform('a', '{"n": "x"}')), result }))
  expect(run.body).toMatchObject({ reason_code: 'output_invalid', failure: '/n: must be integer' })
})

test('a run that needs more steps than it may take fails, uncharged', async () => {
  const nodes = pipeline(transform('a', '1'), transform('answer', '"x"'))
  const run = await failed(contractOf({ ...nodes, governance: { max_steps: 1 } }))
  expect(run.text('reason_code')).toBe('step_limit')
})

test('a run whose time is used up fails, uncharged', async () => {
  const slow: AppNode = { id: 'answer', title: 'A', type: 'prompt', prompt: 'x', output: 'text', model: 'slow:20000' }
  await office.client.call('POST', '/api/platform/models', { as: office.superadmin, body: await slowModel() })
  const run = await failed(contractOf({ ...pipeline(slow), governance: { max_execution_seconds: 1 } }))
  expect(run.text('reason_code')).toBe('time_limit')
})

const slowModel = async () => {
  const providers = await office.client.call('GET', '/api/platform/providers', { as: office.superadmin })
  const price = { input_micros_per_mtok: 1, cached_input_micros_per_mtok: 1, output_micros_per_mtok: 1 }
  const provider_id = providers.list('items')[0]?.text('id')
  return { provider_id, name: 'slow:20000', price, is_global: true }
}

test('an app that demands acknowledgement waits as a draft, its hold kept', async () => {
  const app = await publishApp(office, contractOf({ governance: { supervision: { required: true } } }))
  const reply = await runApp(office, member, app, { input: { question: 'Why?' } })
  expect(reply.body).toMatchObject({ state: 'draft', status: 'awaiting_review', is_charged: null, level1: true })
  expect(memberOf(memberOf(reply.body, 'open_level'), 'level')).toBe(1)
  expect(await row(memberOf(reply.body, 'id'))).toMatchObject({ hold_micros: 10_000, charge_micros: null })
})

test('a quote is the same for the same input, and confirms exactly that', async () => {
  const app = await publishApp(office, smallContract())
  const path = `${office.organisation.path}/apps/${app}/quotes`
  const ask = (question: string) => office.client.call('POST', path, { as: member.as, body: { input: { question } } })
  const quote = await ask('Why?')
  expect((await ask('Why?')).body).toMatchObject({ quote_micros: memberOf(quote.body, 'quote_micros'), levels: [] })
  const quote_id = quote.text('id')
  expectRefusal(
    await runApp(office, member, app, { input: { question: 'Other' }, quote_id }),
    409,
    'quote_not_confirmed',
  )
  expectRefusal(
    await runApp(office, office.organisation.owner, app, { input: { question: 'Why?' }, quote_id }),
    409,
    'quote_not_confirmed',
  )
  expect((await runApp(office, member, app, { input: { question: 'Why?' }, quote_id })).status).toBe(201)
  await office.inside(office.organisation.id, (tx) =>
    sql`update execution.quote set expires_at = now() - interval '1 s'`.execute(tx),
  )
  expectRefusal(await runApp(office, member, app, { input: { question: 'Why?' }, quote_id }), 409, 'quote_expired')
  const cheap = { input: { question: 'Why?' }, max_price_micros: 9999 }
  expectRefusal(await runApp(office, member, app, cheap), 409, 'quote_not_confirmed')
})

test('every refusal of a gate is one entry, and costs nothing', async () => {
  const app = await publishApp(office, smallContract())
  const before = await entriesOf(office, office.organisation.id, 'policy.check_failed')
  expectRefusal(await runApp(office, member, app, { input: {} }), 422, 'invalid_input')
  expectRefusal(await runApp(office, member, newId(), { input: {} }), 404, 'not_found')
  expectRefusal(
    await runApp(office, member, app, { input: { question: 'x' }, max_price_micros: 0 }),
    409,
    'quote_not_confirmed',
  )
  const after = await entriesOf(office, office.organisation.id, 'policy.check_failed')
  const told = after.slice(before.length)
  expect(told.map(({ data, reason_code }) => [memberOf(data, 'gate'), reason_code])).toEqual([
    [8, 'invalid_input'],
    [5, 'not_found'],
    [12, 'quote_not_confirmed'],
  ])
  expect(await office.inside(office.organisation.id, findLedgerViolations)).toEqual([])
})

test('the same Idempotency-Key makes one run, and another input under it is refused', async () => {
  const app = await publishApp(office, smallContract())
  const headers = { 'idempotency-key': newId() }
  const replies = await Promise.all(
    Array.from({ length: 4 }, () => runApp(office, member, app, { input: { question: 'Once?' } }, headers)),
  )
  const made = replies.filter(({ status }) => status === 201)
  expect(new Set(made.map(({ body }) => memberOf(body, 'id'))).size).toBe(1)
  for (const { status } of replies) expect([201, 409]).toContain(status)
  expectRefusal(
    await runApp(office, member, app, { input: { question: 'Twice?' } }, headers),
    422,
    'idempotency_mismatch',
  )
  const list = await office.client.call('GET', `${office.organisation.path}/runs?app_id=${app}`, { as: member.as })
  expect(list.list('items')).toHaveLength(1)
})

test('branches, conditions and lists run as they are drawn, each step recorded once', async () => {
  const contract = contractOf({
    ...pipeline(
      {
        id: 'both',
        title: 'Both',
        type: 'parallel',
        branches: [[transform('l', '"left"')], [transform('r', '"right"')]],
      },
      {
        id: 'each',
        title: 'Each',
        type: 'for_each',
        items: '[1..3]',
        as: 'n',
        max_items: 5,
        concurrency: 2,
        nodes: [transform('double', 'n * 2')],
      },
      transform('end', '{"answer": l & r & $join($map(each, $string), ",")}'),
    ),
    result: { schema: smallContract().result.schema },
  })
  const reply = await runApp(office, member, await publishApp(office, contract), { input: { question: 'x' } })
  expect(reply.body, reply.text).toMatchObject({ state: 'finalised' })
  const steps = answered(reply.body).list('steps')
  expect(steps.map((step) => step.text('path')).sort()).toEqual([
    '0',
    '0.b0.0',
    '0.b1.0',
    '1',
    '1[0].0',
    '1[1].0',
    '1[2].0',
    '2',
  ])
})

test('an app runs another one inside its own quote, and none that is not there', async () => {
  const inner = await publishApp(office, smallContract())
  const call = (app: string): AppNode => ({
    id: 's',
    title: 'S',
    type: 'sub_app',
    app,
    input: { question: '{{input.question}}' },
  })
  const contract = (app: string) =>
    contractOf({ ...pipeline(call(app)), result: { schema: smallContract().result.schema } })
  const reply = await runApp(office, member, await publishApp(office, contract(inner)), {
    input: { question: 'Deep?' },
  })
  expect(reply.body, reply.text).toMatchObject({ state: 'finalised', charge_micros: 10_000, model_calls: 1 })
  const missing = await publishApp(office, contract(newId()))
  expectRefusal(await runApp(office, member, missing, { input: { question: 'x' } }), 409, 'app_invalid')
  const self = newId()
  await publishApp(office, contract(self), self)
  expectRefusal(await runApp(office, member, self, { input: { question: 'x' } }), 409, 'app_invalid')
})
