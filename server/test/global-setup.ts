// One PostgreSQL for the whole run, with databases migrated once; every test file clones them.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startEmbeddedPostgres } from '../src/kernel/embedded-postgres.ts'
import { migrate, readSchema } from '../src/kernel/migrate.ts'
import { asAdmin } from '../src/kernel/placement.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The administrator's URL of the server, ending in the name of a database. */
    admin_url: string
  }
}

export const CONTROL_TEMPLATE = 'control_template'
export const ORGANISATION_TEMPLATE = 'organisation_template'

/** Starts the server, migrates the templates, and stops it again after the run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = mkdtempSync(join(tmpdir(), 'reeve-test-'))
  const postgres = await startEmbeddedPostgres({
    data_directory: join(directory, 'postgres'),
    superuser_password: 'test',
    log: () => undefined,
    settings: { fsync: 'off', full_page_writes: 'off', max_connections: '400', autovacuum: 'off' },
  })
  const url = postgres.url('postgres')
  await asAdmin(url, async (client) => {
    await client.query(`create database ${CONTROL_TEMPLATE} template template0`)
    await client.query(`create database ${ORGANISATION_TEMPLATE} template template0`)
  })
  await migrate(postgres.url(CONTROL_TEMPLATE), readSchema('control'), null)
  await migrate(postgres.url(ORGANISATION_TEMPLATE), readSchema('org'), null)
  project.provide('admin_url', url)
  return async () => {
    await postgres.stop()
    rmSync(directory, { recursive: true, force: true })
  }
}
