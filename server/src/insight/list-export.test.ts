import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type Administration,
  entriesOf,
  expectRefusal,
  platformEntriesOf,
  startAdministration,
} from '../../test/administration.ts'
import type { As } from '../../test/client.ts'

let office: Administration
beforeAll(async () => {
  office = await startAdministration()
})
afterAll(() => office.stop())

const take = (as: As, list: string, filter: object = {}) =>
  office.client.request('POST', `${office.organisation.path}/list-exports`, { as, body: { list, filter } })

test('a list that is saved as a file stands in the log, with its filters and who took it', async () => {
  const officer = await office.join({ designations: ['compliance_officer'] })
  expect((await take(officer.as, 'audit', { event: 'member.removed' })).status).toBe(201)
  const [entry] = await entriesOf(office, office.organisation.id, 'list.exported')
  expect(entry).toMatchObject({
    actor_id: officer.member_id,
    data: { list: 'audit', filter: { event: 'member.removed' } },
  })
  const platform = { as: office.superadmin, body: { list: 'audit' } }
  expect((await office.client.request('POST', '/api/platform/list-exports', platform)).status).toBe(201)
  expect(await platformEntriesOf(office, 'list.exported')).toMatchObject([{ data: { list: 'audit' } }])
})

test('nobody takes a list with them that they may not', async () => {
  const member = await office.join()
  for (const list of ['audit', 'people']) expectRefusal(await take(member.as, list), 403, 'forbidden')
  expect((await take(member.as, 'executions')).status).toBe(201)
  expect((await take(office.organisation.owner.as, 'secrets')).status).toBe(422)
})
