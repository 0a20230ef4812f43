// Sessions: opaque random tokens of which only the SHA-256 is stored. A session that has ended stays as a row with its
// reason; whether one is live is asked on every request (`findLiveSession`) and remembered nowhere.

import { createHash } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import type { ControlTx } from '../kernel/database.ts'
import { newId, newSecretText } from '../kernel/id.ts'
import { readSettings } from '../kernel/platform-setting.ts'
import { notFound } from '../kernel/problem.ts'
import { deviceOf, placeOf } from './device.ts'
import { sessionEnded } from './problems.ts'

/** Live sessions of one person; the oldest makes room. */
const MAX_SESSIONS = 10

/** Why a session ended before its time. */
export type SessionEnd =
  | 'signed_out'
  | 'signed_out_everywhere'
  | 'revoked'
  | 'replaced'
  | 'too_many'
  | 'password_changed'
  | 'user_disabled'
  | 'superadmin_changed'
  | 'provider_logout'
  | 'connection_disabled'
  | 'factors_reset'

export type Browser = { readonly address: string; readonly user_agent: string }

export type SessionDraft = {
  readonly user_id: string
  readonly auth_method: 'password' | 'passkey' | 'setup' | 'registration' | 'invitation' | 'sso'
  /** Strength of the sign-in (NIST SP 800-63B): 1 is one factor. */
  readonly aal: number
  /** When the person proved who they are, if that was not now: at a provider that has known them for hours. */
  readonly authenticated_at?: Date
} & Partial<SsoFacts>

/** What a session that was made through a connection knows of it. */
export type SsoFacts = {
  readonly connection_id: string
  /** The one organisation where the session is valid; null for a connection of the platform. */
  readonly organisation_id: string | null
  readonly sso_identity_id: string
  /** The session at the provider, if it has a name. */
  readonly sso_sid: string | null
  /** What the provider says was proven (RFC 8176). */
  readonly amr: string[]
}

/** `token` is shown once, to the browser; it must never reach a log, an error or a body. */
export type NewSession = {
  readonly session_id: string
  readonly token: string
  readonly expires_at: Date
  readonly aal: number
}

export type Session = {
  readonly id: string
  readonly created_at: Date
  readonly last_seen_at: Date
  readonly expires_at: Date
  readonly address: string | null
  readonly user_agent: string
  /** As `deviceOf` and `placeOf` read them: hints for people. */
  readonly device: string | null
  readonly place: string | null
  readonly is_current: boolean
}

/** The SHA-256 under which a token is stored: a stolen table signs nobody in. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

const isUnexpired: RawBuilder<boolean> = sql<boolean>`(expires_at > now()
  and last_seen_at + make_interval(secs => idle_timeout_s) > now())`
const isLive: RawBuilder<boolean> = sql<boolean>`(revoked_at is null and ${isUnexpired})`

/**
 * Opens a session with a token that nobody had before, so a token planted earlier is worth nothing. Beyond 10 live ones
 * the oldest ends. Locks the person's row until the transaction ends.
 */
export async function openSession(tx: ControlTx, draft: SessionDraft, browser: Browser): Promise<NewSession> {
  await tx.selectFrom('identity.user').select('id').where('id', '=', draft.user_id).forNoKeyUpdate().executeTakeFirst()
  const token = `rvs_${newSecretText()}`
  const { session_idle_s, session_absolute_s } = await readSettings(tx)
  const { id, expires_at } = await tx
    .insertInto('identity.session')
    .values({
      ...draft,
      id: newId(),
      token_hash: hashToken(token),
      idle_timeout_s: session_idle_s,
      expires_at: sql`now() + make_interval(secs => ${session_absolute_s})`,
      address: browser.address,
      user_agent: browser.user_agent.slice(0, 300),
    })
    .returning(['id', 'expires_at'])
    .executeTakeFirstOrThrow()
  await endOldest(tx, draft.user_id, id)
  return { session_id: id, token, expires_at, aal: draft.aal }
}

async function endOldest(tx: ControlTx, user_id: string, newest_id: string): Promise<void> {
  await tx
    .updateTable('identity.session')
    .set({ revoked_at: sql`now()`, revoked_reason: 'too_many' satisfies SessionEnd })
    .where('id', 'in', (query) =>
      query
        .selectFrom('identity.session')
        .select('id')
        .where('user_id', '=', user_id)
        .where('id', '<>', newest_id)
        .where(isLive)
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .offset(MAX_SESSIONS - 1),
    )
    .execute()
}

/** Whose sessions are listed, which one asks, and in which organisation alone it is valid, if it is in one only. */
export type SessionQuery = {
  readonly user_id: string
  readonly session_id: string | null
  readonly organisation_id: string | null
}

/**
 * A person's live sessions, newest first; at most 10. Somebody who is signed in to one organisation only sees the sessions of
 * that one.
 */
export async function listSessions(tx: ControlTx, person: SessionQuery): Promise<readonly Session[]> {
  const rows = await tx
    .selectFrom('identity.session')
    .select(['id', 'created_at', 'last_seen_at', 'expires_at', 'address', 'user_agent'])
    .where('user_id', '=', person.user_id)
    .$if(person.organisation_id !== null, (select) => select.where('organisation_id', '=', person.organisation_id))
    .where(isLive)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return rows.map((row) => ({
    ...row,
    device: deviceOf(row.user_agent),
    place: placeOf(row.address),
    is_current: row.id === person.session_id,
  }))
}

/** What a session is to those who know that there is one. */
export type SessionFacts = {
  readonly created_at: Date
  readonly user_agent: string
  readonly auth_method: string
}

/** Those of these sessions that are live and this person's, by their id. */
export async function findSessionFacts(
  tx: ControlTx,
  user_id: string,
  session_ids: readonly string[],
): Promise<ReadonlyMap<string, SessionFacts>> {
  if (session_ids.length === 0) return new Map()
  const rows = await tx
    .selectFrom('identity.session')
    .select(['id', 'created_at', 'user_agent', 'auth_method'])
    .where('id', 'in', session_ids)
    .where('user_id', '=', user_id)
    .where(isLive)
    .execute()
  return new Map(rows.map(({ id, ...facts }) => [id, facts]))
}

/** Ends one live session of this person, at once; anybody else's, or one that has ended, is `not_found`. */
export async function revokeSession(
  tx: ControlTx,
  user_id: string,
  session_id: string,
  reason: SessionEnd,
): Promise<void> {
  const ended = await tx
    .updateTable('identity.session')
    .set({ revoked_at: sql`now()`, revoked_reason: reason })
    .where('id', '=', session_id)
    .where('user_id', '=', user_id)
    .where(isLive)
    .returning('id')
    .executeTakeFirst()
  if (ended === undefined) throw notFound()
}

/** Ends every session of this person, at once, but the one named by `except`; returns how many were live. */
export async function revokeSessions(
  tx: ControlTx,
  user_id: string,
  reason: SessionEnd,
  except: string | null = null,
): Promise<number> {
  // Those that seem idle as well: a request that began a moment ago may just be noting that one was used.
  let update = tx
    .updateTable('identity.session')
    .set({ revoked_at: sql`now()`, revoked_reason: reason })
    .where('user_id', '=', user_id)
    .where('revoked_at', 'is', null)
  if (except !== null) update = update.where('id', '<>', except)
  const ended = await update.returning(isUnexpired.as('was_live')).execute()
  return ended.filter(({ was_live }) => was_live).length
}

/** Ends the session that a browser gives up by signing in anew. A token that names none is no error. */
export async function replaceSession(tx: ControlTx, token: string): Promise<void> {
  await tx
    .updateTable('identity.session')
    .set({ revoked_at: sql`now()`, revoked_reason: 'replaced' satisfies SessionEnd })
    .where('token_hash', '=', hashToken(token))
    .where('revoked_at', 'is', null)
    .execute()
}

/** Refuses with `session_ended` unless the session is live; it stays so until the transaction ends. */
export async function requireLiveSession(tx: ControlTx, session_id: string): Promise<void> {
  const live = await tx
    .selectFrom('identity.session')
    .select('id')
    .where('id', '=', session_id)
    .where(isLive)
    .forUpdate()
    .executeTakeFirst()
  if (live === undefined) throw sessionEnded()
}
