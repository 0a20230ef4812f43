// What becomes of runs and open levels when a member goes.

import type { Origin } from '../audit/append.ts'
import type { OrganisationTx } from '../kernel/database.ts'
import { revokeDelegationsOf } from '../supervision/delegation.ts'
import { handOverTurns } from '../supervision/gate.ts'
import { cancelRunsOf } from './transition.ts'

/**
 * Ends every open run of a removed member (ruling 10), and gives what waited for them by name to whoever takes over, or to
 * everybody with the permission when nobody else is named. A level that they gave stands. It comes last in the transaction
 * of the removal, for it locks the gate.
 */
export async function settleRemoval(
  tx: OrganisationTx,
  origin: Origin,
  member_id: string,
  successor_id: string | null,
): Promise<{ readonly cancelled_runs: number; readonly handed_over: number }> {
  // Before the gate is locked: who ends a delegation holds its row and waits for the gate.
  await revokeDelegationsOf(tx, member_id)
  const cancelled_runs = await cancelRunsOf(tx, origin, { requester_id: member_id }, 'requester_removed')
  return { cancelled_runs, handed_over: await handOverTurns(tx, member_id, successor_id) }
}
