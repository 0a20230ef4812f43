import { queryOptions } from '@tanstack/react-query'
import type { Answer } from '../../api/answer.ts'
import { answerOf, api } from '../../api/client.ts'
import { listQuery } from '../../api/list.ts'

export type CustomRole = Answer<'/api/orgs/{org}/roles', 'get'>['items'][number]

export const customRolesQuery = (org: string) =>
  listQuery(['org', org, 'roles'], (page) =>
    answerOf(api.GET('/api/orgs/{org}/roles', { params: { path: { org }, query: page } })),
  )

export type Worn = {
  readonly base_role: 'owner' | 'admin' | 'member'
  readonly surface: 'studio' | 'hub'
  readonly designation?: 'manager' | 'reviewer' | 'compliance_officer' | 'expert'
  readonly role_id?: string
}

/** What somebody with these roles may do. Looking is logged, so the same look is taken once. */
export const viewAsQuery = (org: string, worn: Worn) =>
  queryOptions({
    queryKey: ['view-as', org, worn],
    queryFn: () => answerOf(api.GET('/api/orgs/{org}/roles/view-as', { params: { path: { org }, query: worn } })),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
