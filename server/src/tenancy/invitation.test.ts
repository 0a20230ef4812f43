import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type As, cookieOf, type Reply } from '../../test/client.ts'
import { takeLink, takeToken } from '../../test/outbox.ts'
import { newId } from '../kernel/id.ts'
import { openAwaiting } from './invitation-acceptance.ts'
import {
  bodyOf,
  expectRefusal,
  type Founded,
  type MemberOf,
  newEmail,
  PASSWORD,
  type Person,
  startWorld,
  type World,
} from './world.suite.ts'

let world: World
let root: Person
let acme: Founded
let other: Founded
let admin: MemberOf
let member: MemberOf
beforeAll(async () => {
  world = await startWorld()
  root = await world.superadmin()
  acme = await world.found('Acme')
  other = await world.found('Other')
  admin = await world.join(acme, 'admin')
  member = await world.join(acme)
})
afterAll(() => world.stop())

const ask = (method: string, path: string, as: As, body?: object): Promise<Reply> =>
  world.client.request(method, path, { as, ...(body !== undefined && { body }) })
const invite = (as: As, emails: readonly string[], more: object = {}) =>
  ask('POST', `${acme.path}/invitations`, as, { emails, ...more })
const outcomesOf = (reply: Reply) =>
  bodyOf(reply)
    .list('items')
    .map((item) => item.text('outcome'))
const idOf = (reply: Reply): string => bodyOf(reply).list('items')[0]?.text('invitation_id') ?? ''
const tokenTo = (email: string) => takeToken(world.client, root.as, email, 'invitation')
const accept = (token: string, more: object = {}) =>
  ask('POST', '/api/invitations/accept', null, { token, display_name: 'Ida', password: PASSWORD, ...more })
const lookUp = (token: string) => ask('POST', '/api/invitations/look-up', null, { token })
const act = (as: As, id: string, what: string) => ask('POST', `${acme.path}/invitations/${id}/${what}`, as)
const stateOf = async (id: string) => bodyOf(await ask('GET', `${acme.path}/invitations/${id}`, admin.as)).text('state')
const reasonOf = (reply: Reply) => bodyOf(reply).object('params').text('reason')

const expire = (id: string) =>
  world.inside(acme.id, (tx) =>
    tx
      .updateTable('tenancy.invitation')
      .set({ expires_at: sql<Date>`now() - interval '1 second'` })
      .where('id', '=', id)
      .execute(),
  )

async function invited(as: As = admin.as): Promise<{ id: string; email: string; token: string }> {
  const email = newEmail()
  const id = idOf(await invite(as, [email]))
  return { id, email, token: await tokenTo(email) }
}

describe('an invitation', () => {
  test('makes a new account a member with what was promised, once', async () => {
    const team = bodyOf(await ask('POST', `${acme.path}/teams`, admin.as, { name: 'Research' })).text('id')
    const project = bodyOf(await ask('POST', `${acme.path}/projects`, admin.as, { name: 'Vision' })).text('id')
    const email = newEmail()
    const reply = await invite(admin.as, [email.toUpperCase()], {
      surface: 'hub',
      designations: ['reviewer'],
      team_ids: [team],
      projects: [{ project_id: project, role: 'builder' }],
    })
    expect([reply.status, outcomesOf(reply)]).toEqual([201, ['invited']])
    const token = await tokenTo(email)
    expect(bodyOf(await lookUp(token)).body).toMatchObject({
      organisation: { id: acme.id, name: 'Acme' },
      inviter_name: 'Joiner',
      email,
      base_role: 'member',
      surface: 'hub',
      account_exists: false,
    })
    const answers = await Promise.all([accept(token), accept(token), accept(token)])
    const [accepted] = answers.filter(({ status }) => status === 201)
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    const as = { cookie: cookieOf(accepted?.headers ?? new Headers()) }
    const seen = await world.client.call('GET', acme.path, { as })
    expect(seen.object('membership').body).toMatchObject({
      base_role: 'member',
      surface: 'hub',
      designations: ['reviewer'],
    })
    const member_id = seen.object('membership').text('member_id')
    const detail = await world.client.call('GET', `${acme.path}/members/${member_id}`, { as: admin.as })
    expect(detail.body).toMatchObject({ email, team_ids: [team] })
    const people = await world.client.call('GET', `${acme.path}/projects/${project}/members`, { as: admin.as })
    expect(people.list('items').map((each) => each.body)).toContainEqual(
      expect.objectContaining({ member_id, role: 'builder' }),
    )
    expectRefusal(await accept(token), 422, 'invitation_invalid')
    expect(await stateOf(idOf(reply))).toBe('accepted')
    expect(await world.events(acme.id)).toEqual(
      expect.arrayContaining(['member.invited', 'member.invite_opened', 'member.invite_accepted', 'member.joined']),
    )
  })

  test('tells in its mail who invites whom to what, and never holds a tag that somebody typed', async () => {
    const org = await world.found('Evil <img src=x> www.evil.example')
    const email = newEmail()
    await ask('POST', `${org.path}/invitations`, org.owner.as, { emails: [email] })
    const found = await world.client.call('GET', `/api/platform/outbox?search=${email}`, { as: root.as })
    const id = found.list('items')[0]?.text('id') ?? ''
    const opened = await world.client.call('POST', `/api/platform/outbox/${id}/open`, { as: root.as })
    expect(opened.text('html')).not.toContain('<img')
    expect(opened.text('text')).not.toContain('www.evil.example')
    expect(opened.text('text')).toContain('Invited by: Founder')
    expect((await takeLink(world.client, root.as, email)).pathname).toBe('/invite')
  })

  test('is accepted by somebody who has an account, with that account and no other', async () => {
    const { email } = other.owner
    await invite(admin.as, [email])
    const token = await tokenTo(email)
    expect(bodyOf(await lookUp(token)).body).toMatchObject({ account_exists: true })
    expectRefusal(await accept(token), 409, 'account_exists')
    const wrong = await ask('POST', '/api/me/invitations/accept', member.as, { token })
    expectRefusal(wrong, 409, 'invitation_for_another')
    const right = await ask('POST', '/api/me/invitations/accept', other.owner.as, { token })
    expect(right.status).toBe(200)
    expect((await ask('GET', acme.path, other.owner.as)).status).toBe(200)
    const again = await ask('POST', '/api/me/invitations/accept', other.owner.as, { token })
    expectRefusal(again, 422, 'invitation_invalid')
  })

  test('says of each address what became of it, and nothing of accounts elsewhere', async () => {
    const elsewhere = (await world.found()).owner.email
    const nowhere = newEmail()
    const first = await invite(admin.as, [
      elsewhere,
      nowhere,
      member.email,
      'no address',
      'p\u0430yroll@example.com',
      ` ${nowhere.toUpperCase()}`,
    ])
    expect(outcomesOf(first)).toEqual([
      'invited',
      'invited',
      'already_member',
      'email_invalid',
      'email_invalid',
      'repeated',
    ])
    expect(outcomesOf(await invite(admin.as, [elsewhere, nowhere]))).toEqual(['already_invited', 'already_invited'])
  })

  test('is taken back at once, and restored with the link it had', async () => {
    const { id, token } = await invited()
    expect((await act(admin.as, id, 'revoke')).status).toBe(200)
    const refused = await accept(token)
    expectRefusal(refused, 422, 'invitation_invalid')
    expect(reasonOf(refused)).toBe('revoked')
    expectRefusal(await act(admin.as, id, 'revoke'), 409, 'invitation_state_refused')
    expect(bodyOf(await act(admin.as, id, 'restore')).text('state')).toBe('invited')
    expect((await accept(token)).status).toBe(201)
    expectRefusal(await act(admin.as, id, 'restore'), 409, 'invitation_state_refused')
  })

  test('sent again has a new link, and the old one is dead', async () => {
    const { id, email, token } = await invited()
    expect((await act(admin.as, id, 'resend')).status).toBe(200)
    expect(await stateOf(id)).toBe('resent')
    expect(reasonOf(await accept(token))).toBe('unknown')
    expect((await accept(await tokenTo(email))).status).toBe(201)
  })

  test('that has expired is refused by name, makes room for another, and can be sent again', async () => {
    const { id, email, token } = await invited()
    await expire(id)
    expect(reasonOf(await accept(token))).toBe('expired')
    expect(await stateOf(id)).toBe('expired')
    const next = await invite(admin.as, [email])
    expect(outcomesOf(next)).toEqual(['invited'])
    expect(await stateOf(id)).toBe('expired')
    expectRefusal(await act(admin.as, id, 'resend'), 409, 'already_invited')
    await act(admin.as, idOf(next), 'revoke')
    expect((await act(admin.as, id, 'resend')).status).toBe(200)
    expectRefusal(await act(admin.as, idOf(next), 'restore'), 409, 'already_invited')
  })

  test('lists with its state and what became of the mail', async () => {
    const { id, email } = await invited()
    const found = await world.client.call('GET', `${acme.path}/invitations?state=invited&search=${email}`, {
      as: admin.as,
    })
    expect(found.list('items').map((each) => each.body)).toEqual([
      expect.objectContaining({ id, email, state: 'invited', mail: { state: 'queued', last_reply: null } }),
    ])
  })

  test('is made by owners and admins alone, and is nobody’s in another organisation', async () => {
    expectRefusal(await invite(member.as, [newEmail()]), 403, 'forbidden')
    expectRefusal(
      await ask('POST', `${acme.path}/invitations`, (await world.found()).owner.as, { emails: ['a@b.c'] }),
      404,
      'not_found',
    )
    const { id } = await invited()
    for (const what of ['resend', 'revoke', 'restore']) {
      expectRefusal(await ask('POST', `${other.path}/invitations/${id}/${what}`, other.owner.as), 404, 'not_found')
    }
  })

  test('promises no project that is not there and no role that the inviter may not give', async () => {
    const projects = [{ project_id: newId(), role: 'admin' }]
    expectRefusal(await invite(admin.as, [newEmail()], { projects }), 422, 'reference_unknown')
    expectRefusal(await invite(admin.as, [newEmail()], { team_ids: [newId()] }), 422, 'reference_unknown')
    const key = await world.client.call('POST', `${acme.path}/api-keys`, {
      as: acme.owner.as,
      body: { name: 'Inviting', scopes: ['user.invite'] },
    })
    const as = { key: key.text('key') }
    expect((await invite(as, [newEmail()])).status).toBe(201)
    expectRefusal(await invite(as, [newEmail()], { designations: ['manager'] }), 403, 'forbidden')
  })

  test('of a person who became a member otherwise is of no use', async () => {
    const { email } = await world.join(await world.found())
    await invite(admin.as, [email])
    const token = await tokenTo(email)
    await world.client.call('POST', `${acme.path}/members`, {
      as: admin.as,
      body: { email, display_name: 'Twice' },
    })
    const signedIn = await world.client.call('POST', '/api/sessions', { body: { email, password: PASSWORD } })
    const as = { cookie: cookieOf(signedIn.headers) }
    expectRefusal(await ask('POST', '/api/me/invitations/accept', as, { token }), 409, 'already_member')
  })

  test('obeys the organisation’s rule for passwords', async () => {
    const path = `${acme.path}/password-rule`
    const rule = { min_length: 20, needs_letters: true, needs_digits: true, needs_symbols: true }
    expect((await ask('PUT', path, acme.owner.as, rule)).status).toBe(200)
    const { token } = await invited()
    expect(bodyOf(await lookUp(token)).object('password_rule').body).toEqual(rule)
    expectRefusal(await accept(token), 422, 'password_refused')
    expect((await accept(token, { password: 'seven mild otters juggle 9!' })).status).toBe(201)
    const change = { current_password: PASSWORD, new_password: 'dozens of quiet rivers meet' }
    expectRefusal(await ask('POST', '/api/me/password', member.as, change), 422, 'password_refused')
    await ask('PUT', path, acme.owner.as, { ...rule, min_length: null, needs_digits: false, needs_symbols: false })
  })
})

describe('a super-admin', () => {
  const PATH = '/api/platform/organisations'

  test.each([
    ['org_admin', 'admin', 'studio'],
    ['org_member', 'member', 'studio'],
    ['end_user', 'member', 'hub'],
    ['org_owner', 'owner', 'studio'],
  ] as const)('invites as %s', async (role, base_role, surface) => {
    const email = newEmail()
    const made = await world.client.call('POST', `${PATH}/${acme.id}/invitations`, {
      as: root.as,
      body: { email, role },
    })
    const token = new URL(made.text('link')).hash.slice(1)
    const accepted = await accept(token)
    const as = { cookie: cookieOf(accepted.headers) }
    const seen = await world.client.call('GET', acme.path, { as })
    expect(seen.object('membership').body).toMatchObject({ base_role, surface })
    const again = await ask('POST', `${PATH}/${acme.id}/invitations`, root.as, { email, role })
    expectRefusal(again, 409, 'already_member')
  })

  test('makes an organisation that waits for its owner, in which nothing runs before', async () => {
    const email = newEmail()
    const made = await world.client.call('POST', PATH, { as: root.as, body: { name: 'Waiting', owner: { email } } })
    const id = made.object('organisation').text('id')
    expect(made.object('organisation').body).toMatchObject({ status: 'awaiting_owner' })
    const early = newEmail()
    const invitation = await world.client.call('POST', `${PATH}/${id}/invitations`, {
      as: root.as,
      body: { email: early, role: 'org_member' },
    })
    const first = await accept(new URL(invitation.text('link')).hash.slice(1))
    const as = { cookie: cookieOf(first.headers) }
    expectRefusal(await ask('GET', `/api/orgs/${id}`, as), 403, 'organisation_not_active')
    const owner = await accept(new URL(made.object('invitation').text('link')).hash.slice(1))
    expect(owner.status).toBe(201)
    expect((await ask('GET', `/api/orgs/${id}`, as)).status).toBe(200)
    const projects = await world.client.call('GET', `/api/orgs/${id}/projects`, {
      as: { cookie: cookieOf(owner.headers) },
    })
    expect(projects.list('items')).toHaveLength(1)
  })

  test('finds an organisation opened whose owner accepted while the node died', async () => {
    const made = await world.client.call('POST', PATH, {
      as: root.as,
      body: { name: 'Late', owner: { email: newEmail() } },
    })
    const id = made.object('organisation').text('id')
    const { control, databases } = world.needs
    expect(await openAwaiting(control, await databases.of(id), id)).toBe(false)
    await accept(new URL(made.object('invitation').text('link')).hash.slice(1))
    await world.inControl((tx) =>
      tx.updateTable('tenancy.organisation').set({ status: 'awaiting_owner' }).where('id', '=', id).execute(),
    )
    expect(await openAwaiting(control, await databases.of(id), id)).toBe(true)
  })

  test('offers owners; an admin neither takes that back nor sends it again', async () => {
    const email = newEmail()
    const made = await world.client.call('POST', `${PATH}/${acme.id}/invitations`, {
      as: root.as,
      body: { email, role: 'org_owner' },
    })
    expectRefusal(await act(admin.as, made.text('id'), 'revoke'), 403, 'owner_only')
    expectRefusal(await act(admin.as, made.text('id'), 'resend'), 403, 'owner_only')
    expect((await act(acme.owner.as, made.text('id'), 'revoke')).status).toBe(200)
  })

  test('alone invites in a role', async () => {
    const body = { email: newEmail(), role: 'org_owner' }
    expectRefusal(await ask('POST', `${PATH}/${acme.id}/invitations`, acme.owner.as, body), 403, 'forbidden')
    expectRefusal(await ask('POST', `${PATH}/${newId()}/invitations`, root.as, body), 404, 'not_found')
  })
})

describe('where addresses are proven', () => {
  test('a registration is finished from the mailbox and with its password, and known addresses get the same answer', async () => {
    const settings = (email_verification_is_required: boolean) =>
      ask('PATCH', '/api/platform/settings', root.as, { email_verification_is_required })
    await settings(true)
    const register = (email: string) =>
      ask('POST', '/api/registrations', null, {
        organisation_name: 'New',
        email,
        password: PASSWORD,
        display_name: 'N',
      })
    const email = newEmail()
    const answers = [await register(email), await register(acme.owner.email)]
    expect(answers.map(({ status, text }) => [status, text])).toEqual([
      [201, answers[0]?.text],
      [201, answers[0]?.text],
    ])
    expect(answers.map(({ headers }) => headers.getSetCookie())).toEqual([[], []])
    const token = await takeToken(world.client, root.as, email, 'registration')
    const confirm = (password: string) => ask('POST', '/api/registrations/confirm', null, { token, password })
    expectRefusal(await confirm('not the password at all'), 401, 'sign_in_refused')
    const confirmed = await confirm(PASSWORD)
    expect(confirmed.status).toBe(201)
    expect(bodyOf(confirmed).object('organisation').body).toMatchObject({ name: 'New', status: 'active' })
    expectRefusal(await confirm(PASSWORD), 422, 'link_invalid')
    const mailed = async () => {
      const found = await world.client.call('GET', `/api/platform/outbox?search=${acme.owner.email}`, { as: root.as })
      return found.list('items').map((each) => each.text('kind'))
    }
    await expect.poll(mailed).toContain('registration_known')
    const added = await ask('POST', `${acme.path}/members`, admin.as, { email: newEmail(), display_name: 'X' })
    expectRefusal(added, 409, 'invitation_required')
    await settings(false)
  })

  test('registration can be closed, and is limited by network address', async () => {
    const body = { organisation_name: 'New', email: newEmail(), password: PASSWORD, display_name: 'N' }
    await ask('PATCH', '/api/platform/settings', root.as, { registration_is_open: false })
    expectRefusal(await ask('POST', '/api/registrations', null, body), 403, 'registration_closed')
    await ask('PATCH', '/api/platform/settings', root.as, { registration_is_open: true, registrations_per_hour: 1 })
    const limited = await ask('POST', '/api/registrations', null, body)
    expectRefusal(limited, 429, 'too_many_attempts')
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0)
    await ask('PATCH', '/api/platform/settings', root.as, { registrations_per_hour: 100_000 })
  })
})
