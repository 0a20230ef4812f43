import type * as Argon2 from '@node-rs/argon2'
import { hashSync } from '@node-rs/argon2'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { answered, cookieOf } from '../../test/client.ts'
import { MAX_FAILURES, signInSubject } from './back-off.ts'
import {
  createTestUser,
  endsOf,
  entriesOf,
  overtake,
  PASSWORD,
  serveTestIdentity,
  type TestIdentity,
} from './identity.suite.ts'
import { hashRandomPassword } from './password.ts'

/** What argon2 was asked to do, in order: each hash that it makes or compares with, without salt and digest. */
const work = vi.hoisted((): { done: string[] } => ({ done: [] }))
vi.mock('@node-rs/argon2', async (load) => {
  const real = await load<typeof Argon2>()
  const cost = (hash: string): string => hash.split('$').slice(0, 4).join('$')
  const verify: typeof real.verify = (hash, ...rest) => {
    work.done.push(`verify ${cost(String(hash))}`)
    return real.verify(hash, ...rest)
  }
  const hash: typeof real.hash = (...all) => {
    work.done.push('hash')
    return real.hash(...all)
  }
  return { ...real, verify, hash }
})

let identity: TestIdentity
beforeAll(async () => {
  identity = await serveTestIdentity()
})
afterAll(() => identity.stop())

/** Each test comes from an address of its own, so that none has to wait for another. */
let address = ''
let addresses = 0
beforeEach(() => {
  addresses += 1
  address = `198.51.100.${addresses}`
})

const signIn = (email: string, password: string, headers: Record<string, string> = {}) =>
  identity.client.request('POST', '/api/sessions', {
    body: { email, password },
    headers: { 'x-forwarded-for': address, ...headers },
  })

const countOf = async (reason: string): Promise<number> => {
  const { rows } = await identity.control.transaction((tx) =>
    sql<{ count: number | null }>`select sum(count) as count from audit.failed_authentication
      where reason = ${reason} and address = ${address}`.execute(tx),
  )
  return rows[0]?.count ?? 0
}

const putFailures = (email: string, failures: number, wait_s: number) =>
  identity.control.transaction((tx) =>
    sql`insert into identity.sign_in_failure (subject_hash, failures, blocked_until)
      values (${signInSubject(email).hash}, ${failures}, now() + make_interval(secs => ${wait_s}))
      on conflict (subject_hash) do update
      set failures = excluded.failures, blocked_until = excluded.blocked_until`.execute(tx),
  )

test('the right password signs in, and only the cookie carries the token', async () => {
  const { email, id } = await createTestUser(identity)
  const reply = await signIn(email.toUpperCase(), PASSWORD)
  expect(reply.status).toBe(201)
  const session = answered(reply.body).object('session')
  expect(Date.parse(session.text('expires_at'))).toBeGreaterThan(Date.now())
  expect(reply.body).toEqual({
    person: {
      id,
      email,
      display_name: 'Somebody',
      is_superadmin: false,
      must_change_password: false,
      locale: 'en',
      time_zone: 'UTC',
    },
    session: { id: session.text('id'), expires_at: session.text('expires_at') },
  })
  const [cookie = ''] = reply.headers.getSetCookie()
  expect(cookie).toMatch(/^__Host-reeve_session=rvs_[A-Za-z0-9_-]{43}; Path=\/; Secure; HttpOnly; SameSite=Lax$/)
  expect(reply.text).not.toContain('rvs_')
})

test('an unknown account, a wrong password and a disabled account get the same answer, byte for byte', async () => {
  const known = await createTestUser(identity)
  const disabled = await createTestUser(identity, { status: 'disabled' })
  const replies = [
    await signIn(known.email, 'not the right password'),
    await signIn('nobody@nowhere.example', 'not the right password'),
    await signIn(disabled.email, PASSWORD),
    await signIn('not an address', PASSWORD),
  ]
  const seen = replies.map(({ status, headers, text }) => ({
    status,
    headers: [...headers].filter(([name]) => !['date', 'x-request-id'].includes(name)),
    text: text.replace(/"request_id":"[^"]+"/, ''),
  }))
  for (const each of seen) expect(each).toEqual(seen[0])
  expect(seen[0]?.status).toBe(401)
  expect(replies[0]?.body).toMatchObject({ code: 'sign_in_refused' })
  expect(replies[0]?.headers.getSetCookie()).toEqual([])
})

test('an unknown account costs what a known one costs: one comparison by argon2 with the same parameters', async () => {
  const known = await createTestUser(identity)
  const disabled = await createTestUser(identity, { status: 'disabled' })
  const imported = await createTestUser(identity)
  await identity.control.transaction((tx) =>
    tx
      .updateTable('identity.user')
      .set({ password_hash: hashRandomPassword('made-at-random') })
      .where('id', '=', imported.id)
      .execute(),
  )
  const attempts = [
    ['nobody@nowhere.example', 'not the right password'],
    ['not an address', 'not the right password'],
    [known.email, 'not the right password'],
    [disabled.email, PASSWORD],
    [imported.email, 'not the right password'],
    [imported.email, 'made-at-random'],
    [known.email, PASSWORD],
  ] as const
  const costs: unknown[] = []
  for (const [email, password] of attempts) {
    work.done = []
    const { status } = await signIn(email, password)
    costs.push([status, ...work.done])
  }
  const one = 'verify $argon2id$v=19$m=19456,t=2,p=1'
  expect(costs.slice(0, 5)).toEqual(attempts.slice(0, 5).map(() => [401, one]))
  // A hash that was made for a password at random is replaced at its first use.
  expect(costs.slice(5)).toEqual([
    [201, one, 'hash'],
    [201, one],
  ])
})

test('a failed sign-in to a known account is an entry, one to an unknown account is counted', async () => {
  const known = await createTestUser(identity)
  const disabled = await createTestUser(identity, { status: 'disabled' })
  await signIn(known.email, 'not the right password')
  await signIn(disabled.email, PASSWORD)
  for (let times = 0; times < 3; times++) await signIn(`nobody-${times}@nowhere.example`, PASSWORD)
  expect(await entriesOf(identity, known.id, 'user.login_failed')).toEqual([
    expect.objectContaining({ outcome: 'failed', reason_code: 'wrong_password', actor_type: 'anonymous', address }),
  ])
  expect(await entriesOf(identity, disabled.id, 'user.login_failed')).toEqual([
    expect.objectContaining({ outcome: 'failed', reason_code: 'account_disabled' }),
  ])
  expect(await countOf('unknown_account')).toBe(3)
})

test('a sign-in is an entry of the person who signed in', async () => {
  const { email, id } = await createTestUser(identity)
  await signIn(email, PASSWORD)
  expect(await entriesOf(identity, id, 'user.login')).toEqual([
    expect.objectContaining({ outcome: 'succeeded', actor_type: 'user', actor_id: id, via: 'session', address }),
  ])
})

test('every sign-in gets a token that nobody had before, and ends the session the browser had', async () => {
  const { email, id } = await createTestUser(identity)
  const first = cookieOf((await signIn(email, PASSWORD)).headers)
  const second = cookieOf((await signIn(email, PASSWORD, { cookie: first })).headers)
  expect(second).not.toBe(first)
  expect((await identity.client.request('GET', '/api/me', { as: { cookie: first } })).status).toBe(401)
  expect((await identity.client.request('GET', '/api/me', { as: { cookie: second } })).status).toBe(200)
  expect(await endsOf(identity, id)).toEqual(['replaced', null])
})

test('a token that an attacker chose never becomes a session', async () => {
  const { email } = await createTestUser(identity)
  const planted = `__Host-reeve_session=rvs_${'A'.repeat(43)}`
  const reply = await signIn(email, PASSWORD, { cookie: planted })
  expect(cookieOf(reply.headers)).not.toBe(planted)
  expect((await identity.client.request('GET', '/api/me', { as: { cookie: planted } })).status).toBe(401)
})

test('of 50 wrong guesses at once only one is looked at once the wait has begun', async () => {
  const { email, id } = await createTestUser(identity)
  await putFailures(email, 14, 0)
  const replies = await Promise.all(
    Array.from({ length: 50 }, (_, guess) => signIn(email, `a wrong guess no. ${guess}`)),
  )
  expect(replies.filter(({ status }) => status === 401)).toHaveLength(1)
  for (const refused of replies.filter(({ status }) => status !== 401)) {
    expect(refused.status).toBe(429)
    expect(refused.body).toMatchObject({ code: 'too_many_attempts' })
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(900)
  }
  expect(await entriesOf(identity, id, 'user.login_failed')).toHaveLength(1)
  expect(await countOf('too_many_attempts')).toBe(49)
  expect((await signIn(email, PASSWORD)).status).toBe(429)
})

test('guessing at an account that does not exist is slowed down alike, with the same answer', async () => {
  const { email } = await createTestUser(identity)
  const refusals = []
  for (const each of [email, 'nobody-at-all@nowhere.example']) {
    await putFailures(each, 30, 0)
    expect((await signIn(each, 'not the right password')).status).toBe(401)
    const { status, text } = await signIn(each, 'not the right password')
    refusals.push({ status, text: text.replace(/"request_id":"[^"]+"/, '') })
  }
  expect(refusals[0]).toEqual(refusals[1])
  expect(refusals[0]?.status).toBe(429)
})

test('after 100 failures in a row not even the right password opens the account', async () => {
  const { email } = await createTestUser(identity)
  await putFailures(email, MAX_FAILURES - 1, 0)
  expect((await signIn(email, 'not the right password')).status).toBe(401)
  const reply = await signIn(email, PASSWORD)
  expect(reply.status).toBe(429)
  expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(29 * 86_400)
})

test('a success forgets the failures before it', async () => {
  const { email } = await createTestUser(identity)
  await putFailures(email, 30, 0)
  expect((await signIn(email, PASSWORD)).status).toBe(201)
  expect((await signIn(email, 'not the right password')).status).toBe(401)
  expect((await signIn(email, PASSWORD)).status).toBe(201)
})

test('many people sign in at once from one address', async () => {
  const users = await Promise.all(Array.from({ length: 20 }, () => createTestUser(identity)))
  const replies = await Promise.all(users.map(({ email }) => signIn(email, PASSWORD)))
  expect(replies.map(({ status }) => status)).toEqual(users.map(() => 201))
})

test('a hash of older parameters is replaced by a sign-in', async () => {
  const weak = { memoryCost: 8192, timeCost: 1, parallelism: 1 }
  const { email, id } = await createTestUser(identity, { password_hash: hashSync(PASSWORD, weak) })
  expect((await signIn(email, PASSWORD)).status).toBe(201)
  const { password_hash } = await identity.control.transaction((tx) =>
    tx.selectFrom('identity.user').select('password_hash').where('id', '=', id).executeTakeFirstOrThrow(),
  )
  expect(password_hash).toMatch(/m=19456,t=2,p=1/)
  expect((await signIn(email, PASSWORD)).status).toBe(201)
})

test('an eleventh session ends the oldest', async () => {
  const { email, id } = await createTestUser(identity)
  const cookies: string[] = []
  for (let times = 0; times < 12; times++) cookies.push(cookieOf((await signIn(email, PASSWORD)).headers))
  const statuses = await Promise.all(
    cookies.map(async (cookie) => (await identity.client.request('GET', '/api/me', { as: { cookie } })).status),
  )
  expect(statuses).toEqual([401, 401, ...Array.from({ length: 10 }, () => 200)])
  expect((await endsOf(identity, id)).slice(0, 3)).toEqual(['too_many', 'too_many', null])
})

test('no token and no password lies in the database or in the log', async () => {
  const { email } = await createTestUser(identity)
  const token = cookieOf((await signIn(email, PASSWORD)).headers).split('=')[1] ?? ''
  await signIn(email, 'a wrong password of mine')
  await identity.flush()
  const stored = await identity.dump()
  expect(stored).toContain(email)
  for (const secret of [token, token.slice(4), PASSWORD, 'a wrong password of mine']) {
    expect(stored).not.toContain(secret)
    expect(stored).not.toContain(Buffer.from(secret).toString('hex'))
  }
})

test('a browser on another site cannot sign anybody in', async () => {
  const { email } = await createTestUser(identity)
  const foreign: Record<string, string>[] = [
    { origin: 'https://evil.example' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'null' },
  ]
  for (const headers of foreign) {
    const reply = await signIn(email, PASSWORD, headers)
    expect(reply.status).toBe(403)
    expect(reply.body).toMatchObject({ code: 'foreign_origin' })
    expect(reply.headers.getSetCookie()).toEqual([])
  }
  expect((await signIn(email, PASSWORD, { origin: identity.client.url, 'sec-fetch-site': 'same-origin' })).status).toBe(
    201,
  )
})

test('a form cannot sign in: JSON is the only way', async () => {
  const { email } = await createTestUser(identity)
  for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x']) {
    const response = await fetch(`${identity.client.url}/api/sessions`, {
      method: 'POST',
      headers: { 'content-type': type },
      body: JSON.stringify({ email, password: PASSWORD }),
    })
    expect(response.status).toBe(415)
  }
})

test.each([
  [{}, '/email'],
  [{ email: 'a@b.example' }, '/password'],
  [{ email: 'a@b.example', password: 'x', remember_me: true }, '/remember_me'],
  [{ email: ['a@b.example'], password: 'x' }, '/email'],
  [{ email: 'a@b.example', password: 'x'.repeat(513) }, '/password'],
])('bad input %j is named', async (body, pointer) => {
  const reply = await identity.client.request('POST', '/api/sessions', { body })
  expect(reply.status).toBe(422)
  expect(reply.body).toMatchObject({ code: 'invalid_input', fields: [{ pointer }] })
})

test('what was sent is not repeated in a refusal', async () => {
  const reply = await identity.client.request('POST', '/api/sessions', {
    body: { email: 'a@b.example', password: { secret: 'hunter2hunter2' } },
  })
  expect(reply.status).toBe(422)
  expect(reply.text).not.toContain('hunter2')
})

test('an account that is disabled while somebody signs in to it lets nobody in', async () => {
  const { email, id } = await createTestUser(identity)
  const reply = await overtake(
    identity,
    (tx) => tx.updateTable('identity.user').set({ status: 'disabled' }).where('id', '=', id).execute(),
    () => signIn(email, PASSWORD),
  )
  expect(reply.status).toBe(401)
  expect(await endsOf(identity, id)).toEqual([])
})
