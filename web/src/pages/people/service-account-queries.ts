import { queryOptions } from '@tanstack/react-query'
import type { Answer } from '../../api/answer.ts'
import { answerOf, api } from '../../api/client.ts'
import { listQuery } from '../../api/list.ts'

export type ServiceAccount = Answer<'/api/orgs/{org}/service-accounts', 'get'>['items'][number]

export const serviceAccountsKey = (org: string) => ['org', org, 'service-accounts'] as const

/** Programs with rights of their own. */
export const serviceAccountsQuery = (org: string) =>
  listQuery(serviceAccountsKey(org), (query) =>
    answerOf(api.GET('/api/orgs/{org}/service-accounts', { params: { path: { org }, query } })),
  )

export const serviceAccountQuery = (org: string, account: string) =>
  queryOptions({
    queryKey: [...serviceAccountsKey(org), account],
    queryFn: () =>
      answerOf(api.GET('/api/orgs/{org}/service-accounts/{account}', { params: { path: { org, account } } })),
  })
