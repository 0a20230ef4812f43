import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Answer } from '../../api/answer.ts'
import { answerOf, api } from '../../api/client.ts'
import { given } from '../../api/given.ts'
import { listQuery } from '../../api/list.ts'

export const OUTCOMES = ['succeeded', 'refused', 'failed'] as const

export type AuditFilter = {
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly event?: string | undefined
  readonly outcome?: (typeof OUTCOMES)[number] | undefined
  readonly actor_id?: string | undefined
  readonly target_id?: string | undefined
  readonly request_id?: string | undefined
  readonly execution_id?: string | undefined
}

export type Entry = Answer<'/api/orgs/{org}/audit/entries', 'get'>['items'][number]
export type Histogram = Answer<'/api/orgs/{org}/audit/histogram', 'get'>

export const entriesQuery = (org: string, filter: AuditFilter) =>
  listQuery(['org', org, 'audit', filter], (page) =>
    answerOf(
      api.GET('/api/orgs/{org}/audit/entries', { params: { path: { org }, query: { ...page, ...given(filter) } } }),
    ),
  )

export const entryQuery = (org: string, entry: string) =>
  queryOptions({
    queryKey: ['org', org, 'audit', 'entry', entry],
    queryFn: () => answerOf(api.GET('/api/orgs/{org}/audit/entries/{entry}', { params: { path: { org, entry } } })),
    // Entries never change.
    staleTime: Number.POSITIVE_INFINITY,
  })

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
