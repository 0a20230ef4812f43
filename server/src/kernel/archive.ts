// ZIP archives, as Office files are, read part by part within a budget. What an archive says of its sizes
// is not believed: bytes are counted as they come out, so one that inflates without end is given up early.

import type { Readable } from 'node:stream'
import { SaxesParser } from 'saxes'
import { type Entry, fromBuffer, type ZipFile } from 'yauzl'

const MAX_ENTRIES = 5000

/** Why an archive, or the document in it, cannot be read. */
export class Unreadable extends Error {
  readonly reason: 'encrypted' | 'inflates_too_far' | 'malformed' | 'no_text' | 'too_much_text'
  constructor(reason: Unreadable['reason'], cause?: unknown) {
    super(`The document cannot be read: ${reason}`, { cause })
    this.name = 'Unreadable'
    this.reason = reason
  }
}

/** What XML reads as: tags without namespaces of their own (`w:p` stays `w:p`), and the text between them. */
export type XmlReader = {
  readonly open?: (name: string, attributes: Readonly<Record<string, string>>) => void
  readonly close?: (name: string) => void
  readonly text?: (text: string) => void
}

export type Archive = {
  /** The names of its parts, in the order of its directory. */
  readonly names: readonly string[]
  /** Reads a part as XML; a name that is not there is `malformed`. */
  readonly readXml: (name: string, reader: XmlReader) => Promise<void>
  /** Reads a part as it is; a name that is not there is `malformed`. */
  readonly readBytes: (name: string) => Promise<Buffer>
}

/** Opens an archive that may inflate to so many bytes, all its parts together. Throws `Unreadable`. */
export async function openArchive(bytes: Buffer, max_inflated_bytes: number): Promise<Archive> {
  const budget = { left_bytes: max_inflated_bytes }
  const zip = await openZip(bytes)
  const entries = await listEntries(zip)
  return {
    names: [...entries.keys()],
    async readXml(name, reader) {
      const entry = entries.get(name)
      if (entry === undefined) throw new Unreadable('malformed')
      const parser = createParser(reader)
      const utf8 = new TextDecoder('utf-8')
      for await (const part of inflate(zip, entry, budget)) parser.write(utf8.decode(part, { stream: true }))
      parser.write(utf8.decode()).close()
    },
    async readBytes(name) {
      const entry = entries.get(name)
      if (entry === undefined) throw new Unreadable('malformed')
      const parts: Buffer[] = []
      for await (const part of inflate(zip, entry, budget)) parts.push(part)
      return Buffer.concat(parts)
    },
  }
}

function openZip(bytes: Buffer): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    fromBuffer(bytes, { lazyEntries: true, validateEntrySizes: true }, (error, zip) =>
      error ? reject(new Unreadable('malformed', error)) : resolve(zip),
    )
  })
}

async function listEntries(zip: ZipFile): Promise<ReadonlyMap<string, Entry>> {
  const entries = new Map<string, Entry>()
  try {
    for await (const entry of zip.eachEntry()) {
      if (entries.size >= MAX_ENTRIES) throw new Unreadable('inflates_too_far')
      if (entry.isEncrypted()) throw new Unreadable('encrypted')
      entries.set(entry.fileName, entry)
    }
  } catch (error) {
    throw error instanceof Unreadable ? error : new Unreadable('malformed', error)
  }
  return entries
}

async function* inflate(zip: ZipFile, entry: Entry, budget: { left_bytes: number }): AsyncGenerator<Buffer> {
  const stream = await new Promise<Readable>((resolve, reject) => {
    zip.openReadStream(entry, (error, opened) => (error ? reject(new Unreadable('malformed', error)) : resolve(opened)))
  })
  try {
    for await (const part of stream) {
      const bytes = Buffer.from(part)
      budget.left_bytes -= bytes.length
      if (budget.left_bytes < 0) throw new Unreadable('inflates_too_far')
      yield bytes
    }
  } catch (error) {
    throw error instanceof Unreadable ? error : new Unreadable('malformed', error)
  } finally {
    stream.destroy()
  }
}

/** Entities that a document defines for itself are not expanded but refused, so none can multiply. */
function createParser({ open, close, text }: XmlReader): SaxesParser {
  const parser = new SaxesParser({})
  parser.on('error', (error) => {
    throw new Unreadable('malformed', error)
  })
  if (open) parser.on('opentag', (tag) => open(tag.name, tag.attributes))
  if (close) parser.on('closetag', (tag) => close(tag.name))
  if (text) {
    parser.on('text', text)
    parser.on('cdata', text)
  }
  return parser
}
