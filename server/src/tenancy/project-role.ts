// The actor's role in a project, read from the database each time it is asked for; `access/scope-role.ts` holds the
// rules. Every module whose things belong to a project asks here.

import { type Actor, memberIdOf } from '../access/actor.ts'
import {
  PROJECT_ROLES,
  type ProjectAct,
  type ProjectRole,
  type ProjectSeen,
  projectRoleOf,
  requireInProject,
} from '../access/scope-role.ts'
import type { OrganisationTx } from '../kernel/database.ts'
import { notFound } from '../kernel/problem.ts'
import { wordOf } from './internal/member-row.ts'
import { projectArchived } from './problems.ts'

export type Project = {
  readonly id: string
  readonly name: string
  readonly kind: 'default' | 'team'
  readonly workspace_id: string | null
  readonly created_at: Date
  readonly archived_at: Date | null
}

/** A project with the role the actor has in it; null when they have none. */
export type SeenProject = Project & { readonly my_role: ProjectRole | null }

/** The query of projects together with what is written down for the actor in each. */
export function selectProjects(tx: OrganisationTx, actor: Actor) {
  const member_id = memberIdOf(actor)
  return tx
    .selectFrom('tenancy.project as p')
    .leftJoin('tenancy.project_member as mine', (join) =>
      join.onRef('mine.project_id', '=', 'p.id').on('mine.member_id', '=', member_id),
    )
    .select(['p.id', 'p.name', 'p.kind', 'p.workspace_id', 'p.created_at', 'p.archived_at'])
    .select('mine.role as explicit_role')
}

type ProjectColumns = Omit<Project, 'kind'> & { readonly kind: string; readonly explicit_role: string | null }

/** Reads a row of `selectProjects`. */
export function readProject({ explicit_role, ...row }: ProjectColumns): Project & ProjectSeen {
  return {
    ...row,
    kind: wordOf(['default', 'team'], row.kind),
    explicit_role: explicit_role === null ? null : wordOf(PROJECT_ROLES, explicit_role),
  }
}

/** The project and the actor's role in it, which may be none. Throws `not_found` when there is no such project. */
export async function getSeenProject(tx: OrganisationTx, actor: Actor, project_id: string): Promise<SeenProject> {
  const row = await selectProjects(tx, actor).where('p.id', '=', project_id).executeTakeFirst()
  if (row === undefined) throw notFound()
  const { explicit_role, ...project } = readProject(row)
  return { ...project, my_role: projectRoleOf(actor, { ...project, explicit_role }) }
}

/**
 * The project, if the actor's role in it is enough for the act; for any act but `view` it stays as it is until the
 * transaction ends, and for `change` nobody else has it at the same time. Throws `not_found` to an actor without any
 * role in it, `project_role_missing` to one whose role is too low, and for any act but `view` `project_archived`.
 */
export async function requireProject(
  tx: OrganisationTx,
  actor: Actor,
  project_id: string,
  act: ProjectAct,
): Promise<Project> {
  const row = await selectProjects(tx, actor)
    .where('p.id', '=', project_id)
    .$if(act === 'change', (select) => select.forUpdate('p'))
    .$if(act !== 'change' && act !== 'view', (select) => select.forShare('p'))
    .executeTakeFirst()
  if (row === undefined) throw notFound()
  const { explicit_role, ...project } = readProject(row)
  requireInProject(actor, { ...project, explicit_role }, act)
  if (act !== 'view' && project.archived_at !== null) throw projectArchived()
  return project
}

/** The id of the organisation's default project, which is there as long as the organisation. */
export async function getDefaultProjectId(tx: OrganisationTx): Promise<string> {
  const { id } = await tx
    .selectFrom('tenancy.project')
    .select('id')
    .where('kind', '=', 'default')
    .executeTakeFirstOrThrow()
  return id
}
