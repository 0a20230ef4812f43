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
