// Signing in with a password, and with the second step where the account has one.

import { answerOf, api } from '../api/client.ts'
import { ApiProblem } from '../api/problem.ts'
import type { ShownPasskey } from './passkey.ts'

export const WAYS = ['passkey', 'totp', 'recovery_code', 'password'] as const
/** A way to prove who one is, by the server's word. */
export type Way = (typeof WAYS)[number]

/** Exactly one member is sent. */
export type Proof = {
  readonly password?: string
  readonly code?: string
  readonly recovery_code?: string
  readonly passkey?: ShownPasskey
}

/** The password was right; the ticket is good for the second step. */
export type HalfWay = { readonly ticket: string; readonly ways: readonly Way[] }

/** The ways among the words of a refusal, those that are quickest first. */
export function waysOf(words: unknown): readonly Way[] {
  return Array.isArray(words) ? WAYS.filter((way) => words.includes(way)) : []
}

/** What a refused sign-in asks for next; null when it is simply refused. */
function halfWayOf(error: unknown): HalfWay | null {
  if (!(error instanceof ApiProblem) || error.code !== 'mfa_required') return null
  const { ticket, ways } = error.params
  return typeof ticket === 'string' ? { ticket, ways: waysOf(ways) } : null
}

/** Signs in; answers with what is missing when the account has a second factor, else with null. */
export async function signInWith(email: string, password: string): Promise<HalfWay | null> {
  try {
    await api.POST('/api/sessions', { body: { email, password } })
    return null
  } catch (error) {
    const half = halfWayOf(error)
    if (half === null) throw error
    return half
  }
}

export const proveSecondStep = (ticket: string, { code, recovery_code, passkey }: Proof) =>
  answerOf(
    api.POST('/api/sessions/second-step', {
      body: { ticket, ...(code && { code }), ...(recovery_code && { recovery_code }), ...(passkey && { passkey }) },
    }),
  )

/** The challenge for a passkey: of the person with the ticket, or of whoever holds one for this deployment. */
export const askPasskeyOptions = (ticket?: string) =>
  answerOf(api.POST('/api/sessions/passkey-options', { body: ticket === undefined ? {} : { ticket } }))

/** Leaves for an identity provider, which sends the browser back to `return_to`, an address of the portal. */
export async function leaveForProvider(connection_id: string, email: string, return_to: string): Promise<void> {
  const body = { connection_id, email, return_to }
  const { authorization_url } = await answerOf(api.POST('/api/sso/sign-ins', { body }))
  location.assign(authorization_url)
}
