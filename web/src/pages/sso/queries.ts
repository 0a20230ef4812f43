import { queryOptions } from '@tanstack/react-query'
import type { Answer } from '../../api/answer.ts'
import { answerOf, api } from '../../api/client.ts'
import { MOST_OFFERED } from '../../api/offered.ts'

export type Enforcement = Answer<'/api/orgs/{org}/sso/enforcement', 'get'>
export type Mapping = Answer<'/api/orgs/{org}/sso/connections/{connection}/mappings', 'get'>['mappings'][number]
export type PlatformMapping = Answer<'/api/platform/sso/connections/{connection}/mappings', 'get'>['mappings'][number]

const ssoKey = (org: string) => ['org', org, 'sso'] as const

export const entitlementQuery = (org: string) =>
  queryOptions({
    queryKey: [...ssoKey(org), 'entitlement'],
    queryFn: () => answerOf(api.GET('/api/orgs/{org}/sso/entitlement', { params: { path: { org } } })),
  })

export const enforcementQuery = (org: string) =>
  queryOptions({
    queryKey: [...ssoKey(org), 'enforcement'],
    queryFn: () => answerOf(api.GET('/api/orgs/{org}/sso/enforcement', { params: { path: { org } } })),
  })

/** The owners, of whom one is armed. */
export const ownersQuery = (org: string) =>
  queryOptions({
    queryKey: ['org', org, 'members', 'owners'],
    queryFn: async () => {
      const query = { role: 'owner', status: 'active', limit: MOST_OFFERED } as const
      return (await answerOf(api.GET('/api/orgs/{org}/members', { params: { path: { org }, query } }))).items
    },
  })

export const mappingsQuery = (org: string, connection: string) =>
  queryOptions({
    queryKey: [...ssoKey(org), connection, 'mappings'],
    queryFn: async () => {
      const params = { path: { org, connection } }
      return (await answerOf(api.GET('/api/orgs/{org}/sso/connections/{connection}/mappings', { params }))).mappings
    },
  })

export const platformMappingsQuery = (connection: string) =>
  queryOptions({
    queryKey: ['platform', 'sso', connection, 'mappings'],
    queryFn: async () => {
      const params = { path: { connection } }
      return (await answerOf(api.GET('/api/platform/sso/connections/{connection}/mappings', { params }))).mappings
    },
  })

export const activeOrganisationsQuery = queryOptions({
  queryKey: ['platform', 'organisations', 'active, to give'],
  queryFn: async () => {
    const query = { status: 'active', limit: MOST_OFFERED } as const
    return (await answerOf(api.GET('/api/platform/organisations', { params: { query } }))).items
  },
})
