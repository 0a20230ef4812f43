import { queryOptions } from '@tanstack/react-query'
import type { Answer } from '../../api/answer.ts'
import { answerOf, api } from '../../api/client.ts'
import { given } from '../../api/given.ts'
import { listQuery } from '../../api/list.ts'

export const STATES = [
  'created',
  'running',
  'paused',
  'draft',
  'review',
  'acknowledged',
  'finalised',
  'failed',
  'cancelled',
] as const

export type RunFilter = {
  readonly state?: (typeof STATES)[number] | undefined
  readonly app_id?: string | undefined
  readonly requester_id?: string | undefined
}

export type Run = Answer<'/api/orgs/{org}/runs', 'get'>['items'][number]
export type RunDetail = Answer<'/api/orgs/{org}/runs/{run}', 'get'>
export type Supervision = Answer<'/api/orgs/{org}/runs/{run}/supervision', 'get'>
export type LayerRecord = Supervision['human_layer'][number]

const LIVE_MS = 4000
const STEP_MS = 1000
const ENDED = new Set<string>(['finalised', 'failed', 'cancelled'])
const WORKING = new Set<string>(['created', 'running'])

export const isEnded = (state: string): boolean => ENDED.has(state)

export const runsQuery = (org: string, filter: RunFilter) => ({
  ...listQuery(['org', org, 'runs', filter], (page) =>
    answerOf(api.GET('/api/orgs/{org}/runs', { params: { path: { org }, query: { ...page, ...given(filter) } } })),
  ),
  refetchInterval: LIVE_MS,
})

export const runQuery = (org: string, run: string) =>
  queryOptions({
    queryKey: ['org', org, 'runs', 'one', run],
    queryFn: () => answerOf(api.GET('/api/orgs/{org}/runs/{run}', { params: { path: { org, run } } })),
    refetchInterval: ({ state: { data } }) =>
      data === undefined || isEnded(data.state) ? false : WORKING.has(data.state) ? STEP_MS : LIVE_MS,
  })

export const contentQuery = (org: string, run: string, revision: number) =>
  queryOptions({
    queryKey: ['org', org, 'runs', 'content', run, revision],
    queryFn: () => answerOf(api.GET('/api/orgs/{org}/runs/{run}/content', { params: { path: { org, run } } })),
  })

export const supervisionQuery = (org: string, run: string) =>
  queryOptions({
    queryKey: ['org', org, 'runs', 'supervision', run],
    queryFn: () => answerOf(api.GET('/api/orgs/{org}/runs/{run}/supervision', { params: { path: { org, run } } })),
    refetchInterval: LIVE_MS,
  })
