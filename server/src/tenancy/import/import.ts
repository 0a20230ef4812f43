// Imports of people as both databases keep them: control those of super-admins, an organisation its own. A file is read into
// rows, every cell is judged and may be mended in place, and only then the import is started; a job does the rest
// (`platform-import.ts`, `own-import.ts`).

import { createHash } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { EntryDraft } from '../../audit/append.ts'
import type { ControlTx, OrganisationTx } from '../../kernel/database.ts'
import { newId } from '../../kernel/id.ts'
import type { DB as OrganisationTables } from '../../kernel/organisation-tables.ts'
import { badCursor, DEFAULT_PAGE_SIZE, type Page, type PageQuery, pageOf, parseCursor } from '../../kernel/page.ts'
import { notFound } from '../../kernel/problem.ts'
import type { PlatformVault } from '../../keys/platform-vault.ts'
import { importEmpty, importStateRefused } from '../problems.ts'
import { type RowCells, type RowError, ROW_ERRORS } from './row.ts'
import { readUsers, type SheetRow } from './workbook.ts'

type Shared = 'tenancy.import' | 'tenancy.import_row'
/** The tables that both kinds of database have alike. */
export type ImportTx = Kysely<Pick<OrganisationTables, Shared>>
/** A transaction of the control database, narrowed to the tables that both have. */
export const onPlatform = (tx: ControlTx): ImportTx => tx.$pickTables<Shared>()
/** A transaction of an organisation's database, narrowed to the tables that both have. */
export const inOrganisation = (tx: OrganisationTx): ImportTx => tx.$pickTables<Shared>()

/** A row with its password in the open, for the moment in which it is judged. */
export type JudgedRow = RowCells & { readonly password: string }

/** Where an import lives, and by what its rows are judged. */
export type ImportPlace = {
  readonly read: <Result>(work: (tx: ImportTx) => Promise<Result>) => Promise<Result>
  /** The transaction that decides; `note` writes the log entry of the act. */
  readonly decide: <Result>(
    work: (tx: ImportTx, note: (draft: EntryDraft) => Promise<void>) => Promise<Result>,
  ) => Promise<Result>
  readonly judge: (rows: readonly JudgedRow[]) => Promise<readonly (readonly RowError[])[]>
  /** Keeps passwords until they are handed out; null where rows have none. */
  readonly vault: PlatformVault | null
}

export const IMPORT_STATES = ['checked', 'running', 'finished', 'discarded'] as const
export const ROW_STATES = ['valid', 'error', 'claimed', 'created', 'added', 'failed', 'dropped'] as const
export type RowState = (typeof ROW_STATES)[number]

export type Import = {
  readonly id: string
  readonly file_name: string
  readonly state: string
  readonly created_at: Date
  readonly started_at: Date | null
  readonly finished_at: Date | null
  readonly result_taken_at: Date | null
  readonly counts: Readonly<Record<RowState, number>>
}

export const passwordPlace = (import_id: string, row_number: number) => ({
  table: 'tenancy.import_row',
  column: 'sealed_password',
  pk: `${import_id}-${row_number}`,
})

const COLUMNS = ['id', 'file_name', 'state', 'created_at', 'started_at', 'finished_at', 'result_taken_at'] as const

async function withCounts<Row extends { readonly id: string }>(tx: ImportTx, rows: readonly Row[]) {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const found = await tx
    .selectFrom('tenancy.import_row')
    .select(['import_id', 'state'])
    .select((is) => is.fn.countAll<number>().as('count'))
    .where('import_id', 'in', ids)
    .groupBy(['import_id', 'state'])
    .execute()
  const countOf = (id: string, state: RowState) =>
    found.find((each) => each.import_id === id && each.state === state)?.count ?? 0
  return rows.map((row) => ({
    ...row,
    counts: {
      valid: countOf(row.id, 'valid'),
      error: countOf(row.id, 'error'),
      claimed: countOf(row.id, 'claimed'),
      created: countOf(row.id, 'created'),
      added: countOf(row.id, 'added'),
      failed: countOf(row.id, 'failed'),
      dropped: countOf(row.id, 'dropped'),
    },
  }))
}

/** One import with how far it is. Throws `not_found`. */
export async function getImport(tx: ImportTx, import_id: string): Promise<Import> {
  const rows = await tx.selectFrom('tenancy.import').select(COLUMNS).where('id', '=', import_id).execute()
  const [found] = await withCounts(tx, rows)
  if (found === undefined) throw notFound()
  return found
}

/** Imports, newest first. */
export async function listImports(tx: ImportTx, query: PageQuery): Promise<Page<Import>> {
  const cursor = parseCursor(query)
  const rows = await tx
    .selectFrom('tenancy.import')
    .select(COLUMNS)
    .$if(cursor !== null, (some) => some.where('id', '<', cursor))
    .orderBy('id', 'desc')
    .limit((query.limit ?? DEFAULT_PAGE_SIZE) + 1)
    .execute()
  const page = pageOf(rows, query)
  return { ...page, items: await withCounts(tx, page.items) }
}

/** Reads a file, judges its rows, and keeps them for mending. Throws as `readUsers`. */
export async function createImport(
  place: ImportPlace,
  file: Buffer,
  { file_name, created_by }: { readonly file_name: string; readonly created_by: string | null },
): Promise<Import> {
  const rows = await readUsers(file)
  const errors = await place.judge(rows.map(judgedOf))
  const id = newId()
  const sealed = await sealPasswords(place, id, rows)
  return place.decide(async (tx, note) => {
    await tx
      .insertInto('tenancy.import')
      .values({ id, file_name, file_sha256: createHash('sha256').update(file).digest(), created_by })
      .execute()
    const values = rows.map(({ password, ...cells }, index) => ({
      import_id: id,
      ...cells,
      has_password: password !== '',
      sealed_password: sealed.get(cells.row_number) ?? null,
      state: (errors[index]?.length ?? 0) === 0 ? 'valid' : 'error',
      errors: JSON.stringify(errors[index] ?? []),
    }))
    // A statement has at most 65,535 parameters.
    for (let from = 0; from < values.length; from += 1000) {
      await tx
        .insertInto('tenancy.import_row')
        .values(values.slice(from, from + 1000))
        .execute()
    }
    await note({ event: 'import.checked', target: { type: 'import', id }, data: { rows: rows.length } })
    return getImport(tx, id)
  })
}

const judgedOf = ({ password, ...cells }: SheetRow): JudgedRow => ({
  ...cells,
  password,
  has_password: password !== '',
})

async function sealPasswords(
  { vault }: ImportPlace,
  import_id: string,
  rows: readonly { readonly row_number: number; readonly password: string }[],
): Promise<ReadonlyMap<number, Buffer>> {
  const kept = rows.filter(({ password }) => password !== '')
  if (vault === null || kept.length === 0) return new Map()
  const sealed = await vault.seal(
    kept.map(({ row_number, password }) => ({ place: passwordPlace(import_id, row_number), text: password })),
  )
  return new Map(kept.map(({ row_number }, index) => [row_number, sealed[index] ?? Buffer.alloc(0)]))
}

const ROW_COLUMNS = [
  'row_number',
  'org_id',
  'email',
  'display_name',
  'role',
  'has_password',
  'state',
  'errors',
] as const

export type ShownRow = RowCells & {
  readonly state: string
  readonly errors: readonly (RowError & { readonly message: string })[]
}

/** The errors that a row holds as JSON. */
export function readErrors(json: unknown): readonly RowError[] {
  const list: readonly unknown[] = Array.isArray(json) ? json : []
  return list.flatMap((each): RowError[] => {
    const read = (name: string): unknown => (typeof each === 'object' && each !== null ? Reflect.get(each, name) : null)
    const cell = (['org_id', 'email', 'display_name', 'role', 'password'] as const).find(
      (name) => name === read('cell'),
    )
    const code = CODES.find((name) => name === read('code'))
    return cell === undefined || code === undefined ? [] : [{ cell, code }]
  })
}

const CODES = Object.keys(ROW_ERRORS).filter((code): code is keyof typeof ROW_ERRORS => code in ROW_ERRORS)

const shown = <Row extends { readonly errors: unknown }>(row: Row) => ({
  ...row,
  errors: readErrors(row.errors).map((error) => ({ ...error, message: ROW_ERRORS[error.code] })),
})

export type RowQuery = PageQuery & { readonly state?: RowState }

/** The rows of an import in the order of the sheet. Throws `not_found`. */
export async function listImportRows(tx: ImportTx, import_id: string, query: RowQuery): Promise<Page<ShownRow>> {
  await getImport(tx, import_id)
  const { cursor, limit = DEFAULT_PAGE_SIZE, state } = query
  if (cursor !== undefined && !/^\d{1,9}$/.test(cursor)) throw badCursor()
  const rows = await tx
    .selectFrom('tenancy.import_row')
    .select(ROW_COLUMNS)
    .where('import_id', '=', import_id)
    .$if(state !== undefined, (some) => some.where('state', '=', state ?? ''))
    .$if(cursor !== undefined, (some) => some.where('row_number', '>', Number(cursor)))
    .orderBy('row_number')
    .limit(limit + 1)
    .execute()
  const items = rows.slice(0, limit).map(shown)
  const last = items.at(-1)
  return { items, next_cursor: rows.length > limit && last !== undefined ? String(last.row_number) : null }
}

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
    for (const [index, { row_number }] of judged.entries()) {
      const found = errors[index] ?? []
      await tx
        .updateTable('tenancy.import_row')
        .set({ errors: JSON.stringify(found), state: found.length === 0 ? 'valid' : 'error' })
        .where('import_id', '=', import_id)
        .where('row_number', '=', row_number)
        .execute()
    }
  })
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
