// Whose usage somebody may see (ruling 16): totals are for every member, figures that tell of persons for whoever holds
// `usage.view_org` or manages the team, and what is charged to a project for those who may know of the project.

import { type Actor, memberIdOf } from '../access/actor.ts'
import { projectRoleOf } from '../access/scope-role.ts'
import { hasPermission, requirePermission } from '../access/require.ts'
import type { OrganisationTx } from '../kernel/database.ts'
import { notFound } from '../kernel/problem.ts'
import { readProject, selectProjects } from '../tenancy/project-role.ts'
import type { Dimension, UsageFilter } from './usage.ts'

/**
 * What is the actor's own: a person's executions, or those of the organisation's key itself. Throws `not_found` for
 * neither.
 */
export function ownFilterOf(actor: Actor): { readonly member_id: string } | { readonly api_key_id: string } {
  if (actor.kind === 'api_key') return { api_key_id: actor.use.api_key_id }
  const member_id = memberIdOf(actor)
  if (member_id === null) throw notFound()
  return { member_id }
}

/** The teams that the actor manages and, holding `usage.view_team`, sees into. */
export async function listManagedTeamIds(
  tx: OrganisationTx,
  actor: Actor,
  permission: 'usage.view_team' | 'run.view_team',
): Promise<readonly string[]> {
  const member_id = memberIdOf(actor)
  if (member_id === null || !hasPermission(actor, permission)) return []
  const rows = await tx
    .selectFrom('tenancy.team_member')
    .select('team_id')
    .where('member_id', '=', member_id)
    .where('is_manager', '=', true)
    .execute()
  return rows.map(({ team_id }) => team_id)
}

/** The projects in which the actor has a role, archived ones included. */
export async function listKnownProjectIds(tx: OrganisationTx, actor: Actor): Promise<readonly string[]> {
  const rows = await selectProjects(tx, actor).execute()
  return rows
    .map(readProject)
    .filter((project) => projectRoleOf(actor, project) !== null)
    .map(({ id }) => id)
}

/**
 * The filter, narrowed to what the actor may see of it. Throws `forbidden` for figures about persons or teams that are
 * not theirs to see, and `not_found` for a project they may not know of.
 */
export async function narrowToReach(
  tx: OrganisationTx,
  actor: Actor,
  filter: UsageFilter,
  by: Dimension | null,
): Promise<UsageFilter> {
  if (hasPermission(actor, 'usage.view_org')) return filter
  const { member_id, team_id, project_id, use_case_id } = filter
  const isOwn = member_id !== undefined && member_id === memberIdOf(actor)
  if (isOwn) requirePermission(actor, 'usage.view_own')
  const managed = await listManagedTeamIds(tx, actor, 'usage.view_team')
  const isOfOwnTeam = team_id !== undefined && managed.includes(team_id)
  const tellsOfPersons = (by === 'user' || member_id !== undefined) && !isOwn
  const tellsOfTeam = team_id !== undefined && !isOwn
  if ((tellsOfPersons || tellsOfTeam) && !isOfOwnTeam) requirePermission(actor, 'usage.view_org')
  if (by === 'team' && !isOwn && managed.length === 0) requirePermission(actor, 'usage.view_org')
  const asksByProject = by === 'project' || by === 'use_case' || project_id !== undefined || use_case_id !== undefined
  if (!asksByProject && by !== 'team') return filter
  const project_ids = asksByProject ? await listKnownProjectIds(tx, actor) : null
  if (project_id !== undefined && !project_ids?.includes(project_id)) throw notFound()
  return {
    ...filter,
    ...(project_ids !== null && { project_ids }),
    ...(by === 'team' && !isOwn && { team_ids: managed }),
  }
}

/** Whether the actor sees money: a deny of `billing.view` takes `costs.view` with it. */
export const seesCosts = (actor: Actor): boolean => hasPermission(actor, 'costs.view')
