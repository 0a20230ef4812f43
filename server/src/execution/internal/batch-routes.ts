// Several drafts approved at once.

import { Type } from 'typebox'
import { ORGANISATION_PATH, type Route, route } from '../../http/route.ts'
import { Id, nullable, orgParams } from '../../http/schema.ts'
import { approveBatch } from '../batch.ts'
import type { PanelNeeds } from '../panel.ts'
import { batchMixed } from '../problems.ts'
import { SeenDraft } from './panel-schema.ts'

const closed = { additionalProperties: false }

/** The one route: approving drafts of one app and one risk together. */
export function batchRoute({ tools }: PanelNeeds): Route {
  return route({
    operation: 'approval_batch',
    method: 'POST',
    path: `${ORGANISATION_PATH}/approvals/batch`,
    scope: 'organisation_wide',
    permission: 'run.approve_manager',
    tag: 'approvals',
    summary: 'Approve several drafts of one app and one risk (level 2); each is a decision of its own',
    params: orgParams(),
    body: Type.Object(
      { items: Type.Array(Type.Object({ run_id: Id, draft: SeenDraft }, closed), { minItems: 1, maxItems: 50 }) },
      closed,
    ),
    response: Type.Object({
      items: Type.Array(
        Type.Object({
          run_id: Id,
          is_decided: Type.Boolean(),
          state: nullable(Type.String()),
          code: nullable(Type.String()),
          detail: nullable(Type.String()),
        }),
      ),
    }),
    problems: [batchMixed],
    audit: { event: 'approval.granted', written_by: 'handler' },
    async handle(both, actor, { body }, { organisation, origin }) {
      const { id, name } = organisation
      const batch = { organisation: { id, name }, database: both.organisation, actor, origin, items: body.items }
      return { items: await approveBatch(tools, batch) }
    },
  })
}
