// Stepping up: before a sensitive act a person proves once more who they are, at most 5 minutes ahead. The session's token
// is replaced, so one that was stolen before does not rise with it (ASVS 7.2.4).

import { sql } from 'kysely'
import { appendPlatformEntry, type Origin } from '../audit/append.ts'
import type { ControlTx } from '../kernel/database.ts'
import { newSecretText } from '../kernel/id.ts'
import { forgiveAttempt } from './back-off.ts'
import { proofRefused, sessionEnded, stepUpRequired, wayNotOpen } from './problems.ts'
import { type FactorTools, judgeProof, listWays, methodOf, type Proof } from './proof.ts'
import { hashToken, type NewSession } from './session.ts'

/** How long a proof is good for sensitive acts. */
export const STEP_UP_S = 300

export type SteppingPerson = {
  readonly user_id: string
  readonly session_id: string
  readonly factors: readonly string[]
  readonly age_s: number
}

/** Refuses with `step_up_required`, naming the ways that are open, unless the person proved who they are just now. */
export function requireStepUp(person: SteppingPerson & { readonly connection_id: string | null }): void {
  if (person.age_s <= STEP_UP_S) return
  const { factors } = person
  const ways = factors.length > 0 ? factors : person.connection_id === null ? ['password'] : ['sso']
  throw stepUpRequired({ ways, max_age_s: STEP_UP_S })
}

/**
 * Takes a proof and renews the session with a token that nobody had before. Whoever has a factor proves it; a password
 * alone is enough only for whoever has none (`way_not_open`). Refuses a wrong or used proof with `proof_refused`, a
 * session that has ended with `session_ended`, and with `too_many_attempts` while the person has to wait.
 */
export async function stepUp(
  tools: FactorTools,
  person: SteppingPerson,
  proof: Proof,
  origin: Origin,
): Promise<NewSession> {
  const method = methodOf(proof)
  const ways = await tools.control.transaction((tx) => listWays(tx, person.user_id, person.factors))
  if (method === null || !ways.includes(method)) throw wayNotOpen({ ways })
  const proven = await judgeProof(tools, 'step_up', person.user_id, proof)
  const renewed =
    proven &&
    (await tools.control.transaction(async (tx) => {
      if (!(await proven.accept(tx))) return null
      await forgiveAttempt(tx, proven.attempt)
      const session = await renewSession(tx, person.session_id, method === 'password' ? null : 2)
      await appendPlatformEntry(tx, origin, {
        event: 'session.stepped_up',
        target: { type: 'session', id: person.session_id },
        data: { method },
      })
      return session
    }))
  if (renewed !== null) return renewed
  await tools.control.transaction((tx) =>
    appendPlatformEntry(tx, origin, {
      event: 'access.denied',
      outcome: 'refused',
      reason_code: proofRefused.code,
      target: { type: 'user', id: person.user_id },
      data: { method },
    }),
  )
  throw proofRefused()
}

/** The same session under a new token, as if the person had just signed in; `aal` null leaves its strength as it was. */
export async function renewSession(tx: ControlTx, session_id: string, aal: number | null): Promise<NewSession> {
  const token = `rvs_${newSecretText()}`
  const row = await tx
    .updateTable('identity.session')
    .set({
      token_hash: hashToken(token),
      authenticated_at: sql`now()`,
      last_seen_at: sql`now()`,
      longest_gap_s: 0,
      aal: sql`greatest(aal, coalesce(${aal}::smallint, aal))`,
    })
    .where('id', '=', session_id)
    .where('revoked_at', 'is', null)
    .returning(['expires_at', 'aal'])
    .executeTakeFirst()
  if (row === undefined) throw sessionEnded()
  return { session_id, token, expires_at: row.expires_at, aal: row.aal }
}
