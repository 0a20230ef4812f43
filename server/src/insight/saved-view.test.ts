import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type Administration,
  expectRefusal,
  memberOf,
  type Person,
  startAdministration,
} from '../../test/administration.ts'
import type { Reply } from '../../test/client.ts'

let office: Administration
let owner: Person
let maker: Person
let other: Person
beforeAll(async () => {
  office = await startAdministration()
  owner = office.organisation.owner
  ;[maker, other] = await Promise.all([office.join(), office.join()])
})
afterAll(() => office.stop())

const path = (rest = ''): string => `${office.organisation.path}/saved-views${rest}`
const ask = ({ as }: Pick<Person, 'as'>, method: string, at: string, body?: unknown): Promise<Reply> =>
  office.client.request(method, at, { as, ...(body !== undefined && { body }) })

const view = (name: string, is_shared = false) => ({
  screen: 'executions',
  name,
  search: { state: 'failed', range: '30d' },
  is_shared,
})

async function make(who: Person, body: object): Promise<string> {
  const made = await ask(who, 'POST', path(), body)
  expect(made.status, made.text).toBe(201)
  return String(memberOf(made.body, 'id'))
}

const namesSeenBy = async (who: Person): Promise<readonly unknown[]> => {
  const items = memberOf((await ask(who, 'GET', path('?screen=executions'))).body, 'items')
  return Array.isArray(items) ? items.map((item: unknown) => memberOf(item, 'name')) : []
}

test('a view is its maker’s alone until it is shared, and then everybody’s to choose and nobody else’s to change', async () => {
  const id = await make(maker, view('Failed runs'))
  expect(await namesSeenBy(maker)).toEqual(['Failed runs'])
  expect(await namesSeenBy(other)).toEqual([])
  expect((await ask(other, 'GET', path(`/${id}`))).status).toBe(404)
  expect((await ask(maker, 'PATCH', path(`/${id}`), { is_shared: true })).status).toBe(200)
  expect(await namesSeenBy(other)).toEqual(['Failed runs'])
  const seen = await ask(other, 'GET', path(`/${id}`))
  expect(seen.body).toMatchObject({ is_own: false, search: { state: 'failed', range: '30d' } })
  expectRefusal(await ask(other, 'PATCH', path(`/${id}`), { name: 'Mine' }), 403, 'view_of_another')
  expectRefusal(await ask(other, 'DELETE', path(`/${id}`)), 403, 'view_of_another')
  expect((await ask(owner, 'DELETE', path(`/${id}`))).status).toBe(204)
  expect((await ask(maker, 'GET', path(`/${id}`))).status).toBe(404)
})

test('a change keeps what it does not name, and a second view of a name is refused', async () => {
  const id = await make(maker, view('Weekly'))
  const changed = await ask(maker, 'PATCH', path(`/${id}`), { search: { risk: 'high' } })
  expect(changed.body).toMatchObject({ name: 'Weekly', search: { risk: 'high' }, is_shared: false })
  expectRefusal(await ask(maker, 'POST', path(), view('Weekly')), 409, 'view_name_taken')
  const second = await make(maker, view('Monthly'))
  expectRefusal(await ask(maker, 'PATCH', path(`/${second}`), { name: 'Weekly' }), 409, 'view_name_taken')
  await make(other, view('Weekly'))
})

test('views of a list are for those who may open it', async () => {
  expectRefusal(await ask(maker, 'GET', path('?screen=audit')), 403, 'forbidden')
  expectRefusal(await ask(maker, 'POST', path(), { ...view('Log'), screen: 'audit' }), 403, 'forbidden')
  const id = await make(owner, { ...view('Refusals', true), screen: 'audit' })
  expect((await ask(maker, 'GET', path(`/${id}`))).status).toBe(404)
  expect((await ask(owner, 'GET', path(`/${id}`))).status).toBe(200)
})

test('more than 50 views of a list, and filters that are no texts, are refused', async () => {
  const keeper = await office.join()
  for (let count = 0; count < 50; count += 1) await make(keeper, view(`View ${count}`))
  expectRefusal(await ask(keeper, 'POST', path(), view('One more')), 409, 'too_many_views')
  const nested = { ...view('Nested'), search: { state: { any: true } } }
  expect((await ask(maker, 'POST', path(), nested)).status).toBe(422)
})

test('a view that is shared with one role is seen by its holders, its maker and whoever keeps the settings', async () => {
  const [manager, expert] = [
    await office.join({ designations: ['manager'] }),
    await office.join({ designations: ['expert'] }),
  ]
  const id = await make(maker, { ...view('For managers', true), shared_with: 'manager' })
  for (const who of [manager, maker, owner]) expect(await namesSeenBy(who)).toContain('For managers')
  for (const who of [expert, other]) {
    expect(await namesSeenBy(who)).not.toContain('For managers')
    expect((await ask(who, 'GET', path(`/${id}`))).status).toBe(404)
  }
  const wider = await ask(maker, 'PATCH', path(`/${id}`), { shared_with: null })
  expect(wider.body).toMatchObject({ is_shared: true, shared_with: null })
  expect(await namesSeenBy(expert)).toContain('For managers')
  await ask(maker, 'PATCH', path(`/${id}`), { shared_with: 'expert' })
  const closed = await ask(maker, 'PATCH', path(`/${id}`), { is_shared: false })
  expect(closed.body).toMatchObject({ is_shared: false, shared_with: null })
  const silent = await ask(maker, 'PATCH', path(`/${id}`), { shared_with: 'manager' })
  expect(silent.body).toMatchObject({ is_shared: false, shared_with: null })
  expectRefusal(await ask(maker, 'PATCH', path(`/${id}`), { shared_with: 'pirate' }), 422, 'invalid_input')
  expect(await namesSeenBy(manager)).not.toContain('For managers')
})

test('a pinned view stands in the sidebar of whoever pinned it, for as long as they may choose it', async () => {
  const reader = await office.join()
  const id = await make(maker, view('Pinned', true))
  const pinned = async (who: Person) => {
    const items = memberOf((await ask(who, 'GET', path('/pinned'))).body, 'items')
    return Array.isArray(items) ? items.map((item: unknown) => memberOf(item, 'name')) : []
  }
  for (let twice = 0; twice < 2; twice += 1) {
    expect((await ask(reader, 'PUT', path(`/${id}/pin`))).body).toMatchObject({ id, is_pinned: true, is_own: false })
  }
  expect((await ask(reader, 'GET', path(`/${id}`))).body).toMatchObject({ is_pinned: true })
  expect([await pinned(reader), await pinned(maker)]).toEqual([['Pinned'], []])
  await ask(maker, 'PATCH', path(`/${id}`), { is_shared: false })
  expect(await pinned(reader)).toEqual([])
  expect((await ask(reader, 'PUT', path(`/${id}/pin`))).status).toBe(404)
  await ask(maker, 'PATCH', path(`/${id}`), { is_shared: true })
  expect(await pinned(reader)).toEqual(['Pinned'])
  expect((await ask(reader, 'DELETE', path(`/${id}/pin`))).body).toMatchObject({ is_pinned: false })
  expect(await pinned(reader)).toEqual([])
  await ask(reader, 'PUT', path(`/${id}/pin`))
  expect((await ask(maker, 'DELETE', path(`/${id}`))).status).toBe(204)
  expect(await pinned(reader)).toEqual([])
  expect((await ask(office.other.owner, 'PUT', path(`/${id}/pin`))).status).toBe(404)
  for (let count = 0; count < 20; count += 1) {
    await ask(reader, 'PUT', path(`/${await make(reader, view(`Mine ${count}`))}/pin`))
  }
  const further = await make(reader, view('One more'))
  expectRefusal(await ask(reader, 'PUT', path(`/${further}/pin`)), 409, 'too_many_pins')
})
