// A node as an operator runs it: a process of its own on the deployment of a test, to be signalled and killed.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export type NodeProcess = {
  readonly url: string
  /** Sends a signal and resolves with the exit code, or null when the signal ended it. */
  readonly end: (signal: 'SIGTERM' | 'SIGKILL') => Promise<number | null>
  /** What it wrote to its log so far. */
  readonly log: () => string
}

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url))

/** Starts `serve` and waits until it says where it listens. */
export async function startNodeProcess(environment: Readonly<Record<string, string>>): Promise<NodeProcess> {
  const child: ChildProcess = spawn(process.execPath, [MAIN, 'serve'], {
    env: { REEVE_LOG_LEVEL: 'trace', PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let log = ''
  child.stderr?.on('data', (part: Buffer) => {
    log += part.toString('utf8')
  })
  const exited = once(child, 'exit')
  if (child.stdout === null) throw new Error('The node has no standard output')
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /^Reeve serves at (\S+)/.exec(line)?.[1]
    if (url === undefined) continue
    return {
      url,
      log: () => log,
      async end(signal) {
        child.kill(signal)
        await exited
        return child.exitCode
      },
    }
  }
  throw new Error(`The node did not start: ${log}`)
}
