// Looking at a draft before it is decided about: that somebody has opened it, and what people write over it. Both are
// transitions of the run, under the gate, by the table of `state.ts`.

import type { Actor } from '../access/actor.ts'
import type { Origin } from '../audit/append.ts'
import type { OrganisationTx } from '../kernel/database.ts'
import { draftChanged, levelNotOpen } from '../supervision/problems.ts'
import { type DecisionFacts, readDecisionFacts, standingIn } from './internal/decision-facts.ts'
import { moveRun } from './internal/move.ts'
import { appendRunEntries } from './internal/run-entry.ts'
import { lockRun } from './internal/run-row.ts'
import type { PlatformPolicy, RunTools } from './run-tools.ts'
import { requireAct, type State } from './state.ts'

/** Looks at a run as a person who acts on it, under the gate. */
async function lockFacts(
  tx: OrganisationTx,
  tools: RunTools,
  organisation_id: string,
  platform: PlatformPolicy,
  { run_id, actor }: { readonly run_id: string; readonly actor: Actor },
): Promise<DecisionFacts> {
  const run = await lockRun(tx, run_id)
  return readDecisionFacts(tx, tools, organisation_id, platform, run, actor)
}

type LookingAt = { readonly run_id: string; readonly actor: Actor; readonly origin: Origin }

/**
 * Notes that somebody who may give the open level has opened the draft: the first time is kept, and a draft is under review
 * from then on. Refuses with `run_state_refused`, `level_not_open`, and as `decide` does whoever may not.
 */
export async function openReview(
  tx: OrganisationTx,
  tools: RunTools,
  organisation_id: string,
  platform: PlatformPolicy,
  looking: LookingAt,
): Promise<{ readonly state: State; readonly opened_at: Date }> {
  const facts = await lockFacts(tx, tools, organisation_id, platform, looking)
  const { run, open, person } = facts
  requireAct('open_review', run.state)
  if (open === null) throw levelNotOpen({ level: null, open_level: null })
  const standing = standingIn(facts, open.level)
  if (!standing.may) throw standing.problem
  const state = run.state === 'acknowledged' ? 'acknowledged' : 'review'
  if (facts.opened_at !== null || person === null) return { state: run.state, opened_at: facts.opened_at ?? run.now }
  await tx
    .insertInto('supervision.reading')
    .values({
      execution_id: run.id,
      revision: run.revision,
      member_id: person.membership.member_id,
      opened_at: run.now,
    })
    .execute()
  await moveRun(tx, run, 'open_review', state)
  const data = { level: open.level, revision: run.revision }
  await appendRunEntries(tx, run, [{ origin: looking.origin, event: 'execution.review_started', data }])
  return { state, opened_at: run.now }
}

export type HumanLayerChange = LookingAt & {
  /** The hash of the layer that was seen, null for none. */
  readonly replaces: Buffer | null
  readonly sealed: Buffer | null
  readonly hash: Buffer | null
  /** How many of its records change the output. */
  readonly changes: number
  readonly kinds: Readonly<Record<string, number>>
}

/**
 * Puts a new human layer over the output, which itself never changes. Whoever may acknowledge does so, until it is
 * acknowledged. Refuses as `openReview`, and with `draft_changed` when the layer is not the one that was seen.
 */
export async function editHumanLayer(
  tx: OrganisationTx,
  tools: RunTools,
  organisation_id: string,
  platform: PlatformPolicy,
  change: HumanLayerChange,
): Promise<{ readonly state: State; readonly revision: number }> {
  const facts = await lockFacts(tx, tools, organisation_id, platform, change)
  const { run } = facts
  requireAct('edit', run.state)
  const standing = standingIn(facts, 1)
  if (!standing.may) throw standing.problem
  if ((run.human_hash?.toString('hex') ?? null) !== (change.replaces?.toString('hex') ?? null)) {
    throw draftChanged({ revision: run.revision })
  }
  await tx
    .updateTable('execution.run')
    .set({ human_layer: change.sealed, human_hash: change.hash, human_changes: change.changes })
    .where('execution_id', '=', run.id)
    .execute()
  const data = {
    revision: run.revision,
    human_layer_sha256: change.hash?.toString('hex') ?? null,
    before_sha256: run.human_hash?.toString('hex') ?? null,
    records: change.kinds,
  }
  await appendRunEntries(tx, run, [{ origin: change.origin, event: 'execution.output_edited', data }])
  return { state: run.state, revision: run.revision }
}
