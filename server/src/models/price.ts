// Prices are versions: a new one takes over from the moment it is set, an old one is never changed, so that what a call
// cost can be computed again for ever.

import type { TokenPrice } from '../kernel/money.ts'
import type { ModelsTx } from './provider.ts'

/** Puts a new price version in force and returns its number. Micro-units per million tokens. */
export async function setPrice(tx: ModelsTx, model_id: string, price: TokenPrice): Promise<number> {
  const last = await tx
    .selectFrom('models.price')
    .select((eb) => eb.fn.max('version').as('version'))
    .where('model_id', '=', model_id)
    .executeTakeFirst()
  const version = (last?.version ?? 0) + 1
  await tx
    .insertInto('models.price')
    .values({ model_id, version, ...price })
    .execute()
  return version
}

export type PriceVersion = TokenPrice & { readonly version: number; readonly created_at: Date }

/** Every price that a model had, newest first; the first is in force. */
export async function listPrices(tx: ModelsTx, model_id: string): Promise<readonly PriceVersion[]> {
  return tx
    .selectFrom('models.price')
    .select([
      'version',
      'created_at',
      'input_micros_per_mtok',
      'cached_input_micros_per_mtok',
      'output_micros_per_mtok',
    ])
    .where('model_id', '=', model_id)
    .orderBy('version', 'desc')
    .execute()
}
