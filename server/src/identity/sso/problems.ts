import { defineProblem } from '../../kernel/problem.ts'

/**
 * A sign-in through a provider that came to nothing. `params.reason` is one of `refusal.ts`, `params.provider_error` what the
 * provider itself said, if it did.
 */
export const ssoRefused = defineProblem('sso_refused', 401, 'Signing in through this provider did not work')
/** `params.reason` is timeout, unreachable, and what else `refusal.ts` calls unavailable. */
export const ssoProviderUnavailable = defineProblem(
  'sso_provider_unavailable',
  503,
  'The identity provider does not answer as it should',
)
export const ssoConnectionDisabled = defineProblem(
  'sso_connection_disabled',
  409,
  'This connection to an identity provider is not in use',
)
/** `params.contact` names whom to ask. */
export const ssoNotEntitled = defineProblem(
  'sso_not_entitled',
  403,
  'Single sign-on is not part of what this organisation has agreed',
)
export const ssoPresetInvalid = defineProblem(
  'sso_preset_invalid',
  422,
  'The provider cannot be found by what was given',
)
export const ssoSecretMissing = defineProblem('sso_secret_missing', 409, 'Set the client secret first')
export const ssoNotTested = defineProblem(
  'sso_not_tested',
  409,
  'Sign in by a test first: the connection has not been tried since it was last changed',
)
export const ssoStillEnforced = defineProblem(
  'sso_still_enforced',
  409,
  'Single sign-on is enforced and this is its last connection; stop enforcing it first',
)
export const breakGlassNeeded = defineProblem(
  'break_glass_needed',
  422,
  'Name an active owner who may come in without single sign-on',
)
/** `params.left_out` says how many people could not come in any more. */
export const ssoLocksOut = defineProblem(
  'sso_locks_out',
  409,
  'You would lock yourself out: confirm it, or sign in through the connection first',
)
export const tooManyConnections = defineProblem(
  'too_many_connections',
  409,
  'There are as many connections as there may be',
)

export const domainInvalid = defineProblem('domain_invalid', 422, 'This is not a domain that can be claimed')
export const domainTaken = defineProblem('domain_taken', 409, 'This domain belongs to another connection')
export const domainLooksAlike = defineProblem(
  'domain_looks_alike',
  409,
  'This domain can be mistaken for one that belongs to another connection; a super-admin can allow it',
)
export const domainNotProven = defineProblem(
  'domain_not_proven',
  409,
  'The DNS record that proves the domain was not found; it can take a while until it is seen',
)
export const dnsUnavailable = defineProblem('dns_unavailable', 503, 'The DNS cannot be asked at the moment')

export const identityTaken = defineProblem(
  'identity_taken',
  409,
  'Whoever you are at this provider is linked to another account',
)
export const mappingUnknown = defineProblem(
  'mapping_unknown',
  422,
  'Something that a group is to give does not exist here',
)
export const scimTokenLimit = defineProblem('scim_token_limit', 409, 'A connection has at most two live tokens')
