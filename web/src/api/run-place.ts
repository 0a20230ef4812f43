import { queryOptions } from '@tanstack/react-query'
import { answerOf, api } from './client.ts'

/** Where a run belongs, as the API takes it: what is left out is the default project, no use case and no jurisdiction. */
export type RunPlace = {
  readonly project_id?: string
  readonly use_case_id?: string
  readonly jurisdiction?: string
}

/** What the policy in force says about where runs belong; `jurisdictions` is null where it allows all. */
export const placeRulesQuery = (org: string) =>
  queryOptions({
    queryKey: ['org', org, 'policy', 'of places'],
    async queryFn() {
      const { fields } = await answerOf(api.GET('/api/orgs/{org}/policy', { params: { path: { org } } }))
      const inForce = (name: string): unknown => fields.find(({ field }) => field === name)?.effective
      return { jurisdictions: wordsOf(inForce('jurisdictions')), needsUseCase: inForce('require_use_case') === true }
    },
  })

const wordsOf = (value: unknown): readonly string[] | null =>
  Array.isArray(value) ? value.filter((word): word is string => typeof word === 'string') : null
