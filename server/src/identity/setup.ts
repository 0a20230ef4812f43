// The first run: while no super-admin exists, whoever holds the token that Reeve printed at its start becomes it, once.
// Afterwards only the operator's command line makes super-admins (`superadmin.ts`).

import { sql } from 'kysely'
import { appendPlatformEntry } from '../audit/append.ts'
import type { ControlDatabase, ControlTx } from '../kernel/database.ts'
import { newSecretText } from '../kernel/id.ts'
import { hashPassword } from './password.ts'
import { requirePasswordAllowed } from './password-rule.ts'
import { setupDone, setupTokenInvalid } from './problems.ts'
import { hashToken, openSession } from './session.ts'
import { countFailedAuthentication } from './sign-in.ts'
import { logSignIn, type SignedInUser, type SignInRequest } from './sign-in-entry.ts'
import { createUser, parseDisplayName, parseEmail } from './user.ts'

/** One at a time: starts that make tokens, and requests that use them. */
async function lockSetup(tx: ControlTx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('reeve setup', 0))`.execute(tx)
}

/**
 * Whether Reeve still waits for its first super-admin. A disabled one counts: the operator's command line is for that.
 */
export async function isSetupNeeded(tx: ControlTx): Promise<boolean> {
  const superadmin = await tx
    .selectFrom('identity.user')
    .select('id')
    .where('is_superadmin', '=', true)
    .limit(1)
    .execute()
  return superadmin.length === 0
}

/**
 * The set-up token to print at a start, or null when a super-admin exists. It takes the place of the one printed
 * before; only its hash is stored.
 */
export async function ensureSetupToken(control: ControlDatabase): Promise<string | null> {
  return control.transaction(async (tx) => {
    await lockSetup(tx)
    await tx.deleteFrom('identity.setup_token').execute()
    if (!(await isSetupNeeded(tx))) return null
    const token = `rvt_${newSecretText()}`
    await tx
      .insertInto('identity.setup_token')
      .values({ token_hash: hashToken(token) })
      .execute()
    return token
  })
}

export type SetupDraft = {
  readonly token: string
  readonly email: string
  readonly password: string
  readonly display_name: string
}

/**
 * Refuses with `setup_done`. The token is read first: whoever uses it takes it away in the commit that makes the super-admin, so
 * one that is gone by that is told so, and not that it was never good.
 */
async function isTokenValid(tx: ControlTx, token: string): Promise<boolean> {
  const known = await tx
    .selectFrom('identity.setup_token')
    .select('token_hash')
    .where('token_hash', '=', hashToken(token))
    .executeTakeFirst()
  if (!(await isSetupNeeded(tx))) throw setupDone()
  return known !== undefined
}

async function requireTokenOrCount(control: ControlDatabase, token: string, address: string): Promise<void> {
  const isValid = await control.transaction(async (tx) => {
    const answer = await isTokenValid(tx, token)
    if (!answer) await countFailedAuthentication(tx, 'setup_token', address)
    return answer
  })
  if (!isValid) throw setupTokenInvalid()
}

/**
 * Makes the first super-admin and signs them in, exactly once however many ask. Refuses with `setup_done`,
 * `setup_token_invalid`, `password_refused`, `email_taken` and invalid values; the token stays good until it has
 * served.
 */
export async function completeSetup(
  control: ControlDatabase,
  draft: SetupDraft,
  request: SignInRequest,
): Promise<SignedInUser> {
  // Before anything is hashed: nobody without the token makes Reeve work.
  await requireTokenOrCount(control, draft.token, request.address)
  const { email } = parseEmail(draft.email)
  const display_name = parseDisplayName(draft.display_name)
  await requirePasswordAllowed(draft.password, { email, display_name })
  const password_hash = await hashPassword(draft.password)
  return control.transaction(async (tx) => {
    await lockSetup(tx)
    if (!(await isTokenValid(tx, draft.token))) throw setupTokenInvalid()
    await tx.deleteFrom('identity.setup_token').execute()
    const user = await createUser(tx, request.origin, {
      email,
      display_name,
      password_hash,
      must_change_password: false,
      // Whoever reads what Reeve prints at its start says who they are.
      is_verified: true,
    })
    await tx.updateTable('identity.user').set({ is_superadmin: true }).where('id', '=', user.id).execute()
    await appendPlatformEntry(tx, request.origin, {
      event: 'superadmin.changed',
      target: { type: 'user', id: user.id },
      data: { before: false, after: true, by: 'setup_token' },
    })
    const session = await openSession(tx, { user_id: user.id, auth_method: 'setup', aal: 1 }, request)
    const superadmin = { ...user, is_superadmin: true }
    await logSignIn(tx, superadmin, session, 'setup', request)
    return { user: superadmin, session }
  })
}
