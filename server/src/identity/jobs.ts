import type { ControlDatabase } from '../kernel/database.ts'
import type { Job } from '../kernel/job.ts'
import type { Mailer } from '../mail/message.ts'
import { prepareProofs, removeOldProofs } from './address-proof.ts'
import { removeForgotten } from './back-off.ts'
import { removeExpiredChallenges } from './passkey.ts'
import { forgetPictures } from './picture.ts'
import { removeOldCounts } from './request-count.ts'

/** What identity does by itself. */
export function identityJobs(control: ControlDatabase, mailer: Mailer): readonly Job[] {
  return [
    {
      name: 'make links that were asked for',
      every_ms: 500,
      run: async () => void (await prepareProofs(control, mailer)),
    },
    {
      name: 'forget old links',
      every_ms: 3_600_000,
      async run() {
        await control.transaction(removeOldProofs)
        await control.transaction(removeOldCounts)
      },
    },
    {
      name: 'forget old sign-in failures',
      every_ms: 3_600_000,
      run: async () => void (await control.transaction(removeForgotten)),
    },
    {
      name: 'forget tickets and challenges that nobody used',
      every_ms: 600_000,
      run: async () => control.transaction(removeExpiredChallenges),
    },
    {
      name: 'forget pictures that nothing shows any more',
      every_ms: 3_600_000,
      run: async () => control.transaction(forgetPictures),
    },
  ]
}
