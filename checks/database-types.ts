// The types of the databases' tables for Kysely, as `kysely-codegen` makes them and Biome formats them.

import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { Kysely, PostgresDialect } from 'kysely'
import { PostgresDialect as CodegenDialect, generate } from 'kysely-codegen'
import pg from 'pg'
import { ROOT } from './program.ts'

/**
 * What the driver gives for the types of PostgreSQL that do not explain themselves: amounts are safe integers
 * (kernel/connection.ts), a day is text.
 */
const TYPES = { int8: 'number', int4: 'number', xid8: 'string', inet: 'string', bytea: 'Buffer' }

/** The TypeScript text for the tables of one database, as it stands in `path`. */
export async function makeDatabaseTypes(url: string, path: string): Promise<string> {
  const pool = new pg.Pool({ connectionString: url, max: 1 })
  // The server may close a connection that is just being closed here.
  pool.on('error', () => undefined)
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  try {
    const source = await generate({
      db,
      dialect: new CodegenDialect({ dateParser: 'string' }),
      // No schema is the default one: every table is named with its schema.
      defaultSchemas: ['nothing'],
      excludePattern: 'public.*',
      typeMapping: TYPES,
      outFile: null,
    })
    return formatSource(source, path)
  } finally {
    await db.destroy()
  }
}

function formatSource(source: string, path: string): string {
  const biome = join(ROOT, 'node_modules/@biomejs/biome/bin/biome')
  const args = [biome, 'format', `--stdin-file-path=${path}`]
  const done = spawnSync(process.execPath, args, { cwd: ROOT, input: source, encoding: 'utf8' })
  if (done.status !== 0) throw new Error(`Biome cannot format ${path}: ${done.stderr}`)
  return done.stdout
}
