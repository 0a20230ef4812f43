// Guessing is made slow: every attempt is counted before the password is looked at and taken back when it was right, so
// attempts made at once are counted like attempts made one after the other. Unknown accounts are counted like known
// ones.
//
// Per account: from the 5th failure in a row the wait doubles from 1 s to 1 h; after 100 (NIST SP 800-63B-4, 3.2.2) the
// account rests until it has seen no failure for 30 days, or a super-admin lifts it. Per address: a whole office may
// come from one, so its failures fade by one a minute, and the wait begins with the 50th and ends at 5 min.

import { createHash } from 'node:crypto'
import { isIPv6 } from 'node:net'
import { sql } from 'kysely'
import type { ControlDatabase, ControlTx } from '../kernel/database.ts'

const DAY_S = 86_400

export const MAX_FAILURES = 100
const FORGET_AFTER_S = 30 * DAY_S
const ACCOUNT = { first: 5, longest_s: 3600 } as const
const ADDRESS = { first: 50, longest_s: 300, fades_after_s: 60 } as const

/** What attempts are counted for. Only a hash is stored: people type passwords into the wrong field. */
export type Subject = { readonly kind: 'account' | 'address'; readonly hash: Buffer }

const subject = (kind: Subject['kind'], text: string): Subject => ({
  kind,
  hash: createHash('sha256').update(`reeve back-off|v1|${text}`).digest(),
})

/** Signing in with this address of an account, whether there is such an account or not. */
export function signInSubject(email_key: string): Subject {
  return subject('account', `sign in|${email_key}`)
}

/** Proving the own password while signed in; apart from signing in, so that strangers cannot get in the way of it. */
export function ownPasswordSubject(user_id: string): Subject {
  return subject('account', `own password|${user_id}`)
}

/** Typing the password that belongs to a link. */
export function linkSubject(proof_id: string): Subject {
  return subject('account', `link|${proof_id}`)
}

/** Codes and passkeys of somebody whose password was right: apart from passwords, so that a code is never guessed. */
export function factorSubject(user_id: string): Subject {
  return subject('account', `factor|${user_id}`)
}

/** Where attempts come from: an IPv4 address, or the 64 bits of an IPv6 address that one customer usually has. */
export function addressSubject(address: string): Subject {
  return subject('address', `address|${isIPv6(address) ? networkOf(address) : address}`)
}

/** The first 64 bits of an IPv6 address in the one spelling that URL parsing gives (RFC 5952). */
function networkOf(address: string): string {
  const written = new URL(`http://[${address}]/`).hostname.slice(1, -1)
  const [head = '', tail] = written.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = Array.from({ length: tail === undefined ? 0 : 8 - left.length - right.length }, () => '0')
  return [...left, ...zeros, ...right].slice(0, 4).join(':')
}

/** How many failures still count, `idle_s` seconds after the last one. */
export function remainingFailures(kind: Subject['kind'], failures: number, idle_s: number): number {
  if (kind === 'account') return idle_s >= FORGET_AFTER_S ? 0 : failures
  return Math.max(0, failures - Math.floor(idle_s / ADDRESS.fades_after_s))
}

/** How long the next attempt has to wait after this many failures, in seconds. */
export function waitAfter(kind: Subject['kind'], failures: number): number {
  const { first, longest_s } = kind === 'account' ? ACCOUNT : ADDRESS
  if (kind === 'account' && failures >= MAX_FAILURES) return FORGET_AFTER_S
  return failures < first ? 0 : Math.min(longest_s, 2 ** (failures - first))
}

type Tally = {
  readonly subject_hash: Buffer
  readonly failures: number
  readonly wait_s: number
  readonly idle_s: number
}

/** Locks the rows of these subjects, always in the same order, and reads them by the clock as it is then. */
async function lockTallies(tx: ControlTx, subjects: readonly Subject[]): Promise<(subject: Subject) => Tally> {
  const hashes = subjects.map(({ hash }) => hash)
  await sql`
    insert into identity.sign_in_failure as f (subject_hash, failures, blocked_until)
    select hash, 0, clock_timestamp() from unnest(${hashes}::bytea[]) as hash order by hash
    on conflict (subject_hash) do update set failures = f.failures`.execute(tx)
  const { rows } = await sql<Tally>`
    select subject_hash, failures,
      extract(epoch from blocked_until - clock_timestamp())::float8 as wait_s,
      extract(epoch from clock_timestamp() - updated_at)::float8 as idle_s
    from identity.sign_in_failure where subject_hash = any(${hashes}::bytea[])`.execute(tx)
  return ({ hash }) => {
    const tally = rows.find((row) => row.subject_hash.equals(hash))
    if (tally === undefined) throw new Error('A row that was just locked is gone')
    return tally
  }
}

/** Writes a tally; null leaves the wait, or the time of the last failure, as it is. */
async function writeTally(
  tx: ControlTx,
  { hash }: Subject,
  failures: number,
  wait_s: number | null,
  idle_s: number | null,
): Promise<void> {
  await sql`
    update identity.sign_in_failure set
      failures = ${failures},
      blocked_until = coalesce(clock_timestamp() + make_interval(secs => ${wait_s}::float8), blocked_until),
      updated_at = coalesce(clock_timestamp() - make_interval(secs => ${idle_s}::float8), updated_at)
    where subject_hash = ${hash}`.execute(tx)
}

/** An attempt that has been counted as failed: for whom, as the how-manieth. */
export type Attempt = readonly { readonly subject: Subject; readonly failures: number }[]

/**
 * Counts an attempt as failed before it is made. Answers with the attempt, or with the seconds to wait; then nothing
 * was counted. The transaction must be committed before the password is looked at.
 */
export async function countAttempt(
  tx: ControlTx,
  subjects: readonly Subject[],
): Promise<{ readonly attempt: Attempt } | { readonly wait_s: number }> {
  const tallyOf = await lockTallies(tx, subjects)
  const wait_s = Math.max(...subjects.map((each) => tallyOf(each).wait_s))
  if (wait_s > 0) {
    // Whoever has to wait must not fill the table with accounts they did not get to try.
    const hashes = subjects.map(({ hash }) => hash)
    await tx
      .deleteFrom('identity.sign_in_failure')
      .where('subject_hash', 'in', hashes)
      .where('failures', '=', 0)
      .execute()
    return { wait_s: Math.ceil(wait_s) }
  }
  const attempt = subjects.map((each) => {
    const { failures, idle_s } = tallyOf(each)
    return { subject: each, failures: remainingFailures(each.kind, failures, idle_s) + 1 }
  })
  for (const { subject: counted, failures } of attempt) {
    // What has begun to fade goes on fading, however often attempts come.
    const idle_s = counted.kind === 'address' ? tallyOf(counted).idle_s % ADDRESS.fades_after_s : 0
    await writeTally(tx, counted, failures, waitAfter(counted.kind, failures), idle_s)
  }
  return { attempt }
}

/** The attempt was right: the account's failures are forgotten, the address gets back only this one. */
export async function forgiveAttempt(tx: ControlTx, attempt: Attempt): Promise<void> {
  await takeBack(tx, attempt, 'account')
}

/** Makes a counted attempt. One that could not be made (too many were waiting for their turn) counts for nothing. */
export async function makeAttempt<Result>(
  control: ControlDatabase,
  attempt: Attempt,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    await control.transaction((tx) => takeBack(tx, attempt, null))
    throw error
  }
}

async function takeBack(tx: ControlTx, attempt: Attempt, cleared: Subject['kind'] | null): Promise<void> {
  const tallyOf = await lockTallies(
    tx,
    attempt.map((each) => each.subject),
  )
  for (const each of attempt) {
    const { failures } = tallyOf(each.subject)
    const isCleared = each.subject.kind === cleared
    // The wait is this attempt's own, unless others were counted since.
    const wait_s = isCleared || failures === each.failures ? 0 : null
    await writeTally(tx, each.subject, isCleared ? 0 : Math.max(0, failures - 1), wait_s, null)
  }
}

/** How long attempts for a subject have to wait now, in seconds; 0 when they may be made. */
export async function getWait(tx: ControlTx, { hash }: Subject): Promise<number> {
  const { rows } = await sql<{ wait_s: number }>`
    select greatest(0, ceil(extract(epoch from blocked_until - clock_timestamp())))::float8 as wait_s
    from identity.sign_in_failure where subject_hash = ${hash}`.execute(tx)
  return rows[0]?.wait_s ?? 0
}

/** Forgets the failures of a subject, whoever caused them; returns how many they were. */
export async function forgetFailures(tx: ControlTx, { hash }: Subject): Promise<number> {
  const row = await tx
    .deleteFrom('identity.sign_in_failure')
    .where('subject_hash', '=', hash)
    .returning('failures')
    .executeTakeFirst()
  return row?.failures ?? 0
}

/** Removes what no longer counts; returns how many rows. */
export async function removeForgotten(tx: ControlTx): Promise<number> {
  const { numDeletedRows } = await tx
    .deleteFrom('identity.sign_in_failure')
    .where('updated_at', '<', sql<Date>`now() - make_interval(secs => ${FORGET_AFTER_S})`)
    .executeTakeFirst()
  return Number(numDeletedRows)
}
