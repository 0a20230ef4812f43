// Import and export of an app as its six files in a ZIP archive.

import type { Readable } from 'node:stream'
import { parseJsonBody } from '../http/json-body.ts'
import { openArchive, Unreadable } from '../kernel/archive.ts'
import { createArchive } from '../kernel/archive-writer.ts'
import { Problem } from '../kernel/problem.ts'
import { CONTRACT_FILES } from './contract.ts'
import { isObject, type JsonObject } from './internal/value.ts'
import { appArchiveUnreadable } from './problems.ts'

export const MAX_ARCHIVE_BYTES = 1_000_000
const MAX_INFLATED_BYTES = 2_000_000

/** The six files of a content, as far as it has them, each as readable JSON. */
export function writeAppArchive(content: unknown): Buffer {
  const files = isObject(content) ? content : {}
  const parts = CONTRACT_FILES.filter((file) => file in files)
  return createArchive(
    Object.fromEntries(parts.map((file) => [`${file}.json`, `${JSON.stringify(files[file], null, 2)}\n`])),
  )
}

/**
 * Reads the six files out of an archive; they may lie in one folder of it. What is missing is missing in the content, for the
 * checks to tell. Refuses with `app_archive_unreadable` what is no archive, holds none of them, or holds something that is no JSON.
 */
export async function readAppArchive(bytes: Readable): Promise<JsonObject> {
  const refuse = (detail: string) => appArchiveUnreadable({}, { detail })
  const parts: Buffer[] = []
  for await (const part of bytes) {
    const chunk: unknown = part
    if (chunk instanceof Uint8Array) parts.push(Buffer.from(chunk))
  }
  try {
    const archive = await openArchive(Buffer.concat(parts), MAX_INFLATED_BYTES)
    const content: Record<string, unknown> = {}
    for (const file of CONTRACT_FILES) {
      const names = archive.names.filter((each) => /^(?:[^/]+\/)?([a-z]+)\.json$/.exec(each)?.[1] === file)
      const [name] = names
      if (names.length > 1) throw refuse(`The archive holds more than one ${file}.json.`)
      if (name !== undefined) content[file] = parseJsonBody(await archive.readBytes(name))
    }
    if (Object.keys(content).length === 0) throw refuse(`The archive holds none of ${CONTRACT_FILES.join(', ')}.`)
    return content
  } catch (error) {
    if (error instanceof Unreadable) throw refuse(`The archive cannot be read: ${error.reason}.`)
    if (error instanceof Problem && error.code !== appArchiveUnreadable.code) throw refuse(error.detail ?? error.title)
    throw error
  }
}
