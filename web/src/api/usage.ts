import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { answerOf, api } from './client.ts'
import { given } from './given.ts'

export const RANKED_BY = ['user', 'team', 'project', 'use_case', 'app', 'model', 'engine_type'] as const
export type RankedBy = (typeof RANKED_BY)[number]

export type UsageFilter = {
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly engine_type?: string | undefined
  readonly risk?: 'low' | 'medium' | 'high' | 'critical' | undefined
  readonly trigger_source?: 'in_app' | 'api' | 'schedule' | 'chat' | 'test' | undefined
  readonly app_id?: string | undefined
  readonly kind?: 'run' | 'call' | undefined
  readonly model?: string | undefined
  readonly member_id?: string | undefined
  readonly team_id?: string | undefined
  readonly project_id?: string | undefined
}

/** Totals of the organisation, as far as the reader may see them. */
export const usageQuery = (org: string, filter: UsageFilter) =>
  queryOptions({
    queryKey: ['org', org, 'usage', 'total', filter],
    queryFn: () => answerOf(api.GET('/api/orgs/{org}/usage', { params: { path: { org }, query: given(filter) } })),
    placeholderData: keepPreviousData,
  })

export const usageCourseQuery = (org: string, filter: UsageFilter, bucket: 'hour' | 'day' | 'week') =>
  queryOptions({
    queryKey: ['org', org, 'usage', 'course', filter, bucket],
    queryFn: () =>
      answerOf(
        api.GET('/api/orgs/{org}/usage/over-time', { params: { path: { org }, query: { ...given(filter), bucket } } }),
      ),
    placeholderData: keepPreviousData,
  })

export const rankingQuery = (org: string, filter: UsageFilter, by: RankedBy, rank_by: 'money' | 'tokens') =>
  queryOptions({
    queryKey: ['org', org, 'usage', 'ranking', filter, by, rank_by],
    queryFn: () =>
      answerOf(
        api.GET('/api/orgs/{org}/usage/ranking', {
          params: { path: { org }, query: { ...given(filter), by, rank_by, limit: 20 } },
        }),
      ),
    placeholderData: keepPreviousData,
  })

/** The reader's own use. */
export const ownUsageQuery = (org: string, from: string, to: string | undefined, bucket: 'hour' | 'day' | 'week') =>
  queryOptions({
    queryKey: ['org', org, 'usage', 'own', from, to, bucket],
    queryFn: () =>
      answerOf(
        api.GET('/api/orgs/{org}/usage/own', { params: { path: { org }, query: { ...given({ from, to }), bucket } } }),
      ),
    placeholderData: keepPreviousData,
  })

/** Every limit that holds for the reader, from the narrow scope to the wide one. */
export const limitsQuery = (org: string) =>
  queryOptions({
    queryKey: ['org', org, 'limits'],
    queryFn: () => answerOf(api.GET('/api/orgs/{org}/limits', { params: { path: { org } } })),
  })
