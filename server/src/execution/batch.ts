// Giving one level to several drafts at once: of one app and one risk, each as it was seen. Each is a decision of its own,
// with its own hashes and its own receipt; what is refused is told by name and stops none of the others.

import type { OrganisationActor } from '../http/route.ts'
import type { Origin } from '../audit/append.ts'
import type { OrganisationDatabase } from '../kernel/database.ts'
import { newId } from '../kernel/id.ts'
import { Problem } from '../kernel/problem.ts'
import type { Level } from '../supervision/levels.ts'
import { decide } from './decision.ts'
import { batchMixed } from './problems.ts'
import { requireSeen } from './receipts.ts'
import type { RunTools } from './run-tools.ts'

export type GivingAct = 'acknowledge' | 'approve' | 'sign_off'

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
  readonly act: GivingAct
  /** To acknowledge: what was confirmed, for all of them. A draft that asks for more is refused by itself. */
  readonly statements: readonly string[]
  readonly items: readonly BatchItem[]
}

const LEVEL_OF: Readonly<Record<GivingAct, Level>> = { acknowledge: 1, approve: 2, sign_off: 3 }

/**
 * Gives the level of the act to drafts of one app and one risk. Refuses all of them where what the actor sees is mixed, or
 * waits at another level (`batch_mixed`); each by itself as `decide` does, and as `not_found` what the actor does not see.
 */
export async function decideBatch(tools: RunTools, batch: Batch): Promise<readonly BatchAnswer[]> {
  const { database, organisation, actor } = batch
  const unseen = new Map<string, BatchAnswer>()
  for (const { run_id } of batch.items) {
    try {
      await requireSeen({ tools }, database, organisation.id, actor, run_id)
    } catch (error) {
      unseen.set(run_id, refusalOf(run_id, error))
    }
  }
  await requireAlike(
    batch,
    batch.items.filter(({ run_id }) => !unseen.has(run_id)),
  )
  const answers: BatchAnswer[] = []
  for (const item of batch.items) answers.push(unseen.get(item.run_id) ?? (await decideOne(tools, batch, item)))
  return answers
}

async function decideOne(tools: RunTools, batch: Batch, { run_id, draft }: BatchItem): Promise<BatchAnswer> {
  const { act, statements, actor, origin, organisation } = batch
  const door = { organisation, transact: batch.database.transaction }
  const request = { act, statements, seen: Buffer.from(draft, 'hex'), comment: null }
  try {
    const { state } = await decide(tools, door, { decision_id: newId(), run_id, actor, origin, ...request })
    return { run_id, is_decided: true, state, code: null, detail: null }
  } catch (error) {
    return refusalOf(run_id, error)
  }
}

/** What a refusal is told as. Throws what is none. */
function refusalOf(run_id: string, error: unknown): BatchAnswer {
  if (!(error instanceof Problem) || error.status >= 500) throw error
  return { run_id, is_decided: false, state: null, code: error.code, detail: error.detail ?? error.title }
}

async function requireAlike({ database, act }: Batch, items: readonly BatchItem[]): Promise<void> {
  if (items.length === 0) return
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
  const kinds = new Set(gates.map(({ app_id, risk }) => `${app_id} ${risk}`))
  if (kinds.size > 1 || gates.some(({ level }) => level !== LEVEL_OF[act])) throw batchMixed()
}
