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
import { publishApp, runApp, settledRun } from '../../test/apps.ts'
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
  await office.client.call('POST', '/api/platform/models', { as: office.superadmin, body: await slowModel() })
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

test('a tool behind a name that leads to a private address is not called, though providers may be private', async () => {
  const tool: AppNode = { id: 'answer', title: 'T', type: 'http_tool', method: 'GET', url: 'https://localhost:1/' }
  const run = await failed(contractOf(pipeline(tool)))
  expect(run.text('reason_code')).toBe('tool_address_refused')
})

test('a run that needs more steps than it may take fails, uncharged', async () => {
  const as = office.superadmin
  const tier = { position: 9, max_execution_seconds: null, max_input_bytes: null, max_steps: 1 }
  const path = `/api/platform/organisations/${office.organisation.id}/tier`
  await office.client.call('PUT', '/api/platform/tiers/one-step', { as, body: tier })
  await office.client.call('PUT', path, { as, body: { tier: 'one-step' } })
  const run = await failed(contractOf(pipeline(transform('a', '1'), transform('answer', '"x"'))))
  expect(run.text('reason_code')).toBe('step_limit')
  await office.client.call('PUT', path, { as, body: { tier: 'standard' } })
})

test('a run whose time is used up fails, uncharged', async () => {
  const slow: AppNode = { id: 'answer', title: 'A', type: 'prompt', prompt: 'x', output: 'text', model: 'slow:20000' }
  const run = await failed(contractOf({ ...pipeline(slow), governance: { max_execution_seconds: 1 } }))
  expect(run.text('reason_code')).toBe('time_limit')
})

test('a limit of the account tier that is narrowed while a run is under way ends it, and binds no later run once it is widened', async () => {
  const { client, organisation, reeve, superadmin } = office
  const slow = (id: string): AppNode => ({
    id,
    title: id,
    type: 'prompt',
    prompt: 'x',
    output: 'text',
    model: 'slow:20000',
  })
  const app = await publishApp(office, contractOf({ ...pipeline(slow('a'), slow('answer')) }))
  const begin = { as: member.as, body: { input: { question: 'Why?' }, max_price_micros: 20_000 } }
  const begun = await client.call('POST', `${organisation.path}/apps/${app}/runs`, begin)
  const tier = { position: 9, max_execution_seconds: 1, max_input_bytes: null, max_steps: 1 }
  const path = `/api/platform/organisations/${organisation.id}/tier`
  await client.call('PUT', '/api/platform/tiers/one-second', { as: superadmin, body: tier })
  await client.call('PUT', path, { as: superadmin, body: { tier: 'one-second' } })
  for (const job of reeve.node.runs.engine.jobs) await job.run(new AbortController().signal)
  const run = await settledRun(office, member, begun.text('id'))
  const failure = 'The run may take 1 s, and its time was used up.'
  expect(run.body).toMatchObject({ state: 'failed', reason_code: 'time_limit', failure, is_charged: false })
  await client.call('PUT', path, { as: superadmin, body: { tier: 'standard' } })
  const longer = await publishApp(office, contractOf(pipeline(transform('a', '1'), transform('answer', '"x"'))))
  const later = await runApp(office, member, longer, { input: { question: 'Why?' } })
  expect((await settledRun(office, member, String(memberOf(later.body, 'id')))).text('state')).toBe('finalised')
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

const asking = (id: string, assignee: string): AppNode => ({
  id,
  title: 'Look at it',
  type: 'human_task',
  description: 'What of {{input.question}}?',
  assignee,
  fields: [{ name: 'verdict', label: 'Verdict', type: 'text', required: true }],
})

test('a run waits for a person, nobody else may answer, and it goes on from the answer', async () => {
  const contract = contractOf({
    ...pipeline(asking('look', 'role:manager'), transform('answer', 'look.answer.verdict')),
    governance: { engine_type: 'workflow' },
  })
  const app = await publishApp(office, contract)
  const waiting = await runApp(office, member, app, { input: { question: 'this' } })
  expect(waiting.body, waiting.text).toMatchObject({ state: 'paused', pause_reason: 'human_task', runs_until: null })
  const manager = await office.join({ designations: ['manager'] })
  const path = `${office.organisation.path}/human-tasks`
  const mine = await office.client.call('GET', path, { as: member.as })
  expect(mine.list('items')).toEqual([])
  const [task] = (await office.client.call('GET', path, { as: manager.as })).list('items')
  const id = task?.text('id') ?? ''
  expectRefusal(await office.client.request('GET', `${path}/${id}`, { as: member.as }), 404, 'not_found')
  const detail = await office.client.call('GET', `${path}/${id}`, { as: manager.as })
  expect(detail.body).toMatchObject({ description: 'What of this?', is_open: true })
  const answer = (as: Person['as'], given: object) =>
    office.client.request('POST', `${path}/${id}/answer`, { as, body: { answer: given } })
  expectRefusal(await answer(manager.as, { verdict: 5 }), 422, 'invalid_input')
  expectRefusal(await answer(member.as, { verdict: 'x' }), 404, 'not_found')
  expect((await answer(manager.as, { verdict: 'fine' })).status).toBe(200)
  expectRefusal(await answer(manager.as, { verdict: 'again' }), 409, 'task_closed')
  const run_id = String(memberOf(waiting.body, 'id'))
  const run = await settledRun(office, member, run_id)
  expect(run.body).toMatchObject({ state: 'finalised', charge_micros: 10_000 })
  const content = await office.client.call('GET', `${office.organisation.path}/runs/${run_id}/content`, {
    as: member.as,
  })
  expect(memberOf(content.body, 'output')).toEqual({ answer: 'fine' })
})

test('a version that is not published is tried out: its calls are charged as calls, and nothing becomes final', async () => {
  const { client, organisation } = office
  const expert = await office.join({ designations: ['expert'] })
  const fields = [{ name: 'is_fine', label: 'Fine', type: 'boolean' as const, required: true }]
  const nodes = pipeline(
    { id: 'answer', type: 'prompt', title: 'Answer', prompt: '{{input.question}}', output: 'text' },
    { id: 'look', type: 'human_task', title: 'Look', description: '?', assignee: 'role:manager', fields },
  )
  const content = contractOf({ ...nodes, governance: { supervision: { required: true, level2: {} } } })
  const drafted = await client.call('POST', `${organisation.path}/internal-apps`, { as: expert.as, body: { content } })
  const path = `${organisation.path}/app-versions/${drafted.text('id')}`
  const body = { input: { question: 'Why?' } }
  const tryOut = (by: Person, said: object = body) =>
    client.request('POST', `${path}/test-runs`, { as: by.as, body: said })
  expectRefusal(await tryOut(member), 403, 'forbidden')
  expectRefusal(await tryOut(expert, { input: {} }), 422, 'invalid_input')
  const begun = answered((await tryOut(expert)).body)
  const run_id = begun.text('id')
  expect((await settledRun(office, expert, run_id)).body).toMatchObject({ state: 'paused', trigger_source: 'test' })
  // Whoever tries it out answers what others will be asked.
  const [task] = (await client.call('GET', `${organisation.path}/human-tasks`, { as: expert.as })).list('items')
  const answer = { as: expert.as, body: { answer: { is_fine: true } } }
  await client.call('POST', `${organisation.path}/human-tasks/${task?.text('id')}/answer`, answer)
  await expect.poll(async () => (await row(run_id))?.['state'], { timeout: 20_000 }).toBe('cancelled')
  const tested = answered((await client.call('GET', `${organisation.path}/runs/${run_id}`, { as: expert.as })).body)
  expect(tested.body).toMatchObject({ reason_code: 'tested', is_charged: false, quote_micros: 0, sealed_at: null })
  expect(memberOf(tested.body, 'calls_micros')).toBeGreaterThan(0)
  const made = await client.call('GET', `${organisation.path}/runs/${run_id}/content`, { as: expert.as })
  expect(memberOf(memberOf(made.body, 'output'), 'answer')).toBeTypeOf('string')
  const inbox = await client.call('GET', `${organisation.path}/approvals?view=own`, { as: expert.as })
  expect(inbox.list('items')).toEqual([])
  expect(await office.inside(organisation.id, findLedgerViolations)).toEqual([])

  const broken = { content: { ...content, pricing: {} }, revision: memberOf(drafted.body, 'revision') }
  await client.call('PUT', `${path}/content`, { as: expert.as, body: broken })
  expectRefusal(await tryOut(expert), 422, 'app_checks_failed')
  expectRefusal(await runApp(office, expert, drafted.text('app_id'), body), 404, 'not_found')
})

test('the limits of an account tier bind the runs of its organisations', async () => {
  const app = await publishApp(office, smallContract())
  const tier = { position: 0, max_execution_seconds: 77, max_input_bytes: 1000, max_steps: 3 }
  const as = office.superadmin
  await office.client.call('PUT', '/api/platform/tiers/tiny', { as, body: tier })
  await office.client.call('PUT', `/api/platform/organisations/${office.organisation.id}/tier`, {
    as,
    body: { tier: 'tiny' },
  })
  const given = await office.client.call('GET', `/api/platform/organisations/${office.organisation.id}/tier`, { as })
  expect(given.object('tier').body).toMatchObject({ name: 'tiny', ...tier })
  const run = await runApp(office, member, app, { input: { question: 'Why?' } })
  expect(run.body, run.text).toMatchObject({ max_seconds: 77, max_steps: 3 })
  const long = { input: { question: 'x'.repeat(1500) } }
  expectRefusal(await runApp(office, member, app, long), 422, 'input_limit_exceeded')
  await office.client.call('PUT', `/api/platform/organisations/${office.organisation.id}/tier`, {
    as,
    body: { tier: 'standard' },
  })
})

test('a run that meets its token quota waits for room, or fails, as policy says', async () => {
  const { id } = office.organisation
  const app = await publishApp(office, smallContract())
  await office.inside(id, (tx) =>
    sql`update ledger.counter set limit_day_tokens = used_day_tokens + 5 where id = ${member.member_id}`.execute(tx),
  )
  const waiting = await runApp(office, member, app, { input: { question: 'Why?' } })
  expect(waiting.body, waiting.text).toMatchObject({ state: 'paused', pause_reason: 'quota', is_charged: null })
  await office.inside(id, (tx) =>
    sql`update ledger.counter set limit_day_tokens = null where id = ${member.member_id}`.execute(tx),
  )
  await office.inside(id, (tx) => sql`update execution.run set due_at = now() where due_at is not null`.execute(tx))
  office.reeve.node.runs.engine.wake(id)
  const ended = { state: 'finalised', reason_code: 'completed' }
  await expect
    .poll(async () => (await settledRun(office, member, String(memberOf(waiting.body, 'id')))).body, {
      timeout: 20_000,
    })
    .toMatchObject(ended)
})

test('a run that nobody could approve is refused before it costs anything', async () => {
  const critical = contractOf({
    governance: { risk: 'critical', supervision: { required: true, level2: { quorum: 20 } } },
  })
  const app = await publishApp(office, critical)
  expectRefusal(await runApp(office, member, app, { input: { question: 'Why?' } }), 409, 'approver_missing')
})

test('an app is run from a thread, and its draft is shown there, to nobody else', async () => {
  const app = await publishApp(office, contractOf({ governance: { supervision: { required: true } } }))
  const path = `${office.organisation.path}/threads`
  const thread = await office.client.call('POST', path, { as: member.as, body: { title: 'Talk' } })
  const id = thread.text('id')
  const said = await office.client.call('POST', `${path}/${id}/messages`, {
    as: member.as,
    body: { content: 'Please answer', app_id: app, input: { question: 'Here?' }, max_price_micros: 20_000 },
  })
  const run_id = said.list('messages')[0]?.object('run').text('id') ?? ''
  expect((await settledRun(office, member, run_id)).body).toMatchObject({
    state: 'draft',
    trigger_source: 'chat',
    thread_id: id,
  })
  const shown = await office.client.call('GET', `${path}/${id}`, { as: member.as })
  const [message] = shown.list('messages')
  expect(message?.text('content')).toBe('Please answer')
  expect(memberOf(memberOf(message?.object('run').body, 'output'), 'answer')).toContain('Here?')
  expectRefusal(
    await office.client.request('GET', `${path}/${id}`, { as: office.organisation.owner.as }),
    404,
    'not_found',
  )
  expect((await office.client.request('DELETE', `${path}/${id}`, { as: member.as })).status).toBe(204)
})
