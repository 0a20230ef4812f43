import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type Administration,
  type Calls,
  enableCalls,
  expectRefusal,
  memberOf,
  type Person,
  plain,
  startAdministration,
} from '../../test/administration.ts'
import { answered, type Reply } from '../../test/client.ts'
import { newId } from '../kernel/id.ts'

let office: Administration
let calls: Calls
let member: Person
let manager: Person
let auditor: Person
beforeAll(async () => {
  office = await startAdministration()
  calls = await enableCalls(office)
  member = await office.join()
  manager = await office.join({ designations: ['manager'] })
  auditor = await office.join({ designations: ['compliance_officer'] })
  const { owner, path } = office.organisation
  const team = (await office.client.call('POST', `${path}/teams`, { as: owner.as, body: { name: 'Mine' } })).text('id')
  for (const [person, is_manager] of [
    [member, false],
    [manager, true],
  ] as const) {
    const member_path = `${path}/teams/${team}/members/${person.member_id}`
    await office.client.call('PUT', member_path, { as: owner.as, body: { is_manager } })
  }
  const profile = { as: owner.as, body: { primary_team_id: team } }
  await office.client.call('PATCH', `${path}/members/${member.member_id}`, profile)
  for (const person of [member, member, owner]) expect((await calls.call(person)).status).toBe(200)
})
afterAll(async () => {
  await office.stop()
  await calls.stop()
})

const ask = (path: string, { as }: { readonly as: Person['as'] }): Promise<Reply> =>
  office.client.request('GET', `${office.organisation.path}/executions${path}`, { as })
const listed = async (path: string, person: { readonly as: Person['as'] }) =>
  answered((await ask(path, person)).body).list('items')
const membersIn = async (person: Person) => new Set((await listed('', person)).map((item) => item.text('member_id')))

test('everybody sees their own executions, a manager those of the team, auditors and owners all', async () => {
  const { owner } = office.organisation
  expect(await membersIn(member)).toEqual(new Set([member.member_id]))
  expect(await membersIn(manager)).toEqual(new Set([member.member_id]))
  expect(await membersIn(auditor)).toEqual(new Set([member.member_id, owner.member_id]))
  expect(await membersIn(owner)).toEqual(new Set([member.member_id, owner.member_id]))
  expect(await membersIn(await office.join())).toEqual(new Set())
})

test('an execution that one may not see is the same 404 as one that is not there', async () => {
  const [item] = await listed(`?member_id=${office.organisation.owner.member_id}`, office.organisation.owner)
  const hidden = await ask(`/${item?.text('id')}`, member)
  const unknown = await ask(`/${newId()}`, member)
  expectRefusal(hidden, 404, 'not_found')
  expect(plain(hidden)).toBe(plain(unknown))
})

test('one shows what was held and charged, on which policy, and what it used', async () => {
  const [item] = await listed('', member)
  const { body } = await ask(`/${item?.text('id')}`, member)
  expect(body).toMatchObject({
    id: item?.text('id'),
    state: 'finalised',
    reason_code: 'completed',
    engine_type: 'gateway',
    trigger_source: 'api',
    risk: 'low',
    model: 'echo',
    model_id: calls.model_id,
    actor_role: 'member',
    policy_version: 0,
    billing: 'metered',
    provider_status: 200,
    tokens_estimated: false,
    late_settled_at: null,
    has_content: false,
    project_name: 'Default project',
    use_case_name: null,
    team_name: 'Mine',
  })
  const number = (name: string): number => Number(memberOf(body, name))
  expect(number('charge_micros')).toBeGreaterThan(0)
  expect(number('hold_micros')).toBeGreaterThanOrEqual(number('charge_micros'))
  expect(number('hold_tokens')).toBeGreaterThanOrEqual(number('input_tokens') + number('output_tokens'))
  expect(memberOf(body, 'api_key_name')).toMatch(/./)
  expect(memberOf(body, 'input_hash')).toMatch(/^[0-9a-f]{64}$/)
})

test('who is denied billing sees executions without money', async () => {
  const denied = await office.join({ denies: ['billing.view'], grants: ['run.view_org'] })
  const list = await ask('', denied)
  expect(answered(list.body).list('items').length).toBeGreaterThan(0)
  expect(list.text).not.toContain('micros')
  const [item] = answered(list.body).list('items')
  expect((await ask(`/${item?.text('id')}`, denied)).text).not.toContain('micros')
})

test('filters narrow the list, and pages join to the whole', async () => {
  const { owner } = office.organisation
  const all = await listed('', owner)
  const ids = all.map((item) => item.text('id'))
  expect(ids).toEqual([...ids].sort().reverse())
  const idsOf = async (path: string) => (await listed(path, owner)).map((item) => item.text('id'))
  const matching = (name: string, value: string) => all.filter((item) => memberOf(item.body, name) === value)
  for (const [name, value] of [
    ['state', 'finalised'],
    ['state', 'running'],
    ['model', 'echo'],
    ['model', 'none'],
    ['member_id', member.member_id],
    ['engine_type', 'gateway'],
    ['reason_code', 'completed'],
    ['project_id', all[0]?.text('project_id') ?? ''],
    ['api_key_id', all[0]?.text('api_key_id') ?? ''],
  ] as const) {
    expect(await idsOf(`?${name}=${value}`), name).toEqual(matching(name, value).map((item) => item.text('id')))
  }
  const first = answered((await ask('?limit=2', owner)).body)
  const rest = await idsOf(`?cursor=${first.text('next_cursor')}`)
  expect([...first.list('items').map((item) => item.text('id')), ...rest]).toEqual(ids)
  const second = all[1]?.text('admitted_at') ?? ''
  expect(await idsOf(`?from=${second}`)).toEqual(ids.slice(0, 2))
  expect(await idsOf(`?to=${second}`)).toEqual(ids.slice(2))
})

test('bad filters are named', async () => {
  for (const query of ['?state=done', '?member_id=me', '?limit=0', '?limit=201', '?colour=red', '?from=now']) {
    expectRefusal(await ask(query, member), 422, 'invalid_input')
  }
  expectRefusal(await ask('?cursor=x', member), 400, 'bad_cursor')
  expectRefusal(await ask('?from=2030-01-02T00:00:00Z&to=2030-01-01T00:00:00Z', member), 422, 'interval_refused')
})

test('who may not see own executions sees none, and another organisation gets the same 404', async () => {
  const denied = await office.join({ denies: ['run.view_own'] })
  for (const path of ['', `/${newId()}`]) {
    expectRefusal(await ask(path, denied), 403, 'forbidden')
    const foreign = await ask(path, office.other.owner)
    const unknown = await office.client.request('GET', `/api/orgs/${newId()}/executions${path}`, office.other.owner)
    expectRefusal(foreign, 404, 'not_found')
    expect(plain(foreign)).toBe(plain(unknown))
  }
})

test('a key sees what its owner ran in its project, and no more', async () => {
  const { owner, path } = office.organisation
  const body = { name: 'Reader', scopes: ['run.view_own'] }
  const { text } = await office.client.call('POST', `${path}/me/api-keys`, { as: owner.as, body })
  const key = { as: { key: text('key') } }
  expect(new Set((await listed('', key)).map((item) => item.text('member_id')))).toEqual(new Set([owner.member_id]))
  await office.inside(office.organisation.id, (tx) =>
    tx
      .updateTable('execution.execution')
      .set({ project_id: newId() })
      .where('member_id', '=', owner.member_id)
      .execute(),
  )
  expect(await listed('', key)).toEqual([])
})
