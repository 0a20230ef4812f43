import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Answer } from '../../api/answer.ts'
import { answerOf, api } from '../../api/client.ts'
import { listQuery } from '../../api/list.ts'
import { toProblem } from '../../api/problem.ts'
import type { RunPlace } from '../../api/run-place.ts'
import type { SentFiles } from '../../components/app-input.ts'

export type Schedule = Answer<'/api/orgs/{org}/schedules', 'get'>['items'][number]

/** Where the runs of a schedule belong. */
export const placeOf = ({ project_id, use_case_id, jurisdiction }: Schedule): RunPlace => ({
  project_id,
  ...(use_case_id !== null && { use_case_id }),
  ...(jurisdiction !== null && { jurisdiction }),
})

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

/** What the runs of an own schedule are given, and its files that are still kept, by their names. */
export const scheduleInputQuery = (org: string, schedule_id: string) =>
  queryOptions({
    queryKey: [...schedulesKey(org), 'input', schedule_id],
    async queryFn() {
      const path = { org, schedule: schedule_id }
      const { input } = await answerOf(api.GET('/api/orgs/{org}/schedules/{schedule}/input', { params: { path } }))
      const ids = Object.values(input).flat().filter(isId)
      const files = await Promise.all(ids.map((id) => findFile(org, id)))
      const sent: SentFiles = new Map(files.flatMap((kept) => (kept === null ? [] : [[kept.file, kept.id]])))
      return { input, sent }
    },
    staleTime: 0,
    gcTime: 0,
  })

const isId = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-f-]{36}$/.test(value)

/** A file of the input vault by its name; null for what is none, or is gone. */
async function findFile(org: string, id: string): Promise<{ readonly id: string; readonly file: File } | null> {
  try {
    const kept = await answerOf(api.GET('/api/orgs/{org}/files/{file}', { params: { path: { org, file: id } } }))
    return kept.state === 'stored' ? { id, file: new File([], kept.name) } : null
  } catch (error) {
    if (toProblem(error).status === 404) return null
    throw error
  }
}

/** Moves the runs of a schedule; what the place leaves out is none, but they stay in a project. */
export const changeSchedulePlace = (org: string, { id, project_id }: Schedule, place: RunPlace) =>
  answerOf(
    api.PUT('/api/orgs/{org}/schedules/{schedule}/place', {
      params: { path: { org, schedule: id } },
      body: {
        project_id: place.project_id ?? project_id,
        use_case_id: place.use_case_id ?? null,
        jurisdiction: place.jurisdiction ?? null,
      },
    }),
  )

type InputChange = { readonly input: Record<string, unknown>; readonly max_price_micros: number }

export const changeScheduleInput = (org: string, schedule: string, body: InputChange) =>
  answerOf(api.PUT('/api/orgs/{org}/schedules/{schedule}/input', { params: { path: { org, schedule } }, body }))
