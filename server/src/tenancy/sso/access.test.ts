import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type IdentityProvider, startIdentityProvider } from '../../../test/identity-provider.ts'
import { type NameServer, startNameServer } from '../../../test/name-server.ts'
import { bodyOf, expectRefusal, type MemberOf, signIn, startWorld, type World } from '../world.suite.ts'
import { alarmUnbreakableGlass } from './glass-alarm.ts'
import { comeBack, connect, type Connected, leaveAs, sessionOf, signInThrough } from './sso.suite.ts'

let world: World
let provider: IdentityProvider
let names: NameServer
let here: Connected
beforeAll(async () => {
  names = await startNameServer()
  ;[world, provider] = await Promise.all([startWorld({ REEVE_DNS_SERVER: names.address }), startIdentityProvider()])
  here = await connect(world, provider, 'acme.example', { admission: 'mapped_groups' })
  provider.register(here)
}, 120_000)
afterAll(async () => {
  await world.stop()
  await provider.close()
  await names.close()
})

const NOTHING = {
  base_role: null,
  designations: [],
  team_id: null,
  is_manager: false,
  project_id: null,
  project_role: null,
}
const setMappings = (mappings: readonly object[], at: Connected = here) =>
  world.client.call('PUT', `${at.path}/mappings`, {
    as: at.organisation.owner.as,
    body: { mappings: mappings.map((each) => ({ ...NOTHING, ...each })) },
  })

let people = 0
const newPerson = (groups: readonly string[]) => {
  people += 1
  const account = { sub: `member-${people}`, email: `member${people}@acme.example`, groups }
  provider.put(account)
  return account
}
const comeIn = (sub: string) => signInThrough(world.client, provider, here.connection_id, sub)
const reasonOf = async (sub: string) =>
  bodyOf(await comeIn(sub))
    .object('params')
    .text('reason')

async function memberIdOf(cookie: string): Promise<string> {
  const seen = await world.client.call('GET', here.organisation.path, { as: { cookie } })
  return seen.object('membership').text('member_id')
}

const memberRow = (id: string) =>
  world.inside(here.organisation.id, (tx) =>
    tx.selectFrom('tenancy.member').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
  )
const placesOf = (member_id: string) =>
  world.inside(here.organisation.id, async (tx) => {
    const teams = await tx.selectFrom('tenancy.team_member').selectAll().where('member_id', '=', member_id).execute()
    const projects = await tx
      .selectFrom('tenancy.project_member')
      .selectAll()
      .where('member_id', '=', member_id)
      .execute()
    return {
      teams: Object.fromEntries(teams.map((row) => [row.team_id, row.is_manager])),
      projects: Object.fromEntries(projects.map((row) => [row.project_id, row.role])),
    }
  })

async function makePlaces() {
  const { path, owner } = here.organisation
  people += 1
  const make = async (kind: string, body: object) =>
    (await world.client.call('POST', `${path}/${kind}`, { as: owner.as, body })).text('id')
  return {
    team: await make('teams', { name: `Team ${people}` }),
    other: await make('teams', { name: `Other ${people}` }),
    project: await make('projects', { name: `Project ${people}` }),
  }
}

test('whoever has no mapped group is not let in', async () => {
  await setMappings([{ group_name: 'staff', base_role: 'member' }])
  expect(await reasonOf(newPerson(['strangers']).sub)).toBe('not_admitted')
})

test('groups give role, designation, team and project at each sign-in and take back what they gave', async () => {
  const { team, other, project } = await makePlaces()
  await setMappings([
    { group_name: 'staff', base_role: 'member' },
    { group_name: 'leads', base_role: 'admin', designations: ['manager'], team_id: team, is_manager: true },
    { group_name: 'builders', project_id: project, project_role: 'builder' },
  ])
  const { sub, email } = newPerson(['staff', 'leads', 'builders'])
  const id = await memberIdOf(sessionOf(await comeIn(sub)).cookie)
  expect(await memberRow(id)).toMatchObject({ base_role: 'admin', designations: ['manager'] })
  expect(await placesOf(id)).toEqual({ teams: { [team]: true }, projects: { [project]: 'builder' } })

  const { as } = here.organisation.owner
  await world.client.call('PUT', `${here.organisation.path}/teams/${other}/members/${id}`, {
    as,
    body: { is_manager: false },
  })
  provider.put({ sub, email, groups: ['staff'] })
  sessionOf(await comeIn(sub))
  expect(await memberRow(id)).toMatchObject({ base_role: 'member', designations: [], status: 'active' })
  expect(await placesOf(id)).toEqual({ teams: { [other]: false }, projects: {} })
})

test('what was given by hand stays when the group goes, also when both gave it', async () => {
  const { team } = await makePlaces()
  await setMappings([{ group_name: 'staff', base_role: 'admin', designations: ['expert'], team_id: team }])
  const { sub, email } = newPerson(['staff'])
  const id = await memberIdOf(sessionOf(await comeIn(sub)).cookie)
  const { as } = here.organisation.owner
  const member = `${here.organisation.path}/members/${id}`
  await world.client.call('PUT', `${member}/role`, { as, body: { base_role: 'admin' } })
  await world.client.call('PUT', `${member}/designations`, { as, body: { designations: ['expert'] } })
  await world.client.call('PUT', `${here.organisation.path}/teams/${team}/members/${id}`, {
    as,
    body: { is_manager: false },
  })
  await setMappings([{ group_name: 'others', base_role: 'member' }])
  provider.put({ sub, email, groups: ['others'] })
  sessionOf(await comeIn(sub))
  expect(await memberRow(id)).toMatchObject({ base_role: 'admin', designations: ['expert'] })
  expect((await placesOf(id)).teams).toEqual({ [team]: false })
})

test('whoever loses the last mapped group is out at once, and in again with a group', async () => {
  await setMappings([{ group_name: 'staff', base_role: 'member' }])
  const { sub, email } = newPerson(['staff'])
  const { cookie } = sessionOf(await comeIn(sub))
  const id = await memberIdOf(cookie)
  provider.put({ sub, email, groups: [] })
  expect(await reasonOf(sub)).toBe('not_admitted')
  expect((await memberRow(id)).status).toBe('removed')
  expectRefusal(await world.client.request('GET', here.organisation.path, { as: { cookie } }), 404, 'not_found')
  provider.put({ sub, email, groups: ['staff'] })
  sessionOf(await comeIn(sub))
  expect((await memberRow(id)).status).toBe('active')
})

test('the last owner stays owner when the group goes', async () => {
  await setMappings([
    { group_name: 'owners', base_role: 'owner' },
    { group_name: 'staff', base_role: 'member' },
  ])
  const { sub, email } = newPerson(['owners'])
  const id = await memberIdOf(sessionOf(await comeIn(sub)).cookie)
  expect((await memberRow(id)).base_role).toBe('owner')
  const setFounder = (base_role: string) =>
    world.inside(here.organisation.id, (tx) =>
      tx.updateTable('tenancy.member').set({ base_role }).where('id', '=', here.organisation.owner.id).execute(),
    )
  await setFounder('member')
  provider.put({ sub, email, groups: ['staff'] })
  sessionOf(await comeIn(sub))
  expect((await memberRow(id)).base_role).toBe('owner')
  await setFounder('owner')
  sessionOf(await comeIn(sub))
  expect((await memberRow(id)).base_role).toBe('member')
})

test('a mapping to what is not there is named', async () => {
  const body = { mappings: [{ ...NOTHING, group_name: 'x', team_id: here.organisation.id }] }
  const reply = await world.client.request('PUT', `${here.path}/mappings`, { as: here.organisation.owner.as, body })
  expectRefusal(reply, 422, 'mapping_unknown')
  expect(bodyOf(reply).list('fields')[0]?.text('pointer')).toBe('/mappings/0/team_id')
})

test('a domain is proven by its DNS record and belongs to one connection', async () => {
  const there = await connect(world, provider, 'first.example')
  const { as } = there.organisation.owner
  const claim = (at: Connected, domain: string) =>
    world.client.call('POST', `${at.path}/domains`, { as: at.organisation.owner.as, body: { domain } })
  const claimed = await claim(there, 'B\u00dcCHER.example')
  const domain = claimed.text('domain')
  expect(domain).toBe('xn--bcher-kva.example')
  const verify = (at: Connected, name: string) =>
    world.client.request('POST', `${at.path}/domains/${name}/verify`, { as: at.organisation.owner.as })
  expectRefusal(await verify(there, domain), 409, 'domain_not_proven')
  names.setText(claimed.object('record').text('name'), claimed.object('record').text('value'))
  expect((await verify(there, domain)).status).toBe(200)

  const second = await claim(here, domain)
  names.setText(second.object('record').text('name'), second.object('record').text('value'))
  expectRefusal(await verify(here, domain), 409, 'domain_taken')

  const alike = await claim(here, 'f1rst.example')
  names.setText(alike.object('record').text('name'), alike.object('record').text('value'))
  expectRefusal(await verify(here, alike.text('domain')), 409, 'domain_looks_alike')
  const mixed = await world.client.request('POST', `${there.path}/domains`, {
    as,
    body: { domain: 'p\u0430ypal.example' },
  })
  expectRefusal(mixed, 422, 'domain_invalid')
  for (const bad of ['com', 'localhost', '1.2.3.4', 'a b.example']) {
    expectRefusal(
      await world.client.request('POST', `${there.path}/domains`, { as, body: { domain: bad } }),
      422,
      'domain_invalid',
    )
  }
})

const cookieOf = ({ as }: { readonly as: MemberOf['as'] }): string => (as !== null && 'cookie' in as ? as.cookie : '')

test('single sign-on is enforced after a test, with one owner who can break the glass and is seen doing it', async () => {
  const at = await connect(world, provider, 'enforced.example')
  provider.register(at)
  const { owner, path, id } = at.organisation
  const second = await world.join(at.organisation, 'owner')
  const member = await world.join(at.organisation)
  const enforce = (body: object) => world.client.request('PUT', `${path}/sso/enforcement`, { as: owner.as, body })
  const glass = { member_id: second.id, days: 7 }
  expectRefusal(await enforce({ is_enforced: true, break_glass: null }), 422, 'break_glass_needed')
  expectRefusal(
    await enforce({ is_enforced: true, break_glass: { ...glass, member_id: member.id } }),
    422,
    'break_glass_needed',
  )
  expectRefusal(await enforce({ is_enforced: true, break_glass: glass }), 409, 'sso_locks_out')
  const sure = { is_enforced: true, break_glass: glass, confirm_lockout: true }
  expectRefusal(await enforce(sure), 409, 'sso_not_tested')

  provider.put({ sub: 'tester', email: 'tester@enforced.example', groups: ['a', 'b'], amr: ['mfa'] })
  const begun = await leaveAs(world.client, `${at.path}/test-sign-in`, cookieOf(owner), {})
  const query = await provider.visit(begun.authorization_url, 'tester')
  const tested = bodyOf(await comeBack(world.client, at.connection_id, query, begun.browser, cookieOf(owner)))
  expect(tested.text('outcome')).toBe('tested')
  expect(tested.object('report').body).toMatchObject({ would_be_admitted: true, group_count: 2, is_two_factor: true })
  expect((await world.client.call('GET', at.path, { as: owner.as })).body).toMatchObject({ is_tested: true })

  expect((await enforce(sure)).status).toBe(200)
  const ask = (who: { readonly as: MemberOf['as'] }) => world.client.request('GET', path, { as: who.as })
  // Whoever is kept out is told through which connection they come in, though they never did.
  const kept = await ask(member)
  expectRefusal(kept, 403, 'sso_required')
  expect(bodyOf(kept).object('params').body).toMatchObject({
    connection_id: at.connection_id,
    provider: 'Our provider',
  })
  expectRefusal(await ask(await signIn(world.client, member.email)), 403, 'sso_required')
  expectRefusal(await ask(owner), 403, 'sso_required')
  expect((await ask(second)).status).toBe(200)
  expect((await ask(second)).status).toBe(200)
  const used = await world.inControl((tx) =>
    tx
      .selectFrom('audit.entry')
      .select('id')
      .where('event', '=', 'sso.break_glass_used')
      .where('organisation_id', '=', id)
      .execute(),
  )
  expect(used).toHaveLength(1)
  const through = sessionOf(await signInThrough(world.client, provider, at.connection_id, 'tester'))
  expect((await world.client.request('GET', path, { as: { cookie: through.cookie } })).status).toBe(200)

  const disable = await world.client.request('PATCH', at.path, { as: second.as, body: { status: 'disabled' } })
  expectRefusal(disable, 409, 'sso_still_enforced')
  await world.inControl((tx) =>
    tx
      .updateTable('identity.sso_setting')
      .set({ break_glass_until: new Date(0) })
      .where('organisation_id', '=', id)
      .execute(),
  )
  expectRefusal(await ask(second), 403, 'sso_required')
  expect((await ask(await world.superadmin())).status).toBe(200)

  await alarmUnbreakableGlass(world.needs)
  // Both owners are told of the one who came past, and that nobody can any more; the member of neither.
  const mailed = async () => {
    const rows = await world.inControl((tx) =>
      tx.selectFrom('mail.message').select(['kind', 'recipient']).where('organisation_id', '=', id).execute(),
    )
    return rows.filter(({ kind }) => kind.startsWith('break_glass')).map((row) => `${row.kind} ${row.recipient}`)
  }
  const owners = [owner.email, second.email]
  const wanted = ['break_glass_expiring', 'break_glass_used'].flatMap((kind) => owners.map((to) => `${kind} ${to}`))
  await vi.waitUntil(async () => (await mailed()).length >= wanted.length, { timeout: 15_000, interval: 100 })
  expect((await mailed()).sort()).toEqual(wanted.sort())
})

test('a provider that is trusted proves a second factor, which counts before one is demanded and no more once trust is withdrawn', async () => {
  const at = await connect(world, provider, 'trusted.example', { trusts_mfa: true })
  provider.register(at)
  provider.put({ sub: 'trusted', email: 'trusted@trusted.example', groups: [] })
  const { path, owner, id } = at.organisation
  const comeThrough = async () => {
    const { cookie } = sessionOf(await signInThrough(world.client, provider, at.connection_id, 'trusted'))
    return { cookie }
  }
  const as = await comeThrough()
  const draft = { name: 'Key', scopes: ['org.view'] }
  const key = { key: (await world.client.call('POST', `${path}/me/api-keys`, { as, body: draft })).text('key') }
  const coverage = async () => (await world.client.call('GET', `${path}/security/mfa-coverage`, { as: owner.as })).body
  const demand = (mfa_required_from: Date | null) =>
    world.inside(id, (tx) => tx.updateTable('tenancy.security').set({ mfa_required_from }).execute())
  const statusOf = async (who: MemberOf['as']) => (await world.client.request('GET', path, { as: who })).status
  expect(await coverage()).toMatchObject({ members: 2, with_factor: 1 })
  await demand(new Date(0))
  expect([await statusOf(as), await statusOf(key), await statusOf(owner.as)]).toEqual([200, 200, 403])
  await demand(null)
  await world.client.call('PATCH', at.path, { as: owner.as, body: { trusts_mfa: false } })
  expect(await coverage()).toMatchObject({ members: 2, with_factor: 0 })
  await demand(new Date(0))
  expectRefusal(await world.client.request('GET', path, { as: key }), 403, 'factor_required')
  expectRefusal(await world.client.request('GET', path, { as: await comeThrough() }), 403, 'factor_required')
})

test('without the entitlement nobody configures or comes in, and the contact is named', async () => {
  const at = await connect(world, provider, 'unentitled.example')
  provider.register(at)
  const root = await world.superadmin()
  const body = { is_entitled: false, contact: 'accounts@reeve.example' }
  const path = `/api/platform/organisations/${at.organisation.id}/sso-entitlement`
  await world.client.call('PUT', path, { as: root.as, body })
  const made = await world.client.request('PATCH', at.path, { as: at.organisation.owner.as, body: { name: 'New' } })
  expectRefusal(made, 403, 'sso_not_entitled')
  expect(bodyOf(made).object('params').text('contact')).toBe('accounts@reeve.example')
  const begun = await world.client.request('POST', '/api/sso/sign-ins', { body: { connection_id: at.connection_id } })
  expectRefusal(begun, 403, 'sso_not_entitled')
  const ways = await world.client.call('POST', '/api/sign-in-ways', { body: { email: 'x@unentitled.example' } })
  expect(ways.body).toEqual({ password: true, sso: null })
})

test('disabling a connection ends its sessions, deleting it takes back what it gave', async () => {
  const at = await connect(world, provider, 'leaving.example')
  provider.register(at)
  await setMappings([{ group_name: 'staff', base_role: 'admin' }], at)
  provider.put({ sub: 'leaver', email: 'leaver@leaving.example', groups: ['staff'] })
  const { cookie } = sessionOf(await signInThrough(world.client, provider, at.connection_id, 'leaver'))
  const ask = () => world.client.request('GET', at.organisation.path, { as: { cookie } })
  expect((await ask()).status).toBe(200)
  await world.client.call('DELETE', at.path, { as: at.organisation.owner.as })
  expect((await ask()).status).toBe(401)
  const members = await world.inside(at.organisation.id, (tx) =>
    tx.selectFrom('tenancy.member').select(['status', 'id']).where('status', '=', 'removed').execute(),
  )
  expect(members).toHaveLength(1)
  expect(await world.events(at.organisation.id)).toContain('sso_connection.deleted')
})

test('a group at a provider of the platform leads into an organisation, with a session that is valid everywhere', async () => {
  const root = await world.superadmin()
  const there = await world.found()
  const call = (method: string, path: string, body?: object) => world.client.call(method, path, { as: root.as, body })
  const made = await call('POST', '/api/platform/sso/connections', {
    name: 'Company',
    preset: 'other',
    issuer: provider.issuer,
    client_id: provider.client_id,
    scopes: ['openid', 'email', 'groups'],
  })
  const id = made.text('id')
  const path = `/api/platform/sso/connections/${id}`
  provider.register({
    redirect_uri: made.text('redirect_uri'),
    back_channel_logout_uri: made.text('back_channel_logout_uri'),
  })
  await call('PUT', `${path}/secret`, { client_secret: provider.client_secret })
  await call('POST', `${path}/domains`, { domain: 'company.example' })
  await call('POST', `${path}/domains/company.example/grant`)
  await call('PUT', `${path}/mappings`, {
    mappings: [{ group_name: 'finance', organisation_id: there.id, base_role: 'admin' }],
  })
  await call('PATCH', path, { status: 'enabled' })
  provider.put({ sub: 'cfo', email: 'cfo@company.example', groups: ['finance'] })
  const { cookie, body } = sessionOf(await signInThrough(world.client, provider, id, 'cfo'))
  expect(body.body).toMatchObject({ organisation_id: null })
  const seen = await world.client.call('GET', there.path, { as: { cookie } })
  expect(seen.object('membership').text('base_role')).toBe('admin')
  provider.put({ sub: 'cfo', email: 'cfo@company.example', groups: [] })
  const later = sessionOf(await signInThrough(world.client, provider, id, 'cfo'))
  const gone = await world.client.request('GET', there.path, { as: { cookie: later.cookie } })
  expectRefusal(gone, 404, 'not_found')
})

test.each([
  [{ preset: 'entra_id', tenant: 'common' }, '/tenant'],
  [{ preset: 'other', issuer: 'not an address' }, '/issuer'],
  [{ preset: 'other', issuer: 'https://id.example.com/?tenant=1' }, '/issuer'],
  [{ preset: 'oracle_idcs' }, '/domain_url'],
])('a provider that cannot be found by %j is named', async (place, pointer) => {
  const body = { name: 'Bad', client_id: 'x', ...place }
  const path = `${here.organisation.path}/sso/connections`
  const reply = await world.client.request('POST', path, { as: here.organisation.owner.as, body })
  expectRefusal(reply, 422, 'sso_preset_invalid')
  expect(bodyOf(reply).list('fields')[0]?.text('pointer')).toBe(pointer)
})

test('presets know where their providers are', async () => {
  const at = await world.found()
  const make = (body: object) =>
    world.client.call('POST', `${at.path}/sso/connections`, {
      as: at.owner.as,
      body: { name: 'P', client_id: 'x', ...body },
    })
  const tenant = '8a1f0000-0000-4000-8000-000000000000'
  const domain_url = 'https://idcs-1.identity.oraclecloud.com'
  const issuer = `https://login.microsoftonline.com/${tenant}/v2.0`
  expect((await make({ preset: 'entra_id', tenant })).body).toMatchObject({ issuer, domain_url: null })
  expect((await make({ preset: 'google_workspace' })).text('issuer')).toBe('https://accounts.google.com')
  const oracle = await make({ preset: 'oracle_idcs', domain_url })
  expect(oracle.body).toMatchObject({ issuer: 'https://identity.oraclecloud.com/', domain_url })
})
