import { queryOptions } from '@tanstack/react-query'
import type { Answer } from '../../api/answer.ts'
import { answerOf, api } from '../../api/client.ts'
import { listQuery } from '../../api/list.ts'
import { offeredProjectsQuery } from '../../api/offered.ts'
import type { MemberRole } from '../../components/member-roles.tsx'

export type Workspace = Answer<'/api/orgs/{org}/workspaces', 'get'>['items'][number]
export type WorkspaceRole = Workspace['my_role']
/** Lowest first: each role may do what the ones before it may. */
export const WORKSPACE_ROLES = ['viewer', 'collaborator', 'admin'] as const satisfies readonly WorkspaceRole[]

export const workspacesQuery = (org: string) =>
  listQuery(['org', org, 'workspaces'], (page) =>
    answerOf(api.GET('/api/orgs/{org}/workspaces', { params: { path: { org }, query: page } })),
  )

export const workspaceQuery = (org: string, workspace: string) =>
  queryOptions({
    queryKey: ['org', org, 'workspaces', workspace],
    queryFn: () =>
      answerOf(api.GET('/api/orgs/{org}/workspaces/{workspace}', { params: { path: { org, workspace } } })),
  })

export const workspaceMembersQuery = (org: string, workspace: string) =>
  listQuery<MemberRole<WorkspaceRole>>(['org', org, 'workspaces', workspace, 'members'], (page) => {
    const params = { path: { org, workspace }, query: page }
    return answerOf(api.GET('/api/orgs/{org}/workspaces/{workspace}/members', { params }))
  })

export type Project = Answer<'/api/orgs/{org}/projects', 'get'>['items'][number]

/** The projects that are in a workspace. */
export const workspaceProjectsQuery = (org: string, workspace_id: string) =>
  listQuery(['org', org, 'projects', 'of workspace', workspace_id], (page) =>
    answerOf(api.GET('/api/orgs/{org}/projects', { params: { path: { org }, query: { ...page, workspace_id } } })),
  )

/** Projects that could be put into a workspace: those one is admin of. */
export const assignableQuery = (org: string) =>
  queryOptions({
    ...offeredProjectsQuery(org),
    select: (projects) => projects.filter(({ my_role }) => my_role === 'admin'),
  })
