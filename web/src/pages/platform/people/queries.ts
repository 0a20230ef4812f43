import { queryOptions } from '@tanstack/react-query'
import type { Answer } from '../../../api/answer.ts'
import { answerOf, api } from '../../../api/client.ts'
import { given } from '../../../api/given.ts'
import { listQuery } from '../../../api/list.ts'

export const ACCOUNT_STATUSES = ['active', 'disabled'] as const

export type Account = Answer<'/api/platform/users', 'get'>['items'][number]
export type AccountDetail = Answer<'/api/platform/users/{user}', 'get'>

type Filter = {
  readonly search?: string | undefined
  readonly status?: (typeof ACCOUNT_STATUSES)[number] | undefined
}

export const accountsQuery = (filter: Filter) =>
  listQuery(['platform', 'accounts', filter], (page) =>
    answerOf(api.GET('/api/platform/users', { params: { query: { ...page, ...given(filter) } } })),
  )

export const accountQuery = (user: string) =>
  queryOptions({
    queryKey: ['platform', 'account', user],
    queryFn: () => answerOf(api.GET('/api/platform/users/{user}', { params: { path: { user } } })),
  })

export const sessionsQuery = (user: string) =>
  queryOptions({
    queryKey: ['platform', 'account', user, 'sessions'],
    queryFn: () => answerOf(api.GET('/api/platform/users/{user}/sessions', { params: { path: { user } } })),
  })
