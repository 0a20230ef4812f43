import { queryOptions } from '@tanstack/react-query'
import { answerOf, api } from '../../../api/client.ts'
import { platformProviders } from '../../../api/provider-desk.ts'

export const wholeProvidersQuery = queryOptions({
  queryKey: ['platform', 'providers', 'whole'],
  queryFn: platformProviders.providers,
})

export const wholeModelsQuery = queryOptions({
  queryKey: ['platform', 'models', 'whole'],
  queryFn: () => answerOf(api.GET('/api/platform/models')),
})

/** The organisation that was made last, if there is one. */
export const newestOrganisationQuery = queryOptions({
  queryKey: ['platform', 'organisations', 'newest'],
  queryFn: () => answerOf(api.GET('/api/platform/organisations', { params: { query: { limit: 1 } } })),
})
