// Server-sent events of a chat completion, read as they pass. Bytes go on in whole events, so that a stream can be broken
// off or ended anywhere between two; of their meaning only what governs is kept: the usage, what was produced, how it
// ended. Lines end in LF or CRLF. An error event is not passed on: whoever answers the client words its end.

import { isRecord, parseUsage, type UpstreamUsage } from './usage.ts'

export type SseFailure = 'not_json' | 'event_too_large' | 'error_event'

const LF = 0x0a
const CR = 0x0d
const SPACE = 0x20
const DONE = '[DONE]'
const MAX_EVENT_BYTES = 1_048_576
const MAX_TEXT_DEPTH = 16

export type SseOptions = {
  /** Take out a chunk that carries nothing but usage: the client did not ask for it. */
  readonly strip_usage: boolean
  /** Takes whole events; the buffer may be a view of what was pushed. */
  readonly emit: (bytes: Buffer) => void
}

/**
 * The state of one stream. Push every chunk as it comes: how the bytes were cut into chunks changes neither what is
 * emitted, taken together, nor what is found. After `failure` is set nothing more is emitted. A class because a stream holds
 * state and two thousand of them are open at once.
 */
export class SseReader {
  /** The last usage the provider reported; null when none, or when it was no count. */
  usage: UpstreamUsage | null = null
  /** Bytes of text the choices have brought so far, in content, reasoning, refusal and tool calls, and in how many events. */
  content_bytes = 0
  content_events = 0
  finish_reason: string | null = null
  isDone = false
  failure: SseFailure | null = null

  readonly #strips: boolean
  readonly #emit: (bytes: Buffer) => void
  /** The beginning of an event whose end has not come, or null. */
  #pending: Buffer | null = null
  #pendingLength = 0
  /** Bytes of the line that the last chunk left open, and whether they were one CR. */
  #lineLength = 0
  #isLoneCr = false

  constructor(options: SseOptions) {
    this.#strips = options.strip_usage
    this.#emit = options.emit
  }

  push(chunk: Buffer): void {
    if (this.failure !== null || this.isDone) return
    let start = 0
    if (this.#pendingLength > 0) {
      start = this.#endOfEvent(chunk, 0)
      this.#keep(chunk, 0, start === -1 ? chunk.length : start)
      if (start === -1 || this.failure !== null) return
      const event = this.#takePending()
      if (this.#read(event, 0, event.length)) this.#emit(event)
    }
    this.#passEvents(chunk, start)
  }

  /** The response has ended: what is pending is an event although its blank line is missing. */
  end(): void {
    if (this.failure !== null || this.isDone || this.#pendingLength === 0) return
    const event = Buffer.concat([this.#takePending(), Buffer.from('\n\n')])
    if (this.#read(event, 0, event.length)) this.#emit(event)
  }

  /** Emits the whole events of a chunk in as few pieces as possible and keeps the rest. */
  #passEvents(chunk: Buffer, from: number): void {
    let emitted = from
    let start = from
    while (start < chunk.length && this.failure === null && !this.isDone) {
      const end = this.#endOfEvent(chunk, start)
      if (end === -1) {
        this.#keep(chunk, start, chunk.length)
        break
      }
      const passes = this.#read(chunk, start, end)
      if (!passes) {
        if (start > emitted) this.#emit(chunk.subarray(emitted, start))
        emitted = end
      }
      start = end
    }
    if (start > emitted) this.#emit(emitted === 0 && start === chunk.length ? chunk : chunk.subarray(emitted, start))
  }

  /** The offset behind the blank line that ends the event, or -1 when the chunk ends before it. */
  #endOfEvent(chunk: Buffer, from: number): number {
    let at = from
    for (;;) {
      const lf = chunk.indexOf(LF, at)
      if (lf === -1) {
        if (at < chunk.length) {
          this.#isLoneCr = this.#lineLength === 0 && chunk.length - at === 1 && chunk[at] === CR
          this.#lineLength += chunk.length - at
        }
        return -1
      }
      const length = this.#lineLength + lf - at
      const isBlank = length === 0 || (length === 1 && (this.#lineLength === 1 ? this.#isLoneCr : chunk[at] === CR))
      this.#lineLength = 0
      if (isBlank) return lf + 1
      at = lf + 1
    }
  }

  #keep(chunk: Buffer, start: number, end: number): void {
    const length = this.#pendingLength + end - start
    if (length > MAX_EVENT_BYTES) {
      this.failure = 'event_too_large'
      this.#takePending()
      return
    }
    if (this.#pending === null || this.#pending.length < length) {
      const grown = Buffer.allocUnsafeSlow(Math.max(length, 2 * this.#pendingLength))
      this.#pending?.copy(grown, 0, 0, this.#pendingLength)
      this.#pending = grown
    }
    chunk.copy(this.#pending, this.#pendingLength, start, end)
    this.#pendingLength = length
  }

  #takePending(): Buffer {
    const pending = this.#pending?.subarray(0, this.#pendingLength) ?? Buffer.alloc(0)
    this.#pending = null
    this.#pendingLength = 0
    return pending
  }

  /** Reads one whole event; false when it must not be passed on. */
  #read(bytes: Buffer, start: number, end: number): boolean {
    const payload = dataOf(bytes, start, end)
    if (payload === '') return true
    if (payload === DONE) {
      this.isDone = true
      return true
    }
    const event = parseJson(payload)
    if (!isRecord(event)) {
      this.failure = 'not_json'
      return false
    }
    return this.#count(event)
  }

  #count(event: Readonly<Record<string, unknown>>): boolean {
    const choices = event['choices']
    const isBare = !Array.isArray(choices) || choices.length === 0
    const usage = event['usage']
    if (usage !== undefined && usage !== null) this.usage = parseUsage(usage)
    if (isBare && event['error'] !== undefined && event['error'] !== null) {
      this.failure = 'error_event'
      return false
    }
    if (isBare) return !(this.#strips && isRecord(usage))
    let bytes = 0
    for (const choice of choices) {
      if (!isRecord(choice)) continue
      bytes += textBytes(choice['delta'], MAX_TEXT_DEPTH)
      if (typeof choice['finish_reason'] === 'string') this.finish_reason = choice['finish_reason']
    }
    if (bytes > 0) {
      this.content_bytes += bytes
      this.content_events++
    }
    return true
  }
}

/** The data of an event: what follows `data:` in its lines, joined by line feeds. Comments and other fields have none. */
function dataOf(bytes: Buffer, start: number, end: number): string {
  let data: string | null = null
  let at = start
  while (at < end) {
    const lf = bytes.indexOf(LF, at)
    const lineEnd = lf > at && bytes[lf - 1] === CR ? lf - 1 : lf
    if (startsWithData(bytes, at)) {
      const from = at + 5
      const line = bytes.toString('utf8', bytes[from] === SPACE ? from + 1 : from, lineEnd)
      data = data === null ? line : `${data}\n${line}`
    }
    at = lf + 1
  }
  return data ?? ''
}

/** Whether a line begins with `data:`. Whole events end in a line feed, so looking ahead does not leave them unnoticed. */
function startsWithData(bytes: Buffer, at: number): boolean {
  return (
    bytes[at] === 0x64 &&
    bytes[at + 1] === 0x61 &&
    bytes[at + 2] === 0x74 &&
    bytes[at + 3] === 0x61 &&
    bytes[at + 4] === 0x3a
  )
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Bytes of all text in a delta. The role is none of it; neither are the ids and types of a tool call, but those are short. */
function textBytes(value: unknown, depth: number): number {
  if (typeof value === 'string') return Buffer.byteLength(value)
  if (typeof value !== 'object' || value === null || depth === 0) return 0
  let bytes = 0
  if (Array.isArray(value)) {
    for (const inner of value) bytes += textBytes(inner, depth - 1)
  } else if (isRecord(value)) {
    for (const key of Object.keys(value)) if (key !== 'role') bytes += textBytes(value[key], depth - 1)
  }
  return bytes
}
