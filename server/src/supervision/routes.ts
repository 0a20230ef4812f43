import { Type } from 'typebox'
import { ORGANISATION_PATH, type Route, route } from '../http/route.ts'
import { Id, nullable, orgParams, PageQuery, pageSchema, Timestamp } from '../http/schema.ts'
import { intervalRefused, parseInterval } from '../kernel/interval.ts'
import { badCursor } from '../kernel/page.ts'
import { RISKS } from '../policy/document.ts'
import { referenceUnknown } from '../tenancy/problems.ts'
import { getSupervisionFigures } from './analytics.ts'
import { createDelegation, listDelegations, revokeDelegation } from './delegation.ts'
import { countInbox, INBOX_ORDERS, INBOX_VIEWS, listHistory, listInbox } from './inbox.ts'
import { workflowRoutes } from './internal/workflow-routes.ts'
import { delegationRefused } from './problems.ts'

const tag = 'approvals'
const closed = { additionalProperties: false }
const LevelNumber = Type.Integer({ minimum: 1, maximum: 3 })
const scope = 'organisation'
const params = orgParams()
const APPROVALS = `${ORGANISATION_PATH}/approvals`

const InboxQuery = Type.Object(
  {
    ...PageQuery.properties,
    view: Type.Optional(
      Type.Enum([...INBOX_VIEWS], { description: 'queue: own turn; delegated: for somebody else; own: own drafts' }),
    ),
    order: Type.Optional(
      Type.Enum([...INBOX_ORDERS], { description: 'risk: highest first; age: longest waiting first' }),
    ),
    level: Type.Optional(LevelNumber),
    app_id: Type.Optional(Id),
    risk: Type.Optional(Type.Enum([...RISKS])),
  },
  closed,
)

const InboxItem = Type.Object({
  id: Id,
  run_id: Id,
  level: LevelNumber,
  quorum: Type.Integer(),
  given: Type.Integer(),
  risk: Type.String(),
  revision: Type.Integer(),
  draft: Type.String({ description: 'What a decision about it binds' }),
  requester_id: Id,
  team_id: nullable(Id),
  app_id: Id,
  app_name: Type.String(),
  app_version: Type.String(),
  category: nullable(Type.String()),
  engine_type: Type.String(),
  trigger_source: Type.String(),
  state: Type.String(),
  is_edited: Type.Boolean(),
  statements: Type.Array(Type.String(), { description: 'What whoever acknowledges it confirms' }),
  opened_at: Timestamp,
  deadline_at: nullable(Timestamp),
  expires_at: Timestamp,
  escalated_at: nullable(Timestamp),
})

const Count = Type.Integer({ minimum: 0 })

const PastDecision = Type.Object({
  id: Id,
  run_id: Id,
  app_name: Type.String(),
  app_version: Type.String(),
  risk: Type.String(),
  level: LevelNumber,
  act: Type.String(),
  revision: Type.Integer(),
  on_behalf_of: nullable(Id),
  decided_at: Timestamp,
  state: Type.String(),
  reason_code: nullable(Type.String()),
})

const Delegation = Type.Object({
  id: Id,
  from_member_id: Id,
  to_member_id: Id,
  levels: Type.Array(LevelNumber),
  starts_at: Timestamp,
  ends_at: Timestamp,
  reason: nullable(Type.String()),
  created_at: Timestamp,
  revoked_at: nullable(Timestamp),
})

const figures = {
  decisions: Count,
  given: Count,
  given_after_edit: Count,
  returned: Count,
  rejected: Count,
  reversal_rate: nullable(Type.Number()),
  time_to_decision_p50_ms: nullable(Type.Number()),
  time_to_decision_p90_ms: nullable(Type.Number()),
  faster_than_reading: Count,
}

const Figures = Type.Object({
  total: Type.Object(figures),
  levels: Type.Array(Type.Object({ level: LevelNumber, ...figures })),
  apps: Type.Array(Type.Object({ app_id: Id, app_name: Type.String(), ...figures })),
  members: Type.Array(Type.Object({ member_id: Id, ...figures })),
})

const USUAL_DAYS = 30

/** What waits for people, who stands in for whom, the organisation's workflows, and how supervision goes. */
export function supervisionRoutes(): readonly Route[] {
  return [...inboxRoutes(), ...delegationRoutes(), ...workflowRoutes()]
}

function inboxRoutes(): readonly Route[] {
  return [
    route({
      operation: 'approval_list',
      method: 'GET',
      path: APPROVALS,
      scope,
      permission: 'run.view_own',
      tag,
      summary: 'List what waits for the reader: the own turn, for others, or own drafts',
      params,
      query: InboxQuery,
      response: pageSchema(InboxItem),
      problems: [badCursor],
      handle: (tx, actor, { query }) => listInbox(tx, actor, query),
    }),
    route({
      operation: 'approval_count',
      method: 'GET',
      path: `${APPROVALS}/counts`,
      scope,
      permission: 'run.view_own',
      tag,
      summary: 'Count what waits for the reader',
      params,
      response: Type.Object({
        queue: Count,
        queue_by_risk: Type.Object({ low: Count, medium: Count, high: Count, critical: Count }),
        delegated: Count,
        own: Count,
      }),
      async handle(tx, actor) {
        const { queue_by_risk, ...counts } = await countInbox(tx, actor)
        const of = (risk: string): number => queue_by_risk[risk] ?? 0
        const by_risk = { low: of('low'), medium: of('medium'), high: of('high'), critical: of('critical') }
        return { ...counts, queue_by_risk: by_risk }
      },
    }),
    route({
      operation: 'approval_history',
      method: 'GET',
      path: `${APPROVALS}/history`,
      scope,
      permission: 'run.view_own',
      tag,
      summary: 'List what the reader has decided, newest first',
      params,
      query: PageQuery,
      response: pageSchema(PastDecision),
      problems: [badCursor],
      handle: (tx, actor, { query }) => listHistory(tx, actor, query),
    }),
    route({
      operation: 'supervision_figures_get',
      method: 'GET',
      path: `${ORGANISATION_PATH}/supervision/figures`,
      scope,
      permission: 'run.view_org',
      tag,
      summary: 'Get time to decision, reversal rate and approvals faster than reading, by level, app and person',
      params,
      query: Type.Object({ from: Type.Optional(Timestamp), to: Type.Optional(Timestamp) }, closed),
      response: Figures,
      problems: [intervalRefused],
      handle: (tx, _actor, { query }) => getSupervisionFigures(tx, parseInterval(query, USUAL_DAYS)),
    }),
  ]
}

function delegationRoutes(): readonly Route[] {
  const path = `${ORGANISATION_PATH}/delegations`
  const target = ({ id }: { readonly id: string }) => ({ type: 'delegation', id })
  return [
    route({
      operation: 'delegation_list',
      method: 'GET',
      path,
      scope,
      permission: 'run.view_own',
      tag,
      summary: 'List who stands in for the reader and for whom the reader does, newest first',
      params,
      query: PageQuery,
      response: pageSchema(Delegation),
      problems: [badCursor],
      handle: (tx, actor, { query }) => listDelegations(tx, actor, query),
    }),
    route({
      operation: 'delegation_create',
      method: 'POST',
      path,
      scope,
      permission: 'run.acknowledge',
      tag,
      summary: 'Name who stands in for oneself, for which levels and until when; they need the permission themselves',
      params,
      body: Type.Object(
        {
          to_member_id: Id,
          levels: Type.Array(LevelNumber, { minItems: 1, maxItems: 3, uniqueItems: true }),
          starts_at: Timestamp,
          ends_at: Timestamp,
          reason: Type.Optional(Type.String({ maxLength: 500 })),
        },
        closed,
      ),
      response: Delegation,
      status: 201,
      problems: [delegationRefused, referenceUnknown],
      audit: {
        event: 'delegation.created',
        target,
        data: ({ to_member_id, levels, starts_at, ends_at }) => ({ to_member_id, levels, starts_at, ends_at }),
      },
      handle: (tx, actor, { body }) =>
        createDelegation(tx, actor, {
          to_member_id: body.to_member_id,
          levels: body.levels,
          starts_at: new Date(body.starts_at),
          ends_at: new Date(body.ends_at),
          reason: body.reason?.trim() ?? null,
        }),
    }),
    route({
      operation: 'delegation_revoke',
      method: 'DELETE',
      path: `${path}/:delegation`,
      scope,
      permission: 'run.view_own',
      tag,
      summary: 'End a delegation; either of the two may',
      params: orgParams('delegation'),
      response: Delegation,
      audit: { event: 'delegation.revoked', target, data: ({ to_member_id, levels }) => ({ to_member_id, levels }) },
      handle: (tx, actor, input) => revokeDelegation(tx, actor, input.params.delegation),
    }),
  ]
}
