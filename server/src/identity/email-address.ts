// The address of an account: proving it, and changing it. It is confirmed at the new address and reported at the old one.

import { sql } from 'kysely'
import { appendPlatformEntry, type Origin } from '../audit/append.ts'
import { constraintOf } from '../kernel/database-error.ts'
import type { ControlDatabase, ControlTx } from '../kernel/database.ts'
import { readSettings } from '../kernel/platform-setting.ts'
import { type Mailer, prepareMail, queueMails } from '../mail/message.ts'
import { endProofs, getProof, type Proof, requestProof, useProof } from './address-proof.ts'
import { type Attempt, countAttempt, forgiveAttempt, makeAttempt, ownPasswordSubject } from './back-off.ts'
import { emailChangedText } from './internal/mail-text.ts'
import { verifyPassword } from './password.ts'
import { currentPasswordWrong, emailTaken, linkInvalid, sessionEnded, tooManyAttempts } from './problems.ts'
import { countRequest, networkSubject } from './request-count.ts'
import { parseEmail, parseKnownEmail } from './user.ts'

/** Links that one network address may ask for in an hour. */
const LINKS_PER_HOUR = 60

/** Counts a request for a link; refuses with `too_many_attempts` when this network address has asked too often. */
export async function requireFewLinks(tx: ControlTx, address: string): Promise<void> {
  const retry_after_s = await countRequest(tx, networkSubject('link', address), LINKS_PER_HOUR)
  if (retry_after_s > 0) throw tooManyAttempts({}, { retry_after_s })
}

/**
 * Asks for a link that proves the address of an account. The answer is the same for every address. Throws `email_invalid`,
 * `too_many_attempts`.
 */
export async function requestVerification(control: ControlDatabase, email: string, address: string): Promise<void> {
  const parsed = parseKnownEmail(email)
  await control.transaction(async (tx) => {
    await requireFewLinks(tx, address)
    await requestProof(tx, { purpose: 'verification', ...parsed })
  })
}

/**
 * Asks to change the own address, which is confirmed from the new mailbox. Throws `email_invalid`,
 * `current_password_wrong`, `too_many_attempts`, `session_ended`.
 */
export async function requestEmailChange(
  control: ControlDatabase,
  user_id: string,
  change: { readonly email: string; readonly current_password: string },
): Promise<void> {
  const parsed = parseEmail(change.email)
  const { attempt, password_hash } = await control.transaction((tx) => beginAttempt(tx, user_id))
  const isRight = await makeAttempt(control, attempt, () => verifyPassword(password_hash, change.current_password))
  if (!isRight) {
    const { title } = currentPasswordWrong
    throw currentPasswordWrong({}, { fields: [{ pointer: '/current_password', message: title }] })
  }
  await control.transaction(async (tx) => {
    await forgiveAttempt(tx, attempt)
    await requestProof(tx, { purpose: 'email_change', ...parsed, user_id })
  })
}

async function beginAttempt(
  tx: ControlTx,
  user_id: string,
): Promise<{ readonly attempt: Attempt; readonly password_hash: string }> {
  const account = await tx
    .selectFrom('identity.user')
    .select('password_hash')
    .where('id', '=', user_id)
    .where('status', '=', 'active')
    .executeTakeFirst()
  if (account === undefined) throw sessionEnded()
  const counted = await countAttempt(tx, [ownPasswordSubject(user_id)])
  if ('wait_s' in counted) throw tooManyAttempts({}, { retry_after_s: counted.wait_s })
  return { attempt: counted.attempt, password_hash: account.password_hash }
}

const PURPOSES = ['verification', 'email_change'] as const

/**
 * Uses a link that proves or changes an address. Throws `link_invalid`, and `email_taken` when the new address got an account
 * since.
 */
export async function confirmEmail(
  control: ControlDatabase,
  mailer: Mailer,
  origin: Origin,
  token: string,
): Promise<{ readonly email: string; readonly is_changed: boolean }> {
  const { settings, old_email } = await control.transaction(async (tx) => {
    const user = await getOwner(tx, await getProof(tx, token, PURPOSES))
    return { settings: await readSettings(tx), old_email: user.email }
  })
  const notice = await prepareMail(mailer, settings, {
    kind: 'email_changed',
    recipient: old_email,
    text: emailChangedText(settings.deployment_name),
    expires_at: new Date(Date.now() + NOTICE_MS),
  })
  return control.transaction(async (tx) => {
    const proof = await useProof(tx, token, PURPOSES)
    const { id, email_key } = await getOwner(tx, proof)
    const target = { type: 'user', id }
    if (proof.purpose === 'verification') {
      // The link proves one mailbox; the account may have another address by now.
      if (email_key !== proof.email_key) throw linkInvalid({ reason: 'used' })
      await noteVerified(tx, id)
      await appendPlatformEntry(tx, origin, { event: 'user.email_verified', target })
      return { email: proof.email, is_changed: false }
    }
    await setEmail(tx, id, proof)
    await endProofs(tx, id, ['verification', 'email_change', 'password_reset'])
    await queueMails(tx, [notice])
    await appendPlatformEntry(tx, origin, { event: 'user.email_changed', target })
    return { email: proof.email, is_changed: true }
  })
}

const NOTICE_MS = 7 * 86_400_000

async function getOwner(tx: ControlTx, { user_id }: Proof) {
  const user = await tx
    .selectFrom('identity.user')
    .select(['id', 'email', 'email_key'])
    .where('id', '=', user_id)
    .where('status', '=', 'active')
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (user === undefined) throw linkInvalid({ reason: 'used' })
  return user
}

/** Notes that somebody proved the address of their account; the first proof counts. */
export async function noteVerified(tx: ControlTx, user_id: string): Promise<void> {
  await tx
    .updateTable('identity.user')
    .set({ email_verified_at: sql<Date>`now()` })
    .where('id', '=', user_id)
    .where('email_verified_at', 'is', null)
    .execute()
}

async function setEmail(tx: ControlTx, user_id: string, { email, email_key }: Proof): Promise<void> {
  try {
    await tx
      .updateTable('identity.user')
      .set({ email, email_key, email_verified_at: sql<Date>`now()` })
      .where('id', '=', user_id)
      .execute()
  } catch (error) {
    if (constraintOf(error) === 'user__email_is_taken') throw emailTaken()
    throw error
  }
}
