import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cookieOf } from '../../test/client.ts'
import type { ControlTx, OrganisationTx } from '../kernel/database.ts'
import { newId } from '../kernel/id.ts'
import { tenancyJobs } from './jobs.ts'
import {
  bodyOf,
  expectRefusal,
  type Founded,
  newEmail,
  PASSWORD,
  plain,
  startWorld,
  type World,
} from './world.suite.ts'

let world: World
let acme: Founded
let other: Founded
beforeAll(async () => {
  world = await startWorld()
  acme = await world.found('Acme')
  other = await world.found('Other')
})
afterAll(() => world.stop())

const deliver = async () => {
  const job = tenancyJobs(world.needs).find((each) => each.name === 'deliver platform entries')
  await job?.run(new AbortController().signal)
}

const platformEvents = (organisation_id: string) =>
  world.inControl(async (tx) => {
    const rows = await tx
      .selectFrom('audit.entry')
      .select('event')
      .where('organisation_id', '=', organisation_id)
      .orderBy('id')
      .execute()
    return rows.map((row) => row.event)
  })

describe('registration', () => {
  const register = (body: object) => world.client.request('POST', '/api/registrations', { body })

  test('makes account and organisation, and signs the founder in as owner', async () => {
    const email = newEmail()
    const body = { organisation_name: '  Fresh  ', email, password: PASSWORD, display_name: 'Ada' }
    const reply = await register(body)
    expect(reply.status).toBe(201)
    const answer = bodyOf(reply)
    expect(answer.object('organisation').body).toMatchObject({ name: 'Fresh', status: 'active', purge_after: null })
    const as = { cookie: cookieOf(reply.headers) }
    const path = `/api/orgs/${answer.object('organisation').text('id')}`
    const seen = await world.client.call('GET', path, { as })
    expect(seen.object('membership').body).toMatchObject({ base_role: 'owner', surface: 'studio' })
    const mine = await world.client.call('GET', '/api/organisations', { as })
    expect(mine.list('items').map((each) => each.text('name'))).toEqual(['Fresh'])
  })

  test('of a known address with its password makes a further organisation and changes nothing in the account', async () => {
    const { email } = acme.owner
    const body = {
      organisation_name: 'Second',
      email: email.toUpperCase(),
      password: PASSWORD,
      display_name: 'Mallory',
    }
    const reply = await register(body)
    expect(reply.status).toBe(201)
    expect(bodyOf(reply).object('person').body).toMatchObject({ email, display_name: 'Founder' })
    const as = { cookie: cookieOf(reply.headers) }
    const mine = await world.client.call('GET', '/api/organisations', { as })
    expect(mine.list('items').map((each) => each.text('name'))).toEqual(['Second', 'Acme'])
  })

  test('of a known address with another password is refused byte for byte like a failed sign-in', async () => {
    const { email } = other.owner
    const password = 'another quiet walrus sings'
    const refused = await register({ organisation_name: 'X', email, password, display_name: 'X' })
    const failed = await world.client.request('POST', '/api/sessions', { body: { email, password } })
    expectRefusal(refused, 401, 'sign_in_refused')
    expect(plain(refused)).toBe(plain(failed))
    const again = await world.client.request('POST', '/api/sessions', { body: { email, password: PASSWORD } })
    expect(again.status).toBe(201)
  })

  test('counts as a failed sign-in to the account, so that guessing through it has to wait as well', async () => {
    const { owner } = await world.found()
    const { email } = owner
    const guess = () =>
      register({ organisation_name: 'X', email, password: 'another quiet walrus sings', display_name: 'X' })
    const statuses: number[] = []
    for (let round = 0; round < 7 && !statuses.includes(429); round++) statuses.push((await guess()).status)
    expect(statuses).toContain(429)
    const right = await world.client.request('POST', '/api/sessions', { body: { email, password: PASSWORD } })
    expectRefusal(right, 429, 'too_many_attempts')
  })

  test('refuses a weak password before it looks whether the address is known', async () => {
    const known = { organisation_name: 'X', email: acme.owner.email, password: 'short', display_name: 'X' }
    const answers = [await register(known), await register({ ...known, email: newEmail() })]
    for (const answer of answers) expectRefusal(answer, 422, 'password_refused')
    expect(answers.map(plain)[0]).toBe(answers.map(plain)[1])
  })

  test('names what is wrong in the input', async () => {
    const good = { organisation_name: 'X', email: newEmail(), password: PASSWORD, display_name: 'X' }
    expectRefusal(await register({ ...good, organisation_name: ' \t ' }), 422, 'invalid_input')
    expectRefusal(await register({ ...good, organisation_name: 'a\u0007b' }), 422, 'name_invalid')
    expectRefusal(await register({ ...good, email: 'no address' }), 422, 'email_invalid')
    expectRefusal(await register({ ...good, extra: true }), 422, 'invalid_input')
  })

  test('with a one-time password signs in and asks for a new one first', async () => {
    const email = newEmail()
    const body = { email, display_name: 'New' }
    const added = await world.client.call('POST', `${acme.path}/members`, { as: acme.owner.as, body })
    const password = added.text('one_time_password')
    const reply = await register({ organisation_name: 'Early', email, password, display_name: 'New' })
    expectRefusal(reply, 403, 'password_change_required')
    const admin = await world.superadmin()
    const found = await world.client.call('GET', '/api/platform/organisations?search=early', { as: admin.as })
    expect(found.list('items')).toEqual([])
  })
})

describe('a person’s organisations', () => {
  test('a further one is made by whoever is signed in, and by nobody else', async () => {
    const body = { name: 'Third' }
    const made = await world.client.call('POST', '/api/organisations', { as: other.owner.as, body })
    const path = `/api/orgs/${made.text('id')}`
    const seen = await world.client.call('GET', path, { as: other.owner.as })
    expect(seen.object('membership').text('base_role')).toBe('owner')
    expectRefusal(await world.client.request('POST', '/api/organisations', { body }), 401, 'not_signed_in')
    expectRefusal(await world.client.request('GET', '/api/organisations'), 401, 'not_signed_in')
  })

  test('nobody with a one-time password makes one', async () => {
    const email = newEmail()
    const as = acme.owner.as
    const added = await world.client.call('POST', `${acme.path}/members`, { as, body: { email, display_name: 'N' } })
    const password = added.text('one_time_password')
    const { headers } = await world.client.call('POST', '/api/sessions', { body: { email, password } })
    const reply = await world.client.request('POST', '/api/organisations', {
      as: { cookie: cookieOf(headers) },
      body: { name: 'X' },
    })
    expectRefusal(reply, 403, 'password_change_required')
  })
})

describe('an organisation', () => {
  test('answers a stranger with the same bytes as one that does not exist', async () => {
    const foreign = await world.client.request('GET', acme.path, { as: other.owner.as })
    const unknown = await world.client.request('GET', `/api/orgs/${newId()}`, { as: other.owner.as })
    expectRefusal(foreign, 404, 'not_found')
    expect(plain(foreign)).toBe(plain(unknown))
  })

  test('shows a member every permission with its source or what it was lost to', async () => {
    const member = await world.join(acme)
    const seen = await world.client.call('GET', acme.path, { as: member.as })
    expect(seen.object('membership').body).toEqual({
      member_id: member.id,
      base_role: 'member',
      designations: [],
      surface: 'studio',
    })
    const permissions = new Map(seen.list('permissions').map((each) => [each.text('permission'), each.body]))
    expect(permissions.get('run.execute')).toEqual({
      permission: 'run.execute',
      held: true,
      from: 'role',
      name: 'member',
      lost_to: null,
    })
    expect(permissions.get('user.view')).toMatchObject({ held: false, from: null, lost_to: 'never_given' })
  })

  test('gets another name and metadata from its admins, and its log tells it once', async () => {
    const admin = await world.join(acme, 'admin')
    const body = { name: ' Acme & Co ', metadata: { cost_centre: '42' } }
    const changed = await world.client.call('PATCH', acme.path, { as: admin.as, body })
    expect(changed.body).toMatchObject({ id: acme.id, name: 'Acme & Co', metadata: { cost_centre: '42' } })
    await deliver()
    await deliver()
    const told = await world.inside(acme.id, (tx) =>
      tx
        .selectFrom('audit.entry')
        .select(['actor_id', 'data'])
        .where('event', '=', 'organisation.settings_updated')
        .execute(),
    )
    expect(told).toEqual([
      {
        actor_id: admin.id,
        data: { before: { name: 'Acme', metadata: {} }, after: { name: 'Acme & Co', metadata: { cost_centre: '42' } } },
      },
    ])
    expect(await platformEvents(acme.id)).toContain('organisation.settings_updated')
  })

  test('refuses settings from members, unknown fields and bad metadata', async () => {
    const member = await world.join(acme)
    const patch = (as: typeof member.as, body: object) => world.client.request('PATCH', acme.path, { as, body })
    expectRefusal(await patch(member.as, { name: 'Mine' }), 403, 'forbidden')
    expectRefusal(await patch(acme.owner.as, { status: 'archived' }), 422, 'invalid_input')
    expectRefusal(await patch(acme.owner.as, { metadata: { 'Not A Word': 'x' } }), 422, 'invalid_input')
    expectRefusal(await patch(acme.owner.as, { metadata: { a: 1 } }), 422, 'invalid_input')
    expectRefusal(await patch(acme.owner.as, { name: 'a\u0007b' }), 422, 'name_invalid')
    expect(await world.events(acme.id)).toContain('access.denied')
  })

  test('is deleted by its owner alone: closed at once, still readable, restored by a super-admin', async () => {
    const doomed = await world.found('Doomed')
    const admin = await world.join(doomed, 'admin')
    expectRefusal(await world.client.request('DELETE', doomed.path, { as: admin.as }), 403, 'forbidden')
    const deleted = await world.client.call('DELETE', doomed.path, { as: doomed.owner.as })
    expect(deleted.text('status')).toBe('pending_purge')
    expect(Date.parse(deleted.text('purge_after'))).toBeGreaterThan(Date.now())
    const write = { as: doomed.owner.as, body: { name: 'No' } }
    expectRefusal(await world.client.request('PATCH', doomed.path, write), 403, 'organisation_not_active')
    expect((await world.client.request('GET', doomed.path, { as: admin.as })).status).toBe(200)
    const root = await world.superadmin()
    const restore = `/api/platform/organisations/${doomed.id}/restore`
    expect((await world.client.call('POST', restore, { as: root.as })).body).toMatchObject({ status: 'active' })
    await world.client.call('PATCH', doomed.path, write)
    await deliver()
    expect(await world.events(doomed.id)).toEqual(
      expect.arrayContaining(['organisation.deleted', 'organisation.restored']),
    )
  })
})

describe('super-admins', () => {
  const PATH = '/api/platform/organisations'

  test('make an organisation that waits for its owner, whose link is shown once', async () => {
    const root = await world.superadmin()
    const email = newEmail()
    const body = { name: 'For you', metadata: { a: 'b' }, owner: { email } }
    const headers = { 'idempotency-key': newId() }
    const made = await world.client.call('POST', PATH, { as: root.as, body, headers })
    const organisation = made.object('organisation')
    expect(organisation.body).toMatchObject({ name: 'For you', status: 'awaiting_owner', metadata: { a: 'b' } })
    expect(await platformEvents(organisation.text('id'))).toEqual(['organisation.created'])
    const again = await world.client.call('POST', PATH, { as: root.as, body, headers })
    expect(again.object('invitation').body).toMatchObject({ email, link: null })
  })

  test('suspend: every session and key of the organisation is refused with the next request', async () => {
    const org = await world.found('Suspended')
    const key = await world.client.call('POST', `${org.path}/me/api-keys`, {
      as: org.owner.as,
      body: { name: 'k', scopes: ['org.view'] },
    })
    const root = await world.superadmin()
    const get = (as: Parameters<typeof world.client.request>[2]) => world.client.request('GET', org.path, as)
    expect((await get({ as: { key: key.text('key') } })).status).toBe(200)
    await world.client.call('POST', `${PATH}/${org.id}/suspend`, { as: root.as })
    expectRefusal(await get({ as: org.owner.as }), 403, 'organisation_not_active')
    expectRefusal(await get({ as: { key: key.text('key') } }), 403, 'organisation_not_active')
    expect((await get({ as: root.as })).status).toBe(200)
    const twice = await world.client.request('POST', `${PATH}/${org.id}/suspend`, { as: root.as })
    expectRefusal(twice, 409, 'organisation_status_refused')
    await world.client.call('POST', `${PATH}/${org.id}/restore`, { as: root.as })
    expect((await get({ as: org.owner.as })).status).toBe(200)
    await deliver()
    expect(await world.events(org.id)).toEqual(
      expect.arrayContaining(['organisation.suspended', 'organisation.restored', 'superadmin.accessed']),
    )
  })

  test('the reason of a suspension stands in the log of both sides', async () => {
    const org = await world.found('Told')
    const root = await world.superadmin()
    const body = { reason: ' The invoice of May is open ' }
    await world.client.call('POST', `${PATH}/${org.id}/suspend`, { as: root.as, body })
    await world.client.call('DELETE', `${PATH}/${org.id}?reason=No%20answer`, { as: root.as })
    await deliver()
    const told = (tx: ControlTx | OrganisationTx) =>
      sql<{ reason: string }>`select data->>'reason' as reason from audit.entry
        where event in ('organisation.suspended', 'organisation.deleted') and target_id = ${org.id} order by id`.execute(
        tx,
      )
    const expected = [{ reason: 'The invoice of May is open' }, { reason: 'No answer' }]
    expect((await world.inControl(told)).rows).toEqual(expected)
    expect((await world.inside(org.id, told)).rows).toEqual(expected)
  })

  test('archive: its people read and change nothing', async () => {
    const org = await world.found('Archived')
    const root = await world.superadmin()
    await world.client.call('POST', `${PATH}/${org.id}/archive`, { as: root.as })
    expect((await world.client.request('GET', org.path, { as: org.owner.as })).status).toBe(200)
    const reply = await world.client.request('PATCH', org.path, { as: org.owner.as, body: { name: 'No' } })
    expectRefusal(reply, 403, 'organisation_not_active')
  })

  test('list by part of the name and by status, and see no organisation that is not decided', async () => {
    const root = await world.superadmin()
    const org = await world.found('Needle in Hay')
    await world.client.call('DELETE', `${PATH}/${org.id}`, { as: root.as })
    const found = await world.client.call('GET', `${PATH}?search=NEEDLE&status=pending_purge`, { as: root.as })
    expect(found.list('items').map((each) => each.text('id'))).toEqual([org.id])
    await world.inControl((tx) =>
      tx.updateTable('tenancy.organisation').set({ status: 'creating' }).where('id', '=', org.id).execute(),
    )
    expectRefusal(await world.client.request('GET', `${PATH}/${org.id}`, { as: root.as }), 404, 'not_found')
    const hidden = await world.client.call('GET', `${PATH}?search=NEEDLE`, { as: root.as })
    expect(hidden.list('items')).toEqual([])
  })

  test('are the only ones: an owner is refused on every platform route', async () => {
    const as = acme.owner.as
    const body = { name: 'X', owner: { email: newEmail() } }
    expectRefusal(await world.client.request('GET', PATH, { as }), 403, 'forbidden')
    expectRefusal(await world.client.request('POST', PATH, { as, body }), 403, 'forbidden')
    expectRefusal(await world.client.request('GET', `${PATH}/${acme.id}`, { as }), 403, 'forbidden')
    expectRefusal(await world.client.request('PATCH', `${PATH}/${acme.id}`, { as, body: {} }), 403, 'forbidden')
    expectRefusal(await world.client.request('DELETE', `${PATH}/${acme.id}`, { as }), 403, 'forbidden')
    for (const act of ['suspend', 'archive', 'restore']) {
      expectRefusal(await world.client.request('POST', `${PATH}/${acme.id}/${act}`, { as }), 403, 'forbidden')
    }
  })

  test('get the same 404 for every act on an organisation that does not exist', async () => {
    const { as } = await world.superadmin()
    const path = `${PATH}/${newId()}`
    expectRefusal(await world.client.request('PATCH', path, { as, body: { name: 'X' } }), 404, 'not_found')
    expectRefusal(await world.client.request('DELETE', path, { as }), 404, 'not_found')
    expectRefusal(await world.client.request('POST', `${path}/suspend`, { as }), 404, 'not_found')
  })
})
