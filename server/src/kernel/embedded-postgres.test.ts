import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts'
import { findBinaries, installedBinaries } from './internal/postgres-binaries.ts'
import { prepareHome } from './internal/postgres-home.ts'
import { findPostmaster } from './internal/postmaster.ts'

const PASSWORD = 'p w"ö/@'
const is_root = process.getuid?.() === 0

let scratch: string
const running: EmbeddedPostgres[] = []

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'reeve-embedded-'))
  // Readable to others, as a data directory in the usual place is; the tests that need a closed one make it.
  chmodSync(scratch, 0o755)
})

afterEach(async () => {
  for (const server of running.splice(0).reverse()) await server.stop()
})

afterAll(() => rmSync(scratch, { recursive: true, force: true }))

type StartOptions = { password?: string; settings?: Record<string, string>; lines?: string[] }

async function start(directory: string, options: StartOptions = {}): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({
    data_directory: directory,
    superuser_password: options.password ?? PASSWORD,
    settings: { fsync: 'off', ...options.settings },
    log: (line) => options.lines?.push(line),
  })
  running.push(server)
  return server
}

async function query(server: EmbeddedPostgres, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: server.url('postgres') })
  await client.connect()
  try {
    const result = await client.query<Record<string, unknown>>(sql)
    return result.rows
  } finally {
    await client.end()
  }
}

/** The process id of the server that runs on this directory; fails the test when there is none. */
function postmasterOf(directory: string): number {
  const found = findPostmaster(join(directory, 'cluster'))
  if (found.kind !== 'running') throw new Error(`no server runs in ${directory}`)
  return found.postmaster.pid
}

function isRunning(directory: string): boolean {
  return findPostmaster(join(directory, 'cluster')).kind === 'running'
}

async function until(condition: () => boolean): Promise<void> {
  await expect.poll(condition, { timeout: 10_000, interval: 10 }).toBe(true)
}

describe('a cluster', () => {
  let home: string
  beforeAll(() => {
    home = join(scratch, 'cluster-of-its-own', 'postgres')
  })

  test('answers its superuser through a socket of its own and on loopback, and nobody without the password', async () => {
    const server = await start(home)
    const asked = 'select current_user, inet_server_addr()::text as address'
    expect(await query(server, asked)).toEqual([{ current_user: 'postgres', address: null }])
    const { href } = Object.assign(new URL(server.url('postgres')), { search: '' })
    expect(await query({ ...server, url: () => href }, asked)).toEqual([
      { current_user: 'postgres', address: '127.0.0.1/32' },
    ])
    for (const host of [server.host, home]) {
      const stranger = new pg.Client({ host, port: server.port, user: 'postgres', password: 'guess' })
      await expect(stranger.connect()).rejects.toMatchObject({ code: '28P01' })
    }
  })

  test('lets nobody but its own account near its socket', async () => {
    const server = await start(home)
    const socket = statSync(join(home, `.s.PGSQL.${server.port}`))
    expect(socket.isSocket()).toBe(true)
    expect(socket.mode & 0o777).toBe(0o700)
    expect(statSync(home).mode & 0o777).toBe(0o700)
    expect(socket.uid).toBe(statSync(home).uid)
  })

  test('in a directory whose name is too long for a socket is reached by TCP', async () => {
    const server = await start(join(scratch, 'n'.repeat(100), 'postgres'))
    expect(await query(server, 'select inet_server_addr()::text as address')).toEqual([{ address: '127.0.0.1/32' }])
  })

  test('demands scram-sha-256 of everybody and listens on no other address', async () => {
    const server = await start(home)
    const methods = await query(server, 'select distinct auth_method from pg_hba_file_rules')
    expect(methods).toEqual([{ auth_method: 'scram-sha-256' }])
    const [settings] = await query(
      server,
      `select current_setting('listen_addresses') as addresses, current_setting('max_connections') as connections, current_setting('synchronous_commit') as commits`,
    )
    expect(settings).toEqual({ addresses: '127.0.0.1', connections: '200', commits: 'on' })
  })

  test('orders text by the built-in C.UTF-8', async () => {
    const server = await start(home)
    const sql = 'select datlocprovider, datlocale, pg_encoding_to_char(encoding) as encoding from pg_database'
    const rows = await query(server, `${sql} where datname = 'template1'`)
    expect(rows).toEqual([{ datlocprovider: 'b', datlocale: 'C.UTF-8', encoding: 'UTF8' }])
  })

  test('keeps data and port over a stop', async () => {
    const first = await start(home)
    await query(first, 'create table kept as select 42 as answer')
    await first.stop()
    expect(isRunning(home)).toBe(false)
    const second = await start(home)
    expect(await query(second, 'select answer from kept')).toEqual([{ answer: 42 }])
    expect(second.port).toBe(first.port)
  })

  test('leaves no password and no draft in its directory', async () => {
    await start(home)
    const files = readdirSync(home).filter((name) => !name.startsWith('.s.PGSQL.'))
    expect(files.sort()).toEqual(['cluster', 'owner', 'port', 'postgres.log'])
    expect(statSync(home).mode & 0o777).toBe(0o700)
  })

  test('moves to another port when its own is taken', async () => {
    const first = await start(home)
    await first.stop()
    const squatter = createServer().listen(first.port, '127.0.0.1')
    await once(squatter, 'listening')
    try {
      const second = await start(home)
      expect(second.port).not.toBe(first.port)
      expect(await query(second, 'select 1 as one')).toEqual([{ one: 1 }])
    } finally {
      squatter.close()
    }
  })

  test('that was made with another password is named, and not left running', async () => {
    await expect(start(home, { password: 'another' })).rejects.toThrow(/made with another password/)
    expect(isRunning(home)).toBe(false)
  })

  test('that cannot start says why in one sentence', async () => {
    await expect(start(home, { settings: { shared_buffers: 'much' } })).rejects.toThrow(
      /^PostgreSQL did not start in ".*": .*invalid value for parameter "shared_buffers"/,
    )
  })

  test('of another major version is refused', async () => {
    const other = join(scratch, 'other-version')
    const server = await start(other)
    await server.stop()
    writeFileSync(join(other, 'cluster', 'PG_VERSION'), '17\n')
    await expect(start(other)).rejects.toThrow(/is of PostgreSQL 17, but this Reeve brings 18/)
  })
})

describe('a server that already runs', () => {
  test('is adopted when its process was killed, and stopped by its adopter', async () => {
    const home = join(scratch, 'left-over')
    const killed = await startElsewhereAndKill(home)
    const left_over = postmasterOf(home)
    const lines: string[] = []
    const server = await start(home, { lines })
    expect(postmasterOf(home)).toBe(left_over)
    expect(server.port).toBe(killed.port)
    expect(lines.join('\n')).toContain('adopted')
    await server.stop()
    expect(isRunning(home)).toBe(false)
  })

  test('is only borrowed while the process that owns it lives', async () => {
    const home = join(scratch, 'borrowed')
    const owner = await start(home)
    const guest = await start(home)
    expect(guest.port).toBe(owner.port)
    await guest.stop()
    expect(await query(owner, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  test('is shared by starts that meet on an empty directory', async () => {
    const home = join(scratch, 'raced')
    const servers = await Promise.all([start(home), start(home), start(home)])
    expect(new Set(servers.map((server) => server.port)).size).toBe(1)
    for (const server of servers) await server.stop()
    expect(isRunning(home)).toBe(false)
  })

  test('outlives a Ctrl-C to the group of the process that started it', async () => {
    const home = join(scratch, 'interrupted')
    await startElsewhereAndKill(home, 'SIGINT')
    expect(isRunning(home)).toBe(true)
    await start(home)
  })
})

describe('a process id file', () => {
  test('of a PostgreSQL that Reeve did not start prevents a start', async () => {
    const home = join(scratch, 'foreign')
    await (await start(home)).stop()
    const { uid, gid } = statSync(join(home, 'cluster'))
    const postgres = join(
      findBinaries(prepareHome(home), installedBinaries(), () => {}),
      'bin',
      'postgres',
    )
    const args = ['-D', join(home, 'cluster'), '-c', 'listen_addresses=', '-c', `unix_socket_directories=${home}`]
    const foreign = spawn(postgres, args, { uid, gid, cwd: '/', stdio: 'ignore' })
    const ended = once(foreign, 'exit')
    try {
      await until(() => existsSync(join(home, 'cluster', 'postmaster.pid')))
      await expect(start(home)).rejects.toThrow(/is a PostgreSQL that Reeve did not start/)
    } finally {
      foreign.kill('SIGINT')
      await ended
    }
  })

  test('of a killed server does not prevent a start, and nothing committed is lost', async () => {
    const home = join(scratch, 'killed')
    const first = await start(home, { settings: { fsync: 'on' } })
    await query(first, 'create table kept as select 42 as answer')
    process.kill(postmasterOf(home), 'SIGKILL')
    await until(() => !isRunning(home))
    expect(existsSync(join(home, 'cluster', 'postmaster.pid'))).toBe(true)
    const second = await start(home)
    expect(await query(second, 'select answer from kept')).toEqual([{ answer: 42 }])
  })

  test('that names another living program does not prevent a start', async () => {
    const home = join(scratch, 'reused-id')
    await (await start(home)).stop()
    const { uid, gid } = statSync(join(home, 'cluster'))
    const program = spawn('sleep', ['60'], { uid, gid, stdio: 'ignore' })
    await once(program, 'spawn')
    try {
      writeFileSync(join(home, 'cluster', 'postmaster.pid'), `${program.pid}\n${home}\n0\n0\n`)
      const server = await start(home)
      expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }])
    } finally {
      program.kill('SIGKILL')
    }
  })
})

describe('a directory', () => {
  test('that cannot be made is named in one sentence', async () => {
    const file = join(scratch, 'a-file')
    writeFileSync(file, '')
    await expect(start(join(file, 'postgres'))).rejects.toThrow(/^The directory ".*a-file\/postgres" cannot be made/)
  })

  test('of another user is named in one sentence', async () => {
    const home = join(scratch, 'of-another')
    mkdirSync(home)
    const step_down = is_root ? 'process.setgroups([]); process.setgid(65534); process.setuid(65534)' : ''
    const options = JSON.stringify({ data_directory: is_root ? home : '/', superuser_password: PASSWORD })
    const source = `
      ${step_down}
      await startEmbeddedPostgres({ ...${options}, log() {} }).catch((error) => console.log(error.message))`
    const { line } = await runElsewhere(source)
    expect(line).toMatch(/^The directory ".*" belongs to user 0; start Reeve as that user or name another directory$/)
  })
})

if (is_root)
  describe('as root', () => {
    test('a directory that holds other files is refused and stays as it was', async () => {
      const home = join(scratch, 'others')
      mkdirSync(home, { mode: 0o750 })
      writeFileSync(join(home, 'keyring'), 'secret', { mode: 0o600 })
      await expect(start(home)).rejects.toThrow(/holds other files/)
      expect(statSync(home)).toMatchObject({ uid: 0 })
      expect(statSync(home).mode & 0o777).toBe(0o750)
      expect(readdirSync(home)).toEqual(['keyring'])
    })

    test('the server and its files belong to another user, even below a directory closed to that user', async () => {
      const closed = join(scratch, 'closed')
      mkdirSync(closed, { mode: 0o700 })
      const home = join(closed, 'data', 'postgres')
      const server = await start(home)
      const { uid } = statSync(join(home, 'cluster'))
      expect(uid).not.toBe(0)
      expect(ownerOfProcess(postmasterOf(home))).toBe(uid)
      expect(statSync(closed)).toMatchObject({ uid: 0 })
      expect(statSync(closed).mode & 0o777).toBe(0o700)
      await query(server, 'create database made_later')
      await query(server, 'select pg_reload_conf()')
      await query(server, 'checkpoint')
      await server.stop()
      const again = await start(home)
      expect(await query(again, "select 1 as one from pg_database where datname = 'made_later'")).toEqual([{ one: 1 }])
    })

    test('a directory that another user made is served as that user', async () => {
      const home = join(scratch, 'of-nobody')
      const nobody = Number(execFileSync('id', ['-u', 'nobody'], { encoding: 'utf8' }))
      mkdirSync(home)
      execFileSync('chown', ['nobody', home])
      await start(home)
      expect(ownerOfProcess(postmasterOf(home))).toBe(nobody)
    })

    test('binaries closed to that user are copied once, into its directory or where it can enter', () => {
      const closed = join(scratch, 'closed-checkout')
      mkdirSync(closed, { mode: 0o700 })
      const installed = { directory: join(closed, 'native'), version: `test-${process.pid}` }
      cpSync(installedBinaries().directory, installed.directory, { recursive: true, verbatimSymlinks: true })
      const lines: string[] = []
      const open_home = prepareHome(join(scratch, 'copies'))
      const copy = join(open_home.directory, `postgresql-${installed.version}`)
      expect(findBinaries(open_home, installed, (line) => lines.push(line))).toBe(copy)
      expect(findBinaries(open_home, installed, (line) => lines.push(line))).toBe(copy)
      expect(lines).toHaveLength(1)
      const shared_copy = `/var/cache/reeve/postgresql-${installed.version}`
      try {
        expect(findBinaries(prepareHome(join(closed, 'copies')), installed, () => {})).toBe(shared_copy)
        expect(statSync(shared_copy)).toMatchObject({ uid: 0 })
      } finally {
        rmSync(shared_copy, { recursive: true, force: true })
      }
    })
  })

function ownerOfProcess(pid: number): number {
  if (process.platform === 'linux') return statSync(`/proc/${pid}`).uid
  return Number(execFileSync('ps', ['-o', 'uid=', '-p', String(pid)], { encoding: 'utf8' }))
}

/** Starts a server from another process, then ends that process by a signal to its whole group. */
async function startElsewhereAndKill(home: string, signal: NodeJS.Signals = 'SIGKILL'): Promise<{ port: number }> {
  const options = JSON.stringify({ data_directory: home, superuser_password: PASSWORD, settings: { fsync: 'off' } })
  const { other, line } = await runElsewhere(`
    const { port } = await startEmbeddedPostgres({ ...${options}, log() {} })
    console.log(port)
    setInterval(() => {}, 1000)`)
  const ended = once(other, 'exit')
  if (other.pid === undefined) throw new Error('the other process has no id')
  process.kill(-other.pid, signal)
  await ended
  return { port: Number(line) }
}

/** Runs a module that can call `startEmbeddedPostgres` in a process and group of its own, up to its first line. */
async function runElsewhere(source: string): Promise<{ other: ChildProcess; line: string }> {
  const import_line = `import { startEmbeddedPostgres } from ${JSON.stringify(new URL('embedded-postgres.ts', import.meta.url).href)}`
  const other = spawn(process.execPath, ['--input-type=module', '-e', `${import_line}\n${source}`], {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const line of createInterface({ input: other.stdout })) return { other, line }
  throw new Error('the other process ended without a line')
}
