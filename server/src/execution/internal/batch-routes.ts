// One decision about several drafts at once.

import { type Static, Type } from 'typebox'
import type { Permission } from '../../access/permission.ts'
import type { AuditEvent } from '../../audit/event.ts'
import {
  type BothDatabases,
  type OrganisationActor,
  ORGANISATION_PATH,
  type OrganisationRequest,
  type Route,
  route,
} from '../../http/route.ts'
import { Id, nullable, orgParams } from '../../http/schema.ts'
import { type Batch, decideBatch } from '../batch.ts'
import type { DecisionAct } from '../decision.ts'
import type { PanelNeeds } from '../panel.ts'
import { batchMixed } from '../problems.ts'
import { requireInPerson, statementsOf, Words } from './giving.ts'
import { SeenDraft } from './panel-schema.ts'

const closed = { additionalProperties: false }

const MAX_ITEMS = 50
const items = Type.Array(Type.Object({ run_id: Id, draft: SeenDraft }, closed), { minItems: 1, maxItems: MAX_ITEMS })
const Items = Type.Object({ items }, closed)
// Drafts of several versions of the app may ask for other statements.
const AcknowledgedItems = Type.Object({ items, statements: statementsOf(MAX_ITEMS) }, closed)

const Answers = Type.Object({
  items: Type.Array(
    Type.Object({
      run_id: Id,
      is_decided: Type.Boolean(),
      state: nullable(Type.String()),
      code: nullable(Type.String()),
      detail: nullable(Type.String()),
    }),
  ),
})

const ReturnedItems = Type.Object({ items, comments: Words }, closed)
const RejectedItems = Type.Object({ items, reason: Words }, closed)

/** A route for each decision, with the permission and the proof that it asks of a single draft. */
export function batchRoutes(needs: PanelNeeds): readonly Route[] {
  return [...givingRoutes(needs), ...refusingRoutes(needs)]
}

type Said = Pick<Batch, 'items' | 'statements' | 'words'>

async function decideHere(
  needs: PanelNeeds,
  act: DecisionAct,
  both: BothDatabases,
  actor: OrganisationActor,
  { organisation: { id, name }, origin }: OrganisationRequest,
  said: Said,
) {
  const place = { organisation: { id, name }, database: both.organisation }
  return { items: await decideBatch(needs, { ...place, actor, origin, act, ...said }) }
}

const operationOf = (act: DecisionAct) => `approval_batch_${act}`
const pathOf = (act: DecisionAct) => `${ORGANISATION_PATH}/approvals/batch/${act === 'sign_off' ? 'sign-off' : act}`
const tag = 'approvals'
const scope = 'organisation_wide'

function givingRoutes(needs: PanelNeeds): readonly Route[] {
  const giving = (
    act: 'acknowledge' | 'approve' | 'sign_off',
    permission: Permission,
    event: AuditEvent,
    summary: string,
    body: typeof Items | typeof AcknowledgedItems = Items,
  ): Route =>
    route({
      operation: operationOf(act),
      method: 'POST',
      path: pathOf(act),
      scope,
      permission,
      ...(act === 'sign_off' && { step_up: true as const }),
      tag,
      summary: `${summary} of one app and one risk; each is a decision of its own`,
      params: orgParams(),
      body,
      response: Answers,
      problems: [batchMixed],
      audit: { event, written_by: 'handler' },
      async handle(both, actor, input, request) {
        if (act === 'sign_off') requireInPerson(actor)
        const statements = 'statements' in input.body ? input.body.statements : []
        return decideHere(needs, act, both, actor, request, { items: input.body.items, statements, words: null })
      },
    })
  return [
    giving(
      'acknowledge',
      'run.view_own',
      'execution.acknowledged',
      'Acknowledge several drafts (level 1)',
      AcknowledgedItems,
    ),
    giving('approve', 'run.approve_manager', 'approval.granted', 'Approve several drafts (level 2)'),
    giving(
      'sign_off',
      'run.approve_compliance',
      'approval.granted',
      'Sign off several drafts (level 3), having proved again who one is,',
    ),
  ]
}

function refusingRoutes(needs: PanelNeeds): readonly Route[] {
  const refusing = <Body extends typeof ReturnedItems | typeof RejectedItems>(
    act: 'return' | 'reject',
    body: Body,
    wordsOf: (said: Static<Body>) => string,
    event: AuditEvent,
    summary: string,
  ): Route =>
    route({
      operation: operationOf(act),
      method: 'POST',
      path: pathOf(act),
      scope,
      permission: 'run.view_own',
      tag,
      summary: `${summary}; of one app, one risk and one level, each a decision of its own`,
      params: orgParams(),
      body,
      response: Answers,
      problems: [batchMixed],
      audit: { event, written_by: 'handler' },
      handle(both, actor, input, request) {
        const said = { items: input.body.items, statements: [], words: wordsOf(input.body).trim() }
        return decideHere(needs, act, both, actor, request, said)
      },
    })
  return [
    refusing(
      'return',
      ReturnedItems,
      ({ comments }) => comments,
      'execution.returned',
      'Return several drafts with the same comments',
    ),
    refusing(
      'reject',
      RejectedItems,
      ({ reason }) => reason,
      'approval.rejected',
      'Reject several drafts for the same reason: their runs are cancelled and not charged',
    ),
  ]
}
