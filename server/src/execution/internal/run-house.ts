// Where the runs of one organisation are worked on, and where what they hold is sealed.

import type { MemberFactsMemory } from '../../invocation/member-facts.ts'
import type { Performer } from '../../invocation/performer.ts'
import type { OrganisationDatabase } from '../../kernel/database.ts'
import type { FieldVault } from '../../keys/field-vault.ts'
import type { RunTools } from '../run-tools.ts'
import type { Contracts } from './frozen-contract.ts'
import type { LimitsInForce } from './run-limits.ts'
import type { Sandbox } from './sandbox.ts'
import type { StepLane } from './step-record.ts'
import type { ToolCaller } from '../tool-caller.ts'

export type RunHouse = {
  readonly organisation: { readonly id: string; readonly name: string }
  readonly database: OrganisationDatabase
  readonly vault: FieldVault
  readonly performer: Performer
  readonly facts: MemberFactsMemory
  readonly tools: ToolCaller
  readonly run_tools: RunTools
  readonly sandbox: Sandbox
  readonly contracts: Contracts
  readonly lane: StepLane
  readonly node_id: string
  /** What platform, account tier and organisation allow a run at this moment. */
  readonly readLimits: () => Promise<LimitsInForce>
  /** Tells whoever watches the run on this node. */
  readonly tell: (execution_id: string, what: 'step' | 'state') => void
}

/** Where a run's input and output are sealed. */
export const runPlace = (execution_id: string, column: 'input' | 'output') => ({
  table: 'execution.run',
  column,
  pk: execution_id,
})

/** Where the description of a task is sealed. */
export const taskPlace = (execution_id: string, path: string) => ({
  table: 'execution.human_task',
  column: 'description',
  pk: `${execution_id}:${path}`,
})
