// The schemas that reviewers read are those that a database gets, and getting them again changes nothing.

import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { makeSchemaDump } from '../../checks/generated-files.ts'
import { ROOT } from '../../checks/program.ts'
import { migrate, readSchema } from '../src/kernel/migrate.ts'
import { asAdmin } from '../src/kernel/placement.ts'

describe.each(['control', 'org'] as const)('the schema in database/%s', (kind) => {
  const database = createDatabase(kind)

  const dump = () => makeSchemaDump(kind, database.url, database.role)

  test('is what a database has that was migrated from nothing', async () => {
    const { path, text } = await dump()
    expect(text).toBe(readFileSync(join(ROOT, path), 'utf8'))
  })

  test('is reached in one step for each migration and one for the functions', () => {
    expect(database.applied()).toBe(readSchema(kind).migrations.length + 1)
  })

  test('does not change, nor do its data, when it is migrated again', async () => {
    const before = [await dump(), await readRows(database.url)]
    expect(await migrate(database.url, readSchema(kind), database.role)).toEqual({ applied: 0 })
    expect([await dump(), await readRows(database.url)]).toEqual(before)
  })
})

describe.each(['control', 'org'] as const)('the role that serves requests in database/%s', (kind) => {
  const database = createDatabase(kind)

  test('may add to the log and change nothing in it, not even by a partition', async () => {
    await asAdmin(database.url, async (client) => {
      await client.query(`select audit.ensure_request_partition('2026-01-01', '2026-01-02')`)
      // A day that begins after the rights were given, and a start after that.
      await migrate(database.url, readSchema(kind), database.role)
      const { rows } = await client.query(
        `select oid::regclass::text from pg_class
         where relnamespace = 'audit'::regnamespace and relkind in ('r', 'p') and relname <> 'failed_authentication'
           and has_table_privilege($1, oid, 'update, delete, truncate')`,
        [database.role],
      )
      expect(rows).toEqual([])
    })
  })

  test('may execute functions, and nobody else but their owner may', async () => {
    await asAdmin(database.url, async (client) => {
      const { rows } = await client.query(
        `select oid::regprocedure::text from pg_proc where oid >= 16384
           and (has_function_privilege('public', oid, 'execute') or not has_function_privilege($1, oid, 'execute'))`,
        [database.role],
      )
      expect(rows).toEqual([])
    })
  })
})

describe("the role that serves requests in an organisation's ledger", () => {
  const database = createDatabase('org')

  test.each([
    'update ledger.transfer set amount_micros = 0',
    'delete from ledger.transfer',
    'truncate ledger.transfer',
  ])('is refused: %s', async (statement) => {
    await asAdmin(database.url, async (client) => {
      await client.query(`set role ${database.role}`)
      await client.query('select from ledger.transfer')
      await expect(client.query(statement)).rejects.toThrow('permission denied for table transfer')
    })
  })
})

/** A database migrated from nothing, there for the tests of the block it is called in. */
function createDatabase(kind: 'control' | 'org'): { url: string; role: string; applied: () => number } {
  const name = `test_schema_${randomBytes(6).toString('hex')}`
  const url = new URL(inject('admin_url'))
  url.pathname = `/${name}`
  let applied = 0

  beforeAll(async () => {
    await asAdmin(inject('admin_url'), async (client) => {
      await client.query(`create role ${name}`)
      await client.query(`create database ${name} template template0`)
    })
    applied = (await migrate(url.href, readSchema(kind), name)).applied
  })

  afterAll(() =>
    asAdmin(inject('admin_url'), async (client) => {
      await client.query(`drop database ${name} with (force)`)
      await client.query(`drop role ${name}`)
    }),
  )

  return { url: url.href, role: name, applied: () => applied }
}

/** Every row of every table, as XML: one query that needs no list of tables. */
async function readRows(url: string): Promise<string> {
  return asAdmin(url, async (client) => {
    const { rows } = await client.query<{ content: string }>(
      `select string_agg(relname || query_to_xml(format('select t::text from %s t', oid::regclass), true, false, '')::text, ''
         order by oid::regclass::text) as content
       from pg_class where oid >= 16384 and relkind = 'r'`,
    )
    return rows[0]?.content ?? ''
  })
}
