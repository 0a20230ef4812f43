// Roles inside a workspace and inside a project: two tables of who may do what, and how a role is derived for those who
// have none written down (requirements 2.4, 3.3, 4.3; rulings "Studio" and point 3). A workspace role never gives a
// project role.

import { notFound } from '../kernel/problem.ts'
import type { Actor } from './actor.ts'
import type { BaseRole } from './permission.ts'
import { ownProjectRole, projectRoleMissing, workspaceRoleMissing } from './problems.ts'
import { bypassesPermissions, hasPermission } from './require.ts'

/** Lowest first: each role may do what the ones before it may. */
export const WORKSPACE_ROLES = ['viewer', 'collaborator', 'admin'] as const
export type WorkspaceRole = (typeof WORKSPACE_ROLES)[number]

export const PROJECT_ROLES = ['viewer', 'operator', 'builder', 'admin'] as const
export type ProjectRole = (typeof PROJECT_ROLES)[number]

/** The lowest workspace role for each act. Assigning also needs project admin in the project that is assigned. */
export const WORKSPACE_ACTS = {
  view: 'viewer',
  assign: 'collaborator',
  change: 'admin',
  set_members: 'admin',
} as const satisfies Record<string, WorkspaceRole>
export type WorkspaceAct = keyof typeof WORKSPACE_ACTS

/** The lowest project role for each act. `build` makes and edits agents, use cases, tools and knowledge bases. */
export const PROJECT_ACTS = {
  view: 'viewer',
  run: 'operator',
  build: 'builder',
  change: 'admin',
  set_members: 'admin',
} as const satisfies Record<string, ProjectRole>
export type ProjectAct = keyof typeof PROJECT_ACTS

/** Everybody has a role in the default project, and nobody is only a viewer there. */
const DEFAULT_PROJECT_ROLES = {
  owner: 'admin',
  admin: 'builder',
  member: 'operator',
} as const satisfies Record<BaseRole, ProjectRole>

/** A workspace as the actor meets it: the role written down for them, if any. */
export type WorkspaceSeen = { readonly id: string; readonly explicit_role: WorkspaceRole | null }

/** A project as the actor meets it. */
export type ProjectSeen = {
  readonly id: string
  readonly kind: 'default' | 'team'
  readonly explicit_role: ProjectRole | null
}

/**
 * The workspace role: owners, admins and the super-admin are workspace admins everywhere, others have what is written
 * down. Null means the actor may not know of the workspace.
 */
export function workspaceRoleOf(actor: Actor, workspace: WorkspaceSeen): WorkspaceRole | null {
  if (actor.kind !== 'user') return null
  if (bypassesPermissions(actor)) return 'admin'
  if (actor.membership === null) return null
  return actor.membership.base_role === 'member' ? workspace.explicit_role : 'admin'
}

/**
 * The project role: the higher of the one written down and the one derived. Only owners and the super-admin are project
 * admins of every team project; an admin sees inside those alone in which they have a role. A key has none outside the
 * project it works in, and an organisation key operates there and no more.
 */
export function projectRoleOf(actor: Actor, project: ProjectSeen): ProjectRole | null {
  if (actor.kind === 'system') return null
  if (actor.use.via === 'api_key' && actor.use.project_id !== project.id) return null
  if (actor.kind === 'api_key') return 'operator'
  if (bypassesPermissions(actor)) return 'admin'
  if (actor.membership === null) return null
  const { base_role } = actor.membership
  if (project.kind === 'default') return higher(project.explicit_role, DEFAULT_PROJECT_ROLES[base_role])
  return base_role === 'owner' ? 'admin' : project.explicit_role
}

function higher(a: ProjectRole | null, b: ProjectRole): ProjectRole {
  return a !== null && reaches(PROJECT_ROLES, a, b) ? a : b
}

function reaches<Role>(order: readonly Role[], role: Role, needed: Role): boolean {
  return order.indexOf(role) >= order.indexOf(needed)
}

/** Whether a workspace role is enough for the act. */
export function mayInWorkspace(role: WorkspaceRole | null, act: WorkspaceAct): boolean {
  return role !== null && reaches<WorkspaceRole>(WORKSPACE_ROLES, role, WORKSPACE_ACTS[act])
}

/** Whether a project role is enough for the act. */
export function mayInProject(role: ProjectRole | null, act: ProjectAct): boolean {
  return role !== null && reaches<ProjectRole>(PROJECT_ROLES, role, PROJECT_ACTS[act])
}

/** Throws `not_found` to an actor without any role in the workspace, `workspace_role_missing` to one whose role is too low. */
export function requireInWorkspace(actor: Actor, workspace: WorkspaceSeen, act: WorkspaceAct): void {
  const role = workspaceRoleOf(actor, workspace)
  if (role === null) throw notFound()
  if (mayInWorkspace(role, act)) return
  const needed = WORKSPACE_ACTS[act]
  throw workspaceRoleMissing(
    { act, role, needed },
    { detail: `You are ${role} here; this needs ${needed}. A workspace admin can raise your role.` },
  )
}

/** Throws `not_found` to an actor without any role in the project, `project_role_missing` to one whose role is too low. */
export function requireInProject(actor: Actor, project: ProjectSeen, act: ProjectAct): void {
  const role = projectRoleOf(actor, project)
  if (role === null) throw notFound()
  if (mayInProject(role, act)) return
  const needed = PROJECT_ACTS[act]
  throw projectRoleMissing(
    { act, role, needed },
    { detail: `You are ${role} here; this needs ${needed}. A project admin can raise your role.` },
  )
}

/**
 * Allows a member's new role in a team project, null for none. Project admins set it, and so does whoever holds
 * `project.set_members` without seeing into the project (ruling 3); the latter not for themselves, or they would see.
 * Throws `not_found`, `project_role_missing` or `own_project_role`.
 */
export function checkProjectRoleChange(
  actor: Actor,
  project: ProjectSeen,
  change: { readonly member_id: string; readonly new_role: ProjectRole | null },
): void {
  if (!hasPermission(actor, 'project.set_members') || mayInProject(projectRoleOf(actor, project), 'set_members')) {
    requireInProject(actor, project, 'set_members')
    return
  }
  const self = actor.kind === 'user' ? actor.membership?.member_id : undefined
  if (change.new_role === null || change.member_id !== self) return
  throw ownProjectRole({ new_role: change.new_role }, { detail: 'Ask a project admin to add you.' })
}
