// A sign-in through a provider, from the browser's leaving to its coming back: once, within ten minutes, in the same browser,
// to the same connection as it was. Nonce and PKCE verifier follow from the secret that the browser keeps and the state, so
// the database holds nothing that could complete it.

import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { sql } from 'kysely'
import type { ControlTx } from '../../kernel/database.ts'
import { newSecretText } from '../../kernel/id.ts'
import type { RefusalReason } from './refusal.ts'

const LIFETIME = '10 minutes'

export type Purpose = 'sign_in' | 'link' | 'test'

export type AttemptDraft = {
  readonly connection_id: string
  readonly revision: number
  readonly purpose: Purpose
  /** Who is signed in, for a link or a test. */
  readonly user_id: string | null
  /** Where the portal goes afterwards: a path of its own. */
  readonly return_to: string
  /** Whether the provider is to ask anew who the person is. */
  readonly reauthenticates: boolean
}

export type BegunAttempt = {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
  /** For the browser's cookie. */
  readonly browser_secret: string
}

/** What the provider's answer is judged by. */
export type Attempt = AttemptDraft & { readonly nonce: string; readonly verifier: string; readonly created_at: Date }

const hash = (text: string): Buffer => createHash('sha256').update(text).digest()
const derive = (browser_secret: string, what: 'nonce' | 'verifier', state: string): string =>
  createHmac('sha256', browser_secret).update(`reeve sso|v1|${what}|${state}`).digest('base64url')

/** Begins an attempt. A browser that has begun another in a second tab keeps its secret, so both can be completed. */
export async function beginAttempt(
  tx: ControlTx,
  draft: AttemptDraft,
  known_secret: string | null,
): Promise<BegunAttempt> {
  const browser_secret = known_secret ?? newSecretText()
  const state = newSecretText()
  await tx
    .insertInto('identity.sso_attempt')
    .values({
      ...draft,
      state_hash: hash(state),
      browser_hash: hash(browser_secret),
      expires_at: sql`now() + ${LIFETIME}::interval`,
    })
    .execute()
  return {
    state,
    nonce: derive(browser_secret, 'nonce', state),
    verifier: derive(browser_secret, 'verifier', state),
    browser_secret,
  }
}

export type Returned = {
  readonly state: string
  readonly connection_id: string
  readonly browser_secret: string | null
}

/**
 * Takes an attempt for good: of answers that come at once, one is the first. Answers with why it cannot be completed instead;
 * the transaction must be committed either way. Another browser's answer leaves it to the one that began it.
 */
export async function takeAttempt(
  tx: ControlTx,
  returned: Returned,
): Promise<{ readonly attempt: Attempt } | { readonly refused: RefusalReason }> {
  const { state, connection_id, browser_secret } = returned
  const row = await tx
    .selectFrom('identity.sso_attempt')
    .select([
      'connection_id',
      'revision',
      'purpose',
      'user_id',
      'return_to',
      'reauthenticates',
      'created_at',
      'used_at',
    ])
    .select('browser_hash')
    .select(sql<boolean>`expires_at <= now()`.as('is_expired'))
    .where('state_hash', '=', hash(state))
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) return { refused: 'state_unknown' }
  if (row.used_at !== null) return { refused: 'state_used' }
  if (row.is_expired) return { refused: 'state_expired' }
  const isOwn = browser_secret !== null && timingSafeEqual(row.browser_hash, hash(browser_secret))
  if (!isOwn) return { refused: 'other_browser' }
  await tx
    .updateTable('identity.sso_attempt')
    .set({ used_at: sql<Date>`now()` })
    .where('state_hash', '=', hash(state))
    .execute()
  if (row.connection_id !== connection_id) return { refused: 'other_connection' }
  const { browser_hash: _b, used_at: _u, is_expired: _e, ...known } = row
  return {
    attempt: {
      ...known,
      purpose: purposeOf(row.purpose),
      nonce: derive(browser_secret, 'nonce', state),
      verifier: derive(browser_secret, 'verifier', state),
    },
  }
}

function purposeOf(text: string): Purpose {
  if (text === 'sign_in' || text === 'link' || text === 'test') return text
  throw new Error(`The database holds an unknown word: ${text}`)
}

/** Removes what has long expired: attempts, and logout tokens that could not be used again anyway. Returns how many rows. */
export async function removeExpired(tx: ControlTx): Promise<number> {
  const attempts = await tx
    .deleteFrom('identity.sso_attempt')
    .where('expires_at', '<', sql<Date>`now() - interval '1 hour'`)
    .executeTakeFirst()
  const tokens = await tx
    .deleteFrom('identity.sso_logout_token')
    .where('expires_at', '<', sql<Date>`now()`)
    .executeTakeFirst()
  return Number(attempts.numDeletedRows + tokens.numDeletedRows)
}
