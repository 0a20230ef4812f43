import fc from 'fast-check'
import { expect, test } from 'vitest'
import { guessMapping, parseTable, sheetOf } from '../src/pages/imports/table-text.ts'

const ORG = '01a202ac-d2ef-7391-ae40-6bf93c63435d'

test('rows are read alike whether they come from a spreadsheet, a German or an English text file', () => {
  const rows = [
    ['email', 'name'],
    ['ana@example.com', 'Ana Lima'],
  ]
  for (const divider of ['\t', ';', ',']) {
    const text = rows.map((row) => row.join(divider)).join('\r\n')
    expect(parseTable(`\uFEFF${text}\r\n\r\n`)).toEqual(rows)
  }
})

test('a quoted cell keeps dividers, quotes and line breaks', () => {
  const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`
  const cell = fc.string().map((text) => text.replaceAll('\r', '').trim())
  const table = fc.array(fc.tuple(cell, cell, fc.constant('x@example.com')), { minLength: 1, maxLength: 20 })
  fc.assert(
    fc.property(table, (rows) => {
      const text = rows.map((row) => row.map(quoted).join(',')).join('\n')
      // Which sign divides is told by the first line, where a quoted one may stand more often.
      fc.pre((text.split('\n')[0] ?? '').split(/[\t;]/).length <= 2)
      expect(parseTable(text)).toEqual(rows)
    }),
  )
})

test('columns are found by their names in both languages, and by an address where none are named', () => {
  const german = parseTable('Rolle;E-Mail-Adresse;Vorname und Name\nmember;ana@example.com;Ana')
  expect(guessMapping(german)).toEqual({ org_id: null, email: 1, display_name: 2, role: 0, password: null })
  expect(guessMapping(parseTable('Ana\tana@example.com'))).toMatchObject({ email: 1, display_name: 0 })
})

test('the sheet has every cell in its place, and the one organisation where no column names it', () => {
  const rows = parseTable('name,email\nAna,ana@example.com')
  expect(sheetOf(rows, guessMapping(rows), ORG)).toEqual([[ORG, 'ana@example.com', 'Ana', '', '']])
})
