import { afterAll, beforeAll, expect, test } from 'vitest'
import { type IdentityProvider, startIdentityProvider } from '../../../test/identity-provider.ts'
import { takeToken } from '../../../test/outbox.ts'
import { bodyOf, expectRefusal, startWorld, type World } from '../world.suite.ts'
import { comeBack, connect, type Connected, leave, leaveAs, sessionOf, signInThrough } from './sso.suite.ts'

let world: World
let provider: IdentityProvider
let here: Connected
beforeAll(async () => {
  ;[world, provider] = await Promise.all([startWorld(), startIdentityProvider()])
  here = await connect(world, provider, 'acme.example')
  provider.register(here)
}, 120_000)
afterAll(async () => {
  await world.stop()
  await provider.close()
})

let people = 0
const newPerson = (more: object = {}) => {
  people += 1
  const account = { sub: `person-${people}`, email: `person${people}@acme.example`, name: `Person ${people}`, ...more }
  provider.put(account)
  return account
}

test('somebody of a verified domain comes in for the first time as a member, with a session of this organisation only', async () => {
  const { sub, email } = newPerson()
  const { cookie, body } = sessionOf(await signInThrough(world.client, provider, here.connection_id, sub))
  expect(body.text('organisation_id')).toBe(here.organisation.id)
  const as = { cookie }
  const seen = await world.client.call('GET', here.organisation.path, { as })
  expect(seen.object('membership').text('base_role')).toBe('member')
  const me = await world.client.call('GET', '/api/me', { as })
  expect(me.text('email')).toBe(email)
  expect(await world.events(here.organisation.id)).toEqual(
    expect.arrayContaining(['member.joined', 'sso.jit_provisioned', 'sso.login']),
  )
})

test('a session of one organisation opens no other, and touches nothing of the account', async () => {
  const { sub } = newPerson()
  const { cookie } = sessionOf(await signInThrough(world.client, provider, here.connection_id, sub))
  const as = { cookie }
  const other = await world.found()
  expectRefusal(await world.client.request('GET', other.path, { as }), 404, 'not_found')
  const organisations = await world.client.request('POST', '/api/organisations', { as, body: { name: 'Mine' } })
  expectRefusal(organisations, 403, 'session_confined')
  const ended = await world.client.request('POST', '/api/me/sign-out-everywhere', { as })
  expectRefusal(ended, 403, 'session_confined')
  const renamed = await world.client.request('PATCH', '/api/me', { as, body: { display_name: 'Somebody else' } })
  expectRefusal(renamed, 403, 'session_confined')
})

test('who came in before comes in again as the same person, whatever address the provider sends meanwhile', async () => {
  const { sub } = newPerson()
  const first = sessionOf(await signInThrough(world.client, provider, here.connection_id, sub))
  provider.put({ sub, email: 'changed@elsewhere.example', email_verified: false })
  const second = sessionOf(await signInThrough(world.client, provider, here.connection_id, sub))
  expect(second.body.object('person').text('id')).toBe(first.body.object('person').text('id'))
  expect(second.body.object('person').text('email')).toBe(first.body.object('person').text('email'))
})

test.each([
  ['email_unverified', { email_verified: false }],
  ['domain_not_verified', { email: 'somebody@elsewhere.example' }],
  ['email_invalid', { email: 'p\u0430yroll@acme.example' }],
])('somebody new is refused with %s', async (reason, more) => {
  const { sub } = newPerson(more)
  const reply = await signInThrough(world.client, provider, here.connection_id, sub)
  expectRefusal(reply, 401, 'sso_refused')
  expect(bodyOf(reply).object('params').text('reason')).toBe(reason)
  const events = await world.inControl((tx) =>
    tx.selectFrom('audit.entry').select('reason_code').where('event', '=', 'sso.login_failed').execute(),
  )
  expect(events.map((each) => each.reason_code)).toContain(reason)
})

test('an address in mixed case and full width is the account of its plain form', async () => {
  const { sub } = newPerson({ email: 'Mixed.Case@ACME.Example' })
  sessionOf(await signInThrough(world.client, provider, here.connection_id, sub))
  const again = newPerson({ email: '\uff4dixed.case@acme.example' })
  const { body } = sessionOf(await signInThrough(world.client, provider, here.connection_id, again.sub))
  expect(body.object('person').text('email')).toBe('Mixed.Case@ACME.Example')
})

/** The token of a link by which the owner of a mailbox chooses a password. */
async function requestReset(email: string): Promise<string> {
  await world.client.call('POST', '/api/password-resets', { body: { email } })
  return takeToken(world.client, (await world.superadmin()).as, email, 'password_reset')
}

test('an account that existed before is linked once its mailbox was proven, and keeps its password', async () => {
  const there = await world.found()
  const email = `linked-${there.id}@acme.example`
  const body = { email, display_name: 'Linked' }
  await world.client.call('POST', `${there.path}/members`, { as: there.owner.as, body })
  provider.put({ sub: 'linked', email, name: 'Another Name' })
  // It was made by somebody who typed the address: until the mailbox is proven it is not the account of its owner.
  const early = await signInThrough(world.client, provider, here.connection_id, 'linked')
  expect(bodyOf(early).object('params').text('reason')).toBe('not_admitted')
  const token = await requestReset(email)
  const new_password = 'four brave lanterns hum'
  await world.client.call('POST', '/api/password-resets/confirm', { body: { token, new_password } })
  const before = await world.inControl((tx) =>
    tx.selectFrom('identity.user').selectAll().where('email_key', '=', email).executeTakeFirstOrThrow(),
  )
  const { cookie, body: came } = sessionOf(await signInThrough(world.client, provider, here.connection_id, 'linked'))
  expect(came.object('person').text('id')).toBe(before.id)
  const after = await world.inControl((tx) =>
    tx.selectFrom('identity.user').selectAll().where('id', '=', before.id).executeTakeFirstOrThrow(),
  )
  expect(after).toEqual(before)
  expectRefusal(await world.client.request('GET', there.path, { as: { cookie } }), 404, 'not_found')
  const password = new_password
  expect((await world.client.request('POST', '/api/sessions', { body: { email, password } })).status).toBe(201)
})

test("a super-admin's account is never linked by its address", async () => {
  const root = await world.superadmin()
  await world.inControl((tx) =>
    tx
      .updateTable('identity.user')
      .set({ email: 'root@acme.example', email_key: 'root@acme.example' })
      .where('email', '=', root.email)
      .execute(),
  )
  provider.put({ sub: 'root', email: 'root@acme.example' })
  const reply = await signInThrough(world.client, provider, here.connection_id, 'root')
  expect(bodyOf(reply).object('params').text('reason')).toBe('not_admitted')
})

test('a super-admin who signs in through an organisation is none there', async () => {
  const { sub, email } = newPerson()
  const { cookie } = sessionOf(await signInThrough(world.client, provider, here.connection_id, sub))
  await world.inControl((tx) =>
    tx.updateTable('identity.user').set({ is_superadmin: true }).where('email_key', '=', email).execute(),
  )
  expectRefusal(await world.client.request('GET', '/api/platform/users', { as: { cookie } }), 403, 'session_confined')
  await world.inControl((tx) =>
    tx.updateTable('identity.user').set({ is_superadmin: false }).where('email_key', '=', email).execute(),
  )
})

test('a removed member is not let in again, and a suspended one not either', async () => {
  for (const act of ['remove', 'suspend'] as const) {
    const { sub } = newPerson()
    const { cookie } = sessionOf(await signInThrough(world.client, provider, here.connection_id, sub))
    const me = await world.client.call('GET', here.organisation.path, { as: { cookie } })
    const member = `${here.organisation.path}/members/${me.object('membership').text('member_id')}`
    const { as } = here.organisation.owner
    if (act === 'remove') await world.client.call('DELETE', member, { as })
    else await world.client.call('POST', `${member}/suspend`, { as })
    const reply = await signInThrough(world.client, provider, here.connection_id, sub)
    expect(bodyOf(reply).object('params').text('reason')).toBe('not_admitted')
  }
})

test('an answer is good once, in the browser that began it, for the connection that was asked', async () => {
  const { sub } = newPerson()
  const { authorization_url, browser } = await leave(world.client, here.connection_id)
  const query = await provider.visit(authorization_url, sub)
  const reasonOf = async (connection_id: string, text: string, cookie: string) =>
    bodyOf(await comeBack(world.client, connection_id, text, cookie))
      .object('params')
      .text('reason')
  const stranger = (await leave(world.client, here.connection_id)).browser
  expect(await reasonOf(here.connection_id, query, stranger)).toBe('other_browser')
  expect(await reasonOf(here.connection_id, query, '')).toBe('other_browser')
  expect(await reasonOf(here.connection_id, `${query}&code=other`, browser)).toBe('parameter_repeated')
  expect(await reasonOf(here.connection_id, query.replace(/state=[^&]+/, 'state=x'), browser)).toBe('state_unknown')
  expect((await comeBack(world.client, here.connection_id, query, browser)).status).toBe(200)
  expect(await reasonOf(here.connection_id, query, browser)).toBe('state_used')
})

test('keys that the provider rotates are found at once', async () => {
  const { sub } = newPerson()
  sessionOf(await signInThrough(world.client, provider, here.connection_id, sub))
  await provider.rotateKeys()
  sessionOf(await signInThrough(world.client, provider, here.connection_id, sub))
})

test('a sign-out at the provider ends the sessions made from it, and no other', async () => {
  const { sub } = newPerson()
  const other = newPerson()
  const mine = sessionOf(await signInThrough(world.client, provider, here.connection_id, sub))
  const theirs = sessionOf(await signInThrough(world.client, provider, here.connection_id, other.sub))
  await provider.logOut(sub)
  const ask = (cookie: string) => world.client.request('GET', here.organisation.path, { as: { cookie } })
  await expect.poll(async () => (await ask(mine.cookie)).status).toBe(401)
  expect((await ask(theirs.cookie)).status).toBe(200)
})

test('two factors at the provider are two factors here', async () => {
  const aalOf = async (amr: readonly string[]) => {
    const { sub } = newPerson({ amr })
    const { body } = sessionOf(await signInThrough(world.client, provider, here.connection_id, sub))
    const id = body.object('session').text('id')
    const row = await world.inControl((tx) =>
      tx.selectFrom('identity.session').select(['aal', 'amr']).where('id', '=', id).executeTakeFirstOrThrow(),
    )
    return row
  }
  expect(await aalOf(['pwd'])).toEqual({ aal: 1, amr: ['pwd'] })
  expect(await aalOf(['pwd', 'otp'])).toEqual({ aal: 2, amr: ['pwd', 'otp'] })
  expect(await aalOf(['mfa'])).toEqual({ aal: 2, amr: ['mfa'] })
})

test('the ways in follow from the domain alone', async () => {
  const waysFor = async (email: string) =>
    (await world.client.call('POST', '/api/sign-in-ways', { body: { email } })).body
  const sso = { connection_id: here.connection_id, name: 'Our provider', preset: 'other' }
  const { email } = newPerson()
  expect(await waysFor(email)).toEqual({ password: true, sso })
  expect(await waysFor('nobody-at-all@ACME.example')).toEqual({ password: true, sso })
  expect(await waysFor(here.organisation.owner.email)).toEqual({ password: true, sso: null })
  expect(await waysFor('not an address')).toEqual({ password: true, sso: null })
})

test('somebody who is signed in links their account, and nobody else can finish it', async () => {
  const member = await world.join(here.organisation)
  const cookie = member.as !== null && 'cookie' in member.as ? member.as.cookie : ''
  const { sub } = newPerson({ email: 'outside@elsewhere.example', email_verified: false })
  const begin = () => leaveAs(world.client, '/api/me/sso-identities', cookie, { connection_id: here.connection_id })
  const first = await begin()
  const without = await comeBack(
    world.client,
    here.connection_id,
    await provider.visit(first.authorization_url, sub),
    first.browser,
  )
  expect(bodyOf(without).object('params').text('reason')).toBe('other_person')
  const second = await begin()
  const query = await provider.visit(second.authorization_url, sub)
  const linked = await comeBack(world.client, here.connection_id, query, second.browser, cookie)
  expect(bodyOf(linked).text('outcome')).toBe('linked')
  const { body } = sessionOf(await signInThrough(world.client, provider, here.connection_id, sub))
  expect(body.object('person').text('email')).toBe(member.email)
  const [identity] = (await world.client.call('GET', '/api/me/sso-identities', { as: member.as })).list('items')
  await world.client.call('DELETE', `/api/me/sso-identities/${identity?.text('id')}`, { as: member.as })
  expectRefusal(await signInThrough(world.client, provider, here.connection_id, sub), 401, 'sso_refused')
})
