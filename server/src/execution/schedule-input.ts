// What the runs of a schedule are given: read and changed by whoever made it, and by nobody else.

import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { type Actor, makerOf } from '../access/actor.ts'
import { canonicalJson } from '../apps/contract-hash.ts'
import { appendEntry } from '../audit/append.ts'
import type { OrganisationDatabase, OrganisationTx } from '../kernel/database.ts'
import { readJson } from '../kernel/json-text.ts'
import { notFound } from '../kernel/problem.ts'
import type { FieldVault } from '../keys/field-vault.ts'
import type { RunAsker, RunDesk } from './run-desk.ts'
import { getSchedule, inputPlace, requirePrice } from './schedule.ts'

type Place = { readonly organisation_id: string; readonly database: OrganisationDatabase }
type Schedule = Awaited<ReturnType<typeof getSchedule>>
export type Input = Readonly<Record<string, unknown>>

/** A schedule of the actor's own. Refuses with `not_found`, also for who sees those of others. */
export async function getOwnSchedule(tx: OrganisationTx, actor: Actor, schedule_id: string): Promise<Schedule> {
  const schedule = await getSchedule(tx, actor, schedule_id)
  if (schedule.member_id !== makerOf(actor)) throw notFound()
  return schedule
}

/** What the runs of an own schedule are given, opened. Refuses with `not_found`. */
export async function openScheduleInput(
  vault: FieldVault,
  { organisation_id, database }: Place,
  actor: Actor,
  schedule_id: string,
): Promise<Input> {
  const { input } = await database.transaction(async (tx) => {
    await getOwnSchedule(tx, actor, schedule_id)
    return tx.selectFrom('execution.schedule').select('input').where('id', '=', schedule_id).executeTakeFirstOrThrow()
  })
  const opened: unknown = readJson(
    (await vault.open({ id: organisation_id, database }, inputPlace(schedule_id), input)).toString(),
  )
  return typeof opened === 'object' && opened !== null ? { ...opened } : {}
}

/**
 * Gives the runs of an own schedule another input from now on, and confirms anew what one may cost. Refuses as
 * `requirePrice` does, and with `not_found` a schedule that is not the actor's or was ended meanwhile.
 */
export async function changeScheduleInput(
  desk: RunDesk,
  asker: RunAsker,
  schedule: Schedule,
  change: { readonly input: Input; readonly max_price_micros: number },
  keep: (work: (tx: OrganisationTx) => Promise<Schedule>) => Promise<Schedule>,
): Promise<Schedule> {
  const { id, app_id, jurisdiction } = schedule
  const { input, max_price_micros } = change
  await requirePrice(desk, asker, { app_id, input, jurisdiction }, max_price_micros)
  const { database, organisation_id, actor, origin } = asker
  const text = canonicalJson(input)
  const sealed = await desk.vault.seal({ id: organisation_id, database }, inputPlace(id), Buffer.from(text))
  return keep(async (tx) => {
    await getOwnSchedule(tx, actor, id)
    await tx
      .updateTable('execution.schedule')
      .set({ input: sealed, max_price_micros, updated_at: sql<Date>`now()` })
      .where('id', '=', id)
      .execute()
    await appendEntry(tx, origin, {
      event: 'schedule.updated',
      target: { type: 'schedule', id },
      data: { input_sha256: createHash('sha256').update(text).digest('hex'), max_price_micros },
    })
    return getSchedule(tx, actor, id)
  })
}
