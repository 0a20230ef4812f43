// Who works at an import that was started: one worker at a time, for as long as its claim holds.

import { sql } from 'kysely'
import type { EntryDraft } from '../../audit/append.ts'
import { getImport, type ImportTx, type RowState } from './import.ts'
import type { RowError } from './row.ts'

const LEASE_S = 60

export type ClaimedImport = { readonly id: string; readonly attempt: number; readonly created_by: string | null }

/** An import that nobody works at, claimed for a minute; null when there is none. */
export async function claimImport(tx: ImportTx): Promise<ClaimedImport | null> {
  const { rows } = await sql<ClaimedImport>`
    update tenancy.import set attempt = attempt + 1, lease_until = now() + make_interval(secs => ${LEASE_S})
    where id = (
      select id from tenancy.import where state = 'running' and (lease_until is null or lease_until < now())
      order by id limit 1 for update skip locked)
    returning id, attempt, created_by`.execute(tx)
  return rows[0] ?? null
}

/** Whether the claim is still this worker's; then it holds for another minute. Asked in every transaction of the work. */
export async function holdClaim(tx: ImportTx, { id, attempt }: ClaimedImport): Promise<boolean> {
  const held = await tx
    .updateTable('tenancy.import')
    .set({ lease_until: sql<Date>`now() + make_interval(secs => ${LEASE_S})` })
    .where('id', '=', id)
    .where('attempt', '=', attempt)
    .where('state', '=', 'running')
    .returning('id')
    .executeTakeFirst()
  return held !== undefined
}

/** Ends an import when no row is left to do. */
export async function finishImport(
  tx: ImportTx,
  { id, attempt }: ClaimedImport,
  note: (draft: EntryDraft) => Promise<void>,
): Promise<void> {
  const ended = await tx
    .updateTable('tenancy.import')
    .set({ state: 'finished', finished_at: sql<Date>`now()`, lease_until: null })
    .where('id', '=', id)
    .where('attempt', '=', attempt)
    .where('state', '=', 'running')
    .returning('id')
    .executeTakeFirst()
  if (ended === undefined) return
  const { counts } = await getImport(tx, id)
  const { created, added, failed, error } = counts
  await note({ event: 'import.completed', target: { type: 'import', id }, data: { created, added, failed, error } })
}

export type RowOutcome = { readonly row_number: number; readonly state: RowState; readonly errors: readonly RowError[] }

/** Writes what became of rows. */
export async function writeOutcomes(tx: ImportTx, import_id: string, outcomes: readonly RowOutcome[]): Promise<void> {
  if (outcomes.length === 0) return
  await sql`
    update tenancy.import_row r set state = o.state, errors = o.errors::jsonb
    from unnest(${outcomes.map(({ row_number }) => row_number)}::integer[], ${outcomes.map(({ state }) => state)}::text[],
      ${outcomes.map(({ errors }) => JSON.stringify(errors))}::text[]) as o(row_number, state, errors)
    where r.import_id = ${import_id} and r.row_number = o.row_number`.execute(tx)
}
