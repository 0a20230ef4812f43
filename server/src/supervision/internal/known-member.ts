import type { OrganisationTx } from '../../kernel/database.ts'
import { referenceUnknown } from '../../tenancy/problems.ts'

/** Refuses ids that are no active members (`reference_unknown`), naming the field. */
export async function requireKnownMembers(tx: OrganisationTx, pointer: string, ids: readonly string[]): Promise<void> {
  const wanted = [...new Set(ids)]
  if (wanted.length === 0) return
  const rows = await tx
    .selectFrom('tenancy.member')
    .select('id')
    .where('id', 'in', wanted)
    .where('status', '=', 'active')
    .execute()
  if (rows.length === wanted.length) return
  throw referenceUnknown({}, { fields: [{ pointer, message: 'names somebody who is not an active member' }] })
}
