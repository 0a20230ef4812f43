// What is done in every organisation again and again. Nearly always nothing is due anywhere, so a visit is one statement that
// asks about everything at once; only what is due is done then.

import type { ControlDatabase, OrganisationDatabase } from './database.ts'
import type { Job } from './job.ts'
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
  readonly control: ControlDatabase
  readonly databases: OrganisationDatabases
  readonly metrics: Metrics
  readonly log: Log
}

/** A hold of a dead node must be back within 60 s of its death, 30 s after its lease has lapsed. */
const SWEEP_EVERY_MS = 30_000

/** Visits every organisation, whatever hints were lost. One that cannot be reached does not hold up the others. */
export function sweepJob({ control, databases, metrics, log }: Needs, sweeps: readonly Sweep[]): Job {
  return {
    name: 'sweep organisations',
    every_ms: SWEEP_EVERY_MS,
    async run() {
      const rows = await control.transaction((tx) =>
        tx.selectFrom('kernel.placement').select('organisation_id').where('state', '=', 'claimed').execute(),
      )
      for (const { organisation_id } of rows) {
        if (organisation_id === null) continue
        try {
          const database = await databases.of(organisation_id)
          for (const sweep of await listDue(database, sweeps)) await sweep.run(database, organisation_id)
          metrics.noteOrganisation(organisation_id, true)
        } catch (error) {
          metrics.noteOrganisation(organisation_id, false)
          log.warn({ err: error, organisation_id }, 'an organisation could not be swept')
        }
      }
    },
  }
}

/** Those of the sweeps that have something to do in one organisation, in their order. */
export async function listDue(database: OrganisationDatabase, sweeps: readonly Sweep[]): Promise<readonly Sweep[]> {
  const answers = sweeps.map((sweep) => `(${sweep.due})`).join(', ')
  return database.connection(async (client) => {
    const { rows } = await client.query<{ due: (boolean | null)[] }>(`select array[${answers}] as due`)
    return sweeps.filter((_, index) => rows[0]?.due[index] === true)
  })
}
