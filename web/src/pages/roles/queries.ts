import type { Answer } from '../../api/answer.ts'
import { answerOf, api } from '../../api/client.ts'
import { listQuery } from '../../api/list.ts'

export type CustomRole = Answer<'/api/orgs/{org}/roles', 'get'>['items'][number]

export const customRolesQuery = (org: string) =>
  listQuery(['org', org, 'roles'], (page) =>
    answerOf(api.GET('/api/orgs/{org}/roles', { params: { path: { org }, query: page } })),
  )
