import { queryOptions } from '@tanstack/react-query'
import type { Answer } from '../../api/answer.ts'
import { answerOf, api } from '../../api/client.ts'
import { listQuery } from '../../api/list.ts'
import { MOST_OFFERED, type ProjectRole } from '../../api/offered.ts'
import type { MemberRole } from '../../components/member-roles.tsx'

export type Project = Answer<'/api/orgs/{org}/projects', 'get'>['items'][number]
export type UseCase = Answer<'/api/orgs/{org}/projects/{project}/use-cases', 'get'>['items'][number]

export const projectsQuery = (org: string, archived: boolean) =>
  listQuery(['org', org, 'projects', archived], (page) => {
    const query = { ...page, ...(archived && { archived }) }
    return answerOf(api.GET('/api/orgs/{org}/projects', { params: { path: { org }, query } }))
  })

export const projectQuery = (org: string, project: string) =>
  queryOptions({
    queryKey: ['org', org, 'projects', project],
    queryFn: () => answerOf(api.GET('/api/orgs/{org}/projects/{project}', { params: { path: { org, project } } })),
  })

export const projectMembersQuery = (org: string, project: string) =>
  listQuery<MemberRole<ProjectRole>>(['org', org, 'projects', project, 'members'], (page) => {
    const params = { path: { org, project }, query: page }
    return answerOf(api.GET('/api/orgs/{org}/projects/{project}/members', { params }))
  })

export const useCasesQuery = (org: string, project: string, archived: boolean) =>
  listQuery(['org', org, 'projects', project, 'use cases', archived], (page) => {
    const params = { path: { org, project }, query: { ...page, ...(archived && { archived }) } }
    return answerOf(api.GET('/api/orgs/{org}/projects/{project}/use-cases', { params }))
  })

/** Workspaces that a project may be put into: those one is at least Collaborator of. */
export const offeredWorkspacesQuery = (org: string) =>
  queryOptions({
    queryKey: ['org', org, 'workspaces', 'offered'],
    queryFn: async () => {
      const params = { path: { org }, query: { limit: MOST_OFFERED } }
      return (await answerOf(api.GET('/api/orgs/{org}/workspaces', { params }))).items
    },
  })

/** Calls, tokens and costs of a project, as totals, by day and by part. */
export const projectUsageQuery = (org: string, project_id: string, from: string) =>
  queryOptions({
    queryKey: ['org', org, 'usage', 'project', project_id, from],
    queryFn: async () => {
      const path = { org }
      const filter = { project_id, from }
      const [course, models, useCases] = await Promise.all([
        answerOf(api.GET('/api/orgs/{org}/usage/over-time', { params: { path, query: { ...filter, bucket: 'day' } } })),
        answerOf(
          api.GET('/api/orgs/{org}/usage/ranking', {
            params: { path, query: { ...filter, by: 'model', rank_by: 'tokens', limit: 5 } },
          }),
        ),
        answerOf(
          api.GET('/api/orgs/{org}/usage/ranking', {
            params: { path, query: { ...filter, by: 'use_case', rank_by: 'tokens', limit: 5 } },
          }),
        ),
      ])
      return { total: models.total, course: course.items, models: models.items, use_cases: useCases.items }
    },
  })
