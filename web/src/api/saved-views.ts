import { queryOptions } from '@tanstack/react-query'
import type { Answer } from './answer.ts'
import { answerOf, api } from './client.ts'

export type SavedView = Answer<'/api/orgs/{org}/saved-views', 'get'>['items'][number]
export type ViewScreen = 'executions' | 'runs' | 'audit'

export const savedViewsQuery = (org: string, screen: ViewScreen) =>
  queryOptions({
    queryKey: ['org', org, 'saved-views', screen],
    queryFn: () => answerOf(api.GET('/api/orgs/{org}/saved-views', { params: { path: { org }, query: { screen } } })),
  })

type Draft = {
  readonly name: string
  readonly is_shared: boolean
  readonly search: Readonly<Record<string, string>>
}

export const createView = (org: string, screen: ViewScreen, { name, is_shared, search }: Draft) =>
  answerOf(
    api.POST('/api/orgs/{org}/saved-views', {
      params: { path: { org } },
      body: { screen, name, is_shared, search: { ...search } },
    }),
  )

export const changeView = (org: string, view: string, { search, ...change }: Partial<Draft>) =>
  answerOf(
    api.PATCH('/api/orgs/{org}/saved-views/{view}', {
      params: { path: { org, view } },
      body: { ...change, ...(search !== undefined && { search: { ...search } }) },
    }),
  )

export const removeView = (org: string, view: string) =>
  api.DELETE('/api/orgs/{org}/saved-views/{view}', { params: { path: { org, view } } })
