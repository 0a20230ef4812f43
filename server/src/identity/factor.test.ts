import { TOTP } from 'otpauth'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Answered, answered, type As, cookieOf, type Reply } from '../../test/client.ts'
import { writeSettings } from '../kernel/platform-setting.ts'
import { createAuthenticator, type Mischief } from './authenticator.suite.ts'
import {
  entriesOf,
  PASSWORD,
  serveTestIdentity,
  signInAgain,
  signInTestUser,
  type TestIdentity,
  type TestUser,
} from './identity.suite.ts'

let identity: TestIdentity
beforeAll(async () => {
  identity = await serveTestIdentity()
})
afterAll(() => identity.stop())

const bodyOf = (reply: Reply): Answered => answered(reply.body, reply.headers)
const codeOf = (reply: Reply): string => `${reply.status} ${bodyOf(reply).text('code')}`
const paramOf = (reply: Reply, name: string): unknown => {
  const { params } = { params: null, ...(typeof reply.body === 'object' ? reply.body : {}) }
  return typeof params === 'object' && params !== null ? Reflect.get(params, name) : undefined
}
const ask = (method: string, path: string, as: As, body?: unknown) =>
  identity.client.request(method, path, { as, ...(body !== undefined && { body }) })

/** Whoever is signed in, with the newest cookie. */
type Visitor = TestUser & { as: { cookie: string } }

async function newVisitor(): Promise<Visitor> {
  const user = await signInTestUser(identity)
  return { ...user, as: { cookie: user.cookie } }
}

const follow = (visitor: Visitor, reply: Answered): Answered => {
  visitor.as = { cookie: cookieOf(reply.headers) }
  return reply
}

type App = { readonly code: (steps_ahead?: number) => string }

/** Sets up an app; its codes of the current step are used up by that. */
async function enrolApp(visitor: Visitor): Promise<{ readonly app: App; readonly recovery_codes: readonly string[] }> {
  const begun = await identity.client.call('POST', '/api/me/totp', { as: visitor.as })
  const secret = begun.text('secret')
  const app: App = {
    code: (ahead = 0) => new TOTP({ secret }).generate({ timestamp: Date.now() + ahead * 30_000 }),
  }
  const confirmed = await identity.client.call('POST', '/api/me/totp/confirm', {
    as: visitor.as,
    body: { code: app.code() },
  })
  follow(visitor, confirmed)
  const { body } = confirmed
  const codes: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'recovery_codes') : null
  return { app, recovery_codes: Array.isArray(codes) ? codes.map(String) : [] }
}

/** As if so much time had gone by that every code is new. */
const forgetSteps = (user_id: string) =>
  identity.control.transaction((tx) =>
    tx.updateTable('identity.totp').set({ last_step: 0 }).where('user_id', '=', user_id).execute(),
  )

const signIn = (visitor: Visitor) => ask('POST', '/api/sessions', null, { email: visitor.email, password: PASSWORD })

async function ticketOf(visitor: Visitor): Promise<string> {
  const reply = await signIn(visitor)
  expect(codeOf(reply)).toBe('401 mfa_required')
  return String(paramOf(reply, 'ticket'))
}

const secondStep = (ticket: string, proof: object) =>
  ask('POST', '/api/sessions/second-step', null, { ticket, ...proof })

async function enrolPasskey(visitor: Visitor, mischief: Mischief = {}) {
  const authenticator = createAuthenticator()
  const options = await identity.client.call('POST', '/api/me/passkeys/options', { as: visitor.as })
  const passkey = authenticator.create(options.object('rp').text('id'), options.text('challenge'), mischief)
  const reply = await ask('POST', '/api/me/passkeys', visitor.as, { name: 'Laptop', passkey })
  if (reply.status === 201) follow(visitor, bodyOf(reply))
  return { authenticator, reply, passkey }
}

describe('an authenticator app', () => {
  test('counts from its first code on, and then the password alone opens no session', async () => {
    const visitor = await newVisitor()
    await ask('POST', '/api/me/totp', visitor.as)
    expect((await signIn(visitor)).status).toBe(201)
    const { app } = await enrolApp(visitor)
    const reply = await signIn(visitor)
    expect(codeOf(reply)).toBe('401 mfa_required')
    expect(reply.headers.getSetCookie()).toEqual([])
    expect(paramOf(reply, 'ways')).toEqual(['totp', 'recovery_code'])
    const done = await secondStep(String(paramOf(reply, 'ticket')), { code: app.code(1) })
    expect(done.status, done.text).toBe(201)
    const me = await ask('GET', '/api/me', { cookie: cookieOf(done.headers) })
    expect(me.status).toBe(200)
    expect(await entriesOf(identity, visitor.id, 'user.factor_added')).toHaveLength(1)
  })

  test('its code is accepted once, also of a hundred that come at once', async () => {
    const visitor = await newVisitor()
    const { app } = await enrolApp(visitor)
    const used = await secondStep(await ticketOf(visitor), { code: app.code() })
    expect(codeOf(used), 'the code that confirmed it').toBe('401 proof_refused')
    const tickets = [await ticketOf(visitor), await ticketOf(visitor), await ticketOf(visitor)]
    const code = app.code(1)
    const replies = await Promise.all(
      Array.from({ length: 100 }, (_, index) => secondStep(tickets[index % 3] ?? '', { code })),
    )
    expect(replies.filter((reply) => reply.status === 201)).toHaveLength(1)
  })

  test('a ticket is for one session, and worth nothing after the password changed', async () => {
    const visitor = await newVisitor()
    const { app } = await enrolApp(visitor)
    const [first, second] = [await ticketOf(visitor), await ticketOf(visitor)]
    expect((await secondStep(first, { code: app.code(1) })).status).toBe(201)
    await forgetSteps(visitor.id)
    expect(codeOf(await secondStep(first, { code: app.code() }))).toBe('401 ticket_invalid')
    const changed = await ask('POST', '/api/me/password', visitor.as, {
      current_password: PASSWORD,
      new_password: 'eleven quiet harbours of lanterns',
    })
    expect(changed.status, changed.text).toBe(200)
    expect(codeOf(await secondStep(second, { code: app.code() }))).toBe('401 ticket_invalid')
    expect(codeOf(await secondStep('rvk_unknown', { code: app.code() }))).toBe('401 ticket_invalid')
  })

  test('codes cannot be guessed: from the fifth wrong one on they have to wait, the right one too', async () => {
    const visitor = await newVisitor()
    const { app } = await enrolApp(visitor)
    const ticket = await ticketOf(visitor)
    const right = app.code(1)
    const wrong = right === '000000' ? '000001' : '000000'
    const codes: string[] = []
    for (let turn = 0; turn < 6; turn++) codes.push(codeOf(await secondStep(ticket, { code: wrong })))
    expect(codes).toContain('429 too_many_attempts')
    expect(codeOf(await secondStep(ticket, { code: right }))).toBe('429 too_many_attempts')
  })

  test('a recovery code is good once, however it is typed', async () => {
    const visitor = await newVisitor()
    const { recovery_codes } = await enrolApp(visitor)
    expect(recovery_codes).toHaveLength(10)
    const recovery_code = (recovery_codes[0] ?? '').toUpperCase()
    const reply = await secondStep(await ticketOf(visitor), { recovery_code })
    expect(reply.status, reply.text).toBe(201)
    expect(codeOf(await secondStep(await ticketOf(visitor), { recovery_code }))).toBe('401 proof_refused')
    const factors = await identity.client.call('GET', '/api/me/factors', { as: visitor.as })
    expect(factors.body).toMatchObject({ recovery_codes_left: 9 })
    expect(await identity.dump()).not.toContain((recovery_codes[1] ?? '').replaceAll('-', ''))
  })

  test('its secret is stored encrypted, and bound to its owner', async () => {
    const [one, other] = [await newVisitor(), await newVisitor()]
    const { app } = await enrolApp(one)
    await enrolApp(other)
    // Whoever can write the table still cannot make one person's app another's.
    await identity.control.transaction(async (tx) => {
      const row = await tx
        .selectFrom('identity.totp')
        .select('secret')
        .where('user_id', '=', one.id)
        .executeTakeFirstOrThrow()
      await tx
        .updateTable('identity.totp')
        .set({ ...row, last_step: 0 })
        .where('user_id', '=', other.id)
        .execute()
    })
    const reply = await secondStep(await ticketOf(other), { code: app.code(1) })
    expect(reply.status).toBe(500)
  })

  test('is removed only by whoever proved who they are just now, and takes the recovery codes along', async () => {
    const visitor = await newVisitor()
    await enrolApp(visitor)
    await age(visitor)
    const refused = await ask('DELETE', '/api/me/totp', visitor.as)
    expect(codeOf(refused)).toBe('403 step_up_required')
    expect(paramOf(refused, 'ways')).toEqual(['totp'])
    await freshen(visitor)
    expect((await ask('DELETE', '/api/me/totp', visitor.as)).status).toBe(204)
    expect((await signIn(visitor)).status).toBe(201)
    const factors = await identity.client.call('GET', '/api/me/factors', { as: visitor.as })
    expect(factors.body).toEqual({ totp: null, passkeys: [], recovery_codes_left: 0 })
  })
})

/** The session's last proof lies longer back than sensitive acts allow. */
const age = (visitor: Visitor) => setAge(visitor, '6 minutes')
const freshen = (visitor: Visitor) => setAge(visitor, '0 minutes')
async function setAge(visitor: Visitor, interval: string): Promise<void> {
  await identity.control.connection((client) =>
    client.query('update identity.session set authenticated_at = now() - $2::interval where user_id = $1', [
      visitor.id,
      interval,
    ]),
  )
}

describe('a passkey', () => {
  test('signs its person in alone, and beside the password', async () => {
    const visitor = await newVisitor()
    const { authenticator, reply } = await enrolPasskey(visitor)
    expect(reply.status, reply.text).toBe(201)
    const alone = await identity.client.call('POST', '/api/sessions/passkey-options', { body: {} })
    expect(alone.body).not.toHaveProperty('allowCredentials')
    const passkey = authenticator.get('localhost', alone.text('challenge'))
    const signedIn = await ask('POST', '/api/sessions/passkey', null, { passkey })
    expect(signedIn.status, signedIn.text).toBe(201)
    expect(bodyOf(signedIn).object('person').text('email')).toBe(visitor.email)
    expect(codeOf(await ask('POST', '/api/sessions/passkey', null, { passkey })), 'a second time').toBe(
      '401 proof_refused',
    )
    const ticket = await ticketOf(visitor)
    const beside = await identity.client.call('POST', '/api/sessions/passkey-options', { body: { ticket } })
    expect(beside.list('allowCredentials')).toHaveLength(1)
    const proof = { passkey: authenticator.get('localhost', beside.text('challenge')) }
    expect((await secondStep(ticket, proof)).status).toBe(201)
  })

  test.each<[string, Mischief]>([
    ['of another site', { origin: 'https://evil.example' }],
    ['of another site that looks local', { origin: 'http://localhost.evil.example' }],
    ['of another relying party', { rp_id: 'evil.example' }],
    ['of a challenge of its own', { challenge: Buffer.alloc(32).toString('base64url') }],
    ['of a person who was not verified', { unverified: true }],
  ])('%s is neither kept nor accepted', async (_what, mischief) => {
    const visitor = await newVisitor()
    const { reply } = await enrolPasskey(visitor, mischief)
    expect(codeOf(reply)).toBe('422 passkey_refused')
    const { authenticator } = await enrolPasskey(visitor)
    const options = await identity.client.call('POST', '/api/sessions/passkey-options', { body: {} })
    const passkey = authenticator.get('localhost', options.text('challenge'), mischief)
    expect(codeOf(await ask('POST', '/api/sessions/passkey', null, { passkey }))).toBe('401 proof_refused')
  })

  test('whose signature is another’s, or whose counter went back, is refused', async () => {
    const visitor = await newVisitor()
    const { authenticator } = await enrolPasskey(visitor)
    const use = async (mischief: Mischief) => {
      const options = await identity.client.call('POST', '/api/sessions/passkey-options', { body: {} })
      const passkey = authenticator.get('localhost', options.text('challenge'), mischief)
      return (await ask('POST', '/api/sessions/passkey', null, { passkey })).status
    }
    expect(await use({ signature: Buffer.alloc(70) })).toBe(401)
    expect(await use({ counter: 9 })).toBe(201)
    expect(await use({ counter: 9 })).toBe(401)
    expect(await use({ counter: 3 })).toBe(401)
    expect(await use({ counter: 10 })).toBe(201)
  })

  test('of one person proves nothing for another, and a challenge serves only the act it was made for', async () => {
    const [one, other] = [await newVisitor(), await newVisitor()]
    const { authenticator } = await enrolPasskey(one)
    await enrolPasskey(other)
    const ticket = await ticketOf(other)
    const options = await identity.client.call('POST', '/api/sessions/passkey-options', { body: { ticket } })
    const passkey = authenticator.get('localhost', options.text('challenge'))
    expect(codeOf(await secondStep(ticket, { passkey }))).toBe('401 proof_refused')
    const again = await identity.client.call('POST', '/api/sessions/passkey-options', { body: { ticket } })
    const stray = authenticator.get('localhost', again.text('challenge'))
    expect(codeOf(await ask('POST', '/api/sessions/passkey', null, { passkey: stray }))).toBe('401 proof_refused')
  })

  test('several are named, renamed and removed; the last one takes the demand along', async () => {
    const visitor = await newVisitor()
    const first = bodyOf((await enrolPasskey(visitor)).reply)
      .object('passkey')
      .text('id')
    const second = await enrolPasskey(visitor)
    expect(bodyOf(second.reply).body).toMatchObject({ recovery_codes: null })
    const path = `/api/me/passkeys/${first}`
    expect((await ask('PATCH', path, visitor.as, { name: 'Old phone' })).status).toBe(200)
    const stranger = await newVisitor()
    expect((await ask('PATCH', path, stranger.as, { name: 'Mine' })).status).toBe(404)
    expect((await ask('DELETE', path, stranger.as)).status).toBe(404)
    const factors = await identity.client.call('GET', '/api/me/factors', { as: visitor.as })
    expect(factors.list('passkeys').map((each) => each.text('name'))).toEqual(['Old phone', 'Laptop'])
    expect((await ask('DELETE', path, visitor.as)).status).toBe(204)
    expect((await signIn(visitor)).status).toBe(401)
    const other = bodyOf(second.reply).object('passkey').text('id')
    expect((await ask('DELETE', `/api/me/passkeys/${other}`, visitor.as)).status).toBe(204)
    expect((await signIn(visitor)).status).toBe(201)
  })

  test('is not registered twice', async () => {
    const visitor = await newVisitor()
    const { authenticator } = await enrolPasskey(visitor)
    const options = await identity.client.call('POST', '/api/me/passkeys/options', { as: visitor.as })
    const passkey = authenticator.create('localhost', options.text('challenge'))
    const reply = await ask('POST', '/api/me/passkeys', visitor.as, { name: 'Again', passkey })
    expect(codeOf(reply)).toBe('409 passkey_taken')
  })
})

describe('stepping up', () => {
  test('the password is enough for whoever has no factor; the session gets a new token', async () => {
    const visitor = await newVisitor()
    await age(visitor)
    const refused = await ask('POST', '/api/me/totp', visitor.as)
    expect(codeOf(refused)).toBe('403 step_up_required')
    expect(paramOf(refused, 'ways')).toEqual(['password'])
    expect(codeOf(await ask('POST', '/api/me/step-up', visitor.as, { password: 'wrong' }))).toBe('401 proof_refused')
    const before = visitor.as
    const done = await identity.client.call('POST', '/api/me/step-up', { as: visitor.as, body: { password: PASSWORD } })
    follow(visitor, done)
    expect((await ask('GET', '/api/me', before)).status).toBe(401)
    expect((await ask('POST', '/api/me/totp', visitor.as)).status).toBe(201)
  })

  test('whoever has a factor proves it: the password alone is not a way', async () => {
    const visitor = await newVisitor()
    const { app } = await enrolApp(visitor)
    await age(visitor)
    expect(codeOf(await ask('POST', '/api/me/step-up', visitor.as, { password: PASSWORD }))).toBe('422 way_not_open')
    expect(codeOf(await ask('POST', '/api/me/step-up', visitor.as, {}))).toBe('422 way_not_open')
    expect((await ask('POST', '/api/me/step-up', visitor.as, { code: app.code(1) })).status).toBe(200)
  })

  test('a passkey is a way as well', async () => {
    const visitor = await newVisitor()
    const { authenticator } = await enrolPasskey(visitor)
    await age(visitor)
    const options = await identity.client.call('POST', '/api/me/step-up/passkey-options', { as: visitor.as })
    const passkey = authenticator.get('localhost', options.text('challenge'))
    expect((await ask('POST', '/api/me/step-up', visitor.as, { passkey })).status).toBe(200)
  })
})

test('a super-admin takes the factors of somebody who has lost them; sessions end, the password signs in', async () => {
  const visitor = await newVisitor()
  await enrolPasskey(visitor)
  await enrolApp(visitor)
  const root = await signInTestUser(identity, { is_superadmin: true })
  const path = `/api/platform/users/${visitor.id}/factors`
  expect((await ask('DELETE', path, visitor.as)).status).toBe(403)
  expect((await ask('DELETE', path, { cookie: root.cookie })).status).toBe(204)
  expect((await ask('GET', '/api/me', visitor.as)).status).toBe(401)
  expect((await signIn(visitor)).status).toBe(201)
  expect(codeOf(await ask('DELETE', path, { cookie: root.cookie }))).toBe('409 factor_missing')
})

describe('a super-admin of whom a second factor is demanded', () => {
  const demand = (superadmin_factor_is_required: boolean) =>
    identity.control.transaction((tx) => writeSettings(tx, { superadmin_factor_is_required }))
  const listUsers = (as: As) => ask('GET', '/api/platform/users', as)

  test('only enrols, signs out and sees the own profile until one is set up, and proves it from then on', async () => {
    const user = await signInTestUser(identity, { is_superadmin: true })
    const root: Visitor = { ...user, as: { cookie: user.cookie } }
    await demand(true)
    const refused = await listUsers(root.as)
    expect(codeOf(refused)).toBe('403 factor_required')
    expect(paramOf(refused, 'has_factor')).toBe(false)
    expect(codeOf(await ask('PATCH', '/api/platform/settings', root.as, {}))).toBe('403 factor_required')
    expect((await ask('GET', '/api/me', root.as)).body).toMatchObject({ is_superadmin: true, is_factor_due: true })
    const before = root.as
    const other = { cookie: await signInAgain(identity, root.email) }
    await enrolApp(root)
    expect((await listUsers(root.as)).status).toBe(200)
    expect((await ask('GET', '/api/me', root.as)).body).toMatchObject({ is_factor_due: false })
    expect((await listUsers(before)).status).toBe(401)
    // Begun with the password alone, before there was a factor.
    expect(paramOf(await listUsers(other), 'has_factor')).toBe(true)
    await demand(false)
    expect((await listUsers(other)).status).toBe(200)
  })

  test('is nobody who is none: other people do not notice', async () => {
    const visitor = await newVisitor()
    await demand(true)
    expect((await ask('GET', '/api/me', visitor.as)).body).toMatchObject({ is_factor_due: false })
    expect(codeOf(await listUsers(visitor.as))).toBe('403 forbidden')
    await demand(false)
  })
})
