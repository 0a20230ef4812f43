import { defineProblem } from '../kernel/problem.ts'

export const secretNotFound = defineProblem('secret_not_found', 404, 'There is no such secret')
export const secretConflict = defineProblem('secret_conflict', 409, 'The secret was changed by somebody else meanwhile')
export const secretStoreUnavailable = defineProblem(
  'secret_store_unavailable',
  503,
  'The secret store cannot be reached at the moment',
)
