// The PostgreSQL that Reeve brings along: one server on loopback, for installations that name no server of their own.
//
// The server is not a child in spirit: it runs in a session of its own, so that a Ctrl-C to the group does not stop it
// under a node that still drains, and it survives a killed node. The next start adopts it.

import { spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import {
  chownSync,
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { findBinaries, installedBinaries } from './internal/postgres-binaries.ts'
import { type Home, openEntrance, prepareHome, reasonOf } from './internal/postgres-home.ts'
import { lastLines, logPath, logSize, readLog, rotateLog } from './internal/postgres-log.ts'
import { adoptOwnership, dropOwnership, takeOwnership } from './internal/postgres-owner.ts'
import { clusterMarker, findPostmaster, isAlive, isServer, type Postmaster } from './internal/postmaster.ts'

const HOST = '127.0.0.1'
const SUPERUSER = 'postgres'
const MAJOR = '18'
const POLL_MS = 20
const ATTEMPTS = 10
/** Crash recovery of 600 databases took 26 s; a far larger one may still be at work, so this is generous. */
const READY_WITHIN_MS = 600_000
/** A fast shutdown writes a checkpoint: 15 s at 600 databases. After it, SIGQUIT stops at once and recovers at start. */
const FAST_STOP_MS = 60_000
const IMMEDIATE_STOP_MS = 10_000

/**
 * Durability is PostgreSQL's default (`fsync`, `synchronous_commit` on). The server's log tells the server's own life
 * only: statements, values and client errors belong to organisations and must not lie in a plain file.
 */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: HOST,
  unix_socket_permissions: '0700',
  password_encryption: 'scram-sha-256',
  max_connections: '200',
  shared_buffers: '256MB',
  max_wal_size: '4GB',
  idle_in_transaction_session_timeout: '60s',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
  // One sync of the file system instead of one per file: matters after a crash with many databases. Linux only.
  ...(process.platform === 'linux' ? { recovery_init_sync_method: 'syncfs' } : {}),
}

export type EmbeddedPostgres = {
  readonly host: string
  readonly port: number
  /**
   * A connection string for the superuser; contains the password. It leads through the socket in the data directory where
   * there is one, which costs less than TCP, and names the TCP address besides.
   */
  readonly url: (database: string) => string
  /**
   * A fast shutdown that returns when the server is gone. Does nothing when another live Reeve process started or adopted
   * the server: it is that one's to stop.
   */
  readonly stop: () => Promise<void>
}

export type EmbeddedPostgresOptions = {
  /** A directory for PostgreSQL alone. As root it is given to the user PostgreSQL runs as. */
  readonly data_directory: string
  readonly superuser_password: string
  readonly log: (line: string) => void
  /** Server settings over the usual ones, such as `{ fsync: 'off' }` in tests; an adopted server keeps what it has. */
  readonly settings?: Readonly<Record<string, string>>
}

/**
 * Starts the cluster in `data_directory`, making it first if there is none, or adopts the server that already runs on it.
 * When it returns, the superuser has logged in once. Listens on 127.0.0.1 and on a socket that only its own account and
 * root can reach, with scram-sha-256 for everybody; the port of the last start is taken again when it is free. Throws one sentence when it cannot, with the end of the server's log.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  requirePassword(options.superuser_password)
  const home = prepareHome(options.data_directory)
  const binaries = findBinaries(home, installedBinaries(), options.log)
  makeCluster(home, binaries, options)
  const marker = clusterMarker(home.cluster)
  rotateLog(home)
  const { postmaster, is_owner } = await launchOrAdopt(home, binaries, options)
  const port = postmaster.port
  if (port === undefined) throw new Error(`PostgreSQL in "${home.directory}" is ready but names no port`)
  // An adopted server of an earlier version has no socket.
  const through = existsSync(socketPath(home, port)) ? `?host=${encodeURIComponent(home.directory)}` : ''
  const url = (database: string): string =>
    `postgresql://${SUPERUSER}:${encodeURIComponent(options.superuser_password)}@${HOST}:${port}/${encodeURIComponent(database)}${through}`
  const stop = async (): Promise<void> => {
    if (!is_owner) return
    await stopPostmaster(postmaster.pid, marker)
    dropOwnership(home)
    options.log('PostgreSQL stopped')
  }
  try {
    await logIn(url('postgres'))
  } catch (error) {
    await stop()
    const hint =
      error instanceof pg.DatabaseError && error.code === '28P01' ? '; it was made with another password' : ''
    throw new Error(`PostgreSQL in "${home.directory}" refuses Reeve's login (${reasonOf(error)})${hint}`, {
      cause: error,
    })
  }
  return Object.freeze({ host: HOST, port, url, stop })
}

function requirePassword(password: string): void {
  if (!/^[^\r\n]+$/.test(password)) throw new Error('The password of the embedded PostgreSQL must be one line')
}

/** Makes the cluster beside its place and moves it there when complete: a killed `initdb` leaves nothing half-made. */
function makeCluster(home: Home, binaries: string, options: EmbeddedPostgresOptions): void {
  sweepDrafts(home)
  const version_file = join(home.cluster, 'PG_VERSION')
  if (existsSync(version_file)) {
    const found = readFileSync(version_file, 'utf8').trim()
    if (found === MAJOR) return
    throw new Error(`The data in "${home.directory}" is of PostgreSQL ${found}, but this Reeve brings ${MAJOR}`)
  }
  const suffix = `new-${process.pid}-${randomBytes(4).toString('hex')}`
  const password_file = join(home.directory, `password.${suffix}`)
  const draft = join(home.directory, `cluster.${suffix}`)
  const entrance = openEntrance(home)
  try {
    options.log(`making a PostgreSQL cluster in ${home.directory}`)
    writeFileSync(password_file, `${options.superuser_password}\n`, { mode: 0o600, flag: 'wx' })
    if (home.account !== undefined) chownSync(password_file, home.account.uid, home.account.gid)
    runInitdb(home, join(binaries, 'bin', 'initdb'), entrance.descriptors, [
      `--pgdata=${entrance.path(`cluster.${suffix}`)}`,
      `--pwfile=${entrance.path(`password.${suffix}`)}`,
      ...(options.settings?.['fsync'] === 'off' ? ['--no-sync'] : []),
    ])
    moveIntoPlace(draft, home.cluster)
  } finally {
    entrance.descriptors.forEach(closeSync)
    rmSync(password_file, { force: true })
    rmSync(draft, { recursive: true, force: true })
  }
}

function runInitdb(home: Home, initdb: string, descriptors: readonly number[], more: readonly string[]): void {
  const fixed = [`--username=${SUPERUSER}`, '--auth=scram-sha-256', '--encoding=UTF8', '--locale-provider=builtin']
  // macOS has no C.UTF-8 of its own; PostgreSQL's built-in one decides order and case everywhere.
  const locale = ['--builtin-locale=C.UTF-8', process.platform === 'darwin' ? '--locale=C' : '--locale=C.UTF-8']
  const done = spawnSync(initdb, [...fixed, ...locale, ...more], {
    ...home.account,
    cwd: '/',
    env: { LC_ALL: 'C' },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe', ...descriptors],
    timeout: 120_000,
  })
  if (done.status === 0) return
  const reason = done.error === undefined ? lastLines(done.stderr) : reasonOf(done.error)
  throw new Error(`PostgreSQL's initdb failed in "${home.directory}": ${reason}`)
}

/** Another start may have made the cluster meanwhile; then this one is not needed. */
function moveIntoPlace(draft: string, cluster: string): void {
  try {
    renameSync(draft, cluster)
  } catch (error) {
    if (!existsSync(join(cluster, 'PG_VERSION'))) throw error
  }
}

/** Removes what killed starts left: half-made clusters and password files of processes that are gone. */
function sweepDrafts(home: Home): void {
  for (const name of readdirSync(home.directory)) {
    const maker = /\.new-(\d+)(-|$)/.exec(name)?.[1]
    if (maker !== undefined && !isAlive(Number(maker))) {
      rmSync(join(home.directory, name), { recursive: true, force: true })
    }
  }
}

type Launched = { readonly postmaster: Postmaster; readonly is_owner: boolean }

async function launchOrAdopt(home: Home, binaries: string, options: EmbeddedPostgresOptions): Promise<Launched> {
  for (let attempt = 1; ; attempt += 1) {
    const found = findPostmaster(home.cluster)
    if (found.kind === 'running') {
      const postmaster = await awaitReady(home, found.postmaster.pid, options.log)
      if (postmaster === undefined) continue
      options.log(`adopted the PostgreSQL that already runs in ${home.directory} (process ${postmaster.pid})`)
      return { postmaster, is_owner: adoptOwnership(home) }
    }
    const logged_bytes = logSize(home)
    const port = await choosePort(home, attempt)
    const settings = { ...SETTINGS, ...options.settings, port: String(port) }
    const pid = await spawnPostmaster(home, binaries, settings, found.kind === 'stale' ? found.pid : undefined)
    const postmaster = await awaitReady(home, pid, options.log)
    if (postmaster !== undefined) {
      takeOwnership(home)
      writeFileSync(portPath(home), `${port}\n`, { mode: 0o600 })
      options.log(`PostgreSQL listens on ${HOST}:${port} (process ${pid})`)
      return { postmaster, is_owner: true }
    }
    const said = readLog(home, logged_bytes)
    if (attempt >= ATTEMPTS || !canPass(said)) {
      throw new Error(`PostgreSQL did not start in "${home.directory}": ${lastLines(said)}`)
    }
    await pause(attempt * POLL_MS)
  }
}

/** Causes another attempt can outlive: the port was taken, another start was faster, killed backends are still ending. */
function canPass(said: string): boolean {
  return /Address already in use|lock file "postmaster\.pid"|pre-existing shared memory block/.test(said)
}

async function spawnPostmaster(
  home: Home,
  binaries: string,
  settings: Readonly<Record<string, string>>,
  ignored_pid: number | undefined,
): Promise<number> {
  const log_file = openSync(logPath(home), 'a', 0o600)
  const entrance = openEntrance(home)
  const fixed = {
    cluster_name: clusterMarker(home.cluster),
    unix_socket_directories: hasRoomForSocket(home) ? dirname(entrance.path('cluster')) : '',
  }
  const named = Object.entries({ ...settings, ...fixed })
  try {
    const postgres = join(binaries, 'bin', 'postgres')
    const server = spawn(
      postgres,
      ['-D', entrance.path('cluster'), ...named.flatMap(([k, v]) => ['-c', `${k}=${v}`])],
      {
        ...home.account,
        cwd: '/',
        detached: true,
        // PostgreSQL does not start while the process its pid file names exists, even as a zombie or another program.
        // Naming that process as a grandparent lifts this one check; orphaned backends still prevent the start.
        env: { LC_ALL: 'C', ...(ignored_pid === undefined ? {} : { PG_GRANDPARENT_PID: String(ignored_pid) }) },
        stdio: ['ignore', log_file, log_file, ...entrance.descriptors],
      },
    )
    server.unref()
    await once(server, 'spawn')
    if (server.pid === undefined) throw new Error(`"${postgres}" has started without a process id`)
    return server.pid
  } finally {
    closeSync(log_file)
    entrance.descriptors.forEach(closeSync)
  }
}

/** Waits until the server of this process id takes connections; undefined if it ends before that. */
async function awaitReady(home: Home, pid: number, log: (line: string) => void): Promise<Postmaster | undefined> {
  const marker = clusterMarker(home.cluster)
  const started_ms = performance.now()
  let told_ms = started_ms
  while (performance.now() - started_ms < READY_WITHIN_MS) {
    const found = findPostmaster(home.cluster)
    if (found.kind === 'running' && found.postmaster.pid === pid && found.postmaster.is_ready) return found.postmaster
    if (!isServer(pid, marker)) return undefined
    if (performance.now() - told_ms > 10_000) {
      told_ms = performance.now()
      log(`PostgreSQL has been starting for ${Math.round((told_ms - started_ms) / 1000)} s; see ${logPath(home)}`)
    }
    await pause(POLL_MS)
  }
  throw new Error(`PostgreSQL in "${home.directory}" was not ready after ${READY_WITHIN_MS / 1000} s`)
}

async function logIn(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  await client.connect()
  await client.end()
}

async function stopPostmaster(pid: number, marker: string): Promise<void> {
  const steps = [
    { signal: 'SIGINT', within_ms: FAST_STOP_MS },
    { signal: 'SIGQUIT', within_ms: IMMEDIATE_STOP_MS },
  ] as const
  for (const { signal, within_ms } of steps) {
    if (!isServer(pid, marker)) return
    process.kill(pid, signal)
    const sent_ms = performance.now()
    while (performance.now() - sent_ms < within_ms) {
      if (!isServer(pid, marker)) return
      await pause(POLL_MS)
    }
  }
  throw new Error(`PostgreSQL (process ${pid}) has not stopped`)
}

/** The port of the last start if it is free, so that addresses in notes and tools stay true; else any free one. */
async function choosePort(home: Home, attempt: number): Promise<number> {
  const kept = attempt === 1 && existsSync(portPath(home)) ? Number(readFileSync(portPath(home), 'utf8')) : 0
  const wanted = Number.isSafeInteger(kept) && kept > 0 && kept < 65_536 ? kept : 0
  return (await tryPort(wanted)) ?? (await tryPort(0)) ?? 0
}

async function tryPort(port: number): Promise<number | undefined> {
  const probe = createServer()
  try {
    probe.listen(port, HOST)
    await once(probe, 'listening')
    const address = probe.address()
    return typeof address === 'object' && address !== null ? address.port : undefined
  } catch {
    return undefined
  } finally {
    probe.close()
  }
}

function portPath(home: Home): string {
  return join(home.directory, 'port')
}

/** As PostgreSQL names it. */
function socketPath(home: Home, port: number): string {
  return join(home.directory, `.s.PGSQL.${port}`)
}

/** The address of a socket has 104 bytes on macOS and 108 on Linux, and in a list of directories some characters mean more. */
function hasRoomForSocket(home: Home): boolean {
  return Buffer.byteLength(socketPath(home, 65_535)) < 104 && !/[",]/.test(home.directory)
}
