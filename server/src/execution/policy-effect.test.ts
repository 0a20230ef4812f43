import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type Administration,
  type Calls,
  enableCalls,
  expectRefusal,
  memberOf,
  startAdministration,
} from '../../test/administration.ts'
import { publishApp, runApp, settledRun } from '../../test/apps.ts'
import { type Answered, answered } from '../../test/client.ts'
import { smallContract } from '../apps/arbitrary-contract.ts'

let office: Administration
let calls: Calls
let app_id: string
beforeAll(async () => {
  office = await startAdministration()
  calls = await enableCalls(office)
  const contract = smallContract()
  const governance = {
    ...contract.governance,
    risk: 'medium' as const,
    supervision: { required: false },
    statements: [],
  }
  app_id = await publishApp(office, { ...contract, governance })
  const { owner } = office.organisation
  const member = await office.join()
  for (const person of [owner, owner, member]) expect((await calls.call(person)).status).toBe(200)
  const reply = await runApp(office, owner, app_id, { input: { question: 'Why?' } })
  expect((await settledRun(office, owner, answered(reply.body).text('id'))).text('state')).toBe('finalised')
})
afterAll(async () => {
  await calls.stop()
  await office.stop()
})

const path = () => `${office.organisation.path}/policy`
const asOwner = () => ({ as: office.organisation.owner.as })
const ask = (document: unknown) =>
  office.client.request('GET', `${path()}/effect?document=${encodeURIComponent(JSON.stringify(document))}`, asOwner())
async function effectOf(document: unknown): Promise<Answered> {
  const reply = await ask(document)
  expect(reply.status, reply.text).toBe(200)
  return answered(reply.body)
}
async function put(document: object): Promise<void> {
  const current = (await office.client.call('GET', path(), asOwner())).object('organisation').body
  await office.client.call('PUT', `${path()}?replaces=${String(memberOf(current, 'version'))}`, {
    ...asOwner(),
    body: { ...document, reason: 'To see its effect' },
  })
}

test('a policy that says what is in force already changes nothing', async () => {
  const effect = await effectOf({})
  expect(effect.body).toMatchObject({ executions: 4, changed: 0, people: 0, is_complete: true, changes: [], apps: [] })
  expect(effect.body).toMatchObject({ outcomes: [{ outcome: 'unattended', before: 4, after: 4 }] })
})

test('what it says of a stricter policy is what happens when that is put in force', async () => {
  const effect = await effectOf({ allowed_engines: ['prompt', 'document', 'analysis', 'workflow'] })
  expect(effect.body).toMatchObject({ changed: 3, people: 2 })
  expect(effect.list('changes').map(({ body }) => body)).toEqual([
    {
      executions: 3,
      before: { outcome: 'unattended', rule: null, persons: 0 },
      after: { outcome: 'refused', rule: 'allowed_engines', persons: 0 },
    },
  ])
  await put({ allowed_engines: ['prompt', 'document', 'analysis', 'workflow'] })
  expect((await calls.call(office.organisation.owner)).status).toBe(403)
  // Loosened again, the same executions go the other way.
  expect((await effectOf({})).list('changes')[0]?.body).toMatchObject({
    executions: 3,
    after: { outcome: 'unattended' },
  })
  await put({})
})

test('a level that would be asked for is told with the apps it concerns, and whether anybody could give it', async () => {
  const effect = await effectOf({ level2_from_risk: 'medium', level2_quorum: 3 })
  const approved = { outcome: 'approved', rule: 'level2_from_risk', persons: 4 }
  expect(effect.body).toMatchObject({ changed: 1, people: 1 })
  expect(effect.list('apps').find((app) => app.text('app_id') === app_id)?.body).toMatchObject({ after: approved })
  expect(effect.list('samples')[0]?.body).toMatchObject({ executions: 1, after: approved })
  const [missing] = effect.list('missing')
  expect(missing?.body).toMatchObject({ level: 2, needed: 3 })
  expect(Number(memberOf(missing?.body, 'found'))).toBeLessThan(3)
})

test('calls that a person would have to look at would be refused; those too long would be cut off', async () => {
  expect((await effectOf({ gateway_risk: 'high' })).list('changes')[0]?.body).toMatchObject({
    executions: 3,
    after: { outcome: 'refused', rule: 'risk_floor' },
  })
  const produced = await effectOf({ max_output_tokens: 1 })
  expect(produced.list('changes').map(({ body }) => body)).toContainEqual(
    expect.objectContaining({ after: { outcome: 'refused', rule: 'max_output_tokens', persons: 0 } }),
  )
})

test('what is no policy, and who may not change it, is refused', async () => {
  expectRefusal(await ask({ allowed_engines: ['none such'] }), 422, 'policy_invalid')
  const broken = await office.client.request('GET', `${path()}/effect?document=%7B`, asOwner())
  expectRefusal(broken, 422, 'policy_invalid')
  const member = await office.join()
  const refused = await office.client.request('GET', `${path()}/effect?document=%7B%7D`, { as: member.as })
  expectRefusal(refused, 403, 'forbidden')
})
