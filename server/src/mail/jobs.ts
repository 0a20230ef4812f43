import type { Job } from '../kernel/job.ts'
import { tidyOutbox } from './message.ts'
import { type SendNeeds, sendDueMails } from './send.ts'

/** What mail does by itself. */
export function mailJobs(needs: SendNeeds): readonly Job[] {
  return [
    {
      name: 'send mails',
      every_ms: 1000,
      run: async () => void (await sendDueMails(needs)),
    },
    {
      name: 'tidy the outbox',
      every_ms: 60_000,
      run: async () => void (await needs.control.transaction(tidyOutbox)),
    },
  ]
}
