// Deciding about several drafts at once: of one app, one risk and one level, each as it was seen. Each is a decision of its
// own, with its own hashes and its own receipt; what is refused is told by name and stops none of the others.

import type { OrganisationActor } from '../http/route.ts'
import type { Origin } from '../audit/append.ts'
import type { OrganisationDatabase } from '../kernel/database.ts'
import { newId } from '../kernel/id.ts'
import { Problem } from '../kernel/problem.ts'
import { decide, type DecisionAct, LEVEL_OF } from './decision.ts'
import { decisionPlace } from './internal/sealed-place.ts'
import type { PanelNeeds } from './panel.ts'
import { batchMixed } from './problems.ts'
import { requireSeen } from './receipts.ts'

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
  readonly act: DecisionAct
  /** To acknowledge: what was confirmed, for all of them. A draft that asks for more is refused by itself. */
  readonly statements: readonly string[]
  /** To return or to reject: the comments or the reason, said of each of them. Null to give a level. */
  readonly words: string | null
  readonly items: readonly BatchItem[]
}

/**
 * Decides alike about drafts of one app and one risk that wait at one level. Refuses all of them where what the actor sees is
 * mixed, or waits at another level than the act gives (`batch_mixed`); each by itself as `decide` does, and as `not_found`
 * what the actor does not see.
 */
export async function decideBatch(needs: PanelNeeds, batch: Batch): Promise<readonly BatchAnswer[]> {
  const { database, organisation, actor } = batch
  const unseen = new Map<string, BatchAnswer>()
  for (const { run_id } of batch.items) {
    try {
      await requireSeen(needs, database, organisation.id, actor, run_id)
    } catch (error) {
      unseen.set(run_id, refusalOf(run_id, error))
    }
  }
  await requireAlike(
    batch,
    batch.items.filter(({ run_id }) => !unseen.has(run_id)),
  )
  const answers: BatchAnswer[] = []
  for (const item of batch.items) answers.push(unseen.get(item.run_id) ?? (await decideOne(needs, batch, item)))
  return answers
}

async function decideOne(
  { tools, vault }: PanelNeeds,
  batch: Batch,
  { run_id, draft }: BatchItem,
): Promise<BatchAnswer> {
  const { act, statements, actor, origin, organisation, database, words } = batch
  const door = { organisation, transact: database.transaction }
  const decision_id = newId()
  const seal = (text: string) =>
    vault.seal({ id: organisation.id, database }, decisionPlace(decision_id), Buffer.from(text))
  try {
    const comment = words === null ? null : { text: words, sealed: await seal(words) }
    const request = { act, statements, seen: Buffer.from(draft, 'hex'), comment }
    const { state } = await decide(tools, door, { decision_id, run_id, actor, origin, ...request })
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
  const kinds = new Set(gates.map(({ app_id, risk, level }) => `${app_id} ${risk} ${level}`))
  const given = LEVEL_OF[act]
  const isAnother = given !== undefined && gates.some(({ level }) => level !== given)
  if (kinds.size > 1 || isAnother) throw batchMixed()
}
