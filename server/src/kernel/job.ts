// Work that a node does by itself, again and again. Every node runs every job, so each must be safe to run on several at
// once; hints may make one run earlier, but its own rhythm alone is enough.

import type { Log } from './log.ts'

export type Job = {
  readonly name: string
  readonly every_ms: number
  /** The signal is aborted when the node stops; what is under way then is waited for. */
  readonly run: (stopping: AbortSignal) => Promise<void>
}

export type RunningJobs = {
  /** Starts no further run and waits for those under way. */
  readonly stop: () => Promise<void>
}

/** Runs jobs until stopped. A run that fails is logged and tried again in its rhythm; it never ends the process. */
export function startJobs(jobs: readonly Job[], log: Log): RunningJobs {
  const stopping = new AbortController()
  const loops = jobs.map(async (job) => {
    while (!stopping.signal.aborted) {
      try {
        await job.run(stopping.signal)
      } catch (error) {
        log.warn({ err: error, job: job.name }, 'a job failed and will be tried again')
      }
      await pause(job.every_ms, stopping.signal)
    }
  })
  return {
    async stop() {
      stopping.abort()
      await Promise.all(loops)
    },
  }
}

/** Waits, or returns early when aborted. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const wake = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', wake)
      resolve()
    }
    const timer = setTimeout(wake, ms)
    timer.unref()
    signal.addEventListener('abort', wake, { once: true })
  })
}
