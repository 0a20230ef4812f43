// Forward-only migrations. Each file runs once, in its own transaction, under an advisory lock; what a killed run left
// undone the next one finishes. Functions and grants are files that are applied again whenever their text changes.

import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import pg from 'pg'

export type SchemaFile = { readonly name: string; readonly sql: string }

export type Schema = {
  readonly migrations: readonly SchemaFile[]
  readonly functions: readonly SchemaFile[]
  /** `{role}` in it is replaced by the quoted name of the role that serves requests. */
  readonly grants: string
  /** Names the last migration and the text of the functions: two databases with one head are alike. */
  readonly head: string
}

const root = fileURLToPath(new URL('../../../database/', import.meta.url))

function readFiles(directory: string): readonly SchemaFile[] {
  return readdirSync(directory)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => ({ name: name.slice(0, -4), sql: readFileSync(`${directory}/${name}`, 'utf8') }))
}

/** Reads the schema of the control or of an organisation's database from the repository's files. */
export function readSchema(kind: 'control' | 'org'): Schema {
  const migrations = readFiles(`${root}${kind}/migrations`)
  const functions = kind === 'org' ? readFiles(`${root}org/functions`) : []
  const grants = readFileSync(`${root}${kind}/grants.sql`, 'utf8')
  const hash = createHash('sha256')
  for (const file of [...migrations, ...functions]) hash.update(`${file.name}\0${file.sql}\0`)
  hash.update(grants)
  const head = `${migrations.at(-1)?.name ?? 'empty'}+${hash.digest('hex').slice(0, 16)}`
  return { migrations, functions, grants, head }
}

const LEDGER = `
  create schema if not exists kernel;
  create table if not exists kernel.migration (
    name       text primary key collate "C",
    sha256     text not null,
    applied_at timestamptz not null default now()
  )`

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

export class MigrationError extends Error {}

/**
 * Brings one database to the head of `schema`. Safe to run from many processes at once and after a kill at any point.
 * Throws MigrationError when a migration that was already applied has another text now, or when one fails.
 */
export async function migrate(url: string, schema: Schema, role: string | null): Promise<{ applied: number }> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'reeve migrate',
    connectionTimeoutMillis: 10_000,
  })
  client.on('error', () => undefined)
  await client.connect()
  try {
    // What a killed node had begun ends with it, instead of holding up the next one.
    await client.query(`set client_connection_check_interval = '1s'`)
    await client.query(`select pg_advisory_lock(hashtext('reeve migrate'))`)
    // A statement that waits for a table stops everybody behind it: better to fail and to be tried again.
    await client.query(`set lock_timeout = '10s'`)
    await client.query(LEDGER)
    const { rows } = await client.query<{ name: string; sha256: string }>('select name, sha256 from kernel.migration')
    const done = new Map(rows.map((row) => [row.name, row.sha256]))
    // A newer program was here: its functions and rights suit this one too, and must not go back to what they were.
    const known_names = ['head', ...schema.migrations.map((file) => file.name)]
    const is_ahead = rows.some(({ name }) => !known_names.includes(name) && !name.startsWith('head '))
    let applied = 0
    for (const file of schema.migrations) {
      const known = done.get(file.name)
      if (known === sha256(file.sql)) continue
      if (known !== undefined) throw new MigrationError(`Migration ${file.name} was changed after it had been applied`)
      await apply(client, file, file.sql)
      applied += 1
    }
    if (!is_ahead && (done.get('head') !== schema.head || applied > 0)) {
      const functions = schema.functions.map((file) => file.sql).join('\n')
      await apply(client, { name: 'head', sql: functions }, `${functions};\n${noteHead(schema)}`, schema.head)
      applied += 1
    }
    if (!is_ahead && role !== null) await client.query(schema.grants.replaceAll('{role}', pg.escapeIdentifier(role)))
    return { applied }
  } finally {
    await client.end()
  }
}

/** Every head that a database reached stays noted: it suits each program whose head is among them. */
const noteHead = (schema: Schema): string =>
  `insert into kernel.migration (name, sha256) values (${pg.escapeLiteral(`head ${schema.head}`)}, '')
   on conflict do nothing`

async function apply(client: pg.Client, file: SchemaFile, sql: string, mark = sha256(file.sql)): Promise<void> {
  await client.query('begin')
  try {
    await client.query(sql)
    await client.query(
      `insert into kernel.migration (name, sha256) values ($1, $2)
       on conflict (name) do update set sha256 = excluded.sha256, applied_at = now()`,
      [file.name, mark],
    )
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw new MigrationError(`Migration ${file.name} failed: ${error instanceof Error ? error.message : 'unknown'}`, {
      cause: error,
    })
  }
}

/** Whether a database, seen through a connection that serves requests, has reached the head of `schema`. */
export async function isAtHead(client: pg.Client, schema: Schema): Promise<boolean> {
  const last = schema.migrations.at(-1)?.name ?? ''
  const { rows } = await client.query<{ known: boolean }>(
    'select count(*) = 2 as known from kernel.migration where name in ($1, $2)',
    [last, `head ${schema.head}`],
  )
  return rows[0]?.known === true
}
