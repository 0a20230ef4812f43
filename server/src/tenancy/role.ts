// Roles of the organisation's own: a set of permissions with a name. What belongs to the base roles is never in one, and
// nobody puts into one what they do not hold, so a role never gives more than somebody with it could have given.

import { sql } from 'kysely'
import { type Actor, memberIdOf } from '../access/actor.ts'
import { checkCustomRole, checkCustomRoleChange } from '../access/member-rule.ts'
import type { OrganisationTx } from '../kernel/database.ts'
import { newId } from '../kernel/id.ts'
import { DEFAULT_PAGE_SIZE, type Page, type PageQuery, pageOf, parseCursor } from '../kernel/page.ts'
import { notFound } from '../kernel/problem.ts'
import { refuseBy } from './internal/constraint.ts'
import { lockMembers } from './internal/member-row.ts'
import { refuseReference } from './internal/reference.ts'
import { roleNameTaken } from './problems.ts'

export type Role = {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly permissions: readonly string[]
  readonly created_at: Date
  readonly updated_at: Date
  readonly member_count: number
}

const NAME_TAKEN = { role__name_is_taken: roleNameTaken }

const selectRoles = (tx: OrganisationTx) =>
  tx
    .selectFrom('tenancy.role as r')
    .select(['r.id', 'r.name', 'r.description', 'r.permissions', 'r.created_at', 'r.updated_at'])
    .select(
      sql<number>`(select count(*)::integer from tenancy.member_role h where h.role_id = r.id)`.as('member_count'),
    )

/** A page of the organisation's roles, newest first. */
export async function listRoles(tx: OrganisationTx, query: PageQuery): Promise<Page<Role>> {
  const cursor = parseCursor(query)
  const rows = await selectRoles(tx)
    .$if(cursor !== null, (select) => select.where('r.id', '<', cursor))
    .orderBy('r.id', 'desc')
    .limit((query.limit ?? DEFAULT_PAGE_SIZE) + 1)
    .execute()
  return pageOf(rows, query)
}

/** The role of this id; `not_found`. */
export async function getRole(tx: OrganisationTx, role_id: string): Promise<Role> {
  const role = await selectRoles(tx).where('r.id', '=', role_id).executeTakeFirst()
  if (role === undefined) throw notFound()
  return role
}

export type RoleDraft = {
  readonly name: string
  readonly description: string
  readonly permissions: readonly string[]
}

/** Makes a role. Throws as `checkCustomRole`, or `role_name_taken`. */
export async function createRole(tx: OrganisationTx, actor: Actor, draft: RoleDraft): Promise<Role> {
  const permissions = [...new Set(draft.permissions)].sort()
  checkCustomRole(actor, permissions)
  const id = newId()
  const { name, description } = draft
  const statement = tx
    .insertInto('tenancy.role')
    .values({ id, name, description, permissions, created_by: memberIdOf(actor) })
  await refuseBy(NAME_TAKEN, statement.execute())
  return getRole(tx, id)
}

/**
 * Changes a role; whoever has it has the change with the next request. Permissions that stay may stay, whoever changes it;
 * each that is added is judged as for a new role. Throws `not_found`, or as `createRole`.
 */
export async function changeRoleOfOwn(
  tx: OrganisationTx,
  actor: Actor,
  role_id: string,
  change: Partial<RoleDraft>,
): Promise<Role & { readonly before: RoleDraft }> {
  const before = await tx
    .selectFrom('tenancy.role')
    .select(['name', 'description', 'permissions'])
    .where('id', '=', role_id)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (before === undefined) throw notFound()
  const { name, description, permissions } = { ...before, ...change }
  checkCustomRole(
    actor,
    permissions.filter((each) => !before.permissions.includes(each)),
  )
  const statement = tx
    .updateTable('tenancy.role')
    .set({ name, description, permissions: [...new Set(permissions)].sort(), updated_at: sql<Date>`now()` })
    .where('id', '=', role_id)
  await refuseBy(NAME_TAKEN, statement.execute())
  return { ...(await getRole(tx, role_id)), before }
}

/** Deletes a role; whoever had it lacks it with the next request. Throws `not_found`. */
export async function deleteRole(tx: OrganisationTx, role_id: string): Promise<Role> {
  const role = await getRole(tx, role_id)
  // Before the role itself: each is noted as ended for the member who had it.
  await tx.deleteFrom('tenancy.member_role').where('role_id', '=', role_id).execute()
  await tx.deleteFrom('tenancy.role').where('id', '=', role_id).execute()
  return role
}

type Assigned = { readonly id: string; readonly role_ids: readonly string[] }

/**
 * Sets the custom roles of a member by hand; what something else gave stays. Throws as `checkCustomRoleChange`,
 * `not_found`, `member_removed` or `reference_unknown`.
 */
export async function changeCustomRoles(
  tx: OrganisationTx,
  actor: Actor,
  member_id: string,
  wanted: readonly string[],
): Promise<Assigned & { readonly before: { readonly role_ids: readonly string[] } }> {
  const locked = await lockMembers(tx, actor, member_id)
  const rows = await tx
    .selectFrom('tenancy.member_role')
    .select(['role_id', 'source'])
    .where('member_id', '=', member_id)
    .execute()
  const before = rows.map((row) => row.role_id)
  const role_ids = [...new Set([...wanted, ...rows.filter((row) => row.source !== 'manual').map((row) => row.role_id)])]
  const added = role_ids.filter((id) => !before.includes(id))
  checkCustomRoleChange({ ...locked, added })
  const known = await tx
    .selectFrom('tenancy.role')
    .select('id')
    .where('id', '=', sql<string>`any(${role_ids}::uuid[])`)
    .forShare()
    .execute()
  const missing = wanted.findIndex((id) => !known.some((role) => role.id === id))
  if (missing >= 0) throw refuseReference(`/role_ids/${missing}`)
  await tx
    .deleteFrom('tenancy.member_role')
    .where('member_id', '=', member_id)
    .where('role_id', '<>', sql<string>`all(${role_ids}::uuid[])`)
    .execute()
  for (const role_id of added) await tx.insertInto('tenancy.member_role').values({ member_id, role_id }).execute()
  return { id: member_id, role_ids, before: { role_ids: before } }
}
