import { Type } from 'typebox'
import { requesterOnly } from '../../execution/problems.ts'
import { ORGANISATION_PATH, type Route, route } from '../../http/route.ts'
import { Id, nullable, orgParams, Timestamp } from '../../http/schema.ts'
import { intervalRefused, parseInterval } from '../../kernel/interval.ts'
import { listAppHealth } from '../app-health.ts'
import { noResultYet } from '../problems.ts'
import { FAULTS, findFeedback, giveFeedback } from '../run-feedback.ts'

const tag = 'App health'
const USUAL_DAYS = 30
const closed = { additionalProperties: false }

const Count = Type.Integer({ minimum: 0 })
const Rate = nullable(Type.Number({ minimum: 0, maximum: 1 }))
const Duration = nullable(Type.Number())

const Health = Type.Object({
  app_id: Id,
  app_name: Type.String(),
  runs: Count,
  drafted: Count,
  failed: Count,
  broke_schema: Count,
  finalised: Count,
  rejected: Count,
  cancelled: Count,
  returned: Count,
  success_rate: Rate,
  failure_rate: Rate,
  judged: Count,
  accepted_unchanged: Count,
  acceptance_rate: Rate,
  rejection_rate: Rate,
  draft_p50_ms: Duration,
  draft_p90_ms: Duration,
  helpful: Count,
  not_helpful: Count,
})

const Fault = nullable(Type.Enum([...FAULTS]))
const Feedback = Type.Object({ is_helpful: Type.Boolean(), fault: nullable(Type.String()), given_at: Timestamp })
const FEEDBACK = `${ORGANISATION_PATH}/runs/:run/feedback`

/** How apps do, and what their users say. */
export function healthRoutes(): readonly Route[] {
  return [
    route({
      operation: 'app_health_list',
      method: 'GET',
      path: `${ORGANISATION_PATH}/app-health`,
      scope: 'organisation',
      permission: 'insights.view',
      tag,
      summary:
        'Get how often apps succeed, fail and are accepted, and what is said of them; the last 30 days unless asked',
      params: orgParams(),
      query: Type.Object(
        { from: Type.Optional(Timestamp), to: Type.Optional(Timestamp), app_id: Type.Optional(Id) },
        closed,
      ),
      response: Type.Object({ from: Timestamp, to: Timestamp, items: Type.Array(Health) }),
      problems: [intervalRefused],
      async handle(tx, _actor, { query }) {
        const between = parseInterval(query, USUAL_DAYS)
        return { ...between, items: await listAppHealth(tx, between, query.app_id ?? null) }
      },
    }),
    route({
      operation: 'run_feedback_get',
      method: 'GET',
      path: FEEDBACK,
      scope: 'organisation',
      permission: 'run.view_own',
      tag,
      summary: 'Get what the requester of a run said of its result',
      params: orgParams('run'),
      response: Type.Object({ feedback: nullable(Feedback) }),
      handle: async (tx, actor, { params }) => ({ feedback: await findFeedback(tx, actor, params.run) }),
    }),
    route({
      operation: 'run_feedback_put',
      method: 'PUT',
      path: FEEDBACK,
      scope: 'organisation',
      permission: 'run.view_own',
      tag,
      summary: 'Say whether the result of an own run helped, and what was wrong with it',
      params: orgParams('run'),
      body: Type.Object({ is_helpful: Type.Boolean(), fault: Type.Optional(Fault) }, closed),
      response: Feedback,
      problems: [requesterOnly, noResultYet],
      audit: {
        event: 'execution.feedback_given',
        target: (_output, { params }) => ({ type: 'run', id: params.run }),
        data: ({ is_helpful, fault }) => ({ is_helpful, fault }),
      },
      handle: (tx, actor, { params, body }) =>
        giveFeedback(tx, actor, params.run, { is_helpful: body.is_helpful, fault: body.fault ?? null }),
    }),
  ]
}
