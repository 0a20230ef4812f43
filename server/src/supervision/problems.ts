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

// Refusals of a decision. `params.level` is the open level.
export const ownRun = defineProblem('own_run', 403, 'Nobody approves or signs off their own run')
export const notYourTurn = defineProblem('not_your_turn', 403, 'This level waits for somebody else')
export const alreadyGiven = defineProblem(
  'already_given',
  409,
  'You have given a level of this draft already; another person must give this one',
)
/** `params.open_level` is the level that waits, or null. */
export const levelNotOpen = defineProblem('level_not_open', 409, 'This level is not the one that waits')
export const levelExpired = defineProblem('level_expired', 409, 'This level was not given in time')
/** What was seen is not what is there now: look at it again. */
export const draftChanged = defineProblem('draft_changed', 409, 'The draft was changed since you looked at it')
/** `fields` names the statements that were not confirmed. */
export const statementMissing = defineProblem(
  'statement_missing',
  422,
  'Every statement is confirmed before a draft is acknowledged',
)

/** `fields` names what contradicts itself. */
export const delegationRefused = defineProblem('delegation_refused', 422, 'This delegation cannot be kept')

/** `fields` names the records, or the places of the output that would break its schema. */
export const humanLayerRefused = defineProblem('human_layer_refused', 422, 'This cannot stand over the output')
