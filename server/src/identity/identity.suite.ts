// What the tests of accounts and sessions stand on: a control database of their own, seen by the role that serves requests,
// and the routes of this module behind a real HTTP server.

import { inject } from 'vitest'
import { createClient, type ReeveClient } from '../../test/client.ts'
import { cloneControlDatabase } from '../../test/harness.ts'
import { createRequestLog } from '../http/request-log.ts'
import { createServer, type ServerOptions, serveRoutes } from '../http/server.ts'
import { createConnectionBudget } from '../kernel/connection.ts'
import { type ControlDatabase, openControlDatabase } from '../kernel/database.ts'
import { createLog } from '../kernel/log.ts'
import { migrate, readSchema } from '../kernel/migrate.ts'
import { createOrganisationDatabases } from '../kernel/organisation-databases.ts'
import { asAdmin, controlRole, ensureRole, serverOf } from '../kernel/placement.ts'
import { identityRoutes } from './routes.ts'

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

export type TestIdentity = TestControl & { readonly client: ReeveClient; readonly stop: () => Promise<void> }

/** This module's routes on a free port. The people here belong to no organisation. */
export async function serveTestIdentity(): Promise<TestIdentity> {
  const test = await openTestControl()
  const log = createLog('error')
  const unused = createConnectionBudget({ limit: 1, limit_per_database: 1, idle_timeout_ms: 60_000 })
  const databases = createOrganisationDatabases(unused, test.control, serverOf(test.url), () => '')
  const requests = createRequestLog(test.control, log)
  const options: ServerOptions = {
    log,
    tools: { control: test.control, databases },
    requests,
    tls: null,
    trusted_proxies: ['127.0.0.1'],
    public_origin: null,
    isDraining: () => false,
  }
  const app = createServer(options)
  serveRoutes(app, identityRoutes({ listOrganisationsOf: async () => [] }), options)
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  return {
    ...test,
    client: createClient(url),
    async stop() {
      await app.close()
      await requests.flush()
      await unused.close()
      await test.drop()
    },
  }
}
