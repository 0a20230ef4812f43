import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Answer } from '../../api/answer.ts'
import type { AuditFilter } from '../../api/audit.ts'
import { answerOf, api } from '../../api/client.ts'
import { given } from '../../api/given.ts'

export type Histogram = Answer<'/api/orgs/{org}/audit/histogram', 'get'>

export const histogramQuery = (org: string, filter: AuditFilter, bucket: 'hour' | 'day' | 'week') =>
  queryOptions({
    queryKey: ['org', org, 'audit', 'histogram', filter, bucket],
    queryFn: () =>
      answerOf(
        api.GET('/api/orgs/{org}/audit/histogram', { params: { path: { org }, query: { ...given(filter), bucket } } }),
      ),
    placeholderData: keepPreviousData,
  })

export const facetsQuery = (org: string, filter: AuditFilter) =>
  queryOptions({
    queryKey: ['org', org, 'audit', 'facets', filter],
    queryFn: () =>
      answerOf(api.GET('/api/orgs/{org}/audit/facets', { params: { path: { org }, query: given(filter) } })),
    placeholderData: keepPreviousData,
  })

/** Opening what was kept is an act that the log notes: it is asked for, never fetched ahead. */
export const openContent = (org: string, entry: string) =>
  answerOf(api.GET('/api/orgs/{org}/audit/entries/{entry}/content', { params: { path: { org, entry } } }))
