// What the requester of a run says of its result (requirements 1.7: feedback is part of how an app is seen). One word per run,
// which may be said anew.

import type { Actor } from '../access/actor.ts'
import { getExecution } from '../execution/execution.ts'
import { requireOwnRun } from '../execution/panel.ts'
import type { OrganisationTx } from '../kernel/database.ts'
import { notFound } from '../kernel/problem.ts'
import { noResultYet } from './problems.ts'

export const FAULTS = ['wrong', 'incomplete', 'unclear', 'slow', 'other'] as const

export type Feedback = {
  readonly is_helpful: boolean
  readonly fault: string | null
  readonly given_at: Date
}

const COLUMNS = ['is_helpful', 'fault', 'given_at'] as const

/** What was said of a run; null while nothing was. Refuses with `not_found` a run that the actor may not see. */
export async function findFeedback(tx: OrganisationTx, actor: Actor, run_id: string): Promise<Feedback | null> {
  await getExecution(tx, actor, run_id)
  const row = await tx
    .selectFrom('insight.run_feedback')
    .select(COLUMNS)
    .where('execution_id', '=', run_id)
    .executeTakeFirst()
  return row ?? null
}

/**
 * Says whether the result of an own run helped, in the place of what was said before. Refuses with `requester_only`,
 * `not_found`, and with `no_result_yet` before there is a draft.
 */
export async function giveFeedback(
  tx: OrganisationTx,
  actor: Actor,
  run_id: string,
  { is_helpful, fault }: Pick<Feedback, 'is_helpful' | 'fault'>,
): Promise<Feedback> {
  await requireOwnRun(tx, actor, run_id)
  const run = await tx
    .selectFrom('execution.run')
    .select(['draft_at', 'requester_id'])
    .where('execution_id', '=', run_id)
    .executeTakeFirst()
  if (run === undefined) throw notFound()
  if (run.draft_at === null) throw noResultYet()
  const said = { is_helpful, fault: is_helpful ? null : fault, given_at: new Date() }
  return tx
    .insertInto('insight.run_feedback')
    .values({ execution_id: run_id, member_id: run.requester_id, ...said })
    .onConflict((conflict) => conflict.column('execution_id').doUpdateSet(said))
    .returning(COLUMNS)
    .executeTakeFirstOrThrow()
}
