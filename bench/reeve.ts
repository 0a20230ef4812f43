/**
 * Reeve as an operator runs it: nodes of `reeve serve` over one PostgreSQL with its usual settings, in front of the run's
 * upstream. Its world is made through the public API: organisations that pay ahead, so that every call is admitted against
 * a wallet, held there, charged and logged.
 */
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createDemo, type Demo } from '../server/src/commands/demo-world.ts'
import { defaultConnections } from '../server/src/config.ts'
import { startEmbeddedPostgres } from '../server/src/kernel/embedded-postgres.ts'
import { asAdmin } from '../server/src/kernel/placement.ts'
import { cookieOf, createClient, type ReeveClient } from '../server/test/client.ts'
import { type Gateway, parseAddress } from './gateway.ts'
import { findParent, findProcesses } from './measure.ts'
import { onceAtEnd, startProcess } from './processes.ts'

export type Deployment = {
  /** The nodes, each a way into the same organisations. */
  readonly nodes: readonly Gateway[]
  readonly organisation_ids: readonly string[]
  /** Such as `fsync on, synchronous_commit on`, as the server says. */
  readonly durability: string
  readonly addCredit: (organisation_id: string, amount_micros: number) => Promise<void>
  readonly databaseUrlOf: (organisation_id: string) => string
  readonly stop: () => Promise<void>
}

export type DeploymentWish = { readonly nodes: number; readonly organisations: number }

export const CONTROL_DATABASE = 'reeve'

/** Creating organisations is not part of it. */
const START_TIMEOUT_MS = 60_000

/** A drain may take 30 s. */
const STOP_TIMEOUT_MS = 45_000

/** For the benchmark's own questions. */
const SPARE_CONNECTIONS = 40

type Database = {
  readonly url: (name: string) => string
  readonly durability: string
  readonly listPids: () => readonly number[]
  readonly stop: () => Promise<void>
}

/** PostgreSQL as `npm start` brings it, on the disk of the checkout: a folder in memory would make every commit free. */
export async function startDatabase(folder: string, nodes: number): Promise<Database> {
  const postgres = await startEmbeddedPostgres({
    data_directory: folder,
    superuser_password: randomBytes(16).toString('hex'),
    log: () => undefined,
    settings: { max_connections: String(nodes * defaultConnections(true, 1) + SPARE_CONNECTIONS) },
  })
  const stop = onceAtEnd(postgres.stop)
  const { pid, durability } = await asAdmin(postgres.url('postgres'), async (client) => {
    await client.query(`create database ${CONTROL_DATABASE}`)
    const { rows } = await client.query<{ pid: number; fsync: string; commit: string }>(
      "select pg_backend_pid() as pid, current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit",
    )
    const [row] = rows
    if (row === undefined) throw new Error('PostgreSQL says nothing of itself')
    return { pid: findParent(row.pid), durability: `fsync ${row.fsync}, synchronous_commit ${row.commit}` }
  })
  const listPids = () => (pid === undefined ? [] : findProcesses(pid).database)
  return { url: postgres.url, durability, listPids, stop }
}

type Node = { readonly url: string; readonly token: string; readonly pid: number; readonly stop: () => Promise<void> }

/** Starts one node; the first of a deployment prints a second line with the token that sets it up. */
async function startNode(root: string, folder: string, database_url: string, isFirst: boolean): Promise<Node> {
  // With the flags that the bootstrap gives every verb, this one's too.
  const node = startProcess(process.execPath, [...process.execArgv, join(root, 'server/src/main.ts'), 'serve'], {
    cwd: folder,
    speaks: true,
    log_path: join(folder, 'reeve.log'),
    env: {
      REEVE_DATA: folder,
      DATABASE_URL: database_url,
      // As many as it would have if it had started the database itself.
      REEVE_DB_CONNECTIONS: String(defaultConnections(true, 1)),
      PORT: '0',
      REEVE_ALLOW_PRIVATE_PROVIDERS: 'true',
    },
  })
  const [address = '', token = ''] = await node.firstLines(isFirst ? 2 : 1, START_TIMEOUT_MS)
  const lastWord = (line: string) => line.slice(line.lastIndexOf(' ') + 1)
  return { url: lastWord(address), token: lastWord(token), pid: node.pid, stop: () => node.stop(STOP_TIMEOUT_MS) }
}

/** Posts credit as the super-admin; the organisation is billed from its wallet from then on. */
async function addCredit(client: ReeveClient, cookie: string, organisation_id: string, amount_micros: number) {
  const base = `/api/platform/organisations/${organisation_id}`
  const as = { cookie }
  await client.call('PUT', `${base}/billing-mode`, { as, body: { billing_mode: 'wallet' } })
  await client.call('POST', `${base}/wallet/top-ups`, { as, body: { amount_micros, reason: 'Benchmark credit' } })
}

async function readDatabaseNames(control_url: string): Promise<ReadonlyMap<string, string>> {
  const { rows } = await asAdmin(control_url, (client) =>
    client.query<{ organisation_id: string; database_name: string }>(
      'select organisation_id, database_name from kernel.placement where organisation_id is not null',
    ),
  )
  return new Map(rows.map((row) => [row.organisation_id, row.database_name]))
}

function openGateway(node: Node, database: Database, demo: Demo, databaseUrlOf: (id: string) => string): Gateway {
  return {
    name: 'reeve',
    address: parseAddress(node.url),
    entrances: demo.organisations.map(({ id, api_key, model }) => ({
      path: '/v1/chat/completions',
      headers: { authorization: `Bearer ${api_key}` },
      model,
      database_url: databaseUrlOf(id),
    })),
    listProcesses: () => ({ gateway: findProcesses(node.pid).gateway, database: database.listPids() }),
    stop: node.stop,
  }
}

/** Starts a deployment whose data lie in a folder of its own below `parent` and go with it. */
export async function startDeployment(
  root: string,
  parent: string,
  upstream_url: string,
  wish: DeploymentWish,
): Promise<Deployment> {
  mkdirSync(parent, { recursive: true })
  const folder = mkdtempSync(join(parent, 'reeve-'))
  const removeFolder = onceAtEnd(async () => rmSync(folder, { recursive: true, force: true }))
  const database = await startDatabase(join(folder, 'postgres'), wish.nodes)
  const control_url = database.url(CONTROL_DATABASE)
  const first = await startNode(root, folder, control_url, true)
  const client = createClient(first.url)
  const demo = await createDemo(client, {
    setup_token: first.token,
    provider_url: upstream_url,
    organisations: wish.organisations,
  })
  const nodes = [first]
  while (nodes.length < wish.nodes) nodes.push(await startNode(root, folder, control_url, false))
  const session = await client.call('POST', '/api/sessions', { body: demo.superadmin })
  const cookie = cookieOf(session.headers)
  const names = await readDatabaseNames(control_url)
  const databaseUrlOf = (organisation_id: string) => database.url(names.get(organisation_id) ?? '')
  return {
    nodes: nodes.map((node) => openGateway(node, database, demo, databaseUrlOf)),
    organisation_ids: demo.organisations.map(({ id }) => id),
    durability: database.durability,
    addCredit: (organisation_id, amount_micros) => addCredit(client, cookie, organisation_id, amount_micros),
    databaseUrlOf,
    stop: async () => {
      await Promise.all(nodes.map((node) => node.stop()))
      await database.stop()
      await removeFolder()
    },
  }
}
