import { afterAll, beforeAll, expect, test } from 'vitest'
import { BROKEN_INVARIANTS } from '../../test/heart-world.ts'
import { decideAs, memberAt, type RunWorld, startRunWorld } from '../../test/run-world.ts'
import { systemOrigin } from './internal/run-entry.ts'
import { RUN_DUTIES, settleRemoval } from './removal.ts'

let runs: RunWorld
beforeAll(async () => {
  runs = await startRunWorld(4)
  await runs.topUp(10_000)
})
afterAll(() => runs.stop())

test('with a member end their own runs; what waited for them by name waits for another, and what they approved stands', async () => {
  const [leaver, requester, heir] = [memberAt(runs, 0), memberAt(runs, 1), memberAt(runs, 2)]
  for (const each of [leaver, heir]) await runs.setMember(each, { designations: ['manager'] })
  const own = await runs.createDraft({ requester: leaver, supervision: { required: true } })
  const named = await runs.createDraft({ requester, supervision: { required: true, level2: { quorum: 2 } } })
  await decideAs(runs, requester, named, { act: 'acknowledge' })
  const alone = await runs.createDraft({ requester, supervision: { required: true, level2: {} } })
  await decideAs(runs, requester, alone, { act: 'acknowledge' })
  await runs.tx((tx) =>
    tx
      .updateTable('supervision.gate')
      .set({ is_for_all: false, member_ids: [leaver.id] })
      .where('execution_id', 'in', [named, alone])
      .execute(),
  )
  await decideAs(runs, leaver, named, { act: 'approve' })
  expect((await runs.tx((tx) => RUN_DUTIES.list(tx, leaver.id))).map(({ id }) => id)).toEqual([named, alone])

  await runs.setMember(leaver, { status: 'removed' })
  const settled = await runs.tx((tx) => settleRemoval(tx, systemOrigin('test'), leaver.id, heir.id))
  expect(settled).toEqual({ cancelled_runs: 1, handed_over: 2 })
  expect(await runs.stateOf(own)).toMatchObject({
    state: 'cancelled',
    reason_code: 'requester_removed',
    charge_micros: 0,
  })
  expect(await runs.stateOf(named)).toMatchObject({ state: 'acknowledged', given: 1 })
  for (const run_id of [named, alone]) {
    expect(await decideAs(runs, heir, run_id, { act: 'approve' })).toMatchObject({ state: 'finalised' })
  }
  expect(await runs.rows(BROKEN_INVARIANTS)).toEqual([])
})
