// The cells of a workbook (`.xlsx`, ECMA-376 part 1, section 18) as text, sheet by sheet and row by row. A formula counts
// as the value that was last computed for it; nothing is ever computed here.

import { type Archive, openArchive, Unreadable } from './archive.ts'

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
  const sheets = await listSheets(archive)
  const room = { left_characters: limits.max_characters }
  for (const { name, part } of sheets) await readSheet(archive, part, name, shared, room, take)
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

/** The sheets in their order, with the part of the archive each is kept in. */
async function listSheets(archive: Archive): Promise<readonly { readonly name: string; readonly part: string }[]> {
  const parts = new Map<string, string>()
  await archive.readXml('xl/_rels/workbook.xml.rels', {
    open(_name, { Id, Target }) {
      if (Id !== undefined && Target !== undefined) parts.set(Id, Target)
    },
  })
  const sheets: { name: string; part: string }[] = []
  await archive.readXml('xl/workbook.xml', {
    open(tag, attributes) {
      if (tag !== 'sheet') return
      const target = parts.get(attributes['r:id'] ?? '')
      if (target === undefined) throw new Unreadable('malformed')
      const part = target.startsWith('/') ? target.slice(1) : `xl/${target}`
      sheets.push({ name: attributes['name'] ?? '', part })
    },
  })
  return sheets
}

async function readSheet(
  archive: Archive,
  part: string,
  sheet: string,
  shared: readonly string[],
  room: { left_characters: number },
  take: (row: WorkbookRow) => void,
): Promise<void> {
  let row = 0
  let cells: string[] = []
  let column = 0
  let type = ''
  let value = ''
  let isValue = false
  const endCell = () => {
    const text = type === 's' ? (shared[Number(value)] ?? '') : value
    room.left_characters -= text.length
    if (room.left_characters < 0) throw new Unreadable('too_much_text')
    while (cells.length < column) cells.push('')
    cells[column] = type === 'b' ? (text === '1' ? 'TRUE' : 'FALSE') : text
    column += 1
  }
  await archive.readXml(part, {
    open(name, { r, t }) {
      if (name === 'row') {
        row = r === undefined ? row + 1 : Number(r)
        cells = []
        column = 0
      } else if (name === 'c') {
        column = r === undefined ? column : columnOf(r)
        type = t ?? ''
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
