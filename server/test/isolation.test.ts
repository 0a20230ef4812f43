// Many organisations on one deployment: each works, none sees another, and none suffers when another's database is away.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findLedgerViolations } from '../src/ledger/invariants.ts'
import { newId } from '../src/kernel/id.ts'
import { asAdmin } from '../src/kernel/placement.ts'
import type { As, Reply } from './client.ts'
import { callAll, countBackends } from './many-organisations.ts'
import { startWorld, type World } from './world.ts'

const ORGANISATIONS = 40
const CONNECTIONS = 40

let world: World
beforeAll(async () => {
  world = await startWorld(ORGANISATIONS, { REEVE_DB_CONNECTIONS: String(CONNECTIONS), REEVE_SPARES: '5' })
}, 180_000)
afterAll(() => world.stop())

const at = (index: number) => {
  const organisation = world.demo.organisations[index]
  if (organisation === undefined) throw new Error(`The world has no organisation ${index}`)
  return organisation
}

async function databaseOf(index: number): Promise<string> {
  const { rows } = await world.reeve.node.deployment.control.connection((client) =>
    client.query<{ database_name: string }>('select database_name from kernel.placement where organisation_id = $1', [
      at(index).id,
    ]),
  )
  return rows[0]?.database_name ?? ''
}

test('40 organisations call at once while others are made, within 40 connections, and every ledger is in order', async () => {
  const backends = countBackends(world)
  const [statuses] = await Promise.all([
    callAll(world, 3, ORGANISATIONS),
    ...['a', 'b', 'c', 'd', 'e', 'f'].map(register),
  ])
  expect(await backends.stop()).toBeLessThanOrEqual(CONNECTIONS)
  expect(statuses).toEqual(statuses.map(() => 200))
  const { databases } = world.reeve.node.deployment
  for (const { id } of world.demo.organisations) {
    const database = await databases.of(id)
    await expect.poll(async () => countEnds(id)).toBe(3)
    expect(await database.transaction(findLedgerViolations)).toEqual([])
  }
})

const register = (name: string) =>
  world.reeve.client.call('POST', '/api/registrations', {
    body: {
      organisation_name: `Newcomer ${name}`,
      email: `owner@newcomer-${name}.example`,
      password: `newcomer ${name} comes in quietly`,
      display_name: 'Newcomer',
    },
  })

async function countEnds(organisation_id: string): Promise<number> {
  const database = await world.reeve.node.deployment.databases.of(organisation_id)
  const text = `select count(*)::int as count from execution.execution where state = 'finalised'`
  const { rows } = await database.connection((client) => client.query<{ count: number }>(text))
  return rows[0]?.count ?? -1
}

test('the role of an organisation can connect to its own database and to no other', async () => {
  const { server, derivePassword, control_name } = world.reeve.node.deployment
  const [own, neighbour] = [await databaseOf(0), await databaseOf(1)]
  const urlTo = (database: string): string => {
    const url = new URL(server.admin_url(database))
    url.username = own
    url.password = derivePassword(own, 1)
    return url.href
  }
  await asAdmin(urlTo(own), (client) => client.query('select from tenancy.member'))
  for (const database of [neighbour, control_name, `${control_name}_template`]) {
    await expect(asAdmin(urlTo(database), async () => undefined)).rejects.toMatchObject({ code: '42501' })
  }
})

describe('what belongs to another organisation is answered as what does not exist', () => {
  const NOUNS = {
    members: '/members?limit=1',
    projects: '/projects?limit=1',
    'api-keys': '/api-keys?limit=1',
    'audit/entries': '/audit/entries?limit=1',
    executions: '/executions?limit=1',
  } as const
  const plain = (reply: Reply): string => reply.text.replaceAll(reply.headers.get('x-request-id') ?? '-', '')

  test.each(Object.entries(NOUNS))('%s', async (noun, list) => {
    const { client } = world.reeve
    const [own, foreign] = [at(0), at(1)]
    const as = await world.signIn(own.owner)
    const items = async (organisation: typeof own, who: As) =>
      (await client.call('GET', `/api/orgs/${organisation.id}${list}`, { as: who })).list('items')
    const [mine] = await items(own, as)
    const [theirs] = await items(foreign, await world.signIn(foreign.owner))
    const get = (id: string | undefined) => client.request('GET', `/api/orgs/${own.id}/${noun}/${id}`, { as })
    if (noun !== 'api-keys') expect((await get(mine?.text('id'))).status).toBe(200)
    const [other, none] = [await get(theirs?.text('id')), await get(newId())]
    expect(other.status).toBe(404)
    expect(plain(other)).toBe(plain(none))
    // And the same for the whole organisation.
    const [wall, void_] = await Promise.all(
      [foreign.id, newId()].map((id) => client.request('GET', `/api/orgs/${id}${list}`, { as })),
    )
    expect(wall?.status).toBe(404)
    expect(wall && plain(wall)).toBe(void_ && plain(void_))
  })
})

test('an organisation that is behind, or whose database is gone, is unavailable alone', async () => {
  const { client, adminUrl, node } = world.reeve
  const [behind, gone, good] = [38, 39, 37]
  const { databases } = node.deployment
  const body = { model: 'echo', messages: [{ role: 'user', content: 'hello' }] }
  const names = [await databaseOf(behind), await databaseOf(gone)] as const
  await asAdmin(adminUrl(names[0]), (admin) =>
    admin.query(
      `delete from kernel.migration where name = (select max(name) from kernel.migration where name <> 'head')`,
    ),
  )
  await databases.forget(names[0])
  await asAdmin(adminUrl('postgres'), (admin) => admin.query(`drop database ${names[1]} with (force)`))
  for (const index of [behind, gone]) {
    const native = await client.request('GET', `/api/orgs/${at(index).id}/teams`, {
      as: await world.signIn(at(index).owner),
    })
    expect([native.status, native.body]).toMatchObject([503, { code: 'organisation_unavailable' }])
    expect(Number(native.headers.get('retry-after'))).toBeGreaterThan(0)
    const call = await client.request('POST', '/v1/chat/completions', { as: { key: at(index).api_key }, body })
    expect([call.status, call.body]).toMatchObject([503, { error: { code: 'organisation_unavailable' } }])
  }
  const call = await client.request('POST', '/v1/chat/completions', { as: { key: at(good).api_key }, body })
  expect(call.status).toBe(200)
  expect((await client.request('GET', '/readyz')).status).toBe(200)
})
