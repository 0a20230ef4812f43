// What every way of signing in has in common: what it is asked with, what it gives, and how the log tells of it.

import { appendPlatformEntry, type Origin, platformOriginOf, type RequestOrigin } from '../audit/append.ts'
import type { ControlTx } from '../kernel/database.ts'
import type { Browser, NewSession } from './session.ts'
import type { User } from './user.ts'

/** The request as signing in needs it; `session_token` is that of the session the browser had before. */
export type SignInRequest = RequestOrigin & Browser & { readonly origin: Origin; readonly session_token: string | null }

export type SignedInUser = { readonly user: User; readonly session: NewSession }

/** Writes the entry of a sign-in that has succeeded; the person is its actor. */
export async function logSignIn(
  tx: ControlTx,
  user: User,
  session: NewSession,
  method: string,
  request: RequestOrigin,
): Promise<void> {
  const use = { via: 'session', session_id: session.session_id, aal: session.aal } as const
  const { is_superadmin } = user
  const { request_id, address } = request
  const origin = platformOriginOf({ kind: 'user', user_id: user.id, is_superadmin, use }, { request_id, address })
  await appendPlatformEntry(tx, origin, {
    event: 'user.login',
    target: { type: 'user', id: user.id },
    data: { method, session_id: session.session_id },
  })
}
