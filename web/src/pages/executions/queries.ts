import { queryOptions } from '@tanstack/react-query'
import type { Answer } from '../../api/answer.ts'
import { answerOf, api } from '../../api/client.ts'
import { given } from '../../api/given.ts'
import { listQuery, type ReadPage } from '../../api/list.ts'

export const STATES = [
  'running',
  'paused',
  'draft',
  'review',
  'acknowledged',
  'finalised',
  'failed',
  'cancelled',
] as const
export const ENGINES = ['gateway', 'prompt', 'document', 'analysis', 'workflow', 'agent', 'chat', 'build'] as const

export const RISKS = ['low', 'medium', 'high', 'critical'] as const
export const TRIGGERS = ['in_app', 'api', 'schedule', 'chat', 'test'] as const
export const KINDS = ['run', 'call'] as const

export type ExecutionFilter = {
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly state?: (typeof STATES)[number] | undefined
  readonly engine_type?: (typeof ENGINES)[number] | undefined
  readonly model?: string | undefined
  readonly member_id?: string | undefined
  readonly risk?: (typeof RISKS)[number] | undefined
  readonly trigger_source?: (typeof TRIGGERS)[number] | undefined
  readonly kind?: (typeof KINDS)[number] | undefined
  readonly app_id?: string | undefined
}

export type Execution = Answer<'/api/orgs/{org}/executions', 'get'>['items'][number]
export type ExecutionDetail = Answer<'/api/orgs/{org}/executions/{execution}', 'get'>

/** Executions are read again while the screen is open: what runs now changes without anybody's doing here. */
const LIVE_MS = 3000

export const readExecutions =
  (org: string, filter: ExecutionFilter): ReadPage<Execution> =>
  (page) =>
    answerOf(api.GET('/api/orgs/{org}/executions', { params: { path: { org }, query: { ...page, ...given(filter) } } }))

export const executionsQuery = (org: string, filter: ExecutionFilter) => ({
  ...listQuery(['org', org, 'executions', filter], readExecutions(org, filter)),
  refetchInterval: LIVE_MS,
})

export const executionQuery = (org: string, execution: string) =>
  queryOptions({
    queryKey: ['org', org, 'executions', 'one', execution],
    queryFn: () =>
      answerOf(api.GET('/api/orgs/{org}/executions/{execution}', { params: { path: { org, execution } } })),
    refetchInterval: ({ state }) => (state.data !== undefined && isOpen(state.data.state) ? LIVE_MS : false),
  })

const ENDED = new Set(['finalised', 'failed', 'cancelled'])
export const isOpen = (state: string): boolean => !ENDED.has(state)

/** What was refused or done about one execution, as the log tells it. */
export const storyQuery = (org: string, execution_id: string) =>
  queryOptions({
    queryKey: ['org', org, 'audit', 'of', execution_id],
    queryFn: () =>
      answerOf(
        api.GET('/api/orgs/{org}/audit/entries', { params: { path: { org }, query: { execution_id, limit: 50 } } }),
      ),
  })
