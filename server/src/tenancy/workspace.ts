// Workspaces: an access and visibility layer over projects and people (requirements 2.4). Owners and admins are
// workspace admins everywhere without a row; members know only of the workspaces in which they have one.

import { sql } from 'kysely'
import { type Actor, makerOf, memberIdOf } from '../access/actor.ts'
import {
  requireInWorkspace,
  WORKSPACE_ROLES,
  type WorkspaceAct,
  type WorkspaceRole,
  workspaceRoleOf,
} from '../access/scope-role.ts'
import type { OrganisationTx } from '../kernel/database.ts'
import { newId } from '../kernel/id.ts'
import { DEFAULT_PAGE_SIZE, type Page, type PageQuery, pageOf, parseCursor } from '../kernel/page.ts'
import { notFound } from '../kernel/problem.ts'
import { refuseBy } from './internal/constraint.ts'
import { holdMember, wordOf } from './internal/member-row.ts'
import { workspaceNameTaken } from './problems.ts'

type WorkspaceRow = {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly created_at: Date
}

/** A workspace as the actor sees it; `my_role` is the one they have there, written down or implied. */
export type Workspace = WorkspaceRow & { readonly my_role: WorkspaceRole }
export type WorkspaceMember = { readonly member_id: string; readonly role: WorkspaceRole }

const COLUMNS = ['w.id', 'w.name', 'w.description', 'w.created_at'] as const
const NAME_TAKEN = { workspace__name_is_taken: workspaceNameTaken }

/** Whether the actor is workspace admin everywhere, so that nothing has to be written down. */
const isAdminEverywhere = (actor: Actor): boolean => workspaceRoleOf(actor, { id: '', explicit_role: null }) !== null

const explicitRoleOf = (role: string | null): WorkspaceRole | null =>
  role === null ? null : wordOf(WORKSPACE_ROLES, role)

function selectSeen(tx: OrganisationTx, actor: Actor) {
  const member_id = memberIdOf(actor)
  return tx
    .selectFrom('tenancy.workspace as w')
    .leftJoin('tenancy.workspace_member as mine', (join) =>
      join.onRef('mine.workspace_id', '=', 'w.id').on('mine.member_id', '=', member_id),
    )
    .select([...COLUMNS, 'mine.role as explicit_role'])
}

/** A page of the workspaces the actor may know of, newest first; `search` is part of the name. */
export async function listWorkspaces(
  tx: OrganisationTx,
  actor: Actor,
  query: PageQuery & { readonly search?: string },
): Promise<Page<Workspace>> {
  const cursor = parseCursor(query)
  const { search } = query
  const rows = await selectSeen(tx, actor)
    .$if(!isAdminEverywhere(actor), (select) => select.where('mine.role', 'is not', null))
    .$if(search !== undefined, (select) => select.where(sql<boolean>`strpos(lower(w.name), lower(${search})) > 0`))
    .$if(cursor !== null, (select) => select.where('w.id', '<', cursor))
    .orderBy('w.id', 'desc')
    .limit((query.limit ?? DEFAULT_PAGE_SIZE) + 1)
    .execute()
  const seen = rows.flatMap(({ explicit_role, ...row }) => {
    const my_role = workspaceRoleOf(actor, { id: row.id, explicit_role: explicitRoleOf(explicit_role) })
    return my_role === null ? [] : [{ ...row, my_role }]
  })
  return pageOf(seen, query)
}

/**
 * How a workspace is locked for an act: it may not go while something is put into it, nor change while it is changed.
 */
const LOCKS = { view: null, assign: 'share', set_members: 'share', change: 'update' } as const satisfies Record<
  WorkspaceAct,
  'share' | 'update' | null
>

/**
 * The workspace, if the actor's role there is enough for the act. For any act but `view` it stays until the transaction
 * ends. Throws `not_found` to an actor without any role in it, `workspace_role_missing` to one whose role is too low.
 */
export async function getWorkspace(
  tx: OrganisationTx,
  actor: Actor,
  workspace_id: string,
  act: WorkspaceAct,
): Promise<Workspace> {
  const row = await selectSeen(tx, actor)
    .where('w.id', '=', workspace_id)
    .$if(LOCKS[act] === 'share', (select) => select.forKeyShare('w'))
    .$if(LOCKS[act] === 'update', (select) => select.forUpdate('w'))
    .executeTakeFirst()
  if (row === undefined) throw notFound()
  const { explicit_role, ...workspace } = row
  const seen = { id: workspace_id, explicit_role: explicitRoleOf(explicit_role) }
  requireInWorkspace(actor, seen, act)
  const my_role = workspaceRoleOf(actor, seen)
  if (my_role === null) throw notFound()
  return { ...workspace, my_role }
}

/**
 * Makes a workspace; a member who makes it is written down as its admin. Throws `workspace_name_taken` or
 * `member_removed`.
 */
export async function createWorkspace(
  tx: OrganisationTx,
  actor: Actor,
  draft: { readonly name: string; readonly description?: string },
): Promise<Workspace> {
  const created_by = makerOf(actor)
  if (created_by !== null) await holdMember(tx, created_by)
  const statement = tx
    .insertInto('tenancy.workspace')
    .values({ id: newId(), name: draft.name, description: draft.description ?? '', created_by })
    .returning(['id', 'name', 'description', 'created_at'])
  const workspace = await refuseBy(NAME_TAKEN, statement.executeTakeFirstOrThrow())
  if (created_by !== null) {
    await tx
      .insertInto('tenancy.workspace_member')
      .values({ workspace_id: workspace.id, member_id: created_by, role: 'admin' })
      .execute()
  }
  return { ...workspace, my_role: 'admin' }
}

type WorkspaceChange = { readonly name?: string; readonly description?: string }

/** Changes name or description; needs workspace admin. Throws as `getWorkspace`, or `workspace_name_taken`. */
export async function changeWorkspace(
  tx: OrganisationTx,
  actor: Actor,
  workspace_id: string,
  change: WorkspaceChange,
): Promise<Workspace & { readonly before: Required<WorkspaceChange> }> {
  const { name, description, ...rest } = await getWorkspace(tx, actor, workspace_id, 'change')
  const before = { name, description }
  const after = { ...before, ...change }
  const statement = tx.updateTable('tenancy.workspace').set(after).where('id', '=', workspace_id)
  await refuseBy(NAME_TAKEN, statement.execute())
  return { ...rest, ...after, before }
}

/**
 * Deletes a workspace; its projects stay, in no workspace. The permission `workspace.delete` decides, no role in the
 * workspace. Throws `not_found`.
 */
export async function deleteWorkspace(tx: OrganisationTx, actor: Actor, workspace_id: string): Promise<Workspace> {
  const workspace = await getWorkspace(tx, actor, workspace_id, 'view')
  // Its projects are locked before it, as by whoever moves one of them: neither then waits for the other for ever.
  await tx
    .selectFrom('tenancy.project')
    .select('id')
    .where('workspace_id', '=', workspace_id)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
  const { numDeletedRows } = await tx.deleteFrom('tenancy.workspace').where('id', '=', workspace_id).executeTakeFirst()
  if (numDeletedRows === 0n) throw notFound()
  return workspace
}

/** A page of the roles written down in a workspace, newest members first. Throws `not_found`. */
export async function listWorkspaceMembers(
  tx: OrganisationTx,
  actor: Actor,
  workspace_id: string,
  query: PageQuery,
): Promise<Page<WorkspaceMember & { readonly id: string }>> {
  await getWorkspace(tx, actor, workspace_id, 'view')
  const cursor = parseCursor(query)
  const rows = await tx
    .selectFrom('tenancy.workspace_member')
    .select(['member_id as id', 'member_id', 'role'])
    .where('workspace_id', '=', workspace_id)
    .$if(cursor !== null, (select) => select.where('member_id', '<', cursor))
    .orderBy('member_id', 'desc')
    .limit((query.limit ?? DEFAULT_PAGE_SIZE) + 1)
    .execute()
  return pageOf(
    rows.map((row) => ({ ...row, role: wordOf(WORKSPACE_ROLES, row.role) })),
    query,
  )
}

type RoleBefore = { readonly before: { readonly role: string } | null }

/** Gives a member a role in a workspace; needs workspace admin. Throws as `getWorkspace`, or `member_removed`. */
export async function setWorkspaceMember(
  tx: OrganisationTx,
  actor: Actor,
  workspace_id: string,
  change: WorkspaceMember,
): Promise<WorkspaceMember & RoleBefore> {
  const { member_id, role } = change
  await getWorkspace(tx, actor, workspace_id, 'set_members')
  await holdMember(tx, member_id)
  const before = await tx
    .selectFrom('tenancy.workspace_member')
    .select('role')
    .where('workspace_id', '=', workspace_id)
    .where('member_id', '=', member_id)
    .forUpdate()
    .executeTakeFirst()
  await tx
    .insertInto('tenancy.workspace_member')
    .values({ workspace_id, member_id, role })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'member_id']).doUpdateSet({ role }))
    .execute()
  return { member_id, role, before: before ?? null }
}

/** Takes a member's role in a workspace; needs workspace admin. Throws as `getWorkspace`, also when there is none. */
export async function removeWorkspaceMember(
  tx: OrganisationTx,
  actor: Actor,
  workspace_id: string,
  member_id: string,
): Promise<WorkspaceMember> {
  await getWorkspace(tx, actor, workspace_id, 'set_members')
  const before = await tx
    .deleteFrom('tenancy.workspace_member')
    .where('workspace_id', '=', workspace_id)
    .where('member_id', '=', member_id)
    .returning(['member_id', 'role'])
    .executeTakeFirst()
  if (before === undefined) throw notFound()
  return { ...before, role: wordOf(WORKSPACE_ROLES, before.role) }
}
