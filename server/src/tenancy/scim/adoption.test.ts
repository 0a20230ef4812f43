import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, type Connected } from '../sso/sso.suite.ts'
import { startWorld, type World } from '../world.suite.ts'
import { createScim, oktaUser, patchWith, type Scim } from './scim.suite.ts'

const PROVIDER = { issuer: 'http://127.0.0.1:9', client_id: 'none', client_secret: 'a-secret-that-nobody-asks-for' }

let world: World
let here: Connected
beforeAll(async () => {
  world = await startWorld()
  here = await connect(world, PROVIDER, 'acme.example')
}, 60_000)
afterAll(() => world.stop())

async function scimOf(at: Connected): Promise<Scim> {
  const made = await world.client.call('POST', `${at.path}/scim-tokens`, { as: at.organisation.owner.as, body: {} })
  return createScim(world.client.url, made.text('token'))
}

const memberOf = (at: Connected, member_id: string) =>
  world.inside(at.organisation.id, (tx) =>
    tx.selectFrom('tenancy.member').selectAll().where('id', '=', member_id).executeTakeFirstOrThrow(),
  )

/** A member whom nobody provisioned, with an address of the connection's domain. */
async function joinByHand(at: Connected, base_role: 'owner' | 'admin' | 'member', email: string) {
  const member = await world.join(at.organisation, base_role)
  await world.inControl((tx) =>
    tx.updateTable('identity.user').set({ email, email_key: email }).where('email_key', '=', member.email).execute(),
  )
  return { ...member, email }
}

test('where the owner lets it, a connection takes over who was a member before, and nothing but that', async () => {
  const scim = await scimOf(here)
  const { as } = here.organisation.owner
  const change = (adopts_members: boolean) => world.client.call('PATCH', here.path, { as, body: { adopts_members } })
  const member = await joinByHand(here, 'admin', 'admin@acme.example')
  const owner = await joinByHand(here, 'owner', 'owner@acme.example')
  expect((await scim('POST', '/Users', oktaUser(member.email))).status).toBe(409)
  await change(true)
  const account = () =>
    world.inControl((tx) =>
      tx.selectFrom('identity.user').selectAll().where('email_key', '=', member.email).executeTakeFirstOrThrow(),
    )
  const before = await account()
  const made = await scim('POST', '/Users', { ...oktaUser(member.email), displayName: 'Another Name' })
  expect(made.status, JSON.stringify(made.raw)).toBe(201)
  const id = made.body.text('id')
  expect(await account()).toEqual(before)
  expect(await memberOf(here, member.id)).toMatchObject({ base_role: 'admin', status: 'active' })
  expect((await world.client.request('GET', here.organisation.path, { as: member.as })).status).toBe(200)
  expect((await scim('POST', '/Users', oktaUser(member.email))).status).toBe(409)
  // Owners stay out of its reach.
  expect((await scim('POST', '/Users', oktaUser(owner.email))).raw).toMatchObject({ scimType: 'uniqueness' })
  await change(false)
  await patchWith(scim, `/Users/${id}`, { op: 'replace', value: { active: false } })
  expect((await memberOf(here, member.id)).status).toBe('suspended')
  await patchWith(scim, `/Users/${id}`, { op: 'replace', value: { active: true } })
  expect(await memberOf(here, member.id)).toMatchObject({ base_role: 'admin', status: 'active' })
  expect(await account()).toEqual(before)
})

test('somebody who was taken over stays a member when the connection goes', async () => {
  const there = await connect(world, PROVIDER, 'taken.example', { adopts_members: true })
  const { as } = there.organisation.owner
  const member = await joinByHand(there, 'member', 'stays@taken.example')
  const scim = await scimOf(there)
  for (const name of ['stays@taken.example', 'goes@taken.example']) {
    expect((await scim('POST', '/Users', oktaUser(name))).status).toBe(201)
  }
  await world.client.call('PATCH', there.path, { as, body: { status: 'disabled' } })
  await world.client.call('DELETE', there.path, { as })
  const left = await world.inside(there.organisation.id, (tx) =>
    tx.selectFrom('tenancy.member').select(['id', 'base_role']).where('status', '=', 'active').orderBy('id').execute(),
  )
  expect(left.map((row) => row.id)).toEqual([there.organisation.owner.id, member.id])
})
