// Projects: every resource belongs to exactly one (requirements 3.2, 3.3; rulings, point 3). Members know of those in
// which they have a role; admins list all and set their members, and see no contents by that.

import { sql } from 'kysely'
import { type Actor, makerOf } from '../access/actor.ts'
import { hasPermission } from '../access/require.ts'
import { checkProjectRoleChange, PROJECT_ROLES, type ProjectRole, projectRoleOf } from '../access/scope-role.ts'
import type { OrganisationTx } from '../kernel/database.ts'
import { newId } from '../kernel/id.ts'
import { DEFAULT_PAGE_SIZE, type Page, type PageQuery, pageOf, parseCursor } from '../kernel/page.ts'
import { notFound } from '../kernel/problem.ts'
import { refuseBy } from './internal/constraint.ts'
import { keepByHand } from './internal/mapped-grant.ts'
import { holdMember, wordOf } from './internal/member-row.ts'
import { unknownReference } from './internal/reference.ts'
import { revokeKeysWhere } from './internal/revoke-keys.ts'
import { defaultProjectRoles, defaultProjectStays, projectArchived, projectNameTaken } from './problems.ts'
import {
  getSeenProject,
  type Project,
  readProject,
  requireProject,
  type SeenProject,
  selectProjects,
} from './project-role.ts'
import { getWorkspace } from './workspace.ts'

export type ProjectMember = { readonly member_id: string; readonly role: ProjectRole }
export type ProjectQuery = PageQuery & {
  readonly archived?: boolean
  readonly workspace_id?: string
  /** Part of the name. */
  readonly search?: string
}

const NAME_TAKEN = { project__name_is_taken: projectNameTaken }

/** Whether the actor has a role in every team project without one being written down: owners and the super-admin. */
const hasRoleEverywhere = (actor: Actor): boolean =>
  projectRoleOf(actor, { id: '', kind: 'team', explicit_role: null }) !== null

/** A page of the projects the actor may know of, newest first; open ones unless `archived`. */
export async function listProjects(tx: OrganisationTx, actor: Actor, query: ProjectQuery): Promise<Page<SeenProject>> {
  const cursor = parseCursor(query)
  const listsAll = hasPermission(actor, 'project.list_all')
  const { archived = false, workspace_id, search } = query
  const rows = await selectProjects(tx, actor)
    .where('p.archived_at', archived ? 'is not' : 'is', null)
    .$if(workspace_id !== undefined, (select) => select.where('p.workspace_id', '=', workspace_id ?? null))
    .$if(!listsAll && actor.use.via === 'api_key', (select) =>
      select.where('p.id', '=', actor.use.via === 'api_key' ? actor.use.project_id : null),
    )
    .$if(!listsAll && actor.use.via !== 'api_key' && !hasRoleEverywhere(actor), (select) =>
      select.where((is) => is.or([is('p.kind', '=', 'default'), is('mine.role', 'is not', null)])),
    )
    .$if(search !== undefined, (select) => select.where(sql<boolean>`strpos(lower(p.name), lower(${search})) > 0`))
    .$if(cursor !== null, (select) => select.where('p.id', '<', cursor))
    .orderBy('p.id', 'desc')
    .limit((query.limit ?? DEFAULT_PAGE_SIZE) + 1)
    .execute()
  const seen = rows.flatMap((row) => {
    const { explicit_role, ...project } = readProject(row)
    const my_role = projectRoleOf(actor, { ...project, explicit_role })
    return my_role === null && !listsAll ? [] : [{ ...project, my_role }]
  })
  return pageOf(seen, query)
}

/** The project, to whoever has a role in it or lists every project. Throws `not_found` to anybody else. */
export async function getProject(tx: OrganisationTx, actor: Actor, project_id: string): Promise<SeenProject> {
  const project = await getSeenProject(tx, actor, project_id)
  if (project.my_role === null && !hasPermission(actor, 'project.list_all')) throw notFound()
  return project
}

/**
 * Makes a team project with its counters; who makes it becomes its project admin. Into a workspace only with the right
 * to assign there. Throws `project_name_taken`, `reference_unknown` or `workspace_role_missing`.
 */
export async function createProject(
  tx: OrganisationTx,
  actor: Actor,
  draft: { readonly name: string; readonly workspace_id?: string | null },
): Promise<SeenProject> {
  const created_by = makerOf(actor)
  const { name, workspace_id = null } = draft
  await requireAssignable(tx, actor, workspace_id)
  if (created_by !== null) await holdMember(tx, created_by)
  const statement = tx
    .insertInto('tenancy.project')
    .values({ id: newId(), name, workspace_id, created_by })
    .returning(['id', 'created_at'])
  const { id, created_at } = await refuseBy(NAME_TAKEN, statement.executeTakeFirstOrThrow())
  if (created_by !== null) {
    await tx
      .insertInto('tenancy.project_member')
      .values({ project_id: id, member_id: created_by, role: 'admin' })
      .execute()
  }
  const my_role = projectRoleOf(actor, { id, kind: 'team', explicit_role: actor.kind === 'user' ? 'admin' : null })
  return { id, name, kind: 'team', workspace_id, created_at, archived_at: null, my_role }
}

/**
 * A workspace into which, or out of which, a project is put: the actor needs Collaborator there (rulings, "Studio").
 */
async function requireAssignable(tx: OrganisationTx, actor: Actor, workspace_id: string | null): Promise<void> {
  if (workspace_id === null) return
  await unknownReference('/workspace_id', getWorkspace(tx, actor, workspace_id, 'assign'))
}

type ProjectChange = { readonly name?: string; readonly workspace_id?: string | null }

/**
 * Changes the name of a project, or the workspace it is in; needs project admin, and Collaborator in each workspace
 * that is touched. Throws as `requireProject` and `createProject`.
 */
export async function changeProject(
  tx: OrganisationTx,
  actor: Actor,
  project_id: string,
  change: ProjectChange,
): Promise<Project & { readonly before: Required<ProjectChange> }> {
  const project = await requireProject(tx, actor, project_id, 'change')
  const before = { name: project.name, workspace_id: project.workspace_id }
  const after = { ...before, ...change }
  if (after.workspace_id !== before.workspace_id) {
    await requireAssignable(tx, actor, after.workspace_id)
    await requireAssignable(tx, actor, before.workspace_id)
  }
  const statement = tx.updateTable('tenancy.project').set(after).where('id', '=', project_id)
  await refuseBy(NAME_TAKEN, statement.execute())
  return { ...project, ...after, before }
}

/**
 * Archives a project and revokes the keys that work in it; what was done in it stays on record. The permission
 * `project.delete` decides. Throws `not_found`, `default_project_stays` or `project_archived`.
 */
export async function archiveProject(
  tx: OrganisationTx,
  actor: Actor,
  project_id: string,
): Promise<Project & { readonly revoked_keys: number }> {
  const { my_role: _, ...project } = await getProject(tx, actor, project_id)
  if (project.kind === 'default') throw defaultProjectStays()
  const archived = await tx
    .updateTable('tenancy.project')
    .set((is) => ({ archived_at: is.fn<Date>('now') }))
    .where('id', '=', project_id)
    .where('archived_at', 'is', null)
    .returning('archived_at')
    .executeTakeFirst()
  if (archived === undefined) throw projectArchived()
  const revoked_keys = await revokeKeysWhere(tx, actor, { project_id })
  return { ...project, archived_at: archived.archived_at, revoked_keys }
}

/** A page of the roles written down in a project, newest members first. Throws `not_found`. */
export async function listProjectMembers(
  tx: OrganisationTx,
  actor: Actor,
  project_id: string,
  query: PageQuery,
): Promise<Page<ProjectMember & { readonly id: string }>> {
  await getProject(tx, actor, project_id)
  const cursor = parseCursor(query)
  const rows = await tx
    .selectFrom('tenancy.project_member')
    .select(['member_id as id', 'member_id', 'role'])
    .where('project_id', '=', project_id)
    .$if(cursor !== null, (select) => select.where('member_id', '<', cursor))
    .orderBy('member_id', 'desc')
    .limit((query.limit ?? DEFAULT_PAGE_SIZE) + 1)
    .execute()
  return pageOf(
    rows.map((row) => ({ ...row, role: wordOf(PROJECT_ROLES, row.role) })),
    query,
  )
}

/**
 * The role written down for a member in a team project, locked for a change that the actor may make. Throws
 * `not_found`, `project_role_missing`, `own_project_role`, `default_project_roles`, `project_archived` or
 * `member_removed`.
 */
async function lockRole(
  tx: OrganisationTx,
  actor: Actor,
  project_id: string,
  change: { readonly member_id: string; readonly new_role: ProjectRole | null },
): Promise<{ readonly role: string } | null> {
  const row = await selectProjects(tx, actor).where('p.id', '=', project_id).forShare('p').executeTakeFirst()
  if (row === undefined) throw notFound()
  const project = readProject(row)
  checkProjectRoleChange(actor, project, change)
  if (project.kind === 'default') throw defaultProjectRoles()
  if (project.archived_at !== null) throw projectArchived()
  // Held before the row is locked, as by a removal: it takes the member first, then what they have.
  if (change.new_role !== null) await holdMember(tx, change.member_id)
  const before = await tx
    .selectFrom('tenancy.project_member')
    .select('role')
    .where('project_id', '=', project_id)
    .where('member_id', '=', change.member_id)
    .forUpdate()
    .executeTakeFirst()
  return before ?? null
}

/** Gives a member a role in a team project. Throws as `lockRole` does. */
export async function setProjectMember(
  tx: OrganisationTx,
  actor: Actor,
  project_id: string,
  { member_id, role }: ProjectMember,
): Promise<ProjectMember & { readonly before: { readonly role: string } | null }> {
  const before = await lockRole(tx, actor, project_id, { member_id, new_role: role })
  await keepByHand(tx, member_id, 'project', project_id)
  await tx
    .insertInto('tenancy.project_member')
    .values({ project_id, member_id, role })
    .onConflict((conflict) => conflict.columns(['project_id', 'member_id']).doUpdateSet({ role }))
    .execute()
  return { member_id, role, before }
}

/** Takes a member's role in a team project. Throws as `lockRole` does, and `not_found` when there is none. */
export async function removeProjectMember(
  tx: OrganisationTx,
  actor: Actor,
  project_id: string,
  member_id: string,
): Promise<ProjectMember> {
  const before = await lockRole(tx, actor, project_id, { member_id, new_role: null })
  if (before === null) throw notFound()
  await keepByHand(tx, member_id, 'project', project_id)
  await tx
    .deleteFrom('tenancy.project_member')
    .where('project_id', '=', project_id)
    .where('member_id', '=', member_id)
    .execute()
  return { member_id, role: wordOf(PROJECT_ROLES, before.role) }
}
