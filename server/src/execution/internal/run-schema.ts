import { Type } from 'typebox'
import { Id, nullable, Timestamp } from '../../http/schema.ts'
import { END_STATES, STATES } from '../state.ts'

const micros = Type.Integer({ minimum: 0 })
const hash = Type.String()

const RunValues = {
  id: Id,
  state: Type.Enum([...STATES]),
  // How it ended, also of an archived run; null while it is open.
  ended_as: nullable(Type.Enum([...END_STATES])),
  archived_at: nullable(Timestamp),
  status: Type.Enum(['running', 'awaiting_review', 'completed', 'failed', 'cancelled']),
  reason_code: nullable(Type.String()),
  engine_type: Type.String(),
  trigger_source: Type.String(),
  risk: Type.String(),
  project_id: Id,
  use_case_id: nullable(Id),
  team_id: nullable(Id),
  admitted_at: Timestamp,
  settled_at: nullable(Timestamp),
  app_id: Id,
  app_name: Type.String(),
  app_version: Type.String(),
  app_source: Type.String(),
  category: nullable(Type.String()),
  jurisdiction: nullable(Type.String()),
  requester_id: Id,
  schedule_id: nullable(Id),
  thread_id: nullable(Id),
  revision: Type.Integer(),
  level1: Type.Boolean(),
  level2: Type.Boolean(),
  level3: Type.Boolean(),
  pause_reason: nullable(Type.String()),
  failure: nullable(Type.String()),
  started_at: nullable(Timestamp),
  draft_at: nullable(Timestamp),
  // Null until it has ended; false says "not charged".
  is_charged: nullable(Type.Boolean()),
  // Left out for readers from whom costs are kept.
  quote_micros: Type.Optional(micros),
  charge_micros: Type.Optional(nullable(micros)),
}

export const Run = Type.Object(RunValues)

const Demand = Type.Object({ level: Type.Integer(), rule: Type.String(), set_by: Type.String() })

const Step = Type.Object({
  path: Type.String(),
  node_id: Type.String(),
  node_type: Type.String(),
  state: Type.String(),
  retries: Type.Integer(),
  started_at: Timestamp,
  ended_at: nullable(Timestamp),
  error_code: nullable(Type.String()),
  error_detail: nullable(Type.String()),
  call_execution_id: nullable(Id),
})

export const RunDetail = Type.Object({
  ...RunValues,
  statements: Type.Array(Type.String()),
  level2_quorum: Type.Integer(),
  level3_quorum: Type.Integer(),
  distinct_approvers: Type.Boolean(),
  max_steps: Type.Integer(),
  max_seconds: Type.Integer(),
  tier: nullable(Type.String({ description: 'The account tier of the organisation when the run was created' })),
  runs_until: nullable(Timestamp),
  confirmed_at: Timestamp,
  sealed_at: nullable(Timestamp),
  attempt: Type.Integer(),
  policy_version: Type.Integer(),
  platform_version: Type.Integer(),
  actor_role: nullable(Type.String()),
  api_key_id: nullable(Id),
  request_id: Id,
  demands: Type.Array(Demand),
  contract_sha256: hash,
  input_sha256: hash,
  output_sha256: nullable(hash),
  human_sha256: nullable(hash),
  pipeline: Type.Array(Type.Object({ id: Type.String(), type: Type.String(), title: Type.String() })),
  steps: Type.Array(Step),
  open_level: nullable(
    Type.Object({
      level: Type.Integer(),
      quorum: Type.Integer(),
      given: Type.Integer(),
      opened_at: Timestamp,
      deadline_at: nullable(Timestamp),
      expires_at: Timestamp,
      escalated_at: nullable(Timestamp),
    }),
  ),
  decisions: Type.Array(
    Type.Object({
      id: Id,
      revision: Type.Integer(),
      level: Type.Integer(),
      act: Type.String(),
      member_id: nullable(Id),
      actor_role: nullable(Type.String()),
      on_behalf_of: nullable(Id),
      is_edited: Type.Boolean(),
      decided_at: Timestamp,
    }),
  ),
  // What its model calls were charged by themselves: of a test, which has no price. Left out like every cost.
  calls_micros: Type.Optional(micros),
  model_calls: Type.Integer(),
  input_tokens: Type.Integer(),
  output_tokens: Type.Integer(),
})

export const Quote = Type.Object({
  id: Id,
  app_id: Id,
  app_name: Type.String(),
  app_version: Type.String(),
  quote_micros: micros,
  expires_at: Timestamp,
  risk: Type.String(),
  jurisdiction: nullable(Type.String()),
  has_quota: Type.Boolean(),
  levels: Type.Array(Type.Object({ level: Type.Integer(), quorum: Type.Integer() })),
  demands: Type.Array(Demand),
  max_seconds: Type.Integer(),
  max_steps: Type.Integer(),
})

export const JsonObject = Type.Record(Type.String({ maxLength: 100 }), Type.Unknown())
