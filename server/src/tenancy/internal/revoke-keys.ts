import { type Actor, memberIdOf } from '../../access/actor.ts'
import type { OrganisationTx } from '../../kernel/database.ts'

/** What the keys have in common that are revoked together: their owner, their project or their use case. */
type Which = { readonly member_id: string } | { readonly project_id: string } | { readonly use_case_id: string }

/**
 * Revokes every live key of one owner, project or use case, in the transaction that ends what they were for. Returns
 * how many.
 */
export async function revokeKeysWhere(tx: OrganisationTx, actor: Actor, which: Which): Promise<number> {
  const revoked_by = memberIdOf(actor)
  const { numUpdatedRows } = await tx
    .updateTable('tenancy.api_key')
    .set((is) => ({ revoked_at: is.fn<Date>('now'), revoked_by }))
    .where('id', 'in', (keys) =>
      // In the order of their ids: two acts that revoke some of the same keys must not wait for each other.
      keys
        .selectFrom('tenancy.api_key')
        .select('id')
        .where((is) => is.and(which))
        .where('revoked_at', 'is', null)
        .orderBy('id')
        .forNoKeyUpdate(),
    )
    .executeTakeFirst()
  return Number(numUpdatedRows)
}
