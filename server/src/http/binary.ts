// Bytes that go in and out as they are: an upload is a stream that the handler reads, a download one that it gives.

import { Readable } from 'node:stream'
import { Type } from 'typebox'

const binary = { type: 'string', contentMediaType: 'application/octet-stream' } as const

/** The body of a route that `consumes` bytes: the stream itself, which the handler bounds while it reads. */
export const Upload = Type.Unsafe<Readable>(binary)

/** What a route that `produces` bytes answers. It is always offered for saving, never shown by a browser. */
export type Download = {
  readonly file_name: string
  readonly content_type: string
  /** Null when it is not known beforehand. */
  readonly size_bytes: number | null
  readonly bytes: Readable
  /** Its address names what it holds: whoever has it need not ask again. */
  readonly is_immutable?: boolean
}

/** The response of a route that `produces` bytes. */
export const DownloadResponse = Type.Unsafe<Download>(binary)

/** Whether a handler's output is a download. */
export function isDownload(output: unknown): output is Download {
  return typeof output === 'object' && output !== null && Reflect.get(output, 'bytes') instanceof Readable
}

/** RFC 6266 with RFC 8187: a plain name for old clients, the true one for all others. */
export function contentDisposition(file_name: string): string {
  const plain = file_name.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_')
  const encoded = encodeURIComponent(file_name.toWellFormed()).replaceAll(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`
}
