// Memberships as rules read them, for acts that concern other people than the one who acts.

import { type RawBuilder, sql } from 'kysely'
import type { CustomRole, Membership } from '../access/actor.ts'
import { type Permission, PERMISSIONS } from '../access/permission.ts'
import { explainMembership } from '../access/require.ts'
import type { OrganisationTx } from '../kernel/database.ts'
import { customRolesOf, type MemberStatus, targetOf } from './internal/member-row.ts'

/** A member, and the teams whose manager they are. */
export type Person = {
  readonly membership: Membership
  readonly status: MemberStatus
  readonly managed_team_ids: readonly string[]
}

type Row = {
  readonly id: string
  readonly base_role: string
  readonly designations: readonly string[]
  readonly custom_roles: readonly CustomRole[]
  readonly grants: readonly string[]
  readonly denies: readonly string[]
  readonly surface: string
  readonly status: string
  readonly managed_team_ids: readonly string[]
}

async function readPersons(tx: OrganisationTx, condition: RawBuilder<unknown>): Promise<readonly Person[]> {
  const { rows } = await sql<Row>`
    select m.id, m.base_role, m.designations, m.grants, m.denies, m.surface, m.status,
      ${customRolesOf('m.id')} as custom_roles,
      array(select t.team_id from tenancy.team_member t where t.member_id = m.id and t.is_manager) as managed_team_ids
    from tenancy.member m where ${condition} order by m.id`.execute(tx)
  return rows.map(({ managed_team_ids, ...row }) => {
    const { status, ...membership } = targetOf(row)
    return { membership, status, managed_team_ids }
  })
}

/** The members with these ids, of any status, by id; an id that is none is missing. */
export async function findPersons(tx: OrganisationTx, ids: readonly string[]): Promise<ReadonlyMap<string, Person>> {
  if (ids.length === 0) return new Map()
  const persons = await readPersons(tx, sql`m.id = any (${[...new Set(ids)]}::uuid[])`)
  return new Map(persons.map((each) => [each.membership.member_id, each]))
}

/** Every active member who holds one of these permissions as a member. */
export async function listHolders(tx: OrganisationTx, permissions: readonly Permission[]): Promise<readonly Person[]> {
  const rows = permissions.map((each) => PERMISSIONS[each])
  const roles = rows.flatMap((each) => [...each.roles])
  const designations = rows.flatMap((each) => [...each.designations])
  // The rows name who could hold it; whether they do is decided by the one evaluation of permissions.
  const candidates = await readPersons(
    tx,
    sql`m.status = 'active' and (
      m.base_role = any (${roles}::text[]) or m.designations && ${designations}::text[]
      or m.grants && ${[...permissions]}::text[]
      or exists (select from tenancy.member_role h join tenancy.role r on r.id = h.role_id
        where h.member_id = m.id and r.permissions && ${[...permissions]}::text[]))`,
  )
  return candidates.filter(({ membership }) => permissions.some((each) => explainMembership(membership, each).held))
}
