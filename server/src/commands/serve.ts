// `reeve serve`: a node in the foreground, drained by SIGTERM or Ctrl-C.

import cluster from 'node:cluster'
import type { Config } from '../config.ts'
import { createLog } from '../kernel/log.ts'
import { NO_WORK, printReady } from './ready.ts'

/**
 * Serves until a signal asks to stop; prints the address and, while there is no super-admin, the setup token. With
 * `--no-work` runs and common work are left to nodes that `reeve work`.
 */
export async function runServe(config: Config, args: readonly string[]): Promise<void> {
  const log = createLog(config.log_level)
  // Listened for from the beginning: a node that is asked to stop while it starts must not leave its PostgreSQL behind.
  const asked = untilAsked()
  // Either way only what is needed is loaded: the process that keeps the others serves nothing.
  if (cluster.isWorker) return (await import('./serve-beside.ts')).serveBeside(config, log, asked)
  if (config.processes > 1) return (await import('./keep-processes.ts')).keepProcesses(config, log, asked)
  const { startNode } = await import('../serve.ts')
  const node = await startNode(config, log, { part: 'whole', works: !args.includes(NO_WORK) })
  const { ensureSetupToken } = await import('../identity/setup.ts')
  printReady({ url: node.url, setup_token: await ensureSetupToken(node.deployment.control) })
  await asked
  await node.stop()
}

/** One request to stop may arrive more than once: a group is signalled, and a parent passes its own signal on. */
const SAME_SIGNAL_MS = 2000

/** Waits for SIGTERM or SIGINT; another one, more than 2 s later, ends the process at once. */
export async function untilAsked(): Promise<void> {
  await new Promise<void>((resolve) => {
    let first_ms: number | null = null
    const onSignal = () => {
      const now = performance.now()
      first_ms ??= now
      if (now - first_ms > SAME_SIGNAL_MS) process.exit(130)
      resolve()
    }
    process.on('SIGTERM', onSignal)
    process.on('SIGINT', onSignal)
  })
}
