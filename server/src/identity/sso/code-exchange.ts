// The protocol: OpenID Connect's authorization code flow with PKCE (RFC 7636), state, nonce and `iss` (RFC 9207). The library
// speaks it and checks the claims; the signature is checked once more by `provider.ts`, over the keys that a node remembers.

import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  ClientSecretBasic,
  ClientSecretPost,
  clockSkew,
  clockTolerance,
  Configuration,
  customFetch,
  fetchUserInfo,
  None,
} from 'openid-client'
import type { Secret } from '../../keys/secret.ts'
import type { Attempt, BegunAttempt } from './attempt.ts'
import { type Claims, clockDifference, readPerson, requireFresh, type ProviderPerson } from './claims.ts'
import type { Connection } from './connection.ts'
import { CLOCK_TOLERANCE_S, type Provider } from './provider.ts'
import { refusalOf, SsoRefusal } from './refusal.ts'

const LONGEST_QUERY = 8192

/** Where a provider sends the browser back to: one address per connection, a page of the portal. */
export const redirectUri = (origin: string, connection_id: string): string => `${origin}/login/sso/${connection_id}`

/** The address at the provider to which the browser goes. */
export async function authorizationUrl(
  provider: Provider,
  connection: Connection,
  begun: BegunAttempt,
  options: { readonly origin: string; readonly login_hint: string | null; readonly reauthenticates: boolean },
): Promise<string> {
  const configuration = configure(provider, connection, null, new Date())
  const url = buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri(options.origin, connection.id),
    response_type: 'code',
    scope: connection.scopes.join(' '),
    state: begun.state,
    nonce: begun.nonce,
    code_challenge: await calculatePKCECodeChallenge(begun.verifier),
    code_challenge_method: 'S256',
    ...(options.login_hint !== null && { login_hint: options.login_hint }),
    ...(options.reauthenticates && { prompt: 'login', max_age: '0' }),
  })
  return url.href
}

function configure(provider: Provider, connection: Connection, secret: Secret | null, now: Date): Configuration {
  const { metadata, fetch, is_plain_allowed } = provider
  const basic = metadata.token_endpoint_auth_methods_supported?.includes('client_secret_post') === false
  const proof = secret === null ? None() : (basic ? ClientSecretBasic : ClientSecretPost)(secret.reveal())
  const configuration = new Configuration(
    metadata,
    connection.client_id,
    {
      // A node whose clock is off judges by the database's.
      [clockSkew]: Math.round((now.getTime() - Date.now()) / 1000),
      [clockTolerance]: CLOCK_TOLERANCE_S,
    },
    proof,
  )
  configuration[customFetch] = (url, options) => fetch(url, options)
  if (is_plain_allowed) allowInsecureRequests(configuration)
  return configuration
}

/** The parameters with which the browser came back. Refuses repeated ones, and more than a provider sends. */
export function readParameters(query: string): URLSearchParams {
  if (query.length > LONGEST_QUERY) throw new SsoRefusal('parameter_repeated')
  const parameters = new URLSearchParams(query)
  const names = [...parameters.keys()]
  if (new Set(names).size !== names.length) throw new SsoRefusal('parameter_repeated')
  return parameters
}

/** A sign-in as the provider completed it. */
export type Exchange = {
  readonly connection: Connection
  readonly secret: Secret
  readonly parameters: URLSearchParams
  readonly attempt: Attempt
  readonly origin: string
  /** The database's time. */
  readonly now: Date
}

/**
 * Exchanges the code for tokens, verifies them and reads who signed in. Refuses with an `SsoRefusal` whatever is wrong with
 * answer, provider or token.
 */
export async function exchangeCode(provider: Provider, exchange: Exchange): Promise<ProviderPerson> {
  const { connection, attempt, parameters, now } = exchange
  requireOwnIssuer(provider, parameters)
  const configuration = configure(provider, connection, exchange.secret, now)
  const url = new URL(redirectUri(exchange.origin, connection.id))
  url.search = parameters.toString()
  const seen: { id_token: string | null } = { id_token: null }
  configuration[customFetch] = async (address, options) => {
    const answer = await provider.fetch(address, options)
    if (address === provider.metadata.token_endpoint) seen.id_token = await idTokenIn(answer.clone())
    return answer
  }
  try {
    const tokens = await authorizationCodeGrant(configuration, url, {
      expectedState: parameters.get('state') ?? '',
      expectedNonce: attempt.nonce,
      pkceCodeVerifier: attempt.verifier,
      idTokenExpected: true,
      ...(attempt.reauthenticates && { maxAge: 0 }),
    })
    const claims = await provider.verify(tokens.id_token ?? '', {
      kind: 'id_token',
      audience: connection.client_id,
      now,
    })
    requireFresh(claims, attempt.created_at, now)
    const more = await moreClaims(configuration, provider, connection, tokens.access_token, claims)
    return readPerson({ ...more, ...claims }, connection.groups_claim)
  } catch (error) {
    throw withClock(refusalOf(error), seen.id_token, now)
  }
}

async function idTokenIn(answer: Response): Promise<string | null> {
  const body: unknown = await answer.json().catch(() => null)
  const token: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'id_token') : null
  return typeof token === 'string' ? token : null
}

/** A time that does not fit gets the difference of the clocks, so that the person who looks after them sees it. */
function withClock(refusal: SsoRefusal, id_token: string | null, now: Date): SsoRefusal {
  if (refusal.reason !== 'expired' && refusal.reason !== 'not_yet_valid') return refusal
  const clock_difference_s = id_token === null ? null : clockDifference(id_token, now)
  if (clock_difference_s === null || Math.abs(clock_difference_s) <= CLOCK_TOLERANCE_S) return refusal
  return new SsoRefusal(refusal.reason, { clock_difference_s }, refusal)
}

/** The answer's own `iss` must be this provider's (RFC 9207): else it is another one's, mixed up. */
function requireOwnIssuer({ metadata }: Provider, parameters: URLSearchParams): void {
  const iss = parameters.get('iss')
  if (iss === null ? metadata.authorization_response_iss_parameter_supported === true : iss !== metadata.issuer) {
    throw new SsoRefusal('issuer_parameter')
  }
  if (parameters.get('code') === null && parameters.get('error') === null) throw new SsoRefusal('code_missing')
}

/** Address and groups may stand in the account information instead of the token; it must be about the same person. */
async function moreClaims(
  configuration: Configuration,
  { metadata }: Provider,
  connection: Connection,
  access_token: string,
  claims: Claims,
): Promise<Claims> {
  const isComplete = claims['email'] !== undefined && claims[connection.groups_claim] !== undefined
  if (isComplete || metadata.userinfo_endpoint === undefined) return {}
  const more = await fetchUserInfo(configuration, access_token, String(claims['sub']))
  if (more.sub !== claims['sub']) throw new SsoRefusal('userinfo_subject')
  return more
}
