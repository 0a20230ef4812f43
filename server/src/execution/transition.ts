// The transitions of a run that the engine and the platform make; it is created in `creation.ts`, those that people make are
// in `decision.ts`, the states and acts of all in the one table of `state.ts`. Nothing else writes a run's state.
//
// Each is one commit: the gate row is locked first, then the run is read, and state, money, seal and log entry are written
// together. The engine's acts bring the attempt they belong to; they answer false, or null, when that attempt no longer
// counts or the run has ended: then the engine stops.

import type { Origin } from '../audit/append.ts'
import type { OrganisationTx } from '../kernel/database.ts'
import type { EngineType } from '../policy/document.ts'
import { isRaisedBy } from '../supervision/levels.ts'
import { planDraft, type RunOutput } from './internal/draft.ts'
import { endRun, endRuns, type EngineAct, moveRun, type RunEnd } from './internal/move.ts'
import { appendEntriesOfRuns, appendRunEntries, endEntry, systemOrigin } from './internal/run-entry.ts'
import { lanesOf } from './internal/run-lanes.ts'
import { findExcess } from './internal/run-limits.ts'
import { listRunRows, type LockedRun, lockGate, lockRun, type RunRow } from './internal/run-row.ts'
import { keepLevels, levelsNow, storedLevels } from './internal/supervise.ts'
import { runMoving } from './problems.ts'
import type { Governance, RunPlace, RunTools } from './run-tools.ts'
import { isEnded } from './state.ts'

/** The run under the gate, if the attempt still counts and the run is in one of these states. */
async function lockAttempt(
  tx: OrganisationTx,
  { run_id, attempt }: EngineAct,
  states: readonly string[],
): Promise<LockedRun | null> {
  const run = await lockRun(tx, run_id)
  return run.attempt === attempt && states.includes(run.state) ? run : null
}

const update = (tx: OrganisationTx, run_id: string) =>
  tx.updateTable('execution.run').where('execution_id', '=', run_id)

const ENGINE = systemOrigin('engine')

/** How often an act is reckoned anew that finds the run moved. */
const ROUNDS = 5

/** The run waits for a person or for quota: its time stands still, the hold stays, no worker is bound. False: stop. */
export async function pauseRun(tx: OrganisationTx, act: EngineAct, reason: string): Promise<boolean> {
  const run = await lockAttempt(tx, act, ['running'])
  if (run === null) return false
  const remaining_ms = run.runs_until === null ? null : Math.max(0, run.runs_until.getTime() - run.now.getTime())
  await moveRun(tx, run, 'pause', 'paused')
  await update(tx, run.id)
    .set({ pause_reason: reason, remaining_ms, runs_until: null, due_at: null, claimed_by: null, claimed_until: null })
    .execute()
  await appendRunEntries(tx, run, [{ origin: ENGINE, event: 'execution.paused', reason_code: reason }])
  return true
}

/** The run goes on with the time that was left; any worker takes it. False: it was not paused. */
export async function resumeRun(tx: OrganisationTx, origin: Origin, run_id: string): Promise<boolean> {
  const run = await lockRun(tx, run_id)
  if (run.state !== 'paused') return false
  const runs_until = new Date(run.now.getTime() + (run.remaining_ms ?? 0))
  await moveRun(tx, run, 'resume', 'running')
  await update(tx, run_id).set({ pause_reason: null, remaining_ms: null, runs_until, due_at: run.now }).execute()
  await appendRunEntries(tx, run, [{ origin, event: 'execution.resumed' }])
  return true
}

/** The run failed: the hold goes back, nothing is charged. `detail` is shown to the requester. False: stop. */
export async function failRun(
  tx: OrganisationTx,
  act: EngineAct,
  reason_code: string,
  detail: string,
): Promise<boolean> {
  const run = await lockAttempt(tx, act, ['created', 'running', 'paused'])
  if (run === null) return false
  const end: RunEnd = { state: 'failed', reason_code, now: run.now, failure: detail }
  await endRun(tx, run, 'fail', end)
  await appendRunEntries(tx, run, [endEntry(run, ENGINE, end)])
  return true
}

/**
 * The run has produced its output, which keeps the schema of its app. Where a level is needed it is a draft from now on and
 * the hold stays; where none is, the platform acknowledges by policy, openly in the log, and finalises at once: sealed,
 * charged its quote, with a receipt. What a test produced is kept and the run ends. A run that is beyond a limit which was
 * narrowed meanwhile fails. Null: the engine stops.
 *
 * It is reckoned on the run as it is read, for the receipt is signed outside of any transaction, and written only if the
 * run is still what it was then.
 */
export async function produceDraft(
  tools: RunTools,
  place: RunPlace,
  act: EngineAct,
  output: RunOutput,
): Promise<'draft' | 'finalised' | 'cancelled' | 'failed' | null> {
  const { database, organisation } = place
  for (let tries = 1; tries <= ROUNDS; tries += 1) {
    const [platform, { run }] = await Promise.all([tools.platformPolicy(), lanesOf(database).see.ask(act.run_id)])
    if (run?.attempt !== act.attempt || run.state !== 'running') return null
    const governance = await database.autocommit((tx) =>
      tools.governance(tx, organisation.id, run.access_version, platform),
    )
    const excess = findExcess(run, governance.policy.values, output.steps)
    if (excess !== null) {
      const isFailed = await database.transaction((tx) => failRun(tx, act, excess.code, excess.message))
      return isFailed ? 'failed' : null
    }
    if (isRaisedBy(storedLevels(run), levelsNow(run, governance))) {
      await database.transaction((tx) => raiseLevels(tx, act, governance))
      continue
    }
    const draft = planDraft(place, run, governance, output)
    const receipt = draft.receipt && (await tools.sign(organisation.id, draft.receipt))
    if (await lanesOf(database).produce.ask({ ...draft, receipt })) return draft.state
  }
  throw runMoving({}, { retry_after_s: 1 })
}

/** What is demanded now is the run's from now on, whatever becomes of its output. */
async function raiseLevels(tx: OrganisationTx, act: EngineAct, governance: Governance): Promise<void> {
  const run = await lockAttempt(tx, act, ['running'])
  if (run !== null) await keepLevels(tx, run, levelsNow(run, governance))
}

/** Why the platform ends a run (ruling 10), or that its requester did. */
export type CancelReason =
  | 'cancelled_by_user'
  | 'app_blocked'
  | 'engine_forbidden'
  | 'requester_removed'
  | 'organisation_closed'

/**
 * Cancels a run in any state that is not an end: the hold goes back in the same commit. Who may is the caller's to ask: the
 * requester or the platform. Returns false when it had ended; refuses with `not_found`.
 */
export async function cancelRun(
  tx: OrganisationTx,
  origin: Origin,
  run_id: string,
  reason_code: CancelReason,
): Promise<boolean> {
  const run = await lockRun(tx, run_id)
  if (isEnded(run.state)) return false
  await cancelAll(tx, origin, [run], run.now, reason_code)
  return true
}

async function cancelAll(
  tx: OrganisationTx,
  origin: Origin,
  runs: readonly RunRow[],
  now: Date,
  reason_code: CancelReason,
): Promise<void> {
  const end: RunEnd = { state: 'cancelled', reason_code, now }
  await endRuns(tx, runs, 'cancel', end)
  await appendEntriesOfRuns(
    tx,
    runs.map((run) => ({ run, entry: endEntry(run, origin, end) })),
  )
}

/** Whose runs end: those of an app, those of engines that are not among the ones that may run, those of a member. */
export type RunsOf =
  | { readonly app_id: string }
  | { readonly only_engines: readonly EngineType[] }
  | { readonly requester_id: string }

/**
 * Cancels every open run of an app, an engine or a requester in the transaction of what forbids them (ruling 10), and
 * returns how many there were. It locks the gate, so it comes last in that transaction.
 */
export async function cancelRunsOf(
  tx: OrganisationTx,
  origin: Origin,
  of: RunsOf,
  reason_code: CancelReason,
): Promise<number> {
  const { now } = await lockGate(tx)
  let cancelled = 0
  for (;;) {
    const runs = await listOpenRuns(tx, of, AT_ONCE)
    if (runs.length > 0) await cancelAll(tx, origin, runs, now, reason_code)
    cancelled += runs.length
    if (runs.length < AT_ONCE) return cancelled
  }
}

const AT_ONCE = 500

const listOpenRuns = (tx: OrganisationTx, of: RunsOf, limit: number): Promise<readonly RunRow[]> =>
  listRunRows(tx, (runs) =>
    runs
      .where('e.is_run', '=', true)
      .where('e.settled_at', 'is', null)
      .where((is) => {
        if ('app_id' in of) return is('r.app_id', '=', of.app_id)
        if ('requester_id' in of) return is('r.requester_id', '=', of.requester_id)
        return is('e.engine_type', 'not in', [...of.only_engines, ...NO_ENGINE])
      })
      .limit(limit),
  )

/** Keeps the list from being empty, which SQL does not allow; a run is never of the gateway's type. */
const NO_ENGINE: readonly EngineType[] = ['gateway']
