// Runs of apps before they run: what one would cost and need, and its creation through the gates of requirements 4.8, in
// their order. A refusal is one log entry and costs nothing.

import { sql } from 'kysely'
import { appendEntry } from '../audit/append.ts'
import { idempotencyMismatch } from '../http/problems.ts'
import { markTold } from '../http/told.ts'
import { refusalOf } from '../invocation/admit.ts'
import type { MemberFacts, MemberInProject } from '../invocation/member-facts.ts'
import { newId } from '../kernel/id.ts'
import { overloaded, Problem } from '../kernel/problem.ts'
import { requireApprovers } from '../supervision/approver.ts'
import { turnAhead } from '../supervision/gate.ts'
import { type Level, neededLevels } from '../supervision/levels.ts'
import type { Workflow } from '../supervision/workflow.ts'
import { hold } from './internal/hold-run.ts'
import {
  type CallableApp,
  checkMember,
  checkModels,
  findCallableApp,
  findTestedApp,
  GateRefusal,
  governRun,
  judgeInput,
  type Place,
  refusedAt,
  type RunGovernance,
  type RunInput,
} from './internal/prepare-run.ts'
import { findQuotaShortage } from './internal/quota-room.ts'
import { type Confirmation, type Prepared, type RunAsker, type RunDesk, scopesOf } from './run-desk.ts'

/** What holds where neither platform, tier, organisation nor app says anything. */
const DEFAULT_MAX_SECONDS = 3600
const DEFAULT_MAX_STEPS = 1000
const QUOTE_MINUTES = 30
const ATTEMPTS = 5
const REMEMBERED_APPS = 2000

const whoOf = ({ organisation_id, requester_id, project_id }: RunAsker): MemberInProject => ({
  organisation_id,
  member_id: requester_id,
  project_id,
})

/** A refusal on remembered facts counts only while they are the facts: else it is judged once more. */
async function prepare(desk: RunDesk, asker: RunAsker, asked: RunInput): Promise<Prepared> {
  for (let attempt = 1; ; attempt += 1) {
    const facts = await desk.facts.get(asker.database, whoOf(asker)).catch((error: unknown) => {
      throw error instanceof Problem && error.status === 403 ? new GateRefusal(3, error) : error
    })
    try {
      return await judge(desk, asker, asked, facts)
    } catch (error) {
      if (!(error instanceof GateRefusal) || attempt === ATTEMPTS || (await areCurrent(desk, asker, facts))) throw error
      desk.facts.forget(whoOf(asker), facts, 'platform')
    }
  }
}

async function areCurrent({ control }: RunDesk, { database }: RunAsker, facts: MemberFacts): Promise<boolean> {
  const { version } = await control.transaction((tx) =>
    tx.selectFrom('kernel.platform').select('version').executeTakeFirstOrThrow(),
  )
  const { access_version } = await database.transaction((tx) =>
    tx.selectFrom('ledger.gate').select('access_version').executeTakeFirstOrThrow(),
  )
  return version === facts.platform_version && access_version === facts.access_version
}

async function judge(desk: RunDesk, asker: RunAsker, asked: RunInput, facts: MemberFacts): Promise<Prepared> {
  const { database, organisation_id } = asker
  const place: Place = { control: desk.control, egress: desk.egress, database, organisation_id }
  checkMember(facts)
  const { tested_version_id } = asked
  const callable =
    tested_version_id === undefined
      ? await callableApp(desk, place, facts, asked.app_id)
      : await findTestedApp(place, tested_version_id)
  const platform = await desk.run_tools.platformPolicy()
  const { workflows } = await database.autocommit((tx) =>
    desk.run_tools.governance(tx, organisation_id, facts.access_version, platform),
  )
  const contracts = [callable.app.contract, ...callable.sub_apps.map(({ app }) => app.contract)] as const
  const governance = governRun(contracts, facts.policy, workflows)
  const { contract, policy, risk } = governance
  const limits = limitsOf(governance, callable)
  checkModels(callable, facts, {
    ...whoOf(asker),
    execution_id: '',
    request_id: asker.request_id,
    use_case_id: asker.use_case_id,
    engine_type: contract.governance.engine_type,
    trigger_source: asker.trigger_source,
    risk,
    jurisdiction: jurisdictionOf(contract.governance.jurisdictions, asked.jurisdiction),
    strictest: policy.values,
  })
  // Nobody decides about a test, and the app costs nothing: its model calls cost what such calls cost (decision 20).
  if (tested_version_id === undefined) await checkApprovers(asker, facts.team_id, governance, workflows)
  const judged = await judgeInput(asker, contract, policy, asked)
  const quote_micros = tested_version_id === undefined ? judged.quote_micros : 0
  return { facts, callable, governance, judged: { ...judged, quote_micros }, ...limits }
}

/** Gate 7, last: a run that nobody could approve is refused here instead of getting stuck. */
async function checkApprovers(
  { database, requester_id }: RunAsker,
  team_id: string | null,
  { levels, contract, policy, risk }: RunGovernance,
  workflows: readonly Workflow[],
): Promise<void> {
  if (!levels.level1) return
  const { engine_type, supervision } = contract.governance
  const level2_from = supervision.level2?.from ?? null
  const level3_from = supervision.level3?.from ?? null
  const run = { risk, category: contract.info.category, engine_type, team_id, level2_from, level3_from }
  const turnAt = (level: Level) => turnAhead(run, workflows, level, policy.values.ack_timeout_days)
  const asked = { requester_id, levels, turns: { 1: turnAt(1), 2: turnAt(2), 3: turnAt(3) } }
  await database.transaction((tx) => requireApprovers(tx, asked)).catch(refusedAt(7))
}

const jurisdictionOf = (offered: 'all' | readonly string[], asked: string | null): string | null =>
  asked ?? (offered !== 'all' && offered.length === 1 ? (offered[0] ?? null) : null)

async function callableApp(desk: RunDesk, place: Place, facts: MemberFacts, app_id: string): Promise<CallableApp> {
  const name = `${place.organisation_id} ${app_id}`
  const known = desk.apps.get(name)
  const { access_version, platform_version } = facts
  if (known?.access_version === access_version && known.platform_version === platform_version) return known.callable
  const callable = await findCallableApp(place, app_id)
  const [oldest] = desk.apps.keys()
  if (desk.apps.size >= REMEMBERED_APPS && oldest !== undefined) desk.apps.delete(oldest)
  desk.apps.set(name, { access_version, platform_version, callable })
  return callable
}

/** The least of what platform, tier, organisation and app allow. */
function limitsOf({ contract, policy }: RunGovernance, { sub_apps }: CallableApp) {
  const governances = [contract.governance, ...sub_apps.map(({ app }) => app.contract.governance)]
  const { max_execution_seconds = DEFAULT_MAX_SECONDS, max_steps = DEFAULT_MAX_STEPS } = policy.values
  return {
    max_seconds: Math.min(max_execution_seconds, ...governances.flatMap((each) => each.max_execution_seconds ?? [])),
    max_steps: Math.min(max_steps, ...governances.flatMap((each) => each.max_steps ?? [])),
  }
}

export type Quote = {
  readonly id: string
  readonly app_id: string
  readonly app_name: string
  readonly app_version: string
  readonly quote_micros: number
  readonly expires_at: Date
  readonly risk: string
  readonly jurisdiction: string | null
  /** Tokens that the narrowest quota still leaves; null where nothing limits them. */
  readonly has_quota: boolean
  readonly levels: readonly { readonly level: number; readonly quorum: number }[]
  readonly demands: readonly { readonly level: number; readonly rule: string; readonly set_by: string }[]
  readonly max_seconds: number
  readonly max_steps: number
}

/**
 * What a run with this input would cost and need: judged as the run itself would be, up to its price. The price stands for
 * 30 minutes; the same input of the same version always costs the same.
 */
export async function quoteRun(desk: RunDesk, asker: RunAsker, asked: RunInput): Promise<Quote> {
  const prepared = await telling(asker, asked, () => prepare(desk, asker, asked))
  const { callable, governance, judged, max_seconds, max_steps } = prepared
  const { app } = callable
  const id = newId()
  const quoted = await asker.database.transaction(async (tx) => {
    const shortage = await findQuotaShortage(tx, scopesOf(asker), 1)
    const { expires_at } = await tx
      .insertInto('execution.quote')
      .values({
        id,
        requester_id: asker.requester_id,
        app_id: app.app_id,
        contract_hash: app.contract_hash,
        input_hash: judged.hash,
        project_id: asker.project_id,
        quote_micros: judged.quote_micros,
        expires_at: sql<Date>`now() + make_interval(mins => ${QUOTE_MINUTES})`,
      })
      .returning('expires_at')
      .executeTakeFirstOrThrow()
    await appendEntry(tx, asker.origin, {
      event: 'wallet.quote_issued',
      target: { type: 'app', id: app.app_id },
      data: { quote_id: id, quote_micros: judged.quote_micros, app_version: app.version },
    })
    return { expires_at, has_quota: shortage === null }
  })
  return {
    id,
    app_id: app.app_id,
    app_name: app.contract.info.name,
    app_version: app.version,
    quote_micros: judged.quote_micros,
    ...quoted,
    risk: governance.risk,
    jurisdiction: judged.jurisdiction,
    levels: neededLevels(governance.levels),
    demands: governance.levels.demands,
    max_seconds,
    max_steps,
  }
}

/** Logs a refusal of a gate once, under the name that requirements give it, and throws its Problem. */
async function telling<Result>(asker: RunAsker, asked: RunInput, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof GateRefusal)) throw error
    const { gate, problem } = error
    await asker.database.transaction((tx) =>
      appendEntry(tx, asker.origin, {
        event: 'policy.check_failed',
        outcome: 'refused',
        reason_code: problem.code,
        target: { type: 'app', id: asked.app_id },
        data: { gate, trigger_source: asker.trigger_source, ...problem.params },
      }),
    )
    throw markTold(problem)
  }
}

export type CreatedRun = { readonly execution_id: string; readonly is_repeated: boolean }

/**
 * Creates a run: its quote is confirmed and held, its policy frozen, and it is due. Refuses with the Problem of the first
 * gate that fails. `execution_id` makes the creation safe to repeat: a run of that id answers as it was created.
 */
export async function startRunOf(
  desk: RunDesk,
  asker: RunAsker,
  asked: RunInput,
  confirmation: Confirmation,
  execution_id: string = newId(),
): Promise<CreatedRun> {
  return telling(asker, asked, async () => {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const prepared = await prepare(desk, asker, asked)
      const verdict = await hold(desk, asker, prepared, confirmation, execution_id)
      if (!('details' in verdict)) return { execution_id, is_repeated: verdict.created_at === null }
      const { details } = verdict
      if (verdict.letter === 'r') return repeated(asker, execution_id, prepared, asked)
      if (verdict.letter !== 't') throw markTold(refusalOf({ letter: verdict.letter, details }))
      desk.facts.forget(whoOf(asker), prepared.facts, 'platform')
    }
    throw overloaded({}, { retry_after_s: 1, detail: 'What decides about this run keeps changing; try again.' })
  })
}

/** A run of this id was created before, by the same request or by another one with the same Idempotency-Key. */
async function repeated(
  { database }: RunAsker,
  execution_id: string,
  { judged }: Prepared,
  { app_id }: RunInput,
): Promise<CreatedRun> {
  const run = await database.transaction((tx) =>
    tx
      .selectFrom('execution.run')
      .select(['app_id', 'input_hash'])
      .where('execution_id', '=', execution_id)
      .executeTakeFirst(),
  )
  if (run?.app_id !== app_id || !run.input_hash.equals(judged.hash)) throw idempotencyMismatch()
  return { execution_id, is_repeated: true }
}
