// What a call's end means for money and tokens (rulings, "Gateway calls"): completed and abandoned by the client are
// charged for what was produced; whatever the provider broke costs nothing; tokens count in every case.

import { setTimeout as pause } from 'node:timers/promises'
import { newId } from '../kernel/id.ts'
import { costMicros, type TokenUsage } from '../kernel/money.ts'
import type { Problem } from '../kernel/problem.ts'
import type { CallableModel } from '../models/assignment.ts'
import type { SettleRow, StepAnswer } from './internal/step-lane.ts'
import type { UpstreamResult } from './internal/upstream/outcome.ts'
import type { Ledger } from './ledgers.ts'

export type Hold = { readonly hold_micros: number; readonly hold_tokens: number }

export type CallEnd = {
  readonly state: 'finalised' | 'failed'
  readonly reason_code: string
  readonly usage: TokenUsage
  readonly is_estimated: boolean
  readonly cost_micros: number
}

const NO_USAGE: TokenUsage = { input_tokens: 0, cached_input_tokens: 0, output_tokens: 0 }

/** About four bytes of text are a token; used only where a provider reports nothing, and marked as an estimate. */
const BYTES_PER_TOKEN = 4

/**
 * The most a call can have used is what was held for it; an estimate never exceeds that. `input_bytes` is the bound from
 * which the hold was reckoned.
 */
function estimateUsage(result: UpstreamResult, input_bytes: number, hold_tokens: number): TokenUsage {
  const isStream = result.content_events > 0
  const bytes = isStream ? result.content_bytes : result.body.length
  const input_tokens = Math.min(hold_tokens, Math.ceil(input_bytes / BYTES_PER_TOKEN))
  const produced = Math.max(result.content_events, Math.ceil(bytes / BYTES_PER_TOKEN))
  return { input_tokens, cached_input_tokens: 0, output_tokens: Math.min(hold_tokens - input_tokens, produced) }
}

/** Whether the provider had begun to work on the call when it ended. */
const hasBegun = (result: UpstreamResult): boolean => result.status === 200

/** What an upstream result means: state, reason, tokens and cost at the call's frozen price. */
export function endOf(result: UpstreamResult, model: CallableModel, input_bytes: number, hold: Hold): CallEnd {
  const isCharged = result.outcome === 'completed' || result.outcome === 'client_gone'
  const isEstimated = result.usage === null && hasBegun(result)
  const usage = result.usage ?? (isEstimated ? estimateUsage(result, input_bytes, hold.hold_tokens) : NO_USAGE)
  return {
    state: isCharged ? 'finalised' : 'failed',
    reason_code: result.outcome,
    usage,
    is_estimated: isEstimated,
    cost_micros: isCharged ? costMicros(usage, model) : 0,
  }
}

const hex = (bytes: Uint8Array | null): string | null =>
  bytes === null ? null : `\\x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')}`

export type Settlement = {
  readonly execution_id: string
  readonly hold: Hold
  readonly end: CallEnd
  readonly provider_status: number
  readonly duration_ms: number
  readonly output_hash: Buffer | null
  readonly content: { readonly input: Buffer; readonly output: Buffer } | null
  readonly answer: { readonly status: number; readonly body: Buffer | null } | null
}

const RETRY_AFTER_MS = 1000

/**
 * Writes a settlement, however long the ledger cannot be reached: what has begun must end. Sending it again is safe, a
 * call is settled once. Should the node die first, another node releases what was held.
 */
async function settleEventually({ lane, log }: LedgerDoor, row: SettleRow): Promise<StepAnswer> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await lane.ask({ settle: row })
    } catch (error) {
      const { execution_id } = row
      if (tries % 60 === 1) log.warn({ err: error, execution_id, tries }, 'a call waits to be settled')
      await pause(RETRY_AFTER_MS)
    }
  }
}

type LedgerDoor = Pick<Ledger, 'lane' | 'log'>

/** Settles a call. Idempotent: a call is settled once, whatever is sent again. */
export function settle(ledger: LedgerDoor, settlement: Settlement): Promise<StepAnswer> {
  const { end, hold, content, answer } = settlement
  const tokens = end.usage.input_tokens + end.usage.output_tokens
  const isOverrun = end.cost_micros > hold.hold_micros || tokens > hold.hold_tokens
  const row: SettleRow = {
    execution_id: settlement.execution_id,
    entry_id: newId(),
    overrun_entry_id: isOverrun ? newId() : null,
    state: end.state,
    reason_code: end.reason_code,
    cost_micros: end.cost_micros,
    ...end.usage,
    tokens_estimated: end.is_estimated,
    provider_status: settlement.provider_status === 0 ? null : settlement.provider_status,
    duration_ms: settlement.duration_ms,
    output_hash: hex(settlement.output_hash),
    content_input: hex(content?.input ?? null),
    content_output: hex(content?.output ?? null),
    answer_status: answer?.status ?? null,
    answer_body: hex(answer?.body ?? null),
  }
  return settleEventually(ledger, row)
}

/**
 * Takes an admission back before anything was sent: money and tokens return in full. The log says that the call was
 * refused, and why; of an admission that nobody refused it says nothing.
 */
export function withdraw(
  ledger: LedgerDoor,
  execution_id: string,
  refusal: Problem | null = null,
): Promise<StepAnswer> {
  return settleEventually(ledger, {
    execution_id,
    entry_id: refusal === null ? null : newId(),
    overrun_entry_id: null,
    state: 'cancelled',
    reason_code: refusal?.code ?? 'withdrawn',
    cost_micros: 0,
    ...NO_USAGE,
    tokens_estimated: false,
    provider_status: null,
    duration_ms: 0,
    output_hash: null,
    content_input: null,
    content_output: null,
    answer_status: null,
    answer_body: null,
  })
}
