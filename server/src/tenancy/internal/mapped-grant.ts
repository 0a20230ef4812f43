// The sources of what a member has: a row for each thing that a connection to an identity provider has added. What has no row
// was given by hand, and what somebody sets by hand loses its row.

import type { OrganisationTx } from '../../kernel/database.ts'

export type MappedKind = 'membership' | 'role' | 'designation' | 'team' | 'project'

/** Something was set by hand: from now on no connection takes it back. */
export async function keepByHand(
  tx: OrganisationTx,
  member_id: string,
  kind: MappedKind,
  target?: string,
): Promise<void> {
  await tx
    .deleteFrom('tenancy.mapped_grant')
    .where('member_id', '=', member_id)
    .where('kind', '=', kind)
    .$if(target !== undefined, (grants) => grants.where('target', '=', target ?? ''))
    .execute()
}

/** Somebody was removed by hand: no connection knows them any more, and none lets them in again by itself. */
export async function forgetConnections(tx: OrganisationTx, member_id: string): Promise<void> {
  await tx.deleteFrom('tenancy.mapped_grant').where('member_id', '=', member_id).execute()
  await tx.deleteFrom('tenancy.sso_member').where('member_id', '=', member_id).execute()
  await tx.deleteFrom('tenancy.scim_leaver').where('member_id', '=', member_id).execute()
}
