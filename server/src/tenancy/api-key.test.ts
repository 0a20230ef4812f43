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

describe('rotation', () => {
  const rotate = (path: string, id: string, as: As, body: object = {}) => ask('POST', `${path}/${id}/rotate`, as, body)

  test('brings a new secret; the old one is good until its overlap ends, and no longer', async () => {
    const made = await create(OWN, member.as)
    const rotated = bodyOf(await rotate(OWN, made.text('id'), member.as))
    const [old_key, new_key] = [made.text('key'), rotated.text('key')]
    expect(new_key).not.toBe(old_key)
    for (const key of [old_key, new_key]) expect((await ask('GET', '', { key })).status).toBe(200)
    await world.inside(acme.id, (tx) =>
      tx
        .updateTable('tenancy.api_key')
        .set({ previous_valid_until: new Date(Date.now() - 1000) })
        .where('id', '=', made.text('id'))
        .execute(),
    )
    expectRefusal(await ask('GET', '', { key: old_key }), 401, 'not_signed_in')
    expect((await ask('GET', '', { key: new_key })).status).toBe(200)
    expect(await world.events(acme.id)).toContain('api_key.rotated')
  })

  test('without overlap ends the old secret at once, also at the gateway', async () => {
    const made = await create(ALL, admin.as, { scopes: ['org.view', 'run.execute', 'model.view'] })
    const models = (key: string) => world.client.request('GET', '/v1/models', { as: { key } })
    expect((await models(made.text('key'))).status).toBe(200)
    const rotated = bodyOf(await rotate(ALL, made.text('id'), admin.as, { overlap_hours: 0 }))
    expect((await models(made.text('key'))).status).toBe(401)
    expect((await models(rotated.text('key'))).status).toBe(200)
  })

  test('is nobody’s but the owner’s: an admin gets no secret that acts as a member', async () => {
    const made = await create(OWN, member.as)
    expectRefusal(await rotate(ALL, made.text('id'), admin.as), 404, 'not_found')
    expectRefusal(await rotate(OWN, made.text('id'), admin.as), 404, 'not_found')
    const of_organisation = await create(ALL, admin.as)
    expectRefusal(
      await rotate(ALL, of_organisation.text('id'), (await world.superadmin()).as),
      403,
      'membership_required',
    )
  })
})

test('a key with addresses of its own works from there alone', async () => {
  const made = await create(OWN, member.as, { addresses: ['10.0.0.0/8'] })
  expectRefusal(await ask('GET', '', { key: made.text('key') }), 403, 'address_not_allowed')
  const path = `${OWN}/${made.text('id')}`
  expectRefusal(await ask('PATCH', path, member.as, { addresses: ['nowhere'] }), 422, 'address_invalid')
  const changed = await ask('PATCH', path, member.as, { addresses: ['127.0.0.1', '::1'] })
  expect(changed.status, changed.text).toBe(200)
  expect((await ask('GET', '', { key: made.text('key') })).status).toBe(200)
})

describe('a service account', () => {
  const ACCOUNTS = '/service-accounts'
  const account = async (permissions: readonly string[]) => {
    const reply = await ask('POST', ACCOUNTS, admin.as, { name: `Robot ${newId()}`, permissions })
    expect(reply.status, reply.text).toBe(201)
    return bodyOf(reply).text('id')
  }

  test('narrows its keys at once, stops them all, and lets them work again', async () => {
    const id = await account(['org.view', 'policy.view'])
    expectRefusal(
      await ask('POST', ALL, admin.as, draft({ scopes: ['org.view', 'directory.view'], service_account_id: id })),
      422,
      'scope_not_allowed',
    )
    const made = await create(ALL, admin.as, { scopes: ['org.view', 'policy.view'], service_account_id: id })
    const as = { key: made.text('key') }
    expect((await ask('GET', '/policy', as)).status).toBe(200)
    expect((await ask('PATCH', `${ACCOUNTS}/${id}`, admin.as, { permissions: ['org.view'] })).status).toBe(200)
    expectRefusal(await ask('GET', '/policy', as), 403, 'forbidden')
    expect((await ask('GET', '', as)).status).toBe(200)
    expect((await ask('POST', `${ACCOUNTS}/${id}/disable`, admin.as)).status).toBe(200)
    const shown = bodyOf(await ask('GET', `${ACCOUNTS}/${id}`, admin.as))
    expect(shown.body).toMatchObject({ id, permissions: ['org.view'] })
    expect(shown.text('disabled_at')).toMatch(/^\d{4}-/)
    expectRefusal(await ask('GET', `${ACCOUNTS}/${id}`, member.as), 403, 'forbidden')
    expectRefusal(await ask('GET', '', as), 401, 'not_signed_in')
    expect((await world.client.request('GET', '/v1/models', { as })).status).toBe(401)
    expect((await ask('POST', `${ACCOUNTS}/${id}/enable`, admin.as)).status).toBe(200)
    expect((await ask('GET', '', as)).status).toBe(200)
    const keys = bodyOf(await ask('GET', `${ALL}?service_account_id=${id}`, admin.as)).list('items')
    expect(keys.map((key) => key.text('id'))).toEqual([made.text('id')])
  })

  test('carries nothing that its maker lacks, and is for administrators', async () => {
    const body = { name: 'Robot', permissions: ['org.view'] }
    expectRefusal(await ask('POST', ACCOUNTS, member.as, body), 403, 'forbidden')
    const more = { ...body, permissions: ['app.publish'] }
    expectRefusal(await ask('POST', ACCOUNTS, admin.as, more), 422, 'scope_not_allowed')
    await ask('POST', ACCOUNTS, admin.as, body)
    expectRefusal(await ask('POST', ACCOUNTS, admin.as, body), 409, 'service_account_name_taken')
    expectRefusal(await ask('PATCH', `${ACCOUNTS}/${newId()}`, admin.as, { name: 'x' }), 404, 'not_found')
    expectRefusal(await ask('GET', `${ACCOUNTS}/${newId()}`, admin.as), 404, 'not_found')
  })
})

test('the super-admin makes a key of the organisation in the name of the member who answers for it', async () => {
  const root = await world.superadmin()
  expectRefusal(await ask('POST', ALL, root.as, draft()), 403, 'membership_required')
  const made = await create(ALL, root.as, { responsible_member_id: member.id })
  expect(made.text('created_by')).toBe(member.id)
  const beyond = draft({ scopes: ['audit.view'], responsible_member_id: member.id })
  expectRefusal(await ask('POST', ALL, root.as, beyond), 422, 'scope_not_allowed')
})

describe('where the platform demands a reason', () => {
  const set = async (content_access: string) =>
    world.client.call('PATCH', '/api/platform/settings', {
      as: (await world.superadmin()).as,
      body: { content_access },
    })

  test('the super-admin opens an organisation with one, for a while, and its owners read of it', async () => {
    const root = await world.superadmin()
    await set('reason_required')
    expectRefusal(await ask('GET', '/members', root.as), 403, 'access_reason_required')
    const body = { organisation_id: acme.id, reason: 'Ticket 4711: the wallet looks wrong', minutes: 10 }
    const opened = await world.client.call('POST', '/api/platform/content-accesses', { as: root.as, body })
    expect((await ask('GET', '/members', root.as)).status).toBe(200)
    const elsewhere = await world.found()
    expectRefusal(await world.client.request('GET', elsewhere.path, { as: root.as }), 403, 'access_reason_required')
    await expect.poll(() => world.events(acme.id), { timeout: 15_000 }).toContain('superadmin.access_opened')
    await world.client.call('POST', `/api/platform/content-accesses/${opened.text('id')}/close`, { as: root.as })
    expectRefusal(await ask('GET', '/members', root.as), 403, 'access_reason_required')
    await set('open')
    expect((await ask('GET', '/members', root.as)).status).toBe(200)
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

test.each([
  ['a request to the organisation', () => acme.path],
  ['a list of models', () => '/v1/models'],
])('%s notes the last use of a key', async (_what, path) => {
  const created = await create(ALL, acme.owner.as, { scopes: ['org.view', 'model.view'] })
  const isNoted = () =>
    world.inside(acme.id, async (tx) => {
      const key = await tx
        .selectFrom('tenancy.api_key')
        .select('last_used_at')
        .where('id', '=', created.text('id'))
        .executeTakeFirstOrThrow()
      return key.last_used_at !== null
    })
  expect(await isNoted()).toBe(false)
  const reply = await world.client.request('GET', path(), { as: { key: created.text('key') } })
  expect(reply.status, reply.text).toBe(200)
  await expect.poll(isNoted, { timeout: 10_000 }).toBe(true)
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
