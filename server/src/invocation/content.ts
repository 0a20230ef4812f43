// What a call sent and got, encrypted with the organisation's data key, where policy or an Idempotency-Key wants it kept.

import type { OrganisationDatabase } from '../kernel/database.ts'
import { notFound } from '../kernel/problem.ts'
import { createDataKeyCache, type DataKeyCache } from '../keys/data-key-cache.ts'
import { openField, readKid, sealField, type DataKeyRow } from '../keys/envelope.ts'
import type { KeyProvider } from '../keys/key-provider.ts'

type Column = 'input' | 'output' | 'answer'

export type ContentVault = {
  /** Encrypts a piece of an execution's content under the organisation's active content key. */
  readonly seal: (
    database: OrganisationDatabase,
    organisation_id: string,
    execution_id: string,
    column: Column,
    plain: Buffer,
  ) => Promise<Buffer>
  /** Opens what `seal` made; refuses anything else. */
  readonly open: (
    database: OrganisationDatabase,
    organisation_id: string,
    execution_id: string,
    column: Column,
    sealed: Buffer,
  ) => Promise<Buffer>
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

const placeOf = (execution_id: string, column: Column) => ({ table: 'execution.content', column, pk: execution_id })

/** Opens the vault of this node; unwrapped keys stay for at most 5 minutes. */
export function createContentVault(keys: KeyProvider): ContentVault {
  const cache: DataKeyCache = createDataKeyCache(keys)
  const active = new Map<string, DataKeyRow>()
  return {
    async seal(database, organisation_id, execution_id, column, plain) {
      const row = active.get(organisation_id) ?? (await findDataKey(database, null))
      active.set(organisation_id, row)
      return cache.withDataKey(organisation_id, row, (key) => sealField(key, placeOf(execution_id, column), plain))
    },
    async open(database, organisation_id, execution_id, column, sealed) {
      const row = await findDataKey(database, readKid(sealed))
      return cache.withDataKey(organisation_id, row, (key) => openField(key, placeOf(execution_id, column), sealed))
    },
    clear: () => cache.clear(),
  }
}

export type StoredContent = {
  readonly input: string | null
  readonly output: string | null
  readonly stored_at: Date
}

/** The stored input and output of an execution as text; refuses with `not_found` when nothing was kept. */
export async function openContent(
  vault: ContentVault,
  database: OrganisationDatabase,
  organisation_id: string,
  execution_id: string,
): Promise<StoredContent> {
  const row = await database.transaction((tx) =>
    tx
      .selectFrom('execution.content')
      .select(['input', 'output', 'stored_at'])
      .where('execution_id', '=', execution_id)
      .executeTakeFirst(),
  )
  if (row === undefined) throw notFound()
  const read = async (column: 'input' | 'output', sealed: Buffer | null): Promise<string | null> =>
    sealed === null
      ? null
      : (await vault.open(database, organisation_id, execution_id, column, sealed)).toString('utf8')
  return { input: await read('input', row.input), output: await read('output', row.output), stored_at: row.stored_at }
}
