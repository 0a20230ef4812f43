import { sql } from 'kysely'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answered, cookieOf } from '../../test/client.ts'
import { newId } from '../kernel/id.ts'
import { signInSubject } from './back-off.ts'
import {
  createTestUser,
  endsOf,
  entriesOf,
  PASSWORD,
  serveTestIdentity,
  signInAgain,
  signInTestUser,
  type TestIdentity,
  type TestUser,
} from './identity.suite.ts'

const Waiting = Type.Object({ sign_in_wait_s: Type.Integer() })

let identity: TestIdentity
let root: TestUser
beforeAll(async () => {
  identity = await serveTestIdentity()
  root = await signInTestUser(identity, { is_superadmin: true })
})
afterAll(() => identity.stop())

const ask = (method: string, path: string, cookie = root.cookie, body?: unknown) =>
  identity.client.request(method, path, { as: { cookie }, ...(body !== undefined && { body }) })

const setStatus = (id: string, status: string, cookie = root.cookie) =>
  ask('PATCH', `/api/platform/users/${id}`, cookie, { status })

test('only super-admins see and change accounts, and a refusal is logged', async () => {
  const { cookie, id } = await signInTestUser(identity)
  for (const [method, path, body] of [
    ['GET', '/api/platform/users', undefined],
    ['GET', `/api/platform/users/${root.id}`, undefined],
    ['PATCH', `/api/platform/users/${root.id}`, { status: 'disabled' }],
    ['DELETE', `/api/platform/users/${root.id}/sign-in-wait`, undefined],
    ['GET', `/api/platform/users/${root.id}/sessions`, undefined],
    ['DELETE', `/api/platform/users/${root.id}/sessions`, undefined],
    ['DELETE', `/api/platform/users/${root.id}/sessions/${newId()}`, undefined],
  ] as const) {
    const reply = await ask(method, path, cookie, body)
    expect([method, path, reply.status]).toEqual([method, path, 403])
    expect(reply.body).toMatchObject({ code: 'forbidden' })
  }
  const refusals = await identity.control.transaction((tx) =>
    tx
      .selectFrom('audit.entry')
      .select('reason_code')
      .where('actor_id', '=', id)
      .where('event', '=', 'access.denied')
      .execute(),
  )
  expect(refusals).toHaveLength(7)
})

test('a super-admin finds accounts by address, name and status', async () => {
  const { email, id } = await createTestUser(identity, { status: 'disabled' })
  const found = await ask(
    'GET',
    `/api/platform/users?search=${encodeURIComponent(email.toUpperCase())}&status=disabled`,
  )
  const [item] = answered(found.body).list('items')
  expect(Date.parse(item?.text('created_at') ?? '')).not.toBeNaN()
  expect(found.body).toEqual({
    items: [
      {
        created_at: item?.text('created_at'),
        email_verified_at: item?.text('email_verified_at'),
        id,
        email,
        display_name: 'Somebody',
        is_superadmin: false,
        must_change_password: false,
        locale: 'en',
        time_zone: 'UTC',
        status: 'disabled',
      },
    ],
    next_cursor: null,
  })
  const others = await ask('GET', `/api/platform/users?search=${encodeURIComponent(email)}&status=active`)
  expect(others.body).toEqual({ items: [], next_cursor: null })
})

test.each(['?limit=0', '?limit=201', '?status=gone', '?search=', '?sort=email'])(
  'a list of accounts with %s is refused',
  async (query) => {
    expect((await ask('GET', `/api/platform/users${query}`)).status).toBe(422)
  },
)

test('a cursor that Reeve did not give out is refused', async () => {
  const reply = await ask('GET', '/api/platform/users?cursor=abc')
  expect([reply.status, reply.body]).toEqual([400, expect.objectContaining({ code: 'bad_cursor' })])
})

test('a disabled person fails with the next request, and cannot sign in', async () => {
  const anna = await signInTestUser(identity)
  const reply = await setStatus(anna.id, 'disabled')
  expect(reply.status).toBe(200)
  expect(answered(reply.body).text('status')).toBe('disabled')
  expect((await ask('GET', '/api/me', anna.cookie)).status).toBe(401)
  const body = { email: anna.email, password: PASSWORD }
  expect((await identity.client.request('POST', '/api/sessions', { body })).status).toBe(401)
  expect(await entriesOf(identity, anna.id, 'user.status_changed')).toEqual([
    expect.objectContaining({
      actor_id: root.id,
      actor_role: 'superadmin',
      data: { before: 'active', after: 'disabled', sessions_ended: 1 },
    }),
  ])
})

test('enabling an account opens the door again, but none of the sessions from before', async () => {
  const anna = await signInTestUser(identity)
  await setStatus(anna.id, 'disabled')
  await setStatus(anna.id, 'active')
  expect((await ask('GET', '/api/me', anna.cookie)).status).toBe(401)
  expect(await endsOf(identity, anna.id)).toEqual(['user_disabled'])
  expect((await ask('GET', '/api/me', await signInAgain(identity, anna.email))).status).toBe(200)
})

test('a status that an account has already is no change and no entry', async () => {
  const { id } = await createTestUser(identity)
  expect((await setStatus(id, 'active')).status).toBe(200)
  expect(await entriesOf(identity, id, 'user.status_changed')).toEqual([])
})

test('nobody disables themselves', async () => {
  const reply = await setStatus(root.id, 'disabled')
  expect([reply.status, reply.body]).toEqual([409, expect.objectContaining({ code: 'own_account' })])
  expect((await ask('GET', '/api/me')).status).toBe(200)
})

test('two super-admins who disable each other at once do not both succeed', async () => {
  const other = await serveTestIdentity()
  try {
    const anna = await signInTestUser(other, { is_superadmin: true })
    const ben = await signInTestUser(other, { is_superadmin: true })
    const disable = (cookie: string, id: string) =>
      other.client.request('PATCH', `/api/platform/users/${id}`, { as: { cookie }, body: { status: 'disabled' } })
    const replies = await Promise.all([disable(anna.cookie, ben.id), disable(ben.cookie, anna.id)])
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
    const active = await other.control.transaction((tx) =>
      tx
        .selectFrom('identity.user')
        .select('id')
        .where('is_superadmin', '=', true)
        .where('status', '=', 'active')
        .execute(),
    )
    expect(active).toHaveLength(1)
  } finally {
    await other.stop()
  }
})

test('an account that does not exist is not found', async () => {
  for (const [method, path, body] of [
    ['GET', `/api/platform/users/${newId()}`, undefined],
    ['PATCH', `/api/platform/users/${newId()}`, { status: 'disabled' }],
    ['DELETE', `/api/platform/users/${newId()}/sign-in-wait`, undefined],
    ['GET', `/api/platform/users/${newId()}/sessions`, undefined],
    ['DELETE', `/api/platform/users/${newId()}/sessions`, undefined],
    ['DELETE', `/api/platform/users/${root.id}/sessions/${newId()}`, undefined],
  ] as const) {
    expect((await ask(method, path, root.cookie, body)).status).toBe(404)
  }
})

test.each([{}, { status: 'gone' }, { status: 'disabled', is_superadmin: true }, { status: null }])(
  'an account is not changed by %j',
  async (body) => {
    const { id } = await createTestUser(identity)
    expect((await ask('PATCH', `/api/platform/users/${id}`, root.cookie, body)).status).toBe(422)
  },
)

test('a super-admin sees how long an account has to wait, and can lift it', async () => {
  const { email, id } = await createTestUser(identity)
  const path = `/api/platform/users/${id}`
  const { hash } = signInSubject(email)
  await identity.control.transaction((tx) =>
    sql`insert into identity.sign_in_failure (subject_hash, failures, blocked_until)
      values (${hash}, 100, now() + interval '30 days')`.execute(tx),
  )
  const { sign_in_wait_s } = Value.Parse(Waiting, (await ask('GET', path)).body)
  expect(sign_in_wait_s).toBeGreaterThan(29 * 86_400)
  expect((await ask('DELETE', `${path}/sign-in-wait`)).status).toBe(204)
  expect((await ask('GET', path)).body).toMatchObject({ sign_in_wait_s: 0 })
  await signInAgain(identity, email)
  expect(await entriesOf(identity, id, 'user.status_changed')).toEqual([
    expect.objectContaining({ actor_id: root.id, data: { failures_forgotten: 100 } }),
  ])
})

const LINUX = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36'

test('a super-admin sees where somebody is signed in, ends one session, and then all', async () => {
  const anna = await signInTestUser(identity)
  const body = { email: anna.email, password: PASSWORD }
  const second = await identity.client.call('POST', '/api/sessions', { body, headers: { 'user-agent': LINUX } })
  await signInAgain(identity, anna.email)
  const path = `/api/platform/users/${anna.id}/sessions`
  const listed = answered((await ask('GET', path)).body).list('items')
  expect(listed).toHaveLength(3)
  const [, one] = listed
  expect(one?.body).toMatchObject({ device: 'Chrome on Linux', place: '127.0.0.1', is_current: false })
  const id = second.object('session').text('id')
  expect(one?.text('id')).toBe(id)
  expect((await ask('DELETE', `${path}/${id}`)).status).toBe(204)
  expect((await ask('DELETE', `${path}/${id}`)).status).toBe(404)
  expect(await entriesOf(identity, id, 'session.revoked')).toEqual([
    expect.objectContaining({ actor_id: root.id, data: { user_id: anna.id } }),
  ])
  expect((await ask('GET', '/api/me', cookieOf(second.headers))).status).toBe(401)
  expect((await ask('GET', '/api/me', anna.cookie)).status).toBe(200)
  expect((await ask('DELETE', path)).body).toEqual({ sessions_ended: 2 })
  expect((await ask('GET', '/api/me', anna.cookie)).status).toBe(401)
  expect((await ask('GET', path)).body).toEqual({ items: [], next_cursor: null })
  expect(await entriesOf(identity, anna.id, 'session.revoked')).toEqual([
    expect.objectContaining({ actor_id: root.id, data: { sessions_ended: 2 } }),
  ])
})

test('one person’s session is not ended through another person', async () => {
  const [anna, ben] = [await signInTestUser(identity), await signInTestUser(identity)]
  const of_ben = answered((await ask('GET', `/api/platform/users/${ben.id}/sessions`)).body).list('items')
  const foreign = `/api/platform/users/${anna.id}/sessions/${of_ben[0]?.text('id')}`
  expect((await ask('DELETE', foreign)).status).toBe(404)
  expect((await ask('GET', '/api/me', ben.cookie)).status).toBe(200)
})
