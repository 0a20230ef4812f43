// How a call to a provider can end, and what follows from it: whether it is tried again, and what it says of the provider.

import type { BreakerSignal } from './breaker.ts'
import type { UpstreamUsage } from './usage.ts'

/**
 * `completed`: a whole answer. `client_gone` and `cancelled`: we gave up, for the client or for the platform.
 * `provider_cut`: the connection ended inside the answer. `invalid_response`: an answer that is none of the dialect.
 * `provider_timeout`: it fell silent. `provider_unreachable`: the request was never sent.
 */
export type UpstreamOutcome =
  | 'completed'
  | 'client_gone'
  | 'cancelled'
  | 'provider_cut'
  | 'provider_rate_limited'
  | 'provider_error'
  | 'provider_unreachable'
  | 'provider_timeout'
  | 'invalid_response'

/** The finer reason, for the operator's log. */
export type UpstreamDetail =
  | 'none'
  | 'breaker_open'
  | 'pool_exhausted'
  | 'egress_refused'
  | 'connect_failed'
  | 'connect_timeout'
  | 'not_sendable'
  | 'reset_before_answer'
  | 'reset_in_answer'
  | 'no_finish'
  | 'headers_timeout'
  | 'idle_timeout'
  | 'total_timeout'
  | 'client_stalled'
  | 'status'
  | 'error_in_answer'
  | 'not_json'
  | 'event_too_large'
  | 'answer_too_large'
  | 'not_event_stream'
  | 'content_encoding'
  | 'bad_http'

export type UpstreamHeaders = {
  readonly content_type: string | null
  /** The provider's own id of the call. */
  readonly request_id: string | null
}

/** How a call ended; every call ends in exactly one. */
export type UpstreamResult = {
  readonly outcome: UpstreamOutcome
  readonly detail: UpstreamDetail
  /** The code of the network's or parser's error, for the log; never a message, which could carry content. */
  readonly error_code: string | null
  /** The provider's status; 0 when it gave none. */
  readonly status: number
  readonly headers: UpstreamHeaders
  /** The plain answer, or of an error answer at most 64 KB; empty for streams, and when it repeated the credential. */
  readonly body: Buffer
  /** As reported; null when the provider reported none or none that can be read. */
  readonly usage: UpstreamUsage | null
  /** Bytes of text received in a stream and the events that brought them: what a client that went away may have seen. */
  readonly content_bytes: number
  readonly content_events: number
  readonly finish_reason: string | null
  /** What the provider asks to wait, rounded up; only with `provider_rate_limited` and 5xx. */
  readonly retry_after_s: number | null
  readonly attempts: number
  /** Whether the sink was started: bytes of the answer have gone to the client. */
  readonly is_started: boolean
}

export type Ending = {
  readonly outcome: UpstreamOutcome
  readonly detail: UpstreamDetail
  readonly error_code: string | null
}

export function ending(outcome: UpstreamOutcome, detail: UpstreamDetail, error_code: string | null = null): Ending {
  return { outcome, detail, error_code }
}

/** What an error status means: 429 asks to wait, everything else from 300 up is the provider's error. */
export function endingOfStatus(status: number): Ending {
  return ending(status === 429 ? 'provider_rate_limited' : 'provider_error', 'status')
}

const TIMEOUTS: Readonly<Record<string, Ending>> = {
  UND_ERR_HEADERS_TIMEOUT: ending('provider_timeout', 'headers_timeout', 'UND_ERR_HEADERS_TIMEOUT'),
  UND_ERR_BODY_TIMEOUT: ending('provider_timeout', 'idle_timeout', 'UND_ERR_BODY_TIMEOUT'),
}

/** What an error of the connection means, by how far the attempt had come. Total: an unknown error is a cut. */
export function endingOfError(error: unknown, isSent: boolean, hasStatus: boolean): Ending {
  const code = codeOf(error)
  if (!isSent) return endingUnsent(code)
  const timeout = TIMEOUTS[code]
  if (timeout !== undefined) return timeout
  // Behind the head a parser error is most often the end of the connection inside a chunk.
  if (hasStatus) return ending('provider_cut', 'reset_in_answer', code)
  // undici names the parser's error by its class; the code is often undefined.
  const isNoHttp = code === 'HTTPParserError' || code.startsWith('HPE_') || code === 'UND_ERR_HEADERS_OVERFLOW'
  return isNoHttp ? ending('invalid_response', 'bad_http', code) : ending('provider_cut', 'reset_before_answer', code)
}

function endingUnsent(code: string): Ending {
  if (code === 'EGRESS_REFUSED') return ending('provider_unreachable', 'egress_refused', code)
  if (code === 'UND_ERR_CONNECT_TIMEOUT') return ending('provider_unreachable', 'connect_timeout', code)
  if (code === 'UND_ERR_INVALID_ARG') return ending('provider_unreachable', 'not_sendable', code)
  return ending('provider_unreachable', 'connect_failed', code)
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'UNKNOWN'
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}

/** What an ending says of the provider's health. What a caller can bring about by what it asks for says nothing. */
export function signalOf(end: Ending, status: number): BreakerSignal {
  switch (end.outcome) {
    case 'completed':
      return 'healthy'
    case 'client_gone':
    case 'cancelled':
      return status === 200 ? 'healthy' : 'unknown'
    case 'provider_rate_limited':
      return 'unknown'
    case 'provider_error':
      if (end.detail === 'status' && status < 400) return 'unknown'
      return end.detail === 'status' && status < 500 ? 'healthy' : 'failed'
    case 'provider_unreachable':
      return end.detail === 'connect_failed' || end.detail === 'connect_timeout' ? 'failed' : 'unknown'
    case 'provider_timeout':
      return end.detail === 'total_timeout' ? 'unknown' : 'failed'
    case 'invalid_response':
      return end.detail === 'answer_too_large' ? 'unknown' : 'failed'
    case 'provider_cut':
      break
  }
  return 'failed'
}

export type RetryOptions = {
  readonly max_retries: number
  readonly base_ms: number
  /** A provider that asks for more patience than this is not tried again: the caller can wait better than we can. */
  readonly max_wait_ms: number
}

/**
 * How long to wait before the next attempt, or null when there is none: after 429 and 5xx, a connection refused, and one
 * lost before the first byte of the answer (an idle connection that the provider closed under us looks like that).
 * `attempts` have been made; `random` is in [0, 1).
 */
export function retryDelayMs(
  end: Ending,
  status: number,
  retryAfterMs: number | null,
  attempts: number,
  random: number,
  options: RetryOptions,
): number | null {
  const isWorthIt =
    end.outcome === 'provider_rate_limited' ||
    (end.outcome === 'provider_error' && status >= 500) ||
    end.detail === 'connect_failed' ||
    end.detail === 'reset_before_answer'
  if (!isWorthIt || attempts > options.max_retries) return null
  const backoff = options.base_ms * 2 ** (attempts - 1) * (0.5 + random / 2)
  const delay = Math.max(backoff, retryAfterMs === null ? 0 : retryAfterMs + options.base_ms * random)
  return delay > options.max_wait_ms ? null : delay
}

/** Reads `Retry-After` (RFC 9110: seconds or a date), or OpenAI's `retry-after-ms`, into milliseconds; null when absent or neither. */
export function parseRetryAfterMs(header: string | null, headerMs: string | null, now_ms: number): number | null {
  if (headerMs !== null && /^\d{1,9}(\.\d+)?$/.test(headerMs)) return Math.ceil(Number(headerMs))
  if (header === null) return null
  if (/^\d{1,9}(\.\d+)?$/.test(header)) return Math.ceil(Number(header) * 1000)
  const date = header.endsWith(' GMT') ? Date.parse(header) : Number.NaN
  return Number.isNaN(date) ? null : Math.max(0, date - now_ms)
}
