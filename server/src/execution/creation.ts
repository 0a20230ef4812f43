// The first transitions of a run: from nothing to created, and where a worker waits for it already on to running; else it is
// started when it is claimed. All runs that a node creates, or starts, at a time are one commit.

import { sql } from 'kysely'
import { entryRow, type Origin } from '../audit/append.ts'
import type { OrganisationTx } from '../kernel/database.ts'
import type { EngineType } from '../policy/document.ts'
import type { EffectivePolicy } from '../policy/effective.ts'
import type { RunLevels } from '../supervision/levels.ts'
import { CLAIM_S } from './internal/claim.ts'
import { beginRuns, type EngineAct, requireTransition } from './internal/move.ts'
import { appendEntriesOfRuns, draftOfRunEntry, systemOrigin } from './internal/run-entry.ts'
import { listRunRows, lockGate } from './internal/run-row.ts'

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
  readonly trigger_source: 'in_app' | 'api' | 'schedule' | 'chat' | 'test'
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
  /** Frozen into the run, with the account tier that is part of it. */
  readonly policy: EffectivePolicy
  readonly tier: string | null
  readonly levels: RunLevels
  readonly statements: readonly string[]
  readonly level2_from: readonly string[] | null
  readonly level3_from: readonly string[] | null
  readonly input: { readonly sealed: Buffer; readonly hash: Buffer }
  readonly max_steps: number
  readonly max_seconds: number
  /** The worker that begins at once: the run is created under way, claimed for it, as attempt 1. Null: any worker takes it. */
  readonly worker_id: string | null
}

/**
 * The ledger's verdict, by the letters of `invocation.admit`: `a` created, at this moment (null: by an earlier sending), else
 * refused with the details.
 */
export type CreationVerdict =
  | { readonly letter: 'a'; readonly created_at: Date | null }
  | { readonly letter: string; readonly details: Readonly<Record<string, unknown>> }

export type CreationRequest = { readonly origin: Origin; readonly creation: RunCreation }

const ENGINE = systemOrigin('engine')

const hex = (bytes: Buffer): string => `\\x${bytes.toString('hex')}`

type Row = {
  readonly codes: string
  readonly details: Readonly<Record<string, Readonly<Record<string, unknown>>>> | null
  readonly created_at: Date
  readonly made: readonly string[] | null
}

/**
 * Creates runs of one node: of each its quote is held and its row stands, or neither. A refusal is no exception: its log
 * entry is in the same transaction, so the caller lets it commit and then tells. Safe to repeat.
 */
export async function createRuns(
  tx: OrganisationTx,
  asked: readonly CreationRequest[],
): Promise<readonly CreationVerdict[]> {
  requireTransition('start', 'created', 'running')
  const requests = JSON.stringify(asked.map(({ creation }) => requestOf(creation)))
  const runs = JSON.stringify(asked.map(({ creation }) => rowOf(creation)))
  const entries = JSON.stringify(asked.flatMap(entriesOf))
  const node_id = asked[0]?.creation.node_id
  const { rows } = await sql<Row>`
    select codes, details, created_at, made from execution.create_runs(${requests}, ${runs}, ${entries}, ${node_id},
      ${CLAIM_S})`.execute(tx)
  const [row] = rows
  if (row?.codes.length !== asked.length) throw new Error('The ledger answered other creations than it was asked about')
  const { codes, details, created_at, made } = row
  return asked.map(({ creation }, index) => {
    const letter = codes.charAt(index)
    if (letter !== 'a') return { letter, details: { ...details?.[String(index)] } }
    return { letter, created_at: made?.includes(creation.run_id) === true ? created_at : null }
  })
}

function entriesOf({ origin, creation }: CreationRequest) {
  const { app, levels, quote_micros, trigger_source, engine_type, risk, policy_version, platform_version } = creation
  const { level1, level2, level3, demands } = levels
  const told = { quote_micros, trigger_source, engine_type, risk, policy_version, platform_version }
  const run = { id: creation.run_id, app_id: app.app_id, app_name: app.name, app_version: app.version }
  const entries = [
    { origin, event: 'execution.created' as const, data: { ...told, level1, level2, level3, demands } },
    ...(creation.worker_id === null
      ? []
      : [{ origin: ENGINE, event: 'execution.started' as const, data: { attempt: 1 } }]),
  ]
  return entries.map((entry) => entryRow(entry.origin, draftOfRunEntry(run, entry)))
}

/** A row of `execution.run`, as far as the creation decides it. */
function rowOf(creation: RunCreation) {
  const { app, input, levels } = creation
  return {
    execution_id: creation.run_id,
    app_id: app.app_id,
    app_version_id: app.version_id,
    app_name: app.name,
    app_version: app.version,
    app_source: app.source,
    contract_hash: hex(app.contract_hash),
    category: creation.category,
    jurisdiction: creation.jurisdiction,
    requester_id: creation.requester_id,
    schedule_id: creation.schedule_id,
    thread_id: creation.thread_id,
    tier: creation.tier,
    quote_micros: creation.quote_micros,
    frozen_policy: creation.policy.values,
    ...levels,
    statements: creation.statements,
    level2_from: creation.level2_from,
    level3_from: creation.level3_from,
    input: hex(input.sealed),
    input_hash: hex(input.hash),
    max_steps: creation.max_steps,
    max_seconds: creation.max_seconds,
    claimed_by: creation.worker_id,
  }
}

/** A row of `invocation.request`. */
function requestOf(creation: RunCreation) {
  return {
    execution_id: creation.run_id,
    request_id: creation.request_id,
    api_key_id: creation.api_key_id,
    secret_hash: creation.secret_hash === null ? null : hex(creation.secret_hash),
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

/**
 * Claimed runs begin to run and their time begins to count, under one lock of the gate. Answers in their order whether each
 * did: false where the attempt no longer counts, or the run had begun or ended.
 */
export async function startRuns(tx: OrganisationTx, acts: readonly EngineAct[]): Promise<readonly boolean[]> {
  const { now } = await lockGate(tx)
  const asked = new Set(acts.map(nameOf))
  const run_ids = acts.map(({ run_id }) => run_id)
  const seen = await listRunRows(tx, (runs) => runs.where(sql<boolean>`r.execution_id = any(${run_ids}::uuid[])`))
  const runs = seen.filter(
    ({ id, attempt, state }) => state === 'created' && asked.has(nameOf({ run_id: id, attempt })),
  )
  const ids = runs.map(({ id }) => id)
  await beginRuns(tx, ids, now)
  await appendEntriesOfRuns(
    tx,
    runs.map((run) => ({ run, entry: { origin: ENGINE, event: 'execution.started', data: { attempt: run.attempt } } })),
  )
  const started = new Set(runs.map(({ id, attempt }) => nameOf({ run_id: id, attempt })))
  return acts.map((act) => started.has(nameOf(act)))
}

const nameOf = ({ run_id, attempt }: EngineAct): string => `${run_id} ${attempt}`

/** Starts one run, as `startRuns` does. */
export async function startRun(tx: OrganisationTx, act: EngineAct): Promise<boolean> {
  const [isStarted] = await startRuns(tx, [act])
  return isStarted === true
}
