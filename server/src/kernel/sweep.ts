// What is done in every organisation again and again. Nearly always nothing is due anywhere, so a visit is one statement that
// asks about everything at once; only what is due is done then. Visits are spread over the time there is for a round: one
// after the other they would take a node with many organisations a second of the CPU at a stretch.

import type { OrganisationDatabase } from './database.ts'
import { type Job, pause } from './job.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import type { OrganisationDatabases } from './organisation-databases.ts'

export type Sweep = {
  /** SQL, true when there is something to do; must be cheap when there is not: a probe of an index or of one row. */
  readonly due: string
  /** Does it. Safe on several nodes at once; it may find that another node was quicker. */
  readonly run: (database: OrganisationDatabase, organisation_id: string) => Promise<unknown>
}

type Needs = {
  readonly databases: Pick<OrganisationDatabases, 'list' | 'of'>
  readonly metrics: Metrics
  readonly log: Log
}

/** A hold of a dead node must be back within 60 s of its death, 30 s after its lease has lapsed. */
const ROUND_MS = 28_000
const BETWEEN_ROUNDS_MS = 2000

/**
 * Visits every organisation, whatever hints were lost: at once when the node starts, for a node that died may have left
 * something, and then again within 30 s. One that cannot be reached does not hold up the others.
 */
export function sweepJob(needs: Needs, sweeps: readonly Sweep[]): Job {
  let isFirst = true
  return {
    name: 'sweep organisations',
    every_ms: BETWEEN_ROUNDS_MS,
    async run(stopping) {
      const organisation_ids = await needs.databases.list()
      const begun_ms = performance.now()
      for (const [index, organisation_id] of organisation_ids.entries()) {
        if (stopping.aborted) return
        await visit(needs, sweeps, organisation_id)
        const next_ms = begun_ms + (ROUND_MS * (index + 1)) / organisation_ids.length
        if (!isFirst) await pause(Math.max(0, next_ms - performance.now()), stopping)
      }
      isFirst = false
    },
  }
}

async function visit(
  { databases, metrics, log }: Needs,
  sweeps: readonly Sweep[],
  organisation_id: string,
): Promise<void> {
  try {
    const database = await databases.of(organisation_id)
    for (const sweep of await listDue(database, sweeps)) await sweep.run(database, organisation_id)
    metrics.noteOrganisation(organisation_id, true)
  } catch (error) {
    metrics.noteOrganisation(organisation_id, false)
    log.warn({ err: error, organisation_id }, 'an organisation could not be swept')
  }
}

/** Those of the sweeps that have something to do in one organisation, in their order. */
export async function listDue(database: OrganisationDatabase, sweeps: readonly Sweep[]): Promise<readonly Sweep[]> {
  const answers = sweeps.map((sweep) => `(${sweep.due})`).join(', ')
  const text = `select array[${answers}] as due`
  return database.connection(async (client) => {
    const { rows } = await client.query<{ due: (boolean | null)[] }>({ name: 'kernel.sweep', text })
    return sweeps.filter((_, index) => rows[0]?.due[index] === true)
  }, 'visit')
}
