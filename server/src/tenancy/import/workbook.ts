// Reading an `.xlsx` of people without trusting anything it says of itself: entry by entry, tag by tag, every size counted
// while it is inflated. A workbook is a zip of XML; only the few parts that hold the sheet *Users* are opened.

import type { Readable } from 'node:stream'
import { SaxesParser } from 'saxes'
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl'
import { Problem } from '../../kernel/problem.ts'
import { importTooLarge, workbookRefused } from '../problems.ts'

export const MAX_FILE_BYTES = 10 * 1024 * 1024
const MAX_ROWS = 10_000
const MAX_ENTRIES = 200
/** Of all parts that are read, inflated. */
const MAX_INFLATED_BYTES = 100 * 1024 * 1024
const MAX_SHARED_CHARACTERS = 16 * 1024 * 1024
const MAX_CELL_CHARACTERS = 1000
const MAX_COLUMNS = 50

export const COLUMNS = ['org_id', 'email', 'display_name', 'role', 'password'] as const
export type Column = (typeof COLUMNS)[number]

/** A row as it was typed; `row_number` is the sheet's own. */
export type SheetRow = { readonly row_number: number } & Readonly<Record<Column, string>>

const refuse = (reason: string, detail: string, params: Readonly<Record<string, string | readonly string[]>> = {}) =>
  workbookRefused({ reason, ...params }, { detail })

const notAWorkbook = (cause?: unknown): Problem =>
  workbookRefused({ reason: 'no_workbook' }, { detail: 'This file is no .xlsx workbook, or it is damaged.', cause })

const tooLarge = (): Problem =>
  refuse('too_large', 'Unpacked, this workbook is larger than 100 MB, or has too many parts.')

type Package = {
  readonly zip: ZipFile
  readonly entries: ReadonlyMap<string, Entry>
  readonly budget: { left: number }
}

async function openPackage(file: Buffer): Promise<Package> {
  const zip = await fromBufferPromise(file, { lazyEntries: true, validateEntrySizes: true }).catch((error: unknown) => {
    throw notAWorkbook(error)
  })
  if (zip.entryCount > MAX_ENTRIES) throw tooLarge()
  const entries = new Map<string, Entry>()
  try {
    for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry)
  } catch (error) {
    throw notAWorkbook(error)
  }
  return { zip, entries, budget: { left: MAX_INFLATED_BYTES } }
}

type Handlers = {
  readonly open: (name: string, attributes: Readonly<Record<string, string>>) => void
  readonly text?: (text: string) => void
  readonly close?: (name: string) => void
}

/** The name of a tag or attribute without its prefix: some programs write `x:row`. */
const plain = (name: string): string => name.slice(name.indexOf(':') + 1)

/** Reads one part tag by tag. What is thrown inside ends the reading at once. */
async function readPart(workbook: Package, name: string, handlers: Handlers): Promise<void> {
  const { zip, entries, budget } = workbook
  const entry = entries.get(name)
  if (entry === undefined) throw notAWorkbook()
  if (entry.uncompressedSize > budget.left) throw tooLarge()
  const parser = new SaxesParser()
  parser.on('doctype', () => {
    throw notAWorkbook()
  })
  parser.on('error', (error) => {
    throw notAWorkbook(error)
  })
  parser.on('opentag', ({ name: tag, attributes }) => handlers.open(plain(tag), attributes))
  if (handlers.text) parser.on('text', handlers.text)
  if (handlers.close) parser.on('closetag', ({ name: tag }) => handlers.close?.(plain(tag)))
  const stream: Readable = await zip.openReadStreamPromise(entry).catch((error: unknown) => {
    throw notAWorkbook(error)
  })
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for await (const chunk of stream) {
      const bytes: unknown = chunk
      if (!Buffer.isBuffer(bytes)) throw notAWorkbook()
      budget.left -= bytes.length
      if (budget.left < 0) throw tooLarge()
      parser.write(decoder.decode(bytes, { stream: true }))
    }
    parser.write(decoder.decode()).close()
  } catch (error) {
    throw error instanceof Problem ? error : notAWorkbook(error)
  } finally {
    stream.destroy()
  }
}

const attributeOf = (attributes: Readonly<Record<string, string>>, wanted: string): string | undefined =>
  Object.entries(attributes).find(([name]) => plain(name) === wanted)?.[1]

/** The path of the sheet of this name, in lower case. */
async function findSheet(workbook: Package, sheet: string): Promise<string> {
  const sheets = new Map<string, string>()
  await readPart(workbook, 'xl/workbook.xml', {
    open(name, attributes) {
      if (name !== 'sheet') return
      sheets.set((attributes['name'] ?? '').trim().toLowerCase(), attributeOf(attributes, 'id') ?? '')
    },
  })
  const id = sheets.get(sheet)
  if (id === undefined) {
    const names = [...sheets.keys()].slice(0, 10)
    throw refuse('sheet_missing', 'There is no sheet called Users. Start from the template.', { sheets: names })
  }
  const targets = new Map<string, string>()
  await readPart(workbook, 'xl/_rels/workbook.xml.rels', {
    open(name, { Id = '', Target = '' }) {
      if (name === 'Relationship') targets.set(Id, Target)
    },
  })
  const target = targets.get(id) ?? ''
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`
}

/** The texts that cells refer to by number. */
async function readSharedTexts(workbook: Package): Promise<readonly string[]> {
  const name = 'xl/sharedStrings.xml'
  if (!workbook.entries.has(name)) return []
  const texts: string[] = []
  let characters = 0
  let current = ''
  let isText = false
  let isPhonetic = false
  await readPart(workbook, name, {
    open(tag) {
      if (tag === 'si') current = ''
      isPhonetic ||= tag === 'rPh'
      isText = tag === 't' && !isPhonetic
    },
    text(text) {
      if (!isText) return
      current += text.slice(0, MAX_CELL_CHARACTERS + 1 - current.length)
      characters += text.length
      if (characters > MAX_SHARED_CHARACTERS) throw tooLarge()
    },
    close(tag) {
      if (tag === 't') isText = false
      if (tag === 'rPh') isPhonetic = false
      if (tag === 'si') texts.push(current)
    },
  })
  return texts
}

/** The column of a reference such as `BC7`, counted from 0. */
function columnOf(reference: string): number {
  const [letters = ''] = /^[A-Z]{1,3}/.exec(reference) ?? []
  return Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
}

type Cells = Map<number, string>

/**
 * Calls `take` for each row of a sheet with its cells as text: of a formula the value that was kept with it, otherwise the
 * formula itself. Refuses merged cells: nobody can say which row they belong to.
 */
async function readSheet(
  workbook: Package,
  path: string,
  shared: readonly string[],
  take: (row_number: number, cells: Cells) => void,
): Promise<void> {
  let row_number = 0
  let cells: Cells = new Map()
  let cell = { column: -1, type: '', value: '', formula: '' }
  let into: 'value' | 'formula' | null = null
  await readPart(workbook, path, {
    open(tag, attributes) {
      if (tag === 'row') {
        row_number = Number(attributes['r'] ?? row_number + 1)
        cells = new Map()
      } else if (tag === 'c') {
        const column = attributes['r'] === undefined ? cell.column + 1 : columnOf(attributes['r'])
        cell = { column, type: attributes['t'] ?? '', value: '', formula: '' }
      } else if (tag === 'v' || tag === 't') into = 'value'
      else if (tag === 'f') into = 'formula'
      else if (tag === 'mergeCell') {
        throw refuse('merged_cells', 'The sheet Users has merged cells. Separate them.', {
          ref: attributes['ref'] ?? '',
        })
      }
    },
    text(text) {
      if (into !== null) cell[into] += text.slice(0, MAX_CELL_CHARACTERS + 1 - cell[into].length)
    },
    close(tag) {
      if (tag === 'v' || tag === 't' || tag === 'f') into = null
      else if (tag === 'c' && cell.column >= 0 && cell.column < MAX_COLUMNS)
        cells.set(cell.column, textOf(cell, shared))
      else if (tag === 'row') take(row_number, cells)
    },
  })
}

function textOf(
  { type, value, formula }: { readonly type: string; readonly value: string; readonly formula: string },
  shared: readonly string[],
): string {
  if (type === 's') return shared[Number(value)] ?? ''
  return value === '' && formula !== '' ? `=${formula}` : value
}

/** Which column of the sheet holds what; the first row that is not empty names them. */
function readHeader(cells: Cells, required: readonly Column[]): ReadonlyMap<Column, number> {
  const named = new Map([...cells].map(([column, text]) => [text.trim().toLowerCase(), column]))
  const found = new Map(COLUMNS.flatMap((name) => (named.has(name) ? [[name, named.get(name) ?? 0] as const] : [])))
  const missing = required.filter((name) => !found.has(name))
  if (missing.length > 0) {
    throw refuse(
      'columns_missing',
      `The first row of the sheet Users must name the columns ${missing.join(' and ')}.`,
      {
        missing,
      },
    )
  }
  return found
}

/**
 * The rows of the sheet *Users* (tests read other sheets with it as well). Refuses with `workbook_refused` (`params.reason`: no_workbook, too_large, sheet_missing,
 * columns_missing, merged_cells, no_rows) and `import_too_large` for more than 10,000 rows; time and memory are bounded
 * whatever the file says.
 */
export async function readUsers(
  file: Buffer,
  sheet = 'users',
  required: readonly Column[] = ['org_id', 'email'],
): Promise<readonly SheetRow[]> {
  const workbook = await openPackage(file)
  const path = await findSheet(workbook, sheet)
  const shared = await readSharedTexts(workbook)
  const rows: SheetRow[] = []
  let header: ReadonlyMap<Column, number> | null = null
  await readSheet(workbook, path, shared, (row_number, cells) => {
    if ([...cells.values()].every((text) => text.trim() === '')) return
    if (header === null) {
      header = readHeader(cells, required)
      return
    }
    const columns = header
    const cellOf = (name: Column): string => {
      const column = columns.get(name)
      const text = column === undefined ? '' : (cells.get(column) ?? '')
      // What the database cannot store is no part of a name or an address.
      const clean = text.replaceAll('\0', '').toWellFormed()
      return name === 'password' ? clean : clean.trim()
    }
    const row = {
      row_number,
      org_id: cellOf('org_id'),
      email: cellOf('email'),
      display_name: cellOf('display_name'),
      role: cellOf('role'),
      password: cellOf('password'),
    }
    if (COLUMNS.every((name) => row[name] === '')) return
    if (rows.length >= MAX_ROWS) throw importTooLarge({ max_rows: MAX_ROWS })
    rows.push(row)
  })
  if (rows.length === 0) throw refuse('no_rows', 'The sheet Users has no rows of people.')
  return rows
}
