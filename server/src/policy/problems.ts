import { defineProblem } from '../kernel/problem.ts'

/** `fields` names each value that is not a policy, by JSON pointer. */
export const policyInvalid = defineProblem('policy_invalid', 422, 'This is not a valid policy')
/** `fields` names each value that is looser than what stands above it, with the bound and the level that set it. */
export const policyLooser = defineProblem(
  'policy_looser',
  422,
  'A policy may restrict what stands above it, never loosen it',
)
export const policyVersionConflict = defineProblem(
  'policy_version_conflict',
  409,
  'The policy was changed since you looked at it',
)

// Refusals of a call. `params.rule` is the field of the policy, or what else decided, and `params.level` who set it.
export const engineForbidden = defineProblem('engine_forbidden', 403, 'Policy does not allow this type of engine')
export const modelNotAssigned = defineProblem('model_not_assigned', 404, 'Your organisation has no model of this name')
export const modelForbidden = defineProblem('model_forbidden', 403, 'Policy does not allow this model')
export const providerForbidden = defineProblem('provider_forbidden', 403, 'Policy does not allow this type of provider')
export const providerDisabled = defineProblem('provider_disabled', 403, 'The provider of this model is switched off')
export const supervisionRequired = defineProblem(
  'supervision_required',
  403,
  'Policy demands that a person supervises this, so it cannot be called directly',
)
export const jurisdictionForbidden = defineProblem(
  'jurisdiction_forbidden',
  422,
  'Policy does not allow this jurisdiction',
)
export const useCaseRequired = defineProblem('use_case_required', 422, 'Name the use case this call belongs to')
export const inputLimitExceeded = defineProblem('input_limit_exceeded', 422, 'The input is larger than policy allows')
export const outputLimitExceeded = defineProblem(
  'output_limit_exceeded',
  422,
  'More output is asked for than is allowed',
)
