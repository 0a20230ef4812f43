// The receipts of a run, for whoever sees the run.

import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import type { OrganisationDatabase, OrganisationTx } from '../kernel/database.ts'
import { notFound } from '../kernel/problem.ts'
import { getExecution } from './execution.ts'
import { supervisesRun } from './panel.ts'
import type { RunTools } from './run-tools.ts'

export type ReceiptItem = {
  readonly id: string
  readonly kind: string
  readonly created_at: Date
  /** What was decided, at which level and by whom, as the receipt says it; null for the receipt of the end. */
  readonly act: string | null
  readonly level: number | null
  readonly member_id: string | null
}

type Needs = { readonly tools: RunTools }

/** Asks that the actor sees the run: as everybody does, or because they supervise it. Refuses with `not_found`. */
export async function requireSeen(
  { tools }: Needs,
  database: OrganisationDatabase,
  organisation_id: string,
  actor: Actor,
  run_id: string,
): Promise<void> {
  const platform = await tools.platformPolicy()
  await database.transaction(async (tx) => {
    if (await supervisesRun(tx, tools, organisation_id, platform, actor, run_id)) return
    await getExecution(tx, actor, run_id)
  })
}

const query = (tx: OrganisationTx, run_id: string) =>
  tx
    .selectFrom('supervision.receipt')
    .select(['id', 'kind', 'created_at'])
    .select([
      sql<string | null>`content::jsonb ->> 'act'`.as('act'),
      sql<number | null>`(content::jsonb ->> 'level')::smallint`.as('level'),
      sql<string | null>`content::jsonb #>> '{by,member_id}'`.as('member_id'),
    ])
    .where('execution_id', '=', run_id)

/** The receipts of a run, oldest first. Refuses with `not_found`. */
export async function listReceipts(
  needs: Needs,
  database: OrganisationDatabase,
  organisation_id: string,
  actor: Actor,
  run_id: string,
): Promise<readonly ReceiptItem[]> {
  await requireSeen(needs, database, organisation_id, actor, run_id)
  return database.transaction((tx) => query(tx, run_id).orderBy('created_at').orderBy('kind').execute())
}

/** One receipt, word for word. Refuses with `not_found`. */
export async function getReceipt(
  needs: Needs,
  database: OrganisationDatabase,
  organisation_id: string,
  actor: Actor,
  run_id: string,
  receipt_id: string,
): Promise<ReceiptItem & { readonly content: string }> {
  await requireSeen(needs, database, organisation_id, actor, run_id)
  const row = await database.transaction((tx) =>
    query(tx, run_id).select('content').where('id', '=', receipt_id).executeTakeFirst(),
  )
  if (row === undefined) throw notFound()
  return row
}
