import { queryOptions } from '@tanstack/react-query'
import type { Answer } from '../../api/answer.ts'
import { answerOf, api } from '../../api/client.ts'
import { listQuery } from '../../api/list.ts'
import { tasksKey } from '../../api/tasks.ts'

export type Task = Answer<'/api/orgs/{org}/human-tasks', 'get'>['items'][number]
export type TaskDetail = Answer<'/api/orgs/{org}/human-tasks/{task}', 'get'>

const LIVE_MS = 15_000

export const tasksQuery = (org: string, answered: boolean) => ({
  ...listQuery([...tasksKey(org), { answered }], (page) =>
    answerOf(
      api.GET('/api/orgs/{org}/human-tasks', {
        params: { path: { org }, query: { ...page, ...(answered && { answered }) } },
      }),
    ),
  ),
  refetchInterval: LIVE_MS,
})

export const taskQuery = (org: string, task: string) =>
  queryOptions({
    queryKey: [...tasksKey(org), 'one', task],
    queryFn: () => answerOf(api.GET('/api/orgs/{org}/human-tasks/{task}', { params: { path: { org, task } } })),
  })
