// A run as those see it who decide about it: what it needs and why, who has decided what, what people wrote over the output,
// and what the reader may do now.

import type { Actor } from '../access/actor.ts'
import type { OrganisationDatabase, OrganisationTx } from '../kernel/database.ts'
import type { Problem } from '../kernel/problem.ts'
import type { FieldVault } from '../keys/field-vault.ts'
import { type HumanLayer, parseHumanLayer } from '../supervision/human-layer.ts'
import { getExecution } from './execution.ts'
import { type DecisionFacts, readDecisionFacts, standingIn } from './internal/decision-facts.ts'
import { getRunRow, readGate } from './internal/run-row.ts'
import { decisionPlace, layerPlace } from './internal/sealed-place.ts'
import { requesterOnly } from './problems.ts'
import type { PlatformPolicy, RunTools } from './run-tools.ts'
import { actsIn, isEnded, type RunAct } from './state.ts'

export type PanelNeeds = {
  readonly tools: RunTools
  readonly vault: FieldVault
}

export type PanelPlace = {
  readonly organisation_id: string
  readonly database: OrganisationDatabase
  readonly platform: PlatformPolicy
}

type StoredDecision = {
  readonly id: string
  readonly revision: number
  readonly level: number
  readonly act: string
  readonly member_id: string | null
  readonly actor_role: string | null
  readonly on_behalf_of: string | null
  readonly statements: readonly string[]
  readonly comment: Buffer | null
  readonly policy_version: number
  readonly platform_version: number
  readonly decided_at: Date
}

type Layers = {
  readonly human_layer: Buffer | null
  readonly past: readonly {
    readonly revision: number
    readonly human_layer: Buffer | null
    readonly returned_at: Date
  }[]
}

type Seen = { readonly facts: DecisionFacts; readonly decisions: readonly StoredDecision[]; readonly layers: Layers }

/** Whether the actor may give the open level, or has decided about the run: they see it, whoever else does. */
function isSupervisor({ facts, decisions }: Pick<Seen, 'facts' | 'decisions'>): boolean {
  const member_id = facts.person?.membership.member_id
  if (member_id === undefined) return false
  if (member_id === facts.run.requester_id) return true
  if (facts.open !== null && standingIn(facts, facts.open.level).may) return true
  return decisions.some((each) => each.member_id === member_id)
}

/**
 * Whether the actor sees a run because they supervise it: they may give its open level now, or have decided about it.
 * Others see it by `run.view_own`, `run.view_team` and `run.view_org` alone.
 */
export async function supervisesRun(
  tx: OrganisationTx,
  tools: RunTools,
  organisation_id: string,
  platform: PlatformPolicy,
  actor: Actor,
  run_id: string,
): Promise<boolean> {
  const run = { ...(await getRunRow(tx, run_id)), ...(await readGate(tx)) }
  const facts = await readDecisionFacts(tx, tools, organisation_id, platform, run, actor)
  return isSupervisor({ facts, decisions: await listDecisions(tx, run_id) })
}

const listDecisions = (tx: OrganisationTx, run_id: string): Promise<readonly StoredDecision[]> =>
  tx
    .selectFrom('supervision.decision')
    .select(['id', 'revision', 'level', 'act', 'member_id', 'actor_role', 'on_behalf_of', 'statements', 'comment'])
    .select(['policy_version', 'platform_version', 'decided_at'])
    .where('execution_id', '=', run_id)
    .orderBy('id')
    .execute()

async function listLayers(tx: OrganisationTx, run_id: string): Promise<Layers> {
  const row = await tx
    .selectFrom('execution.run')
    .select('human_layer')
    .where('execution_id', '=', run_id)
    .executeTakeFirst()
  const past = await tx
    .selectFrom('execution.past_draft')
    .select(['revision', 'human_layer', 'returned_at'])
    .where('execution_id', '=', run_id)
    .orderBy('revision')
    .execute()
  return { human_layer: row?.human_layer ?? null, past }
}

/** What the actor may see of a run's supervision; refuses with `not_found` who may not know of it. */
async function lookAt(
  tx: OrganisationTx,
  { tools }: PanelNeeds,
  { organisation_id, platform }: PanelPlace,
  actor: Actor,
  run_id: string,
): Promise<Seen> {
  const run = { ...(await getRunRow(tx, run_id)), ...(await readGate(tx)) }
  const facts = await readDecisionFacts(tx, tools, organisation_id, platform, run, actor)
  const decisions = await listDecisions(tx, run_id)
  if (!isSupervisor({ facts, decisions })) await getExecution(tx, actor, run_id)
  return { facts, decisions, layers: await listLayers(tx, run_id) }
}

/** The panel of a run. Refuses with `not_found` a run that is not there or not for the actor to see. */
export async function getPanel(needs: PanelNeeds, place: PanelPlace, actor: Actor, run_id: string) {
  const { facts, decisions, layers } = await place.database.transaction((tx) => lookAt(tx, needs, place, actor, run_id))
  const { run, levels, open, gate, given, bound_hash } = facts
  const owner = { id: place.organisation_id, database: place.database }
  const layerOf = async (sealed: Buffer | null): Promise<HumanLayer> =>
    parseHumanLayer(sealed && (await needs.vault.open(owner, layerPlace(run_id), sealed)))
  const commentOf = async ({ id, comment }: StoredDecision): Promise<string | null> =>
    comment === null ? null : (await needs.vault.open(owner, decisionPlace(id), comment)).toString('utf8')
  return {
    run_id,
    state: run.state,
    revision: run.revision,
    draft: run.revision === 0 ? null : bound_hash.toString('hex'),
    output_sha256: run.output_hash?.toString('hex') ?? null,
    input_sha256: run.input_hash.toString('hex'),
    levels,
    statements: run.statements,
    open:
      open === null
        ? null
        : {
            level: open.level,
            quorum: open.quorum,
            given: open.given_by.length,
            opened_at: gate?.opened_at ?? null,
            deadline_at: gate?.deadline_at ?? null,
            expires_at: gate?.expires_at ?? null,
            escalated_at: gate?.escalated_at ?? null,
          },
    decisions: await Promise.all(
      decisions.map(async (each) => ({
        ...each,
        comment: await commentOf(each),
        counts: given.some(({ id }) => id === each.id),
      })),
    ),
    human_layer: await layerOf(layers.human_layer),
    human_layer_sha256: run.human_hash?.toString('hex') ?? null,
    past: await Promise.all(
      layers.past.map(async ({ human_layer, ...each }) => ({ ...each, human_layer: await layerOf(human_layer) })),
    ),
    mine: actsOf(facts),
  }
}

/** What the actor may do about the run now, and why not the rest. */
function actsOf(facts: DecisionFacts): { readonly acts: readonly RunAct[]; readonly refusal: string | null } {
  const { run, open, person } = facts
  const member_id = person?.membership.member_id ?? null
  const isOwn = member_id !== null && member_id === run.requester_id
  const cancel: readonly RunAct[] = isOwn && !isEnded(run.state) ? ['cancel'] : []
  if (open === null) return { acts: cancel, refusal: null }
  const standing = standingIn(facts, open.level)
  if (!standing.may) return { acts: cancel, refusal: sentenceOf(standing.problem) }
  const giving: RunAct = open.level === 1 ? 'acknowledge' : open.level === 2 ? 'approve' : 'sign_off'
  const possible = actsIn(run.state)
  const editing: readonly RunAct[] = standingIn(facts, 1).may && open.level === 1 ? ['edit'] : []
  const returning: readonly RunAct[] = isOwn ? [] : ['return']
  const acts = ['open_review' as const, giving, ...editing, ...returning, 'reject' as const, ...cancel]
  return { acts: acts.filter((each) => possible.includes(each)), refusal: null }
}

const sentenceOf = (problem: Problem): string => problem.detail ?? problem.title

/**
 * Asks that a run is the actor's own: they requested it, answer for it, or it was made with this very key. Refuses with
 * `requester_only`, or with `not_found` whoever may not know of it.
 */
export async function requireOwnRun(tx: OrganisationTx, actor: Actor, run_id: string): Promise<void> {
  const run = await getRunRow(tx, run_id)
  const member_id = actor.kind === 'user' ? actor.membership?.member_id : null
  const isOwn = member_id === run.requester_id
  const isOfThisKey = actor.use.via === 'api_key' && run.api_key_id === actor.use.api_key_id
  if (isOwn || isOfThisKey) return
  await getExecution(tx, actor, run_id)
  throw requesterOnly()
}
