import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answered, type Reply } from '../../test/client.ts'
import { newId } from '../kernel/id.ts'
import { writeSettings } from '../kernel/platform-setting.ts'
import { openMessage } from '../mail/message.ts'
import { anonymousOrigin } from '../audit/append.ts'
import { prepareProofs } from './address-proof.ts'
import {
  createTestUser,
  endsOf,
  entriesOf,
  PASSWORD,
  serveTestIdentity,
  signInAgain,
  signInTestUser,
  type TestIdentity,
} from './identity.suite.ts'

const NEW_PASSWORD = 'a dozen quiet rivers meet'
const origin = anonymousOrigin({ request_id: null, address: null })

let identity: TestIdentity
beforeAll(async () => {
  identity = await serveTestIdentity()
  await identity.control.transaction((tx) => writeSettings(tx, { email_verification_is_required: true }))
})
afterAll(() => identity.stop())

const post = (path: string, body: object, cookie?: string): Promise<Reply> =>
  identity.client.request('POST', path, { body, as: cookie === undefined ? null : { cookie } })
const codeOf = (reply: Reply): string => answered(reply.body).text('code')
const reasonOf = (reply: Reply): string => answered(reply.body).object('params').text('reason')

/** The mails to an address, newest first; their links are made first. */
async function mailsTo(email: string) {
  await prepareProofs(identity.control, identity.mailer)
  return identity.control.transaction((tx) =>
    tx.selectFrom('mail.message').select(['id', 'kind']).where('recipient', '=', email).orderBy('id', 'desc').execute(),
  )
}

async function tokenTo(email: string): Promise<string> {
  const [mail] = await mailsTo(email)
  const { link } = await openMessage(identity.control, identity.mailer.vault, origin, mail?.id ?? '')
  return link?.split('#')[1] ?? ''
}

const unverified = async (): Promise<{ readonly id: string; readonly email: string }> => {
  const user = await createTestUser(identity)
  await identity.control.transaction((tx) =>
    tx.updateTable('identity.user').set({ email_verified_at: null }).where('id', '=', user.id).execute(),
  )
  return user
}

const changeProofs = (email: string, values: { readonly expires_at: ReturnType<typeof sql<Date>> }) =>
  identity.control.transaction((tx) =>
    tx.updateTable('identity.address_proof').set(values).where('email_key', '=', email).execute(),
  )

test('nobody signs in before the mailbox is proven, and the link proves it once', async () => {
  const { id, email } = await unverified()
  const refused = await post('/api/sessions', { email, password: PASSWORD })
  expect([refused.status, codeOf(refused)]).toEqual([403, 'email_unverified'])
  const wrong = await post('/api/sessions', { email, password: 'not the password at all' })
  expect([wrong.status, codeOf(wrong)]).toEqual([401, 'sign_in_refused'])
  expect((await post('/api/email-verifications', { email })).status).toBe(202)
  const token = await tokenTo(email)
  const confirmed = await post('/api/email-verifications/confirm', { token })
  expect(confirmed.body).toEqual({ email, is_changed: false })
  expect(await entriesOf(identity, id, 'user.email_verified')).toHaveLength(1)
  await signInAgain(identity, email)
  const again = await post('/api/email-verifications/confirm', { token })
  expect([again.status, codeOf(again), reasonOf(again)]).toEqual([422, 'link_invalid', 'used'])
})

test('where no proof is demanded, everybody signs in', async () => {
  const { email } = await unverified()
  await identity.control.transaction((tx) => writeSettings(tx, { email_verification_is_required: false }))
  await signInAgain(identity, email)
  await identity.control.transaction((tx) => writeSettings(tx, { email_verification_is_required: true }))
})

test('an unknown address gets the same answer as a known one, and no mail', async () => {
  const known = await createTestUser(identity)
  const unknown = `${newId()}@example.com`
  for (const path of ['/api/password-resets', '/api/email-verifications']) {
    const answers = await Promise.all([post(path, { email: known.email }), post(path, { email: unknown })])
    expect(answers.map(({ status, text }) => [status, text])).toEqual([
      [202, '{}'],
      [202, '{}'],
    ])
  }
  expect(await mailsTo(unknown)).toEqual([])
  expect((await mailsTo(known.email)).map(({ kind }) => kind)).toEqual(['password_reset'])
})

test('a new password is chosen by a link once; every session ends, and the mailbox is told', async () => {
  const user = await signInTestUser(identity)
  await post('/api/password-resets', { email: user.email.toUpperCase() })
  await prepareProofs(identity.control, identity.mailer)
  const token = await tokenTo(user.email.toUpperCase())
  const weak = await post('/api/password-resets/confirm', { token, new_password: 'short' })
  expect([weak.status, codeOf(weak)]).toEqual([422, 'password_refused'])
  const body = { token, new_password: NEW_PASSWORD }
  const answers = await Promise.all([1, 2, 3].map(() => post('/api/password-resets/confirm', body)))
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([204, 422, 422])
  expect(await endsOf(identity, user.id)).toEqual(['password_changed'])
  expect((await post('/api/sessions', { email: user.email, password: PASSWORD })).status).toBe(401)
  await signInAgain(identity, user.email, NEW_PASSWORD)
  expect((await mailsTo(user.email))[0]?.kind).toBe('password_changed')
})

test('a link that has expired, an older one, and one that was never sent are told apart', async () => {
  const { email } = await createTestUser(identity)
  await post('/api/password-resets', { email })
  const older = await tokenTo(email)
  await post('/api/password-resets', { email })
  const newer = await tokenTo(email)
  const use = async (token: string) =>
    reasonOf(await post('/api/password-resets/confirm', { token, new_password: NEW_PASSWORD }))
  expect(await use(older)).toBe('used')
  await changeProofs(email, { expires_at: sql<Date>`now() - interval '1 second'` })
  expect(await use(newer)).toBe('expired')
  expect(await use(`rvl_${'x'.repeat(43)}`)).toBe('unknown')
})

test('a link for one purpose does not serve another', async () => {
  const { email } = await createTestUser(identity)
  await post('/api/password-resets', { email })
  const token = await tokenTo(email)
  expect(reasonOf(await post('/api/email-verifications/confirm', { token }))).toBe('unknown')
})

test('no link opens an account that was disabled since it was sent', async () => {
  const { id, email } = await createTestUser(identity)
  await post('/api/password-resets', { email })
  const token = await tokenTo(email)
  await identity.control.transaction((tx) =>
    tx.updateTable('identity.user').set({ status: 'disabled' }).where('id', '=', id).execute(),
  )
  const reply = await post('/api/password-resets/confirm', { token, new_password: NEW_PASSWORD })
  expect(codeOf(reply)).toBe('link_invalid')
})

test('a mailbox gets five links in an hour and no more, with the same answer', async () => {
  const { email } = await createTestUser(identity)
  const statuses = []
  for (let time = 0; time < 8; time++) statuses.push((await post('/api/password-resets', { email })).status)
  expect(new Set(statuses)).toEqual(new Set([202]))
  expect(await mailsTo(email)).toHaveLength(5)
})

test('an address is changed by a link to the new mailbox, and the old one is told', async () => {
  const user = await signInTestUser(identity)
  const email = `new-${user.email}`
  const wrong = await post('/api/me/email', { email, current_password: 'wrong' }, user.cookie)
  expect(codeOf(wrong)).toBe('current_password_wrong')
  expect((await post('/api/me/email', { email, current_password: PASSWORD }, user.cookie)).status).toBe(202)
  await signInAgain(identity, user.email)
  const token = await tokenTo(email)
  const confirmed = await post('/api/email-verifications/confirm', { token })
  expect(confirmed.body).toEqual({ email, is_changed: true })
  await signInAgain(identity, email)
  expect((await post('/api/sessions', { email: user.email, password: PASSWORD })).status).toBe(401)
  expect((await mailsTo(user.email)).map(({ kind }) => kind)).toEqual(['email_changed'])
  expect(await entriesOf(identity, user.id, 'user.email_changed')).toHaveLength(1)
})

test('an address that has an account cannot be taken over, and only its own mailbox learns of the try', async () => {
  const user = await signInTestUser(identity)
  const other = await createTestUser(identity)
  const reply = await post('/api/me/email', { email: other.email, current_password: PASSWORD }, user.cookie)
  expect(reply.status).toBe(202)
  expect((await mailsTo(other.email)).map(({ kind }) => kind)).toEqual(['email_change_known'])
})

test('two who are promised one address do not both get it', async () => {
  const email = `${newId()}@example.com`
  const tokens: string[] = []
  for (const user of [await signInTestUser(identity), await signInTestUser(identity)]) {
    await post('/api/me/email', { email, current_password: PASSWORD }, user.cookie)
    const [row] = await mailsTo(email)
    // Each of them holds a link; the newer one ended the older, so the first is used before the second is asked for.
    tokens.push(row?.id ?? '')
    const token = await tokenTo(email)
    const reply = await post('/api/email-verifications/confirm', { token })
    if (tokens.length === 1) expect(reply.status).toBe(200)
    else expect(reply.status).not.toBe(200)
  }
})

test('a one-time password opens nothing once its days are over', async () => {
  const user = await createTestUser(identity, { must_change_password: true })
  await signInAgain(identity, user.email)
  await identity.control.transaction((tx) =>
    tx.updateTable('identity.user').set({ password_expires_at: sql<Date>`now()` }).where('id', '=', user.id).execute(),
  )
  const reply = await post('/api/sessions', { email: user.email, password: PASSWORD })
  expect([reply.status, codeOf(reply)]).toEqual([403, 'one_time_password_expired'])
})

test('settings are changed by super-admins, and the log tells what was before', async () => {
  const root = await signInTestUser(identity, { is_superadmin: true })
  const as = { cookie: root.cookie }
  const changed = await identity.client.call('PATCH', '/api/platform/settings', {
    as,
    body: { deployment_name: 'Meridian AI', support_address: 'help@meridian.example' },
  })
  expect(changed.body).toMatchObject({ deployment_name: 'Meridian AI', email_verification_is_required: true })
  const entries = await identity.control.transaction((tx) =>
    tx.selectFrom('audit.entry').select('data').where('event', '=', 'platform_settings.updated').execute(),
  )
  expect(entries).toEqual([
    {
      data: {
        before: { deployment_name: 'Reeve', support_address: null },
        after: { deployment_name: 'Meridian AI', support_address: 'help@meridian.example' },
      },
    },
  ])
  const open = await identity.client.call('GET', '/api/deployment')
  expect(open.body).toMatchObject({ deployment_name: 'Meridian AI', registration_is_open: true })
  const bad = await identity.client.request('PATCH', '/api/platform/settings', { as, body: { accent_color: 'red' } })
  expect(bad.status).toBe(422)
})
