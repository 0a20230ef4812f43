// The lane to one organisation's ledger: settlements and admissions of this node go together in one statement, under one
// lock and one commit, settlements first.

import type { OrganisationDatabase } from '../../kernel/database.ts'
import { createLane, type Lane } from '../../kernel/lane.ts'
import { Problem } from '../../kernel/problem.ts'

/** A row of the type invocation.request; bytes as '\x…'. */
export type AdmitRow = {
  readonly execution_id: string
  readonly request_id: string
  readonly api_key_id: string | null
  readonly secret_hash: string | null
  readonly member_id: string | null
  readonly actor_role: string | null
  readonly address: string | null
  readonly idempotency_hash: string | null
  readonly fingerprint: string | null
  readonly access_version: number
  readonly policy_version: number
  readonly platform_version: number
  readonly refusal_code: string | null
  readonly refusal_data: object | null
  readonly team_id: string | null
  readonly project_id: string
  readonly use_case_id: string | null
  readonly hold_micros: number
  readonly hold_tokens: number
  readonly engine_type: string
  readonly trigger_source: string
  readonly risk: string
  readonly model_id: string | null
  readonly model: string
  readonly price_version: number | null
  readonly is_streamed: boolean
  readonly input_hash: string
  /** A run of an app: it is bound to no node, and begins in the state created. */
  readonly is_run?: boolean
  /** The run that a call is made for. */
  readonly parent_id?: string
}

/** A row of the type invocation.settlement; bytes as '\x…'. */
export type SettleRow = {
  readonly execution_id: string
  readonly entry_id: string | null
  readonly overrun_entry_id: string | null
  readonly state: 'finalised' | 'failed' | 'cancelled'
  readonly reason_code: string
  readonly cost_micros: number
  readonly input_tokens: number
  readonly cached_input_tokens: number
  readonly output_tokens: number
  readonly tokens_estimated: boolean
  readonly provider_status: number | null
  readonly duration_ms: number
  readonly output_hash: string | null
  readonly content_input: string | null
  readonly content_output: string | null
  readonly answer_status: number | null
  readonly answer_body: string | null
}

export type StepQuestion = { readonly settle: SettleRow } | { readonly admit: AdmitRow }

/** One letter (see `database/org/functions/admit.sql` and `settle.sql`) and what goes with it. */
export type StepAnswer = { readonly letter: string; readonly details: Readonly<Record<string, unknown>> }

export type StepLane = Lane<StepQuestion, StepAnswer>

const STEP = 'select settle_codes, admit_codes, details from invocation.step($1::json, $2::json, $3::uuid)'

type StepRow = {
  readonly settle_codes: string
  readonly admit_codes: string
  readonly details: Readonly<Record<string, Readonly<Record<string, unknown>>>> | null
}

const NO_DETAILS = Object.freeze({})

/** Opens the lane of this node to an organisation. Refuses with `overloaded` beyond 2,000 waiting or 2 s of waiting. */
export function createStepLane(database: OrganisationDatabase, node_id: string): StepLane {
  return createLane<StepQuestion, StepAnswer>({
    max_batch: 128,
    max_share: 32,
    min_gap_ms: 4,
    max_waiting: 2000,
    max_wait_ms: 2000,
    class_of: (question) => ('settle' in question ? 0 : 1),
    asker_of: (question) => ('settle' in question ? '' : (question.admit.api_key_id ?? question.admit.member_id ?? '')),
    // A lost connection reads as the database's own 503: whether it committed is unknown, and repeating is safe.
    is_unknown_outcome: (error) => error instanceof Problem && error.status === 503,
    async run(batch) {
      const settlements = batch.flatMap((question) => ('settle' in question ? [question.settle] : []))
      const requests = batch.flatMap((question) => ('admit' in question ? [question.admit] : []))
      const row = await database.connection(async (client) => {
        const values = [JSON.stringify(settlements), JSON.stringify(requests), node_id]
        const { rows } = await client.query<StepRow>({ name: 'invocation.step', text: STEP, values })
        return rows[0]
      })
      if (row?.settle_codes.length !== settlements.length || row.admit_codes.length !== requests.length) {
        throw new Error('The ledger answered another number of calls than it was asked about')
      }
      let settled = 0
      let admitted = 0
      return batch.map((question) => {
        if ('settle' in question) return { letter: row.settle_codes.charAt(settled++), details: NO_DETAILS }
        const index = admitted++
        return { letter: row.admit_codes.charAt(index), details: row.details?.[String(index)] ?? NO_DETAILS }
      })
    },
  })
}
