import { queryOptions } from '@tanstack/react-query'
import type { Answer } from '../../api/answer.ts'
import { answerOf, api } from '../../api/client.ts'
import { given } from '../../api/given.ts'
import { listQuery, type ReadPage } from '../../api/list.ts'

export const ROLES = ['owner', 'admin', 'member'] as const
export const STATUSES = ['active', 'suspended', 'removed'] as const
export const DESIGNATIONS = ['manager', 'reviewer', 'compliance_officer', 'expert'] as const

export type PeopleFilter = {
  readonly search?: string | undefined
  readonly role?: (typeof ROLES)[number] | undefined
  readonly status?: (typeof STATUSES)[number] | undefined
}

export const readPeople =
  (org: string, filter: PeopleFilter): ReadPage<Person> =>
  (page) =>
    answerOf(api.GET('/api/orgs/{org}/members', { params: { path: { org }, query: { ...page, ...given(filter) } } }))

export const peopleQuery = (org: string, filter: PeopleFilter) =>
  listQuery(['org', org, 'members', filter], readPeople(org, filter))

export const personQuery = (org: string, member: string) =>
  queryOptions({
    queryKey: ['org', org, 'members', member],
    queryFn: () => answerOf(api.GET('/api/orgs/{org}/members/{member}', { params: { path: { org, member } } })),
  })

export type Person = Answer<'/api/orgs/{org}/members', 'get'>['items'][number]
export type PersonDetail = Answer<'/api/orgs/{org}/members/{member}', 'get'>

const MOST_ROLES = 200

/** The roles of the organisation's own, to be given to people. */
export const customRolesQuery = (org: string) =>
  queryOptions({
    queryKey: ['org', org, 'roles', 'to give'],
    queryFn: async () => {
      const params = { path: { org }, query: { limit: MOST_ROLES } }
      return (await answerOf(api.GET('/api/orgs/{org}/roles', { params }))).items
    },
  })
