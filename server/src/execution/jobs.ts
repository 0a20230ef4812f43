// The clock of waiting runs. Ten thousand of them cost what none costs: each look is one probe of an index.

import type { ControlDatabase, OrganisationDatabase } from '../kernel/database.ts'
import type { Job } from '../kernel/job.ts'
import type { Log } from '../kernel/log.ts'
import type { OrganisationDatabases } from '../kernel/organisation-databases.ts'
import type { PlatformPolicy, RunTools } from './run-tools.ts'
import { applyPolicies, watchGates } from './watch.ts'

type Needs = { readonly control: ControlDatabase; readonly databases: OrganisationDatabases; readonly log: Log }

/** What a deadline may be late by; the decision itself is judged by the clock, whoever has noticed. */
const WATCH_EVERY_MS = 15_000
const LOOK_AT_PLATFORM_EVERY_MS = 2000

async function inEach(
  { control, databases, log }: Needs,
  work: (database: OrganisationDatabase, organisation_id: string) => Promise<void>,
): Promise<boolean> {
  const rows = await control.transaction((tx) =>
    tx.selectFrom('kernel.placement').select('organisation_id').where('state', '=', 'claimed').execute(),
  )
  let all = true
  for (const { organisation_id } of rows) {
    if (organisation_id === null) continue
    try {
      await work(await databases.of(organisation_id), organisation_id)
    } catch (error) {
      // One organisation that is away must not hold up the others; it is looked at again.
      all = false
      log.warn({ err: error, organisation_id }, 'the waiting runs of an organisation could not be looked after')
    }
  }
  return all
}

/** Deadlines, escalations and expiries, and what organisations changed about their own rules. */
export function watchRunsJob(needs: Needs, tools: RunTools): Job {
  return {
    name: 'watch waiting runs',
    every_ms: WATCH_EVERY_MS,
    async run() {
      const platform = await tools.platformPolicy()
      await inEach(needs, async (database, organisation_id) => {
        await watchGates(tools, database, organisation_id)
        await note(needs.log, organisation_id, () => applyPolicies(database, platform))
      })
    },
  }
}

/** Holds all open runs against the platform's policy soon after it has changed: one question to control when it has not. */
export function applyPlatformPolicyJob(needs: Needs, tools: RunTools): Job {
  let applied: number | null = null
  return {
    name: "apply the platform's policy",
    every_ms: LOOK_AT_PLATFORM_EVERY_MS,
    async run() {
      const platform: PlatformPolicy = await tools.platformPolicy()
      if (platform.version === applied) return
      const all = await inEach(needs, (database, organisation_id) =>
        note(needs.log, organisation_id, () => applyPolicies(database, platform)),
      )
      if (all) applied = platform.version
    },
  }
}

async function note(
  log: Log,
  organisation_id: string,
  apply: () => Promise<{ readonly cancelled: number; readonly raised: number }>,
): Promise<void> {
  const { cancelled, raised } = await apply()
  if (cancelled + raised > 0) log.info({ organisation_id, cancelled, raised }, 'policies were applied to open runs')
}
