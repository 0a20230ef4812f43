// Whoever is refused at the gateway although their key is known finds it in the log, once, and nothing stays held.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Administration, type Calls, enableCalls, startAdministration } from '../../test/administration.ts'
import { publishApp } from '../../test/apps.ts'
import { answered, type Reply } from '../../test/client.ts'
import { smallContract } from '../apps/arbitrary-contract.ts'
import { newId } from '../kernel/id.ts'
import { newKeyText } from '../tenancy/api-key-format.ts'

let office: Administration
let calls: Calls
let key: { readonly id: string; readonly text: string }
beforeAll(async () => {
  office = await startAdministration()
  calls = await enableCalls(office)
  const body = { name: 'Key', scopes: ['run.execute', 'model.view'] }
  const made = await office.client.call('POST', ownKeys(), { as: office.organisation.owner.as, body })
  key = { id: made.text('id'), text: made.text('key') }
})
afterAll(async () => {
  await calls.stop()
  await office.stop()
})

const ownKeys = () => `${office.organisation.path}/me/api-keys`

function call(model: string, headers: Record<string, string> = {}): Promise<Reply> {
  const body = { model, messages: [{ role: 'user', content: 'hello' }] }
  return office.client.request('POST', '/v1/chat/completions', { as: { key: key.text }, body, headers })
}
const list = () => office.client.request('GET', '/v1/models', { as: { key: key.text } })

/** What the organisation's log tells of one request. */
const entriesOf = (reply: Reply) =>
  office.inside(office.organisation.id, (tx) =>
    tx
      .selectFrom('audit.entry')
      .select(['event', 'outcome', 'reason_code', 'actor_id'])
      .where('request_id', '=', reply.headers.get('x-request-id'))
      .execute(),
  )

async function expectLogged(reply: Reply, status: number, reason_code: string, event: string): Promise<void> {
  expect([reply.status, reply.body]).toMatchObject([status, { error: { code: reason_code } }])
  const actor_id = office.organisation.owner.member_id
  expect(await entriesOf(reply)).toEqual([{ event, outcome: 'refused', reason_code, actor_id }])
}

async function expectNothingHeld(): Promise<void> {
  const running = await office.inside(office.organisation.id, (tx) =>
    tx.selectFrom('execution.execution').select('id').where('state', '=', 'running').execute(),
  )
  expect(running).toEqual([])
}

/** What control says of somebody: what they asked for would run, was refused by policy, or was done before. */
async function expectRefusals(status: number, code: string): Promise<void> {
  await expectLogged(await call('echo'), status, code, 'execution.cancelled')
  await expectLogged(await call('nobody-has-this'), status, code, 'policy.check_failed')
  await expectLogged(await call('echo', { 'idempotency-key': DONE }), status, code, 'policy.check_failed')
  await expectLogged(await list(), status, code, 'access.denied')
  await expectNothingHeld()
}

const DONE = newId()

test('a call of a suspended organisation is logged as refused', async () => {
  expect((await call('echo', { 'idempotency-key': DONE })).status).toBe(200)
  const path = `/api/platform/organisations/${office.organisation.id}`
  await office.client.call('POST', `${path}/suspend`, { as: office.superadmin, body: {} })
  await expectRefusals(403, 'organisation_inactive')
  await office.client.call('POST', `${path}/restore`, { as: office.superadmin, body: {} })
  expect((await call('echo')).status).toBe(200)
})

test('a call by the key of a disabled account is logged as refused', async () => {
  expect((await call('echo', { 'idempotency-key': DONE })).status).toBe(200)
  const owner = await office.inside(office.organisation.id, (tx) =>
    tx
      .selectFrom('tenancy.member')
      .select('user_id')
      .where('id', '=', office.organisation.owner.member_id)
      .executeTakeFirstOrThrow(),
  )
  const setStatus = (status: 'active' | 'disabled') =>
    office.inControl((tx) => tx.updateTable('identity.user').set({ status }).where('id', '=', owner.user_id).execute())
  await setStatus('disabled')
  await expectRefusals(401, 'invalid_api_key')
  await setStatus('active')
  expect((await call('echo')).status).toBe(200)
})

test('a caller who may not come from their address does not get an earlier answer, and the log tells', async () => {
  const { as } = office.organisation.owner
  expect((await call('echo', { 'idempotency-key': DONE })).status).toBe(200)
  const setAddresses = (addresses: readonly string[]) =>
    office.client.call('PATCH', `${ownKeys()}/${key.id}`, { as, body: { addresses } })
  await setAddresses(['192.0.2.0/24'])
  const again = await call('echo', { 'idempotency-key': DONE })
  await expectLogged(again, 403, 'address_not_allowed', 'policy.check_failed')
  await expectLogged(await call('echo'), 403, 'address_not_allowed', 'policy.check_failed')
  await expectLogged(await list(), 403, 'address_not_allowed', 'access.denied')
  await setAddresses([])
  await expectNothingHeld()
})

test('a call that a person must supervise is refused with the apps that can be run instead', async () => {
  const { path, owner } = office.organisation
  const small = smallContract()
  const name = 'A supervised answer'
  const app_id = await publishApp(office, { ...small, info: { ...small.info, name } })
  const setPolicy = (replaces: number, body: object) =>
    office.client.call('PUT', `${path}/policy?replaces=${replaces}`, {
      as: owner.as,
      body: { reason: 'For the test', ...body },
    })
  await setPolicy(0, { mandatory_ack: true })
  const reply = await call('echo')
  await expectLogged(reply, 403, 'supervision_required', 'policy.check_failed')
  const error = answered(reply.body).object('error')
  expect(error.text('message')).toContain(`Run an app instead: ${name}`)
  const [named, ids] = ['apps', 'app_ids'].map((each) =>
    error
      .object('params')
      .list(each)
      .map(({ body }) => String(body)),
  )
  expect(named).toEqual(named?.toSorted())
  expect(named?.length).toBeLessThanOrEqual(10)
  expect([named?.[0], ids?.[0]]).toEqual([name, app_id])
  await setPolicy(1, {})
  expect((await call('echo')).status).toBe(200)
})

test('a key that is none leaves no entry', async () => {
  const forged = newKeyText(office.organisation.id, key.id).text
  const reply = await office.client.request('GET', '/v1/models', { as: { key: forged } })
  expect(reply.status).toBe(401)
  expect(await entriesOf(reply)).toEqual([])
})
