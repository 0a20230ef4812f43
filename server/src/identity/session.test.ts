import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answered } from '../../test/client.ts'
import { newId } from '../kernel/id.ts'
import {
  endsOf,
  entriesOf,
  PASSWORD,
  serveTestIdentity,
  signInAgain,
  signInTestUser,
  type TestIdentity,
} from './identity.suite.ts'

let identity: TestIdentity
beforeAll(async () => {
  identity = await serveTestIdentity()
})
afterAll(() => identity.stop())

const ask = (method: string, path: string, cookie: string, body?: unknown) =>
  identity.client.request(method, path, { as: { cookie }, ...(body !== undefined && { body }) })

const isAlive = async (cookie: string): Promise<boolean> => (await ask('GET', '/api/me', cookie)).status === 200

/** The person's sessions, newest first. */
const listSessions = async (cookie: string) =>
  answered((await ask('GET', '/api/me/sessions', cookie)).body).list('items')

const age = (cookie: string, column: 'last_seen_at' | 'expires_at', seconds: number) =>
  identity.control.transaction((tx) =>
    sql`update identity.session set ${sql.ref(column)} = ${sql.ref(column)} - make_interval(secs => ${seconds})
      where token_hash = sha256(convert_to(${cookie.split('=')[1]}, 'UTF8'))`.execute(tx),
  )

test('nobody gets anywhere without a session', async () => {
  for (const [method, path] of [
    ['GET', '/api/me'],
    ['PATCH', '/api/me'],
    ['POST', '/api/me/password'],
    ['GET', '/api/me/sessions'],
    ['DELETE', '/api/me/sessions'],
    ['DELETE', `/api/me/sessions/${newId()}`],
    ['POST', '/api/me/sign-out'],
    ['POST', '/api/me/sign-out-everywhere'],
    ['GET', '/api/platform/users'],
  ] as const) {
    const body = path === '/api/me/password' ? { current_password: 'x', new_password: 'y' } : { display_name: 'x' }
    const takesBody = path === '/api/me/password' || method === 'PATCH'
    const reply = await identity.client.request(method, path, takesBody ? { body } : {})
    expect([path, reply.status]).toEqual([path, 401])
    expect(reply.body).toMatchObject({ code: 'not_signed_in' })
  }
})

test('people see themselves', async () => {
  const { cookie, id, email } = await signInTestUser(identity)
  expect((await ask('GET', '/api/me', cookie)).body).toEqual({
    id,
    email,
    display_name: 'Somebody',
    is_superadmin: false,
    is_factor_due: false,
    must_change_password: false,
    locale: 'en',
    time_zone: 'UTC',
    organisation_id: null,
    organisations: [],
  })
})

test('people change what they say about themselves, and the log says what it was before', async () => {
  const { cookie, id } = await signInTestUser(identity)
  const change = { display_name: ' Anna Schmidt ', locale: 'de-ch', time_zone: 'Europe/Zurich' }
  const reply = await ask('PATCH', '/api/me', cookie, change)
  expect(reply.status).toBe(200)
  const after = { display_name: 'Anna Schmidt', locale: 'de-CH', time_zone: 'Europe/Zurich' }
  expect(reply.body).toMatchObject(after)
  expect(await entriesOf(identity, id, 'user.profile_changed')).toEqual([
    expect.objectContaining({
      actor_id: id,
      data: { before: { display_name: 'Somebody', locale: 'en', time_zone: 'UTC' }, after },
    }),
  ])
})

test.each([
  [{}, 'invalid_input', ''],
  [{ email: 'other@example.com' }, 'invalid_input', '/email'],
  [{ is_superadmin: true }, 'invalid_input', '/is_superadmin'],
  [{ display_name: '   ' }, 'invalid_input', '/display_name'],
  [{ locale: 'de_DE' }, 'locale_unknown', '/locale'],
  [{ time_zone: 'Europe/Atlantis' }, 'time_zone_unknown', '/time_zone'],
])('a profile change to %j is refused by name', async (body, code, pointer) => {
  const { cookie } = await signInTestUser(identity)
  const reply = await ask('PATCH', '/api/me', cookie, body)
  expect(reply.status).toBe(422)
  expect(reply.body).toMatchObject({ code, fields: [{ pointer }] })
})

test('people see where they are signed in, and nobody else does', async () => {
  const anna = await signInTestUser(identity)
  await signInTestUser(identity)
  const second = await signInAgain(identity, anna.email)
  const sessions = await listSessions(second)
  expect(sessions.map(({ body }) => body)).toEqual([
    expect.objectContaining({ is_current: true, address: '127.0.0.1', user_agent: 'node' }),
    expect.objectContaining({ is_current: false }),
  ])
  expect(JSON.stringify(sessions)).not.toMatch(/token|hash/)
})

test('a session that was ended fails with the next request', async () => {
  const anna = await signInTestUser(identity)
  const second = await signInAgain(identity, anna.email)
  const [, first] = await listSessions(second)
  const path = `/api/me/sessions/${first?.text('id')}`
  expect((await ask('DELETE', path, second)).status).toBe(204)
  expect([await isAlive(anna.cookie), await isAlive(second)]).toEqual([false, true])
  expect((await ask('DELETE', path, second)).status).toBe(404)
  expect(await entriesOf(identity, first?.text('id') ?? '', 'session.revoked')).toHaveLength(1)
})

test("another person's session is the same 404 as one that does not exist", async () => {
  const [anna, ben] = [await signInTestUser(identity), await signInTestUser(identity)]
  const [his] = await listSessions(ben.cookie)
  const replies = await Promise.all(
    [his?.text('id'), newId()].map((id) => ask('DELETE', `/api/me/sessions/${id}`, anna.cookie)),
  )
  const [one, other] = replies.map(({ status, text }) => [status, text.replace(/"request_id":"[^"]+"/, '')])
  expect(one).toEqual(other)
  expect(one?.[0]).toBe(404)
  expect(await isAlive(ben.cookie)).toBe(true)
})

test('ending every other session leaves this one', async () => {
  const anna = await signInTestUser(identity)
  const ben = await signInTestUser(identity)
  const others = [anna.cookie, await signInAgain(identity, anna.email)]
  const mine = await signInAgain(identity, anna.email)
  expect((await ask('DELETE', '/api/me/sessions', mine)).status).toBe(204)
  expect(await Promise.all([...others, mine, ben.cookie].map(isAlive))).toEqual([false, false, true, true])
})

test('signing out ends this session on the server, not only in the browser', async () => {
  const anna = await signInTestUser(identity)
  const other = await signInAgain(identity, anna.email)
  const reply = await ask('POST', '/api/me/sign-out', anna.cookie)
  expect(reply.status).toBe(204)
  expect(reply.headers.getSetCookie()).toEqual([expect.stringMatching(/^__Host-reeve_session=; .*Max-Age=0$/)])
  expect([await isAlive(anna.cookie), await isAlive(other)]).toEqual([false, true])
  expect(await endsOf(identity, anna.id)).toEqual(['signed_out', null])
})

test('signing out everywhere ends every session, this one included', async () => {
  const anna = await signInTestUser(identity)
  const ben = await signInTestUser(identity)
  const cookies = [anna.cookie, await signInAgain(identity, anna.email), await signInAgain(identity, anna.email)]
  const reply = await ask('POST', '/api/me/sign-out-everywhere', cookies[1] ?? '')
  expect([reply.status, reply.body]).toEqual([200, { sessions_ended: 3 }])
  expect(await Promise.all([...cookies, ben.cookie].map(isAlive))).toEqual([false, false, false, true])
})

test('a session that is not used for 30 minutes has ended', async () => {
  const { cookie } = await signInTestUser(identity)
  await age(cookie, 'last_seen_at', 29 * 60)
  expect(await isAlive(cookie)).toBe(true)
  await age(cookie, 'last_seen_at', 30 * 60)
  expect(await isAlive(cookie)).toBe(false)
})

test('no session is older than 12 hours, however much it is used', async () => {
  const { cookie } = await signInTestUser(identity)
  await age(cookie, 'expires_at', 12 * 3600 - 60)
  expect(await isAlive(cookie)).toBe(true)
  await age(cookie, 'expires_at', 60)
  expect(await isAlive(cookie)).toBe(false)
})

test('a one-time password opens nothing but what is needed to change it', async () => {
  const { cookie } = await signInTestUser(identity, { must_change_password: true, is_superadmin: true })
  for (const [method, path, body] of [
    ['PATCH', '/api/me', { display_name: 'Anna' }],
    ['GET', '/api/me/sessions', undefined],
    ['DELETE', '/api/me/sessions', undefined],
    ['DELETE', `/api/me/sessions/${newId()}`, undefined],
    ['GET', '/api/platform/users', undefined],
    ['GET', `/api/platform/users/${newId()}`, undefined],
    ['PATCH', `/api/platform/users/${newId()}`, { status: 'disabled' }],
  ] as const) {
    const reply = await ask(method, path, cookie, body)
    expect([path, reply.status]).toEqual([path, 403])
    expect(reply.body).toMatchObject({ code: 'password_change_required' })
  }
  expect((await ask('GET', '/api/me', cookie)).body).toMatchObject({ must_change_password: true })
  const change = { current_password: PASSWORD, new_password: 'nine kettles under a silver moon' }
  const renewed = await ask('POST', '/api/me/password', cookie, change)
  expect(renewed.status).toBe(200)
  const fresh = renewed.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  expect((await ask('GET', '/api/me', fresh)).body).toMatchObject({ must_change_password: false })
  expect((await ask('GET', '/api/platform/users', fresh)).status).toBe(200)
})

test('whoever must change a password may sign out instead', async () => {
  const { cookie } = await signInTestUser(identity, { must_change_password: true })
  expect((await ask('POST', '/api/me/sign-out', cookie)).status).toBe(204)
})

test('a browser on another site cannot use the session', async () => {
  const { cookie } = await signInTestUser(identity)
  for (const [path, body] of [
    ['/api/me/sign-out', undefined],
    ['/api/me/sign-out-everywhere', undefined],
    ['/api/me/password', { current_password: PASSWORD, new_password: 'nine kettles under a silver moon' }],
  ] as const) {
    const reply = await identity.client.request('POST', path, {
      as: { cookie },
      ...(body !== undefined && { body }),
      headers: { origin: 'https://evil.example' },
    })
    expect([path, reply.status]).toEqual([path, 403])
    expect(reply.body).toMatchObject({ code: 'foreign_origin' })
  }
  expect(await isAlive(cookie)).toBe(true)
})
