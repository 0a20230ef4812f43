import { afterAll, beforeAll, expect, test } from 'vitest'
import type { As } from '../../test/client.ts'
import { startWorld, type World } from '../../test/world.ts'

let world: World
let owner: As
let member: As
beforeAll(async () => {
  world = await startWorld(2)
  owner = await world.asOwner()
  const somebody = world.organisation.members.find(({ email }) => email.startsWith('member@'))
  if (somebody === undefined) throw new Error('The world has a member')
  member = await world.signIn(somebody)
  const base = `/api/orgs/${world.organisation.id}`
  await world.reeve.client.call('POST', `${base}/workspaces`, { as: owner, body: { name: 'Kestrel room' } })
  await world.reeve.client.call('POST', `${base}/projects`, { as: owner, body: { name: 'Kestrel plan' } })
  await world.reeve.client.call('POST', `${base}/teams`, { as: owner, body: { name: 'Kestrel crew' } })
  await world.reeve.client.call('POST', `${base}/api-keys`, {
    as: owner,
    body: { name: 'Kestrel key', scopes: ['run.execute'] },
  })
})
afterAll(() => world.stop())

async function find(as: As, q: string, org = world.organisation.id) {
  const answer = await world.reeve.client.call('GET', `/api/orgs/${org}/search?q=${encodeURIComponent(q)}`, { as })
  return answer.list('items').map((item) => `${item.text('kind')}: ${item.text('name')}`)
}

test('an owner finds what is there, by part of its name, whatever the case', async () => {
  expect(await find(owner, 'kEsTrel')).toEqual([
    'team: Kestrel crew',
    'workspace: Kestrel room',
    'project: Kestrel plan',
    'api_key: Kestrel key',
  ])
  expect((await find(owner, 'compliance@')).length).toBe(1)
})

test('a member finds nothing that an admin permission guards', async () => {
  expect(await find(member, 'kestrel')).toEqual(['team: Kestrel crew'])
  expect(await find(member, 'compliance@')).toEqual([])
})

test('an execution is found by how its id begins, by whoever may see it', async () => {
  const { api_key: key, model } = world.organisation
  const body = { model, messages: [{ role: 'user', content: 'hello' }] }
  const called = await world.reeve.client.request('POST', '/v1/chat/completions', { as: { key }, body })
  const id = called.headers.get('x-reeve-execution-id') ?? ''
  expect(await find(owner, id)).toEqual([`execution: ${model}`])
  expect(await find(owner, id.slice(0, 13))).toContain(`execution: ${model}`)
  expect(await find(member, id)).toEqual([])
})

test('what is no name finds nothing, and signs of patterns are only signs', async () => {
  for (const q of ['%', '%_', "' or '1'='1", '\\', '🌸', 'ffffffff']) expect(await find(owner, q)).toEqual([])
})

test('another organisation is the same 404', async () => {
  const [, foreign] = world.demo.organisations
  const path = `/api/orgs/${foreign?.id ?? ''}/search?q=a`
  expect((await world.reeve.client.request('GET', path, { as: owner })).status).toBe(404)
})
