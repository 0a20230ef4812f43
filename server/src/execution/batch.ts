// Approving several drafts at once: of one app and one risk, at level 2, each as it was seen. Each is a decision of its own
// with its own receipt; what is refused is told by name and stops none of the others.

import type { OrganisationActor } from '../http/route.ts'
import type { Origin } from '../audit/append.ts'
import type { OrganisationDatabase } from '../kernel/database.ts'
import { newId } from '../kernel/id.ts'
import { Problem } from '../kernel/problem.ts'
import { decide } from './decision.ts'
import { batchMixed } from './problems.ts'
import type { RunTools } from './run-tools.ts'

export type BatchItem = { readonly run_id: string; readonly draft: string }

export type BatchAnswer = {
  readonly run_id: string
  readonly is_decided: boolean
  readonly state: string | null
  /** Why it was not: the code and sentence of the refusal. */
  readonly code: string | null
  readonly detail: string | null
}

export type Batch = {
  readonly organisation: { readonly id: string; readonly name: string }
  readonly database: OrganisationDatabase
  readonly actor: OrganisationActor
  readonly origin: Origin
  readonly items: readonly BatchItem[]
}

/** Approves drafts of one app and one risk. Refuses others, and other levels than the second, whole (`batch_mixed`). */
export async function approveBatch(tools: RunTools, batch: Batch): Promise<readonly BatchAnswer[]> {
  const { database, organisation, actor, origin } = batch
  await requireAlike(database, batch.items)
  const answers: BatchAnswer[] = []
  for (const { run_id, draft } of batch.items) {
    const request = { act: 'approve', seen: Buffer.from(draft, 'hex'), statements: [], comment: null } as const
    const door = { organisation, transact: database.transaction }
    try {
      const { state } = await decide(tools, door, { decision_id: newId(), run_id, actor, origin, ...request })
      answers.push({ run_id, is_decided: true, state, code: null, detail: null })
    } catch (error) {
      if (!(error instanceof Problem) || error.status >= 500) throw error
      const detail = error.detail ?? error.title
      answers.push({ run_id, is_decided: false, state: null, code: error.code, detail })
    }
  }
  return answers
}

async function requireAlike(database: OrganisationDatabase, items: readonly BatchItem[]): Promise<void> {
  const gates = await database.transaction((tx) =>
    tx
      .selectFrom('supervision.gate')
      .select(['execution_id', 'app_id', 'risk', 'level'])
      .where(
        'execution_id',
        'in',
        items.map(({ run_id }) => run_id),
      )
      .execute(),
  )
  const kinds = new Set(gates.map(({ app_id, risk, level }) => `${app_id} ${risk} ${level}`))
  if (kinds.size > 1 || gates.some(({ level }) => level !== 2)) throw batchMixed()
}
