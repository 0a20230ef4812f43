// Imports of people as both databases keep them: control those of super-admins, an organisation its own. A file is read into
// rows, every cell is judged and may be mended in place, and only then the import is started; a job does the rest
// (`platform-run.ts`, `own-import.ts`).

import { createHash } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { EntryDraft } from '../../audit/append.ts'
import type { ControlTx, OrganisationTx } from '../../kernel/database.ts'
import { newId } from '../../kernel/id.ts'
import type { DB as OrganisationTables } from '../../kernel/organisation-tables.ts'
import { badCursor, DEFAULT_PAGE_SIZE, type Page, type PageQuery, pageOf, parseCursor } from '../../kernel/page.ts'
import { notFound } from '../../kernel/problem.ts'
import type { PlatformVault } from '../../keys/platform-vault.ts'
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

/** Seals the passwords that a file gives; none where rows have none. */
export async function sealPasswords(
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

/** What is read of a row to show it. */
export const ROW_COLUMNS = [
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

/** A row with what its errors say. */
export const shown = <Row extends { readonly errors: unknown }>(row: Row) => ({
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
