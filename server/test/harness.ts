// What tests stand on: databases cloned from migrated templates, and a whole node on a free port. Everything is real but
// the model provider.

import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import { type Config, readConfig } from '../src/config.ts'
import { createLog } from '../src/kernel/log.ts'
import { asAdmin } from '../src/kernel/placement.ts'
import { writeSettings } from '../src/kernel/platform-setting.ts'
import { type RunningNode, startNode } from '../src/serve.ts'
import { createClient, type ReeveClient } from './client.ts'
import { CONTROL_TEMPLATE, ORGANISATION_TEMPLATE } from './global-setup.ts'

const urlOf = (database: string): string => {
  const url = new URL(inject('admin_url'))
  url.pathname = `/${database}`
  return url.href
}

const newName = (prefix: string): string => `${prefix}_${randomBytes(6).toString('hex')}`

async function clone(template: string, name: string): Promise<void> {
  await asAdmin(urlOf('postgres'), async (client) => {
    // Copies of one template wait for each other here instead of failing there.
    await client.query('select pg_advisory_lock(42)')
    await client.query(`create database ${name} template ${template} strategy wal_log`)
  })
}

async function dropAll(prefix: string): Promise<void> {
  await asAdmin(urlOf('postgres'), async (client) => {
    const { rows } = await client.query<{ datname: string }>(
      'select datname from pg_database where starts_with(datname, $1)',
      [prefix],
    )
    for (const { datname } of rows) await client.query(`drop database if exists ${datname} with (force)`)
  })
}

export type ClonedDatabase = { readonly url: string; readonly drop: () => Promise<void> }

/** An organisation's database at head, seen by the administrator. */
export async function cloneOrganisationDatabase(): Promise<ClonedDatabase> {
  const name = newName('test_o')
  await clone(ORGANISATION_TEMPLATE, name)
  return { url: urlOf(name), drop: () => dropAll(name) }
}

/** A control database at head, seen by the administrator. */
export async function cloneControlDatabase(): Promise<ClonedDatabase> {
  const name = newName('test_c')
  await clone(CONTROL_TEMPLATE, name)
  return { url: urlOf(name), drop: () => dropAll(name) }
}

export type TestReeve = {
  readonly node: RunningNode
  readonly client: ReeveClient
  readonly config: Config
  /** The URL of a database of this deployment for the administrator. */
  readonly adminUrl: (database: string) => string
  /** Another node of the same deployment. */
  readonly startAnotherNode: () => Promise<RunningNode>
  readonly stop: () => Promise<void>
}

/**
 * A deployment of its own: cloned control database, own keyring, one node on a free port. Whoever registers here is not asked
 * to prove their mailbox, unless `is_proven`; they may all come from one address. Super-admins need no second factor.
 */
export async function startTestReeve(
  environment: Record<string, string> = {},
  { is_proven = false }: { readonly is_proven?: boolean } = {},
): Promise<TestReeve> {
  const control = newName('test_r')
  await clone(CONTROL_TEMPLATE, control)
  await clone(ORGANISATION_TEMPLATE, `${control}_template`)
  const directory = mkdtempSync(join(tmpdir(), 'reeve-node-'))
  const config = readConfig({
    REEVE_DATA: directory,
    DATABASE_URL: urlOf(control),
    PORT: '0',
    REEVE_LOG_LEVEL: 'error',
    REEVE_ALLOW_PRIVATE_PROVIDERS: 'true',
    REEVE_SPARES: '1',
    ...environment,
  })
  const log = createLog(config.log_level)
  const node = await startNode(config, log)
  const settings = {
    email_verification_is_required: is_proven,
    registrations_per_hour: 100_000,
    superadmin_factor_is_required: false,
  }
  await node.deployment.control.transaction((tx) => writeSettings(tx, settings))
  const others: RunningNode[] = []
  return {
    node,
    config,
    client: createClient(node.url),
    adminUrl: urlOf,
    async startAnotherNode() {
      const other = await startNode(config, log)
      others.push(other)
      return other
    },
    async stop() {
      await Promise.all([node, ...others].map((each) => each.stop()))
      const databases = await asAdmin(urlOf(control), (client) =>
        client.query<{ database_name: string }>('select database_name from kernel.placement'),
      )
      for (const { database_name } of databases.rows) {
        await dropAll(database_name)
        await asAdmin(urlOf('postgres'), (client) => client.query(`drop role if exists ${database_name}`))
      }
      await dropAll(control)
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
