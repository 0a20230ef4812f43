// Who may give which level (rulings, "Supervision words"). Level 1 is the requester's own acknowledgement, given by a
// reviewer only where the requester cannot or has delegated it; levels 2 and 3 are never given by the requester, whatever
// rights they hold. A delegation widens whose turn it is and never what a person may do.

import type { Actor } from '../access/actor.ts'
import type { Permission } from '../access/permission.ts'
import { explainMembership, findPermissionRefusal } from '../access/require.ts'
import type { OrganisationTx } from '../kernel/database.ts'
import type { Problem } from '../kernel/problem.ts'
import { listHolders, findPersons, type Person } from '../tenancy/membership.ts'
import type { WorkflowPeople } from './internal/workflow-document.ts'
import { type Level, neededLevels, type RunLevels } from './levels.ts'
import { alreadyGiven, approverMissing, notYourTurn, ownRun } from './problems.ts'

/** The permission that a level asks of whoever gives it for another's run. */
export const LEVEL_PERMISSION: Readonly<Record<Level, Permission>> = {
  1: 'run.acknowledge_others',
  2: 'run.approve_manager',
  3: 'run.approve_compliance',
}

/** Whose turn an open level is. */
export type Turn = {
  readonly is_for_all: boolean
  readonly member_ids: readonly string[]
  readonly designations: readonly string[]
  readonly is_for_team_managers: boolean
  readonly app_from: readonly string[] | null
  readonly team_id: string | null
  readonly is_escalated: boolean
  readonly escalates_to: WorkflowPeople | null
}

/** Everybody's turn who has the permission. */
export const ANYBODYS_TURN: Turn = Object.freeze({
  is_for_all: true,
  member_ids: [],
  designations: [],
  is_for_team_managers: false,
  app_from: null,
  team_id: null,
  is_escalated: false,
  escalates_to: null,
})

const overlaps = (a: readonly string[], b: readonly string[]): boolean => a.some((each) => b.includes(each))

/** Whether it is this person's turn, apart from what they may do. */
function isTurnOf(turn: Turn, { membership, managed_team_ids }: Person): boolean {
  const { member_id, designations } = membership
  if (turn.app_from !== null && !overlaps(turn.app_from, designations)) return false
  const managesTeam = turn.team_id !== null && managed_team_ids.includes(turn.team_id)
  if (turn.is_for_all || turn.member_ids.includes(member_id) || overlaps(turn.designations, designations)) return true
  if (turn.is_for_team_managers && managesTeam) return true
  if (!turn.is_escalated) return false
  const { escalates_to: to } = turn
  return (
    to === null ||
    (to.members ?? []).includes(member_id) ||
    overlaps(to.designations ?? [], designations) ||
    (to.team_managers === true && managesTeam)
  )
}

/** Somebody who has named the actor to stand in, now and for this level. */
export type Delegator = { readonly delegation_id: string; readonly person: Person }

/** Who has given a level of the draft already, and for whom. */
export type GivenBy = { readonly level: Level; readonly member_id: string | null; readonly on_behalf_of: string | null }

export type Question = {
  readonly level: Level
  readonly turn: Turn
  readonly requester_id: string
  /** The requester as they are now; null when they are no member any more. */
  readonly requester: Person | null
  readonly actor: Actor
  readonly person: Person | null
  readonly delegators: readonly Delegator[]
  readonly given: readonly GivenBy[]
  readonly distinct_approvers: boolean
}

export type Standing =
  | { readonly may: true; readonly on_behalf_of: string | null; readonly delegation_id: string | null }
  | { readonly may: false; readonly problem: Problem }

const may = (by: Delegator | null): Standing => ({
  may: true,
  on_behalf_of: by?.person.membership.member_id ?? null,
  delegation_id: by?.delegation_id ?? null,
})
const mayNot = (problem: Problem): Standing => ({ may: false, problem })

/** Whether the actor may give the open level, and for whom; if not, the refusal with its reason. */
export function standingOf(question: Question): Standing {
  const { level, person, requester_id } = question
  const isOwn = person?.membership.member_id === requester_id
  if (level === 1 && isOwn) {
    const refusal = findPermissionRefusal(question.actor, 'run.acknowledge')
    return refusal === null ? may(null) : mayNot(refusal)
  }
  const refusal = findPermissionRefusal(question.actor, LEVEL_PERMISSION[level])
  if (refusal !== null) return mayNot(refusal)
  if (person === null || person.status !== 'active') return mayNot(notYourTurn({ level }))
  if (isOwn) return mayNot(ownRun({ level }))
  const spent = spentBy(question)
  if (spent.has(person.membership.member_id)) return mayNot(alreadyGiven({ level }))
  return level === 1 ? standingAsReviewer(question, person) : standingInTurn(question, person, spent)
}

/** Those who do not count again: at this level ever, and at another one where persons must differ. */
function spentBy({ level, given, distinct_approvers }: Question): ReadonlySet<string> {
  return new Set(
    given
      .filter((each) => each.level === level || distinct_approvers)
      .flatMap(({ member_id, on_behalf_of }) => [member_id, on_behalf_of])
      .filter((each) => each !== null),
  )
}

function standingAsReviewer(question: Question, person: Person): Standing {
  const { requester, requester_id, delegators, turn } = question
  const delegated = delegators.find((each) => each.person.membership.member_id === requester_id)
  if (delegated !== undefined) return may(delegated)
  const cannot =
    requester === null ||
    requester.status !== 'active' ||
    !explainMembership(requester.membership, 'run.acknowledge').held
  if (cannot && isTurnOf(turn, person)) return may(null)
  return mayNot(
    notYourTurn(
      { level: 1 },
      { detail: 'Its requester acknowledges it; a reviewer does where the requester cannot, or has delegated it.' },
    ),
  )
}

function standingInTurn(question: Question, person: Person, spent: ReadonlySet<string>): Standing {
  const { level, turn, delegators, requester_id } = question
  if (isTurnOf(turn, person)) return may(null)
  const delegated = delegators.find(({ person: from }) => {
    const { member_id } = from.membership
    return (
      member_id !== requester_id &&
      !spent.has(member_id) &&
      from.status === 'active' &&
      explainMembership(from.membership, LEVEL_PERMISSION[level]).held &&
      isTurnOf(turn, from)
    )
  })
  return delegated === undefined ? mayNot(notYourTurn({ level })) : may(delegated)
}

/** How many persons may give a level of somebody else's run. */
export async function countApprovers(tx: OrganisationTx, level: Level): Promise<number> {
  return (await listHolders(tx, [LEVEL_PERMISSION[level]])).length
}

export type Candidates = {
  /** How many could give each level, the requester not counted at levels 2 and 3. */
  readonly level1: number
  readonly level2: number
  readonly level3: number
  /** The lowest level for which persons are missing, with how many it needs and how many are left for it; null: none. */
  readonly missing: { readonly level: Level; readonly needed: number; readonly found: number } | null
}

export type Asked = {
  readonly requester_id: string
  readonly levels: RunLevels
  /** Whose turn each level will be. */
  readonly turns: Readonly<Record<Level, Turn>>
}

/**
 * Who could give the levels of a run if it were created now, as the decision will judge it: enough distinct persons whose
 * turn it is for every quorum, none of them the requester, and where persons must differ, all of them at once. At
 * levels 2 and 3 a delegation adds nobody: whoever acts for somebody counts in their place. At level 1 a deputy of the
 * requester is a reviewer like any other: without that permission `standingOf` refuses them, for a delegation never widens
 * what one may do, so counting them would let a run get stuck.
 */
async function whoCouldApprove(tx: OrganisationTx, asked: Asked): Promise<Candidates> {
  const { levels, requester_id, turns } = asked
  const permissions = Object.values(LEVEL_PERMISSION)
  const holders = levels.level1 ? await listHolders(tx, permissions) : []
  const requester = levels.level1 ? (await findPersons(tx, [requester_id])).get(requester_id) : undefined
  const able = (level: Level): readonly string[] =>
    holders
      .filter(({ membership }) => explainMembership(membership, LEVEL_PERMISSION[level]).held)
      .filter((person) => isTurnOf(turns[level], person))
      .map(({ membership }) => membership.member_id)
      .filter((id) => id !== requester_id)
  const own =
    requester?.status === 'active' && explainMembership(requester.membership, 'run.acknowledge').held
      ? [requester_id]
      : []
  const by = {
    1: own.length > 0 ? own : able(1),
    2: able(2),
    3: able(3),
  } as const
  const counts = { level1: by[1].length, level2: by[2].length, level3: by[3].length }
  return { ...counts, missing: findMissing(levels, by) }
}

/**
 * Hall's condition over the needed levels: every set of levels that must be given by different persons has, together, at
 * least as many who could as it needs.
 */
function findMissing(levels: RunLevels, by: Readonly<Record<Level, readonly string[]>>): Candidates['missing'] {
  const needed = neededLevels(levels)
  for (const { level, quorum } of needed) {
    if (by[level].length < quorum) return { level, needed: quorum, found: by[level].length }
  }
  if (!levels.distinct_approvers) return null
  for (let subset = 1; subset < 1 << needed.length; subset += 1) {
    const chosen = needed.filter((_, index) => (subset & (1 << index)) !== 0)
    const quorum = chosen.reduce((sum, each) => sum + each.quorum, 0)
    const found = new Set(chosen.flatMap(({ level }) => by[level])).size
    const last = chosen.at(-1)
    if (found < quorum && last !== undefined) return { level: last.level, needed: quorum, found }
  }
  return null
}

/**
 * Gate 7 of a run: throws `approver_missing` when nobody could give a level that it needs, so that it never gets stuck
 * (requirements 4.6).
 */
export async function requireApprovers(tx: OrganisationTx, asked: Asked): Promise<void> {
  const { missing } = await whoCouldApprove(tx, asked)
  if (missing === null) return
  const { level, needed, found } = missing
  const who = { 1: 'acknowledge', 2: 'approve', 3: 'sign off' }[level]
  throw approverMissing(
    { level, needed, found },
    {
      detail: `It needs ${needed} ${needed === 1 ? 'person' : 'different persons'} to ${who} it at level ${level}, other than its requester; ${found === 0 ? 'there is nobody' : `there ${found === 1 ? 'is' : 'are'} only ${found}`}. An owner or admin can designate more people, or name others in the supervision workflow.`,
    },
  )
}
