// What a provider says about itself and with which keys it signs, as a node remembers it for ten minutes. A key that is not
// among them is looked for again at once, but not more often than once a minute, so keys can rotate and forged tokens cannot
// make Reeve ask without end.

import { createLocalJWKSet, decodeProtectedHeader, errors, jwtVerify } from 'jose'
import type { JSONWebKeySet, JWTPayload } from 'jose'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import type { EgressPolicy } from '../../kernel/egress.ts'
import { parseEgressUrl } from '../../kernel/egress.ts'
import { createProviderFetch, type ProviderFetch } from './provider-fetch.ts'
import { SsoRefusal } from './refusal.ts'

/** Signatures that are accepted: asymmetric ones only (RFC 8725, 3.2). */
const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA', 'Ed25519'] as const

const REMEMBERED_MS = 600_000
const ASK_AGAIN_MS = 60_000
const MAX_REMEMBERED = 1000
/** Clocks of provider and database may differ by so much. */
export const CLOCK_TOLERANCE_S = 60

const Text = Type.String({ minLength: 1, maxLength: 2000 })
const Metadata = Type.Object({
  issuer: Text,
  authorization_endpoint: Text,
  token_endpoint: Text,
  jwks_uri: Text,
  userinfo_endpoint: Type.Optional(Text),
  id_token_signing_alg_values_supported: Type.Optional(Type.Array(Text, { maxItems: 100 })),
  token_endpoint_auth_methods_supported: Type.Optional(Type.Array(Text, { maxItems: 100 })),
  authorization_response_iss_parameter_supported: Type.Optional(Type.Boolean()),
})
export type ProviderMetadata = Type.Static<typeof Metadata>

const KeySet = Type.Object({ keys: Type.Array(Type.Object({ kty: Type.String() }), { maxItems: 100 }) })

/** The part of a connection that says where its provider is. */
export type ProviderAddress = {
  readonly id: string
  readonly revision: number
  readonly issuer: string
  readonly discovery_base: string
}

/** Verifies a token; `now` is the database's time. The payload's claims are still to be judged by the caller. */
type VerifyToken = (
  token: string,
  expected: { readonly kind: TokenKind; readonly audience: string; readonly now: Date },
) => Promise<JWTPayload>

/** What a token says it is, if it says so: one kind never passes for the other (RFC 8725, 3.11). */
const TYPES = { id_token: /^jwt$/i, logout_token: /^(?:(?:application\/)?logout\+jwt|jwt)$/i } as const
type TokenKind = keyof typeof TYPES

export type Provider = {
  readonly metadata: ProviderMetadata
  readonly fetch: ProviderFetch
  /** Whether it may be spoken to without TLS: private addresses where the operator allows those. */
  readonly is_plain_allowed: boolean
  readonly verify: VerifyToken
}

export type Providers = {
  /** The provider of a connection. Refuses with an `SsoRefusal` that says what is wrong with it. */
  readonly open: (address: ProviderAddress) => Promise<Provider>
  readonly forget: (connection_id: string) => void
}

/** The providers as this node knows them. */
export function createProviders(egress: EgressPolicy, timeout_ms?: number): Providers {
  const fetch = createProviderFetch(egress, timeout_ms)
  const known = new Map<string, { readonly revision: number; readonly until_ms: number; readonly provider: Provider }>()
  return {
    async open(address) {
      const remembered = known.get(address.id)
      if (remembered?.revision === address.revision && performance.now() < remembered.until_ms)
        return remembered.provider
      const metadata = await discover(fetch, address, egress)
      const provider: Provider = {
        metadata,
        fetch,
        is_plain_allowed: egress.allow_private,
        verify: createVerifier(fetch, metadata),
      }
      known.delete(address.id)
      const [oldest] = known.keys()
      if (known.size >= MAX_REMEMBERED && oldest !== undefined) known.delete(oldest)
      known.set(address.id, { revision: address.revision, until_ms: performance.now() + REMEMBERED_MS, provider })
      return provider
    },
    forget: (connection_id) => void known.delete(connection_id),
  }
}

async function getJson(fetch: ProviderFetch, url: string): Promise<unknown> {
  const answer = await fetch(url, { method: 'GET', headers: { accept: 'application/json' } })
  if (answer.status !== 200) throw new SsoRefusal('bad_answer', { http_status: answer.status, host: new URL(url).host })
  try {
    return await answer.json()
  } catch (error) {
    throw new SsoRefusal('bad_answer', { host: new URL(url).host }, error)
  }
}

async function discover(
  fetch: ProviderFetch,
  address: ProviderAddress,
  egress: EgressPolicy,
): Promise<ProviderMetadata> {
  const found = await getJson(fetch, `${address.discovery_base}/.well-known/openid-configuration`)
  if (!Value.Check(Metadata, found)) throw new SsoRefusal('metadata_invalid')
  if (found.issuer !== address.issuer) throw new SsoRefusal('metadata_issuer')
  for (const url of [found.authorization_endpoint, found.token_endpoint, found.jwks_uri, found.userinfo_endpoint]) {
    if (url !== undefined) requireSafe(url, egress)
  }
  const algorithms = found.id_token_signing_alg_values_supported ?? ['RS256']
  const accepted = algorithms.filter((name) => ALGORITHMS.some((each) => each === name))
  if (accepted.length === 0) throw new SsoRefusal('metadata_invalid')
  // Only what was judged: what else a provider says of itself is never used.
  const { issuer, authorization_endpoint, token_endpoint, jwks_uri } = found
  return {
    issuer,
    authorization_endpoint,
    token_endpoint,
    jwks_uri,
    id_token_signing_alg_values_supported: accepted,
    ...(found.userinfo_endpoint !== undefined && { userinfo_endpoint: found.userinfo_endpoint }),
    ...(found.token_endpoint_auth_methods_supported !== undefined && {
      token_endpoint_auth_methods_supported: found.token_endpoint_auth_methods_supported,
    }),
    authorization_response_iss_parameter_supported: found.authorization_response_iss_parameter_supported ?? false,
  }
}

function requireSafe(text: string, egress: EgressPolicy): void {
  const url = URL.canParse(text) ? new URL(text) : null
  const isPlain = url?.protocol === 'http:' && egress.allow_private
  if (url === null || (url.protocol !== 'https:' && !isPlain)) throw new SsoRefusal('metadata_invalid')
  try {
    parseEgressUrl(text, egress)
  } catch (error) {
    throw new SsoRefusal('egress_refused', { host: url.host }, error)
  }
}

/** Keys are fetched when the first token comes. */
function createVerifier(fetch: ProviderFetch, metadata: ProviderMetadata): VerifyToken {
  let keys: { readonly set: JSONWebKeySet; readonly fetched_ms: number } | null = null
  let asked_again_ms = -Infinity
  const fetchKeys = async () => {
    const set = await getJson(fetch, metadata.jwks_uri)
    if (!Value.Check(KeySet, set)) throw new SsoRefusal('keys_invalid')
    keys = { set, fetched_ms: performance.now() }
    return keys
  }
  return async (token, expected) => {
    requireHeader(token, expected.kind)
    const current = keys !== null && performance.now() - keys.fetched_ms < REMEMBERED_MS ? keys : await fetchKeys()
    try {
      return await verifyWith(current.set, token, metadata, expected)
    } catch (error) {
      // A provider may also put a new key under the old name.
      const mayBeNew =
        error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWSSignatureVerificationFailed
      if (!mayBeNew || performance.now() - asked_again_ms < ASK_AGAIN_MS) throw error
      asked_again_ms = performance.now()
      return verifyWith((await fetchKeys()).set, token, metadata, expected)
    }
  }
}

/** Refuses a token that says itself by which key it is to be believed, before anything else is read from it. */
function requireHeader(token: string, kind: TokenKind): void {
  let header: ReturnType<typeof decodeProtectedHeader>
  try {
    header = decodeProtectedHeader(token)
  } catch (error) {
    throw new SsoRefusal('token_malformed', {}, error)
  }
  if (header.jku !== undefined || header.jwk !== undefined || header.x5u !== undefined)
    throw new SsoRefusal('header_key')
  if (header.typ !== undefined && !TYPES[kind].test(header.typ)) throw new SsoRefusal('token_type')
  if (header.crit !== undefined) throw new SsoRefusal('critical_header')
  if (!ALGORITHMS.some((name) => name === header.alg)) throw new SsoRefusal('algorithm')
}

async function verifyWith(
  set: JSONWebKeySet,
  token: string,
  metadata: ProviderMetadata,
  { audience, now }: { readonly audience: string; readonly now: Date },
): Promise<JWTPayload> {
  const { payload } = await jwtVerify(token, createLocalJWKSet(set), {
    algorithms: [...ALGORITHMS],
    issuer: metadata.issuer,
    audience,
    currentDate: now,
    clockTolerance: CLOCK_TOLERANCE_S,
  })
  return payload
}
