// What every provider may expect, whichever connection its token belongs to: of an organisation, whose people become members as
// they are provisioned, or of the platform, whose groups lead them into organisations.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connect } from '../sso/sso.suite.ts'
import type { As } from '../../../test/client.ts'
import {
  connectPlatform,
  createScim,
  ENTERPRISE,
  oktaUser,
  PATCH,
  patchWith,
  PROVIDER,
  type Scim,
  USER,
} from './scim.suite.ts'
import { expectRefusal, firstSignIn, type Founded, startWorld, type World } from '../world.suite.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
}, 120_000)
afterAll(() => world.stop())

/** A connection that provisions into an organisation, and who administers it. */
type Kind = {
  readonly organisation: Founded
  readonly domain: string
  readonly path: string
  readonly as: As
  /** What makes a provisioned person a member. */
  readonly admit: (scim: Scim, id: string) => Promise<void>
}

async function ofOrganisation(): Promise<Kind> {
  const { organisation, path } = await connect(world, PROVIDER, 'acme.example')
  return { organisation, domain: 'acme.example', path, as: organisation.owner.as, admit: async () => {} }
}

async function ofPlatform(): Promise<Kind> {
  const organisation = await world.found()
  const mappings = [{ group_name: 'Staff', organisation_id: organisation.id, base_role: 'member' }]
  const { as, path } = await connectPlatform(world, PROVIDER, 'company.example', mappings)
  let group: string | null = null
  const admit = async (scim: Scim, id: string) => {
    group ??= (await scim('POST', '/Groups', { displayName: 'Staff' })).body.text('id')
    const added = await patchWith(scim, `/Groups/${group}`, { op: 'add', path: 'members', value: [{ value: id }] })
    expect(added.status, JSON.stringify(added.raw)).toBe(200)
  }
  return { organisation, domain: 'company.example', path, as, admit }
}

describe.each([
  ['an organisation', ofOrganisation],
  ['the platform', ofPlatform],
] as const)('a connection of %s', (_whose, start) => {
  let here: Kind
  let token: string
  let scim: Scim
  beforeAll(async () => {
    here = await start()
    token = (await world.client.call('POST', `${here.path}/scim-tokens`, { as: here.as, body: {} })).text('token')
    scim = createScim(world.client.url, token)
  }, 120_000)

  let people = 0
  const newName = () => `scim${(people += 1)}@${here.domain}`

  async function provision(userName = newName()): Promise<{ id: string; userName: string; member_id: string }> {
    const made = await scim('POST', '/Users', oktaUser(userName))
    expect(made.status, JSON.stringify(made.raw)).toBe(201)
    const id = made.body.text('id')
    await here.admit(scim, id)
    const { member_id } = await world.inside(here.organisation.id, (tx) =>
      tx.selectFrom('tenancy.scim_user').select('member_id').where('id', '=', id).executeTakeFirstOrThrow(),
    )
    return { id, userName, member_id }
  }

  const patch = (path: string, ...operations: object[]) => patchWith(scim, path, ...operations)
  const memberOf = (member_id: string) =>
    world.inside(here.organisation.id, (tx) =>
      tx.selectFrom('tenancy.member').selectAll().where('id', '=', member_id).executeTakeFirstOrThrow(),
    )

  test('a person who is provisioned is a member, found by name and by id, and provisioned once', async () => {
    const userName = newName()
    const none = await scim('GET', `/Users?filter=${encodeURIComponent(`userName eq "${userName}"`)}`)
    expect(none.raw).toMatchObject({ totalResults: 0, Resources: [] })
    const { id, member_id } = await provision(userName)
    expect(await memberOf(member_id)).toMatchObject({ status: 'active', base_role: 'member' })
    const upper = userName.toUpperCase()
    const found = await scim(
      'GET',
      `/Users?filter=${encodeURIComponent(`userName Eq "${upper}"`)}&startIndex=1&count=100`,
    )
    expect(found.raw).toMatchObject({ totalResults: 1, startIndex: 1, Resources: [{ id, userName, active: true }] })
    const again = await scim('POST', '/Users', oktaUser(upper))
    expect(again.raw).toMatchObject({ status: '409', scimType: 'uniqueness' })
  })

  test.each([
    ['Okta, without a path', { op: 'replace', value: { active: false } }],
    ['Entra, as a text', { op: 'Replace', path: 'active', value: 'False' }],
    ['Entra, without a path', { op: 'replace', value: { active: 'false' } }],
    ['with the schema before the name', { op: 'replace', path: `${USER}:active`, value: false }],
  ])(
    '%s: active false ends sessions and keys here with that commit, and true gives access back',
    async (_who, operation) => {
      const { id, userName, member_id } = await provision()
      await world.inside(here.organisation.id, (tx) =>
        tx
          .insertInto('tenancy.api_key')
          .columns([
            'id',
            'name',
            'member_id',
            'created_by',
            'project_id',
            'scopes',
            'secret_hash',
            'mask',
            'expires_at',
          ])
          .expression((of) =>
            of
              .selectFrom('tenancy.project')
              .select((is) => [
                is.val(id).as('id'),
                is.val('key').as('name'),
                is.val(member_id).as('member_id'),
                is.val(member_id).as('created_by'),
                'id as project_id',
                is.val(['run.execute']).as('scopes'),
                is.val(Buffer.alloc(32)).as('secret_hash'),
                is.val('…').as('mask'),
                is.val(new Date(Date.now() + 86_400_000)).as('expires_at'),
              ])
              .where('kind', '=', 'default'),
          )
          .execute(),
      )
      const ended = await patch(`/Users/${id}`, operation)
      expect(ended.raw).toMatchObject({ userName, active: false })
      const member = await memberOf(member_id)
      expect(member.status).toBe('suspended')
      expect(member.sessions_valid_after.getTime()).toBeGreaterThan(member.joined_at.getTime())
      const key = await world.inside(here.organisation.id, (tx) =>
        tx.selectFrom('tenancy.api_key').select('revoked_at').where('id', '=', id).executeTakeFirstOrThrow(),
      )
      expect(key.revoked_at).not.toBeNull()
      expect((await patch(`/Users/${id}`, { op: 'Replace', path: 'active', value: 'True' })).raw).toMatchObject({
        active: true,
      })
      expect((await memberOf(member_id)).status).toBe('active')
    },
  )

  test('what Entra changes is changed: filters in paths, parts that are not there yet, dotted names without a path', async () => {
    const { id } = await provision()
    const changed = await patch(
      `/Users/${id}`,
      { op: 'Add', path: 'emails[type eq "work"].value', value: 'new@mail.example' },
      { op: 'Add', path: 'phoneNumbers[type eq "mobile"].value', value: '+49 30 1' },
      { op: 'Replace', path: 'name.familyName', value: 'Changed' },
      { op: 'Add', path: `${ENTERPRISE}:department`, value: 'Sales' },
      { op: 'Add', path: `${ENTERPRISE}:manager`, value: 'manager-1' },
      {
        op: 'replace',
        value: { 'name.givenName': 'Given', displayName: 'Given Changed', [`${ENTERPRISE}:costCenter`]: '7' },
      },
      { op: 'remove', path: 'locale' },
    )
    expect(changed.status, JSON.stringify(changed.raw)).toBe(200)
    expect(changed.raw).toMatchObject({
      displayName: 'Given Changed',
      name: { givenName: 'Given', familyName: 'Changed' },
      emails: [{ type: 'work', value: 'new@mail.example', primary: true }],
      phoneNumbers: [{ type: 'mobile', value: '+49 30 1' }],
      [ENTERPRISE]: { department: 'Sales', costCenter: '7', manager: { value: 'manager-1' } },
    })
    expect(changed.raw).not.toHaveProperty('locale')
  })

  test('nothing that a provider says changes an account', async () => {
    const { id, userName } = await provision()
    const account = () =>
      world.inControl((tx) =>
        tx.selectFrom('identity.user').selectAll().where('email_key', '=', userName).executeTakeFirstOrThrow(),
      )
    const before = await account()
    await patch(`/Users/${id}`, {
      op: 'replace',
      value: { displayName: 'Other', userName: `x-${userName}`, password: 'stolen' },
    })
    await patch(`/Users/${id}`, { op: 'replace', value: { active: false } })
    expect(await account()).toEqual(before)
  })

  test('somebody whom the provider did not bring is out of its reach', async () => {
    const member = await world.join(here.organisation)
    const filter = encodeURIComponent(`userName eq "${member.email}"`)
    expect((await scim('GET', `/Users?filter=${filter}`)).raw).toMatchObject({ totalResults: 0 })
    for (const method of ['GET', 'DELETE']) expect((await scim(method, `/Users/${member.id}`)).status).toBe(404)
    expect((await memberOf(member.id)).status).toBe('active')
  })

  test('Okta deactivates with the whole person as well, and brings them back so', async () => {
    const { id, userName, member_id } = await provision()
    const put = (active: boolean) => scim('PUT', `/Users/${id}`, { ...oktaUser(userName), id, active })
    expect((await put(false)).raw).toMatchObject({ active: false, userName })
    expect((await memberOf(member_id)).status).toBe('suspended')
    expect((await put(true)).raw).toMatchObject({ active: true })
    expect((await memberOf(member_id)).status).toBe('active')
  })

  test('a suspension by hand is not the provider’s to end', async () => {
    const { id, member_id } = await provision()
    const { as } = here.organisation.owner
    await world.client.call('POST', `${here.organisation.path}/members/${member_id}/suspend`, { as })
    for (const active of [false, true]) await patch(`/Users/${id}`, { op: 'replace', value: { active } })
    expect((await memberOf(member_id)).status).toBe('suspended')
  })

  test('the last owner is neither deactivated nor deleted', async () => {
    const { id, member_id } = await provision()
    const owners = (base_role: string) =>
      world.inside(here.organisation.id, async (tx) => {
        await tx.updateTable('tenancy.member').set({ base_role: 'owner' }).where('id', '=', member_id).execute()
        await tx.updateTable('tenancy.member').set({ base_role }).where('id', '=', here.organisation.owner.id).execute()
      })
    await owners('member')
    expect((await patch(`/Users/${id}`, { op: 'replace', value: { active: false } })).status).toBe(409)
    expect((await scim('DELETE', `/Users/${id}`)).status).toBe(409)
    expect((await memberOf(member_id)).status).toBe('active')
    await owners('owner')
    expect((await scim('DELETE', `/Users/${id}`)).status).toBe(204)
    expect((await memberOf(member_id)).status).toBe('removed')
    expect(await world.events(here.organisation.id)).toContain('scim_user.deleted')
  })

  test('Okta renames a group and replaces its members without a path; strangers are refused', async () => {
    const one = await provision()
    const made = await scim('POST', '/Groups', { displayName: 'Before', members: [] })
    const path = `/Groups/${made.body.text('id')}`
    const renamed = await patch(path, { op: 'replace', value: { id: made.body.text('id'), displayName: 'After' } })
    expect(renamed.raw).toMatchObject({ displayName: 'After' })
    const filled = await patch(path, {
      op: 'replace',
      path: 'members',
      value: [{ value: one.id, display: one.userName }],
    })
    expect(filled.raw).toMatchObject({ members: [{ value: one.id }] })
    const slim = await scim(
      'GET',
      `/Groups?filter=${encodeURIComponent('displayName eq "after"')}&excludedAttributes=members`,
    )
    expect(slim.body.list('Resources')).toHaveLength(1)
    expect(slim.body.list('Resources')[0]?.body).not.toHaveProperty('members')
    const stranger = await patch(path, { op: 'add', path: 'members', value: [{ value: here.organisation.owner.id }] })
    expect(stranger.raw).toMatchObject({ status: '400', scimType: 'invalidValue' })
  })

  test('a version that was changed meanwhile is refused, and an unchanged one is not sent again', async () => {
    const { id } = await provision()
    const first = await scim('GET', `/Users/${id}`)
    const etag = first.headers.get('etag') ?? ''
    expect((await scim('GET', `/Users/${id}`, undefined, { 'if-none-match': etag })).status).toBe(304)
    const body = { schemas: [PATCH], Operations: [{ op: 'replace', path: 'title', value: 'Clerk' }] }
    expect((await scim('PATCH', `/Users/${id}`, body, { 'if-match': etag })).status).toBe(200)
    expect((await scim('PATCH', `/Users/${id}`, body, { 'if-match': etag })).status).toBe(412)
    expect((await scim('DELETE', `/Users/${id}`, undefined, { 'if-match': etag })).status).toBe(412)
  })

  test('pages hold what they should', async () => {
    await Promise.all([provision(), provision(), provision()])
    const filter = encodeURIComponent('userName sw "scim" and active eq true')
    const all = await scim('GET', `/Users?filter=${filter}&count=200`)
    const page = await scim('GET', `/Users?filter=${filter}&startIndex=2&count=2`)
    expect(page.raw).toMatchObject({ startIndex: 2, itemsPerPage: 2 })
    expect(page.body.list('Resources').map((each) => each.text('id'))).toEqual(
      all.body
        .list('Resources')
        .slice(1, 3)
        .map((each) => each.text('id')),
    )
    expect((await scim('GET', '/Users?count=0')).raw).toMatchObject({ itemsPerPage: 0, Resources: [] })
  })

  test.each([
    ['/Users?filter=userName', 'invalidFilter'],
    ['/Users?filter=userName%20eq', 'invalidFilter'],
    [`/Users?filter=${'('.repeat(300)}`, 'invalidFilter'],
    ['/Users?startIndex=x', 'invalidValue'],
  ])('%s is refused in SCIM’s own shape', async (path, scimType) => {
    expect((await scim('GET', path)).raw).toMatchObject({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: '400',
      scimType,
    })
  })

  test.each([
    [{ Operations: [] }, 'invalidSyntax'],
    [{ Operations: [{ op: 'move', path: 'title' }] }, 'invalidSyntax'],
    [{ Operations: [{ op: 'remove' }] }, 'noTarget'],
    [{ Operations: [{ op: 'replace', path: 'emails[type eq', value: 'x' }] }, 'invalidPath'],
    [{ Operations: [{ op: 'replace', path: 'active', value: 'perhaps' }] }, 'invalidValue'],
    [{ Operations: [{ op: 'replace', path: 'userName', value: '' }] }, 'invalidValue'],
  ])('a PATCH with %j is refused', async (body, scimType) => {
    const { id } = await provision()
    expect((await scim('PATCH', `/Users/${id}`, body)).raw).toMatchObject({ status: '400', scimType })
  })

  test('an address outside the domains of the connection is refused, and so is one that mixes alphabets', async () => {
    for (const userName of ['somebody@elsewhere.example', `p\u0430yroll@${here.domain}`, 'no address']) {
      expect((await scim('POST', '/Users', oktaUser(userName))).raw).toMatchObject({
        status: '400',
        scimType: 'invalidValue',
      })
    }
  })

  test('a token is good for its connection while it lives, and two live side by side', async () => {
    const { as } = here
    const tokens = `${here.path}/scim-tokens`
    const second = await world.client.call('POST', tokens, { as, body: { days: 30 } })
    expectRefusal(await world.client.request('POST', tokens, { as, body: {} }), 409, 'scim_token_limit')
    const ask = async (bearer: string) => {
      const headers = { authorization: `Bearer ${bearer}` }
      return (await fetch(`${world.client.url}/scim/v2/Users`, { headers })).status
    }
    expect(await ask(second.text('token'))).toBe(200)
    await world.client.call('DELETE', `${tokens}/${second.text('id')}`, { as })
    expect(await ask(second.text('token'))).toBe(401)
    expect(await ask('rvp_nothing')).toBe(401)
    const listed = await world.client.call('GET', tokens, { as })
    expect(JSON.stringify(listed.body)).not.toContain(token)
  })

  test('the service says what it can', async () => {
    const config = await scim('GET', '/ServiceProviderConfig')
    expect(config.raw).toMatchObject({
      patch: { supported: true },
      etag: { supported: true },
      filter: { maxResults: 200 },
    })
    expect((await scim('GET', '/ResourceTypes')).raw).toMatchObject({ totalResults: 2 })
    expect((await scim('GET', '/Schemas')).raw).toMatchObject({ totalResults: 3 })
    expect((await scim('GET', `/Schemas/${USER}`)).raw).toMatchObject({ id: USER, name: 'User' })
    expect((await scim('GET', '/Nothing')).raw).toMatchObject({ status: '404' })
  })

  test('somebody with an account elsewhere is provisioned like everybody else, and reaches both', async () => {
    const there = await world.found()
    const email = `elsewhere-${there.id}@${here.domain}`
    const added = await world.client.call('POST', `${there.path}/members`, {
      as: there.owner.as,
      body: { email, display_name: 'Elsewhere' },
    })
    const person = await firstSignIn(world.client, email, added.text('one_time_password'))
    const { id } = await provision(email)
    expect((await world.client.request('GET', here.organisation.path, { as: person.as })).status).toBe(200)
    await patch(`/Users/${id}`, { op: 'replace', value: { active: false } })
    expect((await world.client.request('GET', here.organisation.path, { as: person.as })).status).toBe(404)
    expect((await world.client.request('GET', there.path, { as: person.as })).status).toBe(200)
  })
})
