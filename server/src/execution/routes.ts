import { Type } from 'typebox'
import { ORGANISATION_PATH, type Route, route } from '../http/route.ts'
import { Id, nullable, orgParams, PageQuery, pageSchema, Timestamp } from '../http/schema.ts'
import { intervalRefused, parseBounds } from '../kernel/interval.ts'
import { badCursor } from '../kernel/page.ts'
import { ENGINE_TYPES, RISKS } from '../policy/document.ts'
import { getExecution, listExecutions, TRIGGER_SOURCES } from './execution.ts'
import type { RunRouteNeeds } from './internal/run-asked-schema.ts'
import { runRoutes } from './internal/run-routes.ts'
import { batchRoutes } from './internal/batch-routes.ts'
import { decisionRoutes } from './internal/decision-routes.ts'
import { effectRoutes } from './internal/effect-routes.ts'
import { receiptRoutes } from './internal/receipt-routes.ts'
import { exportRoutes } from './internal/export-routes.ts'
import type { PanelNeeds } from './panel.ts'
import { scheduleRoutes } from './internal/schedule-routes.ts'
import { taskRoutes } from './internal/task-routes.ts'
import { threadRoutes } from './internal/thread-routes.ts'
import { RECORDED_STATES } from './state.ts'

const tag = 'executions'

const tokens = nullable(Type.Integer({ minimum: 0 }))
const micros = Type.Integer({ minimum: 0 })

const execution = {
  id: Id,
  state: Type.String(),
  reason_code: nullable(Type.String()),
  engine_type: Type.String(),
  trigger_source: Type.String(),
  risk: Type.String(),
  member_id: nullable(Id),
  api_key_id: nullable(Id),
  team_id: nullable(Id),
  project_id: Id,
  use_case_id: nullable(Id),
  model: nullable(Type.String()),
  is_run: Type.Boolean(),
  parent_id: nullable(Id),
  app_id: nullable(Id),
  app_name: nullable(Type.String()),
  is_streamed: Type.Boolean(),
  admitted_at: Timestamp,
  settled_at: nullable(Timestamp),
  duration_ms: nullable(Type.Integer()),
  hold_tokens: Type.Integer({ minimum: 0 }),
  input_tokens: tokens,
  cached_input_tokens: tokens,
  output_tokens: tokens,
  tokens_estimated: nullable(Type.Boolean()),
  // Left out for readers from whom costs are kept.
  hold_micros: Type.Optional(micros),
  charge_micros: Type.Optional(nullable(micros)),
}

const Execution = Type.Object(execution)

const ExecutionDetail = Type.Object({
  ...execution,
  project_name: nullable(Type.String()),
  use_case_name: nullable(Type.String()),
  team_name: nullable(Type.String()),
  api_key_name: nullable(Type.String()),
  actor_role: nullable(Type.String()),
  model_id: nullable(Id),
  price_version: nullable(Type.Integer()),
  policy_version: Type.Integer(),
  platform_version: Type.Integer(),
  request_id: Id,
  billing: Type.String(),
  late_settled_at: nullable(Timestamp),
  provider_status: nullable(Type.Integer()),
  input_hash: Type.String(),
  output_hash: nullable(Type.String()),
  has_content: Type.Boolean(),
})

const ExecutionQuery = Type.Object(
  {
    ...PageQuery.properties,
    from: Type.Optional(Timestamp),
    to: Type.Optional(Timestamp),
    state: Type.Optional(Type.Enum([...RECORDED_STATES])),
    reason_code: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
    model: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    engine_type: Type.Optional(Type.Enum([...ENGINE_TYPES])),
    risk: Type.Optional(Type.Enum([...RISKS])),
    trigger_source: Type.Optional(Type.Enum([...TRIGGER_SOURCES])),
    kind: Type.Optional(Type.Enum(['run', 'call'])),
    app_id: Type.Optional(Id),
    member_id: Type.Optional(Id),
    api_key_id: Type.Optional(Id),
    team_id: Type.Optional(Id),
    project_id: Type.Optional(Id),
    use_case_id: Type.Optional(Id),
  },
  { additionalProperties: false },
)

/**
 * The record of executions (what is seen beyond one's own follows from `run.view_team` and `run.view_org`), runs, and what
 * people decide about them.
 */
export function executionRoutes(needs: RunRouteNeeds & PanelNeeds): readonly Route[] {
  return [
    ...runRoutes(needs),
    ...taskRoutes(needs),
    ...scheduleRoutes(needs),
    ...threadRoutes(needs),
    ...decisionRoutes(needs),
    ...receiptRoutes(needs),
    ...batchRoutes(needs),
    ...exportRoutes(needs),
    ...effectRoutes(),
    ...recordRoutes(),
  ]
}

function recordRoutes(): readonly Route[] {
  return [
    route({
      operation: 'execution_list',
      method: 'GET',
      path: `${ORGANISATION_PATH}/executions`,
      scope: 'organisation',
      permission: 'run.view_own',
      tag,
      summary: 'List own executions, those of teams one manages, or all, newest first',
      params: orgParams(),
      query: ExecutionQuery,
      response: pageSchema(Execution),
      problems: [badCursor, intervalRefused],
      handle: (tx, actor, { query }) => listExecutions(tx, actor, { ...query, ...parseBounds(query) }, query),
    }),
    route({
      operation: 'execution_get',
      method: 'GET',
      path: `${ORGANISATION_PATH}/executions/:execution`,
      scope: 'organisation',
      permission: 'run.view_own',
      tag,
      summary: 'Get an execution with what was decided about it',
      params: orgParams('execution'),
      response: ExecutionDetail,
      handle: (tx, actor, { params }) => getExecution(tx, actor, params.execution),
    }),
  ]
}
