import { randomBytes } from 'node:crypto'
import { chmodSync, chownSync, copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, inject, test, vi } from 'vitest'
import { cloneControlDatabase } from '../test/harness.ts'
import { ConfigError, readConfig } from './config.ts'
import { type Deployment, openDeployment } from './deployment.ts'
import { startEmbeddedPostgres } from './kernel/embedded-postgres.ts'
import { createLog } from './kernel/log.ts'
import { asAdmin, listPlacements } from './kernel/placement.ts'

const directory = mkdtempSync(join(tmpdir(), 'reeve-deployment-'))
const log = createLog('silent')
const opened: Deployment[] = []
const clean: (() => Promise<unknown>)[] = []

afterEach(async () => {
  await Promise.all(opened.splice(0).map((deployment) => deployment.close()))
  for (const step of clean.splice(0).reverse()) await step()
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

async function open(url: string, keyring = randomBytes(4).toString('hex')): Promise<Deployment> {
  const config = readConfig({ REEVE_DATA: join(directory, keyring), DATABASE_URL: url, REEVE_SPARES: '1' })
  const deployment = await openDeployment(config, log)
  opened.push(deployment)
  return deployment
}

async function newControl(): Promise<string> {
  const { url, drop } = await cloneControlDatabase()
  clean.push(drop)
  return url
}

const atUser = (url: string, user: string, password: string, database?: string): string => {
  const changed = new URL(url)
  changed.username = user
  changed.password = password
  if (database !== undefined) changed.pathname = `/${database}`
  return changed.href
}

async function mistakesOf(url: string): Promise<readonly string[]> {
  const error: unknown = await open(url).catch((caught: unknown) => caught)
  return error instanceof ConfigError ? error.mistakes : [`not a mistake of the configuration: ${String(error)}`]
}

test('nodes of one deployment may start at once', async () => {
  const url = await newControl()
  const nodes = await Promise.all(Array.from({ length: 6 }, () => open(url, 'shared')))
  expect(new Set(nodes.map((node) => node.node_id)).size).toBe(6)
  const counts = await Promise.all(
    nodes.map((node) => node.control.transaction((tx) => tx.selectFrom('kernel.platform').select('id').execute())),
  )
  expect(counts).toEqual(nodes.map(() => [{ id: 1 }]))
})

test('a control database that a newer version has changed is opened only by versions that it was at head for', async () => {
  const url = await newControl()
  await asAdmin(url, (client) => client.query(`insert into kernel.migration (name, sha256) values ('9999_later', '')`))
  await open(url)
  await asAdmin(url, (client) => client.query(`delete from kernel.migration where name like 'head %'`))
  await expect(open(url)).rejects.toThrow(
    /^The control database was brought to head by a newer version of Reeve \(its last migration is 9999_later, this version ends with \d{4}_\w+\): start that version or a later one\.$/,
  )
})

describe('a server that cannot be used is named in a sentence', () => {
  test('when nobody listens', async () => {
    const [mistake, ...more] = await mistakesOf('postgres://reeve:secret@localhost:1/reeve')
    expect(mistake).toMatch(/^The control database cannot be opened: .*ECONNREFUSED.*[.]$/)
    expect(mistake).not.toContain('secret')
    expect(more).toEqual([])
  })

  test('when it refuses the password, or has no such database', async () => {
    expect(await mistakesOf(atUser(inject('admin_url'), 'postgres', 'wrong'))).toEqual([
      expect.stringContaining('password authentication failed'),
    ])
    expect(await mistakesOf(atUser(inject('admin_url'), 'postgres', 'test', 'not_there'))).toEqual([
      expect.stringContaining('"not_there" does not exist'),
    ])
  })

  test('when its role lacks rights', async () => {
    const role = `test_d_${randomBytes(4).toString('hex')}`
    const url = inject('admin_url')
    await asAdmin(url, (client) => client.query(`create role ${role} login password 'test'`))
    clean.push(() => asAdmin(url, (client) => client.query(`drop role ${role}`)))
    expect(await mistakesOf(atUser(url, role, 'test'))).toEqual([
      'The role of DATABASE_URL needs the right to create databases.',
      'The role of DATABASE_URL needs the right to create roles.',
    ])
  })
})

test('a role that may create databases and roles is enough: no superuser is needed', async () => {
  const role = `test_d_${randomBytes(4).toString('hex')}`
  const admin = inject('admin_url')
  await asAdmin(admin, async (client) => {
    await client.query(`create role ${role} login createdb createrole password 'test'`)
    await client.query(`create database ${role} owner ${role} template template0`)
  })
  clean.push(() =>
    asAdmin(admin, async (client) => {
      await client.query(`drop database ${role}_template with (force)`)
      await client.query(`drop database ${role} with (force)`)
      await client.query(`drop role "reeve_c_${role}"`)
      await client.query(`drop role ${role}`)
    }),
  )
  const deployment = await open(atUser(admin, role, 'test', role))
  await deployment.fillSpares()
  const [spare = ''] = await listPlacements(deployment.server, role)
  clean.push(() =>
    asAdmin(admin, async (client) => {
      await client.query(`drop database if exists ${spare} with (force)`)
      await client.query(`drop role if exists ${spare}`)
    }),
  )
  const database = deployment.databases.at({ database_name: spare, role_version: 1 })
  await database.connection((client) => client.query('select from kernel.node_lease'))
  // An abandoned database goes even while somebody is connected to it.
  await deployment.control.transaction((tx) =>
    tx.updateTable('kernel.placement').set({ state: 'dropping' }).where('database_name', '=', spare).execute(),
  )
  await deployment.fillSpares()
  const left = await listPlacements(deployment.server, role)
  expect(left).toHaveLength(1)
  expect(left).not.toContain(spare)
  clean.push(() =>
    asAdmin(admin, async (client) => {
      await client.query(`drop database ${left[0]} with (force)`)
      await client.query(`drop role ${left[0]}`)
    }),
  )
})

test('an organisation takes its role, and nothing else, into its database', async () => {
  const deployment = await open(await newControl())
  await deployment.fillSpares()
  const [spare = ''] = await listPlacements(deployment.server, deployment.control_name)
  const database = deployment.databases.at({ database_name: spare, role_version: 1 })
  const { rows } = await database.connection((client) =>
    client.query(
      'select current_user::text as role, rolsuper, rolcreatedb, rolcreaterole from pg_roles where rolname = current_user',
    ),
  )
  expect(rows).toEqual([{ role: spare, rolsuper: false, rolcreatedb: false, rolcreaterole: false }])
  clean.push(() =>
    asAdmin(inject('admin_url'), async (client) => {
      await client.query(`drop database ${spare} with (force)`)
      await client.query(`drop role ${spare}`)
    }),
  )
})

test('whoever asks for spares while they are being made shares that run', async () => {
  const deployment = await open(await newControl())
  await Promise.all(Array.from({ length: 10 }, () => deployment.fillSpares()))
  const spares = await listPlacements(deployment.server, deployment.control_name)
  expect(spares).toHaveLength(1)
  clean.push(() =>
    asAdmin(inject('admin_url'), async (client) => {
      await client.query(`drop database ${spares[0]} with (force)`)
      await client.query(`drop role ${spares[0]}`)
    }),
  )
})

describe('on a server that wants encryption', () => {
  let url = ''
  let stop: () => Promise<void> = async () => undefined
  beforeAll(async () => {
    const home = join(directory, 'postgres')
    const options = { superuser_password: 'test', log: () => undefined, settings: { fsync: 'off' } }
    const postgres = await startEmbeddedPostgres({ data_directory: home, ...options })
    stop = postgres.stop
    url = postgres.url('postgres')
    const { uid, gid } = statSync(join(home, 'cluster'))
    for (const [from, to] of [
      ['first-certificate.pem', 'server.crt'],
      ['first-key.pem', 'server.key'],
    ] as const) {
      const path = join(home, 'cluster', to)
      copyFileSync(fileURLToPath(new URL(`../test/tls/${from}`, import.meta.url)), path)
      chownSync(path, uid, gid)
      chmodSync(path, 0o600)
    }
    await asAdmin(url, async (client) => {
      await client.query('alter system set ssl = on')
      await client.query('select pg_reload_conf()')
    })
    const isOn = () => asAdmin(url, async (client) => (await client.query<{ ssl: string }>('show ssl')).rows[0]?.ssl)
    await vi.waitUntil(async () => (await isOn()) === 'on')
  })
  afterAll(() => stop())

  test('every connection of a node is encrypted', async () => {
    // Over TCP: nobody encrypts a socket.
    const { href } = Object.assign(new URL(url), { search: '?sslmode=no-verify' })
    const deployment = await open(href)
    await deployment.fillSpares()
    const [spare = ''] = await listPlacements(deployment.server, deployment.control_name)
    await deployment.control.connection((client) => client.query('select 1'))
    await deployment.databases
      .at({ database_name: spare, role_version: 1 })
      .connection((client) => client.query('select 1'))
    const { rows } = await asAdmin(url, (client) =>
      client.query<{ datname: string; ssl: boolean }>(
        `select datname, ssl from pg_stat_activity join pg_stat_ssl using (pid) where application_name = 'reeve'`,
      ),
    )
    expect(rows.map((row) => row.datname).sort()).toEqual(['postgres', spare].sort())
    expect(rows.every((row) => row.ssl)).toBe(true)
  })
})
