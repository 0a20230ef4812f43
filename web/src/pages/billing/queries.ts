import { queryOptions } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'

/** The first moment of the running month, in UTC as the ledger reckons. */
export function startOfMonth(): string {
  const now = new Date()
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1)).toISOString()
}

/** What was called and charged since a moment. */
export const chargedQuery = (org: string, from: string) =>
  queryOptions({
    queryKey: ['org', org, 'usage', 'charged', from],
    queryFn: () => answerOf(api.GET('/api/orgs/{org}/usage', { params: { path: { org }, query: { from } } })),
  })

const SHOWN = 10

/** The newest entries of the ledger. */
export const newestTransfersQuery = (org: string) =>
  queryOptions({
    queryKey: ['org', org, 'wallet', 'transfers', 'newest'],
    queryFn: () =>
      answerOf(api.GET('/api/orgs/{org}/wallet/transfers', { params: { path: { org }, query: { limit: SHOWN } } })),
  })
