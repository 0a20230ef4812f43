// Migrations under what happens to them: kills, company, failures, many databases.

import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { dumpSchema } from '../../checks/schema-dump.ts'
import { migrateOrganisations } from '../src/deployment.ts'
import { createLog } from '../src/kernel/log.ts'
import { isAtHead, migrate, MigrationError, readSchema, type Schema } from '../src/kernel/migrate.ts'
import { asAdmin, serverOf } from '../src/kernel/placement.ts'
import { cookieOf } from './client.ts'
import { cloneControlDatabase, type ClonedDatabase, startTestReeve, type TestReeve } from './harness.ts'

const MIGRATE = new URL('../src/kernel/migrate.ts', import.meta.url).href
const newName = (): string => `test_m_${randomBytes(6).toString('hex')}`

function urlOf(database: string): string {
  const url = new URL(inject('admin_url'))
  url.pathname = `/${database}`
  return url.href
}

/** Waits until the query answers true. */
async function until(client: pg.Client, sql: string, values: readonly unknown[] = []): Promise<void> {
  const ask = async () =>
    (await client.query<{ is_so: boolean }>(`select (${sql}) as is_so`, [...values])).rows[0]?.is_so
  await expect.poll(ask, { interval: 10, timeout: 20_000 }).toBe(true)
}

/** A migration stops here for as long as the test holds this lock, which on a slow machine is longer than it waits for others. */
const STOP = `set local lock_timeout = 0; select pg_advisory_lock_shared(77);`
const STOPS_AT_COMMIT = `
  create function made.stop() returns trigger language plpgsql as $$ begin
    perform set_config('lock_timeout', '0', true);
    perform pg_advisory_lock_shared(77);
    return null;
  end $$;
  create constraint trigger stop after insert on kernel.migration deferrable initially deferred
    for each row when (new.name = '0001_begin') execute function made.stop();`

type Stop = 'nowhere' | 'in the first' | 'at its commit' | 'in the second' | 'in the functions' | 'in the grants'

/** Two migrations that note that they ran, functions and grants; they wait at one place. */
function madeSchema(stop: Stop = 'nowhere'): Schema {
  const at = (place: Stop): string => (place === stop ? STOP : '')
  const first = `create schema made; create table made.step (name text); insert into made.step values ('first');`
  return {
    migrations: [
      { name: '0001_begin', sql: `${first} ${at('in the first')} ${stop === 'at its commit' ? STOPS_AT_COMMIT : ''}` },
      { name: '0002_go_on', sql: `insert into made.step values ('second'); ${at('in the second')}` },
    ],
    functions: [
      { name: 'one', sql: `create or replace function made.one() returns integer language sql as 'select 1';` },
      {
        name: 'two',
        sql: `create or replace function made.two() returns integer language sql as 'select 2'; ${at('in the functions')}`,
      },
    ],
    grants: `grant usage on schema made to {role}; grant select on made.step to {role}; ${at('in the grants')}`,
    head: '0002_go_on+made',
  }
}

describe('a database', () => {
  const role = newName()
  let name: string
  let url: string
  let observer: pg.Client
  const children: ChildProcess[] = []

  beforeAll(() => asAdmin(urlOf('postgres'), (client) => client.query(`create role ${role}`)))
  afterAll(() => asAdmin(urlOf('postgres'), (client) => client.query(`drop role ${role}`)))

  beforeEach(async () => {
    name = newName()
    url = urlOf(name)
    await asAdmin(urlOf('postgres'), (client) => client.query(`create database ${name} template template0`))
    observer = new pg.Client({ connectionString: url })
    await observer.connect()
  })

  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL')
    await observer.end()
    await asAdmin(urlOf('postgres'), (client) => client.query(`drop database ${name} with (force)`))
  })

  /** Another process that migrates, and says how it went. */
  function beginMigrating(schema: Schema): { child: ChildProcess; output: Promise<string>; end: Promise<unknown[]> } {
    const source = `
      import { migrate } from ${JSON.stringify(MIGRATE)}
      const [url, schema, role] = process.argv.slice(1)
      console.log(JSON.stringify(await migrate(url, JSON.parse(schema), role)))`
    const args = ['--input-type=module', '--eval', source, url, JSON.stringify(schema), role]
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    children.push(child)
    return { child, output: text(child.stdout), end: once(child, 'exit') }
  }

  const untilWaiting = (count: number): Promise<void> =>
    until(
      observer,
      `(select count(*) from pg_locks where locktype = 'advisory' and not granted
        and database = (select oid from pg_database where datname = current_database())) = $1`,
      [count],
    )

  /** Everything in the database but when it came there. */
  async function contents(): Promise<unknown> {
    const schema = await asAdmin(url, (client) => dumpSchema(client, { title: '', role, function_files: [] }))
    const { rows: applied } = await observer.query('select name, sha256 from kernel.migration order by name')
    const { rows: steps } = await observer.query('select name from made.step order by name')
    return { schema, applied, steps }
  }

  test.each(['in the first', 'at its commit', 'in the second', 'in the functions', 'in the grants'] as const)(
    'whose migrating process is killed %s is finished by the next',
    async (stop) => {
      const schema = madeSchema(stop)
      await observer.query('select pg_advisory_lock(77)')
      const { child, end } = beginMigrating(schema)
      await untilWaiting(1)
      child.kill('SIGKILL')
      expect(await end).toEqual([null, 'SIGKILL'])
      await observer.query('select pg_advisory_unlock(77)')
      await migrate(url, schema, role)
      const resumed = await contents()
      expect(resumed).toMatchObject({ steps: [{ name: 'first' }, { name: 'second' }] })
      await observer.query('drop schema made, kernel cascade')
      await migrate(url, schema, role)
      expect(resumed).toEqual(await contents())
    },
  )

  test('does not go on with what a killed process had begun', async () => {
    const sleeping = `(select count(*) from pg_stat_activity where wait_event = 'PgSleep'
      and datname = current_database()) = $1`
    const slow = { ...madeSchema(), migrations: [{ name: '0001_begin', sql: 'select pg_sleep(600)' }] }
    const { child, end } = beginMigrating(slow)
    await until(observer, sleeping, [1])
    child.kill('SIGKILL')
    await end
    await until(observer, sleeping, [0])
  })

  test('whose migrating process is killed while it waits for its turn is migrated by the one before', async () => {
    await observer.query('select pg_advisory_lock(77)')
    const first = beginMigrating(madeSchema('in the second'))
    await untilWaiting(1)
    const second = beginMigrating(madeSchema('in the second'))
    await untilWaiting(2)
    second.child.kill('SIGKILL')
    await second.end
    await observer.query('select pg_advisory_unlock(77)')
    expect(await first.output).toBe('{"applied":3}\n')
    expect(await migrate(url, madeSchema('in the second'), role)).toEqual({ applied: 0 })
  })

  test('that two processes migrate at once is migrated by one; the other waits and finds nothing to do', async () => {
    await observer.query('select pg_advisory_lock(77)')
    const one = beginMigrating(madeSchema('in the first'))
    await untilWaiting(1)
    const other = beginMigrating(madeSchema('in the first'))
    await untilWaiting(2)
    await observer.query('select pg_advisory_unlock(77)')
    expect([await one.output, await other.output]).toEqual(['{"applied":3}\n', '{"applied":0}\n'])
    expect(await contents()).toMatchObject({ steps: [{ name: 'first' }, { name: 'second' }] })
  })

  test('is not touched by a migration whose text was changed after it had been applied', async () => {
    const schema = madeSchema()
    await migrate(url, schema, role)
    const before = await contents()
    const [first, ...others] = schema.migrations
    const changed = { name: '0001_begin', sql: `${first?.sql} insert into made.step values ('third')` }
    const added = { name: '0003_more', sql: `insert into made.step values ('third')` }
    const attempt = migrate(url, { ...schema, migrations: [changed, ...others, added], head: 'x' }, role)
    await expect(attempt).rejects.toThrow(MigrationError)
    await expect(attempt).rejects.toThrow('Migration 0001_begin was changed after it had been applied')
    expect(await contents()).toEqual(before)
  })

  const FAILURES: readonly (readonly [string, (schema: Schema) => Schema])[] = [
    [
      'Migration 0003_fail failed: division by zero',
      (schema) => ({
        ...schema,
        migrations: [
          ...schema.migrations,
          {
            name: '0003_fail',
            sql: `insert into made.step values ('third'); create table made.extra (); select 1 / 0`,
          },
        ],
      }),
    ],
    [
      'Migration head failed: type "missing" does not exist',
      (schema) => ({
        ...schema,
        functions: [
          { name: 'one', sql: `create or replace function made.one() returns integer language sql as 'select 7';` },
          { name: 'two', sql: `create function made.three() returns missing language sql as 'select 2'` },
        ],
      }),
    ],
    [
      'relation "made.missing" does not exist',
      (schema) => ({
        ...schema,
        grants: 'grant update on made.step to {role}; grant select on made.missing to {role}',
      }),
    ],
  ]

  test.each(FAILURES)('is as before after: %s', async (message, fail) => {
    await migrate(url, madeSchema(), role)
    const before = await contents()
    const failing = fail(madeSchema())
    // Grants have no mark of their own: they are applied each time.
    const head = failing.grants === madeSchema().grants ? 'another head' : failing.head
    await expect(migrate(url, { ...failing, head }, role)).rejects.toThrow(message)
    expect(await contents()).toEqual(before)
  })

  const withOne = (schema: Schema, value: number, head: string): Schema => ({
    ...schema,
    functions: [
      { name: 'one', sql: `create or replace function made.one() returns integer language sql as 'select ${value}'` },
    ],
    head,
  })

  test('suits the programs whose heads it reached, and keeps the functions of the newest', async () => {
    const older = withOne(madeSchema(), 1, 'older')
    const more = { name: '0003_more', sql: 'select 1' }
    const newer = withOne({ ...older, migrations: [...older.migrations, more] }, 2, 'newer')
    for (const schema of [older, newer, older]) await migrate(url, schema, role)
    expect((await observer.query('select made.one()')).rows).toEqual([{ one: 2 }])
    expect([await isAtHead(observer, older), await isAtHead(observer, newer)]).toEqual([true, true])
  })

  test('is not at a head whose functions failed', async () => {
    await migrate(url, madeSchema(), role)
    const failing = { ...madeSchema(), functions: [{ name: 'one', sql: 'select 1 / 0' }], head: 'failing' }
    await expect(migrate(url, failing, role)).rejects.toThrow(MigrationError)
    expect([await isAtHead(observer, madeSchema()), await isAtHead(observer, failing)]).toEqual([true, false])
  })

  test('keeps what went well before a migration that fails, and goes on from there', async () => {
    const { migrations, ...rest } = madeSchema()
    const failing = { name: '0003_more', sql: 'select 1 / 0' }
    await expect(migrate(url, { ...rest, migrations: [...migrations, failing] }, role)).rejects.toThrow('0003_more')
    const mended = { name: '0003_more', sql: `insert into made.step values ('third')` }
    expect(await migrate(url, { ...rest, migrations: [...migrations, mended] }, role)).toEqual({ applied: 2 })
    expect(await contents()).toMatchObject({ steps: [{ name: 'first' }, { name: 'second' }, { name: 'third' }] })
  })
})

describe('forty organisations', () => {
  const prefix = newName()
  const names = Array.from({ length: 40 }, (_, index) => `${prefix}_${String(index).padStart(2, '0')}`)
  const [failing = '', closed = '', missing = ''] = names.slice(10)
  // In whatever order they are taken, one of the slow ones comes early.
  const slow = [...names.slice(0, 1), ...names.slice(-1)]
  const broken = [failing, closed, missing]
  const schema = madeSchema('in the first')
  let control: ClonedDatabase

  beforeAll(async () => {
    control = await cloneControlDatabase()
    await asAdmin(control.url, async (client) => {
      await client.query(`insert into kernel.server (id, name) values (gen_random_uuid(), 'local')`)
      await client.query(
        `insert into kernel.placement (database_name, server_id, organisation_id, state)
         select database_name, server.id, gen_random_uuid(), 'claimed' from unnest($1::text[]) database_name, kernel.server`,
        [names],
      )
      for (const name of names) {
        await client.query(`create role ${name}`)
        if (name !== missing) await client.query(`create database ${name} template template0 strategy file_copy`)
      }
      await client.query(`alter database ${closed} allow_connections false`)
    })
    // In the way of the first migration.
    await asAdmin(urlOf(failing), (client) => client.query('create schema made'))
  })

  // The forty are left to go with the server: dropping each of them costs a checkpoint.
  afterAll(() => control.drop())

  test('migrate side by side: slow ones hold up no others, and broken ones are named', async () => {
    const name = new URL(control.url).pathname.slice(1)
    const stops = await Promise.all(slow.map(stopMigration))
    const done = migrateOrganisations(serverOf(inject('admin_url')), name, schema, createLog('silent'))
    for (const each of names.filter((other) => !slow.includes(other) && !broken.includes(other))) {
      await expect.poll(() => isMigrated(urlOf(each)), { interval: 50, timeout: 20_000 }).toBe(true)
    }
    for (const each of slow) expect(await isMigrated(urlOf(each))).toBe(false)
    for (const stop of stops) await stop.end()
    expect((await done).failed.toSorted()).toEqual(broken)
    for (const each of slow) expect(await isMigrated(urlOf(each))).toBe(true)
  })

  /** The migration stops for as long as this connection lives. */
  async function stopMigration(database: string): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: urlOf(database) })
    await client.connect()
    await client.query('select pg_advisory_lock(77)')
    return client
  }

  async function isMigrated(url: string): Promise<boolean> {
    return asAdmin(url, async (client) => {
      const { rows } = await client
        .query(
          `select from pg_proc where proname = 'two' and has_table_privilege(current_database(), 'made.step', 'select')`,
        )
        .catch(() => ({ rows: [] }))
      return rows.length === 1
    })
  }
})

describe('an organisation whose database', () => {
  let reeve: TestReeve
  let healthy: Founded

  type Founded = { readonly id: string; readonly cookie: string; readonly database: string }

  beforeAll(async () => {
    reeve = await startTestReeve({ REEVE_LOG_LEVEL: 'silent' })
    healthy = await found('Healthy')
  })

  afterAll(() => reeve.stop())

  async function found(name: string): Promise<Founded> {
    const body = {
      organisation_name: name,
      email: `${name.toLowerCase()}@example.com`,
      password: 'seven mild otters juggle',
      display_name: 'Founder',
    }
    const registered = await reeve.client.call('POST', '/api/registrations', { body })
    const id = registered.object('organisation').text('id')
    const { control } = reeve.node.deployment
    const { database_name } = await control.transaction((tx) =>
      tx
        .selectFrom('kernel.placement')
        .select('database_name')
        .where('organisation_id', '=', id)
        .executeTakeFirstOrThrow(),
    )
    return { id, cookie: cookieOf(registered.headers), database: database_name }
  }

  /** How a node answers for the organisation, for another one, and for itself. */
  async function answersFor(one: Founded, url = reeve.node.url): Promise<unknown> {
    const ask = (path: string, cookie?: string) =>
      fetch(`${url}${path}`, cookie === undefined ? {} : { headers: { cookie } })
    const mine = await ask(`/api/orgs/${one.id}`, one.cookie)
    const other = await ask(`/api/orgs/${healthy.id}`, healthy.cookie)
    const node = await ask('/readyz')
    const body: unknown = await mine.json()
    return [mine.status, mine.headers.get('retry-after') !== null, body, other.status, node.status]
  }

  const ALONE_UNAVAILABLE = [503, true, expect.objectContaining({ code: 'organisation_unavailable' }), 200, 200]
  const AVAILABLE = [200, false, expect.objectContaining({ status: 'active' }), 200, 200]

  test('takes no connections is answered 503, alone, until it takes them again', async () => {
    const one = await found('Closed')
    await asAdmin(urlOf('postgres'), async (client) => {
      await client.query(`alter database ${one.database} allow_connections false`)
      await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [one.database])
    })
    expect(await answersFor(one)).toEqual(ALONE_UNAVAILABLE)
    await asAdmin(urlOf('postgres'), (client) => client.query(`alter database ${one.database} allow_connections true`))
    expect(await answersFor(one)).toEqual(AVAILABLE)
  })

  test('is gone is answered 503, alone', async () => {
    const one = await found('Gone')
    await asAdmin(urlOf('postgres'), (client) => client.query(`drop database ${one.database} with (force)`))
    expect(await answersFor(one)).toEqual(ALONE_UNAVAILABLE)
  })

  test('cannot be brought to head is named by the node that tried, and answered 503, alone', async () => {
    const one = await found('Behind')
    const last = readSchema('org').migrations.at(-1)?.name
    // It knows of its last migration no more, but what that one made is in its way.
    await asAdmin(urlOf(one.database), (client) =>
      client.query(`delete from kernel.migration where name = $1 or name like 'head%'`, [last]),
    )
    const node = await reeve.startAnotherNode()
    expect(node.deployment.migration.failed).toContain(one.database)
    expect(await answersFor(one, node.url)).toEqual(ALONE_UNAVAILABLE)
  })
})
