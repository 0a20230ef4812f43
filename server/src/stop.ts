// Stopping a node, step by step.

import type { Log } from './kernel/log.ts'

/** Every step is tried, whatever became of those before. */
export async function inOrder(log: Log, steps: readonly (readonly [string, () => Promise<unknown>])[]): Promise<void> {
  for (const [step, run] of steps) {
    try {
      await run()
    } catch (error) {
      log.error({ err: error, step }, 'a step of stopping failed')
    }
  }
}
