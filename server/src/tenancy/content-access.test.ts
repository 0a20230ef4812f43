import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { As } from '../../test/client.ts'
import { noteForOwners } from '../mail/owner-notice.ts'
import { expectRefusal, type Founded, signIn, startWorld, type World } from './world.suite.ts'

let world: World
let acme: Founded
let root: As
beforeAll(async () => {
  world = await startWorld()
  acme = await world.found('Acme & Sons')
  root = (await world.superadmin()).as
})
afterAll(() => world.stop())

const setSettings = (body: object) => world.client.call('PATCH', '/api/platform/settings', { as: root, body })

/** What an address was mailed, opened by the super-admin, oldest first. */
async function mailsTo(email: string) {
  const path = `/api/platform/outbox?search=${encodeURIComponent(email)}`
  const found = (await world.client.call('GET', path, { as: root })).list('items').toReversed()
  const open = (id: string) => world.client.call('POST', `/api/platform/outbox/${id}/open`, { as: root })
  return Promise.all(found.map((each) => open(each.text('id'))))
}

const untilMailed = (email: string, count: number) =>
  vi.waitUntil(
    async () => {
      const mails = await mailsTo(email)
      return mails.length >= count ? mails : null
    },
    { timeout: 15_000, interval: 100 },
  )

test('every active owner, and nobody else, is mailed when a super-admin opens their organisation with a reason', async () => {
  const second = await world.join(acme, 'owner')
  const gone = await world.join(acme, 'owner')
  const admin = await world.join(acme, 'admin')
  await world.client.call('POST', `${acme.path}/members/${gone.id}/suspend`, { as: acme.owner.as })
  await setSettings({ content_access: 'reason_required' })
  const reason = 'Ticket 4711: the <b>wallet</b> looks wrong'
  const body = { organisation_id: acme.id, reason, minutes: 10 }
  await world.client.call('POST', '/api/platform/content-accesses', { as: root, body })
  await setSettings({ content_access: 'open' })
  for (const { email } of [acme.owner, second]) {
    const [mail, ...more] = await untilMailed(email, 1)
    expect(more).toEqual([])
    expect(mail?.body).toMatchObject({ kind: 'access_opened', organisation_id: acme.id })
    expect(mail?.text('subject')).toBe('A super-admin opened Acme & Sons')
    const text = mail?.text('text') ?? ''
    for (const part of ['Organisation: Acme & Sons', 'Who: Root', 'Reason: Ticket 4711', `/o/${acme.id}/audit`]) {
      expect(text).toContain(part)
    }
    expect(mail?.text('html')).toContain('&lt;b&gt;')
  }
  expect(await mailsTo(admin.email)).toEqual([])
  expect(await mailsTo(gone.email)).toEqual([])
})

test('what is noted while an organisation cannot be reached keeps no other waiting, and is told later', async () => {
  const [away, near] = [await world.found(), await world.found()]
  const nameOf = (id: string) =>
    world.inControl((tx) =>
      tx.selectFrom('kernel.placement').selectAll().where('organisation_id', '=', id).executeTakeFirstOrThrow(),
    )
  const { database_name } = await nameOf(away.id)
  await world.needs.databases.forget(database_name)
  const rename = (from: string, to: string) =>
    world.inControl((tx) =>
      tx.updateTable('kernel.placement').set({ database_name: to }).where('database_name', '=', from).execute(),
    )
  await rename(database_name, `${database_name}_away`)
  await world.inControl(async (tx) => {
    await noteForOwners(tx, away.id, 'break_glass_used', { who: 'Ann Owner' })
    await noteForOwners(tx, near.id, 'break_glass_expiring', { until: null })
  })
  const [mail] = await untilMailed(near.owner.email, 1)
  expect(mail?.text('text')).toContain('no owner may come in without')
  expect(await mailsTo(away.owner.email)).toEqual([])
  await rename(`${database_name}_away`, database_name)
  await world.needs.databases.forget(`${database_name}_away`)
  const [late] = await untilMailed(away.owner.email, 1)
  expect(late?.text('text')).toContain('Who: Ann Owner')
})

test('a super-admin without the factor that is demanded is a plain member, and nobody where they are none', async () => {
  const { email } = await world.superadmin()
  const there = await world.found()
  const added = { email, display_name: 'Root' }
  await world.client.call('POST', `${acme.path}/members`, { as: acme.owner.as, body: added })
  const { as } = await signIn(world.client, email)
  const members = (of: Founded) => world.client.request('GET', `${of.path}/members`, { as })
  expect([(await members(acme)).status, (await members(there)).status]).toEqual([200, 200])
  await setSettings({ superadmin_factor_is_required: true })
  expectRefusal(await members(acme), 403, 'forbidden')
  expectRefusal(await members(there), 403, 'factor_required')
  expect((await world.client.request('GET', acme.path, { as })).status).toBe(200)
  await world.inControl((tx) =>
    tx.deleteFrom('kernel.platform_setting').where('name', '=', 'superadmin_factor_is_required').execute(),
  )
  expectRefusal(await members(there), 403, 'factor_required')
  // The session of the first run goes on.
  await setSettings({ superadmin_factor_is_required: false })
  expect((await members(there)).status).toBe(200)
})
