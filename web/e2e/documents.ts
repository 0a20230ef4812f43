// Documents as people have them, one of each format, with the same sentence in each.

import { Document, Packer, Paragraph } from 'docx'
import Pdf from 'pdfkit'
import writeXlsxFile from 'write-excel-file/node'

export type Upload = { readonly name: string; readonly mimeType: string; readonly buffer: Buffer }

async function pdf(text: string): Promise<Buffer> {
  const document = new Pdf()
  const parts: Buffer[] = []
  document.on('data', (part: Buffer) => parts.push(part))
  document.text(text)
  const ended = new Promise((resolve) => document.once('end', resolve))
  document.end()
  await ended
  return Buffer.concat(parts)
}

/** Uploads whose text is the sentence and the format's name; the workbook has a date beside it. */
export async function documentsWith(sentence: string): Promise<readonly Upload[]> {
  const due = { value: new Date('2026-03-31T00:00:00Z'), type: Date, format: 'dd.mm.yyyy' }
  const word = new Document({ sections: [{ children: [new Paragraph(`${sentence} DOCX`)] }] })
  const sheet = writeXlsxFile([{ data: [[{ value: `${sentence} XLSX` }, due]], sheet: 'Terms' }])
  const make = (format: string, buffer: Buffer): Upload => {
    // What a file is follows from its content; what a browser says of it does not matter.
    return { name: `terms.${format}`, mimeType: 'application/octet-stream', buffer }
  }
  return [
    make('pdf', await pdf(`${sentence} PDF`)),
    make('docx', await Packer.toBuffer(word)),
    make('xlsx', await sheet.toBuffer()),
    make('csv', Buffer.from(`terms,format\n${sentence} CSV,1\n`)),
    make('txt', Buffer.from(`${sentence} TXT\n`)),
  ]
}
