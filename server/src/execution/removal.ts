// What becomes of runs, open levels and open tasks when a member goes.

import { sql } from 'kysely'
import type { Origin } from '../audit/append.ts'
import type { OrganisationTx } from '../kernel/database.ts'
import { revokeDelegationsOf } from '../supervision/delegation.ts'
import { handOverTurns } from '../supervision/gate.ts'
import type { Duty, HandOver } from '../tenancy/member-departure.ts'
import { listTasksOf, reassignTasks } from './human-task.ts'
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

/** The part of runs in a removal: levels that wait for the member by name are pressing, and their own runs end. */
export const RUN_DUTIES: HandOver = {
  kind: 'approval',
  is_pressing: true,
  list: listTurns,
  // They go over under the gate, with the rest.
  handOver: async (tx, _actor, from_member_id) => (await listTurns(tx, from_member_id)).length,
  atRemoval: settleRemoval,
}

/** Tasks of others' runs that were put to the member by name: they stop a removal as levels do, and go over after them. */
export const TASK_DUTIES: HandOver = {
  kind: 'human_task',
  is_pressing: true,
  list: listTasks,
  handOver: async (tx, _actor, from_member_id) => (await listTasks(tx, from_member_id)).length,
  atRemoval: reassignTasks,
}

async function listTasks(tx: OrganisationTx, member_id: string): Promise<readonly Duty[]> {
  return (await listTasksOf(tx, member_id)).map((task) => ({ kind: 'human_task', ...task }))
}

/** The open levels that wait for a member by name. */
async function listTurns(tx: OrganisationTx, member_id: string): Promise<readonly Duty[]> {
  const { rows } = await sql<{ readonly id: string; readonly title: string }>`
    select g.execution_id as id, r.app_name as title
    from supervision.gate g join execution.run r on r.execution_id = g.execution_id
    where ${member_id}::uuid = any (g.member_ids) order by g.id`.execute(tx)
  return rows.map((row) => ({ kind: 'approval', ...row }))
}
