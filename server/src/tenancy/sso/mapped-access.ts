// Brings what a member has into line with what their groups give. Each thing that a connection adds is written down with its
// source (`tenancy.mapped_grant`); only what is written down is ever taken back, so what was given by hand is never touched.
// Two connections may give the same: it stays until neither does.

import type { SystemActor } from '../../access/actor.ts'
import type { TargetMember } from '../../access/member-rule.ts'
import { BASE_ROLES, type BaseRole, DESIGNATIONS } from '../../access/permission.ts'
import type { OrganisationTx } from '../../kernel/database.ts'
import { lockMembers, wordOf } from '../internal/member-row.ts'
import { endMembership } from '../member-change.ts'
import { type Given, higherRole } from './mapping.ts'

/** What changed, in words for the log: `team <id>`, `role admin`, … */
export type Synced = {
  readonly added: readonly string[]
  readonly removed: readonly string[]
  /** What the groups no longer give, or would give, and a rule kept as it was. */
  readonly kept: readonly string[]
  /** The membership itself was the connection's and is over. */
  readonly is_removed: boolean
}

type Grant = {
  readonly connection_id: string
  readonly kind: string
  readonly target: string
  readonly value: string
  readonly prior: string | null
}

type Work = {
  readonly tx: OrganisationTx
  readonly connection_id: string
  readonly member: TargetMember
  readonly active_owner_count: number
  readonly grants: readonly Grant[]
  readonly added: string[]
  readonly removed: string[]
  readonly kept: string[]
}

/**
 * Makes a member have exactly what their groups give, besides what was given by hand. `keeps_membership` false ends a
 * membership that this connection alone gave. The last active owner stays owner and member, whatever the groups say. Locks the
 * member and the owners. Throws `not_found` or `member_removed`.
 */
export async function applyGiven(
  tx: OrganisationTx,
  actor: SystemActor,
  place: { readonly connection_id: string; readonly member_id: string },
  given: Given,
  keeps_membership: boolean,
): Promise<Synced> {
  const { connection_id, member_id } = place
  const { target: member, active_owner_count } = await lockMembers(tx, actor, member_id)
  const grants = await tx
    .selectFrom('tenancy.mapped_grant')
    .select(['connection_id', 'kind', 'target', 'value', 'prior'])
    .where('member_id', '=', member_id)
    .execute()
  const work: Work = { tx, connection_id, member, active_owner_count, grants, added: [], removed: [], kept: [] }
  if (!keeps_membership && (await leave(work, actor)))
    return { added: [], removed: ['membership'], kept: [], is_removed: true }
  await syncRole(work, given.base_role)
  await syncDesignations(work, given)
  await syncTeams(work, given)
  await syncProjects(work, given)
  const { added, removed, kept } = work
  return { added, removed, kept, is_removed: false }
}

const NOTHING: Given = { base_role: null, designations: new Set(), teams: new Map(), projects: new Map(), groups: [] }

/** Takes back everything that a connection gave to a member. Throws as `applyGiven`. */
export async function takeBackGiven(
  tx: OrganisationTx,
  actor: SystemActor,
  place: { readonly connection_id: string; readonly member_id: string },
): Promise<Synced> {
  return applyGiven(tx, actor, place, NOTHING, false)
}

const own = (work: Work, kind: string) =>
  work.grants.filter((each) => each.kind === kind && each.connection_id === work.connection_id)
const others = (work: Work, kind: string, target: string) =>
  work.grants.filter(
    (each) => each.kind === kind && each.target === target && each.connection_id !== work.connection_id,
  )

async function note(work: Work, kind: string, target: string, value = '', prior: string | null = null): Promise<void> {
  const { tx, connection_id, member } = work
  await tx
    .insertInto('tenancy.mapped_grant')
    .values({ member_id: member.member_id, connection_id, kind, target, value, prior })
    .onConflict((conflict) =>
      conflict.columns(['member_id', 'connection_id', 'kind', 'target']).doUpdateSet({ value, prior }),
    )
    .execute()
}

async function drop(work: Work, kind: string, target: string): Promise<void> {
  const { tx, connection_id, member } = work
  await tx
    .deleteFrom('tenancy.mapped_grant')
    .where('member_id', '=', member.member_id)
    .where('connection_id', '=', connection_id)
    .where('kind', '=', kind)
    .where('target', '=', target)
    .execute()
}

const isLastOwner = ({ member, active_owner_count }: Work): boolean =>
  member.base_role === 'owner' && member.status === 'active' && active_owner_count <= 1

/** Whether the membership was this connection's and has ended. */
async function leave(work: Work, actor: SystemActor): Promise<boolean> {
  const [membership] = own(work, 'membership')
  if (membership === undefined) return false
  if (isLastOwner(work)) {
    work.kept.push('membership of the last owner')
    return false
  }
  if (others(work, 'membership', membership.target).length > 0) {
    await drop(work, 'membership', membership.target)
    return false
  }
  const { tx, member } = work
  await endMembership(tx, actor, member.member_id)
  await tx.deleteFrom('tenancy.mapped_grant').where('member_id', '=', member.member_id).execute()
  return true
}

const roleOf = (word: string | null): BaseRole | null => (word === null ? null : wordOf(BASE_ROLES, word))

async function syncRole(work: Work, wanted: BaseRole | null): Promise<void> {
  const { member, tx } = work
  const mine = own(work, 'role')[0]
  const foreign = others(work, 'role', 'base_role')
  const all = mine === undefined ? foreign : [mine, ...foreign]
  const written = all.map((each) => roleOf(each.value) ?? 'member')
  const prior = roleOf(all[0]?.prior ?? null) ?? member.base_role
  // Somebody has set the role by hand since: that is what holds, and what groups give comes on top of it.
  const isByHand = all.length > 0 && written.reduce(higherRole, prior) !== member.base_role
  const base = isByHand ? member.base_role : prior
  const given = isByHand ? [] : foreign.map((each) => roleOf(each.value) ?? 'member')
  const below = given.reduce(higherRole, base)
  const next = wanted === null ? below : higherRole(wanted, below)
  if (isLastOwner(work) && next !== 'owner') {
    work.kept.push('role of the last owner')
    return
  }
  // An owner who is denied what owners must keep would not be one.
  if (next === 'owner' && member.base_role !== 'owner' && member.denies.length > 0) {
    work.kept.push('role, because of what is denied to the member')
    return
  }
  if (isByHand) {
    await tx
      .deleteFrom('tenancy.mapped_grant')
      .where('member_id', '=', member.member_id)
      .where('kind', '=', 'role')
      .execute()
  }
  if (wanted !== null && higherRole(base, wanted) !== base) await note(work, 'role', 'base_role', wanted, base)
  else await drop(work, 'role', 'base_role')
  if (next === member.base_role) return
  await tx.updateTable('tenancy.member').set({ base_role: next }).where('id', '=', member.member_id).execute()
  const isRise = higherRole(member.base_role, next) === next
  if (isRise) work.added.push(`role ${next}`)
  else work.removed.push(`role ${member.base_role}`)
}

async function syncDesignations(work: Work, given: Given): Promise<void> {
  const { member, tx } = work
  const has = new Set<string>(member.designations)
  for (const each of given.designations) {
    const isMapped = work.grants.some((grant) => grant.kind === 'designation' && grant.target === each)
    if (has.has(each) && !isMapped) continue
    await note(work, 'designation', each)
    if (has.has(each)) continue
    has.add(each)
    work.added.push(`designation ${each}`)
  }
  for (const { target } of own(work, 'designation')) {
    if (DESIGNATIONS.some((each) => each === target && given.designations.has(each))) continue
    await drop(work, 'designation', target)
    if (others(work, 'designation', target).length > 0 || !has.delete(target)) continue
    work.removed.push(`designation ${target}`)
  }
  const designations = DESIGNATIONS.filter((each) => has.has(each))
  if (designations.join() === member.designations.join()) return
  await tx.updateTable('tenancy.member').set({ designations }).where('id', '=', member.member_id).execute()
}

async function syncTeams(work: Work, given: Given): Promise<void> {
  const { member, tx } = work
  const { member_id } = member
  const rows = await tx
    .selectFrom('tenancy.team_member')
    .select(['team_id', 'is_manager'])
    .where('member_id', '=', member_id)
    .execute()
  const inTeam = new Map(rows.map((row) => [row.team_id, row.is_manager]))
  for (const [team_id, is_manager] of given.teams) {
    const isMapped = work.grants.some((grant) => grant.kind === 'team' && grant.target === team_id)
    if (inTeam.has(team_id) && !isMapped) continue
    await note(work, 'team', team_id, is_manager ? 'manager' : '')
    if (inTeam.get(team_id) === is_manager) continue
    await tx
      .insertInto('tenancy.team_member')
      .values({ team_id, member_id, is_manager })
      .onConflict((conflict) => conflict.columns(['team_id', 'member_id']).doUpdateSet({ is_manager }))
      .execute()
    work.added.push(`team ${team_id}${is_manager ? ' as manager' : ''}`)
  }
  for (const { target } of own(work, 'team')) {
    if (given.teams.has(target)) continue
    await drop(work, 'team', target)
    if (others(work, 'team', target).length > 0 || !inTeam.has(target)) continue
    await tx
      .updateTable('tenancy.member')
      .set({ primary_team_id: null })
      .where('id', '=', member_id)
      .where('primary_team_id', '=', target)
      .execute()
    await tx
      .deleteFrom('tenancy.team_member')
      .where('member_id', '=', member_id)
      .where('team_id', '=', target)
      .execute()
    work.removed.push(`team ${target}`)
  }
}

async function syncProjects(work: Work, given: Given): Promise<void> {
  const { member, tx } = work
  const { member_id } = member
  const rows = await tx
    .selectFrom('tenancy.project_member')
    .select(['project_id', 'role'])
    .where('member_id', '=', member_id)
    .execute()
  const roles = new Map(rows.map((row) => [row.project_id, row.role]))
  for (const [project_id, role] of given.projects) {
    const isMapped = work.grants.some((grant) => grant.kind === 'project' && grant.target === project_id)
    if (roles.has(project_id) && !isMapped) continue
    await note(work, 'project', project_id, role)
    if (roles.get(project_id) === role) continue
    await tx
      .insertInto('tenancy.project_member')
      .values({ project_id, member_id, role })
      .onConflict((conflict) => conflict.columns(['project_id', 'member_id']).doUpdateSet({ role }))
      .execute()
    work.added.push(`project ${project_id} as ${role}`)
  }
  for (const { target } of own(work, 'project')) {
    if (given.projects.has(target)) continue
    await drop(work, 'project', target)
    if (others(work, 'project', target).length > 0 || !roles.has(target)) continue
    await tx
      .deleteFrom('tenancy.project_member')
      .where('member_id', '=', member_id)
      .where('project_id', '=', target)
      .execute()
    work.removed.push(`project ${target}`)
  }
}
