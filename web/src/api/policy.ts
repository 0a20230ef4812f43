import { queryOptions } from '@tanstack/react-query'
import { answerOf, api } from './client.ts'

/** The account tier of the organisation, whose maxima bind beside its policy; null without one. */
export const tierQuery = (org: string) =>
  queryOptions({
    queryKey: ['org', org, 'policy', 'tier'],
    queryFn: async () => (await answerOf(api.GET('/api/orgs/{org}/policy', { params: { path: { org } } }))).tier,
    staleTime: 60_000,
  })
