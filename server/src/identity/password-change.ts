// A person changes their own password. Whoever holds only the session (a browser left open) must not be able to guess
// the password with it, so attempts are counted as in signing in.

import { appendPlatformEntry, type Origin } from '../audit/append.ts'
import type { ControlDatabase, ControlTx } from '../kernel/database.ts'
import { endProofs } from './address-proof.ts'
import { type Attempt, countAttempt, forgiveAttempt, makeAttempt, ownPasswordSubject } from './back-off.ts'
import { hashPassword, verifyPassword } from './password.ts'
import { type PasswordRule, requirePasswordAllowed, requirePasswordChanged } from './password-rule.ts'
import { currentPasswordWrong, sessionEnded, tooManyAttempts } from './problems.ts'
import { type Browser, type NewSession, openSession, requireLiveSession, revokeSessions } from './session.ts'

/** A password that its owner has chosen by the rules of now. */
export const CHOSEN = { must_change_password: false, password_expires_at: null, password_is_below_rule: false } as const

export type PasswordChange = { readonly current_password: string; readonly new_password: string }

export type PasswordChangeRequest = Browser & { readonly origin: Origin }

type Person = { readonly user_id: string; readonly session_id: string; readonly aal: number }

/**
 * Changes the password and ends every session of the person; the one returned takes their place. Refuses a wrong
 * current password (`current_password_wrong`), an unsuitable new one (`password_refused`), a session that ended
 * meanwhile (`session_ended`), and after failures in a row until the wait is over (`too_many_attempts`). The log entry
 * is written here. No connection is held while hashing.
 */
export async function changeOwnPassword(
  control: ControlDatabase,
  person: Person,
  change: PasswordChange,
  request: PasswordChangeRequest,
  findPasswordRule: (user_id: string) => Promise<PasswordRule>,
): Promise<NewSession> {
  const account = await control.transaction((tx) => getAccount(tx, person.user_id, false))
  requirePasswordChanged(change.current_password, change.new_password, '/new_password')
  await requirePasswordAllowed(change.new_password, account, '/new_password', await findPasswordRule(person.user_id))
  const attempt = await beginAttempt(control, person.user_id)
  const password_hash = await makeAttempt(control, attempt, async () =>
    (await verifyPassword(account.password_hash, change.current_password)) ? hashPassword(change.new_password) : null,
  )
  if (password_hash === null) return refuseWrongPassword(control, person, request)
  return control.transaction(async (tx) => {
    const { password_hash: current_hash } = await getAccount(tx, person.user_id, true)
    await requireLiveSession(tx, person.session_id)
    if (current_hash !== account.password_hash) throw wrongPassword()
    await tx
      .updateTable('identity.user')
      .set({ password_hash, ...CHOSEN })
      .where('id', '=', person.user_id)
      .execute()
    await forgiveAttempt(tx, attempt)
    await endProofs(tx, person.user_id, ['password_reset'])
    const sessions_ended = await revokeSessions(tx, person.user_id, 'password_changed')
    await appendPlatformEntry(tx, request.origin, {
      event: 'user.password_changed',
      target: { type: 'user', id: person.user_id },
      data: { sessions_ended },
    })
    return openSession(tx, { user_id: person.user_id, auth_method: 'password', aal: person.aal }, request)
  })
}

/** The active account; locked until the transaction ends when it is to be changed. */
async function getAccount(tx: ControlTx, user_id: string, is_for_change: boolean) {
  const query = tx
    .selectFrom('identity.user')
    .select(['email', 'display_name', 'password_hash'])
    .where('id', '=', user_id)
    .where('status', '=', 'active')
  const account = await (is_for_change ? query.forNoKeyUpdate() : query).executeTakeFirst()
  if (account === undefined) throw sessionEnded()
  return account
}

async function beginAttempt(control: ControlDatabase, user_id: string): Promise<Attempt> {
  const counted = await control.transaction((tx) => countAttempt(tx, [ownPasswordSubject(user_id)]))
  if ('wait_s' in counted) throw tooManyAttempts({}, { retry_after_s: counted.wait_s })
  return counted.attempt
}

const wrongPassword = () =>
  currentPasswordWrong({}, { fields: [{ pointer: '/current_password', message: currentPasswordWrong.title }] })

async function refuseWrongPassword(
  control: ControlDatabase,
  person: Person,
  request: PasswordChangeRequest,
): Promise<never> {
  await control.transaction((tx) =>
    appendPlatformEntry(tx, request.origin, {
      event: 'access.denied',
      outcome: 'refused',
      reason_code: currentPasswordWrong.code,
      target: { type: 'user', id: person.user_id },
    }),
  )
  throw wrongPassword()
}
