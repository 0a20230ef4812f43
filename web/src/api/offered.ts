// What is offered where one of them is chosen: the first of each list.

import { queryOptions } from '@tanstack/react-query'
import type { Answer } from './answer.ts'
import { answerOf, api } from './client.ts'

/** The largest page that lists give: nobody finds one of more in a choice. */
export const MOST_OFFERED = 200

export type OfferedProject = Answer<'/api/orgs/{org}/projects', 'get'>['items'][number]
export type ProjectRole = NonNullable<OfferedProject['my_role']>
/** Lowest first: each role may do what the ones before it may. */
export const PROJECT_ROLES = ['viewer', 'operator', 'builder', 'admin'] as const satisfies readonly ProjectRole[]

/** The projects that one knows of; in which of them one may run things, `mayRunIn` says. */
export const offeredProjectsQuery = (org: string) =>
  queryOptions({
    queryKey: ['org', org, 'projects', 'offered'],
    queryFn: async () => {
      const params = { path: { org }, query: { limit: MOST_OFFERED } }
      return (await answerOf(api.GET('/api/orgs/{org}/projects', { params }))).items
    },
  })

/** Whether one's role in a project lets one run things there. */
export const mayRunIn = ({ my_role }: { readonly my_role: string | null }): boolean =>
  my_role !== null && my_role !== 'viewer'

export const offeredUseCasesQuery = (org: string, project: string) =>
  queryOptions({
    queryKey: ['org', org, 'projects', project, 'use cases', 'offered'],
    queryFn: async () => {
      const params = { path: { org, project }, query: { limit: MOST_OFFERED } }
      return (await answerOf(api.GET('/api/orgs/{org}/projects/{project}/use-cases', { params }))).items
    },
  })

/** Where people can be put: teams, and projects other than the one where everybody is. */
export const placesQuery = (org: string) =>
  queryOptions({
    queryKey: ['org', org, 'places to give'],
    queryFn: async () => {
      const params = { path: { org }, query: { limit: MOST_OFFERED } }
      const [teams, projects] = await Promise.all([
        answerOf(api.GET('/api/orgs/{org}/teams', { params })),
        answerOf(api.GET('/api/orgs/{org}/projects', { params })),
      ])
      return { teams: teams.items, projects: projects.items.filter(({ kind }) => kind === 'team') }
    },
  })
