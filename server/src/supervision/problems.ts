import { defineProblem } from '../kernel/problem.ts'

export const workflowNameTaken = defineProblem('workflow_name_taken', 409, 'There is a workflow of this name already')
export const workflowChanged = defineProblem('workflow_changed', 409, 'The workflow was changed since you looked at it')
/** `fields` names what contradicts itself. */
export const workflowRefused = defineProblem('workflow_refused', 422, 'This workflow cannot be kept')

/** `params.level` is the level for which nobody is left, `params.needed` and `params.found` the persons. */
export const approverMissing = defineProblem(
  'approver_missing',
  409,
  'Nobody could approve this run, so it would never be finished',
)
