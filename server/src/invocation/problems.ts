import { defineProblem } from '../kernel/problem.ts'

// Identity at the gateway: one answer for a key that is unknown, revoked, expired, or whose owner is not active.
export const invalidApiKey = defineProblem('invalid_api_key', 401, 'This API key is not valid')
export const organisationInactive = defineProblem('organisation_inactive', 403, 'This organisation is not active')

// Budgets. `params` carry scope, scope_id, window, limit, used, requested and resets_at.
export const quotaExceeded = defineProblem('quota_exceeded', 429, 'A token quota does not leave enough for this call')
export const spendLimitExceeded = defineProblem(
  'spend_limit_exceeded',
  402,
  'A spend limit does not leave enough for this call',
)
export const walletInsufficient = defineProblem('wallet_insufficient', 402, 'The wallet does not cover this call')
export const scopeWithoutBudget = defineProblem('scope_without_budget', 409, 'Part of what this call draws on is gone')

export const useCaseUnknown = defineProblem('use_case_unknown', 422, 'The project has no use case of this name')
export const useCaseFixed = defineProblem('use_case_fixed', 403, 'This key is bound to another use case')
export const inputNotTaken = defineProblem('input_not_taken', 422, 'The model does not take this kind of input')

// What became of the provider.
export const providerUnavailable = defineProblem('provider_unavailable', 502, 'The model provider cannot be reached')
export const providerFailed = defineProblem('provider_failed', 502, 'The model provider failed; nothing was charged')
export const providerTimeout = defineProblem(
  'provider_timeout',
  504,
  'The model provider did not answer in time; nothing was charged',
)
export const providerRefused = defineProblem('provider_refused', 400, 'The model provider refused the request')
export const providerRateLimited = defineProblem(
  'provider_rate_limited',
  429,
  'The model provider is rate limiting; nothing was charged',
)
export const callCancelled = defineProblem(
  'call_cancelled',
  503,
  'The call was ended by the platform; nothing was charged',
)

// Runs: whoever answers for one must be an active member as long as it goes on.
export const memberInactive = defineProblem('member_inactive', 403, 'Whoever answers for this is no active member')
export const noModelForRun = defineProblem('no_model_for_run', 403, 'No model may be called for this run')
