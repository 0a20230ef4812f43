// Why a sign-in or a logout that a provider vouches for is refused. Every refusal has one word, which the log keeps and the
// person is told: none of them says anything about other people.

import { ClientError, AuthorizationResponseError, ResponseBodyError } from 'openid-client'
import { errors } from 'jose'
import type { Problem } from '../../kernel/problem.ts'
import { ssoProviderUnavailable, ssoRefused } from './problems.ts'

/** What is wrong with the provider or the way there; the person may try again later. */
const UNAVAILABLE = {
  timeout: 'The provider took too long to answer.',
  unreachable: 'The provider cannot be reached.',
  egress_refused: 'Reeve may not connect to the address of the provider.',
  too_large: 'An answer of the provider is larger than Reeve takes.',
  redirect: 'The provider answered with a redirect where none may be.',
  bad_answer: 'The provider answered with something else than the protocol says.',
  metadata_issuer: 'The provider calls itself by another issuer than the one that is configured.',
  metadata_invalid: 'What the provider says about itself is not complete or not safe.',
  keys_invalid: 'The signing keys of the provider cannot be read.',
  client_refused: 'The provider does not accept the client id or the client secret.',
} as const

const REFUSED = {
  parameter_repeated: 'A parameter came more than once.',
  state_unknown: 'This sign-in was not begun here.',
  state_used: 'This sign-in was completed before.',
  state_expired: 'It took too long; begin again.',
  other_browser: 'This sign-in was begun in another browser.',
  other_connection: 'The answer came to another connection than the one that was asked.',
  other_person: 'Somebody else is signed in now than when this was begun.',
  connection_changed: 'The connection was changed meanwhile; begin again.',
  issuer_parameter: 'The answer comes from another provider than the one that was asked.',
  provider_error: 'The provider refused the sign-in.',
  code_missing: 'The answer of the provider holds no code.',
  code_refused: 'The provider does not accept the code it gave.',
  token_missing: 'The provider sent no ID token.',
  token_malformed: 'The token of the provider cannot be read.',
  token_type: 'The token is of another kind than is needed here.',
  algorithm: 'The token is signed in a way that is not accepted.',
  header_key: 'The token brings or names a key of its own.',
  critical_header: 'The token demands something that Reeve does not know.',
  key_unknown: 'The token is signed with a key that is not the provider’s.',
  key_ambiguous: 'The token does not say with which of the provider’s keys it is signed.',
  signature: 'The signature of the token is wrong.',
  issuer: 'The token was issued by somebody else.',
  audience: 'The token was issued for somebody else.',
  authorised_party: 'The token was issued to another client.',
  nonce: 'The token belongs to another sign-in.',
  subject: 'The token does not say who it is about.',
  expired: 'The token has expired.',
  not_yet_valid: 'The token is not valid yet.',
  too_old: 'The token is older than this sign-in.',
  access_token_hash: 'The ID token belongs to another access token.',
  authentication_age: 'The provider did not ask you to prove anew who you are.',
  claim_malformed: 'The token holds a claim that cannot be read.',
  userinfo_subject: 'The provider’s account information is about somebody else.',
  groups_too_many: 'The provider names more than 10,000 groups.',
  groups_overage:
    'The provider left out the groups because there are too many; assign groups to the application, or use SCIM.',
  events: 'The token is not a logout token.',
  nonce_present: 'A logout token must not carry a nonce.',
  replayed: 'The token was used before.',
  email_missing: 'The provider sends no e-mail address.',
  email_unverified: 'The provider does not say that the e-mail address is verified.',
  email_invalid: 'The e-mail address that the provider sends cannot be used.',
  domain_not_verified: 'The domain of the e-mail address does not belong to this connection.',
  proof_needed: 'This account is linked only by its owner, signed in.',
  account_disabled: 'The account is disabled.',
  member_suspended: 'The membership is suspended.',
  member_removed: 'The membership was ended by an administrator.',
  not_admitted: 'The provider knows you, but you are not among those who may come in; ask an administrator.',
} as const

export type UnavailableReason = keyof typeof UNAVAILABLE
export type RefusalReason = keyof typeof REFUSED | UnavailableReason

/** Thrown where a provider, its tokens or its people are judged; `problemOf` makes it what the person is told. */
export class SsoRefusal extends Error {
  readonly reason: RefusalReason
  /** Numbers and words for the log and the person; never a token, never a claim of somebody else. */
  readonly facts: Readonly<Record<string, string | number>>

  constructor(reason: RefusalReason, facts: Readonly<Record<string, string | number>> = {}, cause?: unknown) {
    super(`The sign-in was refused: ${reason}`, { cause })
    this.name = 'SsoRefusal'
    this.reason = reason
    this.facts = facts
  }
}

/** Refusals that would tell an insider about the account behind an address; the log alone names them. */
const SILENT = new Set<RefusalReason>(['account_disabled', 'member_suspended', 'member_removed', 'proof_needed'])

const isUnavailable = (reason: RefusalReason): reason is UnavailableReason => Object.hasOwn(UNAVAILABLE, reason)

/** What the person is told: `sso_refused`, or `sso_provider_unavailable` with a time after which to try again. */
export function problemOf(refusal: SsoRefusal): Problem {
  const { reason, facts } = refusal
  if (isUnavailable(reason)) {
    const extra = { detail: UNAVAILABLE[reason], retry_after_s: 30, cause: refusal }
    return ssoProviderUnavailable({ reason, ...facts }, extra)
  }
  const shown = SILENT.has(reason) ? 'not_admitted' : reason
  const clock = facts['clock_difference_s']
  const hint = typeof clock === 'number' ? ` ${clockHint(clock)}` : ''
  const rest = SILENT.has(reason) ? {} : facts
  return ssoRefused({ reason: shown, ...rest }, { detail: `${REFUSED[shown]}${hint}`, cause: refusal })
}

const clockHint = (difference_s: number): string =>
  `By its clock the token is ${Math.round(Math.abs(difference_s) / 60)} minutes ` +
  `${difference_s < 0 ? 'old' : 'ahead'}: compare the clocks of the provider and of Reeve's database.`

/** Whatever was thrown on the way to a provider and back, as a refusal; what is no refusal is thrown on. */
export function refusalOf(error: unknown): SsoRefusal {
  const chain: Error[] = []
  for (let each: unknown = error; each instanceof Error && chain.length < 10; each = each.cause) chain.push(each)
  // What was refused by ourselves, deep inside the library's call, says best what it was.
  const own = chain.find((each) => each instanceof SsoRefusal)
  const found = own ?? chain.map(knownRefusal).find((each) => each !== null)
  if (found === undefined) throw error
  return found
}

function knownRefusal(error: Error): SsoRefusal | null {
  if (error instanceof AuthorizationResponseError) {
    return new SsoRefusal('provider_error', { provider_error: errorWord(error.error) }, error)
  }
  if (error instanceof ResponseBodyError) {
    const reason =
      error.error === 'invalid_client' || error.error === 'unauthorized_client' ? 'client_refused' : 'code_refused'
    return new SsoRefusal(reason, { provider_error: errorWord(error.error) }, error)
  }
  if (error instanceof errors.JOSEError) return new SsoRefusal(joseReason(error), {}, error)
  return error instanceof ClientError ? new SsoRefusal(clientReason(error), {}, error) : null
}

/** The provider's own word for an error: plain ASCII and short, or none. */
export const errorWord = (word: string): string => (/^[A-Za-z0-9_.-]{1,64}$/.test(word) ? word : 'unreadable')

const CLAIM_REASONS: Readonly<Record<string, RefusalReason>> = {
  iss: 'issuer',
  aud: 'audience',
  azp: 'authorised_party',
  nonce: 'nonce',
  sub: 'subject',
  exp: 'expired',
  nbf: 'not_yet_valid',
  iat: 'claim_malformed',
  auth_time: 'authentication_age',
  at_hash: 'access_token_hash',
}

function joseReason(error: errors.JOSEError): RefusalReason {
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'signature'
  if (error instanceof errors.JWKSNoMatchingKey) return 'key_unknown'
  if (error instanceof errors.JWKSMultipleMatchingKeys) return 'key_ambiguous'
  if (error instanceof errors.JOSEAlgNotAllowed) return 'algorithm'
  if (error instanceof errors.JOSENotSupported)
    return /crit|extension/i.test(error.message) ? 'critical_header' : 'algorithm'
  if (error instanceof errors.JWTExpired) return 'expired'
  if (error instanceof errors.JWTClaimValidationFailed) return CLAIM_REASONS[error.claim] ?? 'claim_malformed'
  if (error instanceof errors.JWKSInvalid || error instanceof errors.JWKInvalid) return 'keys_invalid'
  return 'token_malformed'
}

/** The library says in `cause` which claim it stumbled over, and in its message the rest. */
function clientReason(error: Error): RefusalReason {
  const inner = error.cause instanceof Error ? error.cause : error
  const claim: unknown =
    typeof inner.cause === 'object' && inner.cause !== null ? Reflect.get(inner.cause, 'claim') : null
  const text = `${error.message} ${inner.message}`
  if (/"nonce"/.test(text)) return 'nonce'
  if (/"azp"/.test(text)) return 'authorised_party'
  if (/"sub"/.test(text) && /"response" body/.test(text)) return 'userinfo_subject'
  if (typeof claim === 'string') return CLAIM_REASONS[claim] ?? 'claim_malformed'
  if (/"crit"/.test(text)) return 'critical_header'
  const named = /JWT "(\w+)"/.exec(text)?.[1]
  if (named === 'alg') return 'algorithm'
  if (named !== undefined) return CLAIM_REASONS[named] ?? 'claim_malformed'
  if (/"id_token"/.test(text)) return 'token_missing'
  if (/Invalid JWT|JWT (?:Header|Payload)|JWE/.test(text)) return 'token_malformed'
  if (/timed out/.test(text)) return 'timeout'
  return 'bad_answer'
}
