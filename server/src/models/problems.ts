import { defineProblem } from '../kernel/problem.ts'

export const providerNameTaken = defineProblem('provider_name_taken', 409, 'A provider of this name exists already')
export const modelNameTaken = defineProblem('model_name_taken', 409, 'A model of this name exists already')
export const baseUrlRefused = defineProblem('base_url_refused', 422, 'This address cannot be used for a provider')
export const outputBoundsRefused = defineProblem(
  'output_bounds_refused',
  422,
  'The default output must be at least 1 token and at most the maximum',
)
