import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type As } from '../../test/client.ts'
import {
  bodyOf,
  expectRefusal,
  firstSignIn,
  type Founded,
  type MemberOf,
  membersOf,
  newEmail,
  PASSWORD,
  signIn,
  startWorld,
  type World,
} from './world.suite.ts'

let world: World
let acme: Founded
let other: Founded
let admin: MemberOf
let member: MemberOf
beforeAll(async () => {
  world = await startWorld()
  acme = await world.found('Acme')
  other = await world.found('Other')
  admin = await world.join(acme, 'admin')
  member = await world.join(acme)
})
afterAll(() => world.stop())

const ask = (method: string, path: string, as: As, body?: object) =>
  world.client.request(method, `${acme.path}${path}`, { as, ...(body && { body }) })

const add = (email: string, as = acme.owner.as) => ask('POST', '/members', as, { email, display_name: 'As typed' })

describe('adding somebody by address', () => {
  test('makes a member, whatever is asked for, and shows a one-time password that must be changed', async () => {
    const email = newEmail()
    const reply = await add(` ${email.toUpperCase()} `)
    expect(reply.status).toBe(201)
    expect(reply.body).toMatchObject({
      email,
      display_name: null,
      base_role: 'member',
      designations: [],
      surface: 'studio',
      status: 'active',
    })
    const person = await firstSignIn(world.client, email, bodyOf(reply).text('one_time_password'))
    expect((await ask('GET', '', person.as)).status).toBe(200)
    const role = { email: newEmail(), display_name: 'X', base_role: 'admin' }
    expectRefusal(await ask('POST', '/members', acme.owner.as, role), 422, 'invalid_input')
  })

  test('a person with a one-time password reaches nothing in the organisation before they have changed it', async () => {
    const email = newEmail()
    const password = bodyOf(await add(email)).text('one_time_password')
    const signedIn = await world.client.call('POST', '/api/sessions', { body: { email, password } })
    const as = { cookie: signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? '' }
    expectRefusal(await ask('GET', '', as), 403, 'password_change_required')
  })

  test('the answer has the same shape and values for an address with an account and one without', async () => {
    const [known, unknown] = [(await world.found()).owner.email, newEmail()]
    const shapes = [await add(known), await add(unknown)].map((reply) => {
      expect(reply.status).toBe(201)
      const { id, email, joined_at, one_time_password, ...rest } = membersOf(reply)
      expect(one_time_password).toMatch(/^[a-z0-9]{5}(-[a-z0-9]{5}){3}$/)
      return { rest, names: Object.keys(membersOf(reply)), types: [typeof id, typeof email, typeof joined_at] }
    })
    expect(shapes[0]).toEqual(shapes[1])
  })

  test('nothing that is shown later tells the two apart: no name, no spelling, no id of the account', async () => {
    const [known, unknown] = [(await world.found()).owner.email, newEmail()]
    const ids = [bodyOf(await add(known)).text('id'), bodyOf(await add(unknown)).text('id')]
    const details = await Promise.all(ids.map((id) => ask('GET', `/members/${id}`, acme.owner.as)))
    const [one, two] = details.map((reply) => {
      const { id, email, joined_at, ...rest } = membersOf(reply)
      return { ...rest, has: [id, email, joined_at].every((each) => typeof each === 'string') }
    })
    expect(one).toEqual(two)
    expect(JSON.stringify(details.map((each) => each.body))).not.toMatch(/Founder|As typed|user_id/)
    const log = await world.inside(acme.id, (tx) => tx.selectFrom('audit.entry').select('data').execute())
    expect(JSON.stringify(log)).not.toContain('Founder')
  })

  test('an account that was there keeps its password, and the one-time password opens nothing', async () => {
    const { email } = (await world.found()).owner
    const password = bodyOf(await add(email)).text('one_time_password')
    expectRefusal(
      await world.client.request('POST', '/api/sessions', { body: { email, password } }),
      401,
      'sign_in_refused',
    )
    const person = await signIn(world.client, email)
    expect((await ask('GET', '', person.as)).status).toBe(200)
    const mine = await world.client.call('GET', '/api/organisations', { as: person.as })
    expect(mine.list('items').map((each) => each.text('id'))).toContain(acme.id)
  })

  test('a name is shown once the person has acted here', async () => {
    const before = bodyOf(await ask('GET', `/members/${member.id}`, admin.as)).body
    expect(before).toMatchObject({ email: member.email, display_name: null })
    expectRefusal(await ask('GET', '/members', member.as), 403, 'forbidden')
    const after = bodyOf(await ask('GET', `/members/${member.id}`, admin.as)).body
    expect(after).toMatchObject({ email: member.email, display_name: 'Joiner' })
  })

  test('says of an address that it is a member here, and nothing else changes', async () => {
    expectRefusal(await add(member.email), 409, 'already_member')
    const again = await world.client.request('POST', '/api/sessions', {
      body: { email: member.email, password: PASSWORD },
    })
    expect(again.status).toBe(201)
  })

  test('a one-time password that was lost is replaced by removing and adding again, as long as it was never used', async () => {
    const email = newEmail()
    const first = bodyOf(await add(email))
    expect((await ask('DELETE', `/members/${first.text('id')}`, acme.owner.as)).status).toBe(204)
    const second = bodyOf(await add(email))
    expect(second.text('id')).toBe(first.text('id'))
    const body = { email, password: first.text('one_time_password') }
    expectRefusal(await world.client.request('POST', '/api/sessions', { body }), 401, 'sign_in_refused')
    await firstSignIn(world.client, email, second.text('one_time_password'))
  })

  test('no organisation replaces the one-time password of somebody who waits in another', async () => {
    const email = newEmail()
    const first = bodyOf(await add(email))
    const theirs = await world.client.call('POST', `${other.path}/members`, {
      as: other.owner.as,
      body: { email, display_name: 'X' },
    })
    const body = { email, password: theirs.text('one_time_password') }
    expectRefusal(await world.client.request('POST', '/api/sessions', { body }), 401, 'sign_in_refused')
    await firstSignIn(world.client, email, first.text('one_time_password'))
  })

  test('repeated with its Idempotency-Key it is done once, and the password was kept nowhere', async () => {
    const headers = { 'idempotency-key': 'add-once' }
    const options = { as: acme.owner.as, body: { email: newEmail(), display_name: 'X' }, headers }
    const first = await world.client.request('POST', `${acme.path}/members`, options)
    const second = await world.client.request('POST', `${acme.path}/members`, options)
    expect([first.status, second.status]).toEqual([201, 201])
    expect(second.body).toEqual({ ...membersOf(first), one_time_password: null })
    const kept = await world.inside(acme.id, (tx) => tx.selectFrom('http.idempotency').select('body').execute())
    expect(JSON.stringify(kept)).not.toContain(bodyOf(first).text('one_time_password'))
  })

  test('refuses members, bad addresses and names, and a stranger gets the 404 of an unknown organisation', async () => {
    expectRefusal(await add(newEmail(), member.as), 403, 'forbidden')
    expectRefusal(await add('nobody'), 422, 'email_invalid')
    const bad = { email: newEmail(), display_name: 'a\u0007' }
    expectRefusal(await ask('POST', '/members', acme.owner.as, bad), 422, 'name_invalid')
    const foreign = await add(newEmail(), other.owner.as)
    expectRefusal(foreign, 404, 'not_found')
  })

  test('is written into the organisation’s log without address or name', async () => {
    const email = newEmail()
    const id = bodyOf(await add(email, admin.as)).text('id')
    const [entry] = await world.inside(acme.id, (tx) =>
      tx
        .selectFrom('audit.entry')
        .select(['actor_id', 'actor_role', 'data'])
        .where('event', '=', 'member.joined')
        .where('target_id', '=', id)
        .execute(),
    )
    expect(entry).toEqual({ actor_id: admin.id, actor_role: 'admin', data: { surface: 'studio', is_return: false } })
  })

  test('twenty who add one address at once make one member', async () => {
    const email = newEmail()
    const replies = await Promise.all(Array.from({ length: 20 }, () => add(email)))
    const statuses = replies.map((reply) => reply.status).sort((a, b) => a - b)
    expect(statuses).toEqual([201, ...Array.from({ length: 19 }, () => 409)])
  })
})
