// One call to a provider that speaks OpenAI's dialect, by undici's dispatch: no fetch and no web streams, which cost four to
// six times the CPU of the whole call. Bytes go through as they come; of the answer only what governs is read.

import type { Dispatcher } from 'undici'
import type { BreakerPass } from './breaker.ts'
import {
  type Ending,
  ending,
  endingOfError,
  endingOfStatus,
  parseRetryAfterMs,
  retryDelayMs,
  signalOf,
  type UpstreamDetail,
  type UpstreamHeaders,
  type UpstreamOutcome,
  type UpstreamResult,
} from './outcome.ts'
import type { UpstreamProvider } from './pool.ts'
import { SseReader } from './sse.ts'
import { isRecord, parseUsage, type UpstreamUsage } from './usage.ts'

/** Where a stream's bytes go. */
export type UpstreamSink = {
  /** Called once, before the first bytes; from here on nothing is tried again. */
  readonly start: (headers: UpstreamHeaders) => void
  /** Takes whole events; false asks to wait until `resume()` is called. The buffer may be kept, it is not reused. */
  readonly write: (bytes: Buffer) => boolean
}

export type UpstreamTimeouts = {
  /** From the request sent to the head of the answer: for a plain call this is the time of the whole generation. */
  readonly headers_ms: number
  /** Between two pieces of an answer. */
  readonly idle_ms: number
  /** The whole call with its retries; 0 for no such limit. */
  readonly total_ms: number
  /** How long a client may leave a stream unread before it counts as gone. */
  readonly stall_ms: number
}

export type UpstreamRequest = {
  readonly provider: UpstreamProvider
  /** Behind the base URL's path: `/chat/completions`. */
  readonly path: string
  readonly body: Buffer
  /** The provider's credential; null for one that wants none. */
  readonly key: { readonly reveal: () => string } | null
  readonly timeouts: UpstreamTimeouts
  /** Null for a plain call, whose answer is then the result's `body`. */
  readonly sink: UpstreamSink | null
  /** Takes the usage chunk out of the stream, because Reeve asked for it and the client did not. */
  readonly strip_usage: boolean
}

export type UpstreamCall = {
  /** Resolves exactly once and never rejects. For a stream, as soon as its last event was written to the sink. */
  readonly result: Promise<UpstreamResult>
  /** Gives the call up: its connection is closed at once, and the result is this outcome. Does nothing once it has ended. */
  readonly cancel: (outcome: 'client_gone' | 'cancelled') => void
  /** The sink takes bytes again. */
  readonly resume: () => void
}

const MAX_ANSWER_BYTES = 16 * 1_048_576
const MAX_STREAM_BYTES = 64 * 1_048_576
const MAX_ERROR_BYTES = 65_536
const EMPTY = Buffer.alloc(0)
const NO_HEADERS: UpstreamHeaders = { content_type: null, request_id: null }

/**
 * Calls the provider and tries again, at most as often as its retry options say and never after the sink was started.
 * Everything that can happen is an outcome of the result; the credential is in none of it.
 */
export function callOpenAi(request: UpstreamRequest): UpstreamCall {
  const call = new OpenAiCall(request)
  call.attempt()
  return call
}

/** The call and undici's handler of its attempts in one object, of which two thousand are alive at once. */
class OpenAiCall implements Dispatcher.DispatchHandler, UpstreamCall {
  readonly result: Promise<UpstreamResult>
  readonly #request: UpstreamRequest
  readonly #settle: (result: UpstreamResult) => void
  #isSettled = false
  #isStarted = false
  #attempts = 0
  #retryTimer: NodeJS.Timeout | undefined
  #stallTimer: NodeJS.Timeout | undefined
  readonly #totalTimer: NodeJS.Timeout | undefined

  // What follows belongs to the running attempt; when it has ended, #pass is null and what still comes of it is ignored.
  #pass: BreakerPass | null = null
  #controller: Dispatcher.DispatchController | null = null
  #status = 0
  #headers = NO_HEADERS
  #retryAfterMs: number | null = null
  #reader: SseReader | null = null
  #parts: Buffer[] = []
  #length = 0

  constructor(request: UpstreamRequest) {
    const { promise, resolve } = Promise.withResolvers<UpstreamResult>()
    this.result = promise
    this.#settle = resolve
    this.#request = request
    const { total_ms } = request.timeouts
    if (total_ms > 0) this.#totalTimer = setTimeout(() => this.#giveUp('provider_timeout', 'total_timeout'), total_ms)
  }

  attempt(): void {
    const { provider, timeouts, key, path, body } = this.#request
    const { origin } = provider
    if (origin.active >= origin.max_active) return this.#end(ending('provider_unreachable', 'pool_exhausted'))
    const pass = provider.enter()
    if (pass === 'refused') return this.#end(ending('provider_unreachable', 'breaker_open'))
    this.#begin(pass)
    const headers = ['content-type', 'application/json', 'accept-encoding', 'identity', 'user-agent', 'reeve']
    if (key !== null) headers.push('authorization', `Bearer ${key.reveal()}`)
    origin.pool.dispatch(
      {
        path: provider.base_path + path,
        method: 'POST',
        headers,
        body,
        headersTimeout: timeouts.headers_ms,
        bodyTimeout: timeouts.idle_ms,
      },
      this,
    )
  }

  #begin(pass: BreakerPass): void {
    this.#attempts++
    this.#pass = pass
    this.#controller = null
    this.#status = 0
    this.#headers = NO_HEADERS
    this.#retryAfterMs = null
    this.#parts = []
    this.#length = 0
    this.#request.provider.origin.active++
  }

  readonly cancel = (outcome: 'client_gone' | 'cancelled'): void => this.#giveUp(outcome, 'none')

  readonly resume = (): void => {
    clearTimeout(this.#stallTimer)
    this.#controller?.resume()
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    if (this.#isSettled) controller.abort(new Error('The call was given up'))
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Readonly<Record<string, string | string[] | undefined>>,
  ): void {
    if (status < 200 || this.#pass === null) return
    this.#status = status
    this.#headers = { content_type: first(headers['content-type']), request_id: first(headers['x-request-id']) }
    if (status >= 300) {
      const after = [first(headers['retry-after']), first(headers['retry-after-ms'])] as const
      this.#retryAfterMs = parseRetryAfterMs(...after, Date.now())
      return
    }
    const encoding = first(headers['content-encoding'])
    if (encoding !== null && encoding !== 'identity') return this.#break(ending('invalid_response', 'content_encoding'))
    if (this.#request.sink !== null && isEventStream(this.#headers.content_type)) {
      this.#reader = new SseReader({ strip_usage: this.#request.strip_usage, emit: this.#emit })
    }
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#pass === null) return
    this.#length += chunk.length
    if (this.#reader !== null) this.#readEvents(this.#reader, chunk)
    else this.#collect(chunk)
  }

  onResponseEnd(): void {
    this.#leaveOrigin()
    if (this.#pass === null) return
    if (this.#status >= 300) return this.#end(endingOfStatus(this.#status))
    if (this.#reader !== null) this.#endStream(this.#reader)
    else this.#endPlain()
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    this.#leaveOrigin()
    if (this.#pass === null) return
    if (this.#status >= 300) return this.#end(endingOfStatus(this.#status))
    this.#end(endingOfError(error, this.#controller !== null, this.#status !== 0))
  }

  #readEvents(reader: SseReader, chunk: Buffer): void {
    reader.push(chunk)
    // The sink may have given the call up.
    if (this.#pass === null) return
    if (reader.failure === 'error_event') this.#break(ending('provider_error', 'error_in_answer'))
    else if (reader.failure !== null) this.#break(ending('invalid_response', reader.failure))
    else if (reader.isDone) this.#end(ending('completed', 'none'))
    else if (this.#length > MAX_STREAM_BYTES) this.#break(ending('invalid_response', 'answer_too_large'))
  }

  readonly #emit = (bytes: Buffer): void => {
    const { sink, timeouts } = this.#request
    if (sink === null || this.#isSettled) return
    if (!this.#isStarted) {
      this.#isStarted = true
      sink.start(this.#headers)
    }
    if (sink.write(bytes) || this.#isSettled) return
    this.#controller?.pause()
    clearTimeout(this.#stallTimer)
    this.#stallTimer = setTimeout(() => this.#giveUp('client_gone', 'client_stalled'), timeouts.stall_ms)
  }

  #collect(chunk: Buffer): void {
    const isError = this.#status >= 300 || this.#request.sink !== null
    if (this.#length <= (isError ? MAX_ERROR_BYTES : MAX_ANSWER_BYTES)) {
      this.#parts.push(chunk)
    } else if (this.#status >= 300) {
      this.#break(endingOfStatus(this.#status))
    } else {
      this.#break(ending('invalid_response', isError ? 'not_event_stream' : 'answer_too_large'))
    }
  }

  #endStream(reader: SseReader): void {
    reader.end()
    if (this.#pass === null) return
    if (reader.failure === 'error_event') this.#end(ending('provider_error', 'error_in_answer'))
    else if (reader.failure !== null) this.#end(ending('invalid_response', reader.failure))
    else if (reader.isDone || reader.finish_reason !== null) this.#end(ending('completed', 'none'))
    else this.#end(ending('provider_cut', 'no_finish'))
  }

  #endPlain(): void {
    const answer = parseJson(this.#takeBody())
    if (!isRecord(answer)) return this.#end(ending('invalid_response', 'not_json'))
    if (isRecord(answer['error']) && answer['choices'] === undefined) {
      return this.#end(ending('provider_error', 'error_in_answer'))
    }
    if (this.#request.sink !== null) return this.#end(ending('invalid_response', 'not_event_stream'))
    this.#end(ending('completed', 'none'), parseUsage(answer['usage']))
  }

  /** The bytes collected, as one buffer that stays collected. */
  #takeBody(): Buffer {
    const [part = EMPTY] = this.#parts
    if (this.#parts.length <= 1) return part
    const whole = Buffer.concat(this.#parts)
    this.#parts = [whole]
    return whole
  }

  #giveUp(outcome: UpstreamOutcome, detail: UpstreamDetail): void {
    if (!this.#isSettled) this.#break(ending(outcome, detail))
  }

  /** Ends the attempt although the provider has more to say: its connection is closed, so that nothing of it comes later. */
  #break(end: Ending): void {
    const controller = this.#controller
    this.#end(end)
    controller?.abort(new Error('The call has ended'))
  }

  /** Ends the attempt, and the call with it unless it is tried again. */
  #end(end: Ending, usage: UpstreamUsage | null = this.#reader?.usage ?? null): void {
    const { provider } = this.#request
    if (this.#pass !== null) provider.leave(this.#pass, signalOf(end, this.#status))
    const delay =
      this.#pass === null || this.#isStarted
        ? null
        : retryDelayMs(end, this.#status, this.#retryAfterMs, this.#attempts, provider.random(), provider.retry)
    this.#pass = null
    if (delay !== null) {
      this.#retryTimer = setTimeout(() => this.attempt(), delay)
      return
    }
    this.#isSettled = true
    clearTimeout(this.#retryTimer)
    clearTimeout(this.#stallTimer)
    clearTimeout(this.#totalTimer)
    if (this.#controller?.paused === true) this.#controller.resume()
    this.#settle(this.#resultOf(end, usage))
  }

  #resultOf(end: Ending, usage: UpstreamUsage | null): UpstreamResult {
    const body = this.#takeBody()
    this.#parts = []
    return {
      outcome: end.outcome,
      detail: end.detail,
      error_code: end.error_code,
      status: this.#status,
      headers: this.#headers,
      body: end.outcome === 'completed' || !this.#repeatsKey(body) ? body : EMPTY,
      usage,
      content_bytes: this.#reader?.content_bytes ?? 0,
      content_events: this.#reader?.content_events ?? 0,
      finish_reason: this.#reader?.finish_reason ?? null,
      retry_after_s: this.#retryAfterMs === null ? null : Math.ceil(this.#retryAfterMs / 1000),
      attempts: this.#attempts,
      is_started: this.#isStarted,
    }
  }

  #repeatsKey(body: Buffer): boolean {
    const { key } = this.#request
    return key !== null && body.length > 0 && body.includes(key.reveal())
  }

  #leaveOrigin(): void {
    this.#request.provider.origin.active--
  }
}

function first(header: string | string[] | undefined): string | null {
  return (Array.isArray(header) ? header[0] : header) ?? null
}

function isEventStream(contentType: string | null): boolean {
  return contentType?.trimStart().toLowerCase().startsWith('text/event-stream') ?? false
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return undefined
  }
}
