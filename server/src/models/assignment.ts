// Which models an organisation may call. Deny by default: a model without an assignment does not exist for it. The same
// function feeds the list of models, the portal and the decision about a call.

import { sql } from 'kysely'
import type { ControlTx, OrganisationTx } from '../kernel/database.ts'
import type { TokenPrice } from '../kernel/money.ts'
import type { Page } from '../kernel/page.ts'
import {
  getOrganisation,
  listOrganisations,
  type OrganisationHint,
  type OrganisationQuery,
} from '../tenancy/organisation.ts'
import { CURRENT_PRICE, getModel, listPlatformModels, type ModelBounds, type PlatformModel } from './model.ts'

/** A model as a call needs it: bounds, price, and where and as what it is called. */
export type CallableModel = ModelBounds &
  TokenPrice & {
    readonly id: string
    readonly name: string
    readonly status: 'enabled' | 'disabled'
    readonly upstream_name: string
    readonly price_version: number
    readonly created_at: Date
    readonly source: 'platform' | 'organisation'
    readonly provider_id: string
    readonly provider_name: string
    readonly provider_type: string
    readonly provider_status: 'enabled' | 'disabled'
    readonly base_url: string
    readonly secret_path: string | null
    readonly secret_version: number | null
  }

const CALLABLE = sql`
  m.id, m.name, m.status, m.upstream_name, m.created_at, m.default_output_tokens, m.max_output_tokens,
  m.image_input_tokens, m.audio_input_tokens, m.file_input_tokens, m.reasoning_tokens,
  price.version as price_version, price.input_micros_per_mtok, price.cached_input_micros_per_mtok,
  price.output_micros_per_mtok, provider.id as provider_id, provider.name as provider_name,
  provider.type as provider_type, provider.status as provider_status, provider.base_url, provider.secret_path,
  provider.secret_version`

/** The platform's models that are global or assigned to the organisation. */
export async function listPlatformModelsOf(tx: ControlTx, organisation_id: string): Promise<readonly CallableModel[]> {
  const { rows } = await sql<CallableModel>`
    select 'platform' as source, ${CALLABLE}
    from models.model m join models.provider provider on provider.id = m.provider_id ${CURRENT_PRICE}
    where m.is_global or exists (
      select from models.assignment a where a.model_id = m.id and a.organisation_id = ${organisation_id})
    order by m.name`.execute(tx)
  return rows
}

/** The organisation's own models that are assigned to it. */
export async function listOwnModels(tx: OrganisationTx): Promise<readonly CallableModel[]> {
  const { rows } = await sql<CallableModel>`
    select 'organisation' as source, ${CALLABLE}
    from models.model m join models.provider provider on provider.id = m.provider_id
      join models.assignment a on a.model_id = m.id ${CURRENT_PRICE}
    order by m.name`.execute(tx)
  return rows
}

/** Both together by name. An organisation's own model stands before the platform's of the same name. */
export function mergeModels(
  platform: readonly CallableModel[],
  own: readonly CallableModel[],
): ReadonlyMap<string, CallableModel> {
  return new Map([...platform, ...own].map((model) => [model.name, model]))
}

export type Assignable = OrganisationHint & { readonly is_assigned: boolean }

/** A page of all organisations, newest first, with whether the model is assigned to each. Throws `not_found`. */
export async function listAssignable(
  tx: ControlTx,
  model_id: string,
  query: OrganisationQuery,
): Promise<Page<Assignable>> {
  await getModel(tx, model_id)
  const { items, next_cursor } = await listOrganisations(tx, query)
  const { rows } = await sql<{ organisation_id: string }>`
    select organisation_id from models.assignment
    where model_id = ${model_id} and organisation_id = any(${items.map(({ id }) => id)})`.execute(tx)
  const has = new Set(rows.map(({ organisation_id }) => organisation_id))
  return {
    items: items.map(({ id, name, status }) => ({ id, name, status, is_assigned: has.has(id) })),
    next_cursor,
  }
}

export type ReachableModel = PlatformModel & { readonly is_assigned: boolean }

/** Every model of the platform by name, with whether it is assigned to this organisation. Throws `not_found`. */
export async function listModelsFor(tx: ControlTx, organisation_id: string): Promise<readonly ReachableModel[]> {
  await getOrganisation(tx, organisation_id)
  const assigned = await tx
    .selectFrom('models.assignment')
    .select('model_id')
    .where('organisation_id', '=', organisation_id)
    .execute()
  const has = new Set(assigned.map(({ model_id }) => model_id))
  return (await listPlatformModels(tx)).map((model) => ({ ...model, is_assigned: has.has(model.id) }))
}

/** Lets an organisation call a platform model. Doing it again changes nothing. */
export async function assignPlatformModel(tx: ControlTx, model_id: string, organisation_id: string): Promise<void> {
  await getModel(tx, model_id)
  await tx
    .insertInto('models.assignment')
    .values({ model_id, organisation_id })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Takes an assignment back; says whether there was one. */
export async function unassignPlatformModel(
  tx: ControlTx,
  model_id: string,
  organisation_id: string,
): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('models.assignment')
    .where('model_id', '=', model_id)
    .where('organisation_id', '=', organisation_id)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/** Lets the organisation's people call one of its own models. Doing it again changes nothing. */
export async function assignOwnModel(tx: OrganisationTx, model_id: string): Promise<void> {
  await getModel(tx, model_id)
  await tx
    .insertInto('models.assignment')
    .values({ model_id })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Takes the organisation's own model out of use; says whether it was in use. */
export async function unassignOwnModel(tx: OrganisationTx, model_id: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('models.assignment')
    .where('model_id', '=', model_id)
    .executeTakeFirst()
  return numDeletedRows > 0n
}
