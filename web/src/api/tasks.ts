import { queryOptions } from '@tanstack/react-query'
import { answerOf, api } from './client.ts'

const LIVE_MS = 60_000
const COUNTED = 100

export const tasksKey = (org: string) => ['org', org, 'human-tasks'] as const

/** How many tasks of runs wait for the reader, up to a hundred. */
export const taskCountQuery = (org: string) =>
  queryOptions({
    queryKey: [...tasksKey(org), 'count'],
    queryFn: async () => {
      const query = { limit: COUNTED }
      const page = await answerOf(api.GET('/api/orgs/{org}/human-tasks', { params: { path: { org }, query } }))
      return page.items.length
    },
    refetchInterval: LIVE_MS,
  })
