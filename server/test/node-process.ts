// A node as an operator runs it: a process of its own on the deployment of a test, to be signalled and killed.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

export type NodeProcess = {
  /** Empty for one that only works. */
  readonly url: string
  readonly pid: number
  /** Sends a signal and resolves with the exit code, or null when the signal ended it. */
  readonly end: (signal: 'SIGTERM' | 'SIGKILL') => Promise<number | null>
  /** What it wrote to its log so far. */
  readonly log: () => string
  /** What it told its operator so far. */
  readonly output: () => string
}

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url))

/** Starts `serve` and waits until it says where it listens, or `work` and waits until it says that it does. */
export async function startNodeProcess(
  environment: Readonly<Record<string, string>>,
  args: readonly string[] = ['serve'],
): Promise<NodeProcess> {
  const child: ChildProcess = spawn(process.execPath, [MAIN, ...args], {
    env: { REEVE_LOG_LEVEL: 'trace', PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = { output: '', log: '' }
  child.stderr?.on('data', (part: Buffer) => {
    said.log += part.toString('utf8')
  })
  const exited = once(child, 'exit')
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', (part: Buffer) => {
      said.output += part.toString('utf8')
      const found = /^Reeve (?:serves at (\S+)|works)\n/m.exec(said.output)
      if (found !== null) resolve(found[1] ?? '')
    })
    child.once('exit', () => reject(new Error(`The node did not start: ${said.log}`)))
  })
  return {
    url,
    pid: child.pid ?? 0,
    log: () => said.log,
    output: () => said.output,
    async end(signal) {
      child.kill(signal)
      await exited
      return child.exitCode
    },
  }
}
