import { queryOptions } from '@tanstack/react-query'
import type { Answer } from '../../api/answer.ts'
import { answerOf, api } from '../../api/client.ts'
import { listQuery } from '../../api/list.ts'

export type CallableModel = Answer<'/api/orgs/{org}/models', 'get'>['items'][number]
export type Provider = Answer<'/api/orgs/{org}/providers', 'get'>['items'][number]
export type OwnModel = Answer<'/api/orgs/{org}/own-models', 'get'>['items'][number]
export type Price = Pick<OwnModel, 'input_micros_per_mtok' | 'cached_input_micros_per_mtok' | 'output_micros_per_mtok'>

/** Whole lists, which the screens of lists read as one page. */
const whole = <Row>(items: readonly Row[]) => ({ items, next_cursor: null })

export const callableModelsQuery = (org: string) =>
  listQuery(['org', org, 'models'], async () =>
    whole((await answerOf(api.GET('/api/orgs/{org}/models', { params: { path: { org } } }))).items),
  )

export const providersQuery = (org: string) =>
  listQuery(['org', org, 'providers'], async () =>
    whole((await answerOf(api.GET('/api/orgs/{org}/providers', { params: { path: { org } } }))).items),
  )

export const ownModelsQuery = (org: string) =>
  listQuery(['org', org, 'own-models'], async () =>
    whole((await answerOf(api.GET('/api/orgs/{org}/own-models', { params: { path: { org } } }))).items),
  )

/** The ids of the models that may be called now. */
export const assignedQuery = (org: string) =>
  queryOptions({
    queryKey: ['org', org, 'models', 'ids'],
    queryFn: async () => {
      const { items } = await answerOf(api.GET('/api/orgs/{org}/models', { params: { path: { org } } }))
      return new Set(items.map(({ id }) => id))
    },
  })

/** What an act on providers or models makes stale. */
export const STALE = (org: string) =>
  ['models', 'providers', 'own-models'].map((topic) => ({ queryKey: ['org', org, topic] }))
