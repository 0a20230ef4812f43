import { queryOptions } from '@tanstack/react-query'
import { answerOf, api } from './client.ts'

/** An app that may be run here, with its contract. */
export const appQuery = (org: string, app: string) =>
  queryOptions({
    queryKey: ['org', org, 'apps', 'one', app],
    queryFn: () => answerOf(api.GET('/api/orgs/{org}/apps/{app}', { params: { path: { org, app } } })),
  })
