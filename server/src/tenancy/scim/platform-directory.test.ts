// What only a connection of the platform does: its groups lead the same person into several organisations.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { type IdentityProvider, startIdentityProvider } from '../../../test/identity-provider.ts'
import { sessionOf, signInThrough } from '../sso/sso.suite.ts'
import { bodyOf, type Founded, startWorld, type World } from '../world.suite.ts'
import { settleAgain } from './platform-settle.ts'
import {
  connectPlatform,
  createScim,
  oktaUser,
  patchWith,
  type PlatformConnected,
  type PlatformMappingDraft,
  type Scim,
} from './scim.suite.ts'

let world: World
let provider: IdentityProvider
beforeAll(async () => {
  ;[world, provider] = await Promise.all([startWorld(), startIdentityProvider()])
}, 120_000)
afterAll(async () => {
  await world.stop()
  await provider.close()
})

type Company = PlatformConnected & {
  readonly one: Founded
  readonly two: Founded
  readonly domain: string
  readonly scim: Scim
  readonly map: (mappings: readonly PlatformMappingDraft[]) => Promise<void>
}

let companies = 0

/** Two organisations: "Sales" leads into the first, "Leads" into the first as admins and into the second. */
async function startCompany(): Promise<Company> {
  const domain = `company${(companies += 1)}.example`
  const [one, two] = [await world.found(), await world.found()]
  const at = await connectPlatform(world, provider, domain, [
    { group_name: 'Sales', organisation_id: one.id, base_role: 'member' },
    { group_name: 'Leads', organisation_id: one.id, base_role: 'admin' },
    { group_name: 'Leads', organisation_id: two.id, base_role: 'member' },
  ])
  const { as, path } = at
  const token = (await world.client.call('POST', `${path}/scim-tokens`, { as, body: {} })).text('token')
  const scim = createScim(world.client.url, token)
  const map = async (mappings: readonly PlatformMappingDraft[]) => {
    await world.client.call('PUT', `${path}/mappings`, { as, body: { mappings } })
  }
  return { ...at, one, two, domain, scim, map }
}

/** A provisioned person, in groups of these names, which are made. */
async function provision({ scim, domain }: Company, name: string, ...groups: string[]) {
  const email = `${name}@${domain}`
  const made = await scim('POST', '/Users', oktaUser(email))
  expect(made.status, JSON.stringify(made.raw)).toBe(201)
  const id = made.body.text('id')
  const paths: string[] = []
  for (const displayName of groups) {
    const group = await scim('POST', '/Groups', { displayName, members: [{ value: id }] })
    expect(group.status, JSON.stringify(group.raw)).toBe(201)
    paths.push(`/Groups/${group.body.text('id')}`)
  }
  return { id, email, paths }
}

const memberIn = async (organisation: Founded, email: string) => {
  const user = await world.inControl((tx) =>
    tx.selectFrom('identity.user').select('id').where('email_key', '=', email).executeTakeFirstOrThrow(),
  )
  const row = await world.inside(organisation.id, (tx) =>
    tx.selectFrom('tenancy.member').select(['id', 'status', 'base_role']).where('user_id', '=', user.id).execute(),
  )
  return row[0] ?? null
}
const standings = async ({ one, two }: Company, email: string) => [
  (await memberIn(one, email))?.status ?? null,
  (await memberIn(two, email))?.status ?? null,
]
/** Standings once what was left over is done, by whoever does it: the node has a job for it too. */
const later = (at: Company, email: string) =>
  expect.poll(async () => {
    await settleAgain(world.needs)
    return standings(at, email)
  })
const setActive = ({ scim }: Company, id: string, active: boolean) =>
  patchWith(scim, `/Users/${id}`, { op: 'replace', value: { active } })

test('groups lead into organisations, with the highest role, and out of them again', async () => {
  const at = await startCompany()
  const { id, email, paths } = await provision(at, 'anna', 'Sales', 'Leads')
  expect(await memberIn(at.one, email)).toMatchObject({ status: 'active', base_role: 'admin' })
  expect(await memberIn(at.two, email)).toMatchObject({ status: 'active', base_role: 'member' })
  await patchWith(at.scim, paths[1] ?? '', { op: 'remove', path: `members[value eq "${id}"]` })
  expect(await memberIn(at.one, email)).toMatchObject({ status: 'active', base_role: 'member' })
  expect(await memberIn(at.two, email)).toMatchObject({ status: 'removed' })
  // Who was let go by the groups comes back by them.
  await patchWith(at.scim, paths[1] ?? '', { op: 'add', path: 'members', value: [{ value: id }] })
  expect(await standings(at, email)).toEqual(['active', 'active'])
})

test('whoever is nobody’s to let in is provisioned, and in no organisation', async () => {
  const at = await startCompany()
  const { email } = await provision(at, 'nobody', 'Unmapped')
  expect(await standings(at, email)).toEqual([null, null])
})

test('deactivation ends access in every organisation it gave, ends sessions, and keeps the person out of the next sign-in', async () => {
  const at = await startCompany()
  provider.register(at)
  const { id, email } = await provision(at, 'leaver', 'Leads')
  provider.put({ sub: email, email })
  const { cookie } = sessionOf(await signInThrough(world.client, provider, at.connection_id, email))
  const ask = ({ path }: Founded) => world.client.request('GET', path, { as: { cookie } })
  expect([(await ask(at.one)).status, (await ask(at.two)).status]).toEqual([200, 200])
  await setActive(at, id, false)
  expect((await ask(at.one)).status).toBe(401)
  expect(await standings(at, email)).toEqual(['suspended', 'suspended'])
  const refused = await signInThrough(world.client, provider, at.connection_id, email)
  // The person learns no more than anybody else; the log keeps why.
  expect(bodyOf(refused).object('params').text('reason')).toBe('not_admitted')
  const reasons = await world.inControl((tx) =>
    tx.selectFrom('audit.entry').select('reason_code').where('event', '=', 'sso.login_failed').execute(),
  )
  expect(reasons).toEqual([{ reason_code: 'member_suspended' }])
  await setActive(at, id, true)
  expect(await standings(at, email)).toEqual(['active', 'active'])
  sessionOf(await signInThrough(world.client, provider, at.connection_id, email))
})

test('what provisioning gave goes with it, also after a sign-in by which it was seen', async () => {
  const at = await startCompany()
  provider.register(at)
  const { id, email, paths } = await provision(at, 'seen', 'Leads')
  provider.put({ sub: email, email })
  sessionOf(await signInThrough(world.client, provider, at.connection_id, email))
  expect(await memberIn(at.one, email)).toMatchObject({ status: 'active', base_role: 'admin' })
  await patchWith(at.scim, paths[0] ?? '', { op: 'remove', path: `members[value eq "${id}"]` })
  expect(await standings(at, email)).toEqual(['removed', 'removed'])
})

test('a member by hand is out of its reach in that organisation, and only there', async () => {
  const at = await startCompany()
  const member = await world.join(at.one, 'admin')
  const email = `byhand@${at.domain}`
  await world.inControl((tx) =>
    tx.updateTable('identity.user').set({ email, email_key: email }).where('email_key', '=', member.email).execute(),
  )
  const { id } = await provision(at, 'byhand', 'Leads')
  await setActive(at, id, false)
  expect(await memberIn(at.one, email)).toMatchObject({ status: 'active', base_role: 'admin' })
  expect((await memberIn(at.two, email))?.status).toBe('suspended')
  expect((await at.scim('DELETE', `/Users/${id}`)).status).toBe(204)
  expect(await standings(at, email)).toEqual(['active', 'removed'])
})

test('whom a person has removed no group brings back', async () => {
  const at = await startCompany()
  const { id, email } = await provision(at, 'removed', 'Leads')
  const member = await memberIn(at.one, email)
  const { as } = at.one.owner
  await world.client.call('DELETE', `${at.one.path}/members/${member?.id}`, { as })
  for (const active of [false, true]) await setActive(at, id, active)
  expect(await standings(at, email)).toEqual(['removed', 'active'])
})

test('the last owner stays in that organisation, is out of every other, and leaves when somebody else owns it', async () => {
  const at = await startCompany()
  const { id, email } = await provision(at, 'owner', 'Leads')
  const member = await memberIn(at.one, email)
  const makeOwner = (member_id: string, base_role: string) =>
    world.inside(at.one.id, (tx) =>
      tx.updateTable('tenancy.member').set({ base_role }).where('id', '=', member_id).execute(),
    )
  await makeOwner(member?.id ?? '', 'owner')
  await makeOwner(at.one.owner.id, 'member')
  const refused = await setActive(at, id, false)
  expect(refused.raw).toMatchObject({ status: '409' })
  expect(await standings(at, email)).toEqual(['active', 'suspended'])
  await makeOwner(at.one.owner.id, 'owner')
  await later(at, email).toEqual(['suspended', 'suspended'])
})

test('an organisation that cannot be reached is named as the cause, and done when it can', async () => {
  const at = await startCompany()
  const { id, email } = await provision(at, 'away', 'Leads')
  const place = (from: string, to: string) =>
    world.inControl((tx) =>
      tx.updateTable('kernel.placement').set({ database_name: to }).where('database_name', '=', from).execute(),
    )
  const { database_name } = await world.inControl((tx) =>
    tx
      .selectFrom('kernel.placement')
      .select('database_name')
      .where('organisation_id', '=', at.one.id)
      .executeTakeFirstOrThrow(),
  )
  await place(database_name, 'reeve_that_is_away')
  expect((await setActive(at, id, false)).raw).toMatchObject({ status: '503' })
  await place('reeve_that_is_away', database_name)
  expect(await standings(at, email)).toEqual(['active', 'suspended'])
  await later(at, email).toEqual(['suspended', 'suspended'])
})

test('a change of mappings reaches whoever was provisioned before, and a connection that goes takes all it gave', async () => {
  const at = await startCompany()
  const { email } = await provision(at, 'mapped', 'Leads')
  await at.map([{ group_name: 'Leads', organisation_id: at.two.id, base_role: 'admin' }])
  await later(at, email).toEqual(['removed', 'active'])
  expect(await memberIn(at.two, email)).toMatchObject({ base_role: 'admin' })
  await world.client.call('DELETE', at.path, { as: at.as })
  expect((await memberIn(at.two, email))?.status).toBe('removed')
  expect((await at.scim('GET', '/Users')).status).toBe(401)
})

test('words that come at the same time leave every organisation with the last of them', async () => {
  const at = await startCompany()
  const { id, email, paths } = await provision(at, 'often', 'Leads')
  const change = (round: number) =>
    round % 2 === 0
      ? setActive(at, id, round % 4 === 0)
      : patchWith(at.scim, paths[0] ?? '', {
          op: round % 3 === 0 ? 'remove' : 'add',
          path: 'members',
          value: [{ value: id }],
        })
  const answers = await Promise.all(Array.from({ length: 16 }, (_, round) => change(round)))
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
  const { is_active, is_in } = await world.inControl(async (tx) => {
    const person = await tx.selectFrom('tenancy.scim_user').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
    expect(person.settled).toBe(person.wanted)
    const groups = await tx.selectFrom('tenancy.scim_group_member').selectAll().where('user_id', '=', id).execute()
    return { is_active: person.is_active, is_in: groups.length > 0 }
  })
  const seen = await standings(at, email)
  const wanted = is_active ? (is_in ? ['active', 'active'] : ['removed', 'removed']) : null
  if (wanted !== null) expect(seen).toEqual(wanted)
  else expect(seen).not.toContain('active')
})

test('a name that is taken, or a person, is provisioned once', async () => {
  const at = await startCompany()
  const { id, email } = await provision(at, 'twice')
  const again = { ...oktaUser(`other@${at.domain}`), emails: [{ value: email, primary: true }] }
  expect((await at.scim('POST', '/Users', again)).raw).toMatchObject({ status: '409', scimType: 'uniqueness' })
  const other = await provision(at, 'other')
  const renamed = await patchWith(at.scim, `/Users/${other.id}`, { op: 'replace', path: 'userName', value: email })
  expect(renamed.raw).toMatchObject({ status: '409', scimType: 'uniqueness' })
  expect((await at.scim('GET', `/Users/${id}`)).raw).toMatchObject({ userName: email })
})
