// What the log says of a run's transitions. An entry names the run as its target and as its execution.

import { appendEntries, type EntryData, type EntryDraft, type Origin, originOf } from '../../audit/append.ts'
import type { AuditEvent } from '../../audit/event.ts'
import type { OrganisationTx } from '../../kernel/database.ts'
import type { RunEnd } from './move.ts'
import type { RunRow } from './run-row.ts'

type Told = Pick<RunRow, 'id' | 'app_id' | 'app_name' | 'app_version'>

export type RunEntry = {
  readonly origin: Origin
  readonly event: AuditEvent
  readonly outcome?: 'succeeded' | 'refused' | 'failed'
  readonly reason_code?: string
  readonly data?: EntryData
}

/** Writes what happened to a run, in this order. */
export function appendRunEntries(tx: OrganisationTx, run: Told, entries: readonly RunEntry[]): Promise<void> {
  return appendEntriesOfRuns(
    tx,
    entries.map((entry) => ({ run, entry })),
  )
}

/** Writes what happened to several runs, in one statement. */
export function appendEntriesOfRuns(
  tx: OrganisationTx,
  entries: readonly { readonly run: Told; readonly entry: RunEntry }[],
): Promise<void> {
  return appendEntries(
    tx,
    entries.map(({ run, entry }) => ({ origin: entry.origin, draft: draftOfRunEntry(run, entry) })),
  )
}

/** The entry as the log takes it. */
export function draftOfRunEntry(run: Told, entry: RunEntry): EntryDraft {
  const { origin: _origin, data, ...draft } = entry
  return {
    ...draft,
    target: { type: 'run', id: run.id },
    execution_id: run.id,
    data: { app_id: run.app_id, app: run.app_name, app_version: run.app_version, ...data },
  }
}

/** The entry of a run's end: what was held, what was charged, on which policy. */
export function endEntry(run: RunRow, origin: Origin, end: RunEnd, data: EntryData = {}): RunEntry {
  const isFinalised = end.state === 'finalised'
  return {
    origin,
    event: `execution.${end.state}`,
    outcome: isFinalised ? 'succeeded' : end.state === 'failed' ? 'failed' : 'refused',
    reason_code: end.reason_code,
    data: {
      billing: run.hold_wallet_micros > 0 ? 'wallet' : 'metered',
      policy_version: run.policy_version,
      hold_micros: run.hold_micros,
      charge_micros: isFinalised ? run.hold_micros : 0,
      state_before: run.state,
      ...data,
    },
  }
}

/** The origin of what the platform does by itself. */
export function systemOrigin(name: string): Origin {
  return originOf(
    { kind: 'system', organisation_id: '', name, use: { via: 'system' } },
    { request_id: null, address: null },
  )
}
