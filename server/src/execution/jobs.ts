// Open runs are held against the platform's policy soon after it has changed: one question to control while it has not.

import type { Job } from '../kernel/job.ts'
import type { Log } from '../kernel/log.ts'
import type { OrganisationDatabases } from '../kernel/organisation-databases.ts'
import type { PlatformPolicy, RunTools } from './run-tools.ts'
import { applyPolicies, noteApplication } from './watch.ts'

type Needs = { readonly databases: OrganisationDatabases; readonly log: Log }

const LOOK_EVERY_MS = 2000

/** Applies what the platform's policy has come to demand in every organisation. One that is away is looked at again. */
export function applyPlatformPolicyJob(needs: Needs, tools: RunTools): Job {
  let applied: number | null = null
  return {
    name: "apply the platform's policy",
    every_ms: LOOK_EVERY_MS,
    async run() {
      const platform = await tools.platformPolicy()
      if (platform.version !== applied && (await applyEverywhere(needs, platform))) applied = platform.version
    },
  }
}

/** Whether every organisation could be reached; one that is away does not hold up the others. */
async function applyEverywhere({ databases, log }: Needs, platform: PlatformPolicy): Promise<boolean> {
  let all = true
  for (const organisation_id of await databases.list()) {
    try {
      noteApplication(log, organisation_id, await applyPolicies(await databases.of(organisation_id), platform))
    } catch (error) {
      all = false
      log.warn({ err: error, organisation_id }, 'the waiting runs of an organisation could not be looked after')
    }
  }
  return all
}
