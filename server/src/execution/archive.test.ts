import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { BROKEN_INVARIANTS } from '../../test/heart-world.ts'
import { memberAt, type RunWorld, startRunWorld } from '../../test/run-world.ts'
import { writeSettings } from '../kernel/platform-setting.ts'
import { listDue } from '../kernel/sweep.ts'
import { archiveEndedRuns, archiveSweep } from './archive.ts'
import { startRun } from './creation.ts'
import { systemOrigin } from './internal/run-entry.ts'
import { listRuns } from './run-record.ts'
import type { State } from './state.ts'
import { cancelRun, failRun } from './transition.ts'

let runs: RunWorld
beforeAll(async () => {
  runs = await startRunWorld(3)
  await runs.topUp(100_000)
})
afterAll(() => runs.stop())

const money = () => runs.rows('select balance_micros, held_micros from ledger.gate')

const endedAgo = (run_ids: readonly string[], days: number) =>
  runs.tx((tx) =>
    sql`update execution.execution set settled_at = now() - make_interval(days => ${days})
      where id = any(${run_ids}::uuid[])`.execute(tx),
  )

const listed = async (index: number, state?: State) => {
  const actor = await runs.actor(memberAt(runs, index))
  const { items } = await runs.tx((tx) => listRuns(tx, actor, state === undefined ? {} : { state }, {}))
  return items
}

/** One run of each end. */
async function createEnded(index: number) {
  const requester = memberAt(runs, index)
  const finalised = await runs.createDraft({ requester })
  const failed = (await runs.create({ requester })).run_id
  await runs.tx((tx) => startRun(tx, { run_id: failed, attempt: 1 }))
  await runs.tx((tx) => failRun(tx, { run_id: failed, attempt: 1 }, 'step_failed', 'It broke'))
  const cancelled = (await runs.create({ requester })).run_id
  await runs.tx((tx) => cancelRun(tx, systemOrigin('test'), cancelled, 'cancelled_by_user'))
  return { finalised, failed, cancelled }
}

test('what ended long enough ago is archived batch by batch, logged, and moves no money; what has not, or is open, is not', async () => {
  const { finalised, failed, cancelled } = await createEnded(0)
  const open = await runs.createDraft({ requester: memberAt(runs, 0), supervision: { required: true } })
  const young = await runs.createDraft({ requester: memberAt(runs, 0) })
  await endedAgo([finalised, failed, cancelled], 400)
  await endedAgo([young], 364)
  const before = await money()
  expect(await archiveEndedRuns(runs.database, 365, 2)).toBe(3)
  expect(await archiveEndedRuns(runs.database, 365, 2)).toBe(0)
  expect(await money()).toEqual(before)
  expect(await runs.rows(BROKEN_INVARIANTS)).toEqual([])
  for (const run_id of [finalised, failed, cancelled]) {
    expect((await runs.told(run_id)).filter((event) => event === 'execution.archived')).toHaveLength(1)
  }
  expect((await listed(0)).map(({ id }) => id)).toEqual([young, open])
  const archived = new Map((await listed(0, 'archived')).map((run) => [run.id, run]))
  expect(archived.size).toBe(3)
  const end = { state: 'archived', status: 'completed', ended_as: 'finalised', is_charged: true, charge_micros: 100 }
  expect(archived.get(finalised)).toMatchObject(end)
  expect(archived.get(failed)).toMatchObject({
    state: 'archived',
    status: 'failed',
    ended_as: 'failed',
    is_charged: false,
  })
  expect(archived.get(cancelled)).toMatchObject({ state: 'archived', status: 'cancelled', ended_as: 'cancelled' })
  expect((await listed(0, 'finalised')).map(({ id }) => id)).toEqual([young])
})

test('nothing leads on from the archive, and an open run cannot be put there', async () => {
  const [archived] = await listed(0, 'archived')
  const cancelling = runs.tx((tx) => cancelRun(tx, systemOrigin('test'), archived?.id ?? '', 'cancelled_by_user'))
  expect(await cancelling).toBe(false)
  const { run_id } = await runs.create({ requester: memberAt(runs, 0) })
  const putting = runs.tx((tx) =>
    sql`update execution.execution set archived_at = now() where id = ${run_id}`.execute(tx),
  )
  await expect(putting).rejects.toThrow('execution__only_ended_runs_are_archived')
})

test('nobody is waited for: a run that somebody works on at this moment is archived the next time', async () => {
  const { finalised, failed, cancelled } = await createEnded(1)
  await endedAgo([finalised, failed, cancelled], 400)
  await runs.tx(async (tx) => {
    await sql`select from execution.execution where id = ${failed} for update`.execute(tx)
    expect(await archiveEndedRuns(runs.database, 365)).toBe(2)
  })
  expect(await archiveEndedRuns(runs.database, 365)).toBe(1)
})

test('the platform says after how many days, and an organisation without old runs is left alone', async () => {
  const sweep = archiveSweep(runs.control)
  const due = async () => (await listDue(runs.database, [sweep])).length > 0
  const { finalised, failed } = await createEnded(2)
  await endedAgo([finalised, failed], 29)
  await archiveEndedRuns(runs.database, 30)
  expect(await due()).toBe(false)
  await endedAgo([finalised], 40)
  expect(await due()).toBe(true)
  await archiveSweep(runs.control).run(runs.database, runs.organisation.id)
  expect(await listed(2, 'archived')).toEqual([])
  await runs.control.transaction((tx) => writeSettings(tx, { archive_after_days: 30 }))
  await sweep.run(runs.database, runs.organisation.id)
  expect((await listed(2, 'archived')).map(({ id }) => id)).toEqual([finalised])
})
