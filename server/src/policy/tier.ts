// Account tiers (rulings, "Money"): stored values that super-admins set, with the most that a tier may ask for. A tier binds
// like the platform's own policy does: every organisation's policy is met with it.

import { sql } from 'kysely'
import { defineProblem, notFound } from '../kernel/problem.ts'
import type { ControlTx } from '../kernel/database.ts'
import type { PolicyDocument } from './document.ts'

export type Tier = {
  readonly name: string
  readonly position: number
  readonly is_default: boolean
  /** Null for no limit by the tier. */
  readonly max_execution_seconds: number | null
  readonly max_input_bytes: number | null
  readonly max_steps: number | null
}

export const tierInUse = defineProblem('tier_in_use', 409, 'Organisations have this tier, or it is the default one')

const COLUMNS = ['name', 'position', 'is_default', 'max_execution_seconds', 'max_input_bytes', 'max_steps'] as const

/** Every tier, in their order, with how many organisations it binds. */
export async function listTiers(tx: ControlTx): Promise<readonly (Tier & { readonly organisations: number })[]> {
  const { rows } = await sql<Tier & { readonly organisations: number }>`
    select t.name, t.position, t.is_default, t.max_execution_seconds, t.max_input_bytes, t.max_steps,
      (select count(*) from tenancy.organisation g left join policy.organisation_tier o on o.organisation_id = g.id
        where g.status <> 'creating' and (o.tier = t.name or o.tier is null and t.is_default)) as organisations
    from policy.tier t order by t.position, t.name`.execute(tx)
  return rows
}

export type TierLimits = Pick<Tier, 'position' | 'max_execution_seconds' | 'max_input_bytes' | 'max_steps'>

/** Makes a tier or changes its maxima. Those of time and steps bind runs under way too, that of size the next input. */
export async function setTier(
  tx: ControlTx,
  name: string,
  limits: TierLimits,
): Promise<Tier & { readonly before: Tier | null }> {
  const before = await tx.selectFrom('policy.tier').select(COLUMNS).where('name', '=', name).executeTakeFirst()
  const tier = await tx
    .insertInto('policy.tier')
    .values({ name, ...limits })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ ...limits, updated_at: sql<Date>`now()` }))
    .returning(COLUMNS)
    .executeTakeFirstOrThrow()
  return { ...tier, before: before ?? null }
}

/** Removes a tier that no organisation has. Throws `not_found`, `tier_in_use`. */
export async function removeTier(tx: ControlTx, name: string): Promise<Tier> {
  const tier = await tx
    .selectFrom('policy.tier')
    .select(COLUMNS)
    .where('name', '=', name)
    .forUpdate()
    .executeTakeFirst()
  if (tier === undefined) throw notFound()
  const used = await tx
    .selectFrom('policy.organisation_tier')
    .select('organisation_id')
    .where('tier', '=', name)
    .executeTakeFirst()
  if (tier.is_default || used !== undefined) throw tierInUse({ tier: name })
  await tx.deleteFrom('policy.tier').where('name', '=', name).execute()
  return tier
}

/** The tier that binds an organisation: the one it was given, else the default one; null where there is none. */
export async function findTierOf(tx: ControlTx, organisation_id: string): Promise<Tier | null> {
  const { rows } = await sql<Tier>`
    select t.name, t.position, t.is_default, t.max_execution_seconds, t.max_input_bytes, t.max_steps from policy.tier t
      left join policy.organisation_tier o on o.organisation_id = ${organisation_id}
    where t.name = o.tier or o.tier is null and t.is_default`.execute(tx)
  return rows[0] ?? null
}

/** The tier that binds an organisation, as `findTierOf`. Throws `not_found` for an organisation that is not there. */
export async function getTierOf(
  tx: ControlTx,
  organisation_id: string,
): Promise<{ readonly organisation_id: string; readonly tier: Tier | null }> {
  const organisation = await tx
    .selectFrom('tenancy.organisation')
    .select('id')
    .where('id', '=', organisation_id)
    .executeTakeFirst()
  if (organisation === undefined) throw notFound()
  return { organisation_id, tier: await findTierOf(tx, organisation_id) }
}

/** Gives an organisation a tier. Throws `not_found` for an organisation or a tier that is not there. */
export async function setTierOf(
  tx: ControlTx,
  organisation_id: string,
  name: string,
): Promise<{ readonly organisation_id: string; readonly tier: Tier; readonly before: string | null }> {
  const organisation = await tx
    .selectFrom('tenancy.organisation')
    .select('id')
    .where('id', '=', organisation_id)
    .executeTakeFirst()
  const tier = await tx.selectFrom('policy.tier').select(COLUMNS).where('name', '=', name).executeTakeFirst()
  if (organisation === undefined || tier === undefined) throw notFound()
  const before = await findTierOf(tx, organisation_id)
  await tx
    .insertInto('policy.organisation_tier')
    .values({ organisation_id, tier: name })
    .onConflict((conflict) => conflict.column('organisation_id').doUpdateSet({ tier: name, set_at: sql<Date>`now()` }))
    .execute()
  return { organisation_id, tier, before: before?.name ?? null }
}

/** The account tier of an organisation as it binds policies: its maxima are limits that nobody below it raises. */
export type TierPolicy = { readonly name: string; readonly document: PolicyDocument }

/** What the account tier of an organisation allows; null where there is none. */
export async function findTierPolicy(tx: ControlTx, organisation_id: string): Promise<TierPolicy | null> {
  const tier = await findTierOf(tx, organisation_id)
  return tier && { name: tier.name, document: tierDocument(tier) }
}

/** What a tier allows, as a document. */
export function tierDocument(tier: Tier | null): PolicyDocument {
  if (tier === null) return {}
  const { max_execution_seconds, max_input_bytes, max_steps } = tier
  return {
    ...(max_execution_seconds !== null && { max_execution_seconds }),
    ...(max_input_bytes !== null && { max_input_bytes }),
    ...(max_steps !== null && { max_steps }),
  }
}
