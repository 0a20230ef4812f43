// The text of a Word document (`.docx`, ECMA-376 part 1, section 17): paragraphs as lines, cells of a table apart by tabs.

import { openArchive, Unreadable } from '../../kernel/archive.ts'
import type { FileText, ReadLimits } from '../text.ts'

const BODY = 'word/document.xml'

/** Reads the body of a document, then its foot- and endnotes. */
export async function readDocument(bytes: Buffer, limits: ReadLimits): Promise<FileText> {
  const archive = await openArchive(bytes, limits.max_inflated_bytes)
  if (!archive.names.includes(BODY)) throw new Unreadable('malformed')
  const parts: string[] = []
  let characters = 0
  let isText = false
  const add = (text: string) => {
    characters += text.length
    if (characters > limits.max_characters) throw new Unreadable('too_much_text')
    parts.push(text)
  }
  const notes = ['word/footnotes.xml', 'word/endnotes.xml'].filter((name) => archive.names.includes(name))
  for (const part of [BODY, ...notes]) {
    await archive.readXml(part, {
      open(name) {
        isText = name === 'w:t'
        if (name === 'w:tab') add('\t')
        else if (name === 'w:br' || name === 'w:cr') add('\n')
      },
      close(name) {
        isText = false
        if (name === 'w:p') add('\n')
        else if (name === 'w:tc') add('\t')
      },
      text(text) {
        if (isText) add(text)
      },
    })
  }
  return { text: parts.join('').replaceAll(/\n\t/g, '\t').trim(), pages: null }
}
