// Everything that a decision about a draft rests on, read together: before it is signed without a lock, and once more under
// the gate.

import { sql } from 'kysely'
import { type Actor, memberIdOf } from '../../access/actor.ts'
import type { OrganisationTx } from '../../kernel/database.ts'
import { type Delegator, type GivenBy, type Standing, standingOf, type Turn } from '../../supervision/approver.ts'
import { boundHashOf } from '../../supervision/binding.ts'
import { findOpenLevel, type Given, type OpenLevel } from '../../supervision/completeness.ts'
import { listDelegators } from '../../supervision/delegation.ts'
import { findGate, type Gate, turnOf } from '../../supervision/gate.ts'
import type { Level, RunLevels } from '../../supervision/levels.ts'
import { findPersons, type Person } from '../../tenancy/membership.ts'
import type { Governance, PlatformPolicy, RunTools } from '../run-tools.ts'
import type { LockedRun } from './run-row.ts'
import { levelsNow } from './supervise.ts'

export type KeptDecision = Given & GivenBy & { readonly id: string; readonly act: string }

export type DecisionFacts = {
  readonly run: LockedRun
  /** Who acts, with the membership they have now. */
  readonly actor: Actor
  readonly governance: Governance
  readonly levels: RunLevels
  readonly bound_hash: Buffer
  readonly gate: Gate | null
  /** The level that waits, as the rules of this moment see it; null when nothing does. */
  readonly open: OpenLevel | null
  readonly turn: Turn
  /** The levels that were given of this very draft. */
  readonly given: readonly KeptDecision[]
  readonly person: Person | null
  readonly requester: Person | null
  readonly delegators: readonly Delegator[]
  readonly opened_at: Date | null
}

/** Reads what a decision about this run rests on. */
export async function readDecisionFacts(
  tx: OrganisationTx,
  tools: RunTools,
  organisation_id: string,
  platform: PlatformPolicy,
  run: LockedRun,
  actor: Actor,
): Promise<DecisionFacts> {
  const governance = await tools.governance(tx, organisation_id, run.access_version, platform)
  const levels = levelsNow(run, governance)
  const bound_hash = boundHashOf(run)
  const gate = await findGate(tx, run.id)
  const given = await listGiven(tx, run, bound_hash)
  const isSupervised = run.state === 'draft' || run.state === 'review' || run.state === 'acknowledged'
  const open = isSupervised ? findOpenLevel(levels, { ...run, bound_hash }, given) : null
  const member_id = memberIdOf(actor)
  const persons = await findPersons(tx, [run.requester_id, ...(member_id === null ? [] : [member_id])])
  const person = member_id === null ? null : (persons.get(member_id) ?? null)
  const level = open?.level ?? null
  return {
    run,
    actor: actingAs(actor, person),
    governance,
    levels,
    bound_hash,
    gate,
    open,
    turn: turnOf(run, gate, level),
    given,
    person,
    requester: persons.get(run.requester_id) ?? null,
    delegators: member_id === null || level === null ? [] : await listDelegators(tx, member_id, level, run.now),
    opened_at: member_id === null ? null : await findOpening(tx, run, member_id),
  }
}

function actingAs(actor: Actor, person: Person | null): Actor {
  if (actor.kind !== 'user') return actor
  return { ...actor, membership: person?.status === 'active' ? person.membership : null }
}

const GIVING: readonly string[] = ['acknowledge', 'approve', 'sign_off']

/** The levels that were given of this very draft, in order. */
export async function listGiven(
  tx: OrganisationTx,
  run: { readonly id: string; readonly revision: number },
  bound_hash: Buffer,
): Promise<readonly KeptDecision[]> {
  const decisions = await listDecisions(tx, run.id, run.revision)
  return decisions.filter((each) => GIVING.includes(each.act) && each.bound_hash.equals(bound_hash))
}

async function listDecisions(tx: OrganisationTx, run_id: string, revision: number): Promise<readonly KeptDecision[]> {
  const rows = await tx
    .selectFrom('supervision.decision')
    .select(['id', 'level', 'act', 'member_id', 'on_behalf_of', 'revision', 'bound_hash'])
    .where('execution_id', '=', run_id)
    .where('revision', '=', revision)
    .orderBy('id')
    .execute()
  return rows.flatMap(({ level, ...row }) => (level === 1 || level === 2 || level === 3 ? [{ ...row, level }] : []))
}

async function findOpening(tx: OrganisationTx, run: LockedRun, member_id: string): Promise<Date | null> {
  const { rows } = await sql<{ readonly opened_at: Date }>`
    select opened_at from supervision.reading
    where execution_id = ${run.id} and revision = ${run.revision} and member_id = ${member_id}`.execute(tx)
  return rows[0]?.opened_at ?? null
}

/** What the actor may do about this level. */
export function standingIn(facts: DecisionFacts, level: Level): Standing {
  const { run, levels } = facts
  return standingOf({
    level,
    turn: facts.turn,
    requester_id: run.requester_id,
    requester: facts.requester,
    actor: facts.actor,
    person: facts.person,
    delegators: facts.delegators,
    given: facts.given,
    distinct_approvers: levels.distinct_approvers,
  })
}
