// The transitions of a run that people make (rulings, "Supervision words"): they acknowledge, approve, sign off, return, reject;
// what they do before is in `review.ts`. Beside `transition.ts` nothing else writes a run's state, and both move
// it by the table of `state.ts` alone.
//
// A decision binds the draft that was seen, under the strictest of the policies frozen and in force, and the last one that
// is needed finalises the run: state, charge, seal, log and receipts are one commit.

import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import type { Origin } from '../audit/append.ts'
import type { OrganisationTx } from '../kernel/database.ts'
import { findEngineRefusal, findJurisdictionRefusal } from '../policy/decide.ts'
import type { Standing } from '../supervision/approver.ts'
import { findOpenLevel, type Given, type OpenLevel } from '../supervision/completeness.ts'
import { countGiven } from '../supervision/gate.ts'
import type { Level } from '../supervision/levels.ts'
import { draftChanged, levelExpired, levelNotOpen, notYourTurn, statementMissing } from '../supervision/problems.ts'
import type { ReceiptBody, SignedReceipt } from '../supervision/receipt.ts'
import { type DecisionFacts, readDecisionFacts, standingIn } from './internal/decision-facts.ts'
import { finalisationBody, type GivenFact, ruleFacts, runFacts } from './internal/finalisation.ts'
import { endRun, moveRun, type RunEnd } from './internal/move.ts'
import { keepReceipts, type Prepared, settleInRounds } from './internal/rounds.ts'
import { appendRunEntries, endEntry, type RunEntry } from './internal/run-entry.ts'
import { getRunRow, type LockedRun, lockRun, readGate } from './internal/run-row.ts'
import { ackTimeoutDays, keepLevels, openLevel } from './internal/supervise.ts'
import type { PlatformPolicy, RunDoor, RunTools } from './run-tools.ts'
import { requireAct, type State } from './state.ts'

export type DecisionAct = 'acknowledge' | 'approve' | 'sign_off' | 'return' | 'reject'

export type DecisionRequest = {
  /** Of the decision; its comment is sealed for it. */
  readonly decision_id: string
  readonly run_id: string
  readonly actor: Actor
  readonly origin: Origin
  readonly act: DecisionAct
  /** The bound hash of the draft that was seen (`supervision/binding.ts`). */
  readonly seen: Buffer
  /** To acknowledge: the statements that were confirmed. */
  readonly statements: readonly string[]
  /** To return: the comments; to reject: the reason; else a comment or nothing. Sealed for its place (`decisionPlace`). */
  readonly comment: { readonly text: string; readonly sealed: Buffer } | null
}

export type Decided = {
  readonly run_id: string
  readonly decision_id: string
  readonly level: Level
  readonly state: State
  readonly revision: number
  readonly open_level: Level | null
}

/** The level that an act gives. Returning and rejecting answer whichever level is open. */
export const LEVEL_OF: Readonly<Partial<Record<DecisionAct, Level>>> = { acknowledge: 1, approve: 2, sign_off: 3 }

/**
 * Decides about a draft. Refuses, in this order: `not_found`; `run_state_refused`; `level_not_open`; `level_expired`, also
 * before the platform has noticed; who may not (`forbidden`, `own_run`, `already_given`, `not_your_turn`); a draft that is
 * not the one that was seen (`draft_changed`); `statement_missing`; what policy forbids by now (`engine_forbidden`,
 * `jurisdiction_forbidden`). `run_moving` when others act on the run again and again meanwhile.
 */
export async function decide(tools: RunTools, door: RunDoor, request: DecisionRequest): Promise<Decided> {
  const plan = async (tx: OrganisationTx, platform: PlatformPolicy, run: LockedRun): Promise<Prepared<Decided>> => {
    requireAct(request.act, run.state)
    const facts = await readDecisionFacts(tx, tools, door.organisation.id, platform, run, request.actor)
    return planDecision(door, request, facts)
  }
  return settleInRounds<Decided>(tools, door, {
    prepare: async (tx, platform) =>
      plan(tx, platform, { ...(await getRunRow(tx, request.run_id)), ...(await readGate(tx)) }),
    decide: async (tx, platform) => plan(tx, platform, await lockRun(tx, request.run_id)),
  })
}

type Allowed = Extract<Standing, { may: true }>

/** The open level, if this is the time, the draft and the person for this act. */
function requireDecidable(request: DecisionRequest, facts: DecisionFacts): { open: OpenLevel; standing: Allowed } {
  const { run, open } = facts
  const wanted = LEVEL_OF[request.act]
  if (open === null || (wanted !== undefined && wanted !== open.level)) {
    throw levelNotOpen({ level: wanted ?? null, open_level: open?.level ?? null })
  }
  const { level } = open
  if (hasExpired(facts)) throw levelExpired({ level })
  const standing = standingIn(facts, level)
  if (!standing.may) throw standing.problem
  if (request.act === 'return' && facts.person?.membership.member_id === run.requester_id) {
    throw notYourTurn({ level }, { detail: 'You can change your own draft without returning it.' })
  }
  if (!request.seen.equals(facts.bound_hash)) throw draftChanged({ revision: run.revision })
  if (request.act === 'acknowledge') requireStatements(run.statements, request.statements)
  if (wanted !== undefined) requireAllowed(facts)
  return { open, standing }
}

/** What policy has forbidden since the run began is not finalised; it can still be returned or rejected (ruling 1). */
function requireAllowed({ run, governance: { policy } }: DecisionFacts): void {
  const refusal = findEngineRefusal(policy, run.engine_type) ?? findJurisdictionRefusal(policy, run.jurisdiction)
  if (refusal !== null) throw refusal
}

/** Whether the open level was not given in time: by the clock that decides, whoever has noticed. */
function hasExpired({ gate, run, governance }: DecisionFacts): boolean {
  if (gate === null) return false
  const days_ms = ackTimeoutDays(run, governance) * 86_400_000
  const expires_ms = Math.min(gate.expires_at.getTime(), gate.opened_at.getTime() + days_ms)
  return run.now.getTime() >= expires_ms
}

function requireStatements(needed: readonly string[], ticked: readonly string[]): void {
  const fields = needed.flatMap((statement) =>
    ticked.includes(statement) ? [] : [{ pointer: '/statements', message: `does not confirm: ${statement}` }],
  )
  if (fields.length > 0) throw statementMissing({}, { fields })
}

function planDecision(door: RunDoor, request: DecisionRequest, facts: DecisionFacts): Prepared<Decided> {
  const { open, standing } = requireDecidable(request, facts)
  const body = decisionBody(door, request, facts, open, standing)
  const told: Told = { request, facts, open, standing }
  switch (request.act) {
    case 'acknowledge':
    case 'approve':
    case 'sign_off':
      return planGiving(door, told, body)
    case 'return':
      return { at: facts.run.now, bodies: [body], write: (tx, receipts) => writeReturn(tx, told, receipts) }
    case 'reject':
      return { at: facts.run.now, bodies: [body], write: (tx, receipts) => writeRejection(tx, told, receipts) }
  }
}

type Told = {
  readonly request: DecisionRequest
  readonly facts: DecisionFacts
  readonly open: OpenLevel
  readonly standing: Allowed
}

function decisionBody(
  door: RunDoor,
  request: DecisionRequest,
  { run, governance, levels, person }: DecisionFacts,
  open: OpenLevel,
  standing: Allowed,
): ReceiptBody {
  const { origin, comment } = request
  return {
    kind: 'decision',
    decision_id: request.decision_id,
    act: request.act,
    level: open.level,
    by: { member_id: person?.membership.member_id ?? null, role: origin.actor_role, via: origin.via },
    on_behalf_of: standing.on_behalf_of,
    statements: request.act === 'acknowledge' ? [...run.statements] : [],
    comment_sha256: comment === null ? null : sha256(comment.text),
    ...runFacts(door.organisation, run),
    ...ruleFacts(governance, levels),
  }
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

function planGiving(door: RunDoor, told: Told, body: ReceiptBody): Prepared<Decided> {
  const { facts, open, standing } = told
  const { decision_id } = told.request
  const { run, governance, levels, bound_hash, given, person } = facts
  const mine: Given = {
    level: open.level,
    member_id: person?.membership.member_id ?? null,
    revision: run.revision,
    bound_hash,
  }
  const next = findOpenLevel(levels, { ...run, bound_hash }, [...given, mine])
  const all: readonly GivenFact[] = [
    ...given.map((each) => ({ level: each.level, by: each.member_id ?? 'system:policy', decision_id: each.id })),
    { level: open.level, by: mine.member_id ?? '', decision_id },
  ]
  const final = next === null ? [finalisationBody(door.organisation, run, governance, levels, all)] : []
  return {
    at: run.now,
    bodies: [body, ...final],
    async write(tx, receipts) {
      const act = run.state === 'acknowledged' ? (open.level === 3 ? 'sign_off' : 'approve') : 'acknowledge'
      await writeDecision(tx, told)
      await keepReceipts(tx, run, receipts)
      const granted: RunEntry = {
        origin: told.request.origin,
        event: open.level === 1 ? 'execution.acknowledged' : 'approval.granted',
        data: { ...entryData(told), on_behalf_of: standing.on_behalf_of, quorum: open.quorum },
      }
      if (next === null) {
        const end: RunEnd = { state: 'finalised', reason_code: 'completed', now: run.now }
        await endRun(tx, run, act, end)
        await appendRunEntries(tx, run, [granted, endEntry(run, told.request.origin, end, boundData(facts))])
        return decided(told, 'finalised', null)
      }
      await keepLevels(tx, run, levels)
      await moveRun(tx, run, act, 'acknowledged')
      if (next.level === open.level && facts.gate?.level === open.level) {
        await countGiven(tx, run.id, next.given_by.length)
      } else {
        await openLevel(tx, run, governance, next)
      }
      await appendRunEntries(tx, run, [granted])
      return decided(told, 'acknowledged', next.level)
    },
  }
}

/** A new draft of the same output: what was given is void, the human layer is open again, the hold stays (ruling 11). */
async function writeReturn(tx: OrganisationTx, told: Told, receipts: readonly SignedReceipt[]): Promise<Decided> {
  const { facts, open } = told
  const { run, governance, levels } = facts
  const returned: LockedRun = { ...run, revision: run.revision + 1 }
  await writeDecision(tx, told)
  await keepReceipts(tx, run, receipts)
  await sql`
    insert into execution.past_draft (execution_id, revision, output_hash, human_layer, human_hash, returned_at)
    select execution_id, revision, output_hash, human_layer, human_hash, ${run.now}
    from execution.run where execution_id = ${run.id}`.execute(tx)
  await tx
    .updateTable('execution.run')
    .set({ revision: returned.revision, draft_at: run.now })
    .where('execution_id', '=', run.id)
    .execute()
  await keepLevels(tx, run, levels)
  await moveRun(tx, run, 'return', 'draft')
  await openLevel(tx, returned, governance, { level: 1, quorum: 1, given_by: [] })
  await appendRunEntries(tx, run, [
    {
      origin: told.request.origin,
      event: 'execution.returned',
      data: { ...entryData(told), returned_at_level: open.level },
    },
  ])
  return { ...decided(told, 'draft', 1), revision: returned.revision }
}

async function writeRejection(tx: OrganisationTx, told: Told, receipts: readonly SignedReceipt[]): Promise<Decided> {
  const { facts, open, request } = told
  const { run } = facts
  const end: RunEnd = { state: 'cancelled', reason_code: `rejected_l${open.level}`, now: run.now }
  await writeDecision(tx, told)
  await keepReceipts(tx, run, receipts)
  await endRun(tx, run, 'reject', end)
  await appendRunEntries(tx, run, [
    { origin: request.origin, event: 'approval.rejected', data: { ...entryData(told), reason: request.comment?.text } },
    endEntry(run, request.origin, end, boundData(facts)),
  ])
  return decided(told, 'cancelled', null)
}

function decided(told: Told, state: State, open_level: Level | null): Decided {
  const { facts, open, request } = told
  const { decision_id } = request
  return { run_id: facts.run.id, decision_id, level: open.level, state, revision: facts.run.revision, open_level }
}

const boundData = ({ run, governance, bound_hash }: DecisionFacts) => ({
  revision: run.revision,
  output_sha256: run.output_hash?.toString('hex') ?? null,
  bound_sha256: bound_hash.toString('hex'),
  policy_version_seen: governance.policy_version,
  platform_version_seen: governance.platform_version,
})

const entryData = ({ facts, open, request }: Told) => ({
  decision_id: request.decision_id,
  level: open.level,
  ...boundData(facts),
  comment_sha256: request.comment === null ? null : sha256(request.comment.text),
})

/** People read about 25 characters a second (250 words a minute). */
const MS_PER_CHARACTER = 40
const MAX_INTEGER = 2_147_483_647

async function writeDecision(tx: OrganisationTx, { request, facts, open, standing }: Told): Promise<void> {
  const { run, gate, governance, bound_hash, person, opened_at } = facts
  await tx
    .insertInto('supervision.decision')
    .values({
      id: request.decision_id,
      execution_id: run.id,
      revision: run.revision,
      level: open.level,
      act: request.act,
      member_id: person?.membership.member_id ?? null,
      actor_role: request.origin.actor_role,
      on_behalf_of: standing.on_behalf_of,
      delegation_id: standing.delegation_id,
      bound_hash,
      policy_version: governance.policy_version,
      platform_version: governance.platform_version,
      statements: request.act === 'acknowledge' ? [...run.statements] : [],
      comment: request.comment?.sealed ?? null,
      is_edited: run.human_changes > 0,
      level_opened_at: gate?.opened_at ?? run.now,
      opened_at,
      reading_ms: run.output_chars === null ? null : Math.min(MAX_INTEGER, run.output_chars * MS_PER_CHARACTER),
      decided_at: run.now,
    })
    .execute()
}
