import { queryOptions } from '@tanstack/react-query'
import type { Answer } from '../../api/answer.ts'
import { answerOf, api } from '../../api/client.ts'
import { listQuery } from '../../api/list.ts'

export type Quota = Answer<'/api/orgs/{org}/quotas', 'get'>['items'][number]

/** A limit of either unit, as the screen shows it. */
export type Limit = Omit<Quota, 'limit_tokens'> & { readonly unit: 'tokens' | 'micros'; readonly amount: number }

export const QUOTA_SCOPES = ['organisation', 'project', 'use_case', 'user'] as const
export const SPEND_SCOPES = ['organisation', 'team', 'user'] as const
export const QUOTA_PERIODS = ['day', 'week', 'month'] as const
export const SPEND_PERIODS = ['day', 'week', 'month', 'total'] as const

export const quotasQuery = (org: string) =>
  listQuery<Limit>(['org', org, 'quotas'], async (page) => {
    const { items, next_cursor } = await answerOf(
      api.GET('/api/orgs/{org}/quotas', { params: { path: { org }, query: page } }),
    )
    return {
      next_cursor,
      items: items.map(({ limit_tokens, ...rest }) => ({ ...rest, unit: 'tokens', amount: limit_tokens })),
    }
  })

export const spendLimitsQuery = (org: string) =>
  listQuery<Limit>(['org', org, 'spend-limits'], async (page) => {
    const { items, next_cursor } = await answerOf(
      api.GET('/api/orgs/{org}/spend-limits', { params: { path: { org }, query: page } }),
    )
    return {
      next_cursor,
      items: items.map(({ limit_micros, ...rest }) => ({ ...rest, unit: 'micros', amount: limit_micros })),
    }
  })

const MOST = 200

/** Teams and projects, as scopes to choose from. */
export const scopesQuery = (org: string, kind: 'team' | 'project') =>
  queryOptions({
    queryKey: ['org', org, 'scopes', kind],
    queryFn: async () => {
      const params = { path: { org }, query: { limit: MOST } }
      const { items } =
        kind === 'team'
          ? await answerOf(api.GET('/api/orgs/{org}/teams', { params }))
          : await answerOf(api.GET('/api/orgs/{org}/projects', { params }))
      return items.map(({ id, name }) => ({ value: id, label: name }))
    },
  })

/** The use cases of a project. */
export const useCasesQuery = (org: string, project: string) =>
  queryOptions({
    queryKey: ['org', org, 'scopes', 'use_case', project],
    queryFn: async () => {
      const params = { path: { org, project }, query: { limit: MOST } }
      const { items } = await answerOf(api.GET('/api/orgs/{org}/projects/{project}/use-cases', { params }))
      return items.map(({ id, name }) => ({ value: id, label: name }))
    },
  })
