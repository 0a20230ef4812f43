// The calls under way on this node, from their first moment to their settlement: a node that stops waits for all of them.

export type RunningCalls = {
  /** Notes a call that the platform can end; the answer is to be called once when it is over, settlement included. */
  readonly begin: (cancel: () => void) => () => void
  /** Ends all of them. */
  readonly cancelAll: () => void
  /** Resolves when none is left. */
  readonly idle: () => Promise<void>
}

/** Opens the list. */
export function createRunningCalls(): RunningCalls {
  const running = new Set<{ readonly cancel: () => void }>()
  const waiting: (() => void)[] = []
  return {
    begin(cancel) {
      const call = { cancel }
      running.add(call)
      return () => {
        running.delete(call)
        if (running.size === 0) for (const wake of waiting.splice(0)) wake()
      }
    },
    cancelAll() {
      for (const call of running) call.cancel()
    },
    idle: () => (running.size === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
  }
}
