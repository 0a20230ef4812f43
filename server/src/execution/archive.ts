// What ended long ago is archived: the platform's setting says after how many days. An archived run is read as any other, with
// its output and its receipts; only lists leave it out unless they are asked for it.

import type { ControlDatabase, OrganisationDatabase } from '../kernel/database.ts'
import { LEAST_ARCHIVE_DAYS, readSettings } from '../kernel/platform-setting.ts'
import type { Sweep } from '../kernel/sweep.ts'
import { archiveRuns } from './internal/move.ts'
import { appendEntriesOfRuns, systemOrigin } from './internal/run-entry.ts'
import { listRunRows } from './internal/run-row.ts'

const AT_ONCE = 500
const LOOK_EVERY_MS = 3_600_000

const CLOCK = systemOrigin('clock')

/**
 * Archives every run that ended before so many days, those that ended first first, and returns how many there were. Each
 * batch is a commit of its own with its log entries; nobody is kept waiting, and on several nodes each takes others.
 */
export async function archiveEndedRuns(
  database: OrganisationDatabase,
  after_days: number,
  at_once = AT_ONCE,
): Promise<number> {
  let archived = 0
  for (;;) {
    const batch = await database.transaction(async (tx) => {
      const ended = await archiveRuns(tx, after_days, at_once)
      const endedAs = new Map(ended.map(({ id, state }) => [id, state]))
      const rows =
        endedAs.size === 0 ? [] : await listRunRows(tx, (runs) => runs.where('e.id', 'in', [...endedAs.keys()]))
      await appendEntriesOfRuns(
        tx,
        rows.map((run) => {
          const data = { ended_as: endedAs.get(run.id) ?? null, after_days }
          return { run, entry: { origin: CLOCK, event: 'execution.archived', data } }
        }),
      )
      return ended.length
    })
    archived += batch
    if (batch < at_once) return archived
  }
}

/** Runs whose time to be archived has come; an organisation that has old ones is looked through once an hour. */
export function archiveSweep(control: ControlDatabase): Sweep {
  const looked = new Map<string, number>()
  return {
    due: `exists (
      select from execution.execution
      where is_run and archived_at is null and settled_at < now() - interval '${LEAST_ARCHIVE_DAYS} days')`,
    async run(database, organisation_id) {
      const now_ms = performance.now()
      if (now_ms - (looked.get(organisation_id) ?? Number.NEGATIVE_INFINITY) < LOOK_EVERY_MS) return
      const { archive_after_days } = await control.autocommit(readSettings)
      await archiveEndedRuns(database, archive_after_days)
      looked.set(organisation_id, now_ms)
    },
  }
}
