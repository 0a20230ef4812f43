// Teams: people who are counted together for spending and usage, some of them as managers (requirements 4.2).

import { sql } from 'kysely'
import type { OrganisationTx } from '../kernel/database.ts'
import { newId } from '../kernel/id.ts'
import { DEFAULT_PAGE_SIZE, type Page, type PageQuery, pageOf, parseCursor } from '../kernel/page.ts'
import { notFound } from '../kernel/problem.ts'
import { refuseBy } from './internal/constraint.ts'
import { keepByHand } from './internal/mapped-grant.ts'
import { holdMember } from './internal/member-row.ts'
import { teamNameTaken } from './problems.ts'

export type Team = { readonly id: string; readonly name: string; readonly created_at: Date }
export type ListedTeam = Team & { readonly member_count: number }
export type TeamMember = { readonly member_id: string; readonly is_manager: boolean }

const NAME_TAKEN = { team__name_is_taken: teamNameTaken }

/** A page of teams, newest first; `search` is part of the name. */
export async function listTeams(
  tx: OrganisationTx,
  query: PageQuery & { readonly search?: string },
): Promise<Page<ListedTeam>> {
  const cursor = parseCursor(query)
  const { search } = query
  const rows = await tx
    .selectFrom('tenancy.team as t')
    .select(['t.id', 't.name', 't.created_at'])
    .select((is) =>
      is
        .selectFrom('tenancy.team_member as m')
        .select((of) => of.fn.countAll<number>().as('count'))
        .whereRef('m.team_id', '=', 't.id')
        .$asScalar()
        .$notNull()
        .as('member_count'),
    )
    .$if(search !== undefined, (select) => select.where(sql<boolean>`strpos(lower(t.name), lower(${search})) > 0`))
    .$if(cursor !== null, (select) => select.where('t.id', '<', cursor))
    .orderBy('t.id', 'desc')
    .limit((query.limit ?? DEFAULT_PAGE_SIZE) + 1)
    .execute()
  return pageOf(rows, query)
}

/** The team, or `not_found`. */
export async function getTeam(tx: OrganisationTx, team_id: string): Promise<Team> {
  const team = await selectTeam(tx, team_id).executeTakeFirst()
  if (team === undefined) throw notFound()
  return team
}

const selectTeam = (tx: OrganisationTx, team_id: string) =>
  tx.selectFrom('tenancy.team').select(['id', 'name', 'created_at']).where('id', '=', team_id)

/** Makes a team; its counters for spending and tokens are made with it. Throws `team_name_taken`. */
export async function createTeam(tx: OrganisationTx, name: string): Promise<Team> {
  const statement = tx.insertInto('tenancy.team').values({ id: newId(), name }).returning(['id', 'name', 'created_at'])
  return refuseBy(NAME_TAKEN, statement.executeTakeFirstOrThrow())
}

/** Renames a team. Throws `not_found` or `team_name_taken`. */
export async function renameTeam(
  tx: OrganisationTx,
  team_id: string,
  name: string,
): Promise<Team & { readonly before: { readonly name: string } }> {
  const before = await selectTeam(tx, team_id).forUpdate().executeTakeFirst()
  if (before === undefined) throw notFound()
  await refuseBy(NAME_TAKEN, tx.updateTable('tenancy.team').set({ name }).where('id', '=', team_id).execute())
  return { ...before, name, before: { name: before.name } }
}

/**
 * Deletes a team; its people stay, and whoever had it as primary team has none. Its past usage stays. Throws
 * `not_found`.
 */
export async function deleteTeam(tx: OrganisationTx, team_id: string): Promise<Team> {
  // Members are locked before what they are in, here as everywhere: two acts at once then never wait for each other.
  await tx
    .selectFrom('tenancy.member')
    .select('id')
    .where('primary_team_id', '=', team_id)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
  const team = await tx
    .deleteFrom('tenancy.team')
    .where('id', '=', team_id)
    .returning(['id', 'name', 'created_at'])
    .executeTakeFirst()
  if (team === undefined) throw notFound()
  return team
}

/** A page of the people in a team, newest members first. Throws `not_found`. */
export async function listTeamMembers(
  tx: OrganisationTx,
  team_id: string,
  query: PageQuery,
): Promise<Page<TeamMember & { readonly id: string }>> {
  await getTeam(tx, team_id)
  const cursor = parseCursor(query)
  const rows = await tx
    .selectFrom('tenancy.team_member')
    .select(['member_id as id', 'member_id', 'is_manager'])
    .where('team_id', '=', team_id)
    .$if(cursor !== null, (select) => select.where('member_id', '<', cursor))
    .orderBy('member_id', 'desc')
    .limit((query.limit ?? DEFAULT_PAGE_SIZE) + 1)
    .execute()
  return pageOf(rows, query)
}

/** Puts a member into a team, as its manager or not. Throws `not_found` or `member_removed`. */
export async function setTeamMember(
  tx: OrganisationTx,
  team_id: string,
  member_id: string,
  is_manager: boolean,
): Promise<TeamMember & { readonly before: { readonly is_manager: boolean } | null }> {
  await holdMember(tx, member_id)
  const team = await selectTeam(tx, team_id).forKeyShare().executeTakeFirst()
  if (team === undefined) throw notFound()
  const before = await tx
    .selectFrom('tenancy.team_member')
    .select('is_manager')
    .where('team_id', '=', team_id)
    .where('member_id', '=', member_id)
    .forUpdate()
    .executeTakeFirst()
  await keepByHand(tx, member_id, 'team', team_id)
  await tx
    .insertInto('tenancy.team_member')
    .values({ team_id, member_id, is_manager })
    .onConflict((conflict) => conflict.columns(['team_id', 'member_id']).doUpdateSet({ is_manager }))
    .execute()
  return { member_id, is_manager, before: before ?? null }
}

/** Takes a member out of a team; it ceases to be their primary team. Throws `not_found` when they are not in it. */
export async function removeTeamMember(tx: OrganisationTx, team_id: string, member_id: string): Promise<TeamMember> {
  await tx
    .updateTable('tenancy.member')
    .set({ primary_team_id: null })
    .where('id', '=', member_id)
    .where('primary_team_id', '=', team_id)
    .execute()
  await keepByHand(tx, member_id, 'team', team_id)
  const before = await tx
    .deleteFrom('tenancy.team_member')
    .where('team_id', '=', team_id)
    .where('member_id', '=', member_id)
    .returning(['member_id', 'is_manager'])
    .executeTakeFirst()
  if (before === undefined) throw notFound()
  return before
}
