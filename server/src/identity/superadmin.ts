// The super-admin's flag, for `reeve superadmin grant|revoke EMAIL`. No request and no job ever changes it.

import { appendPlatformEntry, platformOriginOf } from '../audit/append.ts'
import type { ControlDatabase } from '../kernel/database.ts'
import { notFound } from '../kernel/problem.ts'
import { revokeSessions } from './session.ts'
import { findUserByEmail, liftSignInWait, requireAnotherSuperadmin, type User } from './user.ts'

const OPERATOR = platformOriginOf({ kind: 'operator', use: { via: 'cli' } }, { request_id: null, address: null })

/**
 * Makes the account with this address a super-admin or takes that away; every session of it ends. Granting also lifts
 * the wait after failed sign-ins, so that an operator can always let somebody in. Refuses an address without account
 * (`not_found`), and to take the flag from the last active super-admin (`last_superadmin`). `changed` is false when it
 * was so before.
 */
export async function changeSuperadmin(
  control: ControlDatabase,
  email: string,
  is_superadmin: boolean,
): Promise<{ readonly user: User; readonly changed: boolean }> {
  return control.transaction(async (tx) => {
    const found = await findUserByEmail(tx, email)
    if (found === null) throw notFound({}, { detail: 'There is no account with this e-mail address.' })
    if (!is_superadmin) await requireAnotherSuperadmin(tx, found.id)
    const before = await tx
      .selectFrom('identity.user')
      .select('is_superadmin')
      .where('id', '=', found.id)
      .forNoKeyUpdate()
      .executeTakeFirstOrThrow()
    if (is_superadmin) await liftSignInWait(tx, OPERATOR, found)
    const user = { ...found, is_superadmin }
    if (before.is_superadmin === is_superadmin) return { user, changed: false }
    await tx.updateTable('identity.user').set({ is_superadmin }).where('id', '=', found.id).execute()
    const sessions_ended = await revokeSessions(tx, found.id, 'superadmin_changed')
    await appendPlatformEntry(tx, OPERATOR, {
      event: 'superadmin.changed',
      target: { type: 'user', id: found.id },
      data: { before: before.is_superadmin, after: is_superadmin, sessions_ended },
    })
    return { user, changed: true }
  })
}
