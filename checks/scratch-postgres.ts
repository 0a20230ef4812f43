// A PostgreSQL for one check, with nothing in it before and nothing left of it after.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '../server/src/kernel/embedded-postgres.ts'

/**
 * Starts the bundled PostgreSQL, hands `work` the administrator's URL of each database of it and an empty directory, and
 * removes both. It survives its starter, so a Ctrl-C stops it first.
 */
export async function withScratchPostgres<Result>(
  work: (urlOf: (database: string) => string, directory: string) => Promise<Result>,
): Promise<Result> {
  const directory = mkdtempSync(join(tmpdir(), 'reeve-scratch-'))
  const starting = startEmbeddedPostgres({
    data_directory: join(directory, 'postgres'),
    superuser_password: 'scratch',
    log: () => undefined,
    settings: { fsync: 'off', full_page_writes: 'off' },
  })
  const remove = async (): Promise<void> => {
    await starting.then((postgres) => postgres.stop()).catch(() => undefined)
    rmSync(directory, { recursive: true, force: true })
  }
  const interrupt = (): void => void remove().then(() => process.exit(130))
  process.once('SIGINT', interrupt)
  try {
    return await work((await starting).url, join(directory, 'node'))
  } finally {
    process.off('SIGINT', interrupt)
    await remove()
  }
}
