// What the owners of an organisation learn by mail, whatever else tells them. It is noted in the transaction of what happened;
// who they are is asked later, in the organisation's own database (`tenancy/owner-notice.ts`).

import type { ControlTx } from '../kernel/database.ts'
import { newId } from '../kernel/id.ts'

/** A super-admin opened the organisation; somebody came past enforced single sign-on; soon nobody can. */
export const OWNER_NOTICES = ['access_opened', 'break_glass_used', 'break_glass_expiring'] as const
export type OwnerNoticeKind = (typeof OWNER_NOTICES)[number]

/** What the mail says; instants are ISO 8601. */
export type OwnerNoticeFacts = {
  /** Who did it, in words: there is none for what happens by itself. */
  readonly who?: string
  readonly reason?: string
  readonly until?: string | null
}

/** Notes that the owners of an organisation are to be told, once. */
export async function noteForOwners(
  tx: ControlTx,
  organisation_id: string,
  kind: OwnerNoticeKind,
  facts: OwnerNoticeFacts,
): Promise<void> {
  await tx
    .insertInto('mail.owner_notice')
    .values({ id: newId(), organisation_id, kind, facts: JSON.stringify(facts) })
    .execute()
}
