// What each way in gives while each rule of entry is in force. A way that is missing here has not been thought of.

import type { LinkWay } from './entry-links.ts'

/** What is asked with a credential. */
export type Way =
  | 'session'
  | 'event stream'
  | 'own key'
  | 'own key at the gateway'
  | 'organisation key'
  | 'service account'
  | 'SCIM token'
  | 'sign-in'
  | 'passkey'
  | 'provider'
  | 'session from a provider'
  | LinkWay

/** What is in force for the person or the organisation. */
export const RULES = [
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
export type Rule = (typeof RULES)[number]

/** What a way gives, but under the rules that refuse it: status and code. */
type Row = {
  /** Whether it hands out a session, or only answers. */
  readonly gives: 'a session' | 'an answer'
  readonly but: Readonly<Partial<Record<Rule, string>>>
}

const SESSION_REFUSED = {
  'a factor is demanded': '403 factor_required',
  'another address': '403 address_not_allowed',
  suspended: '404 not_found',
  removed: '404 not_found',
  'account disabled': '401 not_signed_in',
} as const
const INACTIVE = { 'organisation suspended': '403 organisation_not_active' } as const
const SSO_REQUIRED = { 'single sign-on only': '403 sso_required' } as const

/** What befalls a person leaves what is the organisation’s own alone. */
const OWN_REFUSED = {
  'another address': '403 address_not_allowed',
  ...INACTIVE,
} as const

/** Every way in × every rule of entry. */
export const TABLE: Readonly<Record<Way, Row>> = {
  session: { gives: 'an answer', but: { ...SESSION_REFUSED, ...INACTIVE, ...SSO_REQUIRED } },
  // In an organisation that is suspended it begins, and hears of nothing but the end of its session.
  'event stream': { gives: 'an answer', but: { ...SESSION_REFUSED, ...SSO_REQUIRED } },
  'own key': {
    gives: 'an answer',
    but: {
      'a factor is demanded': '403 factor_required',
      'another address': '403 address_not_allowed',
      suspended: '401 not_signed_in',
      removed: '401 not_signed_in',
      'account disabled': '401 not_signed_in',
      ...INACTIVE,
    },
  },
  'own key at the gateway': {
    gives: 'an answer',
    but: {
      'a factor is demanded': '403 factor_required',
      'another address': '403 address_not_allowed',
      suspended: '401 invalid_api_key',
      removed: '401 invalid_api_key',
      'account disabled': '401 invalid_api_key',
      'organisation suspended': '403 organisation_inactive',
    },
  },
  'organisation key': { gives: 'an answer', but: OWN_REFUSED },
  'service account': { gives: 'an answer', but: OWN_REFUSED },
  // A provider calls from its own addresses: a list for people would only keep it from taking access away (decision 18).
  'SCIM token': { gives: 'an answer', but: { 'organisation suspended': '401 The token is not valid.' } },
  // Signing in is to the platform: what an organisation demands is asked when it is entered.
  'sign-in': {
    gives: 'a session',
    but: { 'account disabled': '401 sign_in_refused', 'address not proven': '403 email_unverified' },
  },
  passkey: {
    gives: 'a session',
    but: { 'account disabled': '401 proof_refused', 'address not proven': '403 email_unverified' },
  },
  // Coming in anew: what the organisation itself says of the person is said there and then, with one word.
  provider: {
    gives: 'a session',
    but: {
      suspended: '401 sso_refused',
      removed: '401 sso_refused',
      'account disabled': '401 sso_refused',
      'organisation suspended': '401 sso_refused',
    },
  },
  'session from a provider': { gives: 'an answer', but: { ...SESSION_REFUSED, ...INACTIVE } },
  // The link proves the mailbox. Nobody is a person here before it was used, so no rule about one can refuse it.
  'invitation of somebody new': { gives: 'a session', but: { 'organisation suspended': '422 invitation_invalid' } },
  'session from an invitation': {
    gives: 'an answer',
    but: {
      'a factor is demanded': '403 factor_required',
      'another address': '403 address_not_allowed',
      // There is none.
      'organisation suspended': '401 not_signed_in',
      ...SSO_REQUIRED,
    },
  },
  // Of somebody who became a member otherwise since. What was sent before a removal leads nobody back.
  'invitation of an account': {
    gives: 'an answer',
    but: {
      suspended: '409 already_member',
      removed: '422 invitation_invalid',
      'account disabled': '401 not_signed_in',
      'organisation suspended': '422 invitation_invalid',
    },
  },
  // It changes the password of an account and opens nothing: whoever used it signs in.
  'password-reset link': { gives: 'an answer', but: { 'account disabled': '422 link_invalid' } },
}

/** In an order in which none spoils another. */
export const WAYS: readonly Way[] = [
  'session',
  'event stream',
  'own key',
  'own key at the gateway',
  'organisation key',
  'service account',
  'SCIM token',
  'sign-in',
  'passkey',
  // Before somebody comes in anew, for that would begin another session.
  'session from a provider',
  'provider',
  'invitation of somebody new',
  'session from an invitation',
  'invitation of an account',
  // Ends the sessions of its account.
  'password-reset link',
]
