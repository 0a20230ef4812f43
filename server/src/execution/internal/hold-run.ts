// Gates 9 to 12 of a run: quota, limits and wallet under the ledger's lock, and the confirmed price.

import { sql } from 'kysely'
import { freezeContract } from '../../apps/runnable.ts'
import { useFiles } from '../../files/file.ts'
import type { OrganisationTx } from '../../kernel/database.ts'
import type { Problem } from '../../kernel/problem.ts'
import { createRuns, type CreationVerdict, type RunCreation } from '../creation.ts'
import { quoteExpired, quoteNotConfirmed, runQuotaExceeded } from '../problems.ts'
import { type Confirmation, type Prepared, type RunAsker, type RunDesk, scopesOf } from '../run-desk.ts'
import type { ClaimedRun } from './claim.ts'
import { type CallableApp, pass, refusedAt } from './prepare-run.ts'
import { runPlace } from './run-house.ts'
import { lanesOf } from './run-lanes.ts'

const MOST_KEPT = 10_000

/** Thrown to take back what was held, when all that is missing is the confirmation of the price (gate 12). */
class Unconfirmed extends Error {}

/**
 * Gates 9 to 12: quota, limits, wallet, confirmation. Nothing is held when the price is not confirmed. A run that passes is
 * under way at once where this node has room for it.
 */
export async function hold(
  desk: RunDesk,
  asker: RunAsker,
  prepared: Prepared,
  confirmation: Confirmation,
  execution_id: string,
): Promise<CreationVerdict> {
  const { database, organisation_id } = asker
  const owner = { id: organisation_id, database }
  const sealed = await desk.vault.seal(owner, runPlace(execution_id, 'input'), prepared.judged.plain)
  const unconfirmed =
    confirmation.quote_id === null
      ? findAbove(prepared, confirmation)
      : await database.autocommit((tx) => findUnconfirmed(tx, asker, prepared, confirmation))
  if (usesModels(prepared.callable)) pass(9, await findQuotaRefusal(asker))
  await keepContracts(desk, asker, prepared.callable)
  const berth = await desk.engine.findBerth(organisation_id)
  const creation = creationOf(desk, asker, prepared, execution_id, sealed, berth === null ? null : desk.node_id)
  try {
    const verdict = await create(asker, prepared, creation, unconfirmed)
    if ('details' in verdict || verdict.created_at === null) berth?.leave()
    else if (berth === null) desk.engine.wake(organisation_id)
    else berth.begin(claimedRun(creation, verdict.created_at))
    return verdict
  } catch (error) {
    berth?.leave()
    throw error
  }
}

/** A run that is nothing but itself goes together with others; one that binds files or other apps has its own transaction. */
async function create(
  { database, actor, origin }: RunAsker,
  { callable, judged }: Prepared,
  creation: RunCreation,
  unconfirmed: Problem | null,
): Promise<CreationVerdict> {
  const { run_id } = creation
  if (unconfirmed === null && judged.file_ids.length === 0 && callable.sub_apps.length === 0) {
    return lanesOf(database).create.ask({ origin, creation })
  }
  try {
    return await database.transaction(async (tx) => {
      // Files first: whoever holds the gate waits for nothing else.
      if (judged.file_ids.length > 0) await useFiles(tx, actor, run_id, judged.file_ids).catch(refusedAt(8))
      await keepSubApps(tx, run_id, callable)
      const [verdict] = await createRuns(tx, [{ origin, creation }])
      if (verdict === undefined) throw new Error('The ledger did not answer')
      if (verdict.letter === 'a' && unconfirmed !== null) throw new Unconfirmed()
      return verdict
    })
  } catch (error) {
    if (error instanceof Unconfirmed && unconfirmed !== null) pass(12, unconfirmed)
    throw error
  }
}

/** Keeps the contracts that the run is bound to; what is kept once is kept for good. */
async function keepContracts({ kept }: RunDesk, asker: RunAsker, { app, sub_apps }: CallableApp): Promise<void> {
  const nameOf = ({ contract_hash }: CallableApp['app']) =>
    `${asker.organisation_id} ${contract_hash.toString('base64')}`
  const unkept = [app, ...sub_apps.map((each) => each.app)].filter((each) => !kept.has(nameOf(each)))
  if (unkept.length === 0) return
  await asker.database.transaction(async (tx) => {
    for (const { contract_hash, contract } of unkept) await freezeContract(tx, contract_hash, contract)
  })
  if (kept.size > MOST_KEPT) kept.clear()
  for (const each of unkept) kept.add(nameOf(each))
}

/** The run as the worker takes it that it was created for. */
const claimedRun = (creation: RunCreation, created_at: Date): ClaimedRun => ({
  execution_id: creation.run_id,
  attempt: 1,
  state: 'running',
  is_new: true,
  engine_type: creation.engine_type,
  trigger_source: creation.trigger_source,
  risk: creation.risk,
  request_id: creation.request_id,
  project_id: creation.project_id,
  use_case_id: creation.use_case_id,
  requester_id: creation.requester_id,
  app_id: creation.app.app_id,
  contract_hash: creation.app.contract_hash,
  jurisdiction: creation.jurisdiction,
  frozen_policy: creation.policy.values,
  input: creation.input.sealed,
  max_steps: creation.max_steps,
  max_seconds: creation.max_seconds,
  confirmed_at: created_at,
  remaining_ms: creation.max_seconds * 1000,
  pause_reason: null,
  needed_tokens: null,
})

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

async function findQuotaRefusal(asker: RunAsker): Promise<Problem | null> {
  const { shortage } = await lanesOf(asker.database).room.ask({ ...scopesOf(asker), needed_tokens: 1 })
  if (shortage === null) return null
  const { scope, window, limit, used } = shortage
  const detail = `The ${window} token quota of this ${scope.replace('_', ' ')} allows ${limit}; ${used} are used or reserved. Ask an administrator for more.`
  return runQuotaExceeded({ ...shortage }, { retry_after_s: 60, detail })
}

/** The refusal of a price above the maximum that was confirmed beforehand, or null. */
function findAbove(
  { judged }: Pick<Prepared, 'judged'>,
  { max_price_micros }: Pick<Confirmation, 'max_price_micros'>,
): Problem | null {
  const { quote_micros } = judged
  if (max_price_micros !== null && quote_micros <= max_price_micros) return null
  const detail = `The run costs ${quote_micros} micro-units. Confirm a quote, or a max_price_micros that covers it.`
  return quoteNotConfirmed({ quote_micros, max_price_micros }, { detail })
}

/** Why the price does not count as confirmed; null if it does. */
async function findUnconfirmed(
  tx: OrganisationTx,
  asker: RunAsker,
  { judged, callable }: Prepared,
  { quote_id, max_price_micros }: Confirmation,
): Promise<Problem | null> {
  const { quote_micros } = judged
  if (quote_id === null) return findAbove({ judged }, { max_price_micros })
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
  worker_id: string | null,
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
    tier: facts.tier,
    levels,
    statements: contract.governance.statements ?? [],
    level2_from: supervision.level2?.from ?? null,
    level3_from: supervision.level3?.from ?? null,
    input: { sealed, hash: judged.hash },
    max_steps,
    max_seconds,
    worker_id,
  }
}
