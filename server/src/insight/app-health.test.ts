import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type Administration,
  enableCalls,
  expectRefusal,
  memberOf,
  type Person,
  startAdministration,
} from '../../test/administration.ts'
import { publishApp, runApp } from '../../test/apps.ts'
import { answered, type Reply } from '../../test/client.ts'
import { smallContract } from '../apps/arbitrary-contract.ts'

let office: Administration
let stopCalls: () => Promise<void>
let owner: Person
let other: Person
let app_id: string
beforeAll(async () => {
  office = await startAdministration()
  stopCalls = (await enableCalls(office)).stop
  owner = office.organisation.owner
  other = await office.join()
  const contract = smallContract()
  app_id = await publishApp(office, {
    ...contract,
    governance: { ...contract.governance, supervision: { required: true } },
  })
})
afterAll(async () => {
  await stopCalls()
  await office.stop()
})

const ask = ({ as }: Pick<Person, 'as'>, method: string, path: string, body?: unknown): Promise<Reply> =>
  office.client.request(method, office.organisation.path + path, { as, ...(body !== undefined && { body }) })

async function run(): Promise<string> {
  const reply = await runApp(office, owner, app_id, { input: { question: 'Why?' } })
  return answered(reply.body).text('id')
}

async function decide(id: string, act: 'acknowledge' | 'reject'): Promise<void> {
  const draft = answered((await ask(owner, 'GET', `/runs/${id}/supervision`)).body).text('draft')
  const body = act === 'acknowledge' ? { draft, statements: [] } : { draft, reason: 'It is wrong.' }
  const decided = await ask(owner, 'POST', `/runs/${id}/${act}`, body)
  expect(decided.status, decided.text).toBe(200)
}

test('rates are of what was judged: accepted as it was, accepted after an edit, rejected, still waiting', async () => {
  const [plain, edited, rejected] = [await run(), await run(), await run(), await run()]
  const records = [{ kind: 'edit', pointer: '/answer', value: 'Because.' }]
  const written = await ask(owner, 'PUT', `/runs/${edited}/human-layer`, { replaces: null, records })
  expect(written.status, written.text).toBe(200)
  await decide(plain, 'acknowledge')
  await decide(edited, 'acknowledge')
  await decide(rejected, 'reject')
  expect((await ask(owner, 'PUT', `/runs/${plain}/feedback`, { is_helpful: true })).status).toBe(200)
  const bad = { is_helpful: false, fault: 'incomplete' }
  expect((await ask(owner, 'PUT', `/runs/${edited}/feedback`, bad)).body).toMatchObject(bad)
  const health = await ask(other, 'GET', `/app-health?app_id=${app_id}`)
  expect(memberOf(health.body, 'items')).toMatchObject([
    {
      app_id,
      runs: 4,
      drafted: 4,
      failed: 0,
      finalised: 2,
      rejected: 1,
      judged: 3,
      accepted_unchanged: 1,
      success_rate: 1,
      failure_rate: 0,
      acceptance_rate: 1 / 3,
      rejection_rate: 1 / 3,
      helpful: 1,
      not_helpful: 1,
    },
  ])
  const before = await ask(owner, 'GET', '/app-health?from=2020-01-01T00:00:00Z&to=2020-02-01T00:00:00Z')
  expect(memberOf(before.body, 'items')).toEqual([])
})

test('only the requester says what a result was worth, and may say it anew', async () => {
  const id = await run()
  expect((await ask(owner, 'GET', `/runs/${id}/feedback`)).body).toEqual({ feedback: null })
  const bad = { is_helpful: false, fault: 'wrong' }
  expect((await ask(other, 'PUT', `/runs/${id}/feedback`, bad)).status).toBe(404)
  await ask(owner, 'PUT', `/runs/${id}/feedback`, bad)
  await ask(owner, 'PUT', `/runs/${id}/feedback`, { is_helpful: true })
  const said = memberOf((await ask(owner, 'GET', `/runs/${id}/feedback`)).body, 'feedback')
  expect(said).toMatchObject({ is_helpful: true, fault: null })
  expectRefusal(
    await ask(owner, 'PUT', `/runs/${id}/feedback`, { is_helpful: false, fault: 'ugly' }),
    422,
    'invalid_input',
  )
})

test('executions are found by app, kind, risk and trigger, and name the app of a run', async () => {
  const runs = memberOf(
    (await ask(owner, 'GET', `/executions?app_id=${app_id}&kind=run&risk=low&limit=1`)).body,
    'items',
  )
  expect(runs).toMatchObject([{ is_run: true, app_id, app_name: 'Short answer', parent_id: null, model: null }])
  const calls = memberOf((await ask(owner, 'GET', '/executions?kind=call&limit=1')).body, 'items')
  expect(calls).toMatchObject([{ is_run: false, app_id: null, app_name: null }])
  for (const filter of ['trigger_source=schedule', 'risk=critical', `app_id=${owner.member_id}`]) {
    expect(memberOf((await ask(owner, 'GET', `/executions?${filter}`)).body, 'items'), filter).toEqual([])
  }
})

test('the next five times of a rhythm are said before a schedule has it', async () => {
  const next = (query: string) => ask(owner, 'GET', `/schedules/next-times?${query}`)
  const times = memberOf((await next('cron=0+8+*+*+1&time_zone=Europe/Berlin')).body, 'next_times')
  expect(Array.isArray(times) ? times.map((at: unknown) => new Date(String(at)).getUTCDay()) : []).toEqual([
    1, 1, 1, 1, 1,
  ])
  expectRefusal(await next('cron=*+*+*+*+*+*&time_zone=UTC'), 422, 'invalid_input')
  expectRefusal(await next('cron=0+8+*+*+1&time_zone=Mars/Base'), 422, 'invalid_input')
})
