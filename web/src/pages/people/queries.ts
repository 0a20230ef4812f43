import { queryOptions } from '@tanstack/react-query'
import type { Answer } from '../../api/answer.ts'
import { answerOf, api } from '../../api/client.ts'
import { given } from '../../api/given.ts'
import { listQuery, type ReadPage } from '../../api/list.ts'

export const ROLES = ['owner', 'admin', 'member'] as const
export const STATUSES = ['active', 'suspended', 'removed'] as const
export const SURFACES = ['studio', 'hub'] as const
export const DESIGNATIONS = ['manager', 'reviewer', 'compliance_officer', 'expert'] as const

type PeopleFilter = {
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

export type Place = Answer<'/api/orgs/{org}/members/{member}/access', 'get'>['projects'][number]
export type AccessRange = Answer<'/api/orgs/{org}/access-history', 'get'>['items'][number]

/** Workspaces and projects that somebody sees into, and why. */
export const placesQuery = (org: string, member: string) =>
  queryOptions({
    queryKey: ['org', org, 'members', member, 'places'],
    queryFn: () => answerOf(api.GET('/api/orgs/{org}/members/{member}/access', { params: { path: { org, member } } })),
  })

export type MemberSession = Answer<'/api/orgs/{org}/members/{member}/sessions', 'get'>['items'][number]

/** Where somebody is signed in to this organisation. */
export const sessionsQuery = (org: string, member: string) =>
  queryOptions({
    queryKey: ['org', org, 'members', member, 'sessions'],
    queryFn: () =>
      answerOf(api.GET('/api/orgs/{org}/members/{member}/sessions', { params: { path: { org, member } } })),
  })

export const RANGE_KINDS = [
  'membership',
  'base_role',
  'designation',
  'custom_role',
  'grant',
  'deny',
  'surface',
  'team',
  'workspace',
  'project',
] as const

type HistoryFilter = {
  readonly member_id: string
  readonly kind?: (typeof RANGE_KINDS)[number] | undefined
  /** Only what was held at this moment. */
  readonly at?: string | undefined
}

/** What was held from when to when, the latest beginnings first. */
export const historyQuery = (org: string, filter: HistoryFilter) =>
  listQuery(['org', org, 'members', 'access history', filter], (page) =>
    answerOf(
      api.GET('/api/orgs/{org}/access-history', { params: { path: { org }, query: { ...page, ...given(filter) } } }),
    ),
  )

/** The names of what a range of access can be about: teams, workspaces, projects and own roles. */
export const objectNamesQuery = (org: string) =>
  queryOptions({
    queryKey: ['org', org, 'names of places'],
    staleTime: 60_000,
    async queryFn() {
      const params = { path: { org }, query: { limit: MOST_ROLES } }
      const lists = await Promise.all([
        answerOf(api.GET('/api/orgs/{org}/teams', { params })),
        answerOf(api.GET('/api/orgs/{org}/workspaces', { params })),
        answerOf(api.GET('/api/orgs/{org}/projects', { params })),
        answerOf(api.GET('/api/orgs/{org}/roles', { params })),
      ])
      return new Map(lists.flatMap(({ items }) => items.map(({ id, name }) => [id, name] as const)))
    },
  })
