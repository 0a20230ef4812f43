import { Document, Packer, Paragraph, Table, TableCell, TableRow } from 'docx'
import Pdf from 'pdfkit'
import { describe, expect, test } from 'vitest'
import writeXlsxFile from 'write-excel-file/node'
import { createArchive } from '../kernel/archive-writer.ts'
import { extractText, READ_LIMITS } from './text.ts'

async function pdf(pages: readonly string[], options: object = {}): Promise<Buffer> {
  const document = new Pdf({ autoFirstPage: false, ...options })
  const parts: Buffer[] = []
  document.on('data', (part: Buffer) => parts.push(part))
  for (const page of pages) document.addPage().text(page)
  const ended = new Promise((resolve) => document.once('end', resolve))
  document.end()
  await ended
  return Buffer.concat(parts)
}

const sheet = async (rows: readonly (readonly (string | number | boolean)[])[]): Promise<Buffer> =>
  await writeXlsxFile([{ data: rows.map((row) => row.map((value) => ({ value }))), sheet: 'Costs' }]).toBuffer()

describe('documents of every format', () => {
  test('a PDF reads page by page', async () => {
    const read = await extractText('pdf', await pdf(['First page', 'Second page']))
    expect(read.pages?.map((page) => page.trim())).toEqual(['First page', 'Second page'])
  })

  test('a Word document reads as lines, the cells of a table apart', async () => {
    const cells = ['a', 'b'].map((text) => new TableCell({ children: [new Paragraph(text)] }))
    const table = new Table({ rows: [new TableRow({ children: cells })] })
    const document = new Document({
      sections: [{ children: [new Paragraph('Title & more'), table, new Paragraph('End')] }],
    })
    const { text } = await extractText('docx', await Packer.toBuffer(document))
    expect(text).toBe('Title & more\na\tb\tEnd')
  })

  test('a workbook reads sheet by sheet, each row a line', async () => {
    const { text } = await extractText(
      'xlsx',
      await sheet([
        ['what', 'amount'],
        ['desk', 12.5],
        ['=1+1', true],
      ]),
    )
    expect(text).toBe('# Costs\nwhat\tamount\ndesk\t12.5\n=1+1\tTRUE')
  })

  test('a date in a workbook reads as the day it is, not as the number that stands for it', async () => {
    const due = { value: new Date('2026-03-31T00:00:00Z'), type: Date, format: 'dd.mm.yyyy' }
    const book = await writeXlsxFile([{ data: [[{ value: 'due' }, due]], sheet: 'Terms' }]).toBuffer()
    expect((await extractText('xlsx', book)).text).toBe('# Terms\ndue\t2026-03-31')
  })

  test('text reads as it is', async () => {
    expect(await extractText('csv', Buffer.from('a,ü\n'))).toEqual({ text: 'a,ü\n', pages: null })
  })
})

describe('documents made to harm', () => {
  test('an archive that inflates too far is given up, whatever sizes it claims', async () => {
    const bomb = await sheet(Array.from({ length: 2000 }, () => ['x'.repeat(1000)]))
    expect(bomb.length).toBeLessThan(200_000)
    const limits = { ...READ_LIMITS, max_inflated_bytes: 100_000 }
    await expect(extractText('xlsx', bomb, limits)).rejects.toMatchObject({
      code: 'file_unreadable',
      params: { reason: 'inflates_too_far' },
    })
  })

  test('a document that keeps its reader busy is stopped, and one that takes too much memory too', async () => {
    const long = await pdf(Array.from({ length: 50 }, () => 'word '.repeat(2000)))
    await expect(extractText('pdf', long, { ...READ_LIMITS, timeout_ms: 1 })).rejects.toMatchObject({
      params: { reason: 'timeout' },
    })
    await expect(extractText('pdf', long, { ...READ_LIMITS, max_heap_megabytes: 4 })).rejects.toMatchObject({
      code: 'file_unreadable',
    })
  })

  test('one with too much text, a picture, rubbish and a protected one are refused with the reason', async () => {
    const text = Buffer.from('x'.repeat(101))
    const cases = [
      ['txt', text, { ...READ_LIMITS, max_characters: 100 }, 'too_much_text'],
      ['png', text, READ_LIMITS, 'no_text'],
      ['pdf', Buffer.from('%PDF-1.7 rubbish'), READ_LIMITS, 'malformed'],
      ['docx', Buffer.from('PK rubbish'), READ_LIMITS, 'malformed'],
      ['pdf', await pdf(['']), READ_LIMITS, 'no_text'],
      ['pdf', await pdf(['secret'], { userPassword: 'x' }), READ_LIMITS, 'encrypted'],
      ['docx', await sheet([['not a document']]), READ_LIMITS, 'malformed'],
    ] as const
    for (const [format, bytes, limits, reason] of cases) {
      await expect(extractText(format, bytes, limits), reason).rejects.toMatchObject({ params: { reason } })
    }
  })

  test('entities that a document defines for itself are not expanded', async () => {
    const laughs = `<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><w:document><w:t>&b;</w:t></w:document>`
    const bytes = createArchive({ 'word/document.xml': laughs })
    await expect(extractText('docx', bytes)).rejects.toMatchObject({ params: { reason: 'malformed' } })
  })
})
