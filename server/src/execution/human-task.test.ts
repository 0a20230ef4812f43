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
