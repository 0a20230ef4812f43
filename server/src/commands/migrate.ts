// `reeve migrate`: brings every database to head, then ends.

import { publishShippedApps } from '../apps/shipped.ts'
import type { Config } from '../config.ts'
import { openDeployment } from '../deployment.ts'
import { createLog } from '../kernel/log.ts'

/** Migrates control and all organisations. Exit code 1 when an organisation's database could not be migrated. */
export async function runMigrate(config: Config): Promise<void> {
  const log = createLog(config.log_level)
  const deployment = await openDeployment(config, log)
  await publishShippedApps(deployment.control, log)
  const { failed } = deployment.migration
  await deployment.close()
  if (failed.length === 0) process.stdout.write('All databases are at head.\n')
  else {
    process.stdout.write(`These databases could not be migrated: ${failed.join(', ')}.\n`)
    process.exitCode = 1
  }
}
