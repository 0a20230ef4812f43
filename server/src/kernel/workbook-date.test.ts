import { expect, test } from 'vitest'
import { createArchive } from './archive-writer.ts'
import { readWorkbook } from './workbook.ts'
import { clockOf, momentText } from './workbook-date.ts'

test.each([
  ['yyyy-mm-dd', 'date'],
  ['dd.mm.yyyy', 'date'],
  ['[$-407]d. mmmm yyyy;@', 'date'],
  ['mmm', 'date'],
  ['d/m/yy h:mm', 'moment'],
  ['h:mm AM/PM', 'time'],
  ['mm:ss.0', 'time'],
  ['[h]:mm:ss', 'duration'],
  ['General', null],
  ['0.00E+00', null],
  ['#,##0.00 "days"', null],
  ['0 \\d', null],
  ['[Red]-0.0', null],
  ['#,##0.00_-;"y"', null],
  ['y'.repeat(300), null],
] as const)('the format %s counts %s', (code, clock) => {
  expect(clockOf(164, code)).toBe(clock)
})

test.each([
  ['46053', 'date', false, '2026-01-31'],
  ['44591', 'date', true, '2026-01-31'],
  ['46053.75', 'moment', false, '2026-01-31T18:00:00'],
  ['46053.999999', 'moment', false, '2026-02-01T00:00:00'],
  ['0.5', 'time', false, '12:00:00'],
  ['1.25', 'duration', false, '30:00:00'],
  ['1', 'date', false, '1900-01-01'],
  ['59', 'date', false, '1900-02-28'],
  ['61', 'date', false, '1900-03-01'],
  ['2958465', 'date', false, '9999-12-31'],
  ['0', 'date', true, '1904-01-01'],
] as const)('%s as %s (1904: %s) is %s', (value, clock, is1904, text) => {
  expect(momentText(value, clock, is1904)).toBe(text)
})

test.each(['60', '0', '-1', '2958466', '1e300', 'NaN', '#N/A', ''])('%j is no day, and stays as it is', (value) => {
  expect(momentText(value, 'date', false)).toBe(value)
})

const book = (properties: string) =>
  createArchive({
    'xl/workbook.xml': `<workbook xmlns:r="r">${properties}<sheets><sheet name="Terms" r:id="a"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="a" Target="worksheets/sheet1.xml"/></Relationships>',
    'xl/styles.xml': `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd.mm.yyyy"/></numFmts>
      <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
      <cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="22"/></cellXfs></styleSheet>`,
    'xl/sharedStrings.xml': '<sst><si><t>46053</t></si></sst>',
    'xl/worksheets/sheet1.xml': `<worksheet><sheetData><row r="1"><c r="A1" s="1"><v>46053</v></c>
      <c r="B1" s="2"><f>A1+0.5</f><v>46053.5</v></c><c r="C1" s="0"><v>46053</v></c><c r="D1" s="99"><v>1</v></c>
      <c r="E1" s="1" t="s"><v>0</v></c><c r="F1" s="1" t="str"><v>46053</v></c><c r="G1" s="1" t="b"><v>1</v></c>
      </row></sheetData></worksheet>`,
  })

test('a cell reads as what it shows: by its style, never by what its text looks like', async () => {
  const limits = { max_inflated_bytes: 100_000, max_characters: 10_000 }
  const cellsOf = async (properties: string) => {
    const rows: (readonly string[])[] = []
    await readWorkbook(book(properties), limits, ({ cells }) => rows.push(cells))
    return rows
  }
  const rest = ['46053', '1', '46053', '46053', 'TRUE']
  expect(await cellsOf('')).toEqual([['2026-01-31', '2026-01-31T12:00:00', ...rest]])
  expect(await cellsOf('<workbookPr date1904="1"/>')).toEqual([['2030-02-01', '2030-02-01T12:00:00', ...rest]])
})
