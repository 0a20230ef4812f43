// Fields of an organisation's database, encrypted under its active content key: what people and models said, wherever it
// is kept. Reading the key's row is a statement of its own, so nothing is sealed or opened inside a transaction.

import type { OrganisationDatabase } from '../kernel/database.ts'
import { createDataKeyCache } from './data-key-cache.ts'
import { type DataKeyRow, type FieldPlace, openField, readKid, sealField } from './envelope.ts'
import type { KeyProvider } from './key-provider.ts'

/** An organisation as a vault needs it: its database and the id that its ciphertexts are bound to. */
export type FieldOwner = { readonly id: string; readonly database: OrganisationDatabase }

export type FieldVault = {
  /** Encrypts for a place: table, column and primary key. It opens nowhere else. */
  readonly seal: (owner: FieldOwner, place: FieldPlace, plain: Uint8Array) => Promise<Buffer>
  /** Opens what `seal` made for this place; refuses anything else with `ciphertext_refused`. */
  readonly open: (owner: FieldOwner, place: FieldPlace, sealed: Uint8Array) => Promise<Buffer>
  readonly clear: () => void
}

async function findDataKey(database: OrganisationDatabase, kid: number | null): Promise<DataKeyRow> {
  const row = await database.transaction((tx) => {
    const query = tx.selectFrom('keys.data_key').select(['kid', 'purpose', 'wrapped']).where('purpose', '=', 'content')
    return (kid === null ? query.where('state', '=', 'active') : query.where('kid', '=', kid)).executeTakeFirst()
  })
  if (row === undefined) throw new Error('The organisation has no content key')
  return row
}

/** Opens the vault of this node; unwrapped keys stay for at most 5 minutes. */
export function createFieldVault(keys: KeyProvider): FieldVault {
  const cache = createDataKeyCache(keys)
  const rows = new Map<string, DataKeyRow>()
  const rowOf = async ({ id, database }: FieldOwner, kid: number | null): Promise<DataKeyRow> => {
    const name = `${id}|${kid ?? 'active'}`
    const row = rows.get(name) ?? (await findDataKey(database, kid))
    rows.set(name, row)
    return row
  }
  return {
    async seal(owner, place, plain) {
      return cache.withDataKey(owner.id, await rowOf(owner, null), (key) => sealField(key, place, plain))
    },
    async open(owner, place, sealed) {
      return cache.withDataKey(owner.id, await rowOf(owner, readKid(sealed)), (key) => openField(key, place, sealed))
    },
    clear() {
      rows.clear()
      cache.clear()
    },
  }
}
