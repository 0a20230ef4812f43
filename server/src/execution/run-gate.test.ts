// What the gates before a run refuse, seen through the public API: whoever is refused is told, nothing is held.

import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type Administration,
  type Calls,
  enableCalls,
  expectRefusal,
  memberOf,
  type Person,
  startAdministration,
} from '../../test/administration.ts'
import { publishApp, runApp } from '../../test/apps.ts'
import { smallContract } from '../apps/arbitrary-contract.ts'

let office: Administration
let calls: Calls
let member: Person
beforeAll(async () => {
  office = await startAdministration()
  calls = await enableCalls(office)
  member = await office.join()
}, 120_000)
afterAll(async () => {
  await office.stop()
  await calls.stop()
})

const asked = { input: { question: 'Why?' } }

/** A supervision workflow for the length of some work. */
async function withWorkflow(level: object, work: () => Promise<void>): Promise<void> {
  const path = `${office.organisation.path}/supervision/workflows`
  const { as } = office.organisation.owner
  const body = { name: 'Route', position: 1, is_enabled: true, applies_to: {}, levels: [{ level: 2, ...level }] }
  const made = await office.client.call('POST', path, { as, body })
  await work()
  await office.client.call('DELETE', `${path}/${made.text('id')}`, { as })
}

test('a run is refused where nobody whom its workflow names could approve it, and begins where somebody could', async () => {
  const app = await publishApp(office, smallContract())
  const manager = await office.join({ designations: ['manager'] })
  const gone = await office.join({ designations: ['manager'] })
  const powerless = await office.join()
  const { member_id: named } = manager
  const later = { deadline_hours: 1, escalate_to: { members: [named] } }
  const levels: readonly (readonly [string, object, boolean])[] = [
    ['the requester', { who: { members: [member.member_id] } }, false],
    ['somebody without the permission', { who: { members: [powerless.member_id] } }, false],
    ['fewer than the quorum', { who: { members: [named] }, quorum: 2 }, false],
    ['managers of a team that the requester is not in', { who: { team_managers: true } }, false],
    ['a manager', { who: { members: [named] } }, true],
    ['a deputy who may', { who: { members: [powerless.member_id] }, deputies: [named] }, true],
    ['somebody to whom it escalates', { who: { members: [powerless.member_id] }, ...later }, true],
    ['nobody in time', { who: { members: [powerless.member_id] }, ...later, on_timeout: 'cancel' }, false],
    ['nobody by name', {}, true],
  ]
  for (const [who, level, isApprovable] of levels) {
    await withWorkflow(level, async () => {
      const reply = await runApp(office, member, app, asked)
      if (isApprovable) expect(reply.body, who).toMatchObject({ state: 'draft', level2: true })
      else expect([reply.status, memberOf(reply.body, 'code')], who).toEqual([409, 'approver_missing'])
    })
  }
  await withWorkflow({ who: { members: [gone.member_id] } }, async () => {
    expect((await runApp(office, member, app, asked)).body).toMatchObject({ state: 'draft', level2: true })
    const path = `${office.organisation.path}/members/${gone.member_id}?leave_pending=true`
    await office.client.call('DELETE', path, { as: office.organisation.owner.as })
    expectRefusal(await runApp(office, member, app, asked), 409, 'approver_missing')
  })
})
