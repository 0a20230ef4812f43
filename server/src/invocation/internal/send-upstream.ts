// Sending an admitted call to its provider: the governed fields as they were judged, the provider's own key, the time it
// may take. Whoever performs a call, for the gateway or inside a run, sends it here.

import type { CallableModel } from '../../models/assignment.ts'
import type { Performer } from '../performer.ts'
import { type GovernedBody, type GovernedValues, rewriteGovernedBody } from './governed-body.ts'
import { callOpenAi, type UpstreamCall, type UpstreamSink, type UpstreamTimeouts } from './upstream/openai.ts'
import type { UpstreamResult } from './upstream/outcome.ts'

/** Why a call is given up before its provider has ended it. */
export type Ending = 'client_gone' | 'cancelled'

/** A call that can be given up at any moment, also before it was sent. */
export type CallState = { upstream: UpstreamCall | null; ending: Ending | null }

/** Gives a call up; the first reason counts. */
export function giveUp(state: CallState, ending: Ending): void {
  state.ending ??= ending
  state.upstream?.cancel(ending)
}

const TIMEOUTS = { headers_ms: 600_000, idle_ms: 120_000, stall_ms: 120_000 } as const
const DEFAULT_TOTAL_MS = 3_600_000

/** What was decided about a call: what it may be sent as, and for how long. */
export type Sending = {
  readonly body: GovernedBody
  readonly model: CallableModel
  /** Per choice. */
  readonly output_tokens: number
  /** The whole call with its retries; null for no limit but the platform's. */
  readonly total_ms: number | null
}

/** The governed fields as they are sent: the provider's name of the model, the judged limit, usage asked for. */
function valuesToSend({ body, model, output_tokens }: Sending): GovernedValues {
  const { max_tokens, max_completion_tokens, stream_options, ...rest } = body.values
  const limits =
    max_completion_tokens !== undefined
      ? { max_completion_tokens: Math.min(max_completion_tokens, output_tokens) }
      : max_tokens !== undefined || model.reasoning_tokens === 0
        ? { max_tokens: output_tokens }
        : { max_completion_tokens: output_tokens + model.reasoning_tokens }
  const streaming = rest.stream === true ? { stream_options: { ...stream_options, include_usage: true } } : {}
  return { ...rest, model: model.upstream_name, ...limits, ...streaming }
}

/** Sends a call and resolves with how it ended; it never rejects. */
export async function sendUpstream(
  performer: Pick<Performer, 'provider_keys' | 'upstreams'>,
  sending: Sending,
  sink: UpstreamSink | null,
  state: CallState,
): Promise<UpstreamResult> {
  const { body, model, total_ms } = sending
  const timeouts: UpstreamTimeouts = { ...TIMEOUTS, total_ms: total_ms ?? DEFAULT_TOTAL_MS }
  try {
    const key = await performer.provider_keys.get(model)
    // Given up before anything was sent.
    if (state.ending !== null) return { ...UNSENT, outcome: state.ending, detail: 'none' }
    const upstream = callOpenAi({
      provider: performer.upstreams.provider(model.provider_id, model.base_url),
      path: '/chat/completions',
      body: rewriteGovernedBody(body, valuesToSend(sending)),
      key,
      timeouts,
      sink,
      strip_usage: body.values.stream === true && body.values.stream_options?.include_usage !== true,
    })
    state.upstream = upstream
    return await upstream.result
  } catch {
    // The secret store is away, or the address may not be connected to: nothing was sent.
    return UNSENT
  }
}

const UNSENT: UpstreamResult = {
  outcome: 'provider_unreachable',
  detail: 'not_sendable',
  error_code: null,
  status: 0,
  headers: { content_type: null, request_id: null },
  body: Buffer.alloc(0),
  usage: null,
  content_bytes: 0,
  content_events: 0,
  finish_reason: null,
  retry_after_s: null,
  attempts: 0,
  is_started: false,
}
