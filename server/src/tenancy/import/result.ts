// What became of an import, as the workbook that is handed out.

import type { EntryDraft } from '../../audit/append.ts'
import { sql } from 'kysely'
import type { ControlDatabase, ControlTx, OrganisationDatabase } from '../../kernel/database.ts'
import { appendPlatformEntry, type Origin } from '../../audit/append.ts'
import { notFound } from '../../kernel/problem.ts'
import type { PlatformVault } from '../../keys/platform-vault.ts'
import { importStateRefused } from '../problems.ts'
import { type ImportTx, inOrganisation, onPlatform, passwordPlace, readErrors } from './import.ts'
import { type ResultRow, writeOwnResult, writePlatformResult } from './result-workbook.ts'
import { reasonOf, roleOf } from './row.ts'

const COLUMNS = ['row_number', 'org_id', 'email', 'display_name', 'role', 'state', 'errors', 'sealed_password'] as const

async function readFinished(tx: ImportTx, import_id: string) {
  const found = await tx
    .selectFrom('tenancy.import')
    .select('state')
    .where('id', '=', import_id)
    .forUpdate()
    .executeTakeFirst()
  if (found === undefined) throw notFound()
  if (found.state !== 'finished') throw importStateRefused({ state: found.state })
  return tx
    .selectFrom('tenancy.import_row')
    .select(COLUMNS)
    .where('import_id', '=', import_id)
    .orderBy('row_number')
    .execute()
}

type Finished = Awaited<ReturnType<typeof readFinished>>[number]

const resultOf = (row: Finished, password: string | null): ResultRow => ({
  row_number: row.row_number,
  org_id: row.org_id,
  email: row.email,
  display_name: row.display_name,
  role: roleOf(row) ?? row.role,
  password,
  reason: reasonOf(readErrors(row.errors)),
})

const pick = (rows: readonly Finished[], states: readonly string[]): readonly ResultRow[] =>
  rows.filter(({ state }) => states.includes(state)).map((row) => resultOf(row, null))

/**
 * The result of a super-admin's import. One-time passwords stand in the first one that is taken and are wiped with it; later
 * ones have none. Throws `not_found`, `import_state_refused` while it is not finished.
 */
export async function takePlatformResult(
  control: ControlDatabase,
  vault: PlatformVault,
  origin: Origin,
  import_id: string,
): Promise<Buffer> {
  const rows = await control.transaction(async (tx) => {
    const found = await readFinished(onPlatform(tx), import_id)
    await tx
      .updateTable('tenancy.import_row')
      .set({ sealed_password: null })
      .where('import_id', '=', import_id)
      .execute()
    await tx
      .updateTable('tenancy.import')
      .set({ result_taken_at: sql<Date>`coalesce(result_taken_at, now())` })
      .where('id', '=', import_id)
      .execute()
    const passwords = found.filter(
      ({ state, sealed_password }) => state === 'created' && sealed_password !== null,
    ).length
    const entry: EntryDraft = {
      event: 'import.result_taken',
      target: { type: 'import', id: import_id },
      data: { passwords },
    }
    await appendPlatformEntry(tx, origin, entry)
    return found
  })
  const created: ResultRow[] = []
  for (const row of rows.filter(({ state }) => state === 'created')) {
    const { sealed_password } = row
    const at = passwordPlace(import_id, row.row_number)
    created.push(resultOf(row, sealed_password === null ? null : await vault.open(at, sealed_password)))
  }
  return writePlatformResult({ created, added: pick(rows, ['added']), errors: pick(rows, ['error', 'failed']) })
}

/** The result of an organisation's own import. Throws as `takePlatformResult`. */
export async function getOwnResult(organisation: OrganisationDatabase, import_id: string): Promise<Buffer> {
  const rows = await organisation.transaction((tx) => readFinished(inOrganisation(tx), import_id))
  return writeOwnResult({ invited: pick(rows, ['created']), errors: pick(rows, ['error', 'failed']) })
}

const DRAFT_DAYS = 7
const PASSWORD_DAYS = 30

/** Removes imports that were never started, and wipes one-time passwords that nobody took. */
export async function forgetOldImports(tx: ControlTx): Promise<void> {
  await tx
    .deleteFrom('tenancy.import')
    .where('state', '=', 'checked')
    .where('created_at', '<', sql<Date>`now() - make_interval(days => ${DRAFT_DAYS})`)
    .execute()
  await sql`
    update tenancy.import_row set sealed_password = null
    where sealed_password is not null and import_id in (
      select id from tenancy.import where finished_at < now() - make_interval(days => ${PASSWORD_DAYS}))`.execute(tx)
}
