// A node's sign of life in control. Others learn from its absence that whatever it held may be released.

import { sql } from 'kysely'
import type { ControlDatabase } from './database.ts'
import type { Job } from './job.ts'

const LEASE_S = 45
export const RENEW_EVERY_MS = 10_000

/** Says that this node lives, for the next 45 s. */
export async function renewNode(control: ControlDatabase, node_id: string): Promise<void> {
  await control.transaction((tx) =>
    sql`insert into kernel.node (id, expires_at) values (${node_id}, now() + make_interval(secs => ${LEASE_S}))
        on conflict (id) do update set expires_at = excluded.expires_at`.execute(tx),
  )
}

/** Says that this node may hold money in an organisation, so that its holds are looked for there first when it dies. */
export async function noteHolding(control: ControlDatabase, node_id: string, organisation_id: string): Promise<void> {
  await control.transaction((tx) =>
    sql`insert into kernel.node_organisation (node_id, organisation_id) values (${node_id}, ${organisation_id})
        on conflict do nothing`.execute(tx),
  )
}

/** The organisations in which nodes that are dead, or were stopped, may have left holds. */
export async function listAbandoned(
  control: ControlDatabase,
): Promise<readonly { node_id: string; organisation_id: string }[]> {
  return control.transaction((tx) =>
    tx
      .selectFrom('kernel.node_organisation as h')
      .innerJoin('kernel.node as n', 'n.id', 'h.node_id')
      .select(['h.node_id', 'h.organisation_id'])
      .where('n.expires_at', '<', tx.fn<Date>('now'))
      .execute(),
  )
}

/** Forgets that a dead node may have held something in an organisation, and the node with its last trace. */
export async function forgetHolding(control: ControlDatabase, node_id: string, organisation_id: string): Promise<void> {
  await control.transaction(async (tx) => {
    await tx
      .deleteFrom('kernel.node_organisation')
      .where('node_id', '=', node_id)
      .where('organisation_id', '=', organisation_id)
      .execute()
    await sql`delete from kernel.node n where n.expires_at < now() - interval '1 hour'
      and not exists (select from kernel.node_organisation h where h.node_id = n.id)`.execute(tx)
  })
}

/** The node is about to stop and holds nothing any more. */
export async function endNode(control: ControlDatabase, node_id: string): Promise<void> {
  await control.transaction((tx) => tx.deleteFrom('kernel.node').where('id', '=', node_id).execute())
}

/** Keeps the node's sign of life fresh. */
export function renewNodeJob(control: ControlDatabase, node_id: string): Job {
  return { name: 'renew node', every_ms: RENEW_EVERY_MS, run: () => renewNode(control, node_id) }
}
