// The open level of a run: which people it waits for, since when and until when. A run has one at most; the row goes when
// the level is given, so what waits is what is there.

import { sql } from 'kysely'
import type { OrganisationTx } from '../kernel/database.ts'
import { newId } from '../kernel/id.ts'
import { RISKS } from '../policy/document.ts'
import { ANYBODYS_TURN, type Turn } from './approver.ts'
import {
  type Concerned,
  findWorkflowLevel,
  parseWorkflowPeople,
  type Workflow,
  type WorkflowLevel,
  type WorkflowPeople,
} from './internal/workflow-document.ts'
import type { Level } from './levels.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 86_400_000

export type GatedRun = Concerned & {
  readonly id: string
  readonly app_id: string
  readonly requester_id: string
  readonly team_id: string | null
  readonly revision: number
  readonly level2_from: readonly string[] | null
  readonly level3_from: readonly string[] | null
}

export type Opening = {
  readonly level: Level
  readonly quorum: number
  readonly given: number
  readonly now: Date
  readonly ack_timeout_days: number
}

/** The row of an open level. Whose turn it is follows from the first workflow that speaks of it. */
export function gateRow(run: GatedRun, workflows: readonly Workflow[], opening: Opening) {
  const { level, now } = opening
  const route = findWorkflowLevel(workflows, run, level)
  const deadline_ms = route?.deadline_hours === undefined ? null : route.deadline_hours * HOUR_MS
  return {
    id: newId(),
    execution_id: run.id,
    level,
    revision: run.revision,
    risk: RISKS.indexOf(run.risk),
    app_id: run.app_id,
    requester_id: run.requester_id,
    team_id: run.team_id,
    quorum: opening.quorum,
    given: opening.given,
    ...namedBy(route),
    app_from: fromOf(run, level),
    workflow_id: route?.workflow_id ?? null,
    escalates_to: route?.escalate_to ?? null,
    opened_at: now,
    deadline_at: deadline_ms === null ? null : new Date(now.getTime() + deadline_ms),
    on_timeout: onTimeout(route),
    expires_at: new Date(now.getTime() + opening.ack_timeout_days * DAY_MS),
  }
}

/** Opens a level, in place of the one that was open: its timer starts anew (ruling 12). */
export async function openGate(
  tx: OrganisationTx,
  run: GatedRun,
  workflows: readonly Workflow[],
  opening: Opening,
): Promise<void> {
  const { escalates_to, ...row } = gateRow(run, workflows, opening)
  await tx.deleteFrom('supervision.gate').where('execution_id', '=', run.id).execute()
  await tx
    .insertInto('supervision.gate')
    .values({ ...row, escalates_to: escalates_to === null ? null : JSON.stringify(escalates_to) })
    .execute()
}

const onTimeout = (route: WorkflowLevel | null): 'escalate' | 'cancel' => route?.on_timeout ?? 'escalate'

/** Whom a route names; nobody: everybody with the permission. */
function namedBy(route: WorkflowLevel | null) {
  const who = route?.who
  const is_for_all = isNobodyNamed(who)
  return {
    is_for_all,
    member_ids: [...new Set([...(who?.members ?? []), ...(is_for_all ? [] : (route?.deputies ?? []))])],
    designations: [...(who?.designations ?? [])],
    is_for_team_managers: who?.team_managers === true,
  }
}

/**
 * Whose turn a level of a run will be if it is created now, at its widest: those it escalates to count where it escalates
 * before it expires.
 */
export function turnAhead(
  run: Concerned & Pick<GatedRun, 'team_id' | 'level2_from' | 'level3_from'>,
  workflows: readonly Workflow[],
  level: Level,
  ack_timeout_days: number,
): Turn {
  const route = findWorkflowLevel(workflows, run, level)
  const deadline_ms = (route?.deadline_hours ?? Number.POSITIVE_INFINITY) * HOUR_MS
  return {
    ...namedBy(route),
    app_from: fromOf(run, level),
    team_id: run.team_id,
    is_escalated: onTimeout(route) === 'escalate' && deadline_ms < ack_timeout_days * DAY_MS,
    escalates_to: route?.escalate_to ?? null,
  }
}

function isNobodyNamed(who: WorkflowPeople | undefined): boolean {
  return (
    who === undefined ||
    ((who.members ?? []).length === 0 && (who.designations ?? []).length === 0 && who.team_managers !== true)
  )
}

function fromOf(run: Pick<GatedRun, 'level2_from' | 'level3_from'>, level: Level): string[] | null {
  const from = level === 2 ? run.level2_from : level === 3 ? run.level3_from : null
  return from === null ? null : [...from]
}

const COLUMNS = [
  'id',
  'execution_id',
  'level',
  'quorum',
  'given',
  'is_for_all',
  'member_ids',
  'designations',
  'is_for_team_managers',
  'app_from',
  'team_id',
  'escalates_to',
  'escalated_at',
  'on_timeout',
  'opened_at',
  'deadline_at',
  'expires_at',
] as const

const queryGate = (tx: OrganisationTx, execution_id: string) =>
  tx.selectFrom('supervision.gate').select(COLUMNS).where('execution_id', '=', execution_id)

export type Gate = NonNullable<Awaited<ReturnType<ReturnType<typeof queryGate>['executeTakeFirst']>>>

/** The open level of a run, or null. */
export async function findGate(tx: OrganisationTx, execution_id: string): Promise<Gate | null> {
  return (await queryGate(tx, execution_id).executeTakeFirst()) ?? null
}

/** One more person has given the open level, and others are still needed for it. */
export async function countGiven(tx: OrganisationTx, execution_id: string, given: number): Promise<void> {
  await tx.updateTable('supervision.gate').set({ given }).where('execution_id', '=', execution_id).execute()
}

/**
 * Whose turn the level is. A level that was added since the gate was opened has no route yet: it is anybody's who has the
 * permission, within what the app asks for.
 */
export function turnOf(
  run: Pick<GatedRun, 'team_id' | 'level2_from' | 'level3_from'>,
  gate: Gate | null,
  level: Level | null,
): Turn {
  if (level === null) return ANYBODYS_TURN
  if (gate === null || gate.level !== level)
    return { ...ANYBODYS_TURN, team_id: run.team_id, app_from: fromOf(run, level) }
  const { is_for_all, member_ids, designations, is_for_team_managers, app_from, team_id } = gate
  return {
    is_for_all,
    member_ids,
    designations,
    is_for_team_managers,
    app_from,
    team_id,
    is_escalated: gate.escalated_at !== null,
    escalates_to: parseWorkflowPeople(gate.escalates_to),
  }
}

/** The runs whose open level has come to its deadline or its end, the longest waiting first. */
export async function listDueGates(tx: OrganisationTx, limit: number): Promise<readonly string[]> {
  const rows = await tx
    .selectFrom('supervision.gate')
    .select('execution_id')
    .where('acts_at', '<=', sql<Date>`clock_timestamp()`)
    .orderBy('acts_at')
    .limit(limit)
    .execute()
  return rows.map(({ execution_id }) => execution_id)
}

/** The level goes on to those it escalates to; it still expires when it would have. */
export async function escalateGate(tx: OrganisationTx, id: string, now: Date): Promise<void> {
  await tx.updateTable('supervision.gate').set({ escalated_at: now, deadline_at: null }).where('id', '=', id).execute()
}

/** The level expires earlier than it would have. */
export async function shortenGate(tx: OrganisationTx, id: string, expires_at: Date): Promise<void> {
  await tx.updateTable('supervision.gate').set({ expires_at }).where('id', '=', id).execute()
}

/**
 * What waits for one member by name waits for the other from now on, or, where nobody else is named, for everybody with the
 * permission. Returns how many levels. The gate is locked by the caller.
 */
export async function handOverTurns(
  tx: OrganisationTx,
  member_id: string,
  successor_id: string | null,
): Promise<number> {
  const { rows } = await sql`
    update supervision.gate g set
      member_ids = next.member_ids,
      is_for_all = g.is_for_all
        or (cardinality(next.member_ids) = 0 and cardinality(g.designations) = 0 and not g.is_for_team_managers)
    from (
      select id, case when ${successor_id}::uuid is null or ${successor_id}::uuid = any (member_ids)
        then array_remove(member_ids, ${member_id}::uuid)
        else array_replace(member_ids, ${member_id}::uuid, ${successor_id}::uuid) end as member_ids
      from supervision.gate where ${member_id}::uuid = any (member_ids)
    ) next
    where g.id = next.id returning g.id`.execute(tx)
  return rows.length
}
