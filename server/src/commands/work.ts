// `reeve work`: a node that works on runs and does the common work, and serves nobody.

import { type Config, ConfigError } from '../config.ts'
import { createLog } from '../kernel/log.ts'
import { untilAsked } from './serve.ts'

/** Works until a signal asks to stop; what it has under way goes on elsewhere then. */
export async function runWork(config: Config): Promise<void> {
  if (config.database_url === null) {
    throw new ConfigError([
      'reeve work needs DATABASE_URL: where Reeve keeps its own database, reeve serve does this work as well.',
    ])
  }
  const log = createLog(config.log_level)
  const asked = untilAsked()
  const { startWorker } = await import('../worker.ts')
  const worker = await startWorker(config, log)
  process.stdout.write('Reeve works\n')
  await asked
  await worker.stop()
}
