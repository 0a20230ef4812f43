// Every way in × every rule of entry: what each credential gets while each rule is in force, by one table.

import { TOTP } from 'otpauth'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createAuthenticator } from '../src/identity/authenticator.suite.ts'
import { type Connection, connectTo, sessionOf, signInThrough } from '../src/tenancy/sso/sso.suite.ts'
import {
  type Administration,
  enableCalls,
  type Calls,
  memberOf,
  type Person,
  startAdministration,
} from './administration.ts'
import { type As, cookieOf, type Reply } from './client.ts'
import { type Links, sendLinks } from './entry-links.ts'
import { type Rule, RULES, TABLE, type Way, WAYS } from './entry-table.ts'
import { type IdentityProvider, startIdentityProvider } from './identity-provider.ts'

let office: Administration
let calls: Calls
let provider: IdentityProvider
let connection: Connection
let scim_token: As
beforeAll(async () => {
  ;[office, provider] = await Promise.all([startAdministration(), startIdentityProvider()])
  calls = await enableCalls(office)
  connection = await connectTo(office, provider, 'meridian.example')
  provider.register(connection)
  const { client, organisation } = office
  const made = await client.call('POST', `${connection.path}/scim-tokens`, { as: organisation.owner.as, body: {} })
  scim_token = { key: made.text('token') }
}, 60_000)
afterAll(async () => {
  await calls.stop()
  await office.stop()
  await provider.close()
})

const PASSWORD = 'seven mild otters juggle'

type Scene = {
  readonly person: Person & { readonly user_id: string; readonly email: string }
  readonly keys: Readonly<Record<'own key' | 'organisation key' | 'service account', As>>
  /** A second person of the same organisation who has a passkey. */
  readonly holder: Person & { readonly user_id: string; readonly email: string }
  readonly authenticator: ReturnType<typeof createAuthenticator>
  /** A third one, who came through the organisation's provider and has nothing but that. */
  readonly guest: Person & { readonly user_id: string; readonly sub: string }
  readonly links: Links
}

const ask = (method: string, path: string, as: As, body?: object) =>
  office.client.request(method, path, { as, ...(body && { body }) })

async function join(): Promise<Scene['person']> {
  const person = await office.join()
  const user_id = await office.inside(office.organisation.id, async (tx) => {
    const rows = tx.selectFrom('tenancy.member').select('user_id').where('id', '=', person.member_id)
    return (await rows.executeTakeFirstOrThrow()).user_id
  })
  const { email } = await office.inControl((tx) =>
    tx.selectFrom('identity.user').select('email').where('id', '=', user_id).executeTakeFirstOrThrow(),
  )
  return { ...person, user_id, email }
}

let guests = 0
/** Somebody who comes in through the provider for the first time. */
async function arrive(amr: readonly string[] = []): Promise<Scene['guest']> {
  guests += 1
  const account = { sub: `guest-${guests}`, email: `guest${guests}@meridian.example`, amr }
  provider.put(account)
  const as = { cookie: sessionOf(await comeThrough(account.sub)).cookie }
  const { id: user_id } = await office.inControl((tx) =>
    tx.selectFrom('identity.user').select('id').where('email', '=', account.email).executeTakeFirstOrThrow(),
  )
  const { id: member_id } = await office.inside(office.organisation.id, (tx) =>
    tx.selectFrom('tenancy.member').select('id').where('user_id', '=', user_id).executeTakeFirstOrThrow(),
  )
  return { as, user_id, member_id, sub: account.sub }
}

const comeThrough = (sub: string) => signInThrough(office.client, provider, connection.connection_id, sub)

async function setScene(): Promise<Scene> {
  const { client, organisation } = office
  const { path, owner } = organisation
  const [person, joined] = [await join(), await join()]
  const scopes = ['org.view', 'run.execute', 'model.view']
  const make = async (kind: string, as: As, more: object = {}): Promise<As> => {
    const made = await client.call('POST', `${path}/${kind}`, { as, body: { name: 'Key', scopes, ...more } })
    return { key: made.text('key') }
  }
  const robot = { name: `Robot of ${person.member_id}`, permissions: scopes }
  const account = await client.call('POST', `${path}/service-accounts`, { as: owner.as, body: robot })
  const authenticator = createAuthenticator()
  const options = await client.call('POST', '/api/me/passkeys/options', { as: joined.as })
  const passkey = authenticator.create('localhost', options.text('challenge'))
  const enrolled = await client.call('POST', '/api/me/passkeys', { as: joined.as, body: { name: 'Laptop', passkey } })
  return {
    person,
    holder: { ...joined, as: { cookie: cookieOf(enrolled.headers) } },
    authenticator,
    guest: await arrive(),
    links: await sendLinks(office, person.email),
    keys: {
      'own key': await make('me/api-keys', person.as),
      'organisation key': await make('api-keys', owner.as),
      'service account': await make('api-keys', owner.as, { service_account_id: account.text('id') }),
    },
  }
}

const changeRules = (values: Record<string, unknown>) =>
  office.inside(office.organisation.id, (tx) => tx.updateTable('tenancy.security').set(values).execute())
const setSetting = (email_verification_is_required: boolean) =>
  office.client.call('PATCH', '/api/platform/settings', {
    as: office.superadmin,
    body: { email_verification_is_required },
  })
const enforceSso = (is_enforced: boolean) =>
  office.inControl((tx) =>
    tx
      .insertInto('identity.sso_setting')
      .values({ organisation_id: office.organisation.id, is_enforced })
      .onConflict((conflict) => conflict.column('organisation_id').doUpdateSet({ is_enforced }))
      .execute(),
  )
const setVerified = (email_verified_at: Date | null, { person, holder, guest, links }: Scene) =>
  office.inControl((tx) =>
    tx
      .updateTable('identity.user')
      .set({ email_verified_at })
      .where('id', 'in', [person.user_id, holder.user_id, guest.user_id, links.stranger.user_id])
      .execute(),
  )

/** Puts a rule in force, and takes it back afterwards. */
async function enforce(rule: Rule, scene: Scene): Promise<() => Promise<unknown>> {
  const { organisation, superadmin } = office
  const { path, owner } = organisation
  const { person: member, holder, guest, links } = scene
  const { call } = office.client
  const eachMember = async (method: string, act: string) => {
    const body = { email: links.stranger.email, display_name: 'Ida' }
    const added = await call('POST', `${path}/members`, { as: owner.as, body })
    const ids = [added.text('id'), ...[member, holder, guest].map(({ member_id }) => member_id)]
    await Promise.all(ids.map((id) => call(method, `${path}/members/${id}${act}`, { as: owner.as })))
    return async () => undefined
  }
  const platform = `/api/platform/organisations/${organisation.id}`
  switch (rule) {
    case 'nothing special':
      return async () => undefined
    case 'a factor is demanded':
      await changeRules({ mfa_required_from: new Date(0) })
      return () => changeRules({ mfa_required_from: null })
    case 'another address':
      await changeRules({ addresses: ['10.0.0.0/8'] })
      return () => changeRules({ addresses: [] })
    case 'suspended':
      return eachMember('POST', '/suspend')
    case 'removed':
      return eachMember('DELETE', '')
    case 'account disabled':
      for (const { user_id } of [member, holder, guest, links.stranger]) {
        await call('PATCH', `/api/platform/users/${user_id}`, { as: superadmin, body: { status: 'disabled' } })
      }
      return async () => undefined
    case 'organisation suspended':
      await call('POST', `${platform}/suspend`, { as: superadmin })
      return () => call('POST', `${platform}/restore`, { as: superadmin })
    case 'single sign-on only':
      await enforceSso(true)
      return () => enforceSso(false)
    case 'address not proven':
      await setSetting(true)
      await setVerified(null, scene)
      return async () => {
        await setVerified(new Date(), scene)
        await setSetting(false)
      }
  }
}

/** Status and code of a refusal; SCIM has sentences in the place of codes. */
const refusalIn = ({ status, body }: Reply): string => {
  const code = memberOf(body, 'code') ?? memberOf(memberOf(body, 'error'), 'code') ?? memberOf(body, 'detail')
  return `${status} ${String(code)}`
}
const answerOf = (reply: Reply): string => (reply.status < 300 ? 'ok' : refusalIn(reply))

const setsSession = ({ headers }: Reply): boolean =>
  headers.getSetCookie().some((cookie) => cookie.startsWith('__Host-reeve_session=rvs_'))
const given = (reply: Reply): string =>
  reply.status >= 300 ? refusalIn(reply) : setsSession(reply) ? 'a session' : 'an answer'

const chat = (as: As) =>
  ask('POST', '/v1/chat/completions', as, { model: 'echo', messages: [{ role: 'user', content: 'Hello' }] })

/** How a stream of live events begins; it is left at once. */
async function follow(as: As): Promise<Reply> {
  const leaving = new AbortController()
  const { signal } = leaving
  const url = `${office.client.url}/api/me/events?organisation=${office.organisation.id}`
  const cookie = as !== null && 'cookie' in as ? as.cookie : ''
  const response = await fetch(url, { headers: { cookie }, signal })
  const { status, headers } = response
  if (status !== 200) return { status, headers, text: '', body: await response.json() }
  leaving.abort()
  return { status, headers, text: '', body: null }
}

async function enter(way: Way, { person, keys, holder, authenticator, guest, links }: Scene): Promise<Reply> {
  const { path } = office.organisation
  switch (way) {
    case 'session':
      return ask('GET', path, person.as)
    case 'event stream':
      return follow(person.as)
    case 'own key at the gateway':
      return chat(keys['own key'])
    case 'SCIM token':
      return ask('GET', '/scim/v2/Users', scim_token)
    case 'sign-in':
      return ask('POST', '/api/sessions', null, { email: person.email, password: PASSWORD })
    case 'passkey': {
      const options = await office.client.call('POST', '/api/sessions/passkey-options', { body: {} })
      const passkey = authenticator.get('localhost', options.text('challenge'))
      expect(holder.email).not.toBe('')
      return ask('POST', '/api/sessions/passkey', null, { passkey })
    }
    case 'provider':
      return comeThrough(guest.sub)
    case 'session from a provider':
      return ask('GET', path, guest.as)
    case 'own key':
    case 'organisation key':
    case 'service account':
      return ask('GET', path, keys[way])
    default:
      return links.enter(way)
  }
}

describe('every way in, while each rule is in force', () => {
  test.each(RULES)('%s', async (rule) => {
    const scene = await setScene()
    const lift = await enforce(rule, scene)
    const answers: Record<string, string> = {}
    for (const way of WAYS) answers[way] = given(await enter(way, scene))
    await lift()
    expect(answers).toEqual(Object.fromEntries(WAYS.map((way) => [way, TABLE[way].but[rule] ?? TABLE[way].gives])))
  })

  test('whoever has a factor and proved it comes in where one is demanded, by the app as by the passkey', async () => {
    const { holder, person } = await setScene()
    const begun = await office.client.call('POST', '/api/me/totp', { as: person.as })
    const code = new TOTP({ secret: begun.text('secret') }).generate()
    const other = await office.client.call('POST', '/api/sessions', {
      body: { email: person.email, password: PASSWORD },
    })
    const confirmed = await office.client.call('POST', '/api/me/totp/confirm', { as: person.as, body: { code } })
    await changeRules({ mfa_required_from: new Date(0) })
    const enter_as = async (as: As) => answerOf(await ask('GET', office.organisation.path, as))
    const answers = [
      await enter_as({ cookie: cookieOf(confirmed.headers) }),
      await enter_as(holder.as),
      // Begun with the password alone, before there was a factor.
      await enter_as({ cookie: cookieOf(other.headers) }),
    ]
    await changeRules({ mfa_required_from: null })
    expect(answers).toEqual(['ok', 'ok', '403 factor_required'])
  })

  test('a factor proven at the provider counts for a person’s own keys as well, until a sign-in proves none', async () => {
    const { organisation, client } = office
    const guest = await arrive(['pwd', 'otp'])
    const body = { name: 'Key', scopes: ['org.view', 'run.execute', 'model.view'] }
    // What the provider says of when somebody signed in is never a fresh proof.
    await office.inControl((tx) =>
      tx
        .updateTable('identity.session')
        .set({ authenticated_at: new Date() })
        .where('user_id', '=', guest.user_id)
        .execute(),
    )
    const made = await client.call('POST', `${organisation.path}/me/api-keys`, { as: guest.as, body })
    const key = { key: made.text('key') }
    await changeRules({ mfa_required_from: new Date(0) })
    const both = async () => [answerOf(await ask('GET', organisation.path, key)), answerOf(await chat(key))]
    const proven = await both()
    await provider.logOut(guest.sub)
    provider.put({ sub: guest.sub, email: `${guest.sub}@meridian.example`, amr: ['pwd'] })
    sessionOf(await comeThrough(guest.sub))
    const unproven = await both()
    await changeRules({ mfa_required_from: null })
    expect(proven).toEqual(['ok', 'ok'])
    expect(unproven).toEqual(['403 factor_required', '403 factor_required'])
  })
})
