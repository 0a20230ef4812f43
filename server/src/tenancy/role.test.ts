import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { As } from '../../test/client.ts'
import { newId } from '../kernel/id.ts'
import { bodyOf, expectRefusal, type Founded, type MemberOf, startWorld, type World } from './world.suite.ts'

let world: World
let acme: Founded
let admin: MemberOf
let member: MemberOf
beforeAll(async () => {
  world = await startWorld()
  acme = await world.found('Acme')
  admin = await world.join(acme, 'admin')
  member = await world.join(acme)
})
afterAll(() => world.stop())

const ask = (method: string, path: string, as: As, body?: object) =>
  world.client.request(method, `${acme.path}${path}`, { as, ...(body && { body }) })
const call = async (method: string, path: string, as: As, body?: object) => {
  const reply = await ask(method, path, as, body)
  expect(reply.status, reply.text).toBeLessThan(300)
  return bodyOf(reply)
}
let counter = 0
const create = async (permissions: readonly string[], as = admin.as) =>
  (await call('POST', '/roles', as, { name: `Role ${(counter += 1)}`, permissions })).text('id')
const assign = (member_id: string, role_ids: readonly string[], as = admin.as) =>
  ask('PUT', `/members/${member_id}/custom-roles`, as, { role_ids })
const ranges = async (query: string) =>
  (await call('GET', `/access-history?${query}`, admin.as)).list('items').map((each) => each.body)

describe('a custom role', () => {
  test('gives what it names with the next request, and takes it back with the next', async () => {
    const id = await create(['audit.view'])
    expectRefusal(await ask('GET', '/audit/entries', member.as), 403, 'forbidden')
    expect((await assign(member.id, [id])).status).toBe(200)
    expect((await ask('GET', '/audit/entries', member.as)).status).toBe(200)
    await call('PATCH', `/roles/${id}`, admin.as, { permissions: ['catalog.manage'] })
    expectRefusal(await ask('GET', '/audit/entries', member.as), 403, 'forbidden')
    await call('PATCH', `/roles/${id}`, admin.as, { permissions: ['audit.view'] })
    const access = await call('GET', `/members/${member.id}/access`, admin.as)
    expect(access.list('permissions').map((each) => each.body)).toContainEqual(
      expect.objectContaining({ permission: 'audit.view', held: true, from: 'custom_role' }),
    )
    expect((await ask('DELETE', `/roles/${id}`, admin.as)).status).toBe(204)
    expectRefusal(await ask('GET', '/audit/entries', member.as), 403, 'forbidden')
  })

  test.each([
    ['what belongs to base roles', 'user.invite', 'permission_not_single'],
    ['what belongs to base roles', 'role.change', 'permission_not_single'],
    ['what belongs to base roles', 'policy.manage', 'permission_not_single'],
    ['what its author does not hold', 'run.approve_compliance', 'permission_not_held'],
    ['what does not exist', 'run.all', 'permission_unknown'],
  ])('never holds %s (%s)', async (_what, permission, code) => {
    const body = { name: `Role ${(counter += 1)}`, permissions: ['audit.view', permission] }
    expectRefusal(await ask('POST', '/roles', admin.as, body), 422, code)
    const id = await create(['audit.view'])
    expectRefusal(await ask('PATCH', `/roles/${id}`, admin.as, { permissions: body.permissions }), 422, code)
  })

  test('is given by administrators, never by an admin to themselves, and not to an owner by an admin', async () => {
    const id = await create(['audit.view'])
    expectRefusal(await assign(member.id, [id], member.as), 403, 'forbidden')
    expectRefusal(await assign(admin.id, [id]), 403, 'own_permissions')
    expectRefusal(await assign(acme.owner.id, [id]), 403, 'owner_only')
    expectRefusal(await assign(member.id, [newId()]), 422, 'reference_unknown')
    expectRefusal(await ask('POST', '/roles', admin.as, { name: 'Role 1', permissions: [] }), 422, 'invalid_input')
  })

  test('a deny takes what it gives, and a key carries it within its scopes', async () => {
    const person = await world.join(acme)
    await assign(person.id, [await create(['directory.view', 'insights.view', 'audit.view'])])
    const key = (await call('POST', '/me/api-keys', person.as, { name: 'k', scopes: ['audit.view'] })).text('key')
    expect((await ask('GET', '/audit/entries', { key })).status).toBe(200)
    await call('PUT', `/members/${person.id}/permissions`, admin.as, { grants: [], denies: ['audit.view'] })
    expectRefusal(await ask('GET', '/audit/entries', { key }), 403, 'forbidden')
  })

  test('one can look at what it may do without having it, and the log says who looked', async () => {
    const id = await create(['audit.view'])
    const seen = await call('GET', `/roles/view-as?base_role=member&role_id=${id}`, admin.as)
    const held = seen.list('permissions').filter((each) => matches(each.body, { held: true }))
    const names = held.map((each) => each.text('permission'))
    expect(names).toContain('audit.view')
    expect(names).not.toContain('user.view')
    expect(await world.events(acme.id)).toContain('role.viewed_as')
    expectRefusal(await ask('GET', '/roles/view-as?base_role=owner', member.as), 403, 'forbidden')
  })
})

describe('access over time', () => {
  test('every grant has its range, and the act that gave it', async () => {
    const person = await world.join(acme)
    const put = (what: string, body: object) => call('PUT', `/members/${person.id}/${what}`, admin.as, body)
    await put('designations', { designations: ['reviewer', 'expert'] })
    await put('designations', { designations: ['expert'] })
    await put('permissions', { grants: ['audit.view'], denies: [] })
    const all = await ranges(`member_id=${person.id}&limit=100`)
    const of = (kind: string, value: string) => all.find((each) => matches(each, { kind, value }))
    const reviewer = of('designation', 'reviewer')
    expect(reviewer).toBeDefined()
    expect(reviewer).not.toMatchObject({ valid_to: null })
    expect(reviewer).not.toMatchObject({ entry_id: null })
    expect(of('designation', 'expert')).toMatchObject({ valid_to: null })
    expect(of('grant', 'audit.view')).toMatchObject({ valid_to: null })
    expect(of('base_role', 'member')).toMatchObject({ valid_to: null })
    const before = await ranges(`member_id=${person.id}&kind=grant&at=2020-01-01T00:00:00Z`)
    expect(before).toEqual([])
    const holders = await ranges('kind=designation&value=reviewer')
    expect(holders.some((each) => matches(each, { member_id: person.id }))).toBe(true)
    expectRefusal(await ask('GET', '/access-history', member.as), 403, 'forbidden')
  })

  test('a person’s page says what they can do and why, places included', async () => {
    const person = await world.join(acme)
    const project = await call('POST', '/projects', admin.as, { name: `P ${newId()}` })
    await call('PUT', `/projects/${project.text('id')}/members/${person.id}`, admin.as, { role: 'builder' })
    const access = await call('GET', `/members/${person.id}/access`, admin.as)
    expect(access.list('projects').map((each) => each.body)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ role: 'builder', why: 'member', source: 'manual' }),
        expect.objectContaining({ role: 'operator', why: 'default_project', source: null }),
      ]),
    )
    const owner = await call('GET', `/members/${acme.owner.id}/access`, admin.as)
    expect(owner.list('projects').every((each) => matches(each.body, { role: 'admin' }))).toBe(true)
  })
})

const matches = (value: unknown, wanted: Readonly<Record<string, unknown>>): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.entries(wanted).every(([name, each]) => Reflect.get(value, name) === each)

describe('leaving', () => {
  test('shows what ends, hands over the programs, and can be undone: keys and sessions stay ended', async () => {
    const person = await world.join(acme, 'admin')
    const heir = await world.join(acme, 'admin')
    const project = await call('POST', '/projects', person.as, { name: `P ${newId()}` })
    const account = await call('POST', '/service-accounts', person.as, { name: 'Robot', permissions: ['org.view'] })
    const key = (await call('POST', '/me/api-keys', person.as, { name: 'k', scopes: ['org.view'] })).text('key')
    const role = await create(['audit.export'])
    await assign(person.id, [role], acme.owner.as)
    const preview = await call('GET', `/members/${person.id}/removal`, admin.as)
    expect(preview.body).toMatchObject({ api_keys: 1, projects: 1 })
    expect(preview.list('duties').map((each) => each.text('id'))).toEqual([account.text('id')])

    const gone = await ask('DELETE', `/members/${person.id}?hand_over_to=${heir.id}`, acme.owner.as)
    expect(gone.status, gone.text).toBe(204)
    expectRefusal(await ask('GET', '', person.as), 404, 'not_found')
    const accounts = await call('GET', '/service-accounts', admin.as)
    expect(accounts.list('items').map((each) => each.text('responsible_member_id'))).toContain(heir.id)

    expectRefusal(await ask('POST', `/members/${heir.id}/restore`, admin.as), 409, 'member_not_removed')
    const back = await call('POST', `/members/${person.id}/restore`, acme.owner.as)
    expect(back.body).toMatchObject({ status: 'active', restored: 2 })
    expectRefusal(await ask('GET', '', { key }), 401, 'not_signed_in')
    expectRefusal(await ask('GET', '', person.as), 401, 'not_signed_in')
    const again = await world.client.call('POST', '/api/sessions', {
      body: { email: person.email, password: person.password },
    })
    expect(again.object('person').text('email')).toBe(person.email)
    const access = await call('GET', `/members/${person.id}/access`, admin.as)
    expect(access.list('projects').map((each) => each.text('id'))).toContain(project.text('id'))
    expect(await world.events(acme.id)).toContain('member.restored')
  })

  test('after 30 days there is no way back but an invitation', async () => {
    const person = await world.join(acme)
    expect((await ask('DELETE', `/members/${person.id}`, admin.as)).status).toBe(204)
    await world.inside(acme.id, (tx) =>
      tx
        .updateTable('tenancy.member')
        .set({ removed_at: new Date(Date.now() - 31 * 86_400_000) })
        .where('id', '=', person.id)
        .execute(),
    )
    expectRefusal(await ask('POST', `/members/${person.id}/restore`, admin.as), 409, 'restore_too_late')
  })
})
