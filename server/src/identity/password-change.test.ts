import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cookieOf } from '../../test/client.ts'
import { ownPasswordSubject } from './back-off.ts'
import {
  endsOf,
  entriesOf,
  overtake,
  PASSWORD,
  serveTestIdentity,
  signInAgain,
  signInTestUser,
  type TestIdentity,
} from './identity.suite.ts'
import { hashPassword } from './password.ts'
import { revokeSessions } from './session.ts'

let identity: TestIdentity
beforeAll(async () => {
  identity = await serveTestIdentity()
})
afterAll(() => identity.stop())

const NEW_PASSWORD = 'nine kettles under a silver moon'

const change = (cookie: string, current_password = PASSWORD, new_password = NEW_PASSWORD) =>
  identity.client.request('POST', '/api/me/password', {
    as: { cookie },
    body: { current_password, new_password },
  })

const isAlive = async (cookie: string): Promise<boolean> =>
  (await identity.client.request('GET', '/api/me', { as: { cookie } })).status === 200

test('a new password ends every session, renews that of this browser, and alone signs in', async () => {
  const anna = await signInTestUser(identity)
  const other = await signInAgain(identity, anna.email)
  const reply = await change(anna.cookie)
  expect(reply.status).toBe(200)
  const renewed = cookieOf(reply.headers)
  expect(reply.text).not.toContain('rvs_')
  expect([await isAlive(anna.cookie), await isAlive(other), await isAlive(renewed)]).toEqual([false, false, true])
  expect(await endsOf(identity, anna.id)).toEqual(['password_changed', 'password_changed', null])
  const body = { email: anna.email, password: PASSWORD }
  expect((await identity.client.request('POST', '/api/sessions', { body })).status).toBe(401)
  expect(await isAlive(await signInAgain(identity, anna.email, NEW_PASSWORD))).toBe(true)
})

test('the log tells of a new password, by whom and nothing of it', async () => {
  const anna = await signInTestUser(identity)
  await change(anna.cookie)
  const entries = await entriesOf(identity, anna.id, 'user.password_changed')
  expect(entries).toEqual([
    expect.objectContaining({ actor_type: 'user', actor_id: anna.id, via: 'session', data: { sessions_ended: 1 } }),
  ])
})

test('a wrong current password changes nothing, is logged, and leaves the session', async () => {
  const anna = await signInTestUser(identity)
  const reply = await change(anna.cookie, 'not the current password')
  expect(reply.status).toBe(422)
  expect(reply.body).toMatchObject({ code: 'current_password_wrong', fields: [{ pointer: '/current_password' }] })
  expect(reply.headers.getSetCookie()).toEqual([])
  expect(await isAlive(anna.cookie)).toBe(true)
  expect(await entriesOf(identity, anna.id, 'access.denied')).toEqual([
    expect.objectContaining({ actor_id: anna.id, outcome: 'refused', reason_code: 'current_password_wrong' }),
  ])
  expect(await isAlive(await signInAgain(identity, anna.email))).toBe(true)
})

test('whoever holds only the session cannot guess the password with it', async () => {
  const anna = await signInTestUser(identity)
  const { hash } = ownPasswordSubject(anna.id)
  await identity.control.transaction((tx) =>
    sql`insert into identity.sign_in_failure (subject_hash, failures, blocked_until)
      values (${hash}, 14, now())`.execute(tx),
  )
  const replies = await Promise.all(Array.from({ length: 30 }, (_, guess) => change(anna.cookie, `guess no. ${guess}`)))
  expect(replies.filter(({ status }) => status === 422)).toHaveLength(1)
  for (const refused of replies.filter(({ status }) => status !== 422)) {
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(900)
  }
  expect((await change(anna.cookie)).status).toBe(429)
})

test('strangers who guess at the sign-in do not keep people from changing their password', async () => {
  const anna = await signInTestUser(identity)
  for (let guess = 0; guess < 6; guess++) {
    await identity.client.request('POST', '/api/sessions', { body: { email: anna.email, password: `guess ${guess}` } })
  }
  expect((await change(anna.cookie)).status).toBe(200)
})

test.each([
  ['short', 'too_short'],
  ['password1234567', 'guessable'],
  [PASSWORD, 'unchanged'],
  ['x'.repeat(129), 'too_long'],
])('%s is no new password', async (new_password, reason) => {
  const anna = await signInTestUser(identity)
  const reply = await change(anna.cookie, PASSWORD, new_password)
  expect(reply.status).toBe(422)
  expect(reply.body).toMatchObject({
    code: 'password_refused',
    params: { reason },
    fields: [{ pointer: '/new_password' }],
  })
  expect(await isAlive(anna.cookie)).toBe(true)
})

test('of two changes at once one wins, and the other session is over', async () => {
  const anna = await signInTestUser(identity)
  const other = await signInAgain(identity, anna.email)
  const replies = await Promise.all([
    change(anna.cookie, PASSWORD, 'nine kettles under a silver moon'),
    change(other, PASSWORD, 'four violins behind an old bakery'),
  ])
  expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
  expect((await endsOf(identity, anna.id)).filter((reason) => reason === null)).toHaveLength(1)
})

test('a session that is ended while the password is being changed changes nothing', async () => {
  const anna = await signInTestUser(identity)
  const reply = await overtake(
    identity,
    (tx) => revokeSessions(tx, anna.id, 'revoked'),
    () => change(anna.cookie),
  )
  expect(reply.body).toMatchObject({ code: 'session_ended', status: 401 })
  expect(await isAlive(await signInAgain(identity, anna.email))).toBe(true)
})

test('a password that somebody else has set meanwhile is not overwritten', async () => {
  const anna = await signInTestUser(identity)
  const password_hash = await hashPassword('set by somebody else')
  const reply = await overtake(
    identity,
    (tx) => tx.updateTable('identity.user').set({ password_hash }).where('id', '=', anna.id).execute(),
    () => change(anna.cookie),
  )
  expect(reply.body).toMatchObject({ code: 'current_password_wrong' })
  expect(await isAlive(await signInAgain(identity, anna.email, 'set by somebody else'))).toBe(true)
})

test('a disabled person cannot change a password with a session from before', async () => {
  const anna = await signInTestUser(identity)
  await identity.control.transaction((tx) =>
    tx.updateTable('identity.user').set({ status: 'disabled' }).where('id', '=', anna.id).execute(),
  )
  expect((await change(anna.cookie)).status).toBe(401)
})
