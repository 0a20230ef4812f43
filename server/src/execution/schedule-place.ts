// Where the runs of a schedule belong: in which project and for which use case they count, and under whose law they are.

import { sql } from 'kysely'
import { appendEntry } from '../audit/append.ts'
import type { OrganisationTx } from '../kernel/database.ts'
import type { RunAsker, RunDesk } from './run-desk.ts'
import { getOwnSchedule, openScheduleInput } from './schedule-input.ts'
import { type getSchedule, requirePrice } from './schedule.ts'

type Schedule = Awaited<ReturnType<typeof getSchedule>>

/** Null: for no use case, under no jurisdiction. */
type SchedulePlace = Pick<Schedule, 'project_id' | 'use_case_id' | 'jurisdiction'>

const placeOf = ({ project_id, use_case_id, jurisdiction }: SchedulePlace): SchedulePlace => ({
  project_id,
  use_case_id,
  jurisdiction,
})

/**
 * Moves the runs of an own schedule to where the asker stands, from now on. What they are given is judged there as when a
 * schedule is made: refuses as `requirePrice` does, and with `not_found` a schedule that is not the actor's or was ended
 * meanwhile. Runs that it began stay where they are.
 */
export async function changeSchedulePlace(
  desk: RunDesk,
  asker: RunAsker,
  schedule: Schedule,
  jurisdiction: string | null,
  keep: (work: (tx: OrganisationTx) => Promise<Schedule>) => Promise<Schedule>,
): Promise<Schedule> {
  const { id, app_id, max_price_micros } = schedule
  const { actor, origin, project_id, use_case_id } = asker
  const input = await openScheduleInput(desk.vault, asker, actor, id)
  await requirePrice(desk, asker, { app_id, input, jurisdiction }, max_price_micros)
  const after: SchedulePlace = { project_id, use_case_id, jurisdiction }
  return keep(async (tx) => {
    const before = placeOf(await getOwnSchedule(tx, actor, id))
    await tx
      .updateTable('execution.schedule')
      .set({ ...after, updated_at: sql<Date>`now()` })
      .where('id', '=', id)
      .execute()
    await appendEntry(tx, origin, {
      event: 'schedule.updated',
      target: { type: 'schedule', id },
      data: { before, after },
    })
    return getOwnSchedule(tx, actor, id)
  })
}
