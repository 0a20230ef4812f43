import type { Answer } from '../../api/answer.ts'
import { answerOf, api } from '../../api/client.ts'
import { given } from '../../api/given.ts'
import { listQuery } from '../../api/list.ts'
import { runsKey } from '../../api/runs.ts'

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
  'archived',
] as const

export const TRIGGERS = ['in_app', 'api', 'schedule', 'chat', 'test'] as const

export type RunFilter = {
  readonly state?: (typeof STATES)[number] | undefined
  readonly app_id?: string | undefined
  readonly requester_id?: string | undefined
  readonly trigger_source?: (typeof TRIGGERS)[number] | undefined
}

export type Run = Answer<'/api/orgs/{org}/runs', 'get'>['items'][number]

const LIVE_MS = 4000

export const runsQuery = (org: string, filter: RunFilter) => ({
  ...listQuery([...runsKey(org), filter], (page) =>
    answerOf(api.GET('/api/orgs/{org}/runs', { params: { path: { org }, query: { ...page, ...given(filter) } } })),
  ),
  refetchInterval: LIVE_MS,
})
