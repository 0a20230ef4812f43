// Workbooks that are given out: the template to fill in, and what became of an import. Every cell is text, so nothing that
// somebody typed is ever calculated by the program that opens it.

import writeXlsxFile from 'write-excel-file/node'

/** A text that must come out as it is stands in its cell unguarded: a cell of text is never calculated. */
type Cell = string | number | { readonly exact: string }
type Sheet = { readonly name: string; readonly widths: readonly number[]; readonly rows: readonly (readonly Cell[])[] }

/** A text that a spreadsheet program, also after a copy into CSV, takes for nothing but text. */
const guarded = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text)

async function write(sheets: readonly Sheet[]): Promise<Buffer> {
  return writeXlsxFile(
    sheets.map(({ name, widths, rows }) => ({
      sheet: name,
      stickyRowsCount: 1,
      columns: widths.map((width) => ({ width })),
      data: rows.map((row, index) =>
        row.map((cell) => {
          if (typeof cell === 'number') return { value: cell, type: Number }
          const value = typeof cell === 'string' ? guarded(cell) : cell.exact
          return { value, type: String, ...(index === 0 && { fontWeight: 'bold' as const }) }
        }),
      ),
    })),
  ).toBuffer()
}

export type Workspace = { readonly id: string; readonly name: string }

/** The template: *Users* to fill in, *Workspaces* to copy ids from. */
export async function writeTemplate(columns: readonly string[], workspaces: readonly Workspace[]): Promise<Buffer> {
  return write([
    { name: 'Users', widths: columns.map((name) => (name === 'org_id' ? 40 : 28)), rows: [columns] },
    {
      name: 'Workspaces',
      widths: [40, 40],
      rows: [['org_id', 'name'], ...workspaces.map(({ id, name }) => [id, name])],
    },
  ])
}

export type ResultRow = {
  readonly row_number: number
  readonly org_id: string
  readonly email: string
  readonly display_name: string
  readonly role: string
  readonly password: string | null
  readonly reason: string
}

const errorsSheet = (rows: readonly ResultRow[]): Sheet => ({
  name: 'Errors',
  widths: [8, 40, 36, 60],
  rows: [
    ['row', 'org_id', 'email', 'reason'],
    ...rows.map(({ row_number, org_id, email, reason }) => [row_number, org_id, email, reason]),
  ],
})

const personOf = ({ org_id, email, display_name, role }: ResultRow): readonly Cell[] => [
  org_id,
  email,
  display_name,
  role,
]

/** The result of a super-admin's import: *Created* with one-time passwords, *Added (existing)*, *Errors*. */
export async function writePlatformResult(result: {
  readonly created: readonly ResultRow[]
  readonly added: readonly ResultRow[]
  readonly errors: readonly ResultRow[]
}): Promise<Buffer> {
  const person = ['org_id', 'email', 'display_name', 'role']
  const widths = [40, 36, 28, 12]
  return write([
    {
      name: 'Created',
      widths: [...widths, 32],
      rows: [
        [...person, 'password'],
        ...result.created.map((row) => [...personOf(row), { exact: row.password ?? '' }]),
      ],
    },
    { name: 'Added (existing)', widths, rows: [person, ...result.added.map(personOf)] },
    errorsSheet(result.errors),
  ])
}

/** The result of an organisation's own import: *Invited* and *Errors*. */
export async function writeOwnResult(result: {
  readonly invited: readonly ResultRow[]
  readonly errors: readonly ResultRow[]
}): Promise<Buffer> {
  return write([
    {
      name: 'Invited',
      widths: [36, 28, 12],
      rows: [
        ['email', 'display_name', 'role'],
        ...result.invited.map(({ email, display_name, role }) => [email, display_name, role]),
      ],
    },
    errorsSheet(result.errors),
  ])
}
