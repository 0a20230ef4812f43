// Coming in past enforced single sign-on. One owner is armed for it, for a limited time, and every use is an alarm.

import { appendPlatformEntry, platformOriginOf, type RequestOrigin } from '../../audit/append.ts'
import type { ControlTx } from '../../kernel/database.ts'
import { noteForOwners } from '../../mail/owner-notice.ts'
import { getUser } from '../user.ts'

/** The session that came past, and whose it is. */
export type PassingSession = { readonly session_id: string; readonly user_id: string; readonly aal: number }

/**
 * Writes down that a session came past enforced single sign-on, once per session: the platform and the
 * owners read it, and the owners are told by mail.
 */
export async function noteBrokenGlass(
  tx: ControlTx,
  { session_id, user_id, aal }: PassingSession,
  organisation_id: string,
  request: RequestOrigin,
): Promise<void> {
  const first = await tx
    .insertInto('identity.sso_break_glass_use')
    .values({ session_id, organisation_id })
    .onConflict((conflict) => conflict.doNothing())
    .returning('session_id')
    .executeTakeFirst()
  if (first === undefined) return
  const use = { via: 'session', session_id, aal } as const
  const { request_id, address } = request
  const origin = platformOriginOf({ kind: 'user', user_id, is_superadmin: false, use }, { request_id, address })
  await appendPlatformEntry(tx, origin, {
    event: 'sso.break_glass_used',
    organisation_id,
    target: { type: 'user', id: user_id },
    data: { session_id },
  })
  const { display_name: who } = await getUser(tx, user_id)
  await noteForOwners(tx, organisation_id, 'break_glass_used', { who })
}
