import { queryOptions } from '@tanstack/react-query'
import type { Answer } from './answer.ts'
import { answerOf, api } from './client.ts'
import type { paths } from './schema.d.ts'

export type SavedView = Answer<'/api/orgs/{org}/saved-views', 'get'>['items'][number]
type ViewRole = NonNullable<
  NonNullable<paths['/api/orgs/{org}/saved-views']['post']['requestBody']>['content']['application/json']['shared_with']
>
export type ViewScreen = 'executions' | 'runs' | 'audit'

/** The filters of a view, as the address of its screen names them. */
export const searchOf = ({ search }: SavedView): Readonly<Record<string, string>> =>
  typeof search === 'object' && search !== null
    ? Object.fromEntries(
        Object.entries(search).flatMap(([name, value]: [string, unknown]) =>
          typeof value === 'string' ? [[name, value]] : [],
        ),
      )
    : {}

/** All that is known of views, whichever list they are of. */
export const viewsKey = (org: string) => ['org', org, 'saved-views'] as const

/** The views in the reader's sidebar. */
export const pinnedViewsQuery = (org: string) =>
  queryOptions({
    queryKey: [...viewsKey(org), 'pinned'],
    queryFn: () => answerOf(api.GET('/api/orgs/{org}/saved-views/pinned', { params: { path: { org } } })),
  })

export const pinView = (org: string, view: string) =>
  answerOf(api.PUT('/api/orgs/{org}/saved-views/{view}/pin', { params: { path: { org, view } } }))

export const unpinView = (org: string, view: string) =>
  answerOf(api.DELETE('/api/orgs/{org}/saved-views/{view}/pin', { params: { path: { org, view } } }))

export const savedViewsQuery = (org: string, screen: ViewScreen) =>
  queryOptions({
    queryKey: [...viewsKey(org), screen],
    queryFn: () => answerOf(api.GET('/api/orgs/{org}/saved-views', { params: { path: { org }, query: { screen } } })),
  })

type Draft = {
  readonly name: string
  readonly is_shared: boolean
  readonly shared_with: ViewRole | null
  readonly search: Readonly<Record<string, string>>
}

export const createView = (org: string, screen: ViewScreen, { search, ...draft }: Draft) =>
  answerOf(
    api.POST('/api/orgs/{org}/saved-views', {
      params: { path: { org } },
      body: { screen, ...draft, search: { ...search } },
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
