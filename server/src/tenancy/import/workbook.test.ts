import { crc32, deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { readUsers } from './workbook.ts'

type Part = { readonly name: string; readonly content: Buffer; readonly claimed_bytes?: number }

/** A zip archive of these parts, which may lie about their size. */
function zipOf(parts: readonly Part[]): Buffer {
  const locals: Buffer[] = []
  const centrals: Buffer[] = []
  let offset = 0
  for (const { name, content, claimed_bytes = content.length } of parts) {
    const packed = deflateRawSync(content)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(8, 4)
    common.writeUInt32LE(crc32(content), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(claimed_bytes, 18)
    common.writeUInt16LE(name.length, 22)
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, Buffer.from(name), packed])
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(offset, 10)
    centrals.push(Buffer.concat([Buffer.from('PK\u0001\u0002'), Buffer.from([20, 0]), common, rest, Buffer.from(name)]))
    locals.push(local)
    offset += local.length
  }
  const central = Buffer.concat(centrals)
  const end = Buffer.alloc(22)
  end.write('PK\u0005\u0006', 0, 'latin1')
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, central, end])
}

const WORKBOOK: Part = {
  name: 'xl/workbook.xml',
  content: Buffer.from('<workbook><sheets><sheet name="Users" sheetId="1" r:id="rId1"/></sheets></workbook>'),
}
const RELATIONS: Part = {
  name: 'xl/_rels/workbook.xml.rels',
  content: Buffer.from('<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>'),
}
const sheetOf = (rows: string): Part => ({
  name: 'xl/worksheets/sheet1.xml',
  content: Buffer.from(`<x:worksheet><x:sheetData>${rows}</x:sheetData></x:worksheet>`.replaceAll('x:', '')),
})
const text = (value: string): string => `<c t="inlineStr"><is><t>${value}</t></is></c>`
const HEADER = `<row r="1">${text('org_id')}${text('email')}${text('display_name')}</row>`
const read = (sheet: Part) => readUsers(zipOf([WORKBOOK, RELATIONS, sheet]))
const refusal = (reason: string) => ({ code: 'workbook_refused', params: { reason } })

test('a formula is read as the text that was kept with it, and as its own text where none was', async () => {
  const formula = '<c r="B2"><f>LOWER(A1)</f><v>ana@example.com</v></c><c r="C2"><f>HYPERLINK("x")</f></c>'
  const [row] = await read(sheetOf(`${HEADER}<row r="2"><c r="A2" t="str"><v>an-id</v></c>${formula}</row>`))
  expect(row).toMatchObject({ org_id: 'an-id', email: 'ana@example.com', display_name: '=HYPERLINK("x")' })
})

test('cells stand where their references say, and empty rows do not count', async () => {
  const rows = await read(
    sheetOf(`${HEADER}<row r="5"></row><row r="9"><c r="B9" t="inlineStr"><is><t>b@c.de</t></is></c></row>`),
  )
  expect(rows).toEqual([{ row_number: 9, org_id: '', email: 'b@c.de', display_name: '', role: '', password: '' }])
})

test('a workbook that inflates to gigabytes is refused before it does', async () => {
  const zeros: Part = { name: 'xl/worksheets/sheet1.xml', content: Buffer.alloc(150 * 1024 * 1024, 0x20) }
  await expect(read(zeros)).rejects.toMatchObject(refusal('too_large'))
})

test('one that lies about its size is refused at the size it claims', async () => {
  const lying: Part = {
    name: 'xl/worksheets/sheet1.xml',
    content: Buffer.alloc(20 * 1024 * 1024, 0x20),
    claimed_bytes: 10,
  }
  await expect(read(lying)).rejects.toMatchObject(refusal('no_workbook'))
})

test('entities of its own, broken XML and broken UTF-8 are refused', async () => {
  const bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><worksheet>&a;</worksheet>'
  for (const content of [bomb, '<worksheet><row', '<worksheet>\u0000</worksheet>']) {
    const sheet: Part = { name: 'xl/worksheets/sheet1.xml', content: Buffer.from(content) }
    await expect(read(sheet)).rejects.toMatchObject(refusal('no_workbook'))
  }
  const broken: Part = { name: 'xl/worksheets/sheet1.xml', content: Buffer.from([0x3c, 0x61, 0x3e, 0xff, 0xfe]) }
  await expect(read(broken)).rejects.toMatchObject(refusal('no_workbook'))
})

test('an archive of many parts is refused', async () => {
  const parts = Array.from({ length: 201 }, (_, index): Part => ({ name: `p${index}`, content: Buffer.from('x') }))
  await expect(readUsers(zipOf(parts))).rejects.toMatchObject(refusal('too_large'))
})
