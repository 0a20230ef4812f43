import type { Answer } from '../../api/answer.ts'
import { answerOf, api } from '../../api/client.ts'
import { given } from '../../api/given.ts'
import { listQuery } from '../../api/list.ts'
import { inboxKey } from '../../api/runs.ts'

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
export type Delegation = Answer<'/api/orgs/{org}/delegations', 'get'>['items'][number]

const LIVE_MS = 15_000

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

export const delegationsQuery = (org: string) =>
  listQuery(['org', org, 'delegations'], (page) =>
    answerOf(api.GET('/api/orgs/{org}/delegations', { params: { path: { org }, query: page } })),
  )
