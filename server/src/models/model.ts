// Models: what a provider serves, under the name that callers use, with the bounds that a hold is reckoned from.

import { sql } from 'kysely'
import { constraintOf } from '../kernel/database-error.ts'
import type { ControlTx, OrganisationTx } from '../kernel/database.ts'
import { newId } from '../kernel/id.ts'
import type { TokenPrice } from '../kernel/money.ts'
import { notFound } from '../kernel/problem.ts'
import { setPrice } from './price.ts'
import { modelNameTaken, outputBoundsRefused } from './problems.ts'
import { getProvider, inOrganisation, type ModelsTx, onPlatform } from './provider.ts'

/** Token bounds of a model; null for a kind of input means that the model does not take it. */
export type ModelBounds = {
  readonly default_output_tokens: number
  readonly max_output_tokens: number
  readonly image_input_tokens: number | null
  readonly audio_input_tokens: number | null
  readonly file_input_tokens: number | null
  readonly reasoning_tokens: number
}

export type ModelDraft = Partial<ModelBounds> & {
  readonly provider_id: string
  readonly name: string
  readonly upstream_name?: string
  readonly price: TokenPrice
}

export type ModelChange = Partial<ModelBounds> & {
  readonly upstream_name?: string
  readonly status?: 'enabled' | 'disabled'
}

export type ModelRow = ModelBounds &
  TokenPrice & {
    readonly id: string
    readonly provider_id: string
    readonly provider_name: string
    readonly name: string
    readonly upstream_name: string
    readonly status: string
    readonly price_version: number
    readonly created_at: Date
  }

const DEFAULTS: ModelBounds = {
  default_output_tokens: 4096,
  max_output_tokens: 32_768,
  image_input_tokens: null,
  audio_input_tokens: null,
  file_input_tokens: null,
  reasoning_tokens: 0,
}

/** The current price of each model, joined by whoever lists models. */
export const CURRENT_PRICE = sql`
  join lateral (select p.* from models.price p where p.model_id = m.id order by p.version desc limit 1) price on true`

const ROW = sql`
  m.id, m.provider_id, provider.name as provider_name, m.name, m.upstream_name, m.status, m.created_at,
  m.default_output_tokens, m.max_output_tokens, m.image_input_tokens, m.audio_input_tokens, m.file_input_tokens,
  m.reasoning_tokens, price.version as price_version, price.input_micros_per_mtok,
  price.cached_input_micros_per_mtok, price.output_micros_per_mtok`

type AnyTx = ControlTx | OrganisationTx

async function selectModels(tx: AnyTx, model_id: string | null): Promise<ModelRow[]> {
  const { rows } = await sql<ModelRow>`
    select ${ROW} from models.model m join models.provider provider on provider.id = m.provider_id ${CURRENT_PRICE}
    where ${model_id}::uuid is null or m.id = ${model_id}::uuid order by m.name`.execute(tx)
  return rows
}

/** Every model of the database by name, with its current price. */
export async function listModels(tx: AnyTx): Promise<readonly ModelRow[]> {
  return selectModels(tx, null)
}

export type PlatformModel = ModelRow & { readonly is_global: boolean; readonly organisations: number }

/** Every model of the platform by name, with its current price and who may call it. */
export async function listPlatformModels(tx: ControlTx): Promise<readonly PlatformModel[]> {
  const { rows } = await sql<PlatformModel>`
    select ${ROW}, m.is_global,
      (select count(*) from models.assignment a where a.model_id = m.id) as organisations
    from models.model m join models.provider provider on provider.id = m.provider_id ${CURRENT_PRICE}
    order by m.name`.execute(tx)
  return rows
}

/** One model with its current price; refuses with `not_found`. */
export async function getModel(tx: AnyTx, model_id: string): Promise<ModelRow> {
  const [model] = await selectModels(tx, model_id)
  if (model === undefined) throw notFound()
  return model
}

function checkBounds(bounds: ModelBounds): void {
  if (bounds.default_output_tokens <= bounds.max_output_tokens) return
  throw outputBoundsRefused(
    { default_output_tokens: bounds.default_output_tokens, max_output_tokens: bounds.max_output_tokens },
    { fields: [{ pointer: '/default_output_tokens', message: 'must be at most max_output_tokens' }] },
  )
}

const rowOf = (draft: ModelDraft) => {
  const { provider_id, price: _price, name, upstream_name, ...bounds } = draft
  const row = { ...DEFAULTS, ...bounds }
  if (bounds.default_output_tokens === undefined && row.max_output_tokens < row.default_output_tokens) {
    row.default_output_tokens = row.max_output_tokens
  }
  checkBounds(row)
  return { id: newId(), provider_id, name: name.trim(), upstream_name: upstream_name ?? name.trim(), ...row }
}

const namingConflict = (error: unknown): never => {
  if (constraintOf(error) === 'model__name_is_taken') throw modelNameTaken()
  throw error
}

async function priced(models: ModelsTx, tx: AnyTx, model_id: string, price: TokenPrice): Promise<ModelRow> {
  await setPrice(models, model_id, price)
  return getModel(tx, model_id)
}

/** Adds a model to a platform provider; global ones may be called by every organisation, now and later. */
export async function createPlatformModel(tx: ControlTx, draft: ModelDraft, is_global: boolean): Promise<ModelRow> {
  await getProvider(onPlatform(tx), draft.provider_id)
  const row = rowOf(draft)
  await tx
    .insertInto('models.model')
    .values({ ...row, is_global })
    .execute()
    .catch(namingConflict)
  return priced(onPlatform(tx), tx, row.id, draft.price)
}

/** Adds a model to one of the organisation's own providers. Nobody may call it until it is assigned. */
export async function createOrganisationModel(tx: OrganisationTx, draft: ModelDraft): Promise<ModelRow> {
  await getProvider(inOrganisation(tx), draft.provider_id)
  const row = rowOf(draft)
  await tx.insertInto('models.model').values(row).execute().catch(namingConflict)
  return priced(inOrganisation(tx), tx, row.id, draft.price)
}

/** Changes bounds, upstream name or status; returns the model and what it was before. Refuses with `not_found`. */
export async function changeModel(tx: AnyTx, model_id: string, change: ModelChange) {
  const before = await getModel(tx, model_id)
  const after = { ...before, ...change }
  checkBounds(after)
  await sql`
    update models.model set upstream_name = ${after.upstream_name}, status = ${after.status},
      default_output_tokens = ${after.default_output_tokens}, max_output_tokens = ${after.max_output_tokens},
      image_input_tokens = ${after.image_input_tokens}, audio_input_tokens = ${after.audio_input_tokens},
      file_input_tokens = ${after.file_input_tokens}, reasoning_tokens = ${after.reasoning_tokens}
    where id = ${model_id}`.execute(tx)
  return { ...(await getModel(tx, model_id)), before }
}

/** Makes a platform model global or not. */
export async function setModelGlobal(tx: ControlTx, model_id: string, is_global: boolean): Promise<void> {
  await tx.updateTable('models.model').set({ is_global }).where('id', '=', model_id).execute()
}
