// What the gates before a run refuse, seen through the public API: whoever is refused is told, nothing is held.

import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type Administration,
  type Calls,
  enableCalls,
  entriesOf,
  expectRefusal,
  memberOf,
  type Person,
  startAdministration,
} from '../../test/administration.ts'
import { publishApp, runApp } from '../../test/apps.ts'
import { smallContract } from '../apps/arbitrary-contract.ts'
import { newId } from '../kernel/id.ts'

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

const uploaded = async (person: Person, text: string, path = office.organisation.path): Promise<string> => {
  const asking = { as: person.as, body: Buffer.from(text) }
  return (await office.client.call('POST', `${path}/files?name=notes.txt`, asking)).text('id')
}

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

test("another's file is one that does not exist, to a quote as to a run, whoever's it is", async () => {
  const { fields } = smallContract().input
  const contract = {
    ...smallContract(),
    input: { fields: [...fields, { name: 'notes', label: 'Notes', type: 'file' as const, required: true }] },
    pricing: { base_micros: 10_000, per_input_megabyte_micros: 1_000_000 },
  }
  const app = await publishApp(office, contract)
  const { organisation, other, client } = office
  const own = await uploaded(member, 'mine')
  const elsewhere = await uploaded(other.owner, 'theirs', other.path)
  const colleagues = await uploaded(await office.join(), 'of a colleague')
  const bodyOf = (notes: string) => ({ input: { ...asked.input, notes } })
  const quoted = (notes: string) =>
    client.request('POST', `${organisation.path}/apps/${app}/quotes`, { as: member.as, body: bodyOf(notes) })
  expect((await quoted(own)).status).toBe(201)
  const before = await entriesOf(office, organisation.id, 'policy.check_failed')
  const unknown = newId()
  const pointed = memberOf(expectRefusal(await quoted(unknown), 422, 'invalid_input').body, 'fields')
  expect(pointed).toMatchObject([{ pointer: '/input/notes' }])
  for (const reply of [
    await quoted(elsewhere),
    await quoted(colleagues),
    await runApp(office, member, app, bodyOf(unknown)),
    await runApp(office, member, app, bodyOf(elsewhere)),
    await runApp(office, member, app, bodyOf(colleagues)),
  ]) {
    expect(memberOf(expectRefusal(reply, 422, 'invalid_input').body, 'fields')).toEqual(pointed)
  }
  const told = (await entriesOf(office, organisation.id, 'policy.check_failed')).slice(before.length)
  expect(told.map(({ data }) => memberOf(data, 'gate'))).toEqual([8, 8, 8, 8, 8, 8])
})
