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
  /** How the administrator's URL wants the connection encrypted; every role connects in the same way. */
  readonly ssl: DatabaseAddress['ssl']
}

export type DerivePassword = (role: string, version: number) => string

/** The role that serves requests on the control database. */
export function controlRole(database: string): string {
  return `reeve_c_${database}`.slice(0, 63)
}

/** A PostgreSQL server from the URL of its administrator, read as the driver itself reads it. */
export function serverOf(admin_url: string): Server {
  const { host, port, ssl } = new pg.Client({ connectionString: admin_url })
  return {
    host,
    port,
    ssl,
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

const OLDEST_MAJOR = 17

/** What keeps Reeve from using the server behind an administrator's URL, a sentence each. */
export async function findServerMistakes(admin_url: string): Promise<readonly string[]> {
  const asked = asAdmin(admin_url, (client) =>
    client.query<{ version: number; creates_databases: boolean; creates_roles: boolean }>(`
      select current_setting('server_version_num')::int as version, rolcreatedb or rolsuper as creates_databases,
        rolcreaterole or rolsuper as creates_roles
      from pg_roles where rolname = current_user`),
  )
  const answer = await asked.catch((error: unknown) => reasonOf(error))
  if (typeof answer === 'string') return [`The control database cannot be opened: ${answer}.`]
  const [server] = answer.rows
  const major = Math.floor((server?.version ?? 0) / 10_000)
  return [
    ...(major < OLDEST_MAJOR ? [`The database server is PostgreSQL ${major}, but Reeve needs 17 or 18.`] : []),
    ...(server?.creates_databases === true ? [] : ['The role of DATABASE_URL needs the right to create databases.']),
    ...(server?.creates_roles === true ? [] : ['The role of DATABASE_URL needs the right to create roles.']),
  ]
}

/** A host with several addresses fails with one error for each and no words of its own. */
function reasonOf(error: unknown): string {
  const told: unknown = error instanceof AggregateError ? error.errors[0] : error
  return told instanceof Error ? told.message : String(told)
}

/**
 * Makes sure that a role exists and may sign in with the derived password. Throws when a role of that name is more than a
 * plain one: only a superuser could take such rights away, and Reeve's own role need not be one.
 */
export async function ensureRole(client: pg.Client, role: string, password: string): Promise<void> {
  const name = pg.escapeIdentifier(role)
  const { rows } = await client.query<{ is_plain: boolean }>(
    `select not (rolsuper or rolcreatedb or rolcreaterole or rolreplication or rolbypassrls) as is_plain
     from pg_roles where rolname = $1`,
    [role],
  )
  if (rows[0]?.is_plain === false) throw new Error(`The database role ${role} must be a plain one`)
  if (rows.length === 0) await client.query(`create role ${name} login`)
  // The password has 256 random bits, so stretching it protects nothing and would cost milliseconds at each connection.
  await client.query('set scram_iterations = 1')
  await client.query(`alter role ${name} login password ${pg.escapeLiteral(password)}`)
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
    // Nobody may look into the template while it is copied.
    await client.query(`select pg_advisory_lock(hashtext('reeve template'))`)
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
    if (rows.length === 0) await client.query(`create database ${pg.escapeIdentifier(template)} template template0`)
    await client.query(`revoke all on database ${pg.escapeIdentifier(template)} from public`)
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

/** Fills the store of spares; whoever asks while it is being filled shares that run and its connections. */
export function createSpareFiller(
  server: Server,
  control: string,
  schema: Schema,
  derivePassword: DerivePassword,
  wanted: number,
): () => Promise<void> {
  let running: Promise<unknown> | null = null
  return async () => {
    running ??= fillSpares(server, control, schema, derivePassword, wanted).finally(() => {
      running = null
    })
    await running
  }
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
    const name = pg.escapeIdentifier(database_name)
    const { rows: roles } = await client.query('select from pg_roles where rolname = $1', [database_name])
    // Whoever is no superuser may end another role's sessions only as its member.
    if (roles.length > 0) await client.query(`grant ${name} to current_user with inherit true`)
    await client.query(`drop database if exists ${name} with (force)`)
    await client.query(`drop role if exists ${name}`)
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

/** Marks a database to be dropped if it is still a spare; says whether it was. */
export async function abandonSpare(server: Server, control: string, database_name: string): Promise<boolean> {
  return asAdmin(server.admin_url(control), async (client) => {
    const { rowCount } = await client.query(
      `update kernel.placement set state = 'dropping' where database_name = $1 and state = 'spare'`,
      [database_name],
    )
    return rowCount === 1
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
    ssl: server.ssl,
    database: placement.database_name,
    user: placement.database_name,
    password: derivePassword(placement.database_name, placement.role_version),
  }
}
