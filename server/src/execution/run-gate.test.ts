// What the gates before a run refuse, seen through the public API: whoever is refused is told, nothing is held.

import { sql } from 'kysely'
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
import { findLedgerViolations } from '../ledger/invariants.ts'
import { fireSchedules } from './schedule.ts'

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

test('a deputy counts at level 1 with the permission of a reviewer alone, as the decision judges', async () => {
  const base = smallContract()
  const app = await publishApp(office, { ...base, governance: { ...base.governance, supervision: { required: true } } })
  const requester = await office.join()
  const deputy = await office.join()
  const { client, organisation } = office
  const levels = [1]
  const starts_at = new Date(Date.now() - 1000).toISOString()
  const ends_at = new Date(Date.now() + 86_400_000).toISOString()
  const body = { to_member_id: deputy.member_id, levels, starts_at, ends_at }
  await client.call('POST', `${organisation.path}/delegations`, { as: requester.as, body })
  const change = (id: string, fields: { readonly denies?: string[]; readonly designations?: string[] }) =>
    office.inside(organisation.id, (tx) => tx.updateTable('tenancy.member').set(fields).where('id', '=', id).execute())
  await change(requester.member_id, { denies: ['run.acknowledge'] })
  await withWorkflow({ level: 1, who: { members: [deputy.member_id] } }, async () => {
    expectRefusal(await runApp(office, requester, app, asked), 409, 'approver_missing')
    await change(deputy.member_id, { designations: ['reviewer'] })
    const run = await runApp(office, requester, app, asked)
    expect(run.body, run.text).toMatchObject({ state: 'draft', level1: true })
    const path = `${organisation.path}/runs/${String(memberOf(run.body, 'id'))}/supervision`
    const panel = await client.call('GET', path, { as: deputy.as })
    expect(memberOf(memberOf(panel.body, 'mine'), 'acts')).toContain('acknowledge')
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

test('a run that calls models is refused where no token of a quota is left', async () => {
  const app = await publishApp(office, smallContract())
  const { id } = office.organisation
  expect((await runApp(office, member, app, asked)).body).toMatchObject({ state: 'finalised' })
  const limit = (limit_tokens: ReturnType<typeof sql>) =>
    office.inside(id, (tx) =>
      sql`update ledger.counter set limit_day_tokens = ${limit_tokens} where id = ${member.member_id}`.execute(tx),
    )
  await limit(sql`used_day_tokens`)
  const refusal = expectRefusal(await runApp(office, member, app, asked), 429, 'run_quota_exceeded')
  expect(refusal.body).toMatchObject({ params: { scope: 'user', window: 'day' } })
  const [entry] = (await entriesOf(office, id, 'policy.check_failed')).slice(-1)
  expect(entry).toMatchObject({ reason_code: 'run_quota_exceeded', data: { gate: 9 } })
  await limit(sql`null`)
  expect(await office.inside(id, findLedgerViolations)).toEqual([])
})

test('a schedule whose time comes while a gate refuses says which refusal it was, and waits for its next time', async () => {
  const app = await publishApp(office, smallContract())
  const { organisation, client, reeve } = office
  const body = { name: 'Daily', app_id: app, ...asked, cron: '0 6 * * *', time_zone: 'UTC', max_price_micros: 20_000 }
  const made = await client.call('POST', `${organisation.path}/schedules`, { as: member.as, body })
  const id = made.text('id')
  await withWorkflow({ who: { members: [member.member_id] } }, async () => {
    await office.inside(organisation.id, (tx) =>
      sql`update execution.schedule set next_at = now() - interval '1 s' where id = ${id}`.execute(tx),
    )
    await fireSchedules(reeve.node.runs.desk, await office.database(organisation.id), organisation.id)
  })
  const after = await client.call('GET', `${organisation.path}/schedules/${id}`, { as: member.as })
  expect(after.body).toMatchObject({ last_refusal: 'approver_missing', last_execution_id: null })
  expect(memberOf(after.body, 'next_times')).toEqual(memberOf(made.body, 'next_times'))
  const runs = await client.call('GET', `${organisation.path}/runs?schedule_id=${id}`, { as: member.as })
  expect(runs.list('items')).toEqual([])
})
