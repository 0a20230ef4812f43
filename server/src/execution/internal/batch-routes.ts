// One level given to several drafts at once.

import { Type } from 'typebox'
import type { Permission } from '../../access/permission.ts'
import type { AuditEvent } from '../../audit/event.ts'
import { ORGANISATION_PATH, type Route, route } from '../../http/route.ts'
import { Id, nullable, orgParams } from '../../http/schema.ts'
import { decideBatch, type GivingAct } from '../batch.ts'
import type { PanelNeeds } from '../panel.ts'
import { batchMixed } from '../problems.ts'
import { requireInPerson, statementsOf } from './giving.ts'
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

/** A route for each level, with the permission and the proof that the level asks of a single draft. */
export function batchRoutes({ tools }: PanelNeeds): readonly Route[] {
  const giving = (
    act: GivingAct,
    permission: Permission,
    event: AuditEvent,
    summary: string,
    body: typeof Items | typeof AcknowledgedItems = Items,
  ): Route =>
    route({
      operation: `approval_batch_${act}`,
      method: 'POST',
      path: `${ORGANISATION_PATH}/approvals/batch/${act === 'sign_off' ? 'sign-off' : act}`,
      scope: 'organisation_wide',
      permission,
      ...(act === 'sign_off' && { step_up: true as const }),
      tag: 'approvals',
      summary: `${summary} of one app and one risk; each is a decision of its own`,
      params: orgParams(),
      body,
      response: Answers,
      problems: [batchMixed],
      audit: { event, written_by: 'handler' },
      async handle(both, actor, input, { organisation: { id, name }, origin }) {
        if (act === 'sign_off') requireInPerson(actor)
        const statements = 'statements' in input.body ? input.body.statements : []
        const place = { organisation: { id, name }, database: both.organisation }
        const batch = { ...place, actor, origin, act, statements, items: input.body.items }
        return { items: await decideBatch(tools, batch) }
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
