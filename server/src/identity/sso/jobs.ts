import type { ControlDatabase } from '../../kernel/database.ts'
import type { Job } from '../../kernel/job.ts'
import { removeExpired } from './attempt.ts'

/** What single sign-on does by itself. */
export function ssoJobs(control: ControlDatabase): readonly Job[] {
  return [
    {
      name: 'forget sign-ins through providers that never came back',
      every_ms: 600_000,
      run: async () => void (await control.transaction(removeExpired)),
    },
  ]
}
