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
import { publishApp } from '../../test/apps.ts'
import { answered, type As } from '../../test/client.ts'
import { smallContract } from '../apps/arbitrary-contract.ts'
import { fireSchedules } from './schedule.ts'

let office: Administration
let calls: Calls
let member: Person
beforeAll(async () => {
  office = await startAdministration()
  calls = await enableCalls(office)
  member = await office.join()
})
afterAll(async () => {
  await office.stop()
  await calls.stop()
})

test('a schedule begins a run at its time, once, and one that is finer than a minute is refused', async () => {
  const app = await publishApp(office, smallContract())
  const path = `${office.organisation.path}/schedules`
  const body = {
    name: 'Every morning',
    app_id: app,
    input: { question: 'What is new?' },
    cron: '30 6 * * 1-5',
    time_zone: 'Europe/Berlin',
    max_price_micros: 20_000,
  }
  const ask = (change: object) => office.client.request('POST', path, { as: member.as, body: { ...body, ...change } })
  expectRefusal(await ask({ cron: '*/5 * * * * *' }), 422, 'invalid_input')
  expectRefusal(await ask({ cron: 'every day' }), 422, 'invalid_input')
  expectRefusal(await ask({ time_zone: 'Mars/Base' }), 422, 'invalid_input')
  expectRefusal(await ask({ max_price_micros: 1 }), 409, 'quote_not_confirmed')
  const made = answered((await ask({})).body)
  expect(memberOf(made.body, 'next_times')).toHaveLength(5)
  expect(await entriesOf(office, office.organisation.id, 'schedule.created')).toHaveLength(1)
  const id = made.text('id')
  await office.inside(office.organisation.id, (tx) =>
    sql`update execution.schedule set next_at = now() - interval '1 s' where id = ${id}`.execute(tx),
  )
  const { desk } = office.reeve.node.runs
  const database = await office.database(office.organisation.id)
  await Promise.all([1, 2].map(() => fireSchedules(desk, database, office.organisation.id)))
  const runs = await office.client.call('GET', `${office.organisation.path}/runs?schedule_id=${id}`, { as: member.as })
  expect(runs.list('items')).toHaveLength(1)
  expect(runs.list('items')[0]?.body).toMatchObject({ trigger_source: 'schedule', requester_id: member.member_id })
  const after = await office.client.call('GET', `${path}/${id}`, { as: member.as })
  expect(after.body).toMatchObject({ last_refusal: null, last_execution_id: runs.list('items')[0]?.text('id') })
  expect((await office.client.request('DELETE', `${path}/${id}`, { as: member.as })).status).toBe(204)
})

test('whoever made a schedule changes what its runs are given, at a price confirmed anew, and nobody else reads it', async () => {
  const pricing = { base_micros: 10_000, per_input_kilochar_micros: 1000 }
  const app = await publishApp(office, { ...smallContract(), pricing })
  const path = `${office.organisation.path}/schedules`
  const body = { name: 'Weekly', app_id: app, input: { question: 'Old?' }, cron: '0 6 * * 1', time_zone: 'UTC' }
  const made = await office.client.call('POST', path, { as: member.as, body: { ...body, max_price_micros: 10_500 } })
  const at = `${path}/${made.text('id')}/input`
  const put = (as: As, change: object) =>
    office.client.request('PUT', at, { as, body: { input: { question: 'New?' }, max_price_micros: 10_500, ...change } })
  expect((await office.client.request('GET', at, { as: member.as })).body).toEqual({ input: body.input })
  for (const as of [office.organisation.owner.as, office.other.owner.as]) {
    expectRefusal(await office.client.request('GET', at, { as }), 404, 'not_found')
    expectRefusal(await put(as, {}), 404, 'not_found')
  }
  expectRefusal(await put(member.as, { input: {} }), 422, 'invalid_input')
  const long = { question: 'x'.repeat(1900) }
  expectRefusal(await put(member.as, { input: long }), 409, 'quote_not_confirmed')
  expect((await office.client.request('GET', at, { as: member.as })).body).toEqual({ input: body.input })
  expect((await put(member.as, { input: long, max_price_micros: 11_900 })).body).toMatchObject({
    max_price_micros: 11_900,
  })
  expect((await office.client.request('GET', at, { as: member.as })).body).toEqual({ input: long })
  const [entry] = (await entriesOf(office, office.organisation.id, 'schedule.updated')).slice(-1)
  expect(entry).toMatchObject({ actor_id: member.member_id, data: { max_price_micros: 11_900 } })
  expect(JSON.stringify(entry)).not.toContain('xxx')
  await office.client.call('DELETE', `${path}/${made.text('id')}`, { as: member.as })
})

test('whoever made a schedule moves its runs to another project, use case and jurisdiction, judged as when it was made', async () => {
  const app = await publishApp(office, smallContract())
  const { path: home } = office.organisation
  const path = `${home}/schedules`
  const body = { name: 'Weekly', app_id: app, input: { question: 'New?' }, cron: '0 6 * * 1', time_zone: 'UTC' }
  const made = await office.client.call('POST', path, { as: member.as, body: { ...body, max_price_micros: 10_000 } })
  const id = made.text('id')
  const as = office.organisation.owner.as
  const projectOf = async (name: string) =>
    (await office.client.call('POST', `${home}/projects`, { as, body: { name } })).text('id')
  const [project, closed] = [await projectOf('Tenders'), await projectOf('Board')]
  await office.client.call('PUT', `${home}/projects/${project}/members/${member.member_id}`, {
    as,
    body: { role: 'operator' },
  })
  const use_case = await office.client.call('POST', `${home}/projects/${project}/use-cases`, {
    as,
    body: { name: 'Bids' },
  })
  const place = { project_id: project, use_case_id: use_case.text('id'), jurisdiction: 'eu' }
  const put = (who: As, change: object = {}) =>
    office.client.request('PUT', `${path}/${id}/place`, { as: who, body: { ...place, ...change } })
  for (const who of [as, office.other.owner.as]) expectRefusal(await put(who), 404, 'not_found')
  expectRefusal(await put(member.as, { project_id: closed, use_case_id: null }), 404, 'not_found')
  expectRefusal(await put(member.as, { project_id: made.text('project_id') }), 404, 'not_found')
  expectRefusal(await put(member.as, { jurisdiction: 'e' }), 422, 'invalid_input')
  expect((await office.client.request('GET', `${path}/${id}`, { as: member.as })).body).toMatchObject({
    project_id: made.text('project_id'),
    use_case_id: null,
  })
  expect((await put(member.as)).body).toMatchObject({ id, ...place })
  expect((await entriesOf(office, office.organisation.id, 'schedule.updated')).at(-1)).toMatchObject({
    actor_id: member.member_id,
    target_id: id,
    data: { before: { project_id: made.text('project_id'), use_case_id: null, jurisdiction: null }, after: place },
  })
  await office.client.call('DELETE', `${path}/${id}`, { as: member.as })
})
