// Rows that were pasted from a spreadsheet or stand in a text file, and which of their columns is what.

import type { Cell } from './desk.ts'

const QUOTE = '"'
const DIVIDERS = ['\t', ';', ','] as const

/** The divider that the first line has most of; a line without any has one column. */
function dividerOf(text: string): string {
  const [line = ''] = text.split('\n', 1)
  const counts = DIVIDERS.map((divider) => line.split(divider).length)
  return DIVIDERS[counts.indexOf(Math.max(...counts))] ?? ','
}

/** The cells of a text, quoted as in RFC 4180; lines without any text are left out. */
export function parseTable(text: string): readonly (readonly string[])[] {
  const clean = text.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n')
  const divider = dividerOf(clean)
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let isQuoted = false
  const endCell = () => {
    row.push(cell.trim())
    cell = ''
  }
  const endRow = () => {
    endCell()
    if (row.some((each) => each !== '')) rows.push(row)
    row = []
  }
  for (let at = 0; at < clean.length; at += 1) {
    const sign = clean.charAt(at)
    if (isQuoted) {
      if (sign !== QUOTE) cell += sign
      else if (clean.charAt(at + 1) === QUOTE) cell += clean.charAt((at += 1))
      else isQuoted = false
    } else if (sign === QUOTE && cell.trim() === '') {
      isQuoted = true
      cell = ''
    } else if (sign === divider) endCell()
    else if (sign === '\n') endRow()
    else cell += sign
  }
  endRow()
  return rows
}

/** Which column of a table holds each cell; null where none does. */
export type Mapping = Readonly<Record<Cell, number | null>>

const CALLED: Readonly<Record<Cell, RegExp>> = {
  org_id: /org|mandant|firma/i,
  email: /mail/i,
  display_name: /name/i,
  role: /rol/i,
  password: /pass|kennwort/i,
}
const CELLS = ['org_id', 'email', 'display_name', 'role', 'password'] as const

/** Whether the first line names the columns: no address stands in it. */
export const hasHead = (rows: readonly (readonly string[])[]): boolean =>
  rows[0]?.every((cell) => !cell.includes('@')) === true

/** A guess by the names of the columns, or by what stands in them; the person who imports sees it and can change it. */
export function guessMapping(rows: readonly (readonly string[])[]): Mapping {
  const [head = []] = rows
  if (hasHead(rows)) {
    const find = (cell: Cell) => {
      const at = head.findIndex((name) => CALLED[cell].test(name))
      return at === -1 ? null : at
    }
    return {
      org_id: find('org_id'),
      email: find('email'),
      display_name: find('display_name'),
      role: find('role'),
      password: find('password'),
    }
  }
  const email = head.findIndex((cell) => cell.includes('@'))
  const other = head.findIndex((_cell, at) => at !== email)
  return {
    org_id: null,
    email: email === -1 ? null : email,
    display_name: other === -1 ? null : other,
    role: null,
    password: null,
  }
}

/** The rows as the workbook of the template has them. `org_id` fills in for a column that is not there. */
export function sheetOf(
  rows: readonly (readonly string[])[],
  mapping: Mapping,
  org_id: string | null,
): readonly (readonly string[])[] {
  const body = hasHead(rows) ? rows.slice(1) : rows
  const cellOf = (row: readonly string[], cell: Cell) => {
    const at = mapping[cell]
    return at === null ? (cell === 'org_id' ? (org_id ?? '') : '') : (row[at] ?? '')
  }
  return body.map((row) => CELLS.map((cell) => cellOf(row, cell)))
}

/** A workbook with the sheet *Users*, made in this browser. Fetches what writes it when it is needed. */
export async function workbookOf(sheet: readonly (readonly string[])[], columns: readonly Cell[]): Promise<Blob> {
  const { default: writeXlsxFile } = await import('write-excel-file/browser')
  const shown = CELLS.flatMap((cell, at) => (columns.includes(cell) ? [at] : []))
  const text = (value: string) => ({ value, type: String })
  const data = [columns.map(text), ...sheet.map((row) => shown.map((at) => text(row[at] ?? '')))]
  return writeXlsxFile([{ sheet: 'Users', data }]).toBlob()
}
