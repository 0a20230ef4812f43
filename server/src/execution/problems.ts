import { defineProblem } from '../kernel/problem.ts'

/** `params.state` is the run's state, `params.needs` the states in which it could be done. */
export const runStateRefused = defineProblem('run_state_refused', 409, 'The run is not in a state for this')

/** Others act on the run at this very moment. */
export const runMoving = defineProblem('run_moving', 409, 'The run is being changed by somebody else; try again')

export const appInvalid = defineProblem('app_invalid', 409, 'The app no longer passes its checks and cannot be run')
export const jurisdictionNotOffered = defineProblem(
  'jurisdiction_not_offered',
  422,
  'The app cannot be run under this jurisdiction',
)
export const quoteNotConfirmed = defineProblem(
  'quote_not_confirmed',
  409,
  'The price of the run was not confirmed, or what was confirmed is not what it costs now',
)
export const quoteExpired = defineProblem('quote_expired', 409, 'The quote has expired; ask for a new one')
export const runQuotaExceeded = defineProblem(
  'run_quota_exceeded',
  429,
  'A token quota leaves nothing for the model calls of a run',
)

export const requesterOnly = defineProblem(
  'requester_only',
  403,
  'Only its requester or the platform cancels a run; block the app, tighten the policy or remove the person instead',
)

export const batchMixed = defineProblem(
  'batch_mixed',
  422,
  'Only drafts of one app and one risk that wait at the same level are decided together',
)
export const taskClosed = defineProblem('task_closed', 409, 'The task was answered, or its run has ended')
