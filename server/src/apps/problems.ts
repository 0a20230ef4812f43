import { defineProblem } from '../kernel/problem.ts'

export const contractInvalid = defineProblem('contract_invalid', 422, 'This is no valid contract of an app')
