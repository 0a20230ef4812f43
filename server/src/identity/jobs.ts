import type { ControlDatabase } from '../kernel/database.ts'
import type { Job } from '../kernel/job.ts'
import { removeForgotten } from './back-off.ts'

/** What identity does by itself. */
export function identityJobs(control: ControlDatabase): readonly Job[] {
  return [
    {
      name: 'forget old sign-in failures',
      every_ms: 3_600_000,
      run: async () => void (await control.transaction(removeForgotten)),
    },
  ]
}
