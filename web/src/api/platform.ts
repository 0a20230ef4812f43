// What several screens of the platform ask, all of them a super-admin's.

import { queryOptions, useQuery } from '@tanstack/react-query'
import type { Answer } from './answer.ts'
import { answerOf, api } from './client.ts'
import { listQuery } from './list.ts'

export type Overview = Answer<'/api/platform/overview', 'get'>
export type PlatformSettings = Answer<'/api/platform/settings', 'get'>
export type PlatformOrganisation = Answer<'/api/platform/organisations/{organisation}', 'get'>

export type Tier = Answer<'/api/platform/tiers', 'get'>['items'][number]

export const ORGANISATION_STATUSES = ['awaiting_owner', 'active', 'suspended', 'archived', 'pending_purge'] as const
export type OrganisationStatus = (typeof ORGANISATION_STATUSES)[number]

/** How the deployment stands, and its one currency. */
export const overviewQuery = queryOptions({
  queryKey: ['platform', 'overview'],
  queryFn: () => answerOf(api.GET('/api/platform/overview')),
})

export const settingsQuery = queryOptions({
  queryKey: ['platform', 'settings'],
  queryFn: () => answerOf(api.GET('/api/platform/settings')),
})

export const tiersQuery = queryOptions({
  queryKey: ['platform', 'tiers'],
  queryFn: () => answerOf(api.GET('/api/platform/tiers')),
})

/** The currency of every price and amount; null until it is known. */
export const useDeploymentCurrency = (): string | null => useQuery(overviewQuery).data?.currency ?? null

type OrganisationFilter = {
  readonly search?: string | undefined
  readonly status?: OrganisationStatus | undefined
}

export const organisationsQuery = ({ search, status }: OrganisationFilter) =>
  listQuery(['platform', 'organisations', search, status], (page) =>
    answerOf(
      api.GET('/api/platform/organisations', {
        params: {
          query: { ...page, ...(search !== undefined && { search }), ...(status !== undefined && { status }) },
        },
      }),
    ),
  )
