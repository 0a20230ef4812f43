import { queryOptions } from '@tanstack/react-query'
import { answerOf, api } from './client.ts'

/** The organisation's wallet, and with it the currency of every amount. Needs `billing.view`. */
export const walletQuery = (org: string) =>
  queryOptions({
    queryKey: ['org', org, 'wallet'],
    queryFn: () => answerOf(api.GET('/api/orgs/{org}/wallet', { params: { path: { org } } })),
  })
