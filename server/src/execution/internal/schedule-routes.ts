import { Type } from 'typebox'
import { ORGANISATION_PATH, type Route, route } from '../../http/route.ts'
import { Id, Name, nullable, orgParams, PageQuery, pageSchema, Timestamp } from '../../http/schema.ts'
import { badCursor } from '../../kernel/page.ts'
import { quoteNotConfirmed } from '../problems.ts'
import { changeScheduleInput, getOwnSchedule, openScheduleInput } from '../schedule-input.ts'
import { changeSchedulePlace } from '../schedule-place.ts'
import { changeSchedule, createSchedule, deleteSchedule, getSchedule, listSchedules, nextTimes } from '../schedule.ts'
import { askerOf } from './run-asker.ts'
import type { RunRouteNeeds } from './run-asked-schema.ts'
import { JsonObject } from './run-schema.ts'

const tag = 'schedules'
const price = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })
const Rhythm = {
  cron: Type.String({ minLength: 9, maxLength: 200 }),
  time_zone: Type.String({ minLength: 1, maxLength: 60 }),
}

const Jurisdiction = Type.String({ minLength: 2, maxLength: 20 })

const Schedule = Type.Object({
  id: Id,
  name: Name,
  app_id: Id,
  project_id: Id,
  use_case_id: nullable(Id),
  jurisdiction: nullable(Type.String()),
  ...Rhythm,
  member_id: Id,
  max_price_micros: price,
  is_enabled: Type.Boolean(),
  next_at: nullable(Timestamp),
  next_times: Type.Array(Timestamp),
  last_at: nullable(Timestamp),
  last_execution_id: nullable(Id),
  last_refusal: nullable(Type.String()),
  created_at: Timestamp,
  updated_at: Timestamp,
})

/** Runs that begin by the clock, in the name of whoever made them. */
export function scheduleRoutes(needs: RunRouteNeeds): readonly Route[] {
  return [...rhythmRoutes(needs), ...inputRoutes(needs), placeRoute(needs)]
}

const INPUT_PATH = `${ORGANISATION_PATH}/schedules/:schedule/input`

/** What the runs of a schedule are given. */
function inputRoutes({ desk }: RunRouteNeeds): readonly Route[] {
  return [
    route({
      operation: 'schedule_input_get',
      method: 'GET',
      path: INPUT_PATH,
      scope: 'organisation_wide',
      permission: 'run.execute',
      tag,
      summary: 'Get what the runs of an own schedule are given',
      params: orgParams('schedule'),
      response: Type.Object({ input: JsonObject }),
      async handle(both, actor, { params }, { organisation }) {
        const place = { organisation_id: organisation.id, database: both.organisation }
        return { input: await openScheduleInput(desk.vault, place, actor, params.schedule) }
      },
    }),
    route({
      operation: 'schedule_input_put',
      method: 'PUT',
      path: INPUT_PATH,
      scope: 'organisation_wide',
      permission: 'run.execute',
      tag,
      summary: 'Give the runs of an own schedule another input, confirming anew what one may cost',
      params: orgParams('schedule'),
      body: Type.Object({ input: JsonObject, max_price_micros: price }, { additionalProperties: false }),
      response: Schedule,
      problems: [quoteNotConfirmed],
      audit: { event: 'schedule.updated', written_by: 'handler' },
      async handle(both, actor, { params, body }, request) {
        const schedule = await both.organisation.transaction((tx) => getOwnSchedule(tx, actor, params.schedule))
        const { project_id, use_case_id } = schedule
        const asker = await askerOf(both, actor, request, { project_id, use_case_id, thread_id: null })
        return changeScheduleInput(desk, asker, schedule, body, both.decide)
      },
    }),
  ]
}

/** Where the runs of a schedule belong. */
function placeRoute({ desk }: RunRouteNeeds): Route {
  return route({
    operation: 'schedule_place_put',
    method: 'PUT',
    path: `${ORGANISATION_PATH}/schedules/:schedule/place`,
    scope: 'organisation_wide',
    permission: 'run.execute',
    tag,
    summary:
      'Let the runs of an own schedule belong to another project or use case, or stand under another jurisdiction',
    params: orgParams('schedule'),
    body: Type.Object(
      { project_id: Id, use_case_id: nullable(Id), jurisdiction: nullable(Jurisdiction) },
      { additionalProperties: false },
    ),
    response: Schedule,
    problems: [quoteNotConfirmed],
    audit: { event: 'schedule.updated', written_by: 'handler' },
    async handle(both, actor, { params, body }, request) {
      const schedule = await both.organisation.transaction((tx) => getOwnSchedule(tx, actor, params.schedule))
      const { project_id, use_case_id, jurisdiction } = body
      const asker = await askerOf(both, actor, request, { project_id, use_case_id, thread_id: null })
      return changeSchedulePlace(desk, asker, schedule, jurisdiction, both.decide)
    },
  })
}

function rhythmRoutes({ desk }: RunRouteNeeds): readonly Route[] {
  return [
    route({
      operation: 'schedule_list',
      method: 'GET',
      path: `${ORGANISATION_PATH}/schedules`,
      scope: 'organisation',
      permission: 'run.view_own',
      tag,
      summary: 'List own schedules, or all, newest first, each with its next five times',
      params: orgParams(),
      query: PageQuery,
      response: pageSchema(Schedule),
      problems: [badCursor],
      handle: (tx, actor, { query }) => listSchedules(tx, actor, query),
    }),
    route({
      operation: 'schedule_next_times',
      method: 'GET',
      path: `${ORGANISATION_PATH}/schedules/next-times`,
      scope: 'organisation',
      permission: 'run.execute',
      tag,
      summary: 'Say the next five times of a rhythm, before a schedule has it',
      params: orgParams(),
      query: Type.Object(Rhythm, { additionalProperties: false }),
      response: Type.Object({ next_times: Type.Array(Timestamp) }),
      handle: async (_tx, _actor, { query }) => ({ next_times: [...nextTimes(query.cron, query.time_zone)] }),
    }),
    route({
      operation: 'schedule_create',
      method: 'POST',
      path: `${ORGANISATION_PATH}/schedules`,
      scope: 'organisation_wide',
      permission: 'run.execute',
      tag,
      summary: 'Begin runs of an app by the clock, each within a confirmed maximum price',
      params: orgParams(),
      body: Type.Object(
        {
          name: Name,
          app_id: Id,
          input: JsonObject,
          project_id: Type.Optional(Id),
          use_case_id: Type.Optional(Id),
          jurisdiction: Type.Optional(Jurisdiction),
          ...Rhythm,
          max_price_micros: price,
          is_enabled: Type.Optional(Type.Boolean()),
        },
        { additionalProperties: false },
      ),
      response: Schedule,
      status: 201,
      problems: [quoteNotConfirmed],
      audit: { event: 'schedule.created', written_by: 'handler' },
      async handle(both, actor, { body }, request) {
        const { project_id = null, use_case_id = null, jurisdiction = null, is_enabled = true } = body
        const asker = await askerOf(both, actor, request, { project_id, use_case_id, thread_id: null })
        return createSchedule(desk, asker, { ...body, jurisdiction, is_enabled }, both.decide)
      },
    }),
    route({
      operation: 'schedule_get',
      method: 'GET',
      path: `${ORGANISATION_PATH}/schedules/:schedule`,
      scope: 'organisation',
      permission: 'run.view_own',
      tag,
      summary: 'Get a schedule with its next five times',
      params: orgParams('schedule'),
      response: Schedule,
      handle: (tx, actor, { params }) => getSchedule(tx, actor, params.schedule),
    }),
    route({
      operation: 'schedule_change',
      method: 'PATCH',
      path: `${ORGANISATION_PATH}/schedules/:schedule`,
      scope: 'organisation',
      permission: 'run.execute',
      tag,
      summary: 'Change the rhythm, the maximum price or the name of an own schedule, or switch it on or off',
      params: orgParams('schedule'),
      body: Type.Object(
        {
          name: Type.Optional(Name),
          cron: Type.Optional(Rhythm.cron),
          time_zone: Type.Optional(Rhythm.time_zone),
          max_price_micros: Type.Optional(price),
          is_enabled: Type.Optional(Type.Boolean()),
        },
        { additionalProperties: false, minProperties: 1 },
      ),
      response: Schedule,
      audit: {
        event: 'schedule.updated',
        target: ({ id }) => ({ type: 'schedule', id }),
        data: ({ cron, time_zone, is_enabled, max_price_micros }) => ({
          cron,
          time_zone,
          is_enabled,
          max_price_micros,
        }),
      },
      handle: (tx, actor, { params, body }) => changeSchedule(tx, actor, params.schedule, body),
    }),
    route({
      operation: 'schedule_delete',
      method: 'DELETE',
      path: `${ORGANISATION_PATH}/schedules/:schedule`,
      scope: 'organisation',
      permission: 'run.view_own',
      tag,
      summary: 'End a schedule; runs that it began go on',
      params: orgParams('schedule'),
      response: Type.Object({}),
      status: 204,
      audit: {
        event: 'schedule.deleted',
        target: (_output, { params }) => ({ type: 'schedule', id: params.schedule }),
      },
      async handle(tx, actor, { params }) {
        await deleteSchedule(tx, actor, params.schedule)
        return {}
      },
    }),
  ]
}
