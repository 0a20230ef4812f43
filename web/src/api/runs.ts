import { queryOptions } from '@tanstack/react-query'
import type { Answer } from './answer.ts'
import { answerOf, api } from './client.ts'

export type RunDetail = Answer<'/api/orgs/{org}/runs/{run}', 'get'>
export type Supervision = Answer<'/api/orgs/{org}/runs/{run}/supervision', 'get'>

/** What a person wrote over the machine's output. */
export type HumanRecord = Supervision['human_layer'][number]

const LIVE_MS = 4000
const STEP_MS = 1000
const ENDED = new Set<string>(['finalised', 'failed', 'cancelled', 'archived'])
const WORKING = new Set<string>(['created', 'running'])

export const isEnded = (state: string): boolean => ENDED.has(state)
/** Where a run stands, and of an archived one how it had ended. */
export const outcomeOf = ({ state, ended_as }: Pick<RunDetail, 'state' | 'ended_as'>) => ended_as ?? state
/** Whether a run goes on by itself. */
export const isWorking = (state: string): boolean => WORKING.has(state)

/** Everything that a decision about a run changes. */
export const runsKey = (org: string) => ['org', org, 'runs'] as const
export const inboxKey = (org: string) => ['org', org, 'approvals'] as const

/** One run, read again while it is not over: often while it works, unless its stream is followed. */
export const runQuery = (org: string, run: string, isFollowed = false) =>
  queryOptions({
    queryKey: [...runsKey(org), 'one', run],
    queryFn: () => answerOf(api.GET('/api/orgs/{org}/runs/{run}', { params: { path: { org, run } } })),
    refetchInterval: ({ state: { data } }) =>
      data === undefined || isEnded(data.state) ? false : isWorking(data.state) && !isFollowed ? STEP_MS : LIVE_MS,
  })

/** What a run was given and what it made. */
export const contentQuery = (org: string, run: string, revision: number) =>
  queryOptions({
    queryKey: [...runsKey(org), 'content', run, revision],
    queryFn: () => answerOf(api.GET('/api/orgs/{org}/runs/{run}/content', { params: { path: { org, run } } })),
  })

/** What a run needs, who decided what, and what the reader may do. */
export const supervisionQuery = (org: string, run: string) =>
  queryOptions({
    queryKey: [...runsKey(org), 'supervision', run],
    queryFn: () => answerOf(api.GET('/api/orgs/{org}/runs/{run}/supervision', { params: { path: { org, run } } })),
    refetchInterval: LIVE_MS,
  })

/** The signed receipts of a run. */
export const receiptsQuery = (org: string, run: string) =>
  queryOptions({
    queryKey: [...runsKey(org), 'receipts', run],
    queryFn: () => answerOf(api.GET('/api/orgs/{org}/runs/{run}/receipts', { params: { path: { org, run } } })),
  })

/** The fingerprint of the key that signs the organisation's receipts. */
export const receiptKeyQuery = (org: string) =>
  queryOptions({
    queryKey: ['org', org, 'receipt-key'],
    queryFn: () => answerOf(api.GET('/api/orgs/{org}/receipt-key', { params: { path: { org } } })),
    staleTime: 60_000,
  })
