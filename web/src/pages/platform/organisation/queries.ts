import { queryOptions } from '@tanstack/react-query'
import type { Answer } from '../../../api/answer.ts'
import { answerOf, api } from '../../../api/client.ts'
import { listQuery } from '../../../api/list.ts'

export type Quota = Answer<'/api/platform/organisations/{organisation}/quotas', 'get'>['items'][number]
export type PlatformWallet = Answer<'/api/platform/organisations/{organisation}/wallet', 'get'>
export type Transfer = Answer<'/api/platform/organisations/{organisation}/wallet/transfers', 'get'>['items'][number]
export type ReachableModel = Answer<'/api/platform/organisations/{organisation}/models', 'get'>['items'][number]
export type Access = Answer<'/api/platform/content-accesses', 'get'>['items'][number]

/** What every query of one organisation begins with. */
export const keyOf = (organisation: string) => ['platform', 'organisation', organisation] as const

const at = (organisation: string) => ({ params: { path: { organisation } } })

export const organisationQuery = (organisation: string) =>
  queryOptions({
    queryKey: [...keyOf(organisation), 'facts'],
    queryFn: () => answerOf(api.GET('/api/platform/organisations/{organisation}', at(organisation))),
  })

export const walletQuery = (organisation: string) =>
  queryOptions({
    queryKey: [...keyOf(organisation), 'wallet'],
    queryFn: () => answerOf(api.GET('/api/platform/organisations/{organisation}/wallet', at(organisation))),
  })

export const transfersQuery = (organisation: string) =>
  listQuery([...keyOf(organisation), 'wallet', 'transfers'], (query) =>
    answerOf(
      api.GET('/api/platform/organisations/{organisation}/wallet/transfers', {
        params: { path: { organisation }, query },
      }),
    ),
  )

export const quotasQuery = (organisation: string) =>
  listQuery([...keyOf(organisation), 'quotas'], (query) =>
    answerOf(
      api.GET('/api/platform/organisations/{organisation}/quotas', { params: { path: { organisation }, query } }),
    ),
  )

export const tierQuery = (organisation: string) =>
  queryOptions({
    queryKey: [...keyOf(organisation), 'tier'],
    queryFn: () => answerOf(api.GET('/api/platform/organisations/{organisation}/tier', at(organisation))),
  })

export const modelsQuery = (organisation: string) =>
  listQuery([...keyOf(organisation), 'models'], async () => ({
    items: (await answerOf(api.GET('/api/platform/organisations/{organisation}/models', at(organisation)))).items,
    next_cursor: null,
  }))

export const entitlementQuery = (organisation: string) =>
  queryOptions({
    queryKey: [...keyOf(organisation), 'sso-entitlement'],
    queryFn: () => answerOf(api.GET('/api/platform/organisations/{organisation}/sso-entitlement', at(organisation))),
  })

export const accessesQuery = (organisation: string) =>
  listQuery([...keyOf(organisation), 'accesses'], (page) =>
    answerOf(
      api.GET('/api/platform/content-accesses', { params: { query: { ...page, organisation_id: organisation } } }),
    ),
  )
