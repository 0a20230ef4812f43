// Gates 9 to 12 of a run: quota, limits and wallet under the ledger's lock, and the confirmed price.

import { sql } from 'kysely'
import { freezeContract } from '../../apps/runnable.ts'
import { useFiles } from '../../files/file.ts'
import type { OrganisationTx } from '../../kernel/database.ts'
import type { Problem } from '../../kernel/problem.ts'
import { quoteExpired, quoteNotConfirmed, runQuotaExceeded } from '../problems.ts'
import { type Confirmation, type Prepared, type RunAsker, type RunDesk, scopesOf } from '../run-desk.ts'
import { createRun, type CreationVerdict, type RunCreation } from '../transition.ts'
import { type CallableApp, pass } from './prepare-run.ts'
import { findQuotaShortage } from './quota-room.ts'
import { runPlace } from './run-house.ts'

const MOST_KEPT = 10_000

/** Thrown to take back what was held, when all that is missing is the confirmation of the price (gate 12). */
class Unconfirmed extends Error {}

/** Gates 9 to 12: quota, limits, wallet, confirmation, in one transaction. Nothing is held when the price is not confirmed. */
export async function hold(
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
  const unconfirmed =
    confirmation.quote_id === null
      ? findAbove(prepared, confirmation)
      : await database.transaction((tx) => findUnconfirmed(tx, asker, prepared, confirmation))
  const nameOf = (app: CallableApp['app']) => `${asker.organisation_id} ${app.contract_hash.toString('base64')}`
  const unkept = [{ app: callable.app }, ...callable.sub_apps].filter(({ app }) => !desk.kept.has(nameOf(app)))
  try {
    const decided = await database.transaction(async (tx) => {
      if (usesModels(callable)) pass(9, await quotaRefusal(tx, asker))
      for (const { app } of unkept) await freezeContract(tx, app.contract_hash, app.contract)
      // Files first: whoever holds the gate waits for nothing else.
      if (judged.file_ids.length > 0) await useFiles(tx, asker.actor, execution_id, judged.file_ids)
      await keepSubApps(tx, execution_id, callable)
      const verdict = await createRun(tx, asker.origin, creation)
      if (verdict.letter === 'a' && unconfirmed !== null) throw new Unconfirmed()
      return verdict
    })
    // Kept for good once it is committed: a contract never goes.
    if (desk.kept.size > MOST_KEPT) desk.kept.clear()
    for (const { app } of unkept) desk.kept.add(nameOf(app))
    return decided
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
