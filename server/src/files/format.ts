// What a file is, by its content: its name is only a hint between kinds of text, and never decides.

import { fileTypeFromBuffer } from 'file-type'
import { fileFormatRefused } from './problems.ts'

/** The formats that the input vault takes, with the media type each is given out as. */
export const MEDIA_TYPES = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  png: 'image/png',
  jpg: 'image/jpeg',
  csv: 'text/csv; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
  json: 'application/json',
  txt: 'text/plain; charset=utf-8',
} as const

export type FileFormat = keyof typeof MEDIA_TYPES

/** Whether a word names a format. */
export const isFileFormat = (word: string): word is FileFormat => Object.hasOwn(MEDIA_TYPES, word)

type Utf8 = InstanceType<typeof TextDecoder>

const BINARY: readonly FileFormat[] = ['pdf', 'docx', 'xlsx', 'png', 'jpg']

export type Detector = {
  readonly add: (bytes: Buffer) => void
  /** The format of all that was added; refuses with `file_format_refused`. */
  readonly decide: (name: string) => Promise<FileFormat>
}

/** Looks at a file as it arrives: the first piece tells a binary format, text must be UTF-8 without NUL to its end. */
export function createDetector(): Detector {
  const utf8 = new TextDecoder('utf-8', { fatal: true })
  let first: Buffer | null = null
  let isText = true
  return {
    add(bytes) {
      first ??= Buffer.from(bytes)
      if (isText) isText = isTextPiece(utf8, bytes)
    },
    async decide(name) {
      const found = first === null ? undefined : await fileTypeFromBuffer(first).catch(() => undefined)
      const binary = BINARY.find((format) => format === found?.ext)
      if (binary !== undefined) return binary
      if (isText && isComplete(utf8) && found === undefined) return textFormatOf(name)
      const accepted = Object.keys(MEDIA_TYPES)
      throw fileFormatRefused(
        { found: found?.ext ?? null, accepted },
        {
          detail: `By its content this is ${found ? `a ${found.ext} file` : 'no known format'}; taken are ${accepted.join(', ')}.`,
        },
      )
    },
  }
}

function isTextPiece(utf8: Utf8, bytes: Buffer): boolean {
  if (bytes.includes(0)) return false
  try {
    utf8.decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}

/** Whether the text did not end inside a character. */
function isComplete(utf8: Utf8): boolean {
  try {
    utf8.decode()
    return true
  } catch {
    return false
  }
}

function textFormatOf(name: string): FileFormat {
  const [, extension = ''] = /[.]([a-z]+)$/.exec(name.toLowerCase()) ?? []
  return extension === 'csv' || extension === 'md' || extension === 'json' ? extension : 'txt'
}
