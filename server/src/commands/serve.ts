// `reeve serve`: a node in the foreground, drained by SIGTERM or Ctrl-C.

import type { Config } from '../config.ts'
import { ensureSetupToken } from '../identity/setup.ts'
import { createLog } from '../kernel/log.ts'
import { startNode } from '../serve.ts'

/** Serves until a signal asks to stop; prints the address and, while there is no super-admin, the setup token. */
export async function runServe(config: Config): Promise<void> {
  const log = createLog(config.log_level)
  const node = await startNode(config, log)
  const token = await ensureSetupToken(node.deployment.control)
  process.stdout.write(`Reeve serves at ${node.url}\n`)
  if (token !== null) {
    process.stdout.write(`No super-admin exists yet. Set up with this one-time token: ${token}\n`)
  }
  await untilAsked()
  await node.stop()
}

/** Waits for SIGTERM or SIGINT; a second signal ends the process at once. */
export async function untilAsked(): Promise<void> {
  await new Promise<void>((resolve) => {
    const stop = () => {
      for (const signal of ['SIGTERM', 'SIGINT'] as const) {
        process.removeListener(signal, stop)
        process.once(signal, () => process.exit(130))
      }
      resolve()
    }
    process.on('SIGTERM', stop)
    process.on('SIGINT', stop)
  })
}
