// What the layers demand of a run at this moment: never less than what was demanded before (rulings 1).

import type { OrganisationTx } from '../../kernel/database.ts'
import { type OpenLevel } from '../../supervision/completeness.ts'
import { openGate } from '../../supervision/gate.ts'
import { type Demand, isRaisedBy, levelsOf, raisedLevels, type RunLevels } from '../../supervision/levels.ts'
import type { Governance } from '../run-tools.ts'
import type { RunRow } from './run-row.ts'

/** The frozen policy's ack timeout or the one in force, whichever is shorter. */
export function ackTimeoutDays(run: RunRow, { policy }: Governance): number {
  const { frozen_policy } = run
  const frozen: unknown =
    typeof frozen_policy === 'object' && frozen_policy !== null ? Reflect.get(frozen_policy, 'ack_timeout_days') : null
  const now = policy.values.ack_timeout_days
  return typeof frozen === 'number' ? Math.min(frozen, now) : now
}

/** The levels as they stand in the run's row. */
export function storedLevels(run: RunRow): RunLevels {
  return {
    level1: run.level1,
    level2: run.level2,
    level3: run.level3,
    level2_quorum: run.level2_quorum,
    level3_quorum: run.level3_quorum,
    distinct_approvers: run.distinct_approvers,
    demands: parseDemands(run.demands),
  }
}

function parseDemands(value: unknown): readonly Demand[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((each: unknown) => {
    if (typeof each !== 'object' || each === null) return []
    const level: unknown = Reflect.get(each, 'level')
    const rule: unknown = Reflect.get(each, 'rule')
    const set_by: unknown = Reflect.get(each, 'set_by')
    if ((level !== 1 && level !== 2 && level !== 3) || typeof rule !== 'string' || typeof set_by !== 'string') return []
    return [{ level, rule, set_by }]
  })
}

/** The strictest of what is stored (frozen at creation, app included) and what policy and workflows demand now. */
export function levelsNow(run: RunRow, governance: Governance): RunLevels {
  const { risk, category, engine_type } = run
  const supervision = { required: false }
  return raisedLevels(
    storedLevels(run),
    levelsOf(governance.policy, governance.workflows, { risk, category, engine_type, supervision }),
  )
}

/** Writes levels that were added into the run's row; returns whether there were any. */
export async function keepLevels(tx: OrganisationTx, run: RunRow, levels: RunLevels): Promise<boolean> {
  if (!isRaisedBy(storedLevels(run), levels)) return false
  const { demands, ...columns } = levels
  await tx
    .updateTable('execution.run')
    .set({ ...columns, demands: JSON.stringify(demands) })
    .where('execution_id', '=', run.id)
    .execute()
  return true
}

/** Opens a level of the run as the workflows route it now. */
export async function openLevel(
  tx: OrganisationTx,
  run: RunRow & { readonly now: Date },
  governance: Governance,
  { level, quorum, given_by }: OpenLevel,
): Promise<void> {
  const ack_timeout_days = ackTimeoutDays(run, governance)
  await openGate(tx, run, governance.workflows, {
    level,
    quorum,
    given: given_by.length,
    now: run.now,
    ack_timeout_days,
  })
}
