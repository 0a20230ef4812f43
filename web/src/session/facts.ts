// Who is signed in, and what they may do in an organisation, as the API says it. Navigation, palette and screens ask here;
// the server decides all the same on every request.

import { type QueryClient, queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { answerOf, api } from '../api/client.ts'
import type { Answer } from '../api/answer.ts'
import { ApiProblem } from '../api/problem.ts'
import { viewAsQuery } from '../api/view-as.ts'
import { currentViewing, stopViewing } from '../api/viewing.ts'
import { narrowed } from './narrowed.ts'

export type Me = Answer<'/api/me', 'get'>
export type Organisation = Answer<'/api/orgs/{org}', 'get'>
export type PermissionFact = Organisation['permissions'][number]
/** A permission in an organisation, by its word in the server's matrix. */
export type Permission = PermissionFact['permission']

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: () => answerOf(api.GET('/api/me')),
  staleTime: 60_000,
})

export const organisationQuery = (org: string) =>
  queryOptions({
    queryKey: ['org', org, 'facts'],
    queryFn: ({ client }) => readFacts(client, org),
    staleTime: 60_000,
  })

/** The organisation and what one may do in it; while one looks as another role, no more than that role may. */
async function readFacts(client: QueryClient, org: string) {
  const facts = await answerOf(api.GET('/api/orgs/{org}', { params: { path: { org } } }))
  const viewing = currentViewing()
  if (viewing === null || viewing.org !== org) return facts
  try {
    const { permissions } = await client.ensureQueryData(viewAsQuery(org, viewing.worn))
    return { ...facts, permissions: narrowed(facts.permissions, permissions) }
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.status === 0) throw error
    // Whoever may not look any more, or at a role that is gone, is themselves again.
    stopViewing()
    return facts
  }
}

/** The signed-in person. Only below the shell, whose route has made sure that there is one. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery).data
}

/** The id of the organisation in the path; throws outside of `/o/{org}`. */
export function useOrg(): string {
  const { org } = useParams({ strict: false })
  if (org === undefined) throw new Error('This screen belongs to an organisation')
  return org
}

export type Access = {
  readonly organisation: Organisation
  /** Whether the person holds a permission now. */
  readonly can: (permission: Permission) => boolean
  /** What the person holds or lacks, and why. */
  readonly factOf: (permission: Permission) => PermissionFact | null
}

/** The organisation of this screen, and what the person may do in it. */
export function useAccess(): Access {
  const { data: organisation } = useSuspenseQuery(organisationQuery(useOrg()))
  return accessOf(organisation)
}

/** See `useAccess`. */
export function accessOf(organisation: Organisation): Access {
  const factOf = (permission: Permission) =>
    organisation.permissions.find((each) => each.permission === permission) ?? null
  return { organisation, factOf, can: (permission) => factOf(permission)?.held === true }
}
