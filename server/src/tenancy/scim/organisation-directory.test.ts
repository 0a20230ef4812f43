import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, type Connected } from '../sso/sso.suite.ts'
import { startWorld, type World } from '../world.suite.ts'
import { createScim, oktaUser, patchWith, PROVIDER, type Scim } from './scim.suite.ts'

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

test('whom the connection removed it brings back; whom a person removed only a person lets in again', async () => {
  const scim = await scimOf(here)
  const { path, owner } = here.organisation
  const provision = () => scim('POST', '/Users', oktaUser('comes.back@acme.example'))
  const { member_id } = await (async () => {
    const id = (await provision()).body.text('id')
    return world.inside(here.organisation.id, (tx) =>
      tx.selectFrom('tenancy.scim_user').select('member_id').where('id', '=', id).executeTakeFirstOrThrow(),
    )
  })()
  const statusOf = async () => (await memberOf(here, member_id)).status
  const endAtProvider = async () => {
    const found = await scim('GET', '/Users?filter=userName eq "comes.back@acme.example"')
    return scim('DELETE', `/Users/${found.body.list('Resources')[0]?.text('id') ?? ''}`)
  }
  await endAtProvider()
  expect(await statusOf()).toBe('removed')
  expect((await provision()).status).toBe(201)
  expect(await statusOf()).toBe('active')
  await world.client.call('DELETE', `${path}/members/${member_id}`, { as: owner.as })
  await endAtProvider()
  expect((await provision()).raw).toMatchObject({ status: '409', scimType: 'uniqueness' })
  expect(await statusOf()).toBe('removed')
  await world.client.call('POST', `${path}/members/${member_id}/restore`, { as: owner.as })
  expect(await statusOf()).toBe('active')
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

test('groups give what is mapped, at once, and take it back; what was given by hand stays', async () => {
  const there = await connect(world, PROVIDER, 'groups.example')
  const scim = await scimOf(there)
  const { as } = there.organisation.owner
  const patch = (path: string, ...operations: object[]) => patchWith(scim, path, ...operations)
  const provision = async (userName: string) => {
    const id = (await scim('POST', '/Users', oktaUser(userName))).body.text('id')
    const { member_id } = await world.inside(there.organisation.id, (tx) =>
      tx.selectFrom('tenancy.scim_user').select('member_id').where('id', '=', id).executeTakeFirstOrThrow(),
    )
    return { id, member_id }
  }
  const team = async (name: string) =>
    (await world.client.call('POST', `${there.organisation.path}/teams`, { as, body: { name } })).text('id')
  const [mapped, byHand] = [await team('Mapped'), await team('By hand')]
  const mapping = {
    base_role: null,
    designations: [],
    team_id: null,
    is_manager: false,
    project_id: null,
    project_role: null,
  }
  const mappings = [
    { ...mapping, group_name: 'Admins', base_role: 'admin', designations: ['reviewer'], team_id: mapped },
    { ...mapping, group_name: 'entra-object-id', team_id: byHand, is_manager: true },
  ]
  await world.client.call('PUT', `${there.path}/mappings`, { as, body: { mappings } })
  const one = await provision('one@groups.example')
  const two = await provision('two@groups.example')
  const byHandPath = `${there.organisation.path}/teams/${byHand}/members/${one.member_id}`
  await world.client.call('PUT', byHandPath, { as, body: { is_manager: false } })
  const group = { displayName: 'Admins', members: [{ value: one.id }] }
  const made = await scim('POST', '/Groups', group)
  expect(made.status, JSON.stringify(made.raw)).toBe(201)
  const path = `/Groups/${made.body.text('id')}`
  const teamsOf = (member_id: string) =>
    world.inside(there.organisation.id, async (tx) => {
      const rows = await tx.selectFrom('tenancy.team_member').selectAll().where('member_id', '=', member_id).execute()
      return rows.map((row) => [row.team_id, row.is_manager])
    })
  expect(await memberOf(there, one.member_id)).toMatchObject({ base_role: 'admin', designations: ['reviewer'] })
  await patch(path, { op: 'Add', path: 'members', value: [{ value: two.id }] })
  expect(await memberOf(there, two.member_id)).toMatchObject({ base_role: 'admin' })
  await patch(path, { op: 'Remove', path: `members[value eq "${two.id}"]` })
  expect(await memberOf(there, two.member_id)).toMatchObject({ base_role: 'member', designations: [] })
  const other = await scim('POST', '/Groups', {
    displayName: 'Other',
    externalId: 'entra-object-id',
    members: [{ value: one.id }],
  })
  expect(await teamsOf(one.member_id)).toEqual(
    expect.arrayContaining([
      [mapped, false],
      [byHand, false],
    ]),
  )
  await patch(path, { op: 'Remove', path: 'members', value: [{ value: one.id }] })
  await scim('DELETE', `/Groups/${other.body.text('id')}`)
  expect(await memberOf(there, one.member_id)).toMatchObject({ base_role: 'member', designations: [] })
  expect(await teamsOf(one.member_id)).toEqual([[byHand, false]])
})

test('a suspension by hand and a refusal are seen: the provider reads who is not active, the log who was kept', async () => {
  const there = await connect(world, PROVIDER, 'seen.example')
  const scim = await scimOf(there)
  const { as } = there.organisation.owner
  const { id } = { id: (await scim('POST', '/Users', oktaUser('seen@seen.example'))).body.text('id') }
  const { member_id } = await world.inside(there.organisation.id, (tx) =>
    tx.selectFrom('tenancy.scim_user').select('member_id').where('id', '=', id).executeTakeFirstOrThrow(),
  )
  await world.client.call('POST', `${there.organisation.path}/members/${member_id}/suspend`, { as })
  expect((await scim('GET', `/Users/${id}`)).raw).toMatchObject({ active: false })
  await joinByHand(there, 'member', 'byhand@seen.example')
  expect((await scim('POST', '/Users', oktaUser('byhand@seen.example'))).raw).toMatchObject({ scimType: 'uniqueness' })
  expect(await world.events(there.organisation.id)).toContain('scim.refused')
})
