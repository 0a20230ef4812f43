import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answered, type As } from '../../test/client.ts'
import { newId } from '../kernel/id.ts'
import { asAdmin } from '../kernel/placement.ts'
import { lockMembers } from './internal/member-row.ts'
import { handOverDuties } from './member-departure.ts'
import {
  bodyOf,
  expectRefusal,
  type Founded,
  type MemberOf,
  plain,
  signIn,
  startWorld,
  type World,
} from './world.suite.ts'

let world: World
let acme: Founded
let other: Founded
let admin: MemberOf
let member: MemberOf
let gone: MemberOf
beforeAll(async () => {
  world = await startWorld()
  acme = await world.found('Acme')
  other = await world.found('Other')
  admin = await world.join(acme, 'admin')
  member = await world.join(acme)
  gone = await world.join(acme)
  await ask('DELETE', `/members/${gone.id}`, acme.owner.as)
})
afterAll(() => world.stop())

const ask = (method: string, path: string, as: As, body?: object) =>
  world.client.request(method, `${acme.path}${path}`, { as, ...(body && { body }) })

const add = (email: string, as = acme.owner.as) => ask('POST', '/members', as, { email, display_name: 'As typed' })

describe('every act on a member', () => {
  const acts = [
    ['PUT', '/role', { base_role: 'admin' }],
    ['PUT', '/designations', { designations: ['manager'] }],
    ['PUT', '/permissions', { grants: [], denies: [] }],
    ['PATCH', '', { surface: 'hub' }],
    ['POST', '/suspend', undefined],
    ['POST', '/reactivate', undefined],
    ['POST', '/sign-out', undefined],
    ['GET', '/sessions', undefined],
    ['DELETE', `/sessions/${newId()}`, undefined],
    ['DELETE', '', undefined],
  ] as const

  for (const [method, act, body] of acts) {
    test(`${method} …${act} is refused to members, and knows no id of another organisation`, async () => {
      expectRefusal(await ask(method, `/members/${admin.id}${act}`, member.as, body), 403, 'forbidden')
      const foreign = await ask(method, `/members/${other.owner.id}${act}`, acme.owner.as, body)
      const unknown = await ask(method, `/members/${newId()}${act}`, acme.owner.as, body)
      expectRefusal(foreign, 404, 'not_found')
      expect(plain(foreign)).toBe(plain(unknown))
      const stranger = await ask(method, `/members/${admin.id}${act}`, other.owner.as, body)
      expect(plain(stranger)).toBe(plain(unknown))
    })

    test(`${method} …${act} is refused to an admin on an owner`, async () => {
      expectRefusal(await ask(method, `/members/${acme.owner.id}${act}`, admin.as, body), 403, 'owner_only')
    })

    test(`${method} …${act} is refused on somebody who was removed`, async () => {
      expectRefusal(await ask(method, `/members/${gone.id}${act}`, acme.owner.as, body), 409, 'member_removed')
    })
  }
})

describe('a change of rights', () => {
  const auditOf = (event: string, target_id: string) =>
    world.inside(acme.id, (tx) =>
      tx
        .selectFrom('audit.entry')
        .select(['actor_id', 'data'])
        .where('event', '=', event)
        .where('target_id', '=', target_id)
        .execute(),
    )

  test('holds from the next request on and is logged with what was before', async () => {
    const person = await world.join(acme)
    expectRefusal(await ask('GET', '/members', person.as), 403, 'forbidden')
    const set = await ask('PUT', `/members/${person.id}/role`, acme.owner.as, { base_role: 'admin' })
    expect(set.body).toEqual({ id: person.id, base_role: 'admin' })
    expect((await ask('GET', '/members', person.as)).status).toBe(200)
    expect(await auditOf('member.role_changed', person.id)).toEqual([
      { actor_id: acme.owner.id, data: { before: { base_role: 'member' }, after: { base_role: 'admin' } } },
    ])
  })

  test('an admin makes no owner, nobody raises themselves, unknown words are named', async () => {
    const path = `/members/${member.id}`
    expectRefusal(await ask('PUT', `${path}/role`, admin.as, { base_role: 'owner' }), 403, 'owner_only')
    expectRefusal(await ask('PUT', `/members/${admin.id}/role`, admin.as, { base_role: 'owner' }), 403, 'own_role')
    expectRefusal(await ask('PUT', `${path}/role`, admin.as, { base_role: 'king' }), 422, 'invalid_input')
    expectRefusal(await ask('PUT', `${path}/designations`, admin.as, { designations: ['x'] }), 422, 'invalid_input')
    const grants = (word: string) => ask('PUT', `${path}/permissions`, admin.as, { grants: [word], denies: [] })
    expectRefusal(await grants('run.fly'), 422, 'permission_unknown')
    expectRefusal(await grants('user.invite'), 422, 'permission_not_single')
    expect(await auditOf('access.denied', '')).toEqual([])
  })

  test('surface and primary team change; the team is one they are in', async () => {
    const person = await world.join(acme)
    const team = bodyOf(await ask('POST', '/teams', admin.as, { name: 'Primary' })).text('id')
    const change = (body: object) => ask('PATCH', `/members/${person.id}`, admin.as, body)
    expectRefusal(await change({ primary_team_id: team }), 422, 'reference_unknown')
    expectRefusal(await change({ primary_team_id: newId() }), 422, 'reference_unknown')
    await ask('PUT', `/teams/${team}/members/${person.id}`, admin.as, { is_manager: false })
    const after = { surface: 'hub', primary_team_id: team }
    expect((await change(after)).body).toEqual({ id: person.id, ...after })
    expect(await auditOf('member.surface_changed', person.id)).toEqual([
      { actor_id: admin.id, data: { before: { surface: 'studio', primary_team_id: null }, after } },
    ])
    await ask('DELETE', `/teams/${team}/members/${person.id}`, admin.as)
    expect((await ask('GET', `/members/${person.id}`, admin.as)).body).toMatchObject({ primary_team_id: null })
  })
})

/** Until somebody waits for a lock in this organisation's database, or what is begun has ended without. */
async function untilWaiting(organisation_id: string, begun: Promise<unknown>): Promise<void> {
  const state = { isOver: false }
  const note = () => void (state.isOver = true)
  begun.then(note, note)
  const { database_name } = await world.inControl((tx) =>
    tx
      .selectFrom('kernel.placement')
      .select('database_name')
      .where('organisation_id', '=', organisation_id)
      .executeTakeFirstOrThrow(),
  )
  await asAdmin(world.reeve.adminUrl(database_name), async (client) => {
    while (!state.isOver) {
      const { rows } = await client.query(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      )
      if (rows.length > 0) return
    }
  })
}

describe('the last owner', () => {
  test('is neither demoted, suspended nor removed, by nobody', async () => {
    const org = await world.found()
    const root = await world.superadmin()
    const path = `${org.path}/members/${org.owner.id}`
    for (const as of [org.owner.as, root.as]) {
      const demote = await world.client.request('PUT', `${path}/role`, { as, body: { base_role: 'member' } })
      expectRefusal(demote, 409, 'last_owner')
      expectRefusal(await world.client.request('POST', `${path}/suspend`, { as }), 409, 'last_owner')
      expectRefusal(await world.client.request('DELETE', path, { as }), 409, 'last_owner')
    }
  })

  test('remains when twenty owners demote, suspend and remove each other all at once', async () => {
    const org = await world.found()
    const owners = [org.owner]
    for (let count = 1; count < 5; count++) owners.push(await world.join(org, 'owner'))
    const acts = [
      (path: string) => ['PUT', `${path}/role`, { base_role: 'member' }] as const,
      (path: string) => ['POST', `${path}/suspend`, undefined] as const,
      (path: string) => ['DELETE', path, undefined] as const,
      (path: string) => ['PUT', `${path}/role`, { base_role: 'admin' }] as const,
    ]
    const requests = owners.flatMap((owner, index) =>
      acts.map((act, offset) => {
        const target = owners[(index + offset + 1) % owners.length]
        const [method, path, body] = act(`${org.path}/members/${target?.id ?? ''}`)
        return world.client.request(method, path, { as: owner.as, ...(body && { body }) })
      }),
    )
    expect(requests).toHaveLength(20)
    const statuses = new Set((await Promise.all(requests)).map((reply) => reply.status))
    expect([...statuses].filter((status) => status >= 500)).toEqual([])
    const left = await world.inside(org.id, (tx) =>
      tx
        .selectFrom('tenancy.member')
        .select('id')
        .where('base_role', '=', 'owner')
        .where('status', '=', 'active')
        .execute(),
    )
    expect(left.length).toBeGreaterThanOrEqual(1)
  })

  test('is never waited for in a circle: of two removals that cross, the second waits for all of the first', async () => {
    const org = await world.found()
    const second_owner = await world.join(org, 'owner')
    const actor = { kind: 'system', organisation_id: org.id, name: 'test', use: { via: 'system' } } as const
    const remove = (member_id: string, between: () => Promise<unknown>) =>
      world.inside(org.id, async (tx) => {
        await handOverDuties(tx, actor, [], member_id, {})
        await between()
        return (await lockMembers(tx, actor, member_id)).active_owner_count
      })
    const begun: { second?: Promise<number> } = {}
    const first = remove(org.owner.id, async () => {
      begun.second = remove(second_owner.id, async () => undefined)
      await untilWaiting(org.id, begun.second)
    })
    expect([await first, await begun.second]).toEqual([2, 2])
  })

  test('remains when a super-admin demotes twenty owners at once: nineteen go, one is refused', async () => {
    const org = await world.found()
    const root = await world.superadmin()
    const ids = Array.from({ length: 19 }, () => newId())
    await world.inside(org.id, (tx) =>
      tx
        .insertInto('tenancy.member')
        .values(ids.map((id) => ({ id, user_id: newId(), base_role: 'owner' })))
        .execute(),
    )
    const demote = (id: string) =>
      world.client.request('PUT', `${org.path}/members/${id}/role`, { as: root.as, body: { base_role: 'member' } })
    const replies = await Promise.all([org.owner.id, ...ids].map(demote))
    const codes = replies.map((reply) => (reply.status === 200 ? 'done' : answered(reply.body).text('code'))).sort()
    expect(codes).toEqual([...Array.from({ length: 19 }, () => 'done'), 'last_owner'])
  })
})

describe('suspension, sign-out and removal', () => {
  const keyOf = async (person: MemberOf) =>
    bodyOf(await ask('POST', '/me/api-keys', person.as, { name: 'k', scopes: ['org.view'] })).text('key')

  test('a suspended member’s session and key fail at once, and work again after reactivation', async () => {
    const person = await world.join(acme)
    const key = await keyOf(person)
    await ask('POST', `/members/${person.id}/suspend`, admin.as)
    expectRefusal(await ask('GET', '', person.as), 404, 'not_found')
    expectRefusal(await ask('GET', '', { key }), 401, 'not_signed_in')
    expectRefusal(await ask('POST', `/members/${person.id}/suspend`, admin.as), 409, 'member_status_refused')
    await ask('POST', `/members/${person.id}/reactivate`, admin.as)
    expect((await ask('GET', '', person.as)).status).toBe(200)
    expect((await ask('GET', '', { key })).status).toBe(200)
    expectRefusal(await ask('POST', `/members/${person.id}/reactivate`, admin.as), 409, 'member_status_refused')
  })

  test('a member signed out of the organisation signs in again, and no other organisation noticed', async () => {
    const elsewhere = await world.found()
    const { email } = elsewhere.owner
    const id = bodyOf(await add(email)).text('id')
    const person = await signIn(world.client, email)
    expect((await ask('GET', '', person.as)).status).toBe(200)
    expect((await ask('POST', `/members/${id}/sign-out`, admin.as)).status).toBe(200)
    expectRefusal(await ask('GET', '', person.as), 401, 'not_signed_in')
    expect((await world.client.request('GET', elsewhere.path, { as: person.as })).status).toBe(200)
    const again = await signIn(world.client, email)
    expect((await ask('GET', '', again.as)).status).toBe(200)
  })

  test('removal ends session, key, team, workspace and project with one commit, and nothing elsewhere', async () => {
    const elsewhere = await world.found()
    const { email } = elsewhere.owner
    const id = bodyOf(await add(email)).text('id')
    const person = { ...(await signIn(world.client, email)), id }
    const key = await keyOf(person)
    const team = bodyOf(await ask('POST', '/teams', admin.as, { name: 'Leaving' })).text('id')
    const workspace = bodyOf(await ask('POST', '/workspaces', admin.as, { name: 'Leaving' })).text('id')
    const project = bodyOf(await ask('POST', '/projects', admin.as, { name: 'Leaving' })).text('id')
    await ask('PUT', `/teams/${team}/members/${id}`, admin.as, { is_manager: true })
    await ask('PATCH', `/members/${id}`, admin.as, { primary_team_id: team })
    await ask('PUT', `/workspaces/${workspace}/members/${id}`, admin.as, { role: 'viewer' })
    await ask('PUT', `/projects/${project}/members/${id}`, admin.as, { role: 'operator' })
    expect((await ask('GET', '', { key })).status).toBe(200)

    expect((await ask('DELETE', `/members/${id}`, admin.as)).status).toBe(204)
    expectRefusal(await ask('GET', '', person.as), 404, 'not_found')
    expectRefusal(await ask('GET', '', { key }), 401, 'not_signed_in')
    expect((await world.client.request('GET', elsewhere.path, { as: person.as })).status).toBe(200)
    const mine = await world.client.call('GET', '/api/organisations', { as: person.as })
    expect(mine.list('items').map((each) => each.text('id'))).toEqual([elsewhere.id])
    const left = await world.inside(acme.id, async (tx) => [
      ...(await tx.selectFrom('tenancy.team_member').select('member_id').where('member_id', '=', id).execute()),
      ...(await tx.selectFrom('tenancy.workspace_member').select('member_id').where('member_id', '=', id).execute()),
      ...(await tx.selectFrom('tenancy.project_member').select('member_id').where('member_id', '=', id).execute()),
    ])
    expect(left).toEqual([])
    const [entry] = await world.inside(acme.id, (tx) =>
      tx
        .selectFrom('audit.entry')
        .select('data')
        .where('event', '=', 'member.removed')
        .where('target_id', '=', id)
        .execute(),
    )
    expect(entry?.data).toEqual({ before: { base_role: 'member', status: 'active' }, revoked_keys: 1, handed_over: {} })
  })

  test('somebody who comes back begins anew: same member, no role, no grants, no old session, no old key', async () => {
    const person = await world.join(acme, 'admin')
    const key = await keyOf(person)
    await ask('PUT', `/members/${person.id}/designations`, acme.owner.as, { designations: ['expert'] })
    await ask('DELETE', `/members/${person.id}`, acme.owner.as)
    const back = bodyOf(await add(person.email))
    expect(back.body).toMatchObject({ id: person.id, base_role: 'member', designations: [], status: 'active' })
    expectRefusal(await ask('GET', '', person.as), 401, 'not_signed_in')
    expectRefusal(await ask('GET', '', { key }), 401, 'not_signed_in')
    const again = await signIn(world.client, person.email)
    expect((await ask('GET', '', again.as)).status).toBe(200)
    expectRefusal(await ask('GET', '/members', again.as), 403, 'forbidden')
  })

  test('twenty requests with a key that is being revoked by removal: none succeeds after the removal was answered', async () => {
    const person = await world.join(acme)
    const key = await keyOf(person)
    const removal = ask('DELETE', `/members/${person.id}`, admin.as)
    await removal
    const replies = await Promise.all(Array.from({ length: 20 }, () => ask('GET', '', { key })))
    expect(new Set(replies.map((reply) => reply.status))).toEqual(new Set([401]))
  })
})
