// The cells of a workbook (`.xlsx`, ECMA-376 part 1, section 18) as text, sheet by sheet and row by row. A formula counts
// as the value that was last computed for it; nothing is ever computed here. Dates and times read as ISO 8601 writes them.

import { type Archive, openArchive, Unreadable } from './archive.ts'
import { type Clock, clockOf, momentText } from './workbook-date.ts'

export type WorkbookRow = {
  readonly sheet: string
  /** As the sheet counts, from 1. */
  readonly row: number
  /** From column A on; what is empty or not there is ''. */
  readonly cells: readonly string[]
}

export type WorkbookLimits = { readonly max_inflated_bytes: number; readonly max_characters: number }

const MAX_COLUMNS = 16_384

/**
 * Hands every row that has cells to `take`, in order. Returns the names of
 * the sheets. Throws `Unreadable` for what is no workbook or exceeds the limits.
 */
export async function readWorkbook(
  bytes: Buffer,
  limits: WorkbookLimits,
  take: (row: WorkbookRow) => void,
): Promise<readonly string[]> {
  const archive = await openArchive(bytes, limits.max_inflated_bytes)
  if (!archive.names.includes('xl/workbook.xml')) throw new Unreadable('malformed')
  const shared = await readSharedStrings(archive)
  const clocks = await readClocks(archive)
  const { sheets, is_1904 } = await readContents(archive)
  const room = { left_characters: limits.max_characters }
  const book: Book = { shared, clocks, is_1904 }
  for (const { name, part } of sheets) await readSheet(archive, part, name, book, room, take)
  return sheets.map(({ name }) => name)
}

async function readSharedStrings(archive: Archive): Promise<readonly string[]> {
  const strings: string[] = []
  if (!archive.names.includes('xl/sharedStrings.xml')) return strings
  let parts: string[] = []
  let isText = false
  let isPhonetic = false
  await archive.readXml('xl/sharedStrings.xml', {
    open(name) {
      if (name === 'si') parts = []
      isText = name === 't'
      if (name === 'rPh') isPhonetic = true
    },
    close(name) {
      isText = false
      if (name === 'rPh') isPhonetic = false
      if (name === 'si') strings.push(parts.join(''))
    },
    text(text) {
      if (isText && !isPhonetic) parts.push(text)
    },
  })
  return strings
}

/** What each style of a cell makes of its number, in the order of the styles. */
async function readClocks(archive: Archive): Promise<readonly Clock[]> {
  const clocks: Clock[] = []
  if (!archive.names.includes('xl/styles.xml')) return clocks
  const codes = new Map<number, string>()
  let isOfCells = false
  await archive.readXml('xl/styles.xml', {
    open(name, { numFmtId, formatCode }) {
      if (name === 'numFmt' && formatCode !== undefined) codes.set(Number(numFmtId), formatCode)
      else if (name === 'cellXfs') isOfCells = true
      else if (name === 'xf' && isOfCells) clocks.push(clockOf(Number(numFmtId), codes.get(Number(numFmtId))))
    },
    close(name) {
      if (name === 'cellXfs') isOfCells = false
    },
  })
  return clocks
}

type Contents = {
  /** In their order, with the part of the archive each is kept in. */
  readonly sheets: readonly { readonly name: string; readonly part: string }[]
  /** Whether days are counted from 1904 on. */
  readonly is_1904: boolean
}

async function readContents(archive: Archive): Promise<Contents> {
  const parts = new Map<string, string>()
  await archive.readXml('xl/_rels/workbook.xml.rels', {
    open(_name, { Id, Target }) {
      if (Id !== undefined && Target !== undefined) parts.set(Id, Target)
    },
  })
  const sheets: { name: string; part: string }[] = []
  let is_1904 = false
  await archive.readXml('xl/workbook.xml', {
    open(tag, attributes) {
      if (tag === 'workbookPr') is_1904 = ['1', 'true'].includes(attributes['date1904'] ?? '')
      if (tag !== 'sheet') return
      const target = parts.get(attributes['r:id'] ?? '')
      if (target === undefined) throw new Unreadable('malformed')
      const part = target.startsWith('/') ? target.slice(1) : `xl/${target}`
      sheets.push({ name: attributes['name'] ?? '', part })
    },
  })
  return { sheets, is_1904 }
}

/** What the cells of all sheets refer to. */
type Book = { readonly shared: readonly string[]; readonly clocks: readonly Clock[]; readonly is_1904: boolean }

async function readSheet(
  archive: Archive,
  part: string,
  sheet: string,
  { shared, clocks, is_1904 }: Book,
  room: { left_characters: number },
  take: (row: WorkbookRow) => void,
): Promise<void> {
  let row = 0
  let cells: string[] = []
  let column = 0
  let type = ''
  let clock: Clock = null
  let value = ''
  let isValue = false
  const endCell = () => {
    const text = type === 's' ? (shared[Number(value)] ?? '') : type === 'n' ? momentText(value, clock, is_1904) : value
    room.left_characters -= text.length
    if (room.left_characters < 0) throw new Unreadable('too_much_text')
    while (cells.length < column) cells.push('')
    cells[column] = type === 'b' ? (text === '1' ? 'TRUE' : 'FALSE') : text
    column += 1
  }
  await archive.readXml(part, {
    open(name, { r, s, t }) {
      if (name === 'row') {
        row = r === undefined ? row + 1 : Number(r)
        cells = []
        column = 0
      } else if (name === 'c') {
        column = r === undefined ? column : columnOf(r)
        type = t ?? 'n'
        clock = clocks[Number(s)] ?? null
        value = ''
      } else isValue = name === 'v' || name === 't'
    },
    close(name) {
      isValue = false
      if (name === 'c') endCell()
      else if (name === 'row' && cells.length > 0) take({ sheet, row, cells })
    },
    text(text) {
      if (isValue) value += text
    },
  })
}

/** Column B of `B7` is 1. */
function columnOf(reference: string): number {
  let column = 0
  for (const letter of /^[A-Z]+/.exec(reference)?.[0] ?? '') column = column * 26 + letter.charCodeAt(0) - 64
  if (column === 0 || column > MAX_COLUMNS) throw new Unreadable('malformed')
  return column - 1
}
