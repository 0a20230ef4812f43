import { afterAll, beforeAll, expect, test } from 'vitest'
import { startWorld, type World } from '../../test/world.ts'
import { newId } from '../kernel/id.ts'
import { createStandingLane } from './standing.ts'

let world: World
beforeAll(async () => {
  world = await startWorld(2)
})
afterAll(() => world.stop())

const inControl = (text: string, values: unknown[] = []) =>
  world.reeve.node.deployment.control.connection((client) => client.query<{ id: string }>(text, values))

async function userOf(email: string): Promise<string> {
  const { rows } = await inControl('select id from identity.user where email = $1', [email])
  return rows[0]?.id ?? ''
}

test('each question gets its own answer, however they are mixed', async () => {
  const [first, second] = world.demo.organisations
  if (first === undefined || second === undefined) throw new Error('The world has two organisations')
  const [live, disabled] = [await userOf(first.owner.email), await userOf(second.owner.email)]
  await inControl(`update identity.user set status = 'disabled' where id = $1`, [disabled])
  await inControl(`update tenancy.organisation set status = 'suspended' where id = $1`, [second.id])
  const users = [
    [live, true],
    [disabled, false],
    [newId(), false],
    [null, true],
  ] as const
  const organisations = [
    [first.id, 'active'],
    [second.id, 'suspended'],
    [newId(), null],
  ] as const
  const questions = Array.from({ length: 300 }, (_, index) => {
    const [user_id, is_user_active] = users[index % users.length] ?? users[0]
    const [organisation_id, organisation_status] = organisations[index % organisations.length] ?? organisations[0]
    return { question: { user_id, organisation_id }, answer: { is_user_active, organisation_status } }
  })
  const lane = createStandingLane(world.reeve.node.deployment.control)
  const answers = await Promise.all(questions.map(({ question }) => lane.ask(question)))
  expect(answers).toMatchObject(questions.map(({ answer }) => answer))
})

test('the answer names the version of the platform as it is now', async () => {
  const lane = createStandingLane(world.reeve.node.deployment.control)
  const question = { organisation_id: world.organisation.id, user_id: null }
  const before = await lane.ask(question)
  await inControl('update kernel.platform set version = version + 1')
  expect((await lane.ask(question)).platform_version).toBe(before.platform_version + 1)
})
