// Runs of apps before they run: what one would cost and need, and its creation through the gates of requirements 4.8, in
// their order. A refusal is one log entry and costs nothing.

import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { appendEntry, type Origin } from '../audit/append.ts'
import { freezeContract } from '../apps/runnable.ts'
import { useFiles } from '../files/file.ts'
import { idempotencyMismatch } from '../http/problems.ts'
import { markTold } from '../http/told.ts'
import { refusalOf } from '../invocation/admit.ts'
import type { MemberFacts, MemberFactsMemory, MemberInProject } from '../invocation/member-facts.ts'
import type { OrganisationDatabase, OrganisationTx } from '../kernel/database.ts'
import { newId } from '../kernel/id.ts'
import { overloaded, Problem } from '../kernel/problem.ts'
import type { FieldVault } from '../keys/field-vault.ts'
import { requireApprovers } from '../supervision/approver.ts'
import { neededLevels } from '../supervision/levels.ts'
import {
  type CallableApp,
  checkMember,
  checkModels,
  findCallableApp,
  GateRefusal,
  governRun,
  judgeInput,
  type JudgedInput,
  pass,
  type Place,
  type RunGovernance,
  type RunInput,
} from './internal/prepare-run.ts'
import { findQuotaShortage } from './internal/quota-room.ts'
import { runPlace } from './internal/run-house.ts'
import { quoteExpired, quoteNotConfirmed, runQuotaExceeded } from './problems.ts'
import type { RunTools } from './run-tools.ts'
import { createRun, type CreationVerdict, type RunCreation } from './transition.ts'

export type RunDesk = Pick<Place, 'control' | 'egress'> & {
  readonly vault: FieldVault
  readonly facts: MemberFactsMemory
  readonly run_tools: RunTools
  readonly node_id: string
  /** Remembers apps with their checks passed, as long as neither organisation nor platform has changed anything. */
  readonly apps: Map<string, RememberedApp>
  /** Tells the engine that a run is due. */
  readonly wake: (organisation_id: string) => void
}

type RememberedApp = {
  readonly access_version: number
  readonly platform_version: number
  readonly callable: CallableApp
}

/** Who asks for a run, through what, and who answers for it. */
export type RunAsker = {
  readonly organisation_id: string
  readonly database: OrganisationDatabase
  /** Whose files may be given to it, and how the log names whoever asks. */
  readonly actor: Actor
  readonly origin: Origin
  readonly request_id: string
  readonly address: string | null
  readonly api_key_id: string | null
  /** The member whose key or session it is; null for a key of the organisation. */
  readonly member_id: string | null
  readonly requester_id: string
  readonly project_id: string
  readonly use_case_id: string | null
  readonly trigger_source: RunCreation['trigger_source']
  readonly schedule_id: string | null
  readonly thread_id: string | null
}

/** How the price is confirmed: by a quote that was shown, or up to an amount. */
export type Confirmation = { readonly quote_id: string | null; readonly max_price_micros: number | null }

/** A run that has passed the gates up to the eighth. */
type Prepared = {
  readonly facts: MemberFacts
  readonly callable: CallableApp
  readonly governance: RunGovernance
  readonly judged: JudgedInput
  readonly max_steps: number
  readonly max_seconds: number
}

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
  const callable = await callableApp(desk, place, facts, asked.app_id)
  const platform = await desk.run_tools.platformPolicy()
  const { workflows } = await database.transaction((tx) =>
    desk.run_tools.governance(tx, organisation_id, facts.access_version, platform),
  )
  const governance = governRun(callable, facts, workflows)
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
  await checkApprovers(asker, governance)
  const judged = await judgeInput(place, contract, policy, asked)
  return { facts, callable, governance, judged, ...limits }
}

/** Gate 7, last: a run that nobody could approve is refused here instead of getting stuck. */
async function checkApprovers(
  { database, requester_id }: RunAsker,
  { levels, contract }: RunGovernance,
): Promise<void> {
  if (!levels.level1) return
  const { level2, level3 } = contract.governance.supervision
  const asked = { requester_id, levels, level2_from: level2?.from ?? null, level3_from: level3?.from ?? null }
  await database
    .transaction((tx) => requireApprovers(tx, asked))
    .catch((error: unknown) => {
      throw error instanceof Problem && error.status < 500 ? new GateRefusal(7, error) : error
    })
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

const scopesOf = ({ project_id, use_case_id, requester_id }: RunAsker) => ({
  project_id,
  use_case_id,
  member_id: requester_id,
})

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
      if (verdict.letter === 'a') {
        desk.wake(asker.organisation_id)
        return { execution_id, is_repeated: false }
      }
      const details = 'details' in verdict ? verdict.details : {}
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

/** Thrown to take back what was held, when all that is missing is the confirmation of the price (gate 12). */
class Unconfirmed extends Error {}

/** Gates 9 to 12: quota, limits, wallet, confirmation, in one transaction. Nothing is held when the price is not confirmed. */
async function hold(
  desk: RunDesk,
  asker: RunAsker,
  prepared: Prepared,
  confirmation: Confirmation,
  execution_id: string,
): Promise<CreationVerdict> {
  const { database } = asker
  const { callable, judged } = prepared
  const owner = { id: asker.organisation_id, database }
  const sealed = await desk.vault.seal(owner, runPlace(execution_id, 'input'), judged.plain)
  const creation = creationOf(desk, asker, prepared, execution_id, sealed)
  const unconfirmed = await database.transaction((tx) => findUnconfirmed(tx, asker, prepared, confirmation))
  try {
    return await database.transaction(async (tx) => {
      if (usesModels(callable)) pass(9, await quotaRefusal(tx, asker))
      for (const { app } of [{ app: callable.app }, ...callable.sub_apps]) {
        await freezeContract(tx, app.contract_hash, app.contract)
      }
      // Files first: whoever holds the gate waits for nothing else.
      if (judged.file_ids.length > 0) await useFiles(tx, asker.actor, execution_id, judged.file_ids)
      await keepSubApps(tx, execution_id, callable)
      const verdict = await createRun(tx, asker.origin, creation)
      if (verdict.letter === 'a' && unconfirmed !== null) throw new Unconfirmed()
      return verdict
    })
  } catch (error) {
    if (error instanceof Unconfirmed && unconfirmed !== null) pass(12, unconfirmed)
    throw error
  }
}

async function keepSubApps(tx: OrganisationTx, execution_id: string, { sub_apps }: CallableApp): Promise<void> {
  if (sub_apps.length === 0) return
  const rows = sub_apps.map(({ named_version, app }) => ({
    execution_id,
    app_id: app.app_id,
    version: named_version,
    contract_hash: app.contract_hash,
  }))
  await tx
    .insertInto('execution.run_sub_app')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

const usesModels = ({ app, sub_apps }: CallableApp): boolean =>
  [app, ...sub_apps.map((each) => each.app)].some(({ contract }) =>
    JSON.stringify(contract.pipeline).includes('"type":"prompt"'),
  )

async function quotaRefusal(tx: OrganisationTx, asker: RunAsker): Promise<Problem | null> {
  const shortage = await findQuotaShortage(tx, scopesOf(asker), 1)
  if (shortage === null) return null
  const { scope, window, limit, used } = shortage
  const detail = `The ${window} token quota of this ${scope.replace('_', ' ')} allows ${limit}; ${used} are used or reserved. Ask an administrator for more.`
  return runQuotaExceeded({ ...shortage }, { retry_after_s: 60, detail })
}

/** Why the price does not count as confirmed; null if it does. */
async function findUnconfirmed(
  tx: OrganisationTx,
  asker: RunAsker,
  { judged, callable }: Prepared,
  { quote_id, max_price_micros }: Confirmation,
): Promise<Problem | null> {
  const { quote_micros } = judged
  if (quote_id === null) {
    if (max_price_micros !== null && quote_micros <= max_price_micros) return null
    const detail = `The run costs ${quote_micros} micro-units. Confirm a quote, or a max_price_micros that covers it.`
    return quoteNotConfirmed({ quote_micros, max_price_micros }, { detail })
  }
  const quote = await tx
    .selectFrom('execution.quote')
    .selectAll()
    .select(sql<boolean>`expires_at < now()`.as('is_expired'))
    .where('id', '=', quote_id)
    .where('requester_id', '=', asker.requester_id)
    .executeTakeFirst()
  const isSame =
    quote !== undefined &&
    quote.app_id === callable.app.app_id &&
    quote.project_id === asker.project_id &&
    quote.contract_hash.equals(callable.app.contract_hash) &&
    quote.input_hash.equals(judged.hash) &&
    quote.quote_micros === quote_micros
  if (!isSame) {
    const detail = 'The quote is for another input, another version of the app or another person. Ask for a new one.'
    return quoteNotConfirmed({ quote_micros }, { detail })
  }
  return quote.is_expired ? quoteExpired({ quote_micros }) : null
}

function creationOf(
  desk: RunDesk,
  asker: RunAsker,
  { facts, callable, governance, judged, max_seconds, max_steps }: Prepared,
  run_id: string,
  sealed: Buffer,
): RunCreation {
  const { app } = callable
  const { contract, risk, levels, policy } = governance
  const { supervision } = contract.governance
  return {
    run_id,
    request_id: asker.request_id,
    node_id: desk.node_id,
    api_key_id: asker.api_key_id,
    secret_hash: null,
    member_id: asker.requester_id,
    actor_role: facts.actor_role,
    address: asker.address,
    requester_id: asker.requester_id,
    trigger_source: asker.trigger_source,
    schedule_id: asker.schedule_id,
    thread_id: asker.thread_id,
    team_id: facts.team_id,
    project_id: asker.project_id,
    use_case_id: asker.use_case_id,
    app: {
      app_id: app.app_id,
      version_id: app.version_id,
      name: contract.info.name,
      version: app.version,
      source: app.source,
      contract_hash: app.contract_hash,
    },
    engine_type: contract.governance.engine_type,
    risk,
    category: contract.info.category,
    jurisdiction: judged.jurisdiction,
    quote_micros: judged.quote_micros,
    access_version: facts.access_version,
    policy_version: facts.policy_version,
    platform_version: facts.platform_version,
    policy,
    levels,
    statements: contract.governance.statements ?? [],
    level2_from: supervision.level2?.from ?? null,
    level3_from: supervision.level3?.from ?? null,
    input: { sealed, hash: judged.hash },
    max_steps,
    max_seconds,
    claim: null,
  }
}
