// The row of a run as transitions read it, under the gate: from here on nobody else changes it.

import { sql } from 'kysely'
import { RISKS, ENGINE_TYPES } from '../../policy/document.ts'
import type { OrganisationTx } from '../../kernel/database.ts'
import { notFound } from '../../kernel/problem.ts'
import { type State, stateOf } from '../state.ts'

const EXECUTION = [
  'e.id',
  'e.state',
  'e.archived_at',
  'e.engine_type',
  'e.trigger_source',
  'e.risk',
  'e.member_id',
  'e.api_key_id',
  'e.team_id',
  'e.project_id',
  'e.hold_micros',
  'e.hold_wallet_micros',
  'e.policy_version',
  'e.platform_version',
  'e.request_id',
  'e.admitted_at',
] as const

const RUN = [
  'r.app_id',
  'r.app_version_id',
  'r.app_name',
  'r.app_version',
  'r.app_source',
  'r.contract_hash',
  'r.category',
  'r.jurisdiction',
  'r.requester_id',
  'r.quote_micros',
  'r.level1',
  'r.level2',
  'r.level3',
  'r.level2_quorum',
  'r.level3_quorum',
  'r.distinct_approvers',
  'r.demands',
  'r.statements',
  'r.level2_from',
  'r.level3_from',
  'r.frozen_policy',
  'r.revision',
  'r.input_hash',
  'r.output_hash',
  'r.output_chars',
  'r.human_hash',
  'r.human_changes',
  'r.max_steps',
  'r.max_seconds',
  'r.attempt',
  'r.runs_until',
  'r.remaining_ms',
  'r.sealed_at',
] as const

const selectRuns = (tx: OrganisationTx) =>
  tx
    .selectFrom('execution.run as r')
    .innerJoin('execution.execution as e', 'e.id', 'r.execution_id')
    .select(EXECUTION)
    .select(RUN)

type Select = ReturnType<typeof selectRuns>
type Selected = NonNullable<Awaited<ReturnType<Select['executeTakeFirst']>>>

/** A run, without what is encrypted. */
export type RunRow = Omit<Selected, 'state' | 'risk' | 'engine_type'> & {
  readonly state: State
  readonly risk: (typeof RISKS)[number]
  readonly engine_type: (typeof ENGINE_TYPES)[number]
}

/** A run under the gate's lock, and the moment to act at. */
export type LockedRun = RunRow & { readonly now: Date; readonly access_version: number }

const wordOf = <Word extends string>(words: readonly Word[], text: string): Word => {
  const word = words.find((each) => each === text)
  if (word === undefined) throw new Error(`The database holds an unknown word: ${text}`)
  return word
}

const parse = (row: Selected): RunRow => ({
  ...row,
  state: stateOf(row),
  risk: wordOf(RISKS, row.risk),
  engine_type: wordOf(ENGINE_TYPES, row.engine_type),
})

/** A run as it stands, or null. */
export async function findRun(tx: OrganisationTx, run_id: string): Promise<RunRow | null> {
  const row = await selectRuns(tx).where('r.execution_id', '=', run_id).executeTakeFirst()
  return row === undefined ? null : parse(row)
}

/** Runs by any condition on their rows (`r`) and those of their executions (`e`). */
export async function listRunRows(tx: OrganisationTx, narrow: (query: Select) => Select): Promise<readonly RunRow[]> {
  return (await narrow(selectRuns(tx)).execute()).map(parse)
}

/** A run as it stands; refuses with `not_found`. */
export async function getRunRow(tx: OrganisationTx, run_id: string): Promise<RunRow> {
  const row = await findRun(tx, run_id)
  if (row === null) throw notFound()
  return row
}

/** The gate's clock and version, locked until the transaction ends. */
export async function lockGate(tx: OrganisationTx): Promise<{ readonly now: Date; readonly access_version: number }> {
  const { rows } = await sql<{ readonly now: Date; readonly access_version: number }>`
    select clock as now, access_version from ledger.lock_gate()`.execute(tx)
  const [gate] = rows
  if (gate === undefined) throw new Error('The organisation has no gate')
  return gate
}

/** The gate's version and the clock, unlocked: what is reckoned with them is reckoned again under the lock. */
export async function readGate(tx: OrganisationTx): Promise<{ readonly now: Date; readonly access_version: number }> {
  const { rows } = await sql<{ readonly now: Date; readonly access_version: number }>`
    select greatest(clock_timestamp(), clock) as now, access_version from ledger.gate`.execute(tx)
  const [gate] = rows
  if (gate === undefined) throw new Error('The organisation has no gate')
  return gate
}

/** Runs as they stand, with the gate's version and the clock, unlocked: null where there is none. */
export async function seeRuns(tx: OrganisationTx, run_ids: readonly string[]): Promise<readonly (LockedRun | null)[]> {
  const [rows, gate] = await Promise.all([
    listRunRows(tx, (runs) => runs.where(sql<boolean>`r.execution_id = any(${run_ids}::uuid[])`)),
    readGate(tx),
  ])
  const runs = new Map(rows.map((row) => [row.id, { ...row, ...gate }]))
  return run_ids.map((id) => runs.get(id) ?? null)
}

/** The states of runs: null where there is none. */
export async function seeStates(tx: OrganisationTx, run_ids: readonly string[]): Promise<readonly (State | null)[]> {
  const rows = await tx
    .selectFrom('execution.execution')
    .select(['id', 'state', 'archived_at'])
    .where(sql<boolean>`id = any(${run_ids}::uuid[])`)
    .where('is_run', '=', true)
    .execute()
  const states = new Map(rows.map((row) => [row.id, stateOf(row)]))
  return run_ids.map((id) => states.get(id) ?? null)
}

/** Locks the gate, then reads the run: what is decided on it stands until the transaction ends. Refuses with `not_found`. */
export async function lockRun(tx: OrganisationTx, run_id: string): Promise<LockedRun> {
  const gate = await lockGate(tx)
  return { ...(await getRunRow(tx, run_id)), ...gate }
}
