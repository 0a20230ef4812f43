// What other nodes left behind. A node that died holds money until its lease lapses (45 s); then whoever sees it first
// releases its holds. Organisations where it is known to have worked are looked at every 5 s, all others every 30 s.

import type { ControlDatabase, OrganisationDatabase } from '../kernel/database.ts'
import { newId } from '../kernel/id.ts'
import type { Job } from '../kernel/job.ts'
import type { Log } from '../kernel/log.ts'
import { forgetHolding, listAbandoned } from '../kernel/node-lease.ts'
import type { OrganisationDatabases } from '../kernel/organisation-databases.ts'
import type { Sweep } from '../kernel/sweep.ts'
import type { Ledgers } from './ledgers.ts'
import { withdraw } from './settle.ts'

type Needs = { readonly control: ControlDatabase; readonly databases: OrganisationDatabases; readonly log: Log }

const AT_ONCE = 100
const LOOK_EVERY_MS = 5000
/** A dead node's organisation is watched until nothing is left; a lease that was renewed last may take this long. */
const LEFT = `
  select exists (select from execution.execution where state = 'running' and not is_run and node_id = $1) as left`

/** Releases the holds of lapsed nodes in one organisation; returns how many there were. */
export async function releaseLapsed(database: OrganisationDatabase): Promise<number> {
  let released = 0
  for (;;) {
    const ids = Array.from({ length: AT_ONCE }, newId)
    const count = await database.connection(async (client) => {
      const { rows } = await client.query<{ count: number }>('select invocation.expire_holds($1::uuid[]) as count', [
        ids,
      ])
      return rows[0]?.count ?? 0
    })
    released += count
    if (count < AT_ONCE) return released
  }
}

/** Holds of nodes whose leases have lapsed. */
export const holdSweep: Sweep = {
  due: `exists (
    select from execution.execution e
    where e.state = 'running' and not e.is_run and not exists (
      select from kernel.node_lease l where l.node_id = e.node_id and l.expires_at > clock_timestamp()))`,
  run: releaseLapsed,
}

/** Answers are kept 7 days for a repeated Idempotency-Key, then forgotten. */
async function forgetOldAnswers(database: OrganisationDatabase): Promise<void> {
  await database.connection(async (client) => {
    await client.query(`delete from execution.answer where stored_at < now() - interval '7 days'`)
    await client.query(`delete from http.idempotency where created_at < now() - interval '7 days'`)
    await client.query(`
      update execution.execution set idempotency_hash = null, fingerprint = null
      where idempotency_hash is not null and admitted_at < now() - interval '7 days'`)
  })
}

/** Answers whose days are over. */
export const answerSweep: Sweep = {
  due: `exists (select from execution.answer where stored_at < now() - interval '7 days')
    or exists (select from http.idempotency where created_at < now() - interval '7 days')
    or exists (
      select from execution.execution
      where idempotency_hash is not null and admitted_at < now() - interval '7 days')`,
  run: forgetOldAnswers,
}

/** Looks where dead nodes are known to have worked, until nothing of theirs is left. */
export function releaseAbandonedJob({ control, databases, log }: Needs): Job {
  return {
    name: 'release abandoned holds',
    every_ms: LOOK_EVERY_MS,
    async run() {
      for (const { node_id, organisation_id } of await listAbandoned(control)) {
        try {
          const database = await databases.of(organisation_id)
          const released = await releaseLapsed(database)
          if (released > 0) log.warn({ organisation_id, node_id, released }, 'holds of a lapsed node were released')
          if (!(await isLeft(database, node_id))) await forgetHolding(control, node_id, organisation_id)
        } catch (error) {
          // One organisation that is away must not keep the money of the others.
          log.warn({ err: error, organisation_id, node_id }, 'the holds of a dead node could not be looked after')
        }
      }
    },
  }
}

async function isLeft(database: OrganisationDatabase, node_id: string): Promise<boolean> {
  return database.connection(async (client) => {
    const { rows } = await client.query<{ left: boolean }>(LEFT, [node_id])
    return rows[0]?.left === true
  })
}

const FORGOTTEN = `
  select id from execution.execution
  where state = 'running' and not is_run and node_id = $1 and admitted_at < clock_timestamp() - interval '5 minutes'`
const LOOK_FOR_FORGOTTEN_MS = 60_000

/**
 * Takes back what this node holds and knows nothing of. A connection that was lost while its statement waited for the gate
 * may admit a call after its withdrawal: nobody else would release it, since the node lives.
 */
export function withdrawForgottenJob(ledgers: Ledgers, node_id: string, log: Log): Job {
  return {
    name: 'withdraw forgotten holds',
    every_ms: LOOK_FOR_FORGOTTEN_MS,
    async run() {
      for (const ledger of ledgers.list()) {
        const { rows } = await ledger.database.connection((client) =>
          client.query<{ id: string }>(FORGOTTEN, [node_id]),
        )
        const forgotten = rows.filter(({ id }) => !ledger.running.has(id))
        const { organisation_id } = ledger
        if (forgotten.length > 0)
          log.warn({ organisation_id, count: forgotten.length }, 'forgotten holds are withdrawn')
        await Promise.all(forgotten.map(({ id }) => withdraw(ledger, id)))
      }
    },
  }
}
