import { queryOptions } from '@tanstack/react-query'
import type { Answer } from '../../api/answer.ts'
import { answerOf, api } from '../../api/client.ts'
import { given } from '../../api/given.ts'
import { listQuery } from '../../api/list.ts'

export const VIEWS = ['queue', 'own', 'delegated', 'history'] as const
export const ORDERS = ['risk', 'age'] as const
export const RISKS = ['low', 'medium', 'high', 'critical'] as const

export type InboxFilter = {
  readonly view?: 'queue' | 'own' | 'delegated' | undefined
  readonly order?: (typeof ORDERS)[number] | undefined
  readonly risk?: (typeof RISKS)[number] | undefined
}

export type Waiting = Answer<'/api/orgs/{org}/approvals', 'get'>['items'][number]
export type Decided = Answer<'/api/orgs/{org}/approvals/history', 'get'>['items'][number]
export type Run = Answer<'/api/orgs/{org}/runs/{run}', 'get'>
export type Supervision = Answer<'/api/orgs/{org}/runs/{run}/supervision', 'get'>
export type Delegation = Answer<'/api/orgs/{org}/delegations', 'get'>['items'][number]

const LIVE_MS = 15_000

/** Everything that a decision changes. */
export const inboxKey = (org: string) => ['org', org, 'approvals'] as const
export const runsKey = (org: string) => ['org', org, 'runs'] as const

export const inboxQuery = (org: string, filter: InboxFilter) => ({
  ...listQuery([...inboxKey(org), filter], (page) =>
    answerOf(api.GET('/api/orgs/{org}/approvals', { params: { path: { org }, query: { ...page, ...given(filter) } } })),
  ),
  refetchInterval: LIVE_MS,
})

export const historyQuery = (org: string) =>
  listQuery([...inboxKey(org), 'history'], (page) =>
    answerOf(api.GET('/api/orgs/{org}/approvals/history', { params: { path: { org }, query: page } })),
  )

export const runQuery = (org: string, run: string) =>
  queryOptions({
    queryKey: [...runsKey(org), 'one', run],
    queryFn: () => answerOf(api.GET('/api/orgs/{org}/runs/{run}', { params: { path: { org, run } } })),
  })

export const supervisionQuery = (org: string, run: string) =>
  queryOptions({
    queryKey: [...runsKey(org), 'supervision', run],
    queryFn: () => answerOf(api.GET('/api/orgs/{org}/runs/{run}/supervision', { params: { path: { org, run } } })),
    refetchInterval: LIVE_MS,
  })

export const contentQuery = (org: string, run: string, revision: number) =>
  queryOptions({
    queryKey: [...runsKey(org), 'content', run, revision],
    queryFn: () => answerOf(api.GET('/api/orgs/{org}/runs/{run}/content', { params: { path: { org, run } } })),
  })

export const delegationsQuery = (org: string) =>
  listQuery(['org', org, 'delegations'], (page) =>
    answerOf(api.GET('/api/orgs/{org}/delegations', { params: { path: { org }, query: page } })),
  )
