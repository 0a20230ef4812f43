// Choosing a new password without the old one, by a link to the mailbox. It ends every session and every other link; second
// factors stay as they are.

import { appendPlatformEntry, type Origin } from '../audit/append.ts'
import type { ControlDatabase, ControlTx } from '../kernel/database.ts'
import { readSettings } from '../kernel/platform-setting.ts'
import { type Mailer, prepareMail, queueMails } from '../mail/message.ts'
import { endProofs, getProof, type Proof, requestProof, useProof } from './address-proof.ts'
import { forgetFailures, signInSubject } from './back-off.ts'
import { noteVerified, requireFewLinks } from './email-address.ts'
import { passwordChangedText } from './internal/mail-text.ts'
import { hashPassword } from './password.ts'
import { CHOSEN } from './password-change.ts'
import { type PasswordRule, requirePasswordAllowed } from './password-rule.ts'
import { linkInvalid } from './problems.ts'
import { revokeSessions } from './session.ts'
import { parseKnownEmail } from './user.ts'

/** Asks for the link. The answer is the same for every address. Throws `email_invalid`, `too_many_attempts`. */
export async function requestPasswordReset(control: ControlDatabase, email: string, address: string): Promise<void> {
  const parsed = parseKnownEmail(email)
  await control.transaction(async (tx) => {
    await requireFewLinks(tx, address)
    await requestProof(tx, { purpose: 'password_reset', ...parsed })
  })
}

const PURPOSES = ['password_reset'] as const
const NOTICE_MS = 7 * 86_400_000

export type PasswordResetNeeds = {
  readonly mailer: Mailer
  /** The strictest of what the organisations of a person demand. */
  readonly findPasswordRule: (user_id: string) => Promise<PasswordRule>
}

/** Chooses a new password by a link. Throws `link_invalid`, `password_refused`; the link stays good when it is refused. */
export async function resetPassword(
  control: ControlDatabase,
  needs: PasswordResetNeeds,
  origin: Origin,
  { token, new_password }: { readonly token: string; readonly new_password: string },
): Promise<void> {
  const { account, settings } = await control.transaction(async (tx) => ({
    account: await getAccount(tx, await getProof(tx, token, PURPOSES)),
    settings: await readSettings(tx),
  }))
  const rule = await needs.findPasswordRule(account.id)
  await requirePasswordAllowed(new_password, account, '/new_password', rule)
  const password_hash = await hashPassword(new_password)
  const notice = await prepareMail(needs.mailer, settings, {
    kind: 'password_changed',
    recipient: account.email,
    text: passwordChangedText(settings.deployment_name),
    expires_at: new Date(Date.now() + NOTICE_MS),
  })
  await control.transaction(async (tx) => {
    const { id, email_key } = await getAccount(tx, await useProof(tx, token, PURPOSES))
    await tx
      .updateTable('identity.user')
      .set({ password_hash, ...CHOSEN })
      .where('id', '=', id)
      .execute()
    await noteVerified(tx, id)
    await endProofs(tx, id, ['password_reset', 'email_change'])
    await forgetFailures(tx, signInSubject(email_key))
    const sessions_ended = await revokeSessions(tx, id, 'password_changed')
    await queueMails(tx, [notice])
    const target = { type: 'user', id }
    await appendPlatformEntry(tx, origin, { event: 'user.password_reset', target, data: { sessions_ended } })
  })
}

/** The account whose mailbox was proven; it must still have that address. */
async function getAccount(tx: ControlTx, proof: Proof) {
  const account = await tx
    .selectFrom('identity.user')
    .select(['id', 'email', 'email_key', 'display_name'])
    .where('id', '=', proof.user_id)
    .where('status', '=', 'active')
    .where('email_key', '=', proof.email_key)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (account === undefined) throw linkInvalid({ reason: 'used' })
  return account
}
