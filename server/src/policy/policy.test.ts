import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type Administration,
  entriesOf,
  expectRefusal,
  memberOf,
  type Person,
  plain,
  platformEntriesOf,
  startAdministration,
} from '../../test/administration.ts'
import { answered, type Reply } from '../../test/client.ts'
import { newId } from '../kernel/id.ts'

let office: Administration
let admin: Person
let member: Person
beforeAll(async () => {
  office = await startAdministration()
  admin = await office.join({ base_role: 'admin' })
  member = await office.join()
})
afterAll(() => office.stop())

const REASON = 'Asked for by the works council'
/** A body has a reason unless it says another. */
const own = (method: string, path: string, { as }: Pick<Person, 'as'>, body?: object): Promise<Reply> =>
  office.client.request(method, `${office.organisation.path}/policy${path}`, {
    as,
    ...(body !== undefined && { body: { reason: REASON, ...body } }),
  })
const platform = (method: string, path: string, body?: object, as: Person['as'] = office.superadmin): Promise<Reply> =>
  office.client.request(method, `/api/platform/policy${path}`, {
    as,
    ...(body !== undefined && { body: { reason: REASON, ...body } }),
  })

const versionOf = ({ body }: { readonly body: unknown }): number => Number(memberOf(body, 'version'))
/** Puts a document on top of whatever is in force. */
async function put(body: object): Promise<number> {
  const current = answered((await own('GET', '', admin)).body).object('organisation')
  const reply = await own('PUT', `?replaces=${versionOf(current)}`, admin, body)
  expect(reply.status, reply.text).toBe(200)
  return versionOf(reply)
}
async function putPlatform(body: object): Promise<number> {
  const reply = await platform('PUT', `?replaces=${versionOf(await platform('GET', ''))}`, body)
  expect(reply.status, reply.text).toBe(200)
  return versionOf(reply)
}
const fieldsOf = async (person: Person): Promise<ReadonlyMap<string, object>> =>
  new Map(
    answered((await own('GET', '', person)).body)
      .list('fields')
      .map((field) => [field.text('field'), Object(field.body)]),
  )

test('every member sees what the platform says, what the organisation says, what holds and who set it', async () => {
  await putPlatform({ max_output_tokens: 1000, allowed_engines: ['gateway', 'prompt'] })
  await put({ max_output_tokens: 400, require_use_case: false })
  const fields = await fieldsOf(member)
  expect(fields.get('max_output_tokens')).toMatchObject({
    platform: 1000,
    organisation: 400,
    effective: 400,
    set_by: 'organisation',
    overruled: null,
  })
  expect(fields.get('allowed_engines')).toMatchObject({
    platform: ['gateway', 'prompt'],
    organisation: null,
    effective: ['gateway', 'prompt'],
    set_by: 'platform',
  })
  expect(fields.get('distinct_approvers')).toMatchObject({ platform: null, effective: true, set_by: 'default' })
  expect(fields.get('max_steps')).toMatchObject({ platform: null, tier: 1000, effective: 1000, set_by: 'tier' })
})

test('a platform that is tightened later overrules what an organisation has stored, and says so', async () => {
  await putPlatform({ max_steps: 50 })
  await put({ max_steps: 40 })
  await putPlatform({ max_steps: 30 })
  expect((await fieldsOf(member)).get('max_steps')).toMatchObject({
    platform: 30,
    organisation: 40,
    effective: 30,
    set_by: 'platform',
    overruled: 'must be at most 30 (platform)',
  })
  await putPlatform({})
})

test('a new version names the one it replaces; of two only one goes through', async () => {
  const version = await put({ max_steps: 10 })
  const [one, two] = await Promise.all([
    own('PUT', `?replaces=${version}`, admin, { max_steps: 11 }),
    own('PUT', `?replaces=${version}`, office.organisation.owner, { max_steps: 12 }),
  ])
  const [won, lost] = one.status === 200 ? [one, two] : [two, one]
  expect(won.body).toMatchObject({ version: version + 1 })
  expectRefusal(lost, 409, 'policy_version_conflict')
  const late = expectRefusal(await own('PUT', `?replaces=${version}`, admin, {}), 409, 'policy_version_conflict')
  expect(late.object('params').body).toMatchObject({ version: version + 1, replaces: version })
  const ahead = await own('PUT', `?replaces=${version + 2}`, admin, {})
  expectRefusal(ahead, 409, 'policy_version_conflict')
  expectRefusal(await own('PUT', '', admin, {}), 422, 'invalid_input')
})

test('on the platform too a new version names the one it replaces', async () => {
  const version = await putPlatform({ max_steps: 100 })
  expectRefusal(await platform('PUT', `?replaces=${version - 1}`, {}), 409, 'policy_version_conflict')
  expect((await platform('PUT', `?replaces=${version}`, {})).body).toMatchObject({ version: version + 1, document: {} })
})

test('a value that is looser than the platform allows is refused with its bound, and the log says so', async () => {
  await putPlatform({ max_output_tokens: 1000, store_content: 'errors' })
  const before = (await entriesOf(office, office.organisation.id, 'policy.rejected_as_looser')).length
  const version = await put({})
  const refusal = await own('PUT', `?replaces=${version}`, admin, { max_output_tokens: 1001, store_content: 'none' })
  const body = expectRefusal(refusal, 422, 'policy_looser')
  expect(body.list('fields').map((field) => field.body)).toEqual([
    { pointer: '/max_output_tokens', message: 'must be at most 1000 (platform)' },
    { pointer: '/store_content', message: 'must be errors or all (platform)' },
  ])
  const told = await entriesOf(office, office.organisation.id, 'policy.rejected_as_looser')
  expect(told).toHaveLength(before + 1)
  expect(told.at(-1)).toMatchObject({
    outcome: 'refused',
    actor_id: admin.member_id,
    data: { fields: [{ pointer: '/max_output_tokens' }, { pointer: '/store_content' }] },
  })
  expect(answered((await own('GET', '', member)).body).object('organisation').body).toMatchObject({ version })
  await putPlatform({})
})

test('what a new version changed is in the log, with what it was before', async () => {
  await put({ max_steps: 10, require_use_case: false })
  const version = await put({ max_steps: 9, max_input_bytes: 5000, require_use_case: false })
  expect((await entriesOf(office, office.organisation.id, 'policy.updated')).at(-1)).toMatchObject({
    actor_id: admin.member_id,
    target_type: 'policy',
    target_id: String(version),
    data: {
      version,
      replaces: version - 1,
      before: { max_steps: 10, max_input_bytes: null },
      after: { max_steps: 9, max_input_bytes: 5000 },
      reason: REASON,
    },
  })
  const above = await putPlatform({ ack_timeout_days: 7 })
  expect((await platformEntriesOf(office, 'policy.updated')).at(-1)).toMatchObject({
    actor_role: 'superadmin',
    target_id: String(above),
    data: { version: above, before: { ack_timeout_days: null }, after: { ack_timeout_days: 7 }, reason: REASON },
  })
  await putPlatform({})
})

test('every version stays and is listed newest first, page by page', async () => {
  const first = await put({ max_steps: 3 })
  const last = await put({ max_steps: 2 })
  const page = answered((await own('GET', '/versions?limit=1', member)).body)
  expect(page.list('items').map((item) => item.body)).toMatchObject([
    { version: last, document: { max_steps: 2 }, reason: REASON, created_by: admin.member_id },
  ])
  const rest = answered((await own('GET', `/versions?cursor=${page.text('next_cursor')}`, member)).body).list('items')
  expect(rest.map((item) => memberOf(item.body, 'version'))).toEqual(
    Array.from({ length: first }, (_, index) => first - index),
  )
  expect((await own('GET', `/versions/${first}`, member)).body).toMatchObject({ document: { max_steps: 3 } })
  expectRefusal(await own('GET', `/versions/${last + 1}`, member), 404, 'not_found')
  for (const cursor of ['0', '-1', '1.5', 'x', newId()]) {
    expectRefusal(await own('GET', `/versions?cursor=${cursor}`, member), 400, 'bad_cursor')
  }
  const above = answered((await platform('GET', '/versions')).body).list('items')
  expect((await platform('GET', `/versions/${above.length}`)).body).toEqual(above[0]?.body)
})

test('nobody changes a policy without saying why, in 500 characters at most; organisations are not told the platform’s why', async () => {
  const version = await put({})
  for (const reason of [undefined, '', ' ', 'x'.repeat(501)]) {
    const refusals = [
      await own('PUT', `?replaces=${version}`, admin, { reason }),
      await platform('PUT', '?replaces=0', { reason }),
    ]
    for (const refusal of refusals) {
      expect(expectRefusal(refusal, 422, 'invalid_input').list('fields')[0]?.text('pointer')).toBe('/reason')
    }
  }
  const kept = await own('PUT', `?replaces=${version}`, admin, { max_steps: 4, reason: ' Longer runs hang. ' })
  expect(kept.body).toMatchObject({ document: { max_steps: 4 }, reason: 'Longer runs hang.' })
  await putPlatform({})
  const shown = answered((await own('GET', '', member)).body)
  expect(shown.object('organisation').body).toMatchObject({ reason: 'Longer runs hang.' })
  expect(shown.object('platform').body).toMatchObject({ reason: null, created_by: null })
})

test('bad input is named, and a misspelt field is no restriction', async () => {
  const pointer = (reply: Reply) => expectRefusal(reply, 422, 'invalid_input').list('fields')[0]?.text('pointer')
  expect(pointer(await own('PUT', '?replaces=0', admin, { max_step: 1 }))).toBe('/max_step')
  expect(pointer(await own('PUT', '?replaces=0', admin, { max_steps: 0 }))).toBe('/max_steps')
  expect(pointer(await own('PUT', '?replaces=0', admin, { store_content: 'some' }))).toBe('/store_content')
  expect(pointer(await platform('PUT', '?replaces=0', { allowed_engines: ['steam'] }))).toMatch(/^\/allowed_engines/)
  expectRefusal(await own('PUT', '?replaces=-1', admin, {}), 422, 'invalid_input')
})

test('the platform reads beside its own values what would hold without them', async () => {
  const before = await platform('GET', '')
  const set = await platform('PUT', `?replaces=${versionOf(before)}`, { level2_quorum: 3 })
  const fields = answered((await platform('GET', '')).body).list('fields')
  const shown = (name: string) => fields.find((each) => each.text('field') === name)?.body
  expect(shown('level2_quorum')).toEqual({ field: 'level2_quorum', platform: 3, default: 1 })
  expect(shown('max_steps')).toEqual({ field: 'max_steps', platform: null, default: null })
  await platform('PUT', `?replaces=${versionOf(set)}`, answered(before.body).object('document').body ?? {})
})

test('members change no policy, nobody but the super-admin that of the platform', async () => {
  expectRefusal(await own('PUT', '?replaces=0', member, {}), 403, 'forbidden')
  for (const { as } of [office.organisation.owner, admin, member]) {
    expectRefusal(await platform('GET', '', undefined, as), 403, 'forbidden')
    expectRefusal(await platform('GET', '/versions', undefined, as), 403, 'forbidden')
    expectRefusal(await platform('PUT', '?replaces=0', {}, as), 403, 'forbidden')
  }
})

test('another organisation gets the same 404', async () => {
  for (const [method, path] of [
    ['GET', ''],
    ['GET', '/versions'],
    ['GET', '/versions/1'],
    ['PUT', '?replaces=0'],
  ] as const) {
    const body = method === 'PUT' ? { reason: REASON } : undefined
    const foreign = await own(method, path, office.other.owner, body)
    const unknown = await office.client.request(method, `/api/orgs/${newId()}/policy${path}`, {
      as: office.other.owner.as,
      ...(body !== undefined && { body }),
    })
    expectRefusal(foreign, 404, 'not_found')
    expect(plain(foreign)).toBe(plain(unknown))
  }
})
