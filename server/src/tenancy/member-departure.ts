// Leaving, and coming back. Before somebody is removed it is shown what ends with them and what waits for them; what waits is
// handed over in the commit of the removal. Within 30 days a removal can be undone as far as what they had still exists;
// keys stay revoked, for nobody knows who has read them since.

import { sql } from 'kysely'
import { type Actor, memberIdOf } from '../access/actor.ts'
import type { Origin } from '../audit/append.ts'
import { checkRestoration } from '../access/member-rule.ts'
import type { OrganisationTx } from '../kernel/database.ts'
import { notFound } from '../kernel/problem.ts'
import { customRolesOf, holdMember, lockMembersTogether, type MemberStatus, targetOf } from './internal/member-row.ts'
import { refuseReference, unknownReference } from './internal/reference.ts'
import { handOverNeeded, memberNotRemoved, restoreTooLate } from './problems.ts'

const RESTORE_DAYS = 30

/** Something that waits for a person. */
export type Duty = { readonly kind: string; readonly id: string; readonly title: string }

/**
 * A module's part in a removal, given by `serve.ts` to the routes of members: what waits for a person, and how another takes
 * it over. `is_pressing` says that a removal stops until somebody decides about it.
 */
export type HandOver = {
  readonly kind: string
  readonly is_pressing: boolean
  readonly list: (tx: OrganisationTx, member_id: string) => Promise<readonly Duty[]>
  readonly handOver: (tx: OrganisationTx, actor: Actor, from_member_id: string, to_member_id: string) => Promise<number>
  /**
   * What ends with the member, or goes over under the ledger's gate: done last in the transaction of the removal, for whoever
   * holds the gate waits for nothing else. The successor is null where nobody was named.
   */
  readonly atRemoval?: (
    tx: OrganisationTx,
    origin: Origin,
    member_id: string,
    successor_id: string | null,
  ) => Promise<unknown>
}

/** Programs need somebody who answers for them (ruling 6): their accounts and keys go over with everything else. */
export const PROGRAMS: HandOver = {
  kind: 'service_account',
  is_pressing: false,
  list: async (tx, member_id) => {
    const accounts = await tx
      .selectFrom('tenancy.service_account')
      .select(['id', 'name'])
      .where('responsible_member_id', '=', member_id)
      .orderBy('id')
      .execute()
    return accounts.map(({ id, name }) => ({ kind: 'service_account', id, title: name }))
  },
  async handOver(tx, _actor, from_member_id, to_member_id) {
    const accounts = await tx
      .updateTable('tenancy.service_account')
      .set({ responsible_member_id: to_member_id })
      .where('responsible_member_id', '=', from_member_id)
      .executeTakeFirst()
    await tx
      .updateTable('tenancy.api_key')
      .set({ created_by: to_member_id })
      .where('created_by', '=', from_member_id)
      .where('member_id', 'is', null)
      .where('revoked_at', 'is', null)
      .execute()
    return Number(accounts.numUpdatedRows)
  },
}

export type Departure = {
  readonly duties: readonly (Duty & { readonly is_pressing: boolean })[]
  readonly api_keys: number
  readonly teams: number
  readonly workspaces: number
  readonly projects: number
}

/** What a removal would end, and what waits for this member. */
export async function previewRemoval(
  tx: OrganisationTx,
  hand_overs: readonly HandOver[],
  member_id: string,
): Promise<Departure> {
  await holdMember(tx, member_id)
  const duties = []
  for (const { list, is_pressing } of hand_overs) {
    duties.push(...(await list(tx, member_id)).map((duty) => ({ ...duty, is_pressing })))
  }
  const { rows } = await sql<Omit<Departure, 'duties'>>`
    select
      (select count(*)::integer from tenancy.api_key where member_id = ${member_id} and revoked_at is null) as api_keys,
      (select count(*)::integer from tenancy.team_member where member_id = ${member_id}) as teams,
      (select count(*)::integer from tenancy.workspace_member where member_id = ${member_id}) as workspaces,
      (select count(*)::integer from tenancy.project_member where member_id = ${member_id}) as projects`.execute(tx)
  const [counts] = rows
  if (counts === undefined) throw notFound()
  return { duties, ...counts }
}

/**
 * Hands over what waits for a member who is about to be removed, in the transaction that removes them; returns how many of
 * each kind. Everybody whom the removal concerns is locked first: two owners who remove each other at once would else each
 * hold the other and wait for ever. Without a successor it refuses while something pressing waits (`hand_over_needed`), unless that is left to
 * whoever else may. Throws `reference_unknown` for a successor who is no active member.
 */
export async function handOverDuties(
  tx: OrganisationTx,
  actor: Actor,
  hand_overs: readonly HandOver[],
  member_id: string,
  choice: { readonly hand_over_to?: string; readonly leave_pending?: boolean },
): Promise<Readonly<Record<string, number>>> {
  const { hand_over_to, leave_pending = false } = choice
  const concerned = [member_id, memberIdOf(actor), hand_over_to]
  await lockMembersTogether(
    tx,
    concerned.filter((id) => typeof id === 'string'),
  )
  if (hand_over_to === undefined) {
    const { duties } = await previewRemoval(tx, hand_overs, member_id)
    const pressing = duties.filter((duty) => duty.is_pressing)
    if (pressing.length === 0 || leave_pending) return {}
    throw handOverNeeded({ count: pressing.length, ids: pressing.slice(0, 50).map((duty) => duty.id) })
  }
  const { status } = await unknownReference('/hand_over_to', holdMember(tx, hand_over_to))
  if (status !== 'active' || hand_over_to === member_id) throw refuseReference('/hand_over_to')
  const handed: Record<string, number> = {}
  for (const each of hand_overs) handed[each.kind] = await each.handOver(tx, actor, member_id, hand_over_to)
  return handed
}

export type Restored = {
  readonly id: string
  /** For the note in control; it is shown to nobody. */
  readonly user_id: string
  readonly status: MemberStatus
  /** How many places and roles came back. */
  readonly restored: number
}

/** Whose membership it was, for the note that stands in control before it is one again. Throws `not_found`. */
export async function findRemoved(tx: OrganisationTx, member_id: string): Promise<string> {
  const row = await tx.selectFrom('tenancy.member').select('user_id').where('id', '=', member_id).executeTakeFirst()
  if (row === undefined) throw notFound()
  return row.user_id
}

/**
 * Brings a removed member back with the role they had, their teams, workspaces, projects and custom roles as far as those
 * still exist. Sessions and keys stay ended. Throws `not_found`, `member_not_removed`, `restore_too_late`, `forbidden`,
 * `owner_only` or `outranked`.
 */
export async function restoreMember(tx: OrganisationTx, actor: Actor, member_id: string): Promise<Restored> {
  const row = await tx
    .selectFrom('tenancy.member')
    .select(['id', 'user_id', 'base_role', 'designations', 'grants', 'denies', 'surface', 'status'])
    .select(sql<boolean>`removed_at > now() - make_interval(days => ${RESTORE_DAYS})`.as('is_recent'))
    .select(customRolesOf('tenancy.member.id').as('custom_roles'))
    .where('id', '=', member_id)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (row === undefined) throw notFound()
  const target = targetOf(row)
  checkRestoration({ actor, target })
  if (target.status !== 'removed') throw memberNotRemoved()
  if (!row.is_recent) throw restoreTooLate({ days: RESTORE_DAYS })
  await tx
    .updateTable('tenancy.member')
    .set({ status: 'active', removed_at: null })
    .where('id', '=', member_id)
    .execute()
  return { id: member_id, user_id: row.user_id, status: 'active', restored: await restorePlaces(tx, member_id) }
}

/** What the removal itself ended, which the ranges remember by its transaction. */
async function restorePlaces(tx: OrganisationTx, member_id: string): Promise<number> {
  const ended = sql`(
    select kind, value, object_id from tenancy.access_range
    where member_id = ${member_id} and ended_xid = (
      select ended_xid from tenancy.access_range
      where member_id = ${member_id} and kind = 'membership' and valid_to is not null order by valid_to desc limit 1))`
  const restore = async (statement: ReturnType<typeof sql>) =>
    Number((await statement.execute(tx)).numAffectedRows ?? 0n)
  return (
    (await restore(sql`
      insert into tenancy.team_member (team_id, member_id, is_manager)
      select t.id, ${member_id}, e.value = 'manager' from ${ended} e join tenancy.team t on t.id = e.object_id
      where e.kind = 'team' on conflict do nothing`)) +
    (await restore(sql`
      insert into tenancy.workspace_member (workspace_id, member_id, role)
      select w.id, ${member_id}, e.value from ${ended} e join tenancy.workspace w on w.id = e.object_id
      where e.kind = 'workspace' on conflict do nothing`)) +
    (await restore(sql`
      insert into tenancy.project_member (project_id, member_id, role)
      select p.id, ${member_id}, e.value from ${ended} e
        join tenancy.project p on p.id = e.object_id and p.archived_at is null
      where e.kind = 'project' on conflict do nothing`)) +
    (await restore(sql`
      insert into tenancy.member_role (member_id, role_id)
      select ${member_id}, r.id from ${ended} e join tenancy.role r on r.id = e.object_id
      where e.kind = 'custom_role' on conflict do nothing`))
  )
}
