import { queryOptions } from '@tanstack/react-query'
import { answerOf, api } from './client.ts'

const LIVE_MS = 60_000

/** How many drafts wait for the reader. */
export const approvalCountsQuery = (org: string) =>
  queryOptions({
    queryKey: ['org', org, 'approvals', 'counts'],
    queryFn: () => answerOf(api.GET('/api/orgs/{org}/approvals/counts', { params: { path: { org } } })),
    refetchInterval: LIVE_MS,
  })
