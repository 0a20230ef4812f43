import { afterAll, beforeAll, expect, test } from 'vitest'
import { decideAs, memberAt, type RunWorld, startRunWorld } from '../../test/run-world.ts'
import { newId } from '../kernel/id.ts'

let runs: RunWorld
beforeAll(async () => {
  runs = await startRunWorld(4)
  await runs.topUp(10_000)
})
afterAll(() => runs.stop())

test('a deputy of the workflow decides for those it names, and nobody else who has the permission', async () => {
  const [requester, named, deputy, other] = [0, 1, 2, 3].map((index) => memberAt(runs, index))
  if (!requester || !named || !deputy || !other) throw new Error('The world has four members')
  for (const each of [named, deputy, other]) await runs.setMember(each, { designations: ['manager'] })
  const level = { level: 2, who: { members: [named.id] }, deputies: [deputy.id] }
  const workflow = { id: newId(), name: 'Named', position: 1, updated_by: named.id }
  await runs.tx((tx) =>
    tx
      .insertInto('supervision.workflow')
      .values({ ...workflow, applies_to: '{}', levels: JSON.stringify([level]) })
      .execute(),
  )
  const run_id = await runs.createDraft({ requester })
  await decideAs(runs, requester, run_id, { act: 'acknowledge' })
  await expect(decideAs(runs, other, run_id, { act: 'approve' })).rejects.toMatchObject({ code: 'not_your_turn' })
  expect(await decideAs(runs, deputy, run_id, { act: 'approve' })).toMatchObject({ level: 2, state: 'finalised' })
  const [decision] = await runs.rows('select * from supervision.decision where execution_id = $1 and level = 2', [
    run_id,
  ])
  expect(decision).toMatchObject({ member_id: deputy.id, on_behalf_of: null })
})
