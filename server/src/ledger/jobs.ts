import { sql } from 'kysely'
import type { OrganisationDatabase } from '../kernel/database.ts'
import type { Sweep } from '../kernel/sweep.ts'

/**
 * Expires credit whose time has come in an organisation where nobody calls: every call does the same before it is
 * judged. Locks nothing when nothing is due. Says whether something was. Safe to run on several nodes at once.
 */
export async function sweepLots(database: OrganisationDatabase): Promise<boolean> {
  return database.transaction(async (tx) => {
    const { rows } = await sql<{ readonly is_due: boolean }>`
      select next_lot_expires_at <= clock_timestamp() as is_due from ledger.gate`.execute(tx)
    if (rows[0]?.is_due !== true) return false
    await sql`select ledger.draw_lots()`.execute(tx)
    return true
  })
}

/** Credit whose time has come. */
export const lotSweep: Sweep = {
  due: 'select next_lot_expires_at <= clock_timestamp() from ledger.gate',
  run: sweepLots,
}
