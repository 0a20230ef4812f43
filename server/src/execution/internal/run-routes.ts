import { Type } from 'typebox'
import { DownloadResponse } from '../../http/binary.ts'
import { ORGANISATION_PATH, type Route, route } from '../../http/route.ts'
import { Id, orgParams, PageQuery, pageSchema } from '../../http/schema.ts'
import type { OrganisationDatabase } from '../../kernel/database.ts'
import { newId } from '../../kernel/id.ts'
import { badCursor } from '../../kernel/page.ts'
import { TRIGGER_SOURCES } from '../execution.ts'
import { quoteExpired, quoteNotConfirmed } from '../problems.ts'
import { quoteRun, startRunOf } from '../run.ts'
import { findRunState, getRun, getRunProgress, listRuns, openRunContent, openStepOutput } from '../run-record.ts'
import { follow, streamRun, waitForRun } from '../run-watch.ts'
import { STATES } from '../state.ts'
import { Asked, inputOf, REFUSALS, type RunRouteNeeds } from './run-asked-schema.ts'
import { askerOf } from './run-asker.ts'
import { Quote, Run, RunDetail } from './run-schema.ts'
import { testRunRoute } from './test-run-routes.ts'

const tag = 'runs'
const MAX_WAIT_MS = 60_000

const WaitQuery = Type.Object(
  { wait_ms: Type.Optional(Type.Integer({ minimum: 0, maximum: MAX_WAIT_MS })) },
  { additionalProperties: false },
)

/** Runs of apps: what one would cost, starting one, and its record. */
export function runRoutes(needs: RunRouteNeeds): readonly Route[] {
  const { desk, engine } = needs
  return [
    testRunRoute(needs),
    route({
      operation: 'app_quote',
      method: 'POST',
      path: `${ORGANISATION_PATH}/apps/:app/quotes`,
      scope: 'organisation_wide',
      permission: 'run.execute',
      tag,
      summary: 'Say what a run with this input would cost and who must supervise it; nothing is held',
      params: orgParams('app'),
      body: Type.Object(Asked, { additionalProperties: false }),
      response: Quote,
      status: 201,
      problems: REFUSALS,
      audit: { event: 'wallet.quote_issued', written_by: 'handler' },
      async handle(both, actor, { params, body }, request) {
        const { project_id = null, use_case_id = null } = body
        const asker = await askerOf(both, actor, request, { project_id, use_case_id, thread_id: null })
        return quoteRun(desk, asker, inputOf(params.app, body))
      },
    }),
    route({
      operation: 'run_create',
      method: 'POST',
      path: `${ORGANISATION_PATH}/apps/:app/runs`,
      scope: 'organisation_wide',
      permission: 'run.execute',
      tag,
      summary: 'Start a run, its price confirmed by a quote or up to a maximum; waits for its draft if asked to',
      params: orgParams('app'),
      query: WaitQuery,
      body: Type.Object(
        {
          ...Asked,
          quote_id: Type.Optional(Id),
          max_price_micros: Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })),
          thread_id: Type.Optional(Id),
        },
        { additionalProperties: false },
      ),
      response: RunDetail,
      status: 201,
      problems: [...REFUSALS, quoteNotConfirmed, quoteExpired],
      audit: { event: 'execution.created', written_by: 'handler' },
      async handle(both, actor, { params, query, body }, request) {
        const { project_id = null, use_case_id = null, thread_id = null } = body
        const { quote_id = null, max_price_micros = null } = body
        const asker = await askerOf(both, actor, request, { project_id, use_case_id, thread_id })
        const id = request.act_id ?? newId()
        const confirmation = { quote_id, max_price_micros }
        // Before it begins: what it tells from its first moment on is heard.
        const following = follow(engine, id, 'state')
        try {
          const { is_repeated } = await startRunOf(desk, asker, inputOf(params.app, body), confirmation, id)
          const seen = await waitForRun({
            following,
            wait_ms: query.wait_ms ?? 0,
            isOld: is_repeated,
            look: () => findRunState(both.organisation, id),
            see: () => both.organisation.autocommit((tx) => getRun(tx, actor, id)),
          })
          return request.act_id === null ? seen : both.decide(async () => seen)
        } finally {
          following.end()
        }
      },
    }),
    route({
      operation: 'run_list',
      method: 'GET',
      path: `${ORGANISATION_PATH}/runs`,
      scope: 'organisation',
      permission: 'run.view_own',
      tag,
      summary: 'List own runs, those of teams one manages, or all, newest first; archived ones by their state only',
      params: orgParams(),
      query: Type.Object(
        {
          ...PageQuery.properties,
          state: Type.Optional(Type.Enum([...STATES])),
          app_id: Type.Optional(Id),
          trigger_source: Type.Optional(Type.Enum([...TRIGGER_SOURCES])),
          requester_id: Type.Optional(Id),
          schedule_id: Type.Optional(Id),
          thread_id: Type.Optional(Id),
        },
        { additionalProperties: false },
      ),
      response: pageSchema(Run),
      problems: [badCursor],
      handle: (tx, actor, { query }) => listRuns(tx, actor, query, query),
    }),
    route({
      operation: 'run_get',
      method: 'GET',
      path: `${ORGANISATION_PATH}/runs/:run`,
      scope: 'organisation_wide',
      permission: 'run.view_own',
      tag,
      summary: 'Get a run with its steps, levels and decisions; waits until it no longer goes on by itself if asked to',
      params: orgParams('run'),
      query: WaitQuery,
      response: RunDetail,
      async handle(both, _actor, { params, query }) {
        const following = follow(engine, params.run, 'state')
        try {
          return await waitForRun({
            following,
            wait_ms: query.wait_ms ?? 0,
            isOld: true,
            look: () => findRunState(both.organisation, params.run),
            // Whoever has waited is judged again.
            see: () => both.decide((tx, now) => getRun(tx, now, params.run)),
          })
        } finally {
          following.end()
        }
      },
    }),
    route({
      operation: 'run_events',
      method: 'GET',
      path: `${ORGANISATION_PATH}/runs/:run/events`,
      scope: 'organisation_wide',
      permission: 'run.view_own',
      tag,
      summary: 'Follow a run live: server-sent events, `progress` for each change and `end` with the last',
      params: orgParams('run'),
      response: DownloadResponse,
      produces: 'bytes',
      async handle(both, _actor, { params }) {
        // Whoever watches is judged again with every look: their session or key, and what they may here.
        const look = () => both.decide((tx, now) => getRunProgress(tx, now, params.run))
        // Refused like any other request when there is nothing to follow.
        await look()
        const bytes = streamRun(engine, params.run, look)
        return { file_name: 'events', content_type: 'text/event-stream', size_bytes: null, bytes }
      },
    }),
    route({
      operation: 'run_content',
      method: 'GET',
      path: `${ORGANISATION_PATH}/runs/:run/content`,
      scope: 'organisation_wide',
      permission: 'run.view_own',
      tag,
      summary: 'Open what a run was given and what it made; told to the log when it is not an own one',
      params: orgParams('run'),
      response: Type.Object({
        input: Type.Unknown(),
        output: Type.Unknown(),
        revision: Type.Integer(),
        is_sealed: Type.Boolean(),
      }),
      handle: (both, actor, { params }, request) =>
        openRunContent(desk.vault, placeOf(both, request), actor, request.origin, params.run),
    }),
    route({
      operation: 'run_step_content',
      method: 'GET',
      path: `${ORGANISATION_PATH}/runs/:run/step-content`,
      scope: 'organisation_wide',
      permission: 'run.view_own',
      tag,
      summary: 'Open what one step of a run left behind',
      params: orgParams('run'),
      query: Type.Object({ path: Type.String({ minLength: 1, maxLength: 500 }) }, { additionalProperties: false }),
      response: Type.Object({ output: Type.Unknown() }),
      handle: (both, actor, { params, query }, request) =>
        openStepOutput(desk.vault, placeOf(both, request), actor, request.origin, params.run, query.path),
    }),
  ]
}

const placeOf = (
  both: { readonly organisation: OrganisationDatabase },
  request: { readonly organisation: { readonly id: string } },
) => ({ organisation_id: request.organisation.id, database: both.organisation })
