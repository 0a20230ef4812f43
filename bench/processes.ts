/**
 * The processes of a run: each is started here, and none outlives it.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { openSync } from 'node:fs'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'

const started = new Set<ChildProcess>()
const cleanups = new Set<() => Promise<void>>()

export type Started = {
  readonly pid: number
  /** The first lines of standard output; refuses when the process ends before or takes too long. */
  readonly firstLines: (count: number, timeout_ms: number) => Promise<readonly string[]>
  /** Ends the process and waits for it: a polite signal first, then not. */
  readonly stop: (timeout_ms?: number) => Promise<void>
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}

async function stopChild(child: ChildProcess, timeout_ms: number): Promise<void> {
  if (hasEnded(child)) return
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), timeout_ms)
  await ended
  clearTimeout(timer)
}

function readFirstLines(child: ChildProcess, count: number, timeout_ms: number): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    if (child.stdout === null) throw new Error('its output is not read')
    const lines: string[] = []
    const timer = setTimeout(() => reject(new Error(`was not ready within ${timeout_ms} ms`)), timeout_ms)
    child.once('exit', (code) => reject(new Error(`ended with ${code ?? 'a signal'} before it was ready`)))
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (lines.length < count && lines.push(line) === count) {
        clearTimeout(timer)
        resolve(lines)
      }
    })
  })
}

export type StartOptions = {
  readonly cwd?: string
  /** Its whole environment; this process's by default. */
  readonly env?: Readonly<Record<string, string>>
  /** Standard output is read; it is dropped otherwise, as a peer's chatter is no part of the table. */
  readonly speaks?: boolean
  /** It has a channel that closes when this process dies, however it dies. */
  readonly follows?: boolean
  /** Where its standard error goes instead of this process's. */
  readonly log_path?: string
}

export function startProcess(command: string, args: readonly string[], options: StartOptions = {}): Started {
  const { cwd, env, speaks, follows, log_path } = options
  const errors = log_path === undefined ? 'inherit' : openSync(log_path, 'a')
  const child = spawn(command, args, {
    cwd,
    env,
    stdio: ['ignore', speaks ? 'pipe' : 'ignore', errors, ...(follows ? (['ipc'] as const) : [])],
  })
  if (child.pid === undefined) throw new Error(`${command} could not be started`)
  started.add(child)
  child.once('exit', () => started.delete(child))
  return {
    pid: child.pid,
    firstLines: (count, timeout_ms) => readFirstLines(child, count, timeout_ms),
    stop: (timeout_ms = 5000) => stopChild(child, timeout_ms),
  }
}

/** Has `cleanup` run by `stopAll`, after the processes; returns a function that runs it now instead. */
export function onceAtEnd(cleanup: () => Promise<void>): () => Promise<void> {
  cleanups.add(cleanup)
  return async () => {
    if (cleanups.delete(cleanup)) await cleanup()
  }
}

/** Ends every process that still runs and cleans up behind them, what came last first. */
export async function stopAll(): Promise<void> {
  await Promise.all([...started].map((child) => stopChild(child, 10_000)))
  for (const cleanup of [...cleanups].reverse()) await cleanup()
  cleanups.clear()
}

/** Runs a command to its end and refuses with its output when it fails. */
export function runToEnd(command: string, args: readonly string[], cwd?: string): void {
  const run = spawnSync(command, args, { cwd, encoding: 'utf8', timeout: 300_000 })
  if (run.status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${run.stderr || String(run.error)}`)
}

/** Whether the command exists and answers. */
export function canRun(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0
}

/** What a short command prints, on either stream. */
export function readOutput(command: string, args: readonly string[]): string {
  const run = spawnSync(command, args, { encoding: 'utf8' })
  return `${run.stdout}${run.stderr}`.trim()
}

/** A port of the loopback that was free a moment ago. */
export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      if (address === null || typeof address === 'string') reject(new Error('no port was given'))
      else server.close(() => resolve(address.port))
    })
  })
}
