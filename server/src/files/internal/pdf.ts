// The text of a PDF, page by page.

import { extractText, getDocumentProxy } from 'unpdf'
import { Unreadable } from '../../kernel/archive.ts'
import type { FileText, ReadLimits } from '../text.ts'

/** Reads the text that a PDF carries; one of pictures alone has none. */
export async function readPdf(bytes: Uint8Array, limits: ReadLimits): Promise<FileText> {
  const document = await getDocumentProxy(new Uint8Array(bytes)).catch((error: unknown) => {
    throw new Unreadable(
      error instanceof Error && error.name === 'PasswordException' ? 'encrypted' : 'malformed',
      error,
    )
  })
  const { text: pages } = await extractText(document, { mergePages: false })
  if (pages.reduce((sum, page) => sum + page.length, 0) > limits.max_characters) throw new Unreadable('too_much_text')
  const text = pages.join('\n\n').trim()
  if (text === '') throw new Unreadable('no_text')
  return { text, pages }
}
