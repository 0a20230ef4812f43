// What people decide about runs, through the public API: for every route that it works and is in the log, and that it is
// refused to whoever may not, to the requester themselves, in the wrong state, and to another organisation.

import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { smallContract } from '../src/apps/arbitrary-contract.ts'
import { verifyReceipt } from '../src/supervision/receipt.ts'
import {
  type Administration,
  type Calls,
  enableCalls,
  entriesOf,
  expectRefusal,
  memberOf,
  type Person,
  startAdministration,
} from './administration.ts'
import { publishApp, runApp } from './apps.ts'
import { answered, type Reply } from './client.ts'

let office: Administration
let calls: Calls
let requester: Person
let manager: Person
let officer: Person
let stranger: Person
/** Two apps that need every level, of another risk each. */
let app: string
let riskier: string
beforeAll(async () => {
  office = await startAdministration()
  calls = await enableCalls(office)
  requester = await office.join({ designations: ['manager'] })
  manager = await office.join({ designations: ['manager'] })
  officer = await office.join({ designations: ['compliance_officer'] })
  stranger = await office.join()
  const base = smallContract()
  const supervision = { required: true, level2: {}, level3: {} }
  const statements = ['I have read it.']
  const contract = { ...base, governance: { ...base.governance, supervision, statements } }
  app = await publishApp(office, contract)
  riskier = await publishApp(office, { ...contract, governance: { ...contract.governance, risk: 'high' } })
})
afterAll(async () => {
  await office.stop()
  await calls.stop()
})

const STATEMENTS = ['I have read it.']
const NO_DRAFT = '0'.repeat(64)

const ask = (method: string, path: string, by: Person, body?: unknown): Promise<Reply> =>
  office.client.request(method, office.organisation.path + path, { as: by.as, ...(body !== undefined && { body }) })

const post = (run: string, act: string, by: Person, body?: unknown): Promise<Reply> =>
  ask('POST', `/runs/${run}/${act}`, by, body)

async function newDraft(app_id = app): Promise<string> {
  const reply = await runApp(office, requester, app_id, { input: { question: 'Why?' } })
  expect(memberOf(reply.body, 'state'), reply.text).toBe('draft')
  return String(memberOf(reply.body, 'id'))
}

/** The draft as the panel names it. */
async function draftOf(run: string, by = requester): Promise<string> {
  return answered((await ask('GET', `/runs/${run}/supervision`, by)).body).text('draft')
}

const giving = async (run: string, comment?: string) => ({ draft: await draftOf(run), ...(comment && { comment }) })

async function acknowledged(app_id = app): Promise<string> {
  const run = await newDraft(app_id)
  const reply = await post(run, 'acknowledge', requester, { ...(await giving(run)), statements: STATEMENTS })
  expect(reply.body, reply.text).toMatchObject({ state: 'acknowledged', level: 1, open_level: 2 })
  return run
}

async function approved(): Promise<string> {
  const run = await acknowledged()
  const reply = await post(run, 'approve', manager, await giving(run))
  expect(reply.body, reply.text).toMatchObject({ state: 'acknowledged', level: 2, open_level: 3 })
  return run
}

const itemOf = async (run: string) => ({ run_id: run, draft: await draftOf(run) })
const batch = (act: string, by: Person, items: readonly object[], more = {}) =>
  ask('POST', `/approvals/batch/${act}`, by, { items, ...more })

const entryOf = async (run: string, event: string) =>
  (await entriesOf(office, office.organisation.id, event)).find((each) => each.execution_id === run)

/** Another organisation's owner, and whoever names a run that is not there, get the same 404. */
async function expectNotThere(act: string, body?: unknown, method = 'POST'): Promise<void> {
  const run = await newDraft()
  const { other } = office
  const as = other.owner.as
  const foreign = await office.client.request(method, `${other.path}/runs/${run}/${act}`, { as, body: body ?? {} })
  const missing = await ask(method, `/runs/${crypto.randomUUID()}/${act}`, office.organisation.owner, body ?? {})
  for (const reply of [foreign, missing]) expectRefusal(reply, 404, 'not_found')
}

test('a draft is opened for review by whoever may give its level, told to the log, and by nobody else', async () => {
  const run = await newDraft()
  expectRefusal(await post(run, 'review', stranger), 404, 'not_found')
  expect((await post(run, 'review', requester)).body).toMatchObject({ state: 'review' })
  expect(await entryOf(run, 'execution.review_started')).toMatchObject({ actor_id: requester.member_id })
  await post(run, 'cancel', requester)
  expectRefusal(await post(run, 'review', requester), 409, 'run_state_refused')
  await expectNotThere('review')
})

test('the human layer is written by whoever may acknowledge, over the output that was seen', async () => {
  const run = await newDraft()
  const put = (by: Person, records: readonly object[], replaces: string | null = null) =>
    ask('PUT', `/runs/${run}/human-layer`, by, { replaces, records })
  const note = { kind: 'note', pointer: '/answer', text: 'Good enough.' }
  expectRefusal(await put(stranger, [note]), 404, 'not_found')
  expectRefusal(await put(manager, [note]), 404, 'not_found')
  expectRefusal(await put(requester, [{ ...note, pointer: '/nothing' }]), 422, 'human_layer_refused')
  const before = await draftOf(run)
  const written = await put(requester, [note])
  expect(written.body, written.text).toMatchObject({ human_layer: [{ kind: 'note', by: requester.member_id }] })
  expect(await draftOf(run)).not.toBe(before)
  expectRefusal(await put(requester, [note]), 409, 'draft_changed')
  expect(await entryOf(run, 'execution.output_edited')).toMatchObject({ actor_id: requester.member_id })
  await post(run, 'acknowledge', requester, { ...(await giving(run)), statements: STATEMENTS })
  const layer = String(memberOf(written.body, 'human_layer_sha256'))
  expectRefusal(await put(requester, [], layer), 409, 'run_state_refused')
  await expectNotThere('human-layer', { replaces: null, records: [] }, 'PUT')
})

test('a draft is acknowledged by its requester, every statement confirmed, and once', async () => {
  const run = await newDraft()
  const body = { ...(await giving(run)), statements: STATEMENTS }
  expectRefusal(await post(run, 'acknowledge', stranger, body), 404, 'not_found')
  expectRefusal(await post(run, 'acknowledge', officer, body), 403, 'forbidden')
  expectRefusal(await post(run, 'acknowledge', requester, { ...body, statements: [] }), 422, 'statement_missing')
  expectRefusal(await post(run, 'acknowledge', requester, { ...body, draft: NO_DRAFT }), 409, 'draft_changed')
  expect((await post(run, 'acknowledge', requester, body)).body).toMatchObject({ state: 'acknowledged', open_level: 2 })
  expect(await entryOf(run, 'execution.acknowledged')).toMatchObject({ actor_id: requester.member_id })
  expectRefusal(await post(run, 'acknowledge', requester, body), 409, 'run_state_refused')
  await expectNotThere('acknowledge', { draft: NO_DRAFT, statements: [] })
})

test('an acknowledged draft is approved by a manager who is not its requester', async () => {
  const early = await newDraft()
  expectRefusal(await post(early, 'approve', manager, { draft: NO_DRAFT }), 404, 'not_found')
  const run = await acknowledged()
  const body = await giving(run)
  expectRefusal(await post(run, 'approve', stranger, body), 403, 'forbidden')
  expectRefusal(await post(run, 'approve', requester, body), 403, 'own_run')
  expect((await post(run, 'approve', manager, body)).body).toMatchObject({ state: 'acknowledged', open_level: 3 })
  expect(await entryOf(run, 'approval.granted')).toMatchObject({ actor_id: manager.member_id })
  expectRefusal(await post(run, 'approve', manager, body), 409, 'level_not_open')
  const held = await office.inside(office.organisation.id, (tx) =>
    tx.selectFrom('execution.execution').select(['hold_micros', 'charge_micros']).where('id', '=', run).execute(),
  )
  expect(held).toEqual([{ hold_micros: 10_000, charge_micros: null }])
})

test('a compliance officer signs off having proved again who they are, and the run is charged at once', async () => {
  const run = await approved()
  const body = await giving(run)
  expectRefusal(await post(run, 'sign-off', manager, body), 403, 'forbidden')
  await office.inControl((tx) =>
    sql`update identity.session set authenticated_at = now() - interval '10 minutes'`.execute(tx),
  )
  expectRefusal(await post(run, 'sign-off', officer, body), 403, 'step_up_required')
  await office.inControl((tx) => sql`update identity.session set authenticated_at = now()`.execute(tx))
  const early = await acknowledged()
  expectRefusal(await post(early, 'sign-off', officer, await giving(early)), 409, 'level_not_open')
  const signed = await post(run, 'sign-off', officer, body)
  expect(signed.body, signed.text).toMatchObject({ state: 'finalised', level: 3, open_level: null })
  const run_now = answered((await ask('GET', `/runs/${run}`, requester)).body)
  expect(run_now.body).toMatchObject({ is_charged: true, charge_micros: 10_000 })
  expect(await entryOf(run, 'execution.finalised')).toMatchObject({ actor_id: officer.member_id })
  expectRefusal(await post(run, 'sign-off', officer, body), 409, 'run_state_refused')
})

test('a level is given by a key of nobody, however much the key may', async () => {
  const run = await approved()
  const scopes = ['run.view_own', 'run.view_org']
  const key = (
    await office.client.call('POST', `${office.organisation.path}/me/api-keys`, {
      as: officer.as,
      body: { name: 'Robot', scopes },
    })
  ).text('key')
  const path = `${office.organisation.path}/runs/${run}/sign-off`
  const reply = await office.client.request('POST', path, { as: { key }, body: await giving(run) })
  expectRefusal(reply, 403, 'forbidden')
  const items = [await itemOf(run)]
  const together = `${office.organisation.path}/approvals/batch/sign-off`
  expectRefusal(await office.client.request('POST', together, { as: { key }, body: { items } }), 403, 'forbidden')
})

test('an approver returns a draft with comments: it is a draft again, what was given is void, the hold stays', async () => {
  const run = await acknowledged()
  const body = { draft: await draftOf(run), comments: 'Shorter, please.' }
  expectRefusal(await post(run, 'return', stranger, body), 404, 'not_found')
  expectRefusal(await post(run, 'return', officer, body), 403, 'forbidden')
  expectRefusal(await post(run, 'return', requester, body), 403, 'own_run')
  expectRefusal(await post(run, 'return', manager, { ...body, comments: ' ' }), 422, 'invalid_input')
  expect((await post(run, 'return', manager, body)).body).toMatchObject({ state: 'draft', revision: 2, open_level: 1 })
  expect(await entryOf(run, 'execution.returned')).toMatchObject({ actor_id: manager.member_id })
  expectRefusal(await post(run, 'approve', manager, body), 422, 'invalid_input')
  expectRefusal(await post(run, 'approve', manager, { draft: body.draft }), 409, 'run_state_refused')
  await expectNotThere('return', { draft: NO_DRAFT, comments: 'x' })
})

test('whoever may give the open level rejects with a reason: cancelled, not charged', async () => {
  const run = await acknowledged()
  const body = { draft: await draftOf(run), reason: 'Wrong contract.' }
  expectRefusal(await post(run, 'reject', stranger, body), 404, 'not_found')
  expectRefusal(await post(run, 'reject', officer, body), 403, 'forbidden')
  expectRefusal(await post(run, 'reject', requester, body), 403, 'own_run')
  expect((await post(run, 'reject', manager, body)).body).toMatchObject({ state: 'cancelled' })
  expect(await entryOf(run, 'approval.rejected')).toMatchObject({ actor_id: manager.member_id })
  expect((await ask('GET', `/runs/${run}`, requester)).body).toMatchObject({
    is_charged: false,
    reason_code: 'rejected_l2',
  })
  expectRefusal(await post(run, 'reject', manager, body), 409, 'run_state_refused')
  await expectNotThere('reject', { draft: NO_DRAFT, reason: 'x' })
})

test('only the requester cancels a run, not even an owner; what has ended stays as it is', async () => {
  const run = await acknowledged()
  expectRefusal(await post(run, 'cancel', office.organisation.owner), 403, 'requester_only')
  expectRefusal(await post(run, 'cancel', stranger), 404, 'not_found')
  expect((await post(run, 'cancel', requester)).body).toEqual({ cancelled: true })
  expect(await entryOf(run, 'execution.cancelled')).toMatchObject({ actor_id: requester.member_id })
  expect((await post(run, 'cancel', requester)).body).toEqual({ cancelled: false })
  await expectNotThere('cancel')
})

test('drafts of one app and one risk are approved together, each by itself; others are refused whole', async () => {
  const [one, two, other] = [await acknowledged(), await acknowledged(), await acknowledged(riskier)]
  expectRefusal(await batch('approve', stranger, [await itemOf(one)]), 403, 'forbidden')
  expectRefusal(await batch('approve', manager, [await itemOf(one), await itemOf(other)]), 422, 'batch_mixed')
  const unread = await newDraft()
  const hidden = await batch('approve', manager, [await itemOf(unread)])
  expect(hidden.body).toMatchObject({ items: [{ run_id: unread, is_decided: false, code: 'not_found' }] })
  const own = await batch('approve', requester, [await itemOf(one)])
  expect(own.body).toMatchObject({ items: [{ is_decided: false, code: 'own_run' }] })
  const stale = { run_id: two, draft: NO_DRAFT }
  const done = await batch('approve', manager, [await itemOf(one), stale])
  expect(done.body, done.text).toMatchObject({
    items: [
      { run_id: one, is_decided: true, state: 'acknowledged' },
      { run_id: two, is_decided: false, code: 'draft_changed' },
    ],
  })
  expect(await entryOf(one, 'approval.granted')).toMatchObject({ actor_id: manager.member_id })
  expect(await entryOf(two, 'approval.granted')).toBe(undefined)
  const foreign = { as: office.other.owner.as, body: { items: [await itemOf(two)] } }
  const away = await office.client.request('POST', `${office.other.path}/approvals/batch/approve`, foreign)
  expect([403, 404]).toContain(away.status)
  const gone = await office.client.request('POST', `${office.organisation.path}/approvals/batch/approve`, foreign)
  expectRefusal(gone, 404, 'not_found')
})

test('drafts are returned or rejected together for one reason, each a decision of its own; what is mixed is refused whole', async () => {
  const [one, two, other, unread] = [
    await acknowledged(),
    await acknowledged(),
    await acknowledged(riskier),
    await newDraft(),
  ]
  const comments = 'Shorter, please.'
  expectRefusal(await batch('return', manager, [await itemOf(one)]), 422, 'invalid_input')
  expectRefusal(await batch('return', manager, [await itemOf(one)], { comments: ' ' }), 422, 'invalid_input')
  const mixed = [await itemOf(one), await itemOf(other)]
  expectRefusal(await batch('return', manager, mixed, { comments }), 422, 'batch_mixed')
  expect((await batch('return', manager, [await itemOf(unread)], { comments })).body).toMatchObject({
    items: [{ run_id: unread, is_decided: false, code: 'not_found' }],
  })
  const returned = await batch('return', manager, [await itemOf(one), { run_id: two, draft: NO_DRAFT }], { comments })
  expect(returned.body, returned.text).toMatchObject({
    items: [
      { run_id: one, is_decided: true, state: 'draft' },
      { run_id: two, is_decided: false, code: 'draft_changed' },
    ],
  })
  expect(await entryOf(one, 'execution.returned')).toMatchObject({ actor_id: manager.member_id })
  const panel = answered((await ask('GET', `/runs/${one}/supervision`, requester)).body)
  expect(panel.list('decisions').at(-1)?.body).toMatchObject({ act: 'return', comment: comments })

  const levels = [await itemOf(one), await itemOf(two)]
  expectRefusal(await batch('reject', requester, levels, { reason: 'x' }), 422, 'batch_mixed')
  const further = await acknowledged()
  const both = [await itemOf(two), await itemOf(further)]
  expect((await batch('reject', requester, both, { reason: 'x' })).body).toMatchObject({
    items: [{ code: 'own_run' }, { code: 'own_run' }],
  })
  const rejected = await batch('reject', manager, both, { reason: 'Wrong contract.' })
  expect(rejected.body, rejected.text).toMatchObject({
    items: [two, further].map((run_id) => ({ run_id, is_decided: true, state: 'cancelled' })),
  })
  for (const run of [two, further]) {
    expect(await entryOf(run, 'approval.rejected')).toMatchObject({ data: { reason: 'Wrong contract.' } })
    expect((await ask('GET', `/runs/${run}`, requester)).body).toMatchObject({ is_charged: false })
    const receipts = answered((await ask('GET', `/runs/${run}/receipts`, requester)).body).list('items')
    expect(receipts.some(({ body }) => memberOf(body, 'act') === 'reject')).toBe(true)
  }
  expect((await batch('reject', manager, both, { reason: 'x' })).body).toMatchObject({
    items: [{ code: 'run_state_refused' }, { code: 'run_state_refused' }],
  })
  const foreign = { as: office.other.owner.as, body: { items: both, reason: 'x' } }
  const gone = await office.client.request('POST', `${office.organisation.path}/approvals/batch/reject`, foreign)
  expectRefusal(gone, 404, 'not_found')
})

test('own drafts are acknowledged together, their statements confirmed; one that was written over since is left out', async () => {
  const [one, two, further] = [await newDraft(), await newDraft(), await acknowledged()]
  const items = [await itemOf(one), await itemOf(two)]
  const unsaid = await batch('acknowledge', requester, items, { statements: [] })
  expect(unsaid.body).toMatchObject({ items: [{ code: 'statement_missing' }, { code: 'statement_missing' }] })
  const statements = STATEMENTS
  const mixed = await batch('acknowledge', requester, [...items, await itemOf(further)], { statements })
  expectRefusal(mixed, 422, 'batch_mixed')
  expect((await batch('acknowledge', stranger, items, { statements })).body).toMatchObject({
    items: [{ code: 'not_found' }, { code: 'not_found' }],
  })
  const note = { kind: 'note', pointer: '/answer', text: 'Not yet.' }
  await ask('PUT', `/runs/${two}/human-layer`, requester, { replaces: null, records: [note] })
  const done = await batch('acknowledge', requester, items, { statements })
  expect(done.body, done.text).toMatchObject({
    items: [
      { run_id: one, is_decided: true, state: 'acknowledged' },
      { run_id: two, is_decided: false, code: 'draft_changed' },
    ],
  })
  expect(await entryOf(one, 'execution.acknowledged')).toMatchObject({ actor_id: requester.member_id })
  expect(await entryOf(two, 'execution.acknowledged')).toBe(undefined)
})

test('one fresh proof signs several drafts off, each with its own hashes and receipts, each charged once', async () => {
  const runs = [await approved(), await approved()]
  const items = await Promise.all(runs.map(itemOf))
  expectRefusal(await batch('sign-off', manager, items), 403, 'forbidden')
  await office.inControl((tx) =>
    sql`update identity.session set authenticated_at = now() - interval '10 minutes'`.execute(tx),
  )
  expectRefusal(await batch('sign-off', officer, items), 403, 'step_up_required')
  await office.inControl((tx) => sql`update identity.session set authenticated_at = now()`.execute(tx))
  expectRefusal(await batch('sign-off', officer, [await itemOf(await acknowledged(riskier))]), 422, 'batch_mixed')
  const done = await batch('sign-off', officer, items)
  expect(done.body, done.text).toMatchObject({
    items: runs.map((run_id) => ({ run_id, is_decided: true, state: 'finalised' })),
  })
  const signatures = new Set<string>()
  for (const [index, run] of runs.entries()) {
    expect((await ask('GET', `/runs/${run}`, requester)).body).toMatchObject({
      is_charged: true,
      charge_micros: 10_000,
    })
    const receipts = answered((await ask('GET', `/runs/${run}/receipts`, requester)).body).list('items')
    const mine = receipts.find(({ body }) => memberOf(body, 'act') === 'sign_off')
    const content = answered((await ask('GET', `/runs/${run}/receipts/${mine?.text('id')}`, officer)).body).text(
      'content',
    )
    expect(verifyReceipt(content)).toMatchObject({ is_valid: true })
    expect(content).toContain(items[index]?.draft)
    signatures.add(content)
  }
  expect(signatures.size).toBe(runs.length)
})

// A stream that nobody ends lasts for half a minute; none of these may.
test.each(['the session is revoked', 'the account is disabled', 'the key is revoked'])(
  'the events of a run that waits end when %s',
  async (what) => {
    const watcher = await office.join({ designations: ['manager'] })
    const { client, organisation, superadmin } = office
    const made = await client.call('POST', `${organisation.path}/me/api-keys`, {
      as: watcher.as,
      body: { name: 'Watching', scopes: ['run.execute', 'run.view_own'] },
    })
    const run = String(memberOf((await runApp(office, watcher, app, { input: { question: 'Why?' } })).body, 'id'))
    const headers = what === 'the key is revoked' ? { authorization: `Bearer ${made.text('key')}` } : { ...watcher.as }
    const response = await fetch(`${client.url}${organisation.path}/runs/${run}/events`, { headers })
    const reader = response.body?.getReader()
    const first = await reader?.read()
    expect([response.status, first?.done]).toEqual([200, false])
    if (what === 'the session is revoked') await client.call('POST', '/api/me/sign-out', { as: watcher.as })
    else if (what === 'the key is revoked') {
      await client.call('DELETE', `${organisation.path}/me/api-keys/${made.text('id')}`, { as: watcher.as })
    } else {
      const me = await client.call('GET', '/api/me', { as: watcher.as })
      const path = `/api/platform/users/${me.text('id')}`
      await client.call('PATCH', path, { as: superadmin, body: { status: 'disabled' } })
    }
    let last = first
    while (last?.done === false) last = await reader?.read()
    expect(last?.done).toBe(true)
  },
  15_000,
)
