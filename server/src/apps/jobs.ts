import type { Job } from '../kernel/job.ts'
import type { Log } from '../kernel/log.ts'
import { type BlockingNeeds, endRunsOfBlocked } from './blocked.ts'

/** Ends the open runs of suspended public apps where that could not be done at once. */
export function blockedAppsJob(needs: BlockingNeeds, log: Log): Job {
  return { name: 'end the runs of suspended apps', every_ms: 15_000, run: () => endRunsOfBlocked(needs, log) }
}
