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
  const name = `test_schema_${randomBytes(6).toString('hex')}`
  const url = new URL(inject('admin_url'))
  url.pathname = `/${name}`
  let applied: number

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

  const dump = () => makeSchemaDump(kind, url.href, name)

  test('is what a database has that was migrated from nothing', async () => {
    const { path, text } = await dump()
    expect(text).toBe(readFileSync(join(ROOT, path), 'utf8'))
  })

  test('is reached in one step for each migration and one for the functions', () => {
    expect(applied).toBe(readSchema(kind).migrations.length + 1)
  })

  test('does not change, nor do its data, when it is migrated again', async () => {
    const before = [await dump(), await readRows(url.href)]
    expect(await migrate(url.href, readSchema(kind), name)).toEqual({ applied: 0 })
    expect([await dump(), await readRows(url.href)]).toEqual(before)
  })
})

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
