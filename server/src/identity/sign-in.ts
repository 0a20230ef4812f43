// Signing in. Whoever asks learns one thing: in or not in. An unknown address, a wrong password and a disabled account
// get the same bytes after the same work: two short transactions around one hash, no connection held while hashing.

import { sql } from 'kysely'
import { appendPlatformEntry } from '../audit/append.ts'
import type { ControlDatabase, ControlTx } from '../kernel/database.ts'
import { readSettings } from '../kernel/platform-setting.ts'
import { addressSubject, type Attempt, countAttempt, forgiveAttempt, makeAttempt, signInSubject } from './back-off.ts'
import { hashPassword, isOutdated, verifyPassword } from './password.ts'
import { meetsRule, type PasswordRule } from './password-rule.ts'
import { emailUnverified, mfaRequired, oneTimePasswordExpired, signInRefused, tooManyAttempts } from './problems.ts'
import { listWays } from './proof.ts'
import { issueTicket, TICKET_S } from './second-step.ts'
import { openSession, replaceSession } from './session.ts'
import { logSignIn, type SignedInUser, type SignInRequest } from './sign-in-entry.ts'
import { emailKeyOf, getUser } from './user.ts'

/** The strictest of what the organisations of a person demand of a password, as far as they can be reached. */
export type FindPasswordRule = (user_id: string) => Promise<PasswordRule>

type Account = {
  readonly id: string
  readonly status: string
  readonly password_hash: string
  readonly email_verified_at: Date | null
  readonly is_expired: boolean | null
}

/**
 * Signs a person in with a new session; the one that the browser had ends. Whoever has a second factor gets a ticket for
 * it instead (`mfa_required`). Whoever's password is less than an organisation of theirs demands by now chooses another before
 * anything else (`must_change_password`). Refuses with `sign_in_refused` whatever was wrong, `too_many_attempts` (429,
 * `Retry-After`) while the account or the address has to wait, and `overloaded` when too many passwords are being checked.
 */
export async function signIn(
  control: ControlDatabase,
  input: { readonly email: string; readonly password: string },
  request: SignInRequest,
  findPasswordRule: FindPasswordRule,
): Promise<SignedInUser> {
  const { attempt, account } = await beginSignIn(control, emailKeyOf(input.email), request.address)
  const { password } = input
  const isRight = await makeAttempt(control, attempt, () => verifyPassword(account?.password_hash ?? null, password))
  if (account !== null && isRight && account.status === 'active') {
    await refuseBarred(control, attempt, account, request)
    const new_hash = await makeAttempt(control, attempt, async () =>
      isOutdated(account.password_hash) ? hashPassword(password) : null,
    )
    // Only now is the password seen that was chosen when the rule may have been another.
    const is_below_rule = !meetsRule(password, await findPasswordRule(account.id))
    const signedIn = await completeSignIn(control, attempt, account, { new_hash, is_below_rule }, request)
    if (signedIn !== null && 'ticket' in signedIn) {
      const { ticket, ways } = signedIn
      throw mfaRequired({ ticket, ways, expires_in_s: TICKET_S })
    }
    if (signedIn !== null) return signedIn
  }
  const reason = isRight && account?.status !== 'active' ? 'account_disabled' : 'wrong_password'
  await control.transaction((tx) => logFailure(tx, account, reason, request))
  throw signInRefused()
}

async function beginSignIn(
  control: ControlDatabase,
  email_key: string,
  address: string,
): Promise<{ readonly attempt: Attempt; readonly account: Account | null }> {
  const begun = await control.transaction(async (tx) => {
    const counted = await countAttempt(tx, [signInSubject(email_key), addressSubject(address)])
    if ('wait_s' in counted) {
      await countFailedAuthentication(tx, 'too_many_attempts', address)
      return counted
    }
    const account = await tx
      .selectFrom('identity.user')
      .select(['id', 'status', 'password_hash', 'email_verified_at'])
      .select(sql<boolean | null>`must_change_password and password_expires_at <= now()`.as('is_expired'))
      .where('email_key', '=', email_key)
      .executeTakeFirst()
    return { attempt: counted.attempt, account: account ?? null }
  })
  if ('wait_s' in begun) throw tooManyAttempts({}, { retry_after_s: begun.wait_s })
  return begun
}

/** The password was right, and is not enough. */
type HalfWay = { readonly ticket: string; readonly ways: readonly string[] }

/**
 * Refuses somebody who gave the right password and may not come in with it: the mailbox is not proven yet
 * (`email_unverified`), or the one-time password has expired (`one_time_password_expired`).
 */
async function refuseBarred(
  control: ControlDatabase,
  attempt: Attempt,
  account: Account,
  request: SignInRequest,
): Promise<void> {
  const refusal = await control.transaction(async (tx) => {
    const { email_verification_is_required } = await readSettings(tx)
    const isUnproven = account.email_verified_at === null && email_verification_is_required
    const problem = account.is_expired === true ? oneTimePasswordExpired() : isUnproven ? emailUnverified() : null
    if (problem === null) return null
    await forgiveAttempt(tx, attempt)
    await appendPlatformEntry(tx, request.origin, {
      event: 'user.login_failed',
      outcome: 'refused',
      reason_code: problem.code,
      target: { type: 'user', id: account.id },
    })
    return problem
  })
  if (refusal !== null) throw refusal
}

/**
 * Null when the account was disabled or its password changed since it was read: then the sign-in has failed like any
 * other.
 */
async function completeSignIn(
  control: ControlDatabase,
  attempt: Attempt,
  account: Account,
  { new_hash, is_below_rule }: { readonly new_hash: string | null; readonly is_below_rule: boolean },
  request: SignInRequest,
): Promise<SignedInUser | HalfWay | null> {
  return control.transaction(async (tx) => {
    const current = await tx
      .selectFrom('identity.user')
      .select(['status', 'password_hash', 'password_is_below_rule', 'factors'])
      .where('id', '=', account.id)
      .forNoKeyUpdate()
      .executeTakeFirst()
    if (current?.status !== 'active' || current.password_hash !== account.password_hash) return null
    if (new_hash !== null || current.password_is_below_rule !== is_below_rule) {
      await tx
        .updateTable('identity.user')
        .set({ password_is_below_rule: is_below_rule, ...(new_hash !== null && { password_hash: new_hash }) })
        .where('id', '=', account.id)
        .execute()
    }
    await forgiveAttempt(tx, attempt)
    if (current.factors.length > 0) {
      const ticket = await issueTicket(tx, account.id, new_hash ?? account.password_hash)
      return { ticket, ways: await listWays(tx, account.id, current.factors) }
    }
    if (request.session_token !== null) await replaceSession(tx, request.session_token)
    const user = await getUser(tx, account.id)
    const session = await openSession(tx, { user_id: user.id, auth_method: 'password', aal: 1 }, request)
    await logSignIn(tx, user, session, 'password', request)
    return { user, session }
  })
}

/** A failed sign-in to a known account is an entry; one to an unknown account is counted. */
async function logFailure(
  tx: ControlTx,
  account: Account | null,
  reason_code: 'wrong_password' | 'account_disabled',
  request: SignInRequest,
): Promise<void> {
  if (account === null) return countFailedAuthentication(tx, 'unknown_account', request.address)
  await appendPlatformEntry(tx, request.origin, {
    event: 'user.login_failed',
    outcome: 'failed',
    reason_code,
    target: { type: 'user', id: account.id },
  })
}

/** Counts a failure that no known principal answers for, exactly, per minute, reason and address. */
export async function countFailedAuthentication(
  tx: ControlTx,
  reason: 'unknown_account' | 'too_many_attempts' | 'setup_token',
  address: string,
): Promise<void> {
  await sql`
    insert into audit.failed_authentication as f (minute, reason, address, count)
    values (date_trunc('minute', clock_timestamp()), ${reason}, ${address}, 1)
    on conflict (minute, reason, address) do update set count = f.count + 1`.execute(tx)
}
