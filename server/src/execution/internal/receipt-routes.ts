// The signed receipts of a run, and the key that they are checked with.

import { Type } from 'typebox'
import { appendEntry } from '../../audit/append.ts'
import { ORGANISATION_PATH, type Route, route } from '../../http/route.ts'
import { Id, nullable, orgParams, Timestamp } from '../../http/schema.ts'
import type { PanelNeeds } from '../panel.ts'
import { getReceipt, listReceipts } from '../receipts.ts'

const tag = 'runs'
const scope = 'organisation_wide'
const RUN_PATH = `${ORGANISATION_PATH}/runs/:run`
const params = orgParams('run')

const ReceiptItem = Type.Object({
  id: Id,
  kind: Type.String(),
  created_at: Timestamp,
  act: nullable(Type.String()),
  level: nullable(Type.Integer({ minimum: 1, maximum: 3 })),
  member_id: nullable(Id),
})

/** Receipts for whoever sees their run. */
export function receiptRoutes(needs: PanelNeeds): readonly Route[] {
  return [
    route({
      operation: 'run_receipt_list',
      method: 'GET',
      path: `${RUN_PATH}/receipts`,
      scope,
      permission: 'run.view_own',
      tag,
      summary: 'List the signed receipts of a run',
      params,
      response: Type.Object({ items: Type.Array(ReceiptItem) }),
      async handle(both, actor, input, request) {
        return { items: await listReceipts(needs, both.organisation, request.organisation.id, actor, input.params.run) }
      },
    }),
    route({
      operation: 'run_receipt_get',
      method: 'GET',
      path: `${RUN_PATH}/receipts/:receipt`,
      scope,
      permission: 'run.view_own',
      tag,
      summary: 'Download a receipt; `reeve verify receipt` checks it offline',
      params: orgParams('run', 'receipt'),
      response: Type.Object({ ...ReceiptItem.properties, content: Type.String() }),
      async handle(both, actor, { params: { run, receipt } }, { organisation, origin }) {
        const found = await getReceipt(needs, both.organisation, organisation.id, actor, run, receipt)
        await both.organisation.transaction((tx) =>
          appendEntry(tx, origin, {
            event: 'approval.receipt_opened',
            target: { type: 'receipt', id: receipt },
            execution_id: run,
            data: { kind: found.kind },
          }),
        )
        return found
      },
    }),
    route({
      operation: 'receipt_key_get',
      method: 'GET',
      path: `${ORGANISATION_PATH}/receipt-key`,
      scope,
      permission: 'org.view',
      tag,
      summary: "Get the public key that the organisation's receipts are signed with, and its fingerprint",
      params: orgParams(),
      response: Type.Object({ public_key: Type.String(), fingerprint: Type.String(), key_version: Type.Integer() }),
      handle: (_both, _actor, _input, { organisation }) => needs.tools.receiptKey(organisation.id),
    }),
  ]
}
