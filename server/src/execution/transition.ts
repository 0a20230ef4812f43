// The transitions of a run that the engine and the platform make; those that people make are in `decision.ts`, the states
// and acts of both in the one table of `state.ts`. Nothing else writes a run's state.
//
// Each is one commit: the gate row is locked first, then the run is read, and state, money, seal and log entry are written
// together. The engine's acts bring the attempt they belong to; they answer false, or null, when that attempt no longer
// counts or the run has ended: then the engine stops.

import { sql } from 'kysely'
import type { Origin } from '../audit/append.ts'
import type { OrganisationTx } from '../kernel/database.ts'
import type { EngineType } from '../policy/document.ts'
import type { EffectivePolicy } from '../policy/effective.ts'
import { boundHashOf } from '../supervision/binding.ts'
import { findOpenLevel } from '../supervision/completeness.ts'
import type { RunLevels } from '../supervision/levels.ts'
import { finalisationBody } from './internal/finalisation.ts'
import { endRun, endRuns, moveRun, type RunEnd } from './internal/move.ts'
import { appendEntriesOfRuns, appendRunEntries, endEntry, systemOrigin } from './internal/run-entry.ts'
import { findRun, listRunRows, type LockedRun, lockGate, lockRun, readGate, type RunRow } from './internal/run-row.ts'
import { keepReceipts, type Prepared, settleInRounds } from './internal/rounds.ts'
import { keepLevels, levelsNow, openLevel } from './internal/supervise.ts'
import type { RunDoor, RunTools } from './run-tools.ts'
import { isEnded } from './state.ts'

/** A run that asks to be created, with everything that the gates before (requirements 4.8) have decided. */
export type RunCreation = {
  readonly run_id: string
  readonly request_id: string
  readonly node_id: string
  /** Who asks: a key with the SHA-256 of its secret, or a member by session. A key of the organisation has no member. */
  readonly api_key_id: string | null
  readonly secret_hash: Buffer | null
  readonly member_id: string | null
  readonly actor_role: string | null
  readonly address: string | null
  /** Who answers for it (ruling 6). */
  readonly requester_id: string
  readonly trigger_source: 'in_app' | 'api' | 'schedule' | 'chat'
  readonly schedule_id: string | null
  readonly thread_id: string | null
  readonly team_id: string | null
  readonly project_id: string
  readonly use_case_id: string | null
  readonly app: {
    readonly app_id: string
    readonly version_id: string
    readonly name: string
    readonly version: string
    readonly source: 'internal' | 'public'
    readonly contract_hash: Buffer
  }
  readonly engine_type: EngineType
  readonly risk: 'low' | 'medium' | 'high' | 'critical'
  readonly category: string | null
  readonly jurisdiction: string | null
  readonly quote_micros: number
  /** What was decided on: the facts' versions; when these have moved the answer is `t` and nothing is held. */
  readonly access_version: number
  readonly policy_version: number
  readonly platform_version: number
  /** Frozen into the run. */
  readonly policy: EffectivePolicy
  readonly levels: RunLevels
  readonly statements: readonly string[]
  readonly level2_from: readonly string[] | null
  readonly level3_from: readonly string[] | null
  readonly input: { readonly sealed: Buffer; readonly hash: Buffer }
  readonly max_steps: number
  readonly max_seconds: number
  /** A worker that begins at once: the run is claimed for it, with attempt 1. Else any worker takes it. */
  readonly claim: { readonly worker_id: string; readonly seconds: number } | null
}

/** The ledger's verdict, by the letters of `invocation.admit`: `a` created, else refused with the details. */
export type CreationVerdict =
  | { readonly letter: 'a' }
  | { readonly letter: string; readonly details: Readonly<Record<string, unknown>> }

const hex = (bytes: Buffer | null): string | null => (bytes === null ? null : `\\x${bytes.toString('hex')}`)

/**
 * Creates a run: its quote is held and its row stands, or neither. A refusal is no exception: its log entry is in the same
 * transaction, so the caller lets it commit and then tells.
 */
export async function createRun(tx: OrganisationTx, origin: Origin, creation: RunCreation): Promise<CreationVerdict> {
  const { rows } = await sql<{ readonly letter: string; readonly details: Record<string, object> | null }>`
    select admit_codes as letter, details from invocation.step('[]', ${JSON.stringify([requestOf(creation)])},
      ${creation.node_id})`.execute(tx)
  const [verdict] = rows
  if (verdict === undefined) throw new Error('The ledger did not answer')
  if (verdict.letter !== 'a') return { letter: verdict.letter, details: { ...verdict.details?.['0'] } }
  const { app, claim, levels } = creation
  const { demands, ...needs } = levels
  const inserted = await tx
    .insertInto('execution.run')
    .values({
      execution_id: creation.run_id,
      app_id: app.app_id,
      app_version_id: app.version_id,
      app_name: app.name,
      app_version: app.version,
      app_source: app.source,
      contract_hash: app.contract_hash,
      category: creation.category,
      jurisdiction: creation.jurisdiction,
      requester_id: creation.requester_id,
      schedule_id: creation.schedule_id,
      thread_id: creation.thread_id,
      quote_micros: creation.quote_micros,
      confirmed_at: sql<Date>`clock_timestamp()`,
      frozen_policy: JSON.stringify(creation.policy.values),
      ...needs,
      demands: JSON.stringify(demands),
      statements: [...creation.statements],
      level2_from: creation.level2_from === null ? null : [...creation.level2_from],
      level3_from: creation.level3_from === null ? null : [...creation.level3_from],
      input: creation.input.sealed,
      input_hash: creation.input.hash,
      max_steps: creation.max_steps,
      max_seconds: creation.max_seconds,
      due_at: sql<Date>`clock_timestamp()`,
      ...(claim !== null && {
        attempt: 1,
        claimed_by: claim.worker_id,
        claimed_until: sql<Date>`clock_timestamp() + make_interval(secs => ${claim.seconds})`,
      }),
    })
    // Sent again after an unknown outcome: the ledger says admitted, and the row is there.
    .onConflict((conflict) => conflict.column('execution_id').doNothing())
    .executeTakeFirst()
  if (inserted.numInsertedOrUpdatedRows === 0n) return { letter: 'a' }
  const run = { id: creation.run_id, app_id: app.app_id, app_name: app.name, app_version: app.version }
  const { quote_micros, trigger_source, engine_type, risk, policy_version, platform_version } = creation
  const levelsTold = { level1: levels.level1, level2: levels.level2, level3: levels.level3, demands }
  const data = { quote_micros, trigger_source, engine_type, risk, policy_version, platform_version, ...levelsTold }
  await appendRunEntries(tx, run, [{ origin, event: 'execution.created', data }])
  return { letter: 'a' }
}

function requestOf(creation: RunCreation) {
  return {
    execution_id: creation.run_id,
    request_id: creation.request_id,
    api_key_id: creation.api_key_id,
    secret_hash: hex(creation.secret_hash),
    member_id: creation.member_id,
    actor_role: creation.actor_role,
    address: creation.address,
    access_version: creation.access_version,
    policy_version: creation.policy_version,
    platform_version: creation.platform_version,
    team_id: creation.team_id,
    project_id: creation.project_id,
    use_case_id: creation.use_case_id,
    hold_micros: creation.quote_micros,
    hold_tokens: 0,
    engine_type: creation.engine_type,
    trigger_source: creation.trigger_source,
    risk: creation.risk,
    is_streamed: false,
    input_hash: hex(creation.input.hash),
    is_run: true,
  }
}

/** An act of the engine: on this run, by this attempt. */
export type EngineAct = { readonly run_id: string; readonly attempt: number }

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

/** The run begins to run and its time begins to count. False: the engine stops. */
export async function startRun(tx: OrganisationTx, act: EngineAct): Promise<boolean> {
  const run = await lockAttempt(tx, act, ['created'])
  if (run === null) return false
  await moveRun(tx, run, 'start', 'running')
  await update(tx, run.id)
    .set({
      started_at: run.now,
      runs_until: sql<Date>`${run.now}::timestamptz + make_interval(secs => max_seconds)`,
    })
    .execute()
  await appendRunEntries(tx, run, [{ origin: ENGINE, event: 'execution.started', data: { attempt: act.attempt } }])
  return true
}

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

export type RunOutput = {
  readonly sealed: Buffer
  readonly hash: Buffer
  /** Characters of the output as people read it, from which reading time is reckoned. */
  readonly chars: number
}

/**
 * The run has produced its output, which keeps the schema of its app. Where a level is needed it is a draft from now on and
 * the hold stays; where none is, the platform acknowledges by policy, openly in the log, and finalises at once: sealed,
 * charged its quote, with a receipt. Null: the engine stops.
 */
export async function produceDraft(
  tools: RunTools,
  door: RunDoor,
  act: EngineAct,
  output: RunOutput,
): Promise<'draft' | 'finalised' | null> {
  return settleInRounds<'draft' | 'finalised' | null>(tools, door, {
    prepare: async (tx, platform) => {
      const found = await findRun(tx, act.run_id)
      if (found === null || found.attempt !== act.attempt || found.state !== 'running') return nothing(null)
      return planDraft(tools, door, { ...found, ...(await readGate(tx)) }, platform, tx, output)
    },
    decide: async (tx, platform) => {
      const run = await lockAttempt(tx, act, ['running'])
      return run === null ? nothing(null) : planDraft(tools, door, run, platform, tx, output)
    },
  })
}

const nothing = <Result>(result: Result): Prepared<Result> => ({ at: null, bodies: [], write: async () => result })

async function planDraft(
  tools: RunTools,
  door: RunDoor,
  run: LockedRun,
  platform: Awaited<ReturnType<RunTools['platformPolicy']>>,
  tx: OrganisationTx,
  output: RunOutput,
): Promise<Prepared<'draft' | 'finalised' | null>> {
  const governance = await tools.governance(tx, door.organisation.id, run.access_version, platform)
  const levels = levelsNow(run, governance)
  const draft: LockedRun = { ...run, revision: run.revision + 1, output_hash: output.hash }
  const bound_hash = boundHashOf(draft)
  const open = findOpenLevel(levels, { ...draft, bound_hash }, [])
  const bodies = open === null ? [finalisationBody(door.organisation, draft, governance, levels, [])] : []
  return {
    at: run.now,
    bodies,
    async write(writing, receipts) {
      await update(writing, run.id)
        .set({
          revision: draft.revision,
          output: output.sealed,
          output_hash: output.hash,
          output_chars: output.chars,
          draft_at: run.now,
          due_at: null,
          claimed_by: null,
          claimed_until: null,
          runs_until: null,
        })
        .execute()
      const produced = { origin: ENGINE, event: 'execution.output_produced', data: produceData(draft) } as const
      if (open !== null) {
        await keepLevels(writing, run, levels)
        await moveRun(writing, run, 'produce_draft', 'draft')
        await openLevel(writing, draft, governance, open)
        await appendRunEntries(writing, run, [produced])
        return 'draft'
      }
      const end: RunEnd = { state: 'finalised', reason_code: 'completed', now: run.now, output_hash: output.hash }
      await endRun(writing, run, 'produce_draft', end)
      const policy = systemOrigin('policy')
      await keepReceipts(writing, run, receipts)
      await appendRunEntries(writing, run, [
        produced,
        {
          origin: policy,
          event: 'execution.acknowledged',
          data: { level: 1, by: 'system:policy', ...versions(governance) },
        },
        endEntry(run, policy, end, { ...produceData(draft), ...versions(governance) }),
      ])
      return 'finalised'
    },
  }
}

const produceData = (run: RunRow) => ({
  revision: run.revision,
  output_sha256: run.output_hash?.toString('hex') ?? null,
})

const versions = (governance: { readonly policy_version: number; readonly platform_version: number }) => ({
  policy_version_seen: governance.policy_version,
  platform_version_seen: governance.platform_version,
})

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
