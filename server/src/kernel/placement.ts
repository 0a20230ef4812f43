// Where each organisation's database is. Databases are made ahead ("spares"), so that creating an organisation claims a
// row; a database keeps its name for life, its role's password is derived from the platform key and stored nowhere.

import { randomBytes } from 'node:crypto'
import pg from 'pg'
import type { DatabaseAddress } from './connection.ts'
import { newId } from './id.ts'
import { migrate, type Schema } from './migrate.ts'

export type Server = {
  /** A URL of a role that may create databases and roles. */
  readonly admin_url: (database: string) => string
  readonly host: string
  readonly port: number
}

export type DerivePassword = (role: string, version: number) => string

/** The role that serves requests on the control database. */
export function controlRole(database: string): string {
  return `reeve_c_${database}`.slice(0, 63)
}

/** A PostgreSQL server from the URL of its administrator. */
export function serverOf(admin_url: string): Server {
  const parsed = new URL(admin_url)
  return {
    host: parsed.hostname === '' ? 'localhost' : decodeURIComponent(parsed.hostname),
    port: parsed.port === '' ? 5432 : Number(parsed.port),
    admin_url(database) {
      const url = new URL(admin_url)
      url.pathname = `/${encodeURIComponent(database)}`
      return url.href
    },
  }
}

/** Runs statements as the administrator of the server. */
export async function asAdmin<Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url, application_name: 'reeve admin' })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** Makes sure that a role exists, may sign in with the derived password, and is nothing more than a plain role. */
export async function ensureRole(client: pg.Client, role: string, password: string): Promise<void> {
  const name = pg.escapeIdentifier(role)
  const secret = pg.escapeLiteral(password)
  const { rows } = await client.query('select from pg_roles where rolname = $1', [role])
  if (rows.length === 0) {
    await client.query(`create role ${name} login`).catch((error: unknown) => {
      // Two nodes may start at once: the other one was first.
      if (!(error instanceof Error && 'code' in error && (error.code === '42710' || error.code === '23505')))
        throw error
    })
  }
  await client.query(`alter role ${name} login nosuperuser nocreatedb nocreaterole password ${secret}`)
}

const templateName = (control: string): string => `${control}_template`.slice(-63)

/**
 * Makes one spare: a WAL-logged copy of the migrated template with its own role, which alone may connect.
 * The row is written first, so that a kill in between leaves a row in `preparing` that `dropAbandoned` removes.
 */
export async function makeSpare(
  server: Server,
  control: string,
  schema: Schema,
  derivePassword: DerivePassword,
): Promise<string> {
  const database = `reeve_o_${randomBytes(8).toString('hex')}`
  await asAdmin(server.admin_url(control), async (client) => {
    await client.query(
      `insert into kernel.placement (database_name, server_id) select $1, id from kernel.server where name = 'local'`,
      [database],
    )
    await client.query(
      `create database ${pg.escapeIdentifier(database)} template ${pg.escapeIdentifier(templateName(control))} strategy wal_log`,
    )
    await ensureRole(client, database, derivePassword(database, 1))
    await client.query(`revoke all on database ${pg.escapeIdentifier(database)} from public`)
    await client.query(`grant connect on database ${pg.escapeIdentifier(database)} to ${pg.escapeIdentifier(database)}`)
    await migrate(server.admin_url(database), schema, database)
    await client.query(`update kernel.placement set state = 'spare' where database_name = $1`, [database])
  })
  return database
}

/** Makes sure that the template exists and is at head. Nobody may hold a connection to it while it is copied. */
export async function prepareTemplate(server: Server, control: string, schema: Schema): Promise<void> {
  const template = templateName(control)
  await asAdmin(server.admin_url(control), async (client) => {
    await client.query(`select pg_advisory_lock(hashtext('reeve template'))`)
    await client.query(`insert into kernel.server (id, name) values ($1, 'local') on conflict (name) do nothing`, [
      newId(),
    ])
    const { rows } = await client.query('select from pg_database where datname = $1', [template])
    if (rows.length === 0) {
      await client.query(`create database ${pg.escapeIdentifier(template)} template template0`)
      await client.query(`revoke all on database ${pg.escapeIdentifier(template)} from public`)
    }
    await migrate(server.admin_url(template), schema, null)
  })
}

/** Fills the store of spares up to `wanted`, one at a time, under a lock that only one node holds. */
export async function fillSpares(
  server: Server,
  control: string,
  schema: Schema,
  derivePassword: DerivePassword,
  wanted: number,
): Promise<number> {
  return asAdmin(server.admin_url(control), async (client) => {
    const { rows } = await client.query<{ mine: boolean }>(
      `select pg_try_advisory_lock(hashtext('reeve spares')) as mine`,
    )
    if (rows[0]?.mine !== true) return 0
    await dropAbandoned(client)
    let made = 0
    while ((await countSpares(client)) < wanted) {
      await makeSpare(server, control, schema, derivePassword)
      made += 1
    }
    return made
  })
}

async function countSpares(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `select count(*)::int as count from kernel.placement where state = 'spare'`,
  )
  return rows[0]?.count ?? 0
}

/** Under the spares lock nobody else prepares, so whatever is still `preparing` was left by a node that died. */
async function dropAbandoned(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ database_name: string }>(
    `select database_name from kernel.placement where state in ('preparing', 'dropping')`,
  )
  for (const { database_name } of rows) {
    await client.query(`drop database if exists ${pg.escapeIdentifier(database_name)} with (force)`)
    await client.query(`drop role if exists ${pg.escapeIdentifier(database_name)}`)
    await client.query('delete from kernel.placement where database_name = $1', [database_name])
  }
}

/** The names of all organisation databases that are at work or spare. */
export async function listPlacements(server: Server, control: string): Promise<string[]> {
  return asAdmin(server.admin_url(control), async (client) => {
    const { rows } = await client.query<{ database_name: string }>(
      `select database_name from kernel.placement where state in ('spare', 'claimed') order by 1`,
    )
    return rows.map((row) => row.database_name)
  })
}

/** The address of an organisation's database for its own role. */
export function addressOf(
  server: Server,
  derivePassword: DerivePassword,
  placement: { readonly database_name: string; readonly role_version: number },
): DatabaseAddress {
  return {
    host: server.host,
    port: server.port,
    database: placement.database_name,
    user: placement.database_name,
    password: derivePassword(placement.database_name, placement.role_version),
  }
}
