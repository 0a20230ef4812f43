import type { JWTPayload } from 'jose'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type HostileProvider, startHostileProvider } from '../../../test/hostile-provider.ts'
import { createProviders } from '../../identity/sso/provider.ts'
import { bodyOf, startWorld, type World } from '../world.suite.ts'
import { comeBack, connect, type Connected, leave, sessionOf } from './sso.suite.ts'

let world: World
let hostile: HostileProvider
let here: Connected
beforeAll(async () => {
  ;[world, hostile] = await Promise.all([startWorld(), startHostileProvider()])
  here = await connect(world, hostile, 'acme.example')
}, 120_000)
afterAll(async () => {
  await world.stop()
  await hostile.close()
})
beforeEach(async () => {
  hostile.setUserInfo({ sub: 'somebody', groups: [] })
  // Failed answers are counted per address; the tests come from one.
  await world.inControl((tx) => tx.deleteFrom('identity.sign_in_failure').execute())
})

const now_s = () => Math.floor(Date.now() / 1000)
const HOUR_S = 3600

/** What a good token says. */
const good = (nonce: string, more: object = {}): JWTPayload => ({
  iss: hostile.issuer,
  aud: hostile.client_id,
  sub: 'somebody',
  nonce,
  iat: now_s(),
  exp: now_s() + 300,
  email: 'somebody@acme.example',
  email_verified: true,
  groups: [],
  ...more,
})

type Way = {
  /** The token for this nonce. */
  readonly token?: (nonce: string) => Promise<unknown>
  /** Anything else that the provider does before the browser comes back. */
  readonly prepare?: () => void
  readonly query?: (parameters: URLSearchParams) => string
  readonly begin?: object
}

async function tryWay({ token, prepare, query, begin }: Way) {
  const { authorization_url, browser } = await leave(world.client, here.connection_id, { ...begin })
  const asked = new URL(authorization_url).searchParams
  if (token !== undefined) hostile.answerToken(await token(asked.get('nonce') ?? ''))
  prepare?.()
  const parameters = new URLSearchParams({ code: 'a-code', state: asked.get('state') ?? '', iss: hostile.issuer })
  return comeBack(world.client, here.connection_id, query?.(parameters) ?? parameters.toString(), browser)
}

/** The reasons in the log of the organisation that the connection belongs to. */
async function loggedReasons(): Promise<readonly (string | null)[]> {
  const rows = await world.inControl((tx) =>
    tx
      .selectFrom('audit.entry')
      .select('reason_code')
      .where('event', '=', 'sso.login_failed')
      .where('organisation_id', '=', here.organisation.id)
      .where('outcome', '=', 'refused')
      .execute(),
  )
  return rows.map((row) => row.reason_code)
}

test('a good token lets somebody in, so that what is refused below is refused for its own reason', async () => {
  sessionOf(await tryWay({ token: (nonce) => hostile.sign(good(nonce)) }))
})

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const signed = (more: object) => (nonce: string) => hostile.sign(good(nonce, more))
const without = (name: string) => (nonce: string) =>
  hostile.sign(Object.fromEntries(Object.entries(good(nonce)).filter(([key]) => key !== name)))

const HOSTILE: readonly (readonly [what: string, reason: string, way: Way])[] = [
  ['alg none', 'algorithm', { token: async (nonce) => `${encode({ alg: 'none' })}.${encode(good(nonce))}.` }],
  [
    'HS256 with the public key as its secret',
    'algorithm',
    { token: (nonce) => hostile.signWithSecret(good(nonce), Buffer.from(hostile.publicKeyText)) },
  ],
  [
    'HS256 with the client secret',
    'algorithm',
    { token: (nonce) => hostile.signWithSecret(good(nonce), Buffer.from(hostile.client_secret.padEnd(32, '0'))) },
  ],
  ['another issuer', 'issuer', { token: signed({ iss: 'https://elsewhere.example' }) }],
  ['the issuer with a slash', 'issuer', { token: (nonce) => hostile.sign(good(nonce, { iss: `${hostile.issuer}/` })) }],
  ['no issuer', 'issuer', { token: without('iss') }],
  ['another audience', 'audience', { token: signed({ aud: 'another-client' }) }],
  ['several audiences without an authorised party', 'audience', { token: signed({ aud: ['reeve', 'other'] }) }],
  ['another authorised party', 'authorised_party', { token: signed({ aud: ['reeve', 'other'], azp: 'other' }) }],
  ['another nonce', 'nonce', { token: signed({ nonce: 'another' }) }],
  ['no nonce', 'nonce', { token: without('nonce') }],
  ['a token that expired', 'expired', { token: signed({ iat: now_s() - 2 * HOUR_S, exp: now_s() - HOUR_S }) }],
  ['no expiry', 'expired', { token: without('exp') }],
  ['a token for later', 'not_yet_valid', { token: signed({ nbf: now_s() + HOUR_S }) }],
  ['a clock an hour ahead', 'not_yet_valid', { token: signed({ iat: now_s() + HOUR_S, exp: now_s() + 2 * HOUR_S }) }],
  ['a token from before the sign-in', 'too_old', { token: signed({ iat: now_s() - HOUR_S, exp: now_s() + HOUR_S }) }],
  ['no time of issue', 'claim_malformed', { token: without('iat') }],
  ['no subject', 'subject', { token: without('sub') }],
  ['an endless subject', 'subject', { token: signed({ sub: 'x'.repeat(256) }) }],
  ['a key of its own under the known name', 'signature', { token: (nonce) => hostile.sign(good(nonce), {}, true) }],
  ['an unknown key', 'key_unknown', { token: (nonce) => hostile.sign(good(nonce), { kid: 'key-2' }, true) }],
  ['a key that is a path', 'key_unknown', { token: (nonce) => hostile.sign(good(nonce), { kid: '../../dev/null' }) }],
  [
    'a key inside its header',
    'header_key',
    { token: (nonce) => hostile.sign(good(nonce), { jwk: hostile.publicJwk }, true) },
  ],
  [
    'the address of a key in its header',
    'header_key',
    { token: (nonce) => hostile.sign(good(nonce), { jku: `${hostile.issuer}/jwks` }) },
  ],
  [
    'the address of a certificate in its header',
    'header_key',
    { token: (nonce) => hostile.sign(good(nonce), { x5u: `${hostile.issuer}/x` }) },
  ],
  [
    'a demand that nobody knows',
    'critical_header',
    { token: (nonce) => hostile.sign(good(nonce), { crit: ['x-unknown'], 'x-unknown': 1 }) },
  ],
  ['a logout token', 'token_type', { token: (nonce) => hostile.sign(good(nonce), { typ: 'logout+jwt' }) }],
  [
    'claims that were changed after signing',
    'signature',
    {
      token: async (nonce) => {
        const [head, , tail] = (await hostile.sign(good(nonce))).split('.')
        return `${head}.${encode(good(nonce, { sub: 'another' }))}.${tail}`
      },
    },
  ],
  ['something that is no token', 'token_malformed', { token: async () => 'not.a.token' }],
  ['an encrypted token', 'token_malformed', { token: async () => 'a.b.c.d.e' }],
  ['a number for a token', 'token_missing', { token: async () => 7 }],
  ['no token', 'token_missing', { token: async () => undefined }],
  [
    'account information about somebody else',
    'userinfo_subject',
    {
      token: (nonce) => hostile.sign({ ...good(nonce), groups: undefined }),
      prepare: () => hostile.setUserInfo({ sub: 'somebody else', groups: ['admins'] }),
    },
  ],
  [
    '10,001 groups',
    'groups_too_many',
    { token: signed({ groups: Array.from({ length: 10_001 }, (_, at) => `g${at}`) }) },
  ],
  [
    'an endless answer',
    'too_large',
    { prepare: () => hostile.setAnswer((response) => void response.end(JSON.stringify({ x: 'x'.repeat(2_000_000) }))) },
  ],
  [
    'a redirect instead of tokens',
    'redirect',
    { prepare: () => hostile.setAnswer((response) => void response.writeHead(302, { location: '/token' }).end()) },
  ],
  [
    'a page instead of tokens',
    'bad_answer',
    {
      prepare: () =>
        hostile.setAnswer((response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>')),
    },
  ],
  [
    'an answer that breaks off',
    'unreachable',
    { prepare: () => hostile.setAnswer((response) => void response.socket?.destroy()) },
  ],
  [
    'a code that was used before',
    'code_refused',
    {
      prepare: () =>
        hostile.setAnswer(
          (response) =>
            void response
              .writeHead(400, { 'content-type': 'application/json' })
              .end(JSON.stringify({ error: 'invalid_grant' })),
        ),
    },
  ],
  ['no code', 'code_missing', { query: (parameters) => (parameters.delete('code'), parameters.toString()) }],
  ['a refusal', 'provider_error', { query: (parameters) => `error=access_denied&state=${parameters.get('state')}` }],
  [
    'the issuer of another provider',
    'issuer_parameter',
    { query: (given) => (given.set('iss', 'https://x.example'), given.toString()) },
  ],
  ['no issuer beside the code', 'issuer_parameter', { query: (given) => (given.delete('iss'), given.toString()) }],
  ['two codes', 'parameter_repeated', { query: (given) => `${given.toString()}&code=another` }],
  ['another state', 'state_unknown', { query: (given) => (given.set('state', 'x'), given.toString()) }],
  ['no state', 'state_unknown', { query: (given) => (given.delete('state'), given.toString()) }],
  [
    'an old proof where a new one was asked for',
    'authentication_age',
    { begin: { reauthenticate: true }, token: signed({ auth_time: now_s() - HOUR_S }) },
  ],
]

test.each(HOSTILE)('%s is refused with %s, and the log says so', async (_what, reason, way) => {
  const reply = await tryWay(way)
  expect([401, 503], reply.text).toContain(reply.status)
  expect(bodyOf(reply).object('params').text('reason')).toBe(reason)
  expect(reply.headers.getSetCookie().join()).not.toContain('rvs_')
  expect(await loggedReasons()).toContain(reason)
})

test('the log is told of every refusal once', async () => {
  const before = (await loggedReasons()).length
  await tryWay({ token: signed({ nonce: 'x' }) })
  expect((await loggedReasons()).length).toBe(before + 1)
})

test('an answer for one connection is worth nothing at another, and is spent', async () => {
  const other = await connect(world, hostile, 'other.example')
  const { authorization_url, browser } = await leave(world.client, here.connection_id)
  const asked = new URL(authorization_url).searchParams
  hostile.answerToken(await hostile.sign(good(asked.get('nonce') ?? '')))
  const query = new URLSearchParams({ code: 'c', state: asked.get('state') ?? '', iss: hostile.issuer }).toString()
  const mixed = await comeBack(world.client, other.connection_id, query, browser)
  expect(bodyOf(mixed).object('params').text('reason')).toBe('other_connection')
  const late = await comeBack(world.client, here.connection_id, query, browser)
  expect(bodyOf(late).object('params').text('reason')).toBe('state_used')
})

test('a connection that was changed meanwhile takes no answer that was asked for before', async () => {
  const { as } = here.organisation.owner
  const { authorization_url, browser } = await leave(world.client, here.connection_id)
  const asked = new URL(authorization_url).searchParams
  await world.client.call('PATCH', here.path, { as, body: { groups_claim: 'groups' } })
  const query = new URLSearchParams({ code: 'c', state: asked.get('state') ?? '', iss: hostile.issuer }).toString()
  const reply = await comeBack(world.client, here.connection_id, query, browser)
  expect(bodyOf(reply).object('params').text('reason')).toBe('connection_changed')
})

test('ten thousand groups are read', async () => {
  const groups = Array.from({ length: 10_000 }, (_, at) => `8a1f0000-0000-4000-8000-${String(at).padStart(12, '0')}`)
  sessionOf(await tryWay({ token: (nonce) => hostile.sign(good(nonce, { groups })) }))
})

test('the difference of the clocks is named', async () => {
  const reply = await tryWay({ token: signed({ iat: now_s() + HOUR_S, exp: now_s() + 2 * HOUR_S }) })
  expect(bodyOf(reply).text('detail')).toContain('60 minutes ahead')
})

const address = (revision: number) => ({
  id: here.connection_id,
  revision,
  issuer: hostile.issuer,
  discovery_base: hostile.issuer,
})

test.each([
  ['metadata_issuer', { issuer: 'https://another.example' }],
  ['metadata_invalid', { token_endpoint: undefined }],
  ['metadata_invalid', { token_endpoint: 'javascript:alert(1)' }],
  ['metadata_invalid', { id_token_signing_alg_values_supported: ['HS256', 'none'] }],
  ['egress_refused', { jwks_uri: 'http://169.254.169.254/latest/meta-data' }],
])('a provider is refused with %s when it says %j of itself', async (reason, metadata) => {
  hostile.setMetadata(metadata)
  const providers = createProviders({ allow_private: true })
  await expect(providers.open(address(1))).rejects.toMatchObject({ reason })
  hostile.setMetadata({})
})

test('a provider on this machine is not spoken to unless private addresses are allowed', async () => {
  const providers = createProviders({ allow_private: false })
  await expect(providers.open(address(1))).rejects.toMatchObject({ reason: 'egress_refused' })
})

test('a provider that hangs is given up', async () => {
  hostile.setAnswer(() => undefined)
  const providers = createProviders({ allow_private: true }, 300)
  const { fetch } = await providers.open(address(1))
  const asked = fetch(`${hostile.issuer}/token`, { method: 'POST', headers: {}, body: '' })
  await expect(asked).rejects.toMatchObject({ reason: 'timeout' })
})

const LOGOUT_EVENT = 'http://schemas.openid.net/event/backchannel-logout'

let goodbyes = 0
/** What a good logout token says of the session `sid` of somebody. */
const goodbye = (more: object = {}): JWTPayload => ({
  iss: hostile.issuer,
  aud: hostile.client_id,
  sub: 'somebody',
  sid: 'left-alone',
  iat: now_s(),
  exp: now_s() + 120,
  jti: `goodbye-${(goodbyes += 1)}`,
  events: { [LOGOUT_EVENT]: {} },
  ...more,
})
const LOGOUT_TYPE = { typ: 'logout+jwt' }
const signGoodbye = (more: object = {}) => hostile.sign(goodbye(more), LOGOUT_TYPE)

const logOut = (token: string) =>
  fetch(here.back_channel_logout_uri, { method: 'POST', body: new URLSearchParams({ logout_token: token }) })

/** What the log says of the organisation's logouts by back channel, oldest first. */
const logouts = () =>
  world.inControl((tx) =>
    tx
      .selectFrom('audit.entry')
      .select(['event', 'outcome', 'reason_code', 'data'])
      .where('event', 'in', ['sso.logged_out', 'sso.logout_refused'])
      .where('organisation_id', '=', here.organisation.id)
      .orderBy('id')
      .execute(),
  )

const BAD_GOODBYES: readonly (readonly [what: string, reason: string, token: () => Promise<string>])[] = [
  ['of another issuer', 'issuer', () => signGoodbye({ iss: 'https://elsewhere.example' })],
  ['for another client', 'audience', () => signGoodbye({ aud: 'another-client' })],
  ['without its event', 'events', () => signGoodbye({ events: undefined })],
  ['with another event', 'events', () => signGoodbye({ events: { 'https://elsewhere.example': {} } })],
  ['with an event that is no object', 'events', () => signGoodbye({ events: { [LOGOUT_EVENT]: 'yes' } })],
  ['with a nonce', 'nonce_present', () => signGoodbye({ nonce: 'of-a-sign-in' })],
  ['that expired', 'expired', () => signGoodbye({ iat: now_s() - HOUR_S, exp: now_s() - HOUR_S + 120 })],
  ['from long ago', 'too_old', () => signGoodbye({ iat: now_s() - HOUR_S, exp: now_s() + HOUR_S })],
  ['for later', 'not_yet_valid', () => signGoodbye({ iat: now_s() + HOUR_S, exp: now_s() + HOUR_S + 120 })],
  ['without an id', 'claim_malformed', () => signGoodbye({ jti: undefined })],
  ['about nobody', 'subject', () => signGoodbye({ sub: undefined, sid: undefined })],
  ['with a session that is no text', 'claim_malformed', () => signGoodbye({ sid: 7 })],
  ['with a key of its own', 'signature', () => hostile.sign(goodbye(), LOGOUT_TYPE, true)],
  ['of another kind', 'token_type', () => hostile.sign(goodbye(), { typ: 'at+jwt' })],
  ['that is an ID token', 'events', () => hostile.sign(good('a-nonce'), { typ: 'JWT' })],
  ['that is none', 'token_malformed', async () => 'not.a.token'],
]

test.each(BAD_GOODBYES)('a logout token %s is refused with %s: the session stays, the log says why', async (...row) => {
  const [, reason, token] = row
  const { cookie } = sessionOf(await tryWay({ token: signed({ sid: 'left-alone' }) }))
  const before = await logouts()
  const reply = await logOut(await token())
  expect(reply.status).toBe(400)
  expect(await reply.json()).toMatchObject({ error: 'invalid_request' })
  expect((await logouts()).slice(before.length)).toMatchObject([
    { event: 'sso.logout_refused', outcome: 'refused', reason_code: reason },
  ])
  expect((await world.client.request('GET', here.organisation.path, { as: { cookie } })).status).toBe(200)
})

test('a logout token ends its session once; used again it is refused, and for a session that nobody knows it ends none', async () => {
  const { cookie } = sessionOf(await tryWay({ token: signed({ sid: 'to-be-ended' }) }))
  const before = await logouts()
  const statuses: number[] = []
  // The provider may say that a session is over which is over here already: that is no mistake (Back-Channel Logout, 2.7).
  const strangers = [await signGoodbye({ sid: 'unknown' }), await signGoodbye({ sid: 'to-be-ended', sub: 'another' })]
  for (const token of strangers) statuses.push((await logOut(token)).status)
  const ask = async () => (await world.client.request('GET', here.organisation.path, { as: { cookie } })).status
  const answers = [await ask()]
  const token = await signGoodbye({ sid: 'to-be-ended' })
  for (const each of [token, token]) statuses.push((await logOut(each)).status)
  answers.push(await ask())
  expect(statuses).toEqual([200, 200, 200, 400])
  expect(answers).toEqual([200, 401])
  expect((await logouts()).slice(before.length)).toMatchObject([
    { event: 'sso.logged_out', data: { sessions_ended: 0 } },
    { event: 'sso.logged_out', data: { sessions_ended: 0 } },
    { event: 'sso.logged_out', data: { sessions_ended: 1 } },
    { event: 'sso.logout_refused', outcome: 'refused', reason_code: 'replayed' },
  ])
})
