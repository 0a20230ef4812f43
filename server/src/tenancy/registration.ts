// Registration: an account, then its organisation. Both commits decide for themselves: whoever has the account and no
// organisation, because the node was killed in between, makes one with the same form or after signing in.
//
// Whether an address had an account is not told for free: docs/decisions/0011-registering-a-known-address.md.

import { emailTaken } from '../identity/problems.ts'
import { hashPassword } from '../identity/password.ts'
import { requirePasswordAllowed } from '../identity/password-rule.ts'
import { openSession } from '../identity/session.ts'
import { logSignIn, signIn, type SignedInUser, type SignInRequest } from '../identity/sign-in.ts'
import { createUser, parseDisplayName, parseEmail } from '../identity/user.ts'
import type { ControlDatabase } from '../kernel/database.ts'
import { Problem } from '../kernel/problem.ts'

export type AccountRegistration = {
  readonly email: string
  readonly password: string
  readonly display_name: string
}

/**
 * Makes an account and signs it in. An address that has an account is signed in to with the password given, and refused
 * like any sign-in (`sign_in_refused`, `too_many_attempts`); the account stays as it was. Refuses `email_invalid`,
 * `name_invalid`, `password_refused` before it looks whether there is an account.
 */
export async function registerAccount(
  control: ControlDatabase,
  draft: AccountRegistration,
  request: SignInRequest,
): Promise<SignedInUser> {
  const { email } = parseEmail(draft.email)
  const display_name = parseDisplayName(draft.display_name)
  await requirePasswordAllowed(draft.password, { email, display_name })
  const password_hash = await hashPassword(draft.password)
  try {
    return await control.transaction(async (tx) => {
      const user = await createUser(tx, request.origin, {
        email,
        display_name,
        password_hash,
        must_change_password: false,
      })
      const session = await openSession(tx, { user_id: user.id, auth_method: 'registration', aal: 1 }, request)
      await logSignIn(tx, user, session, 'registration', request)
      return { user, session }
    })
  } catch (error) {
    if (!(error instanceof Problem && error.code === emailTaken.code)) throw error
    return signIn(control, draft, request)
  }
}
