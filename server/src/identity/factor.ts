// The second factors of a person as a whole: what they have, what happens when one comes or goes. The first factor brings
// recovery codes, the last one takes them along. Only the person changes them; a super-admin can take all of them from
// somebody who has lost them.

import type { RegistrationResponseJSON } from '@simplewebauthn/server'
import { appendPlatformEntry, type Origin } from '../audit/append.ts'
import type { ControlTx } from '../kernel/database.ts'
import { countAttempt, factorSubject, forgetFailures, forgiveAttempt, makeAttempt } from './back-off.ts'
import { addPasskey, listPasskeys, type Passkey, removePasskey, verifyNewPasskey } from './passkey.ts'
import { codeWrong, factorMissing, tooManyAttempts } from './problems.ts'
import type { FactorTools } from './proof.ts'
import { countRecoveryCodes, makeRecoveryCodes, removeRecoveryCodes } from './recovery-code.ts'
import { confirmTotp, findTotp, removeTotp, stepOfCode } from './totp.ts'
import { revokeSessions } from './session.ts'
import { renewSession } from './step-up.ts'
import type { NewSession } from './session.ts'

export type Factors = {
  readonly totp: { readonly confirmed_at: Date } | null
  readonly passkeys: readonly Passkey[]
  readonly recovery_codes_left: number
}

/** Everything by which a person can prove who they are, besides the password. */
export async function getFactors(tx: ControlTx, user_id: string): Promise<Factors> {
  const totp = await tx
    .selectFrom('identity.totp')
    .select('confirmed_at')
    .where('user_id', '=', user_id)
    .executeTakeFirst()
  const confirmed_at = totp?.confirmed_at ?? null
  return {
    totp: confirmed_at === null ? null : { confirmed_at },
    passkeys: await listPasskeys(tx, user_id),
    recovery_codes_left: await countRecoveryCodes(tx, user_id),
  }
}

const factorsOf = async (tx: ControlTx, user_id: string): Promise<readonly string[]> =>
  (await tx.selectFrom('identity.user').select('factors').where('id', '=', user_id).executeTakeFirst())?.factors ?? []

/** Whether a second factor of this person's own is asked for beside their password. */
export async function hasFactor(tx: ControlTx, user_id: string): Promise<boolean> {
  return (await factorsOf(tx, user_id)).length > 0
}

type Enrolling = { readonly user_id: string; readonly session_id: string }

/** What a new factor brings: the session that has just proved it, and recovery codes if it is the first. */
export type Enrolment = { readonly session: NewSession; readonly recovery_codes: string[] | null }

async function enrolled(
  tx: ControlTx,
  origin: Origin,
  { user_id, session_id }: Enrolling,
  factor: { readonly kind: 'totp' | 'passkey'; readonly id?: string },
): Promise<Enrolment> {
  const recovery_codes = (await countRecoveryCodes(tx, user_id)) === 0 ? await makeRecoveryCodes(tx, user_id) : null
  await appendPlatformEntry(tx, origin, {
    event: 'user.factor_added',
    target: { type: 'user', id: user_id },
    data: factor,
  })
  return { session: await renewSession(tx, session_id, 2), recovery_codes }
}

/**
 * Confirms an authenticator app by a code that it shows. Refuses with `factor_missing` when none was begun, `code_wrong`,
 * and `too_many_attempts` while the person has to wait.
 */
export async function confirmApp(
  { control, keys }: FactorTools,
  person: Enrolling,
  code: string,
  origin: Origin,
): Promise<Enrolment> {
  const { user_id } = person
  const counted = await control.transaction((tx) => countAttempt(tx, [factorSubject(user_id)]))
  if ('wait_s' in counted) throw tooManyAttempts({}, { retry_after_s: counted.wait_s })
  const { attempt } = counted
  const row = await control.transaction((tx) => findTotp(tx, user_id))
  const step = await makeAttempt(control, attempt, async () => {
    if (row === null || row.is_confirmed) throw factorMissing()
    return stepOfCode(keys, user_id, row, code)
  })
  if (row === null || step === null) throw codeWrong({}, { fields: [{ pointer: '/code', message: codeWrong.title }] })
  return control.transaction(async (tx) => {
    if (!(await confirmTotp(tx, user_id, row, step))) throw factorMissing()
    await forgiveAttempt(tx, attempt)
    return enrolled(tx, origin, person, { kind: 'totp' })
  })
}

/** Adds a passkey that a browser has made. Refuses with `passkey_refused` or `passkey_taken`. */
export async function enrolPasskey(
  { control, relying_party }: FactorTools,
  person: Enrolling,
  draft: { readonly name: string; readonly passkey: RegistrationResponseJSON },
  origin: Origin,
): Promise<Enrolment & { readonly passkey: Passkey }> {
  const credential = await verifyNewPasskey(control, relying_party, person.user_id, draft.passkey)
  return control.transaction(async (tx) => {
    const passkey = await addPasskey(tx, person.user_id, draft.name, credential)
    return { passkey, ...(await enrolled(tx, origin, person, { kind: 'passkey', id: passkey.id })) }
  })
}

async function removed(
  tx: ControlTx,
  origin: Origin,
  user_id: string,
  factor: { readonly kind: 'totp' | 'passkey'; readonly id?: string },
): Promise<void> {
  if (!(await hasFactor(tx, user_id))) await removeRecoveryCodes(tx, user_id)
  await appendPlatformEntry(tx, origin, {
    event: 'user.factor_removed',
    target: { type: 'user', id: user_id },
    data: factor,
  })
}

/** Takes the authenticator app away; `factor_missing` when there is none. */
export async function removeApp(tx: ControlTx, origin: Origin, user_id: string): Promise<void> {
  await removeTotp(tx, user_id)
  await removed(tx, origin, user_id, { kind: 'totp' })
}

/** Takes a passkey away; `not_found` when it is not the person's. */
export async function dropPasskey(tx: ControlTx, origin: Origin, user_id: string, passkey_id: string): Promise<void> {
  const { id } = await removePasskey(tx, user_id, passkey_id)
  await removed(tx, origin, user_id, { kind: 'passkey', id })
}

/** A new set of recovery codes in place of the old one; `factor_missing` for whoever has nothing to recover. */
export async function renewRecoveryCodes(tx: ControlTx, origin: Origin, user_id: string): Promise<string[]> {
  if (!(await hasFactor(tx, user_id))) throw factorMissing()
  const codes = await makeRecoveryCodes(tx, user_id)
  await appendPlatformEntry(tx, origin, {
    event: 'user.recovery_codes_made',
    target: { type: 'user', id: user_id },
  })
  return codes
}

/**
 * Takes every factor from somebody who has lost them, and ends their sessions. With the next sign-in they are back to the
 * password, and where an organisation demands a factor they set up a new one first.
 */
export async function resetFactors(tx: ControlTx, origin: Origin, user_id: string): Promise<void> {
  const before = await factorsOf(tx, user_id)
  if (before.length === 0) throw factorMissing()
  await tx.deleteFrom('identity.totp').where('user_id', '=', user_id).execute()
  await tx.deleteFrom('identity.passkey').where('user_id', '=', user_id).execute()
  await removeRecoveryCodes(tx, user_id)
  await forgetFailures(tx, factorSubject(user_id))
  const sessions_ended = await revokeSessions(tx, user_id, 'factors_reset')
  await appendPlatformEntry(tx, origin, {
    event: 'user.factor_removed',
    target: { type: 'user', id: user_id },
    data: { kinds: before, by: 'superadmin', sessions_ended },
  })
}
