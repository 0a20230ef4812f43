// The log of an organisation, as its own screen and the history of single things read it.

import { queryOptions } from '@tanstack/react-query'
import type { Answer } from './answer.ts'
import { answerOf, api } from './client.ts'
import { given } from './given.ts'
import { listQuery } from './list.ts'

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
  readonly search?: string | undefined
}

export type Entry = Answer<'/api/orgs/{org}/audit/entries', 'get'>['items'][number]

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
