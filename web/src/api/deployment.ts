import { queryOptions } from '@tanstack/react-query'
import { answerOf, api } from './client.ts'

/** What everybody may know of this deployment. */
export const deploymentQuery = queryOptions({
  queryKey: ['deployment'],
  queryFn: () => answerOf(api.GET('/api/deployment')),
  staleTime: 60_000,
})
