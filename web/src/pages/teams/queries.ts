import { queryOptions } from '@tanstack/react-query'
import type { Answer } from '../../api/answer.ts'
import { answerOf, api } from '../../api/client.ts'
import { listQuery } from '../../api/list.ts'
import type { MemberRole } from '../../components/member-roles.tsx'

export type Team = Answer<'/api/orgs/{org}/teams', 'get'>['items'][number]
export const TEAM_ROLES = ['member', 'manager'] as const
export type TeamRole = (typeof TEAM_ROLES)[number]

export const teamsQuery = (org: string) =>
  listQuery(['org', org, 'teams'], (page) =>
    answerOf(api.GET('/api/orgs/{org}/teams', { params: { path: { org }, query: page } })),
  )

export const teamQuery = (org: string, team: string) =>
  queryOptions({
    queryKey: ['org', org, 'teams', team],
    queryFn: () => answerOf(api.GET('/api/orgs/{org}/teams/{team}', { params: { path: { org, team } } })),
  })

const roleOf = (is_manager: boolean): TeamRole => (is_manager ? 'manager' : 'member')

export const teamMembersQuery = (org: string, team: string) =>
  listQuery(['org', org, 'teams', team, 'members'], async (page) => {
    const params = { path: { org, team }, query: page }
    const { items, next_cursor } = await answerOf(api.GET('/api/orgs/{org}/teams/{team}/members', { params }))
    const rows = items.map(
      ({ member_id, is_manager }): MemberRole<TeamRole> => ({ member_id, role: roleOf(is_manager) }),
    )
    return { items: rows, next_cursor }
  })
