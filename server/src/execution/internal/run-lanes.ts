// The lanes of runs: what many of them do at once in one organisation becomes few statements, each with one lock of the gate
// and one commit.

import type { OrganisationDatabase } from '../../kernel/database.ts'
import { createLane, type Lane } from '../../kernel/lane.ts'
import { Problem } from '../../kernel/problem.ts'
import { type CreationRequest, type CreationVerdict, createRuns, startRuns } from '../creation.ts'
import type { State } from '../state.ts'
import { type SignedDraft, writeDrafts } from './draft.ts'
import type { EngineAct } from './move.ts'
import { findQuotaShortages, type QuotaQuestion, type QuotaShortage } from './quota-room.ts'
import { type LockedRun, seeRuns, seeStates } from './run-row.ts'

export type RunLanes = {
  /** Whether token quotas leave room, as `findQuotaShortage` says. */
  readonly room: Lane<QuotaQuestion, { readonly shortage: QuotaShortage | null }>
  /** Creates runs, as `createRuns` does. Refuses with `overloaded` when too many wait. */
  readonly create: Lane<CreationRequest, CreationVerdict>
  /** Starts claimed runs, as `startRuns` does. */
  readonly start: Lane<EngineAct, boolean>
  /** Sees runs, as `seeRuns` does. */
  readonly see: Lane<string, { readonly run: LockedRun | null }>
  /** The state of a run, null where there is none. */
  readonly state: Lane<string, { readonly state: State | null }>
  /** Writes drafts, as `writeDrafts` does; what a run has produced is never turned away. */
  readonly produce: Lane<SignedDraft, boolean>
}

const MAX_BATCH = 64
/** While busy, what comes within it goes together. */
const MIN_GAP_MS = 25

const lanes = new WeakMap<OrganisationDatabase, RunLanes>()

/** The lanes of this node to an organisation. */
export function lanesOf(database: OrganisationDatabase): RunLanes {
  const known = lanes.get(database)
  if (known !== undefined) return known
  const opened = openLanes(database)
  lanes.set(database, opened)
  return opened
}

function openLanes(database: OrganisationDatabase): RunLanes {
  const pace = {
    max_batch: MAX_BATCH,
    min_gap_ms: MIN_GAP_MS,
    busy_from: 2,
    max_waiting: 2000,
    max_wait_ms: 2000,
    // A lost connection reads as the database's own 503: whether it committed is unknown, and repeating is safe.
    is_unknown_outcome: (error: unknown) => error instanceof Problem && error.status === 503,
  }
  return {
    room: createLane({
      ...pace,
      class_of: () => 0,
      run: (batch) => database.autocommit((tx) => findQuotaShortages(tx, batch)),
    }),
    create: createLane<CreationRequest, CreationVerdict>({
      ...pace,
      max_share: MAX_BATCH / 4,
      asker_of: ({ creation }) => creation.requester_id,
      run: (batch) => database.autocommit((tx) => createRuns(tx, batch)),
    }),
    start: createLane<EngineAct, boolean>({
      ...pace,
      class_of: () => 0,
      run: (batch) => database.transaction((tx) => startRuns(tx, batch)),
    }),
    see: createLane({
      ...pace,
      class_of: () => 0,
      run: async (ids) => (await database.autocommit((tx) => seeRuns(tx, ids))).map((run) => ({ run })),
    }),
    state: createLane({
      ...pace,
      run: async (ids) => (await database.autocommit((tx) => seeStates(tx, ids))).map((state) => ({ state })),
    }),
    produce: createLane<SignedDraft, boolean>({
      ...pace,
      class_of: () => 0,
      run: (batch) => database.autocommit((tx) => writeDrafts(tx, batch)),
    }),
  }
}
