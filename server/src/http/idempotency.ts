// Idempotency-Key on any POST (draft-ietf-httpapi-idempotency-key-header): the first answer is kept for 7 days in the
// database that decided the act, in the act's own transaction, and given again byte for byte.

import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { ControlDatabase, ControlTx, OrganisationTx } from '../kernel/database.ts'
import { alreadyDone, idempotencyInFlight, idempotencyKeyInvalid, idempotencyMismatch } from './problems.ts'

/** Answers above this many bytes are not kept. */
const MAX_KEPT_ANSWER_BYTES = 256 * 1024

export type IdempotencyKey = {
  readonly principal_id: string
  readonly route: string
  readonly key_hash: Buffer
  readonly fingerprint: Buffer
}

export type KeptAnswer = { readonly status: number; readonly body: string }

/** An answer to be kept, with the id of what was done: all that a repetition is told when the answer is too large. */
export type AnswerToKeep = KeptAnswer & { readonly done_id: string | null }

// Both kinds of database have the same table.
type AnyTx = ControlTx | OrganisationTx

type KeptRow = {
  readonly fingerprint: Buffer
  readonly status: number
  readonly body: string | null
  readonly done_id: string | null
}

/** Reads the header: null when there is none, refuses one that is no key (`idempotency_key_invalid`). */
export function readIdempotencyKey(
  header: string | undefined,
  principal_id: string,
  route: string,
  body: unknown,
): IdempotencyKey | null {
  if (header === undefined) return null
  if (!/^[\x21-\x7e]{1,255}$/.test(header)) throw idempotencyKeyInvalid()
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest()
  return { principal_id, route, key_hash: hash(header), fingerprint: hash(JSON.stringify(body ?? null)) }
}

/** The id of what a key's act makes: a UUID (version 8, RFC 9562) of principal, route and key. */
export function actIdOf(key: IdempotencyKey): string {
  const hash = createHash('sha256').update(key.principal_id).update(key.route).update(key.key_hash).digest('hex')
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`
}

/**
 * The answer given before, or null when this is the first time; then the key is locked until the transaction ends.
 * Refuses another body (`idempotency_mismatch`), a duplicate under way (`idempotency_in_flight`), and an answer that was
 * not kept (`already_done`, with the `id` of what was done).
 */
export async function findKeptAnswer(tx: AnyTx, key: IdempotencyKey): Promise<KeptAnswer | null> {
  const kept = await findKeptRow(tx, key)
  return kept === undefined ? null : answerOf(kept)
}

/** The row of a key, which is locked until the transaction ends; refuses another body. */
async function findKeptRow(tx: AnyTx, key: IdempotencyKey): Promise<KeptRow | undefined> {
  const lock = createHash('sha256').update(key.principal_id).update(key.route).update(key.key_hash).digest()
  const { rows: locks } = await sql<{ mine: boolean }>`
    select pg_try_advisory_xact_lock(${lock.readBigInt64BE(0).toString()}::bigint) as mine`.execute(tx)
  if (locks[0]?.mine !== true) throw idempotencyInFlight({}, { retry_after_s: 1 })
  const { rows } = await sql<KeptRow>`
    select fingerprint, status, body, done_id from http.idempotency
    where principal_id = ${key.principal_id} and route = ${key.route} and key_hash = ${key.key_hash}`.execute(tx)
  const [kept] = rows
  if (kept !== undefined && !kept.fingerprint.equals(key.fingerprint)) throw idempotencyMismatch()
  return kept
}

function answerOf(kept: KeptRow): KeptAnswer {
  if (kept.body === null) throw alreadyDone({ id: kept.done_id })
  return { status: kept.status, body: kept.body }
}

const keptBody = (answer: KeptAnswer): string | null =>
  Buffer.byteLength(answer.body) > MAX_KEPT_ANSWER_BYTES ? null : answer.body

/** Keeps an answer in the transaction of the act it answers. */
export async function keepAnswer(tx: AnyTx, key: IdempotencyKey, answer: AnswerToKeep): Promise<void> {
  const { principal_id, route, key_hash, fingerprint } = key
  await sql`
    insert into http.idempotency (principal_id, route, key_hash, fingerprint, status, body, done_id)
    values (${principal_id}, ${route}, ${key_hash}, ${fingerprint}, ${answer.status}, ${keptBody(answer)},
      ${answer.done_id})`.execute(tx)
}

/** A claim whose request never ended (its node died) may be taken over after this long. */
const CLAIM_LIFETIME = '5 minutes'
const CLAIMED = 0

/**
 * For acts that run in transactions of their own: claims a key before the act. Returns the answer given before, or null when
 * the claim is the caller's, who then fulfils or drops it. Refuses as `findKeptAnswer`, and while another holds the claim
 * with `idempotency_in_flight`.
 */
export async function claimKey(control: ControlDatabase, key: IdempotencyKey): Promise<KeptAnswer | null> {
  return control.transaction(async (tx) => {
    await sql`
      delete from http.idempotency
      where principal_id = ${key.principal_id} and route = ${key.route} and key_hash = ${key.key_hash}
        and status = ${CLAIMED} and created_at < now() - ${CLAIM_LIFETIME}::interval`.execute(tx)
    const kept = await findKeptRow(tx, key)
    if (kept?.status === CLAIMED) throw idempotencyInFlight({}, { retry_after_s: 1 })
    if (kept !== undefined) return answerOf(kept)
    await keepAnswer(tx, key, { status: CLAIMED, body: '', done_id: null })
    return null
  })
}

/** Keeps the answer of a claimed key. */
export async function fulfilClaim(control: ControlDatabase, key: IdempotencyKey, answer: AnswerToKeep): Promise<void> {
  await control.transaction(async (tx) => {
    await sql`
      update http.idempotency set status = ${answer.status}, body = ${keptBody(answer)}, done_id = ${answer.done_id}
      where principal_id = ${key.principal_id} and route = ${key.route} and key_hash = ${key.key_hash}`.execute(tx)
  })
}

/** Gives a claim back: the act was refused, and may be tried again with the same key. */
export async function dropClaim(control: ControlDatabase, key: IdempotencyKey): Promise<void> {
  await control.transaction(async (tx) => {
    await sql`
      delete from http.idempotency
      where principal_id = ${key.principal_id} and route = ${key.route} and key_hash = ${key.key_hash}
        and status = ${CLAIMED}`.execute(tx)
  })
}
