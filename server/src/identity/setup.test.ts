import { afterEach, beforeEach, expect, test } from 'vitest'
import { cookieOf } from '../../test/client.ts'
import { writeSettings } from '../kernel/platform-setting.ts'
import {
  createTestUser,
  entriesOf,
  PASSWORD,
  serveTestIdentity,
  signInAgain,
  type TestIdentity,
} from './identity.suite.ts'
import { ensureSetupToken } from './setup.ts'

let identity: TestIdentity
beforeEach(async () => {
  identity = await serveTestIdentity()
})
afterEach(() => identity.stop())

const setUp = (token: string | null, values: Record<string, string> = {}) =>
  identity.client.request('POST', '/api/setup', {
    body: { token, email: 'root@example.com', password: PASSWORD, display_name: 'Root', ...values },
  })

const isNeeded = async () => (await identity.client.request('GET', '/api/setup')).body

test('the token makes the first super-admin, signs in, and is worth nothing afterwards', async () => {
  expect(await isNeeded()).toEqual({ is_needed: true })
  const token = await ensureSetupToken(identity.control)
  const reply = await setUp(token)
  expect(reply.status).toBe(201)
  expect(reply.body).toMatchObject({ person: { email: 'root@example.com', is_superadmin: true } })
  const cookie = cookieOf(reply.headers)
  expect((await identity.client.request('GET', '/api/platform/users', { as: { cookie } })).status).toBe(200)
  expect(await isNeeded()).toEqual({ is_needed: false })
  const again = await setUp(token, { email: 'second@example.com' })
  expect([again.status, again.body]).toEqual([409, expect.objectContaining({ code: 'setup_done' })])
})

test('of many who use the token at once exactly one becomes super-admin', async () => {
  const token = await ensureSetupToken(identity.control)
  const replies = await Promise.all(
    Array.from({ length: 12 }, (_, index) => setUp(token, { email: `root-${index}@example.com` })),
  )
  const statuses = replies.map(({ status }) => status).toSorted((a, b) => a - b)
  expect(statuses).toEqual([201, ...Array.from({ length: 11 }, () => 409)])
  const users = await identity.control.transaction((tx) => tx.selectFrom('identity.user').select('id').execute())
  expect(users).toHaveLength(1)
  for (const { id } of users) {
    expect(await entriesOf(identity, id, 'superadmin.changed')).toHaveLength(1)
    expect(await entriesOf(identity, id, 'user.created')).toHaveLength(1)
    expect(await entriesOf(identity, id, 'user.login')).toHaveLength(1)
  }
})

test('a token printed at an earlier start is worth nothing', async () => {
  const earlier = await ensureSetupToken(identity.control)
  const token = await ensureSetupToken(identity.control)
  expect(token).not.toBe(earlier)
  const reply = await setUp(earlier)
  expect([reply.status, reply.body]).toEqual([403, expect.objectContaining({ code: 'setup_token_invalid' })])
  expect((await setUp(token)).status).toBe(201)
})

test('no token exists once there is a super-admin, not even while they are disabled', async () => {
  const { id } = await createTestUser(identity, { is_superadmin: true, status: 'disabled' })
  expect(id).toBeDefined()
  expect(await ensureSetupToken(identity.control)).toBeNull()
  expect(await isNeeded()).toEqual({ is_needed: false })
})

test('several nodes that start at once leave one valid token', async () => {
  const tokens = await Promise.all(Array.from({ length: 5 }, () => ensureSetupToken(identity.control)))
  const replies = []
  for (const token of tokens) replies.push(await setUp(token))
  expect(replies.filter(({ status }) => status === 201)).toHaveLength(1)
})

test('only the hash of the token is stored', async () => {
  const token = (await ensureSetupToken(identity.control)) ?? ''
  const stored = await identity.dump()
  expect(stored).not.toContain(token)
  expect(stored).not.toContain(Buffer.from(token).toString('hex'))
})

test('a mistake in what is sent does not use up the token', async () => {
  const token = await ensureSetupToken(identity.control)
  await createTestUser(identity)
  for (const [values, code] of [
    [{ password: 'password1234567' }, 'password_refused'],
    [{ password: 'root@example.com root' }, 'password_refused'],
    [{ email: 'no address' }, 'email_invalid'],
    [{ is_superadmin: 'yes' }, 'invalid_input'],
  ] as const) {
    const reply = await setUp(token, values)
    expect([reply.status, reply.body]).toEqual([422, expect.objectContaining({ code })])
  }
  expect((await setUp(token)).status).toBe(201)
})

test('without the token nothing is hashed and nobody learns what accounts exist', async () => {
  const { email } = await createTestUser(identity)
  await ensureSetupToken(identity.control)
  const [one, other] = [await setUp('guess', { email }), await setUp('guess', { email: 'unknown@example.com' })]
  expect(one.text.replace(/"request_id":"[^"]+"/, '')).toBe(other.text.replace(/"request_id":"[^"]+"/, ''))
  expect(one.status).toBe(403)
  const counted = await identity.control.transaction((tx) =>
    tx.selectFrom('audit.failed_authentication').select(['reason', 'count']).execute(),
  )
  expect(counted.reduce((sum, { count }) => sum + count, 0)).toBe(2)
  expect(new Set(counted.map(({ reason }) => reason))).toEqual(new Set(['setup_token']))
})

test('the session of the first run goes on without a second factor, the next sign-in does not', async () => {
  await identity.control.transaction((tx) => writeSettings(tx, { superadmin_factor_is_required: true }))
  const reply = await setUp(await ensureSetupToken(identity.control))
  const listUsersAs = async (cookie: string) =>
    (await identity.client.request('GET', '/api/platform/users', { as: { cookie } })).body
  expect(await listUsersAs(cookieOf(reply.headers))).toMatchObject({ next_cursor: null })
  const next = await signInAgain(identity, 'root@example.com')
  expect(await listUsersAs(next)).toMatchObject({ code: 'factor_required' })
})
