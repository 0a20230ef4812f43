// One of several processes that serve on one machine (REEVE_PROCESSES), started by the one that keeps them. Each is a
// node of its own, with its own lease and lanes; the first does the common work too.

import cluster from 'node:cluster'
import type { Config } from '../config.ts'
import { ensureSetupToken } from '../identity/setup.ts'
import type { Log } from '../kernel/log.ts'
import { startNode } from '../serve.ts'
import { FIRST, NO_WORK, type Ready } from './ready.ts'

/** Serves until asked to stop, and tells the keeper when it is ready. */
export async function serveBeside(config: Config, log: Log, asked: Promise<void>): Promise<void> {
  const isFirst = process.argv.includes(FIRST)
  try {
    const node = await startNode(config, log, {
      part: isFirst ? 'whole' : 'beside',
      works: !process.argv.includes(NO_WORK),
    })
    // A token takes the place of the one before, so a process that stands in for a dead one makes none.
    const isFirstStart = cluster.worker?.id === 1
    const setup_token = isFirstStart ? await ensureSetupToken(node.deployment.control) : null
    process.send?.({ url: node.url, setup_token } satisfies Ready)
    await asked
    await node.stop()
  } finally {
    // The channel to the keeper would keep this process alive.
    cluster.worker?.disconnect()
  }
}
