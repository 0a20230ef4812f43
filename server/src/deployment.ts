// Opens what every role of the program stands on: the keyring, the database server, the schemas at head, the budgets of
// connections. Opening it migrates; nothing is served from a database that is behind.

import { createHash } from 'node:crypto'
import { join } from 'node:path'
import pg from 'pg'
import { type Config, ConfigError } from './config.ts'
import { type ConnectionBudget, createConnectionBudget } from './kernel/connection.ts'
import { type ControlDatabase, openControlDatabase } from './kernel/database.ts'
import { startEmbeddedPostgres } from './kernel/embedded-postgres.ts'
import { createProviders, type Providers } from './identity/sso/provider.ts'
import { newId } from './kernel/id.ts'
import type { Job } from './kernel/job.ts'
import type { Log } from './kernel/log.ts'
import { isAtHead, migrate, readSchema, type Schema } from './kernel/migrate.ts'
import {
  createOrganisationDatabases,
  type OrganisationDatabases,
  refuseIfBehind,
} from './kernel/organisation-databases.ts'
import {
  abandonSpare,
  asAdmin,
  controlRole,
  createSpareFiller,
  type DerivePassword,
  ensureRole,
  findServerMistakes,
  listPlacements,
  prepareTemplate,
  type Server,
  serverOf,
} from './kernel/placement.ts'
import { createFieldVault, type FieldVault } from './keys/field-vault.ts'
import { type KeyProvider, openKeyProvider } from './keys/key-provider.ts'
import { openPlatformVault } from './keys/platform-vault.ts'
import { Secret } from './keys/secret.ts'
import { openRolePasswords } from './secrets/role-password.ts'
import { openSecretStore, type SecretStore } from './secrets/secret-store.ts'
import type { Mailer } from './mail/message.ts'
import { createImportHints, type ImportHints } from './tenancy/import/hints.ts'

export type Deployment = {
  readonly config: Config
  readonly log: Log
  readonly node_id: string
  readonly keys: KeyProvider
  /** What is encrypted in the organisations' databases. */
  readonly fields: FieldVault
  /** Seals mails and knows where their links lead. */
  readonly mailer: Mailer
  /** Where an import of people was just started on this node. */
  readonly imports: ImportHints
  /** Told where the node listens: links lead there unless the configuration names a public origin. */
  readonly noteUrl: (url: string) => void
  readonly secrets: SecretStore
  readonly server: Server
  readonly control_name: string
  readonly control_schema: Schema
  /** Of the organisations' databases. */
  readonly schema: Schema
  readonly derivePassword: DerivePassword
  readonly control: ControlDatabase
  readonly databases: OrganisationDatabases
  readonly budgets: { readonly control: ConnectionBudget; readonly organisations: ConnectionBudget }
  /** The identity providers that connections name, as this node remembers them. */
  readonly providers: Providers
  /** The databases of organisations that could not be brought to head; they are not served. */
  readonly migration: { readonly failed: readonly string[] }
  /** Makes databases ahead until there are as many as the configuration wants. */
  readonly fillSpares: () => Promise<void>
  readonly close: () => Promise<void>
}

const CONTROL_CONNECTIONS = 6
/** Filling the store of spares looks, copies and migrates at once. */
const ADMIN_CONNECTIONS = 3
/** Of the embedded server, for commands beside the nodes. */
const SPARE_CONNECTIONS = 40
const IDLE_TIMEOUT_MS = 300_000
const MIGRATIONS_AT_ONCE = 4

type Keyring = Pick<Deployment, 'keys' | 'secrets' | 'derivePassword'>

async function openKeyring(config: Config): Promise<Keyring> {
  const passphrase = config.keyring_passphrase === null ? null : new Secret(config.keyring_passphrase)
  const keys = await openKeyProvider({ directory: join(config.keyring_directory, 'keys'), passphrase })
  const secrets = await openSecretStore(join(config.keyring_directory, 'secrets'), keys)
  const rolePassword = await openRolePasswords(secrets)
  return { keys, secrets, derivePassword: (role, version) => rolePassword(role, version).reveal() }
}

/**
 * Keeps the deployment's own database server, where it has one, running for other processes of this machine. Returns a
 * function that stops it: call it when they have ended.
 */
export async function holdServer(config: Config, log: Log): Promise<() => Promise<void>> {
  const { derivePassword } = await openKeyring(config)
  return (await openServer(config, derivePassword, log)).stop
}

/**
 * Opens the deployment that the configuration describes. Throws with one sentence when it cannot be opened. `prepares` is
 * false for a process beside another one that has brought the databases to head already.
 */
export async function openDeployment(config: Config, log: Log, prepares = true): Promise<Deployment> {
  const { keys, secrets, derivePassword } = await openKeyring(config)
  const { admin_url, stop } = await openServer(config, derivePassword, log)
  try {
    const server = serverOf(admin_url)
    const control_name = decodeURIComponent(new URL(admin_url).pathname.slice(1))
    const [control_schema, schema] = [readSchema('control'), readSchema('org')]
    const migration = prepares
      ? await prepareDatabases(server, control_name, { control_schema, schema }, config, derivePassword, log)
      : { failed: [] }
    const budgets = openBudgets(config, schema)
    const control = openControlDatabase(budgets.control, {
      host: server.host,
      port: server.port,
      ssl: server.ssl,
      database: control_name,
      user: controlRole(control_name),
      password: derivePassword(controlRole(control_name), 1),
    })
    const databases = createOrganisationDatabases(budgets.organisations, control, server, derivePassword)
    const fields = createFieldVault(keys)
    const vault = openPlatformVault(control, keys)
    const reached = {
      url: config.public_origin ?? `${config.tls === null ? 'http' : 'https'}://${config.host}:${config.port}`,
    }
    return {
      config,
      log,
      keys,
      fields,
      mailer: { vault, origin: () => reached.url },
      imports: createImportHints(),
      noteUrl(url) {
        reached.url = config.public_origin ?? url
      },
      secrets,
      server,
      control_name,
      control_schema,
      schema,
      providers: createProviders({ allow_private: config.allow_private_providers }),
      derivePassword,
      control,
      databases,
      budgets,
      migration,
      fillSpares: createSpareFiller(server, control_name, schema, derivePassword, config.spares),
      node_id: newId(),
      async close() {
        fields.clear()
        vault.clear()
        await Promise.all([budgets.control.close(), budgets.organisations.close()])
        await stop()
      },
    }
  } catch (error) {
    await stop()
    throw error
  }
}

function openBudgets(config: Config, schema: Schema): Deployment['budgets'] {
  const limit = config.connections - CONTROL_CONNECTIONS - ADMIN_CONNECTIONS
  const common = { idle_timeout_ms: IDLE_TIMEOUT_MS }
  return {
    control: createConnectionBudget({
      ...common,
      limit: CONTROL_CONNECTIONS,
      limit_per_database: CONTROL_CONNECTIONS,
    }),
    organisations: createConnectionBudget({
      ...common,
      limit,
      limit_per_database: Math.max(4, limit >> 2),
      on_open: refuseIfBehind(schema),
    }),
  }
}

async function openServer(
  config: Config,
  derivePassword: DerivePassword,
  log: Log,
): Promise<{ admin_url: string; stop: () => Promise<void> }> {
  if (config.database_url !== null) {
    const mistakes = await findServerMistakes(config.database_url)
    if (mistakes.length > 0) throw new ConfigError(mistakes)
    return { admin_url: config.database_url, stop: async () => undefined }
  }
  const postgres = await startEmbeddedPostgres({
    data_directory: join(config.data_directory, 'postgres'),
    superuser_password: derivePassword('postgres', 1),
    log: (line) => log.info({ postgres: line }, 'embedded PostgreSQL'),
    settings: { max_connections: String(Math.max(200, config.processes * config.connections + SPARE_CONNECTIONS)) },
  })
  return { admin_url: postgres.url('reeve'), stop: postgres.stop }
}

/** Two databases of one name on one server must not share a lock; the name decides it. */
const lockOf = (name: string): string => createHash('sha256').update(name).digest().readBigInt64BE(0).toString()

async function ensureControlDatabase(server: Server, control: string): Promise<void> {
  await asAdmin(server.admin_url('postgres'), async (client: pg.Client) => {
    await client.query('select pg_advisory_lock($1::bigint)', [lockOf(control)])
    const { rows } = await client.query('select from pg_database where datname = $1', [control])
    if (rows.length > 0) return
    await client.query(`create database ${pg.escapeIdentifier(control)} template template0`)
  })
}

async function prepareDatabases(
  server: Server,
  control: string,
  { control_schema, schema }: Pick<Deployment, 'control_schema' | 'schema'>,
  config: Config,
  derivePassword: DerivePassword,
  log: Log,
): Promise<{ failed: readonly string[] }> {
  if (config.database_url === null) await ensureControlDatabase(server, control)
  const role = controlRole(control)
  await asAdmin(server.admin_url(control), async (client) => {
    // Of two nodes that start at once PostgreSQL would refuse one: both change the same role and database.
    await client.query(`select pg_advisory_lock(hashtext('reeve prepare'))`)
    await ensureRole(client, role, derivePassword(role, 1))
    const [database, grantee] = [pg.escapeIdentifier(control), pg.escapeIdentifier(role)]
    await client.query(`grant connect on database ${database} to ${grantee}`)
    await client.query(`revoke connect on database ${database} from public`)
  })
  await migrate(server.admin_url(control), control_schema, role)
  await asAdmin(server.admin_url(control), async (client) => {
    await requireHead(client, control_schema)
    await client.query(`update kernel.platform set currency = $1 where not exists (select from identity.user)`, [
      config.currency,
    ])
  })
  await prepareTemplate(server, control, schema)
  return migrateOrganisations(server, control, schema, log)
}

/** A newer program that has been here may have changed what this one reads. Throws one sentence. */
async function requireHead(client: pg.Client, schema: Schema): Promise<void> {
  if (await isAtHead(client, schema)) return
  const { rows } = await client.query<{ name: string }>(
    `select max(name) as name from kernel.migration where name !~ '^head'`,
  )
  throw new Error(
    `The control database was brought to head by a newer version of Reeve (its last migration is ${rows[0]?.name}, ` +
      `this version ends with ${schema.migrations.at(-1)?.name}): start that version or a later one.`,
  )
}

/**
 * Brings organisations' databases to head, several at once: all of them, or those named. One that fails stays closed and
 * the others are served; a spare that fails is thrown away.
 */
export async function migrateOrganisations(
  server: Server,
  control: string,
  schema: Schema,
  log: Log,
  names?: readonly string[],
): Promise<{ failed: readonly string[] }> {
  const waiting = [...(names ?? (await listPlacements(server, control)))]
  const failed: string[] = []
  const worker = async () => {
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
      try {
        await migrate(server.admin_url(name), schema, name)
      } catch (error) {
        log.error({ err: error, database: name }, 'an organisation cannot be served: its database did not migrate')
        if (!(await abandonSpare(server, control, name))) failed.push(name)
      }
    }
  }
  await Promise.all(Array.from({ length: MIGRATIONS_AT_ONCE }, worker))
  return { failed }
}

/** Tries again, until it succeeds, what could not be brought to head at the start. */
export function migrateAgainJob({ server, control_name, schema, log, migration }: Deployment): Job {
  let failed = migration.failed
  return {
    name: 'migrate what failed',
    every_ms: 30_000,
    async run() {
      if (failed.length > 0) failed = (await migrateOrganisations(server, control_name, schema, log, failed)).failed
    },
  }
}
