import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { signInSubject } from './back-off.ts'
import {
  createTestUser,
  endsOf,
  entriesOf,
  overtake,
  PASSWORD,
  serveTestIdentity,
  signInAgain,
  signInTestUser,
  type TestIdentity,
} from './identity.suite.ts'
import { changeSuperadmin } from './superadmin.ts'
import { requireAnotherSuperadmin } from './user.ts'

let identity: TestIdentity
beforeEach(async () => {
  identity = await serveTestIdentity()
})
afterEach(() => identity.stop())

const listUsersAs = async (cookie: string): Promise<number> =>
  (await identity.client.request('GET', '/api/platform/users', { as: { cookie } })).status

test('the operator makes a super-admin, who has to sign in anew', async () => {
  const anna = await signInTestUser(identity)
  expect(await listUsersAs(anna.cookie)).toBe(403)
  const { changed, user } = await changeSuperadmin(identity.control, anna.email.toUpperCase(), true)
  expect([changed, user.is_superadmin]).toEqual([true, true])
  expect(await endsOf(identity, anna.id)).toEqual(['superadmin_changed'])
  expect(await listUsersAs(await signInAgain(identity, anna.email))).toBe(200)
  expect(await entriesOf(identity, anna.id, 'superadmin.changed')).toEqual([
    expect.objectContaining({
      actor_type: 'operator',
      via: 'cli',
      data: { before: false, after: true, sessions_ended: 1 },
    }),
  ])
})

test('the operator takes the flag away, and the next request knows', async () => {
  await createTestUser(identity, { is_superadmin: true })
  const anna = await signInTestUser(identity, { is_superadmin: true })
  await changeSuperadmin(identity.control, anna.email, false)
  expect(await listUsersAs(anna.cookie)).toBe(401)
  expect(await listUsersAs(await signInAgain(identity, anna.email))).toBe(403)
})

test('granting what is there already changes nothing', async () => {
  const anna = await signInTestUser(identity, { is_superadmin: true })
  expect(await changeSuperadmin(identity.control, anna.email, true)).toMatchObject({ changed: false })
  expect(await listUsersAs(anna.cookie)).toBe(200)
  expect(await entriesOf(identity, anna.id, 'superadmin.changed')).toEqual([])
})

test('the last active super-admin stays; a disabled one does not count', async () => {
  const anna = await createTestUser(identity, { is_superadmin: true })
  await createTestUser(identity, { is_superadmin: true, status: 'disabled' })
  await expect(changeSuperadmin(identity.control, anna.email, false)).rejects.toMatchObject({ code: 'last_superadmin' })
})

test('of two super-admins who are unmade at once one stays', async () => {
  const anna = await createTestUser(identity, { is_superadmin: true })
  const ben = await createTestUser(identity, { is_superadmin: true })
  const unmaking = overtake(
    identity,
    async (tx) => {
      await requireAnotherSuperadmin(tx, anna.id)
      await tx.updateTable('identity.user').set({ is_superadmin: false }).where('id', '=', anna.id).execute()
    },
    () => changeSuperadmin(identity.control, ben.email, false),
  )
  await expect(unmaking).rejects.toMatchObject({ code: 'last_superadmin' })
})

test('an address without account is not found', async () => {
  await expect(changeSuperadmin(identity.control, 'nobody@example.com', true)).rejects.toMatchObject({
    code: 'not_found',
  })
})

test('granting lets somebody in who has failed too often, and says so in the log', async () => {
  const { email, id } = await createTestUser(identity, { is_superadmin: true })
  const { hash } = signInSubject(email)
  await identity.control.transaction((tx) =>
    sql`insert into identity.sign_in_failure (subject_hash, failures, blocked_until)
      values (${hash}, 100, now() + interval '30 days')`.execute(tx),
  )
  const body = { email, password: PASSWORD }
  expect((await identity.client.request('POST', '/api/sessions', { body })).status).toBe(429)
  await changeSuperadmin(identity.control, email, true)
  expect((await identity.client.request('POST', '/api/sessions', { body })).status).toBe(201)
  expect(await entriesOf(identity, id, 'user.status_changed')).toEqual([
    expect.objectContaining({ actor_type: 'operator', data: { failures_forgotten: 100 } }),
  ])
})
