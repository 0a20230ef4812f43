// Registration: an account, then its organisation. Both commits decide for themselves: whoever has the account and no
// organisation, because the node was killed in between, makes one after signing in.
//
// While addresses are proven, nothing exists before the proof: what was typed waits beside the link, and the link alone
// does nothing without the password, so nobody can have an account made for a mailbox that is not theirs. An address that has
// an account gets another mail and the same answer. Without proofs: docs/decisions/0011-registering-a-known-address.md.

import { platformOriginOf } from '../audit/append.ts'
import { getProof, type Proof, requestProof, useProof } from '../identity/address-proof.ts'
import { countAttempt, forgiveAttempt, linkSubject, makeAttempt } from '../identity/back-off.ts'
import { hashPassword, verifyPassword } from '../identity/password.ts'
import { requirePasswordAllowed } from '../identity/password-rule.ts'
import { emailTaken, linkInvalid, registrationClosed, signInRefused, tooManyAttempts } from '../identity/problems.ts'
import { countRequest, networkSubject } from '../identity/request-count.ts'
import { openSession } from '../identity/session.ts'
import { type FindPasswordRule, signIn } from '../identity/sign-in.ts'
import { logSignIn, type SignedInUser, type SignInRequest } from '../identity/sign-in-entry.ts'
import { createUser, parseDisplayName, parseEmail } from '../identity/user.ts'
import type { ControlDatabase, ControlTx } from '../kernel/database.ts'
import { readSettings } from '../kernel/platform-setting.ts'
import { Problem } from '../kernel/problem.ts'

export type AccountRegistration = {
  readonly email: string
  readonly password: string
  readonly display_name: string
  readonly organisation_name: string
}

/**
 * Asks for an account. While addresses are proven the answer is null for every address, and a mail says the rest; otherwise
 * the account is made and signed in. Then an address that has an account is signed in to with the password given, and refused
 * like any sign-in (`sign_in_refused`, `mfa_required`); the account stays as it was. Refuses `registration_closed`, `too_many_attempts` by
 * network address, `email_invalid`, `name_invalid`, `password_refused` before it looks whether there is an account.
 */
export async function registerAccount(
  control: ControlDatabase,
  draft: AccountRegistration,
  request: SignInRequest,
  findRuleAtSignIn: FindPasswordRule,
): Promise<SignedInUser | null> {
  const parsed = parseEmail(draft.email)
  const display_name = parseDisplayName(draft.display_name)
  const { organisation_name, password } = draft
  const { email_verification_is_required } = await control.transaction((tx) => admit(tx, request.address))
  await requirePasswordAllowed(password, { email: parsed.email, display_name })
  const password_hash = await hashPassword(password)
  if (email_verification_is_required) {
    const registration = { display_name, organisation_name, password_hash }
    await control.transaction((tx) => requestProof(tx, { purpose: 'registration', ...parsed, registration }))
    return null
  }
  try {
    const account = { ...parsed, display_name, password_hash, is_verified: false }
    return await control.transaction((tx) => openAccount(tx, account, request))
  } catch (error) {
    if (!(error instanceof Problem && error.code === emailTaken.code)) throw error
    return signIn(control, draft, request, findRuleAtSignIn)
  }
}

async function admit(tx: ControlTx, address: string) {
  const settings = await readSettings(tx)
  if (!settings.registration_is_open) throw registrationClosed()
  const subject = networkSubject('registration', address)
  const retry_after_s = await countRequest(tx, subject, settings.registrations_per_hour)
  if (retry_after_s > 0) throw tooManyAttempts({}, { retry_after_s })
  return settings
}

type NewAccount = {
  readonly email: string
  readonly display_name: string
  readonly password_hash: string
  /** Whether the mailbox was proven. Who only typed the address may not be the one whom its provider vouches for. */
  readonly is_verified: boolean
}

async function openAccount(tx: ControlTx, account: NewAccount, request: SignInRequest): Promise<SignedInUser> {
  const { email, display_name, password_hash, is_verified } = account
  const draft = { email, display_name, password_hash, must_change_password: false, is_verified }
  const user = await createUser(tx, request.origin, draft)
  const session = await openSession(tx, { user_id: user.id, auth_method: 'registration', aal: 1 }, request)
  await logSignIn(tx, user, session, 'registration', request)
  return { user, session }
}

export type ConfirmedRegistration = SignedInUser & { readonly organisation_name: string }

const PURPOSES = ['registration'] as const

/**
 * Makes the account that a link was asked for, and signs it in, with the password chosen then. Throws `link_invalid`,
 * `sign_in_refused` for another password, `too_many_attempts`.
 */
export async function confirmRegistration(
  control: ControlDatabase,
  { token, password }: { readonly token: string; readonly password: string },
  request: SignInRequest,
): Promise<ConfirmedRegistration> {
  const { proof, attempt } = await control.transaction(async (tx) => {
    const found = await getProof(tx, token, PURPOSES)
    const counted = await countAttempt(tx, [linkSubject(found.id)])
    if ('wait_s' in counted) throw tooManyAttempts({}, { retry_after_s: counted.wait_s })
    return { proof: found, attempt: counted.attempt }
  })
  const { password_hash } = registrationOf(proof)
  const isRight = await makeAttempt(control, attempt, () => verifyPassword(password_hash, password))
  if (!isRight) {
    const message = 'This is not the password that was chosen when you registered.'
    throw signInRefused({}, { detail: message, fields: [{ pointer: '/password', message }] })
  }
  return control.transaction(async (tx) => {
    const used = await useProof(tx, token, PURPOSES)
    await forgiveAttempt(tx, attempt)
    const { display_name, organisation_name } = registrationOf(used)
    const draft = { email: used.email, display_name, password_hash, is_verified: true }
    return { ...(await unlessTaken(openAccount(tx, draft, request))), organisation_name }
  })
}

function registrationOf({ registration }: Proof) {
  if (registration === null) throw new Error('A registration without its draft')
  return registration
}

/** The address got an account since the link was made, by another link: this one is worth nothing any more. */
async function unlessTaken<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work
  } catch (error) {
    if (!(error instanceof Problem && error.code === emailTaken.code)) throw error
    throw linkInvalid({ reason: 'used' }, { detail: 'There is an account with this address by now. Sign in.' })
  }
}

/** The origin of what somebody does in the request that has just signed them in. */
export function originOfSignedIn({ user, session }: SignedInUser, request: SignInRequest) {
  const use = { via: 'session', session_id: session.session_id, aal: session.aal } as const
  const { request_id, address } = request
  const actor = { kind: 'user', user_id: user.id, is_superadmin: user.is_superadmin, use } as const
  return platformOriginOf(actor, { request_id, address })
}
