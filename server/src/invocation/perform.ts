// A governed call from admission to settlement. A plain answer is handed out as soon as the provider has given it, and
// settled at the same moment: a node that dies in between leaves a hold that lapses, so the client never pays for what
// the log does not show, and the tokens count as used.

import { createHash, hash } from 'node:crypto'
import { draining } from '../kernel/problem.ts'
import { alreadyDone } from '../http/problems.ts'
import { admit, type Admission, type Replay } from './admit.ts'
import type { Call } from './call.ts'
import { type CallState, giveUp, sendUpstream } from './internal/send-upstream.ts'
import type { UpstreamSink } from './internal/upstream/openai.ts'
import type { UpstreamHeaders, UpstreamResult } from './internal/upstream/outcome.ts'
import type { Performer } from './performer.ts'
import {
  callCancelled,
  providerFailed,
  providerRateLimited,
  providerRefused,
  providerTimeout,
  providerUnavailable,
} from './problems.ts'
import { endOf, settle } from './settle.ts'

/** Where a stream goes; `write` answers false to ask for patience until `resume` of the performance is called. */
export type StreamSink = {
  readonly start: (headers: UpstreamHeaders, execution_id: string) => void
  readonly write: (bytes: Buffer) => boolean
}

export type Performance = {
  /**
   * The plain answer; for a stream null when its last byte was written. Rejects with a Problem when the call was refused
   * or the provider failed, which in a stream may be after bytes were written.
   */
  readonly answer: Promise<PlainAnswer | null>
  /** The client is gone: the provider is cut off, and what was produced is charged. */
  readonly abandon: () => void
  /** The sink takes bytes again. */
  readonly resume: () => void
}

export type PlainAnswer = {
  readonly status: number
  readonly body: Buffer
  readonly execution_id: string
  readonly is_replay: boolean
}

/** Performs a call; `sink` is null for a plain one. */
export function perform(performer: Performer, call: Call, sink: StreamSink | null): Performance {
  const state: CallState = { upstream: null, ending: null }
  const run = async (): Promise<PlainAnswer | null> => {
    if (performer.isDraining()) throw draining({}, { retry_after_s: 5 })
    const end = performer.running.begin(() => giveUp(state, 'cancelled'))
    const admitted = await admit(performer.ledgers, call).catch((error: unknown) => {
      end()
      throw error
    })
    performer.key_uses.note(admitted.database, call.key.api_key_id)
    if ('replayed_execution_id' in admitted) return replay(performer, call, admitted).finally(end)
    return callProvider(performer, call, admitted, sink, state, end)
  }
  return { answer: run(), abandon: () => giveUp(state, 'client_gone'), resume: () => state.upstream?.resume() }
}

async function callProvider(
  performer: Performer,
  call: Call,
  admission: Admission,
  sink: StreamSink | null,
  state: CallState,
  end: () => void,
): Promise<PlainAnswer | null> {
  const started_ms = performance.now()
  const { ledger, verdict, execution_id } = admission
  const output = createOutputRecord(sink !== null, keepsContent(admission))
  const { api_key_id, user_id, key_addresses } = admission.facts
  const caller = { api_key_id, user_id, key_addresses, address: call.address }
  ledger.running.set(execution_id, { cancel: () => giveUp(state, 'cancelled'), caller })
  const { model, output_tokens, max_execution_seconds } = verdict
  const total_ms = max_execution_seconds === null ? null : max_execution_seconds * 1000
  const sending = { body: call.body, model, output_tokens, total_ms }
  const result = await sendUpstream(performer, sending, recordingSink(sink, output, execution_id), state)
  const duration_ms = Math.round(performance.now() - started_ms)
  performer.metrics.countCall(result.outcome, duration_ms / 1000)
  const settled = settleResult(performer, call, admission, result, output, duration_ms)
    .catch((error: unknown) => ledger.log.error({ err: error, execution_id }, 'a call was not settled'))
    .finally(() => {
      ledger.running.delete(execution_id)
      end()
    })
  // A repeated Idempotency-Key gets the kept answer, so that answer must be kept before the first one is given.
  if (admission.is_idempotent) await settled
  return answerOf(result, execution_id, model.name)
}

type OutputRecord = {
  readonly add: (bytes: Buffer) => void
  readonly hash: () => Buffer
  readonly bytes: () => Buffer
}

/** The hash of everything that went to the client, and its bytes where they are to be kept. */
function createOutputRecord(isStream: boolean, keeps: boolean): OutputRecord | null {
  if (!isStream) return null
  const running = createHash('sha256')
  const parts: Buffer[] = []
  return {
    add(bytes) {
      running.update(bytes)
      if (keeps) parts.push(bytes)
    },
    hash: () => running.digest(),
    bytes: () => Buffer.concat(parts),
  }
}

function recordingSink(
  sink: StreamSink | null,
  output: OutputRecord | null,
  execution_id: string,
): UpstreamSink | null {
  if (sink === null || output === null) return null
  return {
    start: (headers) => sink.start(headers, execution_id),
    write(bytes) {
      output.add(bytes)
      return sink.write(bytes)
    },
  }
}

const keepsContent = (admission: Admission): boolean => admission.facts.policy.values.store_content !== 'none'

async function settleResult(
  performer: Performer,
  call: Call,
  admission: Admission,
  result: UpstreamResult,
  output: OutputRecord | null,
  duration_ms: number,
): Promise<void> {
  const { ledger, execution_id, hold, facts, verdict } = admission
  const { organisation_id } = call.key
  const end = endOf(result, verdict.model, call.body.text_tokens_bound, hold)
  const { store_content } = facts.policy.values
  const isKept = store_content === 'all' || (store_content === 'errors' && end.state === 'failed')
  const sent = output === null ? result.body : output.bytes()
  const seal = (column: 'input' | 'output' | 'answer', plain: Buffer) =>
    performer.vault.seal(ledger.database, organisation_id, execution_id, column, plain)
  // Money must not wait for the keys: what cannot be encrypted now is not kept.
  const content = isKept
    ? await Promise.all([seal('input', call.bytes), seal('output', sent)]).then(
        ([sealedInput, sealedOutput]) => ({ input: sealedInput, output: sealedOutput }),
        () => null,
      )
    : null
  await settle(ledger, {
    execution_id,
    hold,
    end,
    provider_status: result.status,
    duration_ms,
    output_hash: output === null ? hash('sha256', result.body, 'buffer') : output.hash(),
    content,
    answer: admission.is_idempotent ? await answerToKeep(result, output, seal) : null,
  })
}

const MAX_KEPT_ANSWER_BYTES = 256 * 1024

/** Completed plain answers are kept; a stream, and an answer that is too large, only as the fact that it was given. */
async function answerToKeep(
  result: UpstreamResult,
  output: OutputRecord | null,
  seal: (column: 'answer', plain: Buffer) => Promise<Buffer>,
): Promise<{ status: number; body: Buffer | null }> {
  const isKept = output === null && result.outcome === 'completed' && result.body.length <= MAX_KEPT_ANSWER_BYTES
  return { status: result.status, body: isKept ? await seal('answer', result.body).catch(() => null) : null }
}

/** The answer of the first call with this Idempotency-Key, or `already_done` with its id. */
async function replay(performer: Performer, call: Call, first: Replay): Promise<PlainAnswer> {
  const execution_id = first.replayed_execution_id
  const kept = await first.database.transaction((tx) =>
    tx
      .selectFrom('execution.answer')
      .select(['status', 'body'])
      .where('execution_id', '=', execution_id)
      .executeTakeFirst(),
  )
  if (kept?.body == null) throw await first.refuse(alreadyDone({ execution_id }))
  const { organisation_id } = call.key
  const body = await performer.vault.open(first.database, organisation_id, execution_id, 'answer', kept.body)
  return { status: kept.status, body, execution_id, is_replay: true }
}

/** What the client gets: the provider's answer, or the Problem that says what became of it. */
function answerOf(result: UpstreamResult, execution_id: string, model: string): PlainAnswer | null {
  const params = { execution_id, model, provider_status: result.status }
  switch (result.outcome) {
    case 'completed':
      if (result.is_started) return null
      return { status: result.status, body: result.body, execution_id, is_replay: false }
    case 'client_gone':
      return null
    case 'cancelled':
      throw callCancelled(params, { retry_after_s: 5 })
    case 'provider_rate_limited':
      throw providerRateLimited(params, { retry_after_s: result.retry_after_s ?? 5 })
    case 'provider_unreachable':
      throw providerUnavailable(params, { retry_after_s: result.retry_after_s ?? 5 })
    case 'provider_timeout':
      throw providerTimeout(params)
    case 'provider_error':
      // A provider that rejects our credential is our trouble, not the caller's.
      if (result.status === 401 || result.status === 403 || result.status >= 500 || result.status < 400) {
        throw providerFailed(params)
      }
      throw providerRefused(params, refusalDetail(result))
    case 'provider_cut':
    case 'invalid_response':
      throw providerFailed(params)
  }
}

/** A 4xx of the provider is about what the caller sent, so its sentence reaches the caller, and nothing else of it. */
function refusalDetail(result: UpstreamResult): { detail?: string } {
  try {
    const parsed: unknown = JSON.parse(result.body.toString('utf8'))
    const error: unknown = typeof parsed === 'object' && parsed !== null ? Reflect.get(parsed, 'error') : null
    const message: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'message') : null
    if (typeof message === 'string') return { detail: message.slice(0, 1000) }
  } catch {
    // Not JSON: there is no sentence to pass on.
  }
  return {}
}
