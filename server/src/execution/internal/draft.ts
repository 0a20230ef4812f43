// What a run has produced, as it is written: reckoned on the run as it was seen, and put in its place by
// `execution.produce_drafts`, for many runs at once, only where the run is still that.

import { sql } from 'kysely'
import { entryRow } from '../../audit/append.ts'
import type { OrganisationTx } from '../../kernel/database.ts'
import { boundHashOf } from '../../supervision/binding.ts'
import { findOpenLevel, type OpenLevel } from '../../supervision/completeness.ts'
import { gateRow } from '../../supervision/gate.ts'
import type { ReceiptBody, SignedReceipt } from '../../supervision/receipt.ts'
import type { Governance, RunPlace } from '../run-tools.ts'
import { finalisationBody } from './finalisation.ts'
import { requireTransition, type RunEnd, settlementOf } from './move.ts'
import { draftOfRunEntry, endEntry, type RunEntry, systemOrigin } from './run-entry.ts'
import type { LockedRun } from './run-row.ts'
import { ackTimeoutDays, storedLevels } from './supervise.ts'

export type RunOutput = {
  readonly sealed: Buffer
  readonly hash: Buffer
  /** Characters of the output as people read it, from which reading time is reckoned. */
  readonly chars: number
  /** How many steps it took. */
  readonly steps: number
}

export type PlannedDraft = {
  /** The run as it was seen. */
  readonly run: LockedRun
  readonly output: RunOutput
  readonly state: 'draft' | 'finalised' | 'cancelled'
  /** The row of the level that opens, or the settlement of the run that ends: either. */
  readonly gate: object | null
  readonly settlement: object | null
  readonly entries: readonly RunEntry[]
  /** To be signed before it is written; null for a draft. */
  readonly receipt: ReceiptBody | null
}

export type SignedDraft = Omit<PlannedDraft, 'receipt'> & { readonly receipt: SignedReceipt | null }

const ENGINE = systemOrigin('engine')
const POLICY = systemOrigin('policy')

/** What becomes of a run with this output, under what governs now. */
export function planDraft(
  { organisation }: RunPlace,
  run: LockedRun,
  governance: Governance,
  output: RunOutput,
): PlannedDraft {
  const levels = storedLevels(run)
  const draft: LockedRun = { ...run, revision: run.revision + 1, output_hash: output.hash }
  const open = findOpenLevel(levels, { ...draft, bound_hash: boundHashOf(draft) }, [])
  const told = { revision: draft.revision, output_sha256: output.hash.toString('hex') }
  const produced = { origin: ENGINE, event: 'execution.output_produced', data: told } as const
  const base = { run, output, gate: null, settlement: null, receipt: null }
  if (run.trigger_source === 'test') {
    requireTransition('end_test', run.state, 'cancelled')
    const tested: RunEnd = { state: 'cancelled', reason_code: 'tested', now: run.now, output_hash: output.hash }
    const entries = [produced, endEntry(run, ENGINE, tested, told)]
    return { ...base, state: 'cancelled', settlement: settlementOf(run, tested), entries }
  }
  requireTransition('produce_draft', run.state, open === null ? 'finalised' : 'draft')
  if (open !== null) {
    return { ...base, state: 'draft', gate: gateOf(draft, governance, open), entries: [produced] }
  }
  const { policy_version, platform_version } = governance
  const versions = { policy_version_seen: policy_version, platform_version_seen: platform_version }
  const end: RunEnd = { state: 'finalised', reason_code: 'completed', now: run.now, output_hash: output.hash }
  const by_policy = { level: 1, by: 'system:policy', ...versions }
  return {
    ...base,
    state: 'finalised',
    settlement: settlementOf(run, end),
    receipt: finalisationBody(organisation, draft, governance, levels, []),
    entries: [
      produced,
      { origin: POLICY, event: 'execution.acknowledged', data: by_policy },
      endEntry(run, POLICY, end, { ...told, ...versions }),
    ],
  }
}

const gateOf = (draft: LockedRun, governance: Governance, { level, quorum, given_by }: OpenLevel) =>
  gateRow(draft, governance.workflows, {
    level,
    quorum,
    given: given_by.length,
    now: draft.now,
    ack_timeout_days: ackTimeoutDays(draft, governance),
  })

const hex = (bytes: Buffer): string => `\\x${bytes.toString('hex')}`

/** A row of `execution.run`: what was seen of it, and what is written. */
function rowOf({ run, output, state }: SignedDraft) {
  return {
    execution_id: run.id,
    attempt: run.attempt,
    ...storedLevels(run),
    revision: run.revision,
    output: hex(output.sealed),
    output_hash: hex(output.hash),
    output_chars: output.chars,
    steps_taken: output.steps,
    draft_at: run.now,
    sealed_at: state === 'finalised' ? run.now : null,
  }
}

const receiptRow = ({ id, now }: LockedRun, { kind, content }: SignedReceipt) => ({
  id,
  execution_id: id,
  kind,
  content,
  created_at: now,
})

/**
 * Writes drafts, each with its state, money, seal, receipt and log entries. Answers, in their order, whether each was: false
 * where the run, or what governs it, is no longer what was seen.
 */
export async function writeDrafts(tx: OrganisationTx, drafts: readonly SignedDraft[]): Promise<readonly boolean[]> {
  const versions = drafts.map(({ run }) => run.access_version)
  const json = {
    drafts: JSON.stringify(drafts.map(rowOf)),
    gates: JSON.stringify(drafts.flatMap(({ gate }) => gate ?? [])),
    settlements: JSON.stringify(drafts.flatMap(({ settlement }) => settlement ?? [])),
    receipts: JSON.stringify(
      drafts.flatMap(({ run, receipt }) => (receipt === null ? [] : [receiptRow(run, receipt)])),
    ),
    entries: JSON.stringify(
      drafts.flatMap(({ run, entries }) => entries.map((each) => entryRow(each.origin, draftOfRunEntry(run, each)))),
    ),
  }
  const { rows } = await sql<{ readonly codes: string }>`
    select execution.produce_drafts(${json.drafts}, ${versions}::bigint[], ${json.gates}, ${json.settlements},
      ${json.receipts}, ${json.entries}) as codes`.execute(tx)
  const codes = rows[0]?.codes ?? ''
  if (codes.length !== drafts.length) throw new Error('Other drafts were written than were sent')
  return drafts.map((_each, index) => codes.charAt(index) === 'p')
}
