import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type Administration,
  entriesOf,
  expectRefusal,
  memberOf,
  type Person,
  startAdministration,
} from '../../test/administration.ts'
import { publishApp, runApp, settledRun } from '../../test/apps.ts'
import { smallContract } from '../apps/arbitrary-contract.ts'
import type { AppNode } from '../apps/node.ts'
import { findLedgerViolations } from '../ledger/invariants.ts'

let office: Administration
let member: Person
beforeAll(async () => {
  office = await startAdministration()
  member = await office.join()
}, 120_000)
afterAll(() => office.stop())

/** Starts a run that waits for one person by name. */
async function runWaitingFor(person: Person): Promise<string> {
  const nodes: AppNode[] = [
    {
      id: 'look',
      title: 'Look at it',
      type: 'human_task',
      description: 'What of it?',
      assignee: `member:${person.member_id}`,
      fields: [{ name: 'verdict', label: 'Verdict', type: 'text', required: true }],
    },
    { id: 'answer', title: 'Answer', type: 'transform', expression: 'look.answer.verdict' },
  ]
  const app = await publishApp(office, { ...smallContract(), pipeline: { nodes } })
  const waiting = await runApp(office, member, app, { input: { question: 'Why?' } })
  expect(waiting.body, waiting.text).toMatchObject({ state: 'paused', pause_reason: 'human_task' })
  return String(memberOf(waiting.body, 'id'))
}

const path = () => `${office.organisation.path}/human-tasks`
const tasksOf = async (person: Person) =>
  (await office.client.call('GET', path(), { as: person.as })).list('items').map((task) => task.text('id'))

/** Answers the only open task of a person; the run then comes to its end. */
async function answerAs(person: Person, run_id: string): Promise<void> {
  const [id] = await tasksOf(person)
  const body = { answer: { verdict: 'fine' } }
  await office.client.call('POST', `${path()}/${id}/answer`, { as: person.as, body })
  expect((await settledRun(office, member, run_id)).body).toMatchObject({ state: 'finalised', charge_micros: 10_000 })
}

test('with a member go their tasks: to whoever takes over, else to the owners, and their runs go on', async () => {
  const { owner } = office.organisation
  const [leaver, heir, second] = [await office.join(), await office.join(), await office.join()]
  const given = await runWaitingFor(leaver)
  const left = await runWaitingFor(second)
  const remove = (person: Person, choice: string) =>
    office.client.request('DELETE', `${office.organisation.path}/members/${person.member_id}${choice}`, {
      as: owner.as,
    })
  expectRefusal(await remove(leaver, ''), 409, 'hand_over_needed')
  expect(await tasksOf(leaver)).toHaveLength(1)
  expect((await remove(leaver, `?hand_over_to=${heir.member_id}`)).status).toBe(204)
  expect((await remove(second, '?leave_pending=true')).status).toBe(204)

  expect(await tasksOf(member)).toEqual([])
  const told = await entriesOf(office, office.organisation.id, 'human_task.reassigned')
  expect(told.map(({ actor_id, execution_id, data }) => ({ actor_id, execution_id, data }))).toMatchObject([
    { execution_id: given, data: { from_member_id: leaver.member_id, member_id: heir.member_id, role: null } },
    { execution_id: left, data: { from_member_id: second.member_id, member_id: null, role: 'owner' } },
  ])
  expect(new Set(told.map(({ actor_id }) => actor_id))).toEqual(new Set([owner.member_id]))
  await answerAs(heir, given)
  await answerAs(owner, left)
  expect(await office.inside(office.organisation.id, findLedgerViolations)).toEqual([])
})

/** A run that is acknowledged and waits for one person by name to approve it. */
async function runToApprove(approver: Person, app: string): Promise<string> {
  const { path: base, owner } = office.organisation
  const levels = [{ level: 2, who: { members: [approver.member_id] } }]
  const body = { name: 'By name', position: 1, is_enabled: true, applies_to: {}, levels }
  const workflow = await office.client.call('POST', `${base}/supervision/workflows`, { as: owner.as, body })
  const run_id = String(memberOf((await runApp(office, member, app, { input: { question: 'Why?' } })).body, 'id'))
  await decide('acknowledge', member, run_id)
  await office.client.call('DELETE', `${base}/supervision/workflows/${workflow.text('id')}`, { as: owner.as })
  return run_id
}

async function decide(act: 'acknowledge' | 'approve', { as }: Person, run_id: string) {
  const run = `${office.organisation.path}/runs/${run_id}`
  const draft = (await office.client.call('GET', `${run}/supervision`, { as })).text('draft')
  const statements = act === 'acknowledge' ? { statements: [] } : {}
  return office.client.call('POST', `${run}/${act}`, { as, body: { draft, ...statements } })
}

test('with a member go the approvals that wait for them: to whoever takes over, else to all who may', async () => {
  const { path: base, owner } = office.organisation
  const nodes: AppNode[] = [{ id: 'answer', title: 'Answer', type: 'transform', expression: '"Because"' }]
  const app = await publishApp(office, { ...smallContract(), pipeline: { nodes } })
  const joinManager = () => office.join({ designations: ['manager'] })
  const [leaver, heir, second, other] = [
    await joinManager(),
    await joinManager(),
    await joinManager(),
    await joinManager(),
  ]
  const [given, left] = [await runToApprove(leaver, app), await runToApprove(second, app)]
  const remove = (person: Person, choice: string) =>
    office.client.request('DELETE', `${base}/members/${person.member_id}${choice}`, { as: owner.as })
  for (const [person, run_id] of [
    [leaver, given],
    [second, left],
  ] as const) {
    const refused = expectRefusal(await remove(person, ''), 409, 'hand_over_needed')
    expect(memberOf(refused.body, 'params')).toEqual({ count: 1, ids: [run_id] })
  }
  const nobody = await remove(leaver, `?hand_over_to=${leaver.member_id}`)
  expectRefusal(nobody, 422, 'reference_unknown')
  expect((await remove(leaver, `?hand_over_to=${heir.member_id}`)).status).toBe(204)
  expect((await remove(second, '?leave_pending=true')).status).toBe(204)

  const waitsFor = async ({ as }: Person) =>
    (await office.client.call('GET', `${base}/approvals`, { as })).list('items').map((each) => each.text('run_id'))
  expect([await waitsFor(heir), await waitsFor(other)]).toEqual([[given, left], [left]])
  expect((await decide('approve', heir, given)).text('state')).toBe('finalised')
  expect((await decide('approve', other, left)).text('state')).toBe('finalised')
  expect(await office.inside(office.organisation.id, findLedgerViolations)).toEqual([])
})
