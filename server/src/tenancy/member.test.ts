import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type As } from '../../test/client.ts'
import { ALL_PERMISSIONS } from '../access/permission.ts'
import { newId } from '../kernel/id.ts'
import { bodyOf, expectRefusal, type Founded, type MemberOf, plain, startWorld, type World } from './world.suite.ts'

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

describe('listing members', () => {
  test('pages newest first, filters by status, role and team, and searches addresses and shown names', async () => {
    const { id, owner, path } = await world.found()
    const people = [await world.join({ id, owner, path }), await world.join({ id, owner, path }, 'admin')]
    const call = (query: string) => world.client.call('GET', `${path}/members${query}`, { as: owner.as })
    const idsOf = async (query: string) => (await call(query)).list('items').map((each) => each.text('id'))
    const [joined, boss] = people.map((each) => each.id)
    expect(await idsOf('')).toEqual([boss, joined, owner.id])
    const first = await call('?limit=2')
    expect(first.list('items')).toHaveLength(2)
    const rest = await call(`?limit=2&cursor=${first.text('next_cursor')}`)
    expect(rest.list('items').map((each) => each.text('id'))).toEqual([owner.id])
    expect(rest.body).toMatchObject({ next_cursor: null })
    expect(await idsOf('?role=admin')).toEqual([boss])
    expect(await idsOf(`?search=${people[0]?.email.toUpperCase()}`)).toEqual([joined])
    expect(await idsOf('?search=founder')).toEqual([owner.id])
    // The name of somebody who has not acted here is not found either.
    expect(await idsOf('?search=joiner')).toEqual([])
    const team = await world.client.call('POST', `${path}/teams`, { as: owner.as, body: { name: 'T' } })
    const membership = `${path}/teams/${team.text('id')}/members/${joined}`
    await world.client.call('PUT', membership, { as: owner.as, body: { is_manager: false } })
    expect(await idsOf(`?team_id=${team.text('id')}`)).toEqual([joined])
    await world.client.call('POST', `${path}/members/${joined}/suspend`, { as: owner.as })
    expect(await idsOf('?status=suspended')).toEqual([joined])
    await world.client.request('DELETE', `${path}/members/${joined}`, { as: owner.as })
    expect(await idsOf('')).toEqual([boss, owner.id])
    // On a page of one, too; who was removed does not count.
    expect((await call('?limit=1')).body).toMatchObject({ active_members: 2 })
    expect(await idsOf('?status=removed')).toEqual([joined])
    const bad = await world.client.request('GET', `${path}/members?role=king`, { as: owner.as })
    expectRefusal(bad, 422, 'invalid_input')
  })

  test('shows one member with teams, grants, denies and the source of every permission', async () => {
    const { id } = await world.join(acme)
    const body = { grants: ['audit.view'], denies: ['billing.view'] }
    await ask('PUT', `/members/${id}/permissions`, acme.owner.as, body)
    await ask('PUT', `/members/${id}/designations`, acme.owner.as, { designations: ['reviewer'] })
    const seen = bodyOf(await ask('GET', `/members/${id}`, admin.as))
    expect(seen.body).toMatchObject({ ...body, designations: ['reviewer'], team_ids: [] })
    const permissions = new Map(seen.list('permissions').map((each) => [each.text('permission'), each.body]))
    expect(permissions.get('audit.view')).toMatchObject({ held: true, from: 'grant' })
    expect(permissions.get('run.approve_manager')).toMatchObject({ held: true, from: 'designation', name: 'reviewer' })
    expect(permissions.get('billing.view')).toMatchObject({ held: false, from: 'role', lost_to: 'denied' })
    expect(permissions.get('costs.view')).toMatchObject({ held: false, lost_to: 'needed_permission_missing' })
  })

  test('members see names in the directory and nothing more', async () => {
    const listed = bodyOf(await ask('GET', '/directory', member.as))
    const owner = listed.list('items').find((each) => each.text('id') === acme.owner.id)
    expect(owner?.body).toEqual({ id: acme.owner.id, name: 'Founder' })
  })

  test('the directory names whoever is asked for by id, former members too, and nobody of another organisation', async () => {
    const gone = await world.join(acme)
    await ask('DELETE', `/members/${gone.id}`, acme.owner.as)
    const ids = [acme.owner.id, gone.id, other.owner.id].join(',')
    const named = bodyOf(await ask('GET', `/directory?ids=${ids}`, member.as))
    expect(named.list('items').map((each) => each.text('id'))).toEqual([gone.id, acme.owner.id])
    const unasked = bodyOf(await ask('GET', '/directory', member.as))
    expect(unasked.list('items').map((each) => each.text('id'))).not.toContain(gone.id)
    expectRefusal(await ask('GET', '/directory?ids=everybody', member.as), 422, 'invalid_input')
  })

  test('everybody reads the permission matrix that the server decides by', async () => {
    const rows = bodyOf(await ask('GET', '/permissions', member.as)).list('items')
    expect(rows.map((each) => each.text('permission'))).toEqual([...ALL_PERMISSIONS])
    const row = rows.find((each) => each.text('permission') === 'run.view_org')
    expect(row?.body).toMatchObject({ roles: ['owner', 'admin'], designations: ['compliance_officer'], single: true })
  })

  test('a foreign member’s id is the 404 of an unknown one, byte for byte', async () => {
    const foreign = await ask('GET', `/members/${other.owner.id}`, acme.owner.as)
    const unknown = await ask('GET', `/members/${newId()}`, acme.owner.as)
    expectRefusal(foreign, 404, 'not_found')
    expect(plain(foreign)).toBe(plain(unknown))
  })
})
