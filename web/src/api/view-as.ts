import { queryOptions } from '@tanstack/react-query'
import { answerOf, api } from './client.ts'
import type { Worn } from './viewing.ts'

/** What somebody with these roles may do. Looking is logged, so the same look is taken once. */
export const viewAsQuery = (org: string, worn: Worn) =>
  queryOptions({
    queryKey: ['view-as', org, worn],
    queryFn: () => answerOf(api.GET('/api/orgs/{org}/roles/view-as', { params: { path: { org }, query: worn } })),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
