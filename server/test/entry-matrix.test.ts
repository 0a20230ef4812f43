// Every way in × every rule of entry, as one table: what each credential gets while each rule is in force. A way that is
// missing here has not been thought of.

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
import { type IdentityProvider, startIdentityProvider } from './identity-provider.ts'

let office: Administration
let calls: Calls
let provider: IdentityProvider
let connection: Connection
beforeAll(async () => {
  ;[office, provider] = await Promise.all([startAdministration(), startIdentityProvider()])
  calls = await enableCalls(office)
  connection = await connectTo(office, provider, 'meridian.example')
  provider.register(connection)
}, 60_000)
afterAll(async () => {
  await calls.stop()
  await office.stop()
  await provider.close()
})

const PASSWORD = 'seven mild otters juggle'

/** What is asked with a credential. */
type Way =
  | 'session'
  | 'own key'
  | 'own key at the gateway'
  | 'organisation key'
  | 'service account'
  | 'sign-in'
  | 'passkey'
  | 'provider'
  | 'session from a provider'

/** What is in force for the person or the organisation. */
const RULES = [
  'nothing special',
  'a factor is demanded',
  'another address',
  'suspended',
  'removed',
  'account disabled',
  'organisation suspended',
  'address not proven',
  'single sign-on only',
] as const
type Rule = (typeof RULES)[number]

/** ok, or status and code of the refusal. An organisation’s own keys are nobody’s, so what befalls a person leaves them alone. */
const TABLE: Readonly<Record<Way, Readonly<Record<Rule, string>>>> = {
  session: {
    'nothing special': 'ok',
    'a factor is demanded': '403 factor_required',
    'another address': '403 address_not_allowed',
    suspended: '404 not_found',
    removed: '404 not_found',
    'account disabled': '401 not_signed_in',
    'organisation suspended': '403 organisation_not_active',
    'address not proven': 'ok',
    'single sign-on only': '403 sso_required',
  },
  'own key': {
    'nothing special': 'ok',
    'a factor is demanded': '403 factor_required',
    'another address': '403 address_not_allowed',
    suspended: '401 not_signed_in',
    removed: '401 not_signed_in',
    'account disabled': '401 not_signed_in',
    'organisation suspended': '403 organisation_not_active',
    'address not proven': 'ok',
    'single sign-on only': 'ok',
  },
  'own key at the gateway': {
    'nothing special': 'ok',
    'a factor is demanded': '403 factor_required',
    'another address': '403 address_not_allowed',
    suspended: '401 invalid_api_key',
    removed: '401 invalid_api_key',
    'account disabled': '401 invalid_api_key',
    'organisation suspended': '403 organisation_inactive',
    'address not proven': 'ok',
    'single sign-on only': 'ok',
  },
  'organisation key': {
    'nothing special': 'ok',
    'a factor is demanded': 'ok',
    'another address': '403 address_not_allowed',
    suspended: 'ok',
    removed: 'ok',
    'account disabled': 'ok',
    'organisation suspended': '403 organisation_not_active',
    'address not proven': 'ok',
    'single sign-on only': 'ok',
  },
  'service account': {
    'nothing special': 'ok',
    'a factor is demanded': 'ok',
    'another address': '403 address_not_allowed',
    suspended: 'ok',
    removed: 'ok',
    'account disabled': 'ok',
    'organisation suspended': '403 organisation_not_active',
    'address not proven': 'ok',
    'single sign-on only': 'ok',
  },
  // Signing in is to the platform: what an organisation demands is asked when it is entered.
  'sign-in': {
    'nothing special': 'ok',
    'a factor is demanded': 'ok',
    'another address': 'ok',
    suspended: 'ok',
    removed: 'ok',
    'account disabled': '401 sign_in_refused',
    'organisation suspended': 'ok',
    'address not proven': '403 email_unverified',
    'single sign-on only': 'ok',
  },
  passkey: {
    'nothing special': 'ok',
    'a factor is demanded': 'ok',
    'another address': 'ok',
    suspended: 'ok',
    removed: 'ok',
    'account disabled': '401 proof_refused',
    'organisation suspended': 'ok',
    'address not proven': '403 email_unverified',
    'single sign-on only': 'ok',
  },
  // Coming in anew: what the organisation itself says of the person is said there and then, with one word.
  provider: {
    'nothing special': 'ok',
    'a factor is demanded': 'ok',
    'another address': 'ok',
    suspended: '401 sso_refused',
    removed: '401 sso_refused',
    'account disabled': '401 sso_refused',
    'organisation suspended': '401 sso_refused',
    'address not proven': 'ok',
    'single sign-on only': 'ok',
  },
  'session from a provider': {
    'nothing special': 'ok',
    'a factor is demanded': '403 factor_required',
    'another address': '403 address_not_allowed',
    suspended: '404 not_found',
    removed: '404 not_found',
    'account disabled': '401 not_signed_in',
    'organisation suspended': '403 organisation_not_active',
    'address not proven': 'ok',
    'single sign-on only': 'ok',
  },
}

type Scene = {
  readonly person: Person & { readonly user_id: string; readonly email: string }
  readonly keys: Readonly<Record<'own key' | 'organisation key' | 'service account', As>>
  /** A second person of the same organisation who has a passkey. */
  readonly holder: Person & { readonly user_id: string; readonly email: string }
  readonly authenticator: ReturnType<typeof createAuthenticator>
  /** A third one, who came through the organisation's provider and has nothing but that. */
  readonly guest: Person & { readonly user_id: string; readonly sub: string }
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
const setVerified = (email_verified_at: Date | null, { person, holder, guest }: Scene) =>
  office.inControl((tx) =>
    tx
      .updateTable('identity.user')
      .set({ email_verified_at })
      .where('id', 'in', [person.user_id, holder.user_id, guest.user_id])
      .execute(),
  )

/** Puts a rule in force, and takes it back afterwards. */
async function enforce(rule: Rule, scene: Scene): Promise<() => Promise<unknown>> {
  const { organisation, superadmin } = office
  const { path, owner } = organisation
  const people = [scene.person, scene.holder, scene.guest]
  const each = (work: (person: (typeof people)[number]) => Promise<Reply>) => Promise.all(people.map(work))
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
      await each((person) => ask('POST', `${path}/members/${person.member_id}/suspend`, owner.as))
      return async () => undefined
    case 'removed':
      await each((person) => ask('DELETE', `${path}/members/${person.member_id}`, owner.as))
      return async () => undefined
    case 'account disabled':
      await each((person) => ask('PATCH', `/api/platform/users/${person.user_id}`, superadmin, { status: 'disabled' }))
      return async () => undefined
    case 'organisation suspended':
      await ask('POST', `${platform}/suspend`, superadmin)
      return () => ask('POST', `${platform}/restore`, superadmin)
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

const answerOf = (reply: Reply): string => {
  if (reply.status < 300) return 'ok'
  const code: unknown = memberOf(reply.body, 'code') ?? memberOf(memberOf(reply.body, 'error'), 'code')
  return `${reply.status} ${String(code)}`
}

const chat = (as: As) =>
  ask('POST', '/v1/chat/completions', as, { model: 'echo', messages: [{ role: 'user', content: 'Hello' }] })

async function enter(way: Way, { person, keys, holder, authenticator, guest }: Scene): Promise<Reply> {
  const { path } = office.organisation
  switch (way) {
    case 'session':
      return ask('GET', path, person.as)
    case 'own key at the gateway':
      return chat(keys['own key'])
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
    default:
      return ask('GET', path, keys[way])
  }
}

const WAYS: readonly Way[] = [
  'session',
  'own key',
  'own key at the gateway',
  'organisation key',
  'service account',
  'sign-in',
  'passkey',
  // Before somebody comes in anew, for that would begin another session.
  'session from a provider',
  'provider',
]

describe('every way in, while each rule is in force', () => {
  test.each(RULES)('%s', async (rule) => {
    const scene = await setScene()
    const lift = await enforce(rule, scene)
    const answers: Record<string, string> = {}
    for (const way of WAYS) answers[way] = answerOf(await enter(way, scene))
    await lift()
    expect(answers).toEqual(Object.fromEntries(WAYS.map((way) => [way, TABLE[way][rule]])))
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
