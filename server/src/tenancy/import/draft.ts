// An import before its start: rows are mended in place and judged again, left out, and then it is started or given up.

import { sql } from 'kysely'
import { notFound } from '../../kernel/problem.ts'
import { importEmpty, importStateRefused } from '../problems.ts'
import {
  getImport,
  type Import,
  type ImportPlace,
  type ImportTx,
  type JudgedRow,
  passwordPlace,
  ROW_COLUMNS,
  sealPasswords,
  type ShownRow,
  shown,
} from './import.ts'
import type { RowCells, RowError } from './row.ts'

/** Locks an import that is still being mended. Throws `not_found`, `import_state_refused`. */
async function lockChecked(tx: ImportTx, import_id: string): Promise<void> {
  const found = await tx
    .selectFrom('tenancy.import')
    .select('state')
    .where('id', '=', import_id)
    .forUpdate()
    .executeTakeFirst()
  if (found === undefined) throw notFound()
  if (found.state !== 'checked') throw importStateRefused({ state: found.state })
}

export type RowChange = Partial<Pick<RowCells, 'org_id' | 'email' | 'display_name' | 'role'>> & {
  /** Empty: one is made. */
  readonly password?: string
}

/**
 * Mends a row and judges it again, and with it the rows that said or now say the same. Throws `not_found`,
 * `import_state_refused`.
 */
export async function changeImportRow(
  place: ImportPlace,
  import_id: string,
  row_number: number,
  { password, ...cells }: RowChange,
): Promise<ShownRow> {
  const sealed = password === undefined ? null : await sealPasswords(place, import_id, [{ row_number, password }])
  const before = await place.decide(async (tx) => {
    await lockChecked(tx, import_id)
    const row = await getRow(tx, import_id, row_number)
    await tx
      .updateTable('tenancy.import_row')
      .set({
        ...cells,
        ...(sealed !== null && {
          has_password: password !== '',
          sealed_password: sealed.get(row_number) ?? null,
        }),
      })
      .where('import_id', '=', import_id)
      .where('row_number', '=', row_number)
      .execute()
    return row
  })
  await judgeAgain(place, import_id, [row_number], [before.email, cells.email ?? before.email])
  return place.read(async (tx) => shown(await getRow(tx, import_id, row_number)))
}

/** Leaves a row out of the import. Throws `not_found`, `import_state_refused`. */
export async function dropImportRow(place: ImportPlace, import_id: string, row_number: number): Promise<void> {
  const { email } = await place.decide(async (tx) => {
    await lockChecked(tx, import_id)
    const row = await getRow(tx, import_id, row_number)
    await tx
      .updateTable('tenancy.import_row')
      .set({ state: 'dropped', errors: JSON.stringify([]), sealed_password: null, has_password: false })
      .where('import_id', '=', import_id)
      .where('row_number', '=', row_number)
      .execute()
    return row
  })
  await judgeAgain(place, import_id, [], [email])
}

async function getRow(tx: ImportTx, import_id: string, row_number: number) {
  const row = await tx
    .selectFrom('tenancy.import_row')
    .select(ROW_COLUMNS)
    .where('import_id', '=', import_id)
    .where('row_number', '=', row_number)
    .executeTakeFirst()
  if (row === undefined) throw notFound()
  return row
}

async function judgeAgain(
  place: ImportPlace,
  import_id: string,
  row_numbers: readonly number[],
  emails: readonly string[],
): Promise<void> {
  const rows = await place.read((tx) =>
    tx
      .selectFrom('tenancy.import_row')
      .select([...ROW_COLUMNS, 'sealed_password'])
      .where('import_id', '=', import_id)
      .where('state', 'in', ['valid', 'error'])
      .where((is) =>
        is.or([
          is(
            sql<string>`lower(email)`,
            'in',
            emails.map((email) => email.toLowerCase()),
          ),
          ...(row_numbers.length > 0 ? [is('row_number', 'in', [...row_numbers])] : []),
        ]),
      )
      .orderBy('row_number')
      .execute(),
  )
  const judged: JudgedRow[] = []
  for (const { sealed_password, state: _, errors: __, ...cells } of rows) {
    const at = passwordPlace(import_id, cells.row_number)
    const password = sealed_password === null || place.vault === null ? '' : await place.vault.open(at, sealed_password)
    judged.push({ ...cells, password })
  }
  const errors = await place.judge(judged)
  await place.read(async (tx) => {
    await lockChecked(tx, import_id)
    for (const [index, row] of rows.entries()) await writeJudgement(tx, import_id, row, errors[index] ?? [])
  })
}

/** Of a row that was changed meanwhile nothing is written: whoever changed it judges it. */
async function writeJudgement(
  tx: ImportTx,
  import_id: string,
  judged: Omit<RowCells, 'has_password'> & { readonly sealed_password: Buffer | null },
  errors: readonly RowError[],
): Promise<void> {
  const { row_number, org_id, email, display_name, role, sealed_password } = judged
  await tx
    .updateTable('tenancy.import_row')
    .set({ errors: JSON.stringify(errors), state: errors.length === 0 ? 'valid' : 'error' })
    .where('import_id', '=', import_id)
    .where('row_number', '=', row_number)
    .where('state', 'in', ['valid', 'error'])
    .where(
      sql<boolean>`(org_id, email, display_name, role, sealed_password)
        is not distinct from (${org_id}, ${email}, ${display_name}, ${role}, ${sealed_password}::bytea)`,
    )
    .execute()
}

/**
 * Starts an import: the rows without errors; the others stay in *Errors*. Throws `not_found`, `import_state_refused`,
 * `import_empty`.
 */
export async function startImport(place: ImportPlace, import_id: string): Promise<Import> {
  return place.decide(async (tx, note) => {
    await lockChecked(tx, import_id)
    const { counts } = await getImport(tx, import_id)
    if (counts.valid === 0) throw importEmpty()
    await tx
      .updateTable('tenancy.import')
      .set({ state: 'running', started_at: sql<Date>`now()` })
      .where('id', '=', import_id)
      .execute()
    const data = { valid: counts.valid, errors: counts.error }
    await note({ event: 'import.started', target: { type: 'import', id: import_id }, data })
    return getImport(tx, import_id)
  })
}

/** Gives up an import before its start, with everything that was read. Throws `not_found`, `import_state_refused`. */
export async function discardImport(place: ImportPlace, import_id: string): Promise<void> {
  await place.decide(async (tx, note) => {
    await lockChecked(tx, import_id)
    await tx.updateTable('tenancy.import').set({ state: 'discarded' }).where('id', '=', import_id).execute()
    await tx.deleteFrom('tenancy.import_row').where('import_id', '=', import_id).execute()
    await note({ event: 'import.discarded', target: { type: 'import', id: import_id } })
    return {}
  })
}
