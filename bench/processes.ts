/**
 * The processes of a run: each is started here, and none outlives it.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'

const started = new Set<ChildProcess>()

export type Started = {
  readonly pid: number
  /** The first line of standard output; refuses when the process ends before or takes too long. */
  readonly firstLine: (timeout_ms: number) => Promise<string>
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

function readFirstLine(child: ChildProcess, timeout_ms: number): Promise<string> {
  return new Promise((resolve, reject) => {
    if (child.stdout === null) throw new Error('its output is not read')
    const timer = setTimeout(() => reject(new Error(`printed nothing within ${timeout_ms} ms`)), timeout_ms)
    child.once('exit', (code) => reject(new Error(`ended with ${code ?? 'a signal'} before it was ready`)))
    createInterface({ input: child.stdout }).once('line', (line) => {
      clearTimeout(timer)
      resolve(line)
    })
  })
}

/**
 * Starts a process. `speaks` ones are read on standard output; the others' output is dropped, as a peer's chatter is no
 * part of the table. With `follows` the child has a channel that closes when this process dies, however it dies.
 */
export function startProcess(
  command: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly speaks?: boolean; readonly follows?: boolean } = {},
): Started {
  const child = spawn(command, args, {
    cwd: options.cwd,
    stdio: ['ignore', options.speaks ? 'pipe' : 'ignore', 'inherit', ...(options.follows ? (['ipc'] as const) : [])],
  })
  if (child.pid === undefined) throw new Error(`${command} could not be started`)
  started.add(child)
  child.once('exit', () => started.delete(child))
  return {
    pid: child.pid,
    firstLine: (timeout_ms) => readFirstLine(child, timeout_ms),
    stop: (timeout_ms = 5000) => stopChild(child, timeout_ms),
  }
}

/** Ends every process that still runs. */
export async function stopAll(): Promise<void> {
  await Promise.all([...started].map((child) => stopChild(child, 10_000)))
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
