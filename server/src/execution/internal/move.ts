// The one place where a run's state is written. What the table in `state.ts` does not know does not happen, and a run that
// ends gives its hold back or is charged its quote in the same commit.

import { sql } from 'kysely'
import type { OrganisationTx } from '../../kernel/database.ts'
import {
  type EndState,
  isEnded,
  isEndState,
  isTransition,
  type RecordedState,
  recordedStateOf,
  type RunAct,
  type State,
} from '../state.ts'

/** An act of the engine: on this run, by this attempt. */
export type EngineAct = { readonly run_id: string; readonly attempt: number }

type Moved = {
  readonly id: string
  readonly state: State
  readonly hold_micros: number
  readonly admitted_at: Date
  readonly output_hash: Buffer | null
}

/** Moves a run under the gate's lock to a state in which it goes on. */
export async function moveRun(tx: OrganisationTx, run: Moved, act: RunAct, to: RecordedState): Promise<void> {
  requireTransition(act, run.state, to)
  if (run.state === to) return
  await tx.updateTable('execution.execution').set({ state: to }).where('id', '=', run.id).execute()
}

/** Moves created runs under the gate's lock to running, and lets their time begin: one statement, however many they are. */
export async function beginRuns(tx: OrganisationTx, ids: readonly string[], now: Date): Promise<void> {
  requireTransition('start', 'created', 'running')
  await sql`
    with moved as (update execution.execution set state = 'running' where id = any(${ids}::uuid[]))
    update execution.run set started_at = ${now}, runs_until = ${now}::timestamptz + make_interval(secs => max_seconds)
    where execution_id = any(${ids}::uuid[])`.execute(tx)
}

export type RunEnd = {
  readonly state: 'finalised' | 'failed' | 'cancelled'
  readonly reason_code: string
  readonly now: Date
  /** Of the output that the end is about; missing: the run's own. */
  readonly output_hash?: Buffer | null
  /** In words for the requester. */
  readonly failure?: string
}

/**
 * Ends runs under the gate's lock, all alike: finalised they are charged exactly their quotes, once; else nothing, and the
 * holds are free again. The log entries are the caller's. Nobody is waited for any more: open levels and the engine's claims
 * are gone.
 */
export async function endRuns(tx: OrganisationTx, runs: readonly Moved[], act: RunAct, end: RunEnd): Promise<void> {
  for (const run of runs) requireTransition(act, run.state, end.state)
  const ids = runs.map(({ id }) => id)
  const settlements = JSON.stringify(runs.map((run) => settlementOf(run, end)))
  const { rows } = await sql<{ readonly codes: string }>`
    select settle_codes as codes from invocation.step(${settlements}, '[]', null)`.execute(tx)
  const codes = rows[0]?.codes ?? ''
  if (codes !== 's'.repeat(runs.length)) throw new Error(`The ledger settled otherwise than the runs end: ${codes}`)
  const sealed_at = end.state === 'finalised' ? end.now : null
  await sql`
    with closed as (delete from supervision.gate where execution_id = any (${ids}::uuid[]))
    update execution.run set due_at = null, claimed_by = null, claimed_until = null, runs_until = null,
      remaining_ms = null, pause_reason = null, failure = ${end.failure ?? null}, sealed_at = ${sealed_at}::timestamptz
    where execution_id = any (${ids}::uuid[])`.execute(tx)
}

/** Ends one run, as `endRuns` does. */
export const endRun = (tx: OrganisationTx, run: Moved, act: RunAct, end: RunEnd): Promise<void> =>
  endRuns(tx, [run], act, end)

/**
 * Archives runs that ended before so many days, at most `limit`, those that ended first first; answers which, and how each had
 * ended. No gate is locked: what has ended holds no money and goes nowhere else, and a row that is locked is left for later.
 */
export async function archiveRuns(
  tx: OrganisationTx,
  after_days: number,
  limit: number,
): Promise<readonly { readonly id: string; readonly state: EndState }[]> {
  const { rows } = await sql<{ readonly id: string; readonly state: string }>`
    update execution.execution e set archived_at = clock_timestamp()
    from (
      select id from execution.execution
      where is_run and archived_at is null and settled_at < now() - make_interval(days => ${after_days})
      order by settled_at limit ${limit} for no key update skip locked) ended
    where e.id = ended.id
    returning e.id, e.state`.execute(tx)
  return rows.map(({ id, state: word }) => {
    const state = recordedStateOf(word)
    if (!isEndState(state) || !isTransition('archive', state, 'archived'))
      throw new Error(`A run is archived as ${word}`)
    return { id, state }
  })
}

/** What the ledger is told of the end: a row of `invocation.settlement`. */
export function settlementOf(run: Omit<Moved, 'state'>, end: RunEnd) {
  const output_hash = end.output_hash === undefined ? run.output_hash : end.output_hash
  return {
    execution_id: run.id,
    entry_id: null,
    state: end.state,
    reason_code: end.reason_code,
    cost_micros: end.state === 'finalised' ? run.hold_micros : 0,
    input_tokens: 0,
    cached_input_tokens: 0,
    output_tokens: 0,
    tokens_estimated: false,
    duration_ms: Math.min(MAX_INTEGER, Math.max(0, end.now.getTime() - run.admitted_at.getTime())),
    output_hash: output_hash === null ? null : `\\x${output_hash.toString('hex')}`,
  }
}

/** Days of waiting overflow the column of a call's duration; the record tells the instants. */
const MAX_INTEGER = 2_147_483_647

/** Whatever the table of states does not know is a bug of its caller. */
export function requireTransition(act: RunAct, from: State, to: State): void {
  if (!isEnded(from) && isTransition(act, from, to)) return
  throw new Error(`No act ${act} leads a run from ${from} to ${to}`)
}
