/**
 * A bare HTTP/1.1 client over sockets. A load generator on the same cores as what it measures must cost a small part of
 * it, so requests are ready-made bytes and a response is read only as far as its framing (RFC 9112, sections 6 and 7).
 * One exchange at a time per connection, never pipelined.
 */
import { connect, type Socket } from 'node:net'

export type Address = { readonly host: string; readonly port: number }

/** What one exchange tells its caller. `onBody` gets bytes that are only valid during the call. */
export type Listener = {
  readonly onBody?: (bytes: Buffer) => void
  readonly onEnd: (status: number) => void
  readonly onFail: (reason: string) => void
}

export type Connection = {
  /** False once either side has closed it: open another. */
  readonly isOpen: () => boolean
  /** Sends one request. Must not be called again before `onEnd` or `onFail`. */
  readonly send: (request: Buffer, listener: Listener) => void
  readonly close: () => void
}

type Framing = { status: number; remaining_bytes: number; chunked: boolean; close: boolean }

/** Chunked framing: bytes left in the open chunk, or one of the two markers. */
const SIZE_LINE = -1
const LAST_CHUNK = -2

/** Reads are consumed before the callback returns, so every socket can read into the same buffer. */
const shared = Buffer.alloc(256 * 1024)

/** Builds the bytes of one JSON POST. */
export function encodePost(address: Address, path: string, headers: Record<string, string>, body: unknown): Buffer {
  const payload = JSON.stringify(body)
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.from(
    `POST ${path} HTTP/1.1\r\nhost: ${address.host}:${address.port}\r\ncontent-type: application/json\r\n` +
      `${lines.join('')}content-length: ${Buffer.byteLength(payload)}\r\n\r\n${payload}`,
  )
}

function parseFraming(head: string): Framing {
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)
  return {
    status: Number(head.slice(9, 12)),
    remaining_bytes: length === null ? SIZE_LINE : Number(length[1]),
    chunked: /\r\ntransfer-encoding: *chunked/i.test(head),
    close: /\r\nconnection: *close/i.test(head),
  }
}

/** Opens a keep-alive connection; an exchange it cannot finish ends in `onFail`, exactly once. */
export function openConnection(address: Address): Connection {
  let listener: Listener | undefined
  let framing: Framing | undefined
  let pending: Buffer | undefined
  let gone = false

  const close = () => {
    gone = true
    socket.destroy()
  }

  const finish = () => {
    const ended = listener
    const status = framing?.status ?? 0
    if (framing?.close === true) close()
    listener = undefined
    framing = undefined
    ended?.onEnd(status)
  }

  const fail = (reason: string) => {
    const failed = listener
    listener = undefined
    close()
    failed?.onFail(reason)
  }

  const deliver = (bytes: Buffer) => {
    if (bytes.length > 0) listener?.onBody?.(bytes)
  }

  /** Consumes what it can of `input` and returns how much. */
  const advance = (input: Buffer): number => {
    if (framing === undefined) {
      const end = input.indexOf('\r\n\r\n')
      if (end < 0) return 0
      framing = parseFraming(input.toString('latin1', 0, end))
      if (!framing.chunked && framing.remaining_bytes === SIZE_LINE) fail('response without a length')
      else if (!framing.chunked && framing.remaining_bytes === 0) finish()
      return end + 4
    }
    if (!framing.chunked) {
      const size = Math.min(framing.remaining_bytes, input.length)
      framing.remaining_bytes -= size
      deliver(input.subarray(0, size))
      if (framing.remaining_bytes === 0) finish()
      return size
    }
    return advanceChunked(framing, input)
  }

  const advanceChunked = (open: Framing, input: Buffer): number => {
    if (open.remaining_bytes > 0) {
      const size = Math.min(open.remaining_bytes, input.length)
      open.remaining_bytes -= size
      deliver(input.subarray(0, size))
      return size
    }
    const end = input.indexOf('\r\n')
    if (end < 0) return 0
    if (open.remaining_bytes === LAST_CHUNK) {
      if (end === 0) finish()
    } else if (open.remaining_bytes === 0) {
      open.remaining_bytes = SIZE_LINE
    } else {
      const size = Number.parseInt(input.toString('latin1', 0, end), 16)
      open.remaining_bytes = size === 0 ? LAST_CHUNK : size
    }
    return end + 2
  }

  const onRead = (size: number): boolean => {
    let input = shared.subarray(0, size)
    if (pending !== undefined) input = Buffer.concat([pending, input])
    pending = undefined
    while (input.length > 0 && listener !== undefined) {
      const used = advance(input)
      if (used === 0) {
        pending = Buffer.from(input)
        break
      }
      input = input.subarray(used)
    }
    return true
  }

  const socket: Socket = connect({ ...address, noDelay: true, onread: { buffer: shared, callback: onRead } })
  socket.on('error', (error) => fail(error.message))
  socket.on('close', () => fail('connection closed'))

  return {
    isOpen: () => !gone,
    send: (request, next) => {
      listener = next
      if (gone) fail('connection closed')
      else socket.write(request)
    },
    close,
  }
}
