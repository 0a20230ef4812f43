import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type Administration,
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

const HOUR_MS = 3_600_000
const inHours = (hours: number): string => new Date(Date.now() + hours * HOUR_MS).toISOString()
const PATH = '/api/platform/announcements'

const post = (body: object) => office.client.call('POST', PATH, { as: office.superadmin, body })
const change = (id: string, body: object) =>
  office.client.call('PATCH', `${PATH}/${id}`, { as: office.superadmin, body })
const shownTo = async (as: As) =>
  (await office.client.call('GET', '/api/me/announcements', { as })).list('items').map((item) => item.text('text'))

test('everybody sees what is announced from its start to its end, the most severe first', async () => {
  await post({ text: 'New models', severity: 'info' })
  await post({ text: 'An outage', severity: 'critical' })
  await post({ text: 'Later', severity: 'warning', starts_at: inHours(1) })
  await post({ text: 'Over', severity: 'warning', starts_at: inHours(-2), ends_at: inHours(-1) })
  const member = await office.join()
  for (const as of [member.as, office.organisation.owner.as, office.superadmin]) {
    expect(await shownTo(as)).toEqual(['An outage', 'New models'])
  }
  const all = await office.client.call('GET', PATH, { as: office.superadmin })
  expect(all.list('items').map((item) => item.text('state'))).toEqual(['over', 'planned', 'shown', 'shown'])
})

test('it is ended and shown again; other words are another edition, another end is not; the log tells of each', async () => {
  const id = (await post({ text: 'Maintenance', severity: 'warning' })).text('id')
  expect((await change(id, { is_ended: true })).text('state')).toBe('over')
  expect(await shownTo(office.superadmin)).not.toContain('Maintenance')
  expect((await change(id, { is_ended: false })).text('state')).toBe('shown')
  expect((await change(id, { ends_at: inHours(2) })).body).toMatchObject({ edition: 1 })
  expect((await change(id, { text: 'Maintenance at noon' })).body).toMatchObject({ edition: 2 })
  const told = (await platformEntriesOf(office, 'announcement.changed')).filter((entry) => entry.target_id === id)
  expect(told).toHaveLength(4)
  expect(told.at(-1)?.data).toMatchObject({ before: { text: 'Maintenance' }, after: { text: 'Maintenance at noon' } })
})

test('an end before the start, an empty text and a severity of its own are refused by name', async () => {
  const draft = { text: 'Never', severity: 'info', starts_at: inHours(2), ends_at: inHours(1) }
  const refused = await office.client.request('POST', PATH, { as: office.superadmin, body: draft })
  expectRefusal(refused, 422, 'announcement_order')
  expect(refused.body).toMatchObject({ fields: [{ pointer: '/ends_at' }] })
  for (const body of [
    { text: '   ', severity: 'info' },
    { text: 'Loud', severity: 'deafening' },
  ]) {
    expect((await office.client.request('POST', PATH, { as: office.superadmin, body })).status).toBe(422)
  }
})

test('only super-admins write announcements or see all of them', async () => {
  const { as } = office.organisation.owner
  expectRefusal(await office.client.request('GET', PATH, { as }), 403, 'forbidden')
  const body = { text: 'Mine', severity: 'info' }
  expectRefusal(await office.client.request('POST', PATH, { as, body }), 403, 'forbidden')
})
