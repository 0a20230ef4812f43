import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Answer } from './answer.ts'
import { answerOf, api } from './client.ts'
import { given } from './given.ts'

/** An app that may be run here, with its contract. */
export const appQuery = (org: string, app: string) =>
  queryOptions({
    queryKey: ['org', org, 'apps', 'one', app],
    queryFn: () => answerOf(api.GET('/api/orgs/{org}/apps/{app}', { params: { path: { org, app } } })),
  })

export const APP_SOURCES = ['internal', 'public'] as const

export type AppFilter = {
  readonly search?: string | undefined
  readonly category?: string | undefined
  readonly source?: (typeof APP_SOURCES)[number] | undefined
}

export type ListedApp = Answer<'/api/orgs/{org}/apps', 'get'>['items'][number]

/** The apps that may be run here: promoted ones first, then by name. */
export const appsQuery = (org: string, filter: AppFilter) =>
  queryOptions({
    queryKey: ['org', org, 'apps', filter],
    queryFn: () => answerOf(api.GET('/api/orgs/{org}/apps', { params: { path: { org }, query: given(filter) } })),
    placeholderData: keepPreviousData,
  })
