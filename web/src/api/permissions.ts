import { queryOptions } from '@tanstack/react-query'
import type { Answer } from './answer.ts'
import { answerOf, api } from './client.ts'

/** One permission, and which roles and designations give it. */
export type PermissionRow = Answer<'/api/orgs/{org}/permissions', 'get'>['items'][number]

/** The matrix that the server decides by; the same in every organisation. */
export const permissionsQuery = (org: string) =>
  queryOptions({
    queryKey: ['org', org, 'permissions'],
    queryFn: () => answerOf(api.GET('/api/orgs/{org}/permissions', { params: { path: { org } } })),
    staleTime: 3_600_000,
  })
