// The worker's whole life: read one document, say what it holds, end.

import { parentPort, workerData } from 'node:worker_threads'
import { Unreadable } from '../../kernel/archive.ts'
import { readWorkbook } from '../../kernel/workbook.ts'
import type { FileText, ReadLimits } from '../text.ts'
import { readDocument } from './document.ts'
import { readPdf } from './pdf.ts'

type Task = { readonly format: string; readonly bytes: Uint8Array; readonly limits: ReadLimits }

async function read({ format, bytes, limits }: Task): Promise<FileText> {
  switch (format) {
    case 'pdf':
      return readPdf(bytes, limits)
    case 'docx':
      return readDocument(Buffer.from(bytes), limits)
    case 'xlsx':
      return readSheets(Buffer.from(bytes), limits)
    case 'csv':
    case 'md':
    case 'json':
    case 'txt':
      return { text: new TextDecoder('utf-8').decode(bytes), pages: null }
    default:
      throw new Unreadable('no_text')
  }
}

/** Each sheet as a page: its name, then its rows, cells apart by tabs. */
async function readSheets(bytes: Buffer, limits: ReadLimits): Promise<FileText> {
  const rows = new Map<string, string[]>()
  const names = await readWorkbook(bytes, limits, ({ sheet, cells }) => {
    const lines = rows.get(sheet) ?? []
    lines.push(cells.join('\t'))
    rows.set(sheet, lines)
  })
  const pages = names.map((name) => [`# ${name}`, ...(rows.get(name) ?? [])].join('\n'))
  return { text: pages.join('\n\n'), pages }
}

async function answer(task: Task): Promise<unknown> {
  try {
    const found = await read(task)
    return found.text.length > task.limits.max_characters ? { reason: 'too_much_text' } : found
  } catch (error) {
    return { reason: error instanceof Unreadable ? error.reason : 'malformed' }
  }
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin, typescript/no-unsafe-type-assertion -- a worker has no origin; the task is given by `extractText` alone
parentPort?.postMessage(await answer(workerData as Task))
