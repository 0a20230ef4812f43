import { queryOptions } from '@tanstack/react-query'
import { answerOf, api } from './client.ts'

const LIVE_MS = 60_000
const COUNTED = 100

export const tasksKey = (org: string) => ['org', org, 'human-tasks'] as const

/** The tasks of runs that wait for the reader, up to a hundred. */
export const waitingTasksQuery = (org: string) =>
  queryOptions({
    queryKey: [...tasksKey(org), 'waiting'],
    queryFn: async () => {
      const query = { limit: COUNTED }
      const page = await answerOf(api.GET('/api/orgs/{org}/human-tasks', { params: { path: { org }, query } }))
      return page.items
    },
    refetchInterval: LIVE_MS,
  })
