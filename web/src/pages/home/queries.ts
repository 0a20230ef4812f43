import { queryOptions } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import { inboxKey } from '../../api/runs.ts'

const SHOWN = 5
const RECENT = 8

/** The drafts that wait for the reader, the riskiest first. */
export const waitingQuery = (org: string) =>
  queryOptions({
    queryKey: [...inboxKey(org), 'home'],
    queryFn: () => {
      const query = { view: 'queue', order: 'risk', limit: SHOWN } as const
      return answerOf(api.GET('/api/orgs/{org}/approvals', { params: { path: { org }, query } }))
    },
  })

export const availableAppsQuery = (org: string) =>
  queryOptions({
    queryKey: ['org', org, 'apps', 'home'],
    queryFn: () => answerOf(api.GET('/api/orgs/{org}/apps', { params: { path: { org } } })),
    staleTime: 60_000,
  })

/** What a member ran last. */
export const recentQuery = (org: string, member_id: string) =>
  queryOptions({
    queryKey: ['org', org, 'executions', 'recent', member_id],
    queryFn: () => {
      const query = { member_id, limit: RECENT }
      return answerOf(api.GET('/api/orgs/{org}/executions', { params: { path: { org }, query } }))
    },
  })
