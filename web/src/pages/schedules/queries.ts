import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Answer } from '../../api/answer.ts'
import { answerOf, api } from '../../api/client.ts'
import { listQuery } from '../../api/list.ts'

export type Schedule = Answer<'/api/orgs/{org}/schedules', 'get'>['items'][number]

export const schedulesKey = (org: string) => ['org', org, 'schedules'] as const

export const schedulesQuery = (org: string) =>
  listQuery(schedulesKey(org), (page) =>
    answerOf(api.GET('/api/orgs/{org}/schedules', { params: { path: { org }, query: page } })),
  )

/** The next five times of a rhythm, while it is being chosen. */
export const nextTimesQuery = (org: string, cron: string, time_zone: string) =>
  queryOptions({
    queryKey: [...schedulesKey(org), 'next', cron, time_zone],
    queryFn: () =>
      answerOf(
        api.GET('/api/orgs/{org}/schedules/next-times', { params: { path: { org }, query: { cron, time_zone } } }),
      ),
    placeholderData: keepPreviousData,
    retry: false,
  })

const LAST_RUNS = 10

/** The runs that a schedule began, newest first. */
export const scheduleRunsQuery = (org: string, schedule_id: string) =>
  queryOptions({
    queryKey: [...schedulesKey(org), 'runs', schedule_id],
    queryFn: () => {
      const query = { schedule_id, limit: LAST_RUNS }
      return answerOf(api.GET('/api/orgs/{org}/runs', { params: { path: { org }, query } }))
    },
  })

type Change = {
  readonly is_enabled?: boolean
  readonly name?: string
  readonly cron?: string
  readonly time_zone?: string
  readonly max_price_micros?: number
}

export const changeSchedule = (org: string, schedule: string, body: Change) =>
  answerOf(api.PATCH('/api/orgs/{org}/schedules/{schedule}', { params: { path: { org, schedule } }, body }))
