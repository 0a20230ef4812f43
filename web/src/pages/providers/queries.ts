import { queryOptions } from '@tanstack/react-query'
import type { Answer } from '../../api/answer.ts'
import { answerOf, api } from '../../api/client.ts'
import { listQuery } from '../../api/list.ts'
import type { ProviderDesk } from '../../api/provider-desk.ts'

export type CallableModel = Answer<'/api/orgs/{org}/models', 'get'>['items'][number]

/** Whole lists, which the screens of lists read as one page. */
const whole = <Row>(items: readonly Row[]) => ({ items, next_cursor: null })

export const callableModelsQuery = (org: string) =>
  listQuery(['org', org, 'models'], async () =>
    whole((await answerOf(api.GET('/api/orgs/{org}/models', { params: { path: { org } } }))).items),
  )

export const providersQuery = (desk: ProviderDesk) =>
  listQuery([...desk.key, 'providers'], async () => whole((await desk.providers()).items))

export const ownModelsQuery = (desk: ProviderDesk) =>
  listQuery([...desk.key, 'own-models'], async () => whole((await desk.models()).items))

export const platformModelsQuery = listQuery(['platform', 'models'], async () =>
  whole((await answerOf(api.GET('/api/platform/models'))).items),
)

/** Every price that a model had, newest first. */
export const pricesQuery = (desk: ProviderDesk, model: string) =>
  queryOptions({ queryKey: [...desk.key, 'own-models', model, 'prices'], queryFn: () => desk.prices(model) })

/** The ids of the models that may be called now. */
export const assignedQuery = (org: string) =>
  queryOptions({
    queryKey: ['org', org, 'models', 'ids'],
    queryFn: async () => {
      const { items } = await answerOf(api.GET('/api/orgs/{org}/models', { params: { path: { org } } }))
      return new Set(items.map(({ id }) => id))
    },
  })

/** Organisations, with whether a model of the platform is assigned to each. */
export const assignmentsQuery = (model: string, search: string | undefined) =>
  listQuery(['platform', 'models', model, 'assignments', search], (page) =>
    answerOf(
      api.GET('/api/platform/models/{model}/assignments', {
        params: { path: { model }, query: { ...page, ...(search !== undefined && { search }) } },
      }),
    ),
  )
