// `reeve serve`: a node in the foreground, drained by SIGTERM or Ctrl-C.

import type { Config } from '../config.ts'
import { ensureSetupToken } from '../identity/setup.ts'
import { createLog } from '../kernel/log.ts'
import { startNode } from '../serve.ts'

/** Serves until a signal asks to stop; prints the address and, while there is no super-admin, the setup token. */
export async function runServe(config: Config): Promise<void> {
  const log = createLog(config.log_level)
  // Listened for from the beginning: a node that is asked to stop while it starts must not leave its PostgreSQL behind.
  const asked = untilAsked()
  const node = await startNode(config, log)
  const token = await ensureSetupToken(node.deployment.control)
  process.stdout.write(`Reeve serves at ${node.url}\n`)
  if (token !== null) {
    process.stdout.write(`No super-admin exists yet. Set up with this one-time token: ${token}\n`)
  }
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
