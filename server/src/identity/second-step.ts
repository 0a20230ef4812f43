// Signing in with a second factor: whoever has one gets a ticket for the right password, and a session only for the
// factor beside it. The ticket is good for 5 minutes, for one session, and for nothing once the password has changed.
//
// A passkey alone is a whole sign-in: the authenticator has verified its person.

import { createHash } from 'node:crypto'
import type { AuthenticationResponseJSON } from '@simplewebauthn/server'
import { sql } from 'kysely'
import { appendPlatformEntry } from '../audit/append.ts'
import type { ControlTx } from '../kernel/database.ts'
import { newSecretText } from '../kernel/id.ts'
import { readSettings } from '../kernel/platform-setting.ts'
import { addressSubject, countAttempt, forgiveAttempt, makeAttempt } from './back-off.ts'
import { offerPasskey, type RequestOptions, verifyPasskey } from './passkey.ts'
import { emailUnverified, proofRefused, ticketInvalid, tooManyAttempts } from './problems.ts'
import { type FactorTools, judgeProof, methodOf, type Proof, type ProofMethod } from './proof.ts'
import { hashToken, openSession, replaceSession } from './session.ts'
import { logSignIn, type SignedInUser, type SignInRequest } from './sign-in-entry.ts'
import { getUser } from './user.ts'

export const TICKET_S = 300

const fingerprintOf = (password_hash: string): Buffer => createHash('sha256').update(password_hash).digest()

/** A ticket for the second step of a person whose password was right; only its hash is stored. */
export async function issueTicket(tx: ControlTx, user_id: string, password_hash: string): Promise<string> {
  const ticket = `rvk_${newSecretText()}`
  await tx
    .insertInto('identity.sign_in_ticket')
    .values({
      ticket_hash: hashToken(ticket),
      user_id,
      password_fingerprint: fingerprintOf(password_hash),
      expires_at: sql<Date>`now() + make_interval(secs => ${TICKET_S})`,
    })
    .execute()
  return ticket
}

/** Whose ticket it is; refuses with `ticket_invalid` one that is unknown, used, too old or overtaken by a new password. */
async function requireTicket(tx: ControlTx, ticket: string): Promise<string> {
  const row = await tx
    .selectFrom('identity.sign_in_ticket as t')
    .innerJoin('identity.user as u', 'u.id', 't.user_id')
    .select(['t.user_id', 't.password_fingerprint', 'u.password_hash'])
    .where('t.ticket_hash', '=', hashToken(ticket))
    .where('t.expires_at', '>', tx.fn<Date>('now'))
    .where('u.status', '=', 'active')
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (row === undefined || !fingerprintOf(row.password_hash).equals(row.password_fingerprint)) throw ticketInvalid()
  return row.user_id
}

/** What a browser needs for the passkey beside a password, or for one alone (`ticket` is null). */
export async function offerSignInPasskey(
  { control, relying_party }: FactorTools,
  ticket: string | null,
): Promise<RequestOptions> {
  const user_id = ticket === null ? null : await control.transaction((tx) => requireTicket(tx, ticket))
  return offerPasskey(control, relying_party, ticket === null ? 'sign_in' : 'second_step', user_id)
}

/**
 * Completes a sign-in with the second factor. Refuses with `ticket_invalid`, `proof_refused` for a wrong or used proof,
 * and `too_many_attempts` while codes of this person have to wait.
 */
export async function completeSecondStep(
  tools: FactorTools,
  input: { readonly ticket: string; readonly proof: Omit<Proof, 'password'> },
  request: SignInRequest,
): Promise<SignedInUser> {
  const { ticket, proof } = input
  const user_id = await tools.control.transaction((tx) => requireTicket(tx, ticket))
  const proven = await judgeProof(tools, 'second_step', user_id, proof)
  const signedIn =
    proven &&
    (await tools.control.transaction(async (tx) => {
      if ((await requireTicket(tx, ticket)) !== user_id || !(await proven.accept(tx))) return null
      await tx.deleteFrom('identity.sign_in_ticket').where('ticket_hash', '=', hashToken(ticket)).execute()
      await forgiveAttempt(tx, proven.attempt)
      return enter(tx, user_id, proven.method, request)
    }))
  if (signedIn !== null) return signedIn
  await tools.control.transaction((tx) => logWrongProof(tx, user_id, methodOf(proof), request))
  throw proofRefused()
}

async function enter(
  tx: ControlTx,
  user_id: string,
  method: ProofMethod,
  request: SignInRequest,
): Promise<SignedInUser> {
  if (request.session_token !== null) await replaceSession(tx, request.session_token)
  const user = await getUser(tx, user_id)
  const session = await openSession(tx, { user_id, auth_method: 'password', aal: 2 }, request)
  await logSignIn(tx, user, session, `password+${method}`, request)
  if (method === 'recovery_code') {
    await appendPlatformEntry(tx, request.origin, {
      event: 'user.recovery_code_used',
      target: { type: 'user', id: user_id },
    })
  }
  return { user, session }
}

async function logWrongProof(
  tx: ControlTx,
  user_id: string,
  method: ProofMethod | null,
  request: SignInRequest,
): Promise<void> {
  await appendPlatformEntry(tx, request.origin, {
    event: 'user.login_failed',
    outcome: 'failed',
    reason_code: 'wrong_factor',
    target: { type: 'user', id: user_id },
    data: { method },
  })
}

/**
 * Signs a person in by a passkey alone. Refuses with `proof_refused` whatever is wrong, a disabled account included, with
 * `email_unverified` while their mailbox is not proven and must be, and with `too_many_attempts` while this network address
 * has to wait.
 */
export async function signInWithPasskey(
  { control, relying_party }: FactorTools,
  response: AuthenticationResponseJSON,
  request: SignInRequest,
): Promise<SignedInUser> {
  const counted = await control.transaction((tx) => countAttempt(tx, [addressSubject(request.address)]))
  if ('wait_s' in counted) throw tooManyAttempts({}, { retry_after_s: counted.wait_s })
  const { attempt } = counted
  const use = await makeAttempt(control, attempt, () =>
    verifyPasskey(control, relying_party, 'sign_in', null, response),
  )
  const signedIn =
    use &&
    (await control.transaction(async (tx) => {
      const { user_id } = use
      const account = await tx
        .selectFrom('identity.user')
        .select(['status', 'email_verified_at'])
        .where('id', '=', user_id)
        .forNoKeyUpdate()
        .executeTakeFirst()
      if (account?.status !== 'active' || !(await use.accept(tx))) return null
      const { email_verification_is_required } = await readSettings(tx)
      if (account.email_verified_at === null && email_verification_is_required) throw emailUnverified()
      await forgiveAttempt(tx, attempt)
      if (request.session_token !== null) await replaceSession(tx, request.session_token)
      const user = await getUser(tx, user_id)
      const session = await openSession(tx, { user_id, auth_method: 'passkey', aal: 2 }, request)
      await logSignIn(tx, user, session, 'passkey', request)
      return { user, session }
    }))
  if (signedIn !== null) return signedIn
  if (use !== null) await control.transaction((tx) => logWrongProof(tx, use.user_id, 'passkey', request))
  throw proofRefused()
}
