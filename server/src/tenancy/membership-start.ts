// How a membership begins, whoever brought the person: by hand, by invitation, by a file.

import { sql } from 'kysely'
import type { BaseRole, Designation, Surface } from '../access/permission.ts'
import type { OrganisationTx } from '../kernel/database.ts'
import { newId } from '../kernel/id.ts'
import { alreadyMember } from './problems.ts'

export type MembershipTerms = {
  readonly surface: Surface
  readonly base_role?: BaseRole
  readonly designations?: readonly Designation[]
}

export type Joined = { readonly id: string; readonly joined_at: Date; readonly is_return: boolean }

/**
 * A new membership, or that of somebody who was removed, begun anew: nothing of what they had comes back. Throws
 * `already_member`.
 */
export async function joinOrganisation(
  tx: OrganisationTx,
  user_id: string,
  { surface, base_role = 'member', designations = [] }: MembershipTerms,
): Promise<Joined> {
  const terms = { surface, base_role, designations: [...designations] }
  const created = await tx
    .insertInto('tenancy.member')
    .values({ id: newId(), user_id, ...terms })
    .onConflict((conflict) => conflict.column('user_id').doNothing())
    .returning(['id', 'joined_at'])
    .executeTakeFirst()
  if (created !== undefined) return { ...created, is_return: false }
  const returned = await tx
    .updateTable('tenancy.member')
    .set({ status: 'active', removed_at: null, joined_at: sql<Date>`now()`, grants: [], denies: [], ...terms })
    .where('user_id', '=', user_id)
    .where('status', '=', 'removed')
    .returning(['id', 'joined_at'])
    .executeTakeFirst()
  if (returned === undefined) throw alreadyMember()
  return { ...returned, is_return: true }
}
