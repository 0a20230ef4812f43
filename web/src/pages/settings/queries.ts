import { queryOptions } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'

/** The workers' public key. Opening it is logged, so it is asked for on demand and once. */
export const workerKeyQuery = (org: string) =>
  queryOptions({
    queryKey: ['worker-key', org],
    queryFn: () => answerOf(api.GET('/api/orgs/{org}/worker-key', { params: { path: { org } } })),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })

export const ownProvidersQuery = (org: string) =>
  queryOptions({
    queryKey: ['org', org, 'providers', 'in settings'],
    queryFn: () => answerOf(api.GET('/api/orgs/{org}/providers', { params: { path: { org } } })),
  })

const SHOWN = 5

/** The newest keys of the organisation itself. */
export const accessKeysQuery = (org: string) =>
  queryOptions({
    queryKey: ['org', org, 'api-keys', 'in settings'],
    queryFn: () => {
      const query = { owner: 'organisation' as const, limit: SHOWN }
      return answerOf(api.GET('/api/orgs/{org}/api-keys', { params: { path: { org }, query } }))
    },
  })
