import { afterAll, beforeAll, expect, test } from 'vitest'
import type { As } from '../../test/client.ts'
import { bodyOf, expectRefusal, type Founded, type MemberOf, signIn, startWorld, type World } from './world.suite.ts'

let world: World
let acme: Founded
let other: Founded
let person: MemberOf
beforeAll(async () => {
  world = await startWorld()
  acme = await world.found('Acme')
  other = await world.found('Other')
  person = await world.join(acme)
  const body = { email: person.email, display_name: 'The same person' }
  await world.client.call('POST', `${other.path}/members`, { as: other.owner.as, body })
})
afterAll(() => world.stop())

const ask = (method: string, path: string, as: As) => world.client.request(method, `${acme.path}${path}`, { as })
const use = async (organisation: Founded, as: As) =>
  (await world.client.request('GET', `${organisation.path}/directory`, { as })).status
const list = async (member = person.id) =>
  bodyOf(await ask('GET', `/members/${member}/sessions`, acme.owner.as)).list('items')

test('a session is listed once it was used here, with what happened here; one used elsewhere is not', async () => {
  const { as } = await signIn(world.client, person.email)
  expect(await use(other, as)).toBe(200)
  expect(await use(acme, person.as)).toBe(200)
  await expect.poll(async () => (await list()).length).toBe(1)
  const [session] = await list()
  expect(session?.body).toMatchObject({ method: 'password', is_current: false, place: '127.0.0.1' })
  expect(await use(acme, as)).toBe(200)
  await expect.poll(async () => (await list()).length).toBe(2)
})

test('who asks sees which of the own sessions that is', async () => {
  await expect
    .poll(async () => (await list(acme.owner.id)).map(({ body }) => body))
    .toMatchObject([{ is_current: true }])
})

test('a session that is ended is over here with the next request, goes on elsewhere, and the log says so', async () => {
  const { as } = await signIn(world.client, person.email)
  const known = new Set((await list()).map((each) => each.text('id')))
  expect(await use(acme, as)).toBe(200)
  await expect.poll(async () => (await list()).length).toBe(known.size + 1)
  const id = (await list()).map((each) => each.text('id')).find((each) => !known.has(each)) ?? ''
  const path = `/members/${person.id}/sessions/${id}`
  expectRefusal(await ask('DELETE', `/members/${acme.owner.id}/sessions/${id}`, acme.owner.as), 404, 'not_found')
  expect((await ask('DELETE', path, acme.owner.as)).status).toBe(204)
  expect(await use(acme, as)).toBe(401)
  expect(await use(other, as)).toBe(200)
  expect(await use(acme, person.as)).toBe(200)
  expect(new Set((await list()).map((each) => each.text('id')))).toEqual(known)
  expectRefusal(await ask('DELETE', path, acme.owner.as), 404, 'not_found')
  const entries = await world.inside(acme.id, (tx) =>
    tx
      .selectFrom('audit.entry')
      .select(['actor_id', 'target_id', 'data'])
      .where('event', '=', 'session.revoked')
      .execute(),
  )
  expect(entries).toEqual([{ actor_id: acme.owner.id, target_id: person.id, data: { session_id: id } }])
})

test('whoever was signed out of the organisation has no session in it', async () => {
  await ask('POST', `/members/${person.id}/sign-out`, acme.owner.as)
  expect(await list()).toEqual([])
})

test('a session that is over everywhere is in no list', async () => {
  const { as } = await signIn(world.client, person.email)
  expect(await use(acme, as)).toBe(200)
  await expect.poll(async () => (await list()).length).toBe(1)
  await world.client.call('POST', '/api/me/sign-out', { as })
  expect(await list()).toEqual([])
})
