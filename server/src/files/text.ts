// The text of a file, read in a worker that can be stopped: a document is what somebody else made, and may be made to
// hang or to burst its reader (requirements 1.10; OWASP LLM10).

import { Worker } from 'node:worker_threads'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import type { FieldOwner, FieldVault } from '../keys/field-vault.ts'
import { readWhole } from './bytes.ts'
import type { StoredFile } from './file.ts'
import { type FileFormat, isFileFormat } from './format.ts'
import { fileUnreadable } from './problems.ts'

export type FileText = {
  readonly text: string
  /** Page by page where the format has pages, sheet by sheet where it has sheets; else null. */
  readonly pages: readonly string[] | null
}

export type ReadLimits = {
  readonly timeout_ms: number
  /** Of everything that an archive inflates to. */
  readonly max_inflated_bytes: number
  readonly max_characters: number
  readonly max_heap_megabytes: number
}

/** Enough for a book; a document that needs more is one made to need it. */
export const READ_LIMITS: ReadLimits = Object.freeze({
  timeout_ms: 30_000,
  max_inflated_bytes: 100_000_000,
  max_characters: 10_000_000,
  max_heap_megabytes: 256,
})

/** What the worker says: the text, or in which way it could not be read. */
const Outcome = Type.Union([
  Type.Object({ text: Type.String(), pages: Type.Union([Type.Null(), Type.Array(Type.String())]) }),
  Type.Object({ reason: Type.String() }),
])

const MALFORMED = 'It is damaged, or not what it says it is.'

const REASONS: Readonly<Record<string, string>> = {
  encrypted: 'It is protected by a password.',
  inflates_too_far: 'It inflates to more than is read.',
  malformed: MALFORMED,
  no_text: 'Its format holds no text.',
  out_of_memory: 'Reading it takes more memory than is given.',
  timeout: 'Reading it takes longer than is waited for.',
  too_much_text: 'It holds more text than is read.',
}

const unreadable = (reason: string) => fileUnreadable({ reason }, { detail: REASONS[reason] ?? MALFORMED })

/** Reads the text of bytes. Refuses with `file_unreadable`, naming the reason; the worker is gone when it answers. */
export async function extractText(format: FileFormat, bytes: Buffer, limits = READ_LIMITS): Promise<FileText> {
  const worker = new Worker(new URL('internal/text-worker.ts', import.meta.url), {
    workerData: { format, bytes, limits },
    resourceLimits: { maxOldGenerationSizeMb: limits.max_heap_megabytes },
    // It has no business with the environment, its arguments or the terminal.
    env: {},
    argv: [],
    stdout: true,
    stderr: true,
  })
  const timer = setTimeout(() => void worker.terminate(), limits.timeout_ms)
  try {
    const outcome = await new Promise<unknown>((resolve) => {
      worker.once('message', resolve)
      worker.once('error', (error) =>
        resolve({ reason: Reflect.get(error, 'code') === 'ERR_WORKER_OUT_OF_MEMORY' ? 'out_of_memory' : 'malformed' }),
      )
      worker.once('exit', () => resolve({ reason: 'timeout' }))
    })
    const read = Value.Parse(Outcome, outcome)
    if ('reason' in read) throw unreadable(read.reason)
    return read
  } finally {
    clearTimeout(timer)
    await worker.terminate()
  }
}

/** The text of a kept file; refuses with `file_unreadable`, or `file_expired` when its bytes go meanwhile. */
export async function readText(vault: FieldVault, owner: FieldOwner, file: StoredFile): Promise<FileText> {
  if (file.format === null || !isFileFormat(file.format)) throw unreadable('no_text')
  return extractText(file.format, await readWhole(vault, owner, file))
}
