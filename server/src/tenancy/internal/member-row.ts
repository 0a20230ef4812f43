// Memberships under a lock: an act on a member decides by what the row says until its own commit, and nobody who is
// being removed gets into a team, a workspace or a project at the same moment.

import { type RawBuilder, sql } from 'kysely'
import { type Actor, type CustomRole, memberIdOf } from '../../access/actor.ts'
import type { TargetMember } from '../../access/member-rule.ts'
import { BASE_ROLES, DESIGNATIONS, SURFACES } from '../../access/permission.ts'
import type { OrganisationTx } from '../../kernel/database.ts'
import { notFound } from '../../kernel/problem.ts'
import { memberRemoved } from '../problems.ts'

export const MEMBER_STATUSES = ['active', 'suspended', 'removed'] as const
export type MemberStatus = (typeof MEMBER_STATUSES)[number]

const COLUMNS = ['id', 'base_role', 'designations', 'grants', 'denies', 'surface', 'status'] as const

/** The custom roles of the member whose id stands in this column, as one column of a row. */
export function customRolesOf(member_id: string): RawBuilder<CustomRole[]> {
  return sql<CustomRole[]>`(
    select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'name', r.name, 'permissions', r.permissions)
      order by r.name), '[]')
    from tenancy.member_role h join tenancy.role r on r.id = h.role_id where h.member_id = ${sql.ref(member_id)})`
}

type MemberColumns = {
  readonly id: string
  readonly base_role: string
  readonly designations: readonly string[]
  readonly custom_roles: readonly CustomRole[]
  readonly grants: readonly string[]
  readonly denies: readonly string[]
  readonly surface: string
  readonly status: string
}

/** The one of these words that a stored text is; a CHECK keeps others out of the database. */
export function wordOf<Word extends string>(words: readonly Word[], text: string): Word {
  const word = words.find((each) => each === text)
  if (word === undefined) throw new Error(`The database holds an unknown word: ${text}`)
  return word
}

/** A row of `tenancy.member` as the rules of access see it. */
export function targetOf(row: MemberColumns): TargetMember {
  return {
    member_id: row.id,
    base_role: wordOf(BASE_ROLES, row.base_role),
    designations: row.designations.map((each) => wordOf(DESIGNATIONS, each)),
    custom_roles: row.custom_roles,
    grants: row.grants,
    denies: row.denies,
    surface: wordOf(SURFACES, row.surface),
    status: wordOf(MEMBER_STATUSES, row.status),
  }
}

export type LockedMembers = {
  readonly target: TargetMember
  /** The actor with the membership they have now, under the same lock. */
  readonly actor: Actor
  readonly active_owner_count: number
}

/** Locks these members and every active owner, always in the order of their ids, so that no two acts wait for each other. */
async function lockInOrder(tx: OrganisationTx, member_ids: readonly string[]): Promise<readonly TargetMember[]> {
  const rows = await tx
    .selectFrom('tenancy.member')
    .select(COLUMNS)
    .select(customRolesOf('tenancy.member.id').as('custom_roles'))
    .where((is) =>
      is.or([
        is('id', '=', sql<string>`any(${[...member_ids]}::uuid[])`),
        is.and([is('base_role', '=', 'owner'), is('status', '=', 'active')]),
      ]),
    )
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
  return rows.map(targetOf)
}

/**
 * Takes at once every lock that an act on several members will ask for, until the transaction ends. Whoever locks a second
 * member after a first takes this before: members that are locked one by one are locked in the wrong order by somebody.
 */
export async function lockMembersTogether(tx: OrganisationTx, member_ids: readonly string[]): Promise<void> {
  await lockInOrder(tx, member_ids)
}

/**
 * Locks target, actor and every active owner until the transaction ends, always in the order of their ids: of two acts
 * that together would take the last owner, or the right to act from the other, the second sees what the first has done.
 * Throws `not_found` for an unknown target or an actor who is no longer a member, `member_removed` for a removed
 * target.
 */
export async function lockMembers(tx: OrganisationTx, actor: Actor, member_id: string): Promise<LockedMembers> {
  const actor_id = memberIdOf(actor)
  const members = await lockInOrder(tx, [member_id, actor_id ?? member_id])
  const target = members.find((each) => each.member_id === member_id)
  if (target === undefined) throw notFound()
  if (target.status === 'removed') throw memberRemoved()
  return {
    target,
    actor: withMembershipOfNow(actor, members),
    active_owner_count: members.filter((each) => each.base_role === 'owner' && each.status === 'active').length,
  }
}

function withMembershipOfNow(actor: Actor, members: readonly TargetMember[]): Actor {
  const member_id = memberIdOf(actor)
  const now = members.find((each) => each.member_id === member_id)
  return now === undefined ? actor : actWith(actor, now)
}

/** The actor with their membership as it was just read under a lock. Throws `not_found` unless it is active. */
export function actWith(actor: Actor, now: TargetMember): Actor {
  if (actor.kind !== 'user' || actor.membership === null) return actor
  if (now.status !== 'active') throw notFound()
  const { status: _, ...membership } = now
  return { ...actor, membership }
}

/**
 * Makes sure that a person is a member until the transaction ends, so that nothing is given to somebody who is just
 * being removed. Throws `not_found`, or `member_removed`.
 */
export async function holdMember(tx: OrganisationTx, member_id: string): Promise<TargetMember> {
  const row = await tx
    .selectFrom('tenancy.member')
    .select(COLUMNS)
    .select(customRolesOf('tenancy.member.id').as('custom_roles'))
    .where('id', '=', member_id)
    .forShare()
    .executeTakeFirst()
  if (row === undefined) throw notFound()
  const target = targetOf(row)
  if (target.status === 'removed') throw memberRemoved()
  return target
}
