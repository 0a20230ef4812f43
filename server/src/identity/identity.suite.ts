// What the tests of accounts and sessions stand on: a control database of their own, seen by the role that serves
// requests, and the routes of this module behind a real HTTP server.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import { cookieOf, createClient, type ReeveClient } from '../../test/client.ts'
import { cloneControlDatabase } from '../../test/harness.ts'
import { anonymousOrigin } from '../audit/append.ts'
import { createRequestLog } from '../http/request-log.ts'
import { createServer, type ServerOptions, serveRoutes } from '../http/server.ts'
import { createConnectionBudget } from '../kernel/connection.ts'
import { type ControlDatabase, type ControlTx, openControlDatabase } from '../kernel/database.ts'
import { newId } from '../kernel/id.ts'
import { createLog } from '../kernel/log.ts'
import { migrate, readSchema } from '../kernel/migrate.ts'
import { createOrganisationDatabases } from '../kernel/organisation-databases.ts'
import { asAdmin, controlRole, ensureRole, serverOf } from '../kernel/placement.ts'
import { writeSettings } from '../kernel/platform-setting.ts'
import { openKeyProvider } from '../keys/key-provider.ts'
import { openPlatformVault } from '../keys/platform-vault.ts'
import type { Mailer } from '../mail/message.ts'
import { relyingPartyOf } from './passkey.ts'
import { hashPassword } from './password.ts'
import { PLATFORM_PASSWORD_RULE } from './password-rule.ts'
import { identityRoutes } from './routes.ts'
import { createUser, type UserStatus } from './user.ts'

export type TestControl = {
  readonly control: ControlDatabase
  readonly url: string
  readonly drop: () => Promise<void>
}

/** A control database at head with `connections` connections of the role that serves requests. */
export async function openTestControl(connections = 6): Promise<TestControl> {
  const { url, drop } = await cloneControlDatabase()
  const { host, port } = serverOf(url)
  const database = new URL(url).pathname.slice(1)
  const user = controlRole(database)
  await asAdmin(url, (client) => ensureRole(client, user, 'test'))
  await migrate(url, readSchema('control'), user)
  const budget = createConnectionBudget({
    limit: connections,
    limit_per_database: connections,
    idle_timeout_ms: 60_000,
  })
  return {
    url,
    control: openControlDatabase(budget, { host, port, database, user, password: 'test' }),
    async drop() {
      await budget.close()
      await drop()
      await asAdmin(inject('admin_url'), (client) => client.query(`drop role if exists "${user}"`))
    },
  }
}

export type TestIdentity = TestControl & {
  readonly client: ReeveClient
  readonly mailer: Mailer
  /** Waits until every request so far is in the log. */
  readonly flush: () => Promise<void>
  /** Every row of every table, as text. */
  readonly dump: () => Promise<string>
  readonly stop: () => Promise<void>
}

/** This module's routes on a free port. The people here belong to no organisation; super-admins need no second factor. */
export async function serveTestIdentity(): Promise<TestIdentity> {
  const test = await openTestControl()
  await test.control.transaction((tx) => writeSettings(tx, { superadmin_factor_is_required: false }))
  const log = createLog('error')
  const directory = mkdtempSync(join(tmpdir(), 'reeve-identity-'))
  const keys = await openKeyProvider({ directory, passphrase: null })
  const mailer: Mailer = { vault: openPlatformVault(test.control, keys), origin: () => 'https://reeve.example' }
  const needs = {
    listOrganisationsOf: async () => [],
    findPasswordRule: async () => PLATFORM_PASSWORD_RULE,
    findRuleAtSignIn: async () => PLATFORM_PASSWORD_RULE,
    mailer,
    keys,
    relying_party: relyingPartyOf(null),
  }
  const unused = createConnectionBudget({ limit: 1, limit_per_database: 1, idle_timeout_ms: 60_000 })
  const databases = createOrganisationDatabases(unused, test.control, serverOf(test.url), () => '')
  const requests = createRequestLog(test.control, log)
  const options: ServerOptions = {
    log,
    tools: {
      control: test.control,
      databases,
      key_uses: { note: () => undefined },
      session_uses: { note: () => undefined },
    },
    requests,
    tls: null,
    trusted_proxies: ['127.0.0.1'],
    public_origin: null,
    isDraining: () => false,
    dialects: [],
  }
  const app = createServer(options)
  serveRoutes(app, identityRoutes(needs), options)
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  return {
    ...test,
    mailer,
    client: createClient(url),
    flush: requests.flush,
    dump: () => dumpTables(test.url),
    async stop() {
      await app.close()
      await requests.flush()
      await unused.close()
      await test.drop()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

async function dumpTables(url: string): Promise<string> {
  return asAdmin(url, async (client) => {
    const { rows } = await client.query<{ name: string }>(`
      select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema')`)
    const tables = []
    for (const { name } of rows) tables.push(await client.query(`select t::text from ${name} t`))
    return JSON.stringify(tables.flatMap((table): unknown[] => table.rows))
  })
}

export const PASSWORD = 'seven lanterns in a quiet harbour'

export type TestUser = { readonly id: string; readonly email: string; readonly cookie: string }

/** An account with `PASSWORD`, as if somebody had made it. */
export async function createTestUser(
  { control }: TestControl,
  values: {
    readonly password_hash?: string
    readonly status?: UserStatus
    readonly is_superadmin?: boolean
    readonly must_change_password?: boolean
  } = {},
): Promise<{ readonly id: string; readonly email: string }> {
  const { password_hash = await hashPassword(PASSWORD), must_change_password = false, ...rest } = values
  const email = `${newId()}@example.com`
  return control.transaction(async (tx) => {
    const origin = anonymousOrigin({ request_id: newId(), address: '192.0.2.1' })
    const draft = { email, display_name: 'Somebody', password_hash, must_change_password, is_verified: true }
    const { id } = await createUser(tx, origin, draft)
    if (Object.keys(rest).length > 0) await tx.updateTable('identity.user').set(rest).where('id', '=', id).execute()
    return { id, email }
  })
}

/** The same, signed in. */
export async function signInTestUser(
  identity: TestIdentity,
  values: Parameters<typeof createTestUser>[1] = {},
): Promise<TestUser> {
  const user = await createTestUser(identity, values)
  return { ...user, cookie: await signInAgain(identity, user.email) }
}

/** A further session of this account, as a Cookie header. */
export async function signInAgain(identity: TestIdentity, email: string, password = PASSWORD): Promise<string> {
  const { headers } = await identity.client.call('POST', '/api/sessions', { body: { email, password } })
  return cookieOf(headers)
}

/** The log's entries about this target, oldest first. */
export async function entriesOf({ control }: TestControl, target_id: string, event: string) {
  return control.transaction((tx) =>
    tx
      .selectFrom('audit.entry')
      .selectAll()
      .where('target_id', '=', target_id)
      .where('event', '=', event)
      .orderBy('id')
      .execute(),
  )
}

/** Why each session of this person ended, oldest first; null for one that has not been ended. */
export async function endsOf({ control }: TestControl, user_id: string): Promise<readonly (string | null)[]> {
  const sessions = await control.transaction((tx) =>
    tx.selectFrom('identity.session').select('revoked_reason').where('user_id', '=', user_id).orderBy('id').execute(),
  )
  return sessions.map((session) => session.revoked_reason)
}

/**
 * Does `first` in a transaction, starts `second` meanwhile, and commits as soon as `second` waits for a lock or has
 * settled without waiting: what happens first is not left to chance. Returns what became of `second`.
 */
export async function overtake<Result>(
  { control, url }: TestControl,
  first: (tx: ControlTx) => Promise<unknown>,
  second: () => Promise<Result>,
): Promise<Result> {
  const started = await control.transaction(async (tx) => {
    await first(tx)
    const result = second()
    await untilBlocked(url, result)
    return { result }
  })
  return started.result
}

async function untilBlocked(url: string, waiting: Promise<unknown>): Promise<void> {
  const state = { isSettled: false }
  const note = () => {
    state.isSettled = true
  }
  waiting.then(note, note)
  await asAdmin(url, async (client) => {
    while (!state.isSettled) {
      const { rows } = await client.query(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      )
      if (rows.length > 0) return
    }
  })
}
