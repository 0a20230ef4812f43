// What a call sent and got, encrypted with the organisation's data key, where policy or an Idempotency-Key wants it kept.

import type { OrganisationDatabase } from '../kernel/database.ts'
import { notFound } from '../kernel/problem.ts'
import type { FieldVault } from '../keys/field-vault.ts'

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
}

const placeOf = (execution_id: string, column: Column) => ({ table: 'execution.content', column, pk: execution_id })

/** The executions' part of the vault of fields. */
export function createContentVault(fields: FieldVault): ContentVault {
  return {
    seal: (database, id, execution_id, column, plain) =>
      fields.seal({ id, database }, placeOf(execution_id, column), plain),
    open: (database, id, execution_id, column, sealed) =>
      fields.open({ id, database }, placeOf(execution_id, column), sealed),
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
