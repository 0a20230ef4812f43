import { queryOptions } from '@tanstack/react-query'
import type { Answer } from '../../api/answer.ts'
import { answerOf, api } from '../../api/client.ts'

export type Workflow = Answer<'/api/orgs/{org}/supervision/workflows', 'get'>['items'][number]

export const workflowsKey = (org: string) => ['org', org, 'supervision', 'workflows'] as const

export const workflowsQuery = (org: string) =>
  queryOptions({
    queryKey: workflowsKey(org),
    queryFn: () => answerOf(api.GET('/api/orgs/{org}/supervision/workflows', { params: { path: { org } } })),
  })

export const figuresQuery = (org: string) =>
  queryOptions({
    queryKey: ['org', org, 'supervision', 'figures'],
    queryFn: () => answerOf(api.GET('/api/orgs/{org}/supervision/figures', { params: { path: { org } } })),
  })
