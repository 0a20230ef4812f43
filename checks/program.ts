// Runs the tools of the check and keeps what they say until somebody wants to read it.

import { type ChildProcess, spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))

/** A tool that takes longer hangs. All of the check has 25 minutes, and what hung must still be told. */
const LONGEST_RUN_MS = 23 * 60_000

export type ProgramResult = { readonly succeeded: boolean; readonly output: string }

const children = new Set<ChildProcess>()

/**
 * Runs a script of `node_modules` or of ours by this very Node, with no stdin. `live` lets its output through at once
 * instead of keeping it.
 */
export async function runProgram(
  script: string,
  args: readonly string[],
  options: { readonly live?: boolean } = {},
): Promise<ProgramResult> {
  const child = spawn(process.execPath, [join(ROOT, script), ...args], {
    cwd: ROOT,
    env: { ...process.env, NO_COLOR: '1' },
    stdio: ['ignore', options.live === true ? 'inherit' : 'pipe', options.live === true ? 'inherit' : 'pipe'],
    timeout: LONGEST_RUN_MS,
  })
  children.add(child)
  const chunks: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => chunks.push(chunk))
  return await new Promise((resolve) => {
    const settle = (succeeded: boolean, note: string): void => {
      children.delete(child)
      resolve({ succeeded, output: `${Buffer.concat(chunks).toString('utf8').trimEnd()}${note}`.trim() })
    }
    child.once('error', (error) => settle(false, `\n${script} did not start: ${error.message}`))
    child.once('close', (code, signal) =>
      settle(code === 0, signal === null ? '' : `\n${script} was ended by ${signal}`),
    )
  })
}

/** Lets a SIGTERM to the check end the tool that runs, too. A Ctrl-C reaches it by itself. */
export function stopProgramsOnSignal(): void {
  process.once('SIGTERM', () => {
    for (const child of children) child.kill('SIGTERM')
    process.exit(143)
  })
}
