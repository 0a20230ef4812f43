// What is done for runs again and again in every organisation.

import { sql } from 'kysely'
import { releaseFiles } from '../files/file.ts'
import type { OrganisationDatabase } from '../kernel/database.ts'
import type { Sweep } from '../kernel/sweep.ts'
import type { RunDesk } from './run-desk.ts'
import { fireSchedules } from './schedule.ts'

const AT_ONCE = 100

/** Lets go of the files of runs that are over: their days are counted from here. */
async function releaseFilesOfEnded(database: OrganisationDatabase): Promise<void> {
  const ended = await database.transaction((tx) =>
    tx
      .selectFrom('files.use as u')
      .innerJoin('execution.execution as e', 'e.id', 'u.execution_id')
      .select('u.execution_id')
      .distinct()
      .where('u.released_at', 'is', null)
      .where('e.settled_at', 'is not', null)
      .limit(AT_ONCE)
      .execute(),
  )
  for (const { execution_id } of ended) await database.transaction((tx) => releaseFiles(tx, execution_id))
}

/** Quotes that nobody took. */
async function forgetQuotes(database: OrganisationDatabase): Promise<void> {
  await database.transaction((tx) =>
    tx.deleteFrom('execution.quote').where('expires_at', '<', sql<Date>`now() - interval '1 day'`).execute(),
  )
}

/** Schedules whose time has come, files and quotes whose time is over. */
export function runSweeps(desk: RunDesk): readonly Sweep[] {
  return [
    {
      due: 'exists (select from execution.schedule where next_at <= now())',
      run: (database, organisation_id) => fireSchedules(desk, database, organisation_id),
    },
    {
      due: `exists (
        select from files.use u join execution.execution e on e.id = u.execution_id
        where u.released_at is null and e.settled_at is not null)`,
      run: releaseFilesOfEnded,
    },
    { due: "exists (select from execution.quote where expires_at < now() - interval '1 day')", run: forgetQuotes },
  ]
}
