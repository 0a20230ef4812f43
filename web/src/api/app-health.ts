import { queryOptions } from '@tanstack/react-query'
import type { Answer } from './answer.ts'
import { answerOf, api } from './client.ts'

export type AppHealth = Answer<'/api/orgs/{org}/app-health', 'get'>['items'][number]

/** How apps did in the last 30 days, or one of them. */
export const appHealthQuery = (org: string, app_id?: string) =>
  queryOptions({
    queryKey: ['org', org, 'app-health', app_id ?? 'all'],
    queryFn: () => {
      const query = app_id === undefined ? {} : { app_id }
      return answerOf(api.GET('/api/orgs/{org}/app-health', { params: { path: { org }, query } }))
    },
  })
