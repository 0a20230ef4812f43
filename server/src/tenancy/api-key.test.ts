import { createPublicKey } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { As } from '../../test/client.ts'
import { newId } from '../kernel/id.ts'
import { touchApiKey } from './api-key.ts'
import { bodyOf, expectRefusal, type Founded, type MemberOf, membersOf, startWorld, type World } from './world.suite.ts'

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

const ask = (method: string, path: string, as: As, body?: object, headers?: Record<string, string>) =>
  world.client.request(method, `${acme.path}${path}`, { as, ...(body && { body }), ...(headers && { headers }) })

const OWN = '/me/api-keys'
const ALL = '/api-keys'
const draft = (change: object = {}) => ({ name: 'key', scopes: ['org.view'], ...change })
const create = async (path: string, as: As, change: object = {}) => {
  const reply = await ask('POST', path, as, draft(change))
  expect(reply.status, reply.text).toBe(201)
  return bodyOf(reply)
}
const idsOf = async (path: string, as: As) =>
  bodyOf(await ask('GET', path, as))
    .list('items')
    .map((each) => each.text('id'))

describe('a personal key', () => {
  test('is shown once, works as its owner within its scopes, and is nowhere stored', async () => {
    const created = await create(OWN, member.as)
    const key = created.text('key')
    expect(key).toMatch(/^rv_[0-9A-Za-z]{22}_[0-9A-Za-z]{22}_[0-9A-Za-z]{43}_[0-9A-Za-z]{6}$/)
    const seen = bodyOf(await ask('GET', '', { key }))
    expect(seen.object('membership').text('member_id')).toBe(member.id)
    expectRefusal(await ask('GET', '/projects', { key }), 403, 'forbidden')
    const listed = bodyOf(await ask('GET', OWN, member.as)).list('items')[0]
    expect(listed?.body).not.toHaveProperty('key')
    expect(listed?.text('mask')).toBe(`rv_…${key.slice(-4)}`)
    const secret = key.split('_')[3] ?? ''
    const stored = await world.inside(acme.id, async (tx) => [
      await tx.selectFrom('tenancy.api_key').selectAll().execute(),
      await tx.selectFrom('audit.entry').selectAll().execute(),
      await tx.selectFrom('http.idempotency').selectAll().execute(),
    ])
    expect(JSON.stringify(stored)).not.toContain(secret)
  })

  test('expires after 90 days unless it says otherwise, and never after more than 365', async () => {
    const days = (created: ReturnType<typeof bodyOf>) =>
      Math.round((Date.parse(created.text('expires_at')) - Date.parse(created.text('created_at'))) / 86_400_000)
    expect(days(await create(OWN, member.as))).toBe(90)
    expect(days(await create(OWN, member.as, { expires_in_days: 365 }))).toBe(365)
    expectRefusal(await ask('POST', OWN, member.as, draft({ expires_in_days: 366 })), 422, 'invalid_input')
    expectRefusal(await ask('POST', OWN, member.as, draft({ expires_in_days: 0 })), 422, 'invalid_input')
  })

  test('that has expired is 401', async () => {
    const created = await create(OWN, member.as)
    await world.inside(acme.id, (tx) =>
      tx
        .updateTable('tenancy.api_key')
        .set({ expires_at: new Date(Date.now() - 1000) })
        .where('id', '=', created.text('id'))
        .execute(),
    )
    expectRefusal(await ask('GET', '', { key: created.text('key') }), 401, 'not_signed_in')
  })

  test('carries nothing that its maker lacks or that no key may carry; each refused scope is named', async () => {
    const reply = await ask('POST', OWN, member.as, draft({ scopes: ['org.view', 'audit.view', 'role.change', 'fly'] }))
    expectRefusal(reply, 422, 'scope_not_allowed')
    expect(
      bodyOf(reply)
        .list('fields')
        .map((each) => each.text('pointer')),
    ).toEqual(['/scopes/1', '/scopes/2', '/scopes/3'])
    expectRefusal(await ask('POST', OWN, member.as, draft({ scopes: [] })), 422, 'invalid_input')
    expectRefusal(await ask('POST', OWN, member.as, draft({ scopes: ['org.view', 'org.view'] })), 422, 'invalid_input')
  })

  test('loses with the next request what its owner loses', async () => {
    const person = await world.join(acme, 'admin')
    const key = (await create(OWN, person.as, { scopes: ['user.view', 'org.view'] })).text('key')
    expect((await ask('GET', '/members', { key })).status).toBe(200)
    await ask('PUT', `/members/${person.id}/role`, acme.owner.as, { base_role: 'member' })
    expectRefusal(await ask('GET', '/members', { key }), 403, 'forbidden')
    expect((await ask('GET', '', { key })).status).toBe(200)
  })

  test('is listed and revoked by its owner; another’s key is not found', async () => {
    const mine = await create(OWN, member.as)
    const theirs = await create(OWN, admin.as)
    expect(await idsOf(OWN, member.as)).toContain(mine.text('id'))
    expect(await idsOf(OWN, member.as)).not.toContain(theirs.text('id'))
    expectRefusal(await ask('DELETE', `${OWN}/${theirs.text('id')}`, member.as), 404, 'not_found')
    expectRefusal(await ask('DELETE', `${OWN}/${newId()}`, member.as), 404, 'not_found')
    expect((await ask('DELETE', `${OWN}/${mine.text('id')}`, member.as)).status).toBe(204)
    expectRefusal(await ask('GET', '', { key: mine.text('key') }), 401, 'not_signed_in')
    expectRefusal(await ask('DELETE', `${OWN}/${mine.text('id')}`, member.as), 409, 'api_key_revoked')
    expect(await idsOf(OWN, member.as)).not.toContain(mine.text('id'))
    expect(await idsOf(`${OWN}?revoked=true`, member.as)).toContain(mine.text('id'))
  })

  test('works in one project, where its owner may run things themselves', async () => {
    const project = bodyOf(await ask('POST', '/projects', acme.owner.as, { name: 'Elsewhere' })).text('id')
    expectRefusal(await ask('POST', OWN, admin.as, draft({ project_id: project })), 422, 'reference_unknown')
    await ask('PUT', `/projects/${project}/members/${member.id}`, acme.owner.as, { role: 'viewer' })
    expectRefusal(await ask('POST', OWN, member.as, draft({ project_id: project })), 403, 'project_role_missing')
    await ask('PUT', `/projects/${project}/members/${member.id}`, acme.owner.as, { role: 'operator' })
    const created = await create(OWN, member.as, { project_id: project, scopes: ['project.view'] })
    const key = created.text('key')
    expect(await idsOf('/projects', { key })).toEqual([project])
    const stray = draft({ project_id: project, use_case_id: newId() })
    expectRefusal(await ask('POST', OWN, member.as, stray), 422, 'reference_unknown')
  })

  test('makes no keys itself, and the super-admin without a membership has none', async () => {
    const created = await create(OWN, member.as)
    expectRefusal(await ask('POST', OWN, { key: created.text('key') }, draft()), 403, 'forbidden')
    const root = await world.superadmin()
    expectRefusal(await ask('POST', OWN, root.as, draft()), 403, 'forbidden')
    expectRefusal(await ask('POST', ALL, root.as, draft()), 403, 'membership_required')
  })

  test('repeated with its Idempotency-Key is made once and not shown again', async () => {
    const headers = { 'idempotency-key': 'one-key' }
    const first = await ask('POST', OWN, member.as, draft(), headers)
    const second = await ask('POST', OWN, member.as, draft(), headers)
    expect(second.body).toEqual({ ...membersOf(first), key: null })
    const kept = await world.inside(acme.id, (tx) => tx.selectFrom('http.idempotency').select('body').execute())
    expect(JSON.stringify(kept)).not.toContain(bodyOf(first).text('key'))
  })
})

describe('a key of the organisation', () => {
  test('is made by admins, belongs to nobody, and its scopes alone are its rights', async () => {
    expectRefusal(await ask('POST', ALL, member.as, draft()), 403, 'forbidden')
    const created = await create(ALL, admin.as, { scopes: ['org.view', 'team.manage'] })
    expect(created.body).toMatchObject({ member_id: null, created_by: admin.id })
    const key = created.text('key')
    expect((await ask('GET', '', { key })).body).toMatchObject({ membership: null })
    expect((await ask('POST', '/teams', { key }, { name: 'By key' })).status).toBe(201)
    expectRefusal(await ask('GET', '/members', { key }), 403, 'forbidden')
    expectRefusal(await ask('POST', ALL, admin.as, draft({ scopes: ['run.acknowledge'] })), 422, 'scope_not_allowed')
  })

  test('is no way into a project for an admin who has no role there', async () => {
    const project = bodyOf(await ask('POST', '/projects', acme.owner.as, { name: 'Closed' })).text('id')
    expectRefusal(await ask('POST', ALL, admin.as, draft({ project_id: project })), 422, 'reference_unknown')
  })

  test('stays when its maker is removed, and admins list and revoke every key without seeing any', async () => {
    const maker = await world.join(acme, 'admin')
    const ours = await create(ALL, maker.as)
    const theirs = await create(OWN, maker.as)
    await ask('DELETE', `/members/${maker.id}`, acme.owner.as)
    expect((await ask('GET', '', { key: ours.text('key') })).status).toBe(200)
    expectRefusal(await ask('GET', '', { key: theirs.text('key') }), 401, 'not_signed_in')
    expect(await idsOf(`${ALL}?owner=organisation`, admin.as)).toContain(ours.text('id'))
    const of_member = await create(OWN, member.as)
    expect(await idsOf(`${ALL}?owner=organisation`, admin.as)).not.toContain(of_member.text('id'))
    expect(await idsOf(`${ALL}?member_id=${member.id}`, admin.as)).toContain(of_member.text('id'))
    expectRefusal(await ask('GET', ALL, member.as), 403, 'forbidden')
    expectRefusal(await ask('DELETE', `${ALL}/${of_member.text('id')}`, member.as), 403, 'forbidden')
    expect((await ask('DELETE', `${ALL}/${of_member.text('id')}`, admin.as)).status).toBe(204)
    expectRefusal(await ask('GET', '', { key: of_member.text('key') }), 401, 'not_signed_in')
  })

  test('is written into the log when it is made and when it is revoked, by whom', async () => {
    const id = (await create(ALL, admin.as, { name: 'Logged' })).text('id')
    await ask('DELETE', `${ALL}/${id}`, acme.owner.as)
    const entries = await world.inside(acme.id, (tx) =>
      tx
        .selectFrom('audit.entry')
        .select(['event', 'actor_id', 'data'])
        .where('target_id', '=', id)
        .orderBy('id')
        .execute(),
    )
    expect(entries).toMatchObject([
      {
        event: 'api_key.created',
        actor_id: admin.id,
        data: { name: 'Logged', member_id: null },
      },
      { event: 'api_key.revoked', actor_id: acme.owner.id, data: { before: { name: 'Logged', member_id: null } } },
    ])
  })
})

test('the last use of a key is noted at most once a minute', async () => {
  const id = (await create(OWN, member.as)).text('id')
  const touch = () => world.inside(acme.id, (tx) => touchApiKey(tx, id))
  expect(await touch()).toBe(true)
  expect(await touch()).toBe(false)
  await world.inside(acme.id, (tx) =>
    tx
      .updateTable('tenancy.api_key')
      .set({ last_used_at: new Date(Date.now() - 61_000) })
      .where('id', '=', id)
      .execute(),
  )
  expect(await touch()).toBe(true)
})

describe('the worker’s key', () => {
  test('is shown to admins as OpenSSH reads it, with its fingerprint, and that it was opened is logged', async () => {
    const seen = bodyOf(await ask('GET', '/worker-key', admin.as))
    const [type, blob, comment] = seen.text('public_key').split(' ')
    expect([type, comment]).toEqual(['ssh-ed25519', `reeve-worker@${acme.id}`])
    const raw = Buffer.from(blob ?? '', 'base64').subarray(-32)
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') }
    expect(createPublicKey({ key: jwk, format: 'jwk' }).asymmetricKeyType).toBe('ed25519')
    expect(seen.text('fingerprint')).toMatch(/^SHA256:[A-Za-z0-9+/]{43}$/)
    expect(await world.events(acme.id)).toContain('worker_key.viewed')
    expectRefusal(await ask('GET', '/worker-key', member.as), 403, 'forbidden')
  })

  test('differs from organisation to organisation', async () => {
    const other = await world.found()
    const mine = bodyOf(await ask('GET', '/worker-key', acme.owner.as)).text('public_key')
    const theirs = (await world.client.call('GET', `${other.path}/worker-key`, { as: other.owner.as })).text(
      'public_key',
    )
    expect(mine).not.toBe(theirs)
  })
})
