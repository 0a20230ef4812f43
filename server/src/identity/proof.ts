// Proving who one is once more: with a code, a recovery code, a passkey or the password. An attempt is counted before
// it is judged and taken back when it was right (`back-off.ts`), so codes cannot be guessed, also not many at once; what
// is accepted is used up in the transaction that rests on it.

import type { AuthenticationResponseJSON } from '@simplewebauthn/server'
import type { ControlDatabase, ControlTx } from '../kernel/database.ts'
import type { KeyProvider } from '../keys/key-provider.ts'
import { type Attempt, countAttempt, factorSubject, makeAttempt, ownPasswordSubject } from './back-off.ts'
import { type Accept, type ChallengePurpose, type RelyingParty, verifyPasskey } from './passkey.ts'
import { verifyPassword } from './password.ts'
import { tooManyAttempts } from './problems.ts'
import { countRecoveryCodes, useRecoveryCode } from './recovery-code.ts'
import { acceptStep, findTotp, stepOfCode } from './totp.ts'

export type FactorTools = {
  readonly control: ControlDatabase
  readonly keys: KeyProvider
  readonly relying_party: RelyingParty
}

/** What is shown as proof: exactly one of these. */
export type Proof = {
  readonly code?: string
  readonly recovery_code?: string
  readonly passkey?: AuthenticationResponseJSON
  readonly password?: string
}

export type ProofMethod = 'totp' | 'recovery_code' | 'passkey' | 'password'

export type Proven = { readonly method: ProofMethod; readonly attempt: Attempt; readonly accept: Accept }

/** Which way a proof goes, or null when it shows nothing or several things. */
export function methodOf(proof: Proof): ProofMethod | null {
  const shown: ProofMethod[] = []
  if (proof.code !== undefined) shown.push('totp')
  if (proof.recovery_code !== undefined) shown.push('recovery_code')
  if (proof.passkey !== undefined) shown.push('passkey')
  if (proof.password !== undefined) shown.push('password')
  return shown.length === 1 ? (shown[0] ?? null) : null
}

/**
 * The ways in which a person can prove a second time who they are: their factors where they have any, else the password.
 * Recovery codes only while some are left.
 */
export async function listWays(tx: ControlTx, user_id: string, factors: readonly string[]): Promise<string[]> {
  if (factors.length === 0) return ['password']
  const codes = await countRecoveryCodes(tx, user_id)
  return codes > 0 ? [...factors, 'recovery_code'] : [...factors]
}

/**
 * Judges a proof of this person; null when it is wrong. Refuses with `too_many_attempts` while they have to wait. What it
 * returns counts only once `accept` has answered true and the attempt is forgiven, both in the deciding transaction.
 */
export async function judgeProof(
  tools: FactorTools,
  purpose: ChallengePurpose,
  user_id: string,
  proof: Proof,
): Promise<Proven | null> {
  const method = methodOf(proof)
  if (method === null) return null
  const { control } = tools
  const subject = method === 'password' ? ownPasswordSubject(user_id) : factorSubject(user_id)
  const counted = await control.transaction((tx) => countAttempt(tx, [subject]))
  if ('wait_s' in counted) throw tooManyAttempts({}, { retry_after_s: counted.wait_s })
  const { attempt } = counted
  const accept = await makeAttempt(control, attempt, () => judge(tools, purpose, user_id, proof))
  return accept && { method, attempt, accept }
}

async function judge(
  { control, keys, relying_party }: FactorTools,
  purpose: ChallengePurpose,
  user_id: string,
  proof: Proof,
): Promise<Accept | null> {
  const { code, recovery_code, passkey, password } = proof
  if (code !== undefined) {
    const row = await control.transaction((tx) => findTotp(tx, user_id))
    const step = row?.is_confirmed === true ? await stepOfCode(keys, user_id, row, code) : null
    return step === null ? null : (tx) => acceptStep(tx, user_id, step)
  }
  if (recovery_code !== undefined) return (tx) => useRecoveryCode(tx, user_id, recovery_code)
  if (passkey !== undefined) {
    return (await verifyPasskey(control, relying_party, purpose, user_id, passkey))?.accept ?? null
  }
  return password === undefined ? null : judgePassword(control, user_id, password)
}

async function judgePassword(control: ControlDatabase, user_id: string, password: string): Promise<Accept | null> {
  const findHash = (tx: ControlTx) =>
    tx.selectFrom('identity.user').select('password_hash').where('id', '=', user_id).executeTakeFirst()
  const account = await control.transaction(findHash)
  if (!(await verifyPassword(account?.password_hash ?? null, password))) return null
  return async (tx) => (await findHash(tx))?.password_hash === account?.password_hash
}
