import { afterAll, beforeAll, expect, test } from 'vitest'
import type { As } from '../../test/client.ts'
import { startWorld, type World } from '../../test/world.ts'
import { newId } from '../kernel/id.ts'

let world: World
let superadmin: As
let owner: As
beforeAll(async () => {
  world = await startWorld(2)
  superadmin = await world.asSuperadmin()
  owner = await world.asOwner()
})
afterAll(() => world.stop())

const call = (...args: Parameters<World['reeve']['client']['call']>) => world.reeve.client.call(...args)
const overview = async () => (await call('GET', '/api/platform/overview', { as: superadmin })).body

test('the overview counts what there is, and follows what changes', async () => {
  expect((await call('GET', '/api/platform/overview', { as: superadmin })).text('version')).toMatch(/^\d+\.\d+\.\d+$/)
  expect(await overview()).toMatchObject({
    currency: 'EUR',
    is_named: false,
    organisations: { active: 2, suspended: 0, awaiting_owner: 0, new: 2 },
    people: { superadmins: 1, unprotected_superadmins: 1, disabled: 0 },
    models: { providers: 1, keyless_providers: 0 },
    health: { nodes: 1, has_mail_server: false, secrets_failure: null, imports_running: 0 },
  })
  const provider = { name: 'Without key', type: 'openai_compatible', base_url: `${world.provider.url}/v1` }
  await call('POST', '/api/platform/providers', { as: superadmin, body: provider })
  await call('POST', `/api/platform/organisations/${world.organisation.id}/suspend`, { as: superadmin })
  expect(await overview()).toMatchObject({
    organisations: { active: 1, suspended: 1 },
    models: { providers: 2, keyless_providers: 1 },
  })
  await call('POST', `/api/platform/organisations/${world.organisation.id}/restore`, { as: superadmin })
})

const find = async (q: string) => {
  const found = await call('GET', `/api/platform/search?q=${encodeURIComponent(q)}`, { as: superadmin })
  return found.list('items').map((item) => `${item.text('kind')}: ${item.text('name')}`)
}

test('a super-admin finds organisations and accounts by a part of the name, by address, and by id', async () => {
  const { id, name, owner: founder } = world.organisation
  expect(await find(name.slice(1).toUpperCase())).toContain(`organisation: ${name}`)
  expect((await find(founder.email)).filter((each) => each.startsWith('account: '))).toHaveLength(1)
  expect(await find(id)).toEqual([`organisation: ${name}`])
  for (const q of ['%', '%_', "' or '1'='1", '\\', '🌸']) expect(await find(q)).toEqual([])
})

test('what ids of both kinds are called is told in one answer, unknown ones left out', async () => {
  const [first, second] = world.demo.organisations
  const me = (await call('GET', '/api/me', { as: owner })).text('id')
  const ids = [first?.id, second?.id, me, newId()].join(',')
  const named = await call('GET', `/api/platform/names?ids=${ids}`, { as: superadmin })
  expect(new Set(named.list('items').map((item) => item.text('id')))).toEqual(new Set([first?.id, second?.id, me]))
  const wrong = await world.reeve.client.request('GET', '/api/platform/names?ids=x', { as: superadmin })
  expect(wrong.status).toBe(422)
})

test('an owner is refused everything of it, like a member', async () => {
  const somebody = world.organisation.members.find(({ email }) => email.startsWith('member@'))
  if (somebody === undefined) throw new Error('The world has a member')
  for (const as of [owner, await world.signIn(somebody)]) {
    for (const path of ['/api/platform/overview', '/api/platform/search?q=a', `/api/platform/names?ids=${newId()}`]) {
      const refused = await world.reeve.client.request('GET', path, { as })
      expect([refused.status, refused.body]).toMatchObject([403, { code: 'forbidden' }])
    }
  }
})
