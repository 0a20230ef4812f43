// Authenticator apps (RFC 6238): 6 digits, 30 s, SHA-1, as every app knows them. The secret is encrypted by a key of the
// platform and bound to its owner; the time is the database's, so a node's clock decides nothing; a code of one step
// before or after is taken, and no step is ever accepted twice, however many codes arrive at once (RFC 6238, 5.2).

import { randomBytes } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import { sql } from 'kysely'
import type { ControlDatabase, ControlTx } from '../kernel/database.ts'
import { Problem } from '../kernel/problem.ts'
import type { KeyProvider } from '../keys/key-provider.ts'
import { ciphertextRefused, keyExists, keyNotFound } from '../keys/problems.ts'
import { factorMissing, totpEnrolled } from './problems.ts'

const KEY_NAME = 'platform-factors'
const SECRET_BYTES = 20
const PERIOD_S = 30
const RULES = { algorithm: 'SHA1', digits: 6, period: PERIOD_S } as const

const ownerMark = (user_id: string): Buffer => Buffer.from(`totp|v1|${user_id}`)

async function sealSecret(keys: KeyProvider, user_id: string, secret: Buffer): Promise<Buffer> {
  const plain = Buffer.concat([secret, ownerMark(user_id)])
  try {
    return (await keys.wrap(KEY_NAME, plain)).wrapped
  } catch (error) {
    if (!(error instanceof Problem && error.code === keyNotFound.code)) throw error
    await keys.createKey(KEY_NAME, 'aes256-gcm').catch((cause: unknown) => {
      if (!(cause instanceof Problem && cause.code === keyExists.code)) throw cause
    })
    return (await keys.wrap(KEY_NAME, plain)).wrapped
  } finally {
    plain.fill(0)
  }
}

async function openSecret(keys: KeyProvider, user_id: string, sealed: Uint8Array): Promise<Buffer> {
  const plain = await keys.unwrap(KEY_NAME, sealed)
  if (!plain.subarray(SECRET_BYTES).equals(ownerMark(user_id))) throw ciphertextRefused()
  return plain.subarray(0, SECRET_BYTES)
}

const secretOf = (bytes: Buffer): Secret => new Secret({ buffer: new Uint8Array(bytes).buffer })

/** What an authenticator app is given, shown once: as a link for the QR code, and to be typed. */
export type TotpDraft = { readonly uri: string; readonly secret: string }

/**
 * Gives the person a new secret, which counts for nothing until `confirmTotp`. Refuses with `totp_enrolled` while an
 * app is confirmed.
 */
export async function beginTotp(
  control: ControlDatabase,
  keys: KeyProvider,
  person: { readonly user_id: string; readonly email: string },
): Promise<TotpDraft> {
  const bytes = randomBytes(SECRET_BYTES)
  const sealed = await sealSecret(keys, person.user_id, bytes)
  await control.transaction(async (tx) => {
    const { rows } = await sql`
      insert into identity.totp (user_id, secret) values (${person.user_id}, ${sealed})
      on conflict (user_id) do update set secret = excluded.secret, created_at = now(), last_step = 0
        where identity.totp.confirmed_at is null
      returning user_id`.execute(tx)
    if (rows.length === 0) throw totpEnrolled()
  })
  const secret = secretOf(bytes)
  const uri = new TOTP({ ...RULES, issuer: 'Reeve', label: person.email, secret }).toString()
  return { uri, secret: secret.base32 }
}

export type TotpRow = { readonly secret: Buffer; readonly is_confirmed: boolean; readonly now_s: number }

/** The person's app, confirmed or not, with the database's time; null when there is none. */
export async function findTotp(tx: ControlTx, user_id: string): Promise<TotpRow | null> {
  const { rows } = await sql<TotpRow>`
    select secret, confirmed_at is not null as is_confirmed, extract(epoch from clock_timestamp())::float8 as now_s
    from identity.totp where user_id = ${user_id}`.execute(tx)
  return rows[0] ?? null
}

/** The time step whose code this is, or null when it is none of those that count now. */
export async function stepOfCode(
  keys: KeyProvider,
  user_id: string,
  row: TotpRow,
  code: string,
): Promise<number | null> {
  const secret = secretOf(await openSecret(keys, user_id, row.secret))
  const delta = TOTP.validate({ ...RULES, secret, token: code, window: 1, timestamp: row.now_s * 1000 })
  return delta === null ? null : Math.floor(row.now_s / PERIOD_S) + delta
}

/** Accepts a step, unless it or a later one was accepted before: then it answers false. */
export async function acceptStep(tx: ControlTx, user_id: string, step: number): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('identity.totp')
    .set({ last_step: step })
    .where('user_id', '=', user_id)
    .where('confirmed_at', 'is not', null)
    .where('last_step', '<', step)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** The app has proved that it has this very secret: from now on it is a factor. Answers false when that was so before. */
export async function confirmTotp(tx: ControlTx, user_id: string, row: TotpRow, step: number): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('identity.totp')
    .set({ confirmed_at: sql`now()`, last_step: step })
    .where('user_id', '=', user_id)
    .where('secret', '=', row.secret)
    .where('confirmed_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Takes the app away; `factor_missing` when there is none. */
export async function removeTotp(tx: ControlTx, user_id: string): Promise<void> {
  const { numDeletedRows } = await tx.deleteFrom('identity.totp').where('user_id', '=', user_id).executeTakeFirst()
  if (numDeletedRows === 0n) throw factorMissing()
}
