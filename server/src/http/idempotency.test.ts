import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { memberOf } from '../../test/administration.ts'
import type { As, Reply } from '../../test/client.ts'
import { startWorld, type World } from '../../test/world.ts'
import { newId } from '../kernel/id.ts'
import { type Probe, PROBES, type ProbeScope, startProbe } from './probe.suite.ts'

let world: World
let probe: Probe
let owner: As
let superadmin: As
beforeAll(async () => {
  world = await startWorld(1)
  probe = await startProbe(world)
  owner = await world.asOwner()
  superadmin = await world.asSuperadmin()
})
afterAll(async () => {
  await probe.stop()
  await world.stop()
})

const SCOPES: readonly ProbeScope[] = ['organisation', 'organisation_wide', 'platform', 'platform_wide', 'person']
const isInside = (scope: ProbeScope): boolean => scope.startsWith('organisation')

type Body = { readonly name: string; readonly size?: number; readonly refuse?: boolean; readonly fail?: boolean }

function post(
  scope: ProbeScope,
  key: string,
  body: Body,
  as: As = isInside(scope) ? owner : superadmin,
): Promise<Reply> {
  const path = PROBES[scope](world.organisation.id)
  return probe.client.request('POST', path, { as, body, headers: { 'idempotency-key': key } })
}

/** How often the log, where the act commits, says that it was done. */
async function countEffects(scope: ProbeScope, name: string): Promise<number> {
  const { control, databases } = world.reeve.node.deployment
  const database = isInside(scope) ? await databases.of(world.organisation.id) : control
  const { rows } = await database.connection((client) =>
    client.query<{ count: number }>(
      `select count(*)::int as count from audit.entry where event = 'team.created' and data->>'name' = $1`,
      [name],
    ),
  )
  return rows[0]?.count ?? -1
}

/** What the log tells of a request that was refused, where its act would have committed. */
async function refusalOf(scope: ProbeScope, { headers }: Reply): Promise<readonly unknown[]> {
  const { control, databases } = world.reeve.node.deployment
  const database = isInside(scope) ? await databases.of(world.organisation.id) : control
  const { rows } = await database.connection((client) =>
    client.query<Record<'outcome' | 'reason_code', string>>(
      `select outcome, reason_code from audit.entry where request_id = $1 and event = 'access.denied'`,
      [headers.get('x-request-id')],
    ),
  )
  return rows
}

describe.each(SCOPES)('a POST of scope %s', (scope) => {
  test('that is sent twenty times at once with one key has one effect and one answer', async () => {
    const [key, name] = [newId(), newId()]
    const replies = await Promise.all(Array.from({ length: 20 }, () => post(scope, key, { name })))
    expect(await countEffects(scope, name)).toBe(1)
    const [first, ...others] = replies.filter((reply) => reply.status === 201)
    expect(first).toBeDefined()
    const refused = replies.filter((reply) => reply.status !== 201)
    for (const reply of refused) {
      expect(reply.body).toMatchObject({ status: 409, code: 'idempotency_in_flight' })
      expect(reply.headers.get('retry-after')).toBe('1')
    }
    const later = await post(scope, key, { name })
    expect(await countEffects(scope, name)).toBe(1)
    for (const reply of [...others, later].filter((each) => each.headers.has('idempotent-replayed'))) {
      expect(reply.status).toBe(201)
      expect(reply.body).toMatchObject({ name, secret: null })
    }
    expect([first, ...others].filter((each) => each?.headers.get('idempotent-replayed') !== 'true')).toHaveLength(1)
  })

  test('is answered again byte for byte, without what is shown only once', async () => {
    const [key, name] = [newId(), newId()]
    const first = await post(scope, key, { name, size: 50_000 })
    expect(first.status).toBe(201)
    expect(first.headers.get('idempotent-replayed')).toBeNull()
    const again = await post(scope, key, { name, size: 50_000 })
    const oncemore = await post(scope, key, { name, size: 50_000 })
    expect(again.status).toBe(201)
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    expect(again.headers.get('content-type')).toBe(first.headers.get('content-type'))
    expect(again.text).toBe(first.text.replace('"shown once"', 'null'))
    expect(oncemore.text).toBe(again.text)
  })

  test('with the same key and another body is refused', async () => {
    const [key, name] = [newId(), newId()]
    await post(scope, key, { name })
    const other = await post(scope, key, { name, size: 1 })
    expect(other.body).toMatchObject({ status: 422, code: 'idempotency_mismatch' })
    expect(await refusalOf(scope, other)).toEqual([{ outcome: 'refused', reason_code: 'idempotency_mismatch' }])
    expect(await countEffects(scope, name)).toBe(1)
  })

  test('while the first is under way is told so', async () => {
    const [key, name] = [newId(), newId()]
    const gate = probe.closeGate(name)
    const first = post(scope, key, { name })
    await gate.entered
    const second = scope === 'organisation_wide' ? null : await post(scope, key, { name })
    gate.open()
    expect((await first).status).toBe(201)
    // A wide act decides in a transaction of its own, so only there its key is locked.
    if (second !== null) expect(second.body).toMatchObject({ status: 409, code: 'idempotency_in_flight' })
    expect(await countEffects(scope, name)).toBe(1)
  })

  test('whose answer is larger than 256 KB is done once, and says so', async () => {
    const [key, name] = [newId(), newId()]
    const size = 256 * 1024
    const first = await post(scope, key, { name, size })
    expect(first.status).toBe(201)
    const again = await post(scope, key, { name, size })
    const params = { id: memberOf(first.body, 'id') }
    expect(again.body).toMatchObject({ status: 409, code: 'already_done', params })
    expect(params.id).toEqual(expect.any(String))
    expect(await countEffects(scope, name)).toBe(1)
  })

  test.each([{ refuse: true }, { fail: true }])('that did not succeed (%j) may be tried again', async (how) => {
    const [key, name] = [newId(), newId()]
    expect((await post(scope, key, { name, ...how })).status).toBeGreaterThanOrEqual(400)
    expect(await countEffects(scope, name)).toBe(0)
    expect((await post(scope, key, { name })).status).toBe(201)
  })

  test.each(['', 'two words', 'ü', 'x'.repeat(256)])('with the key %j is refused', async (key) => {
    const name = newId()
    const reply = await post(scope, key, { name })
    expect(reply.body).toMatchObject({ status: 400, code: 'idempotency_key_invalid' })
    expect(await countEffects(scope, name)).toBe(0)
  })
})

test("a key is the principal's own, and the route's", async () => {
  const [key, name] = [newId(), newId()]
  const [admin] = world.organisation.members
  if (admin === undefined) throw new Error('The world has an admin')
  await post('organisation', key, { name })
  await post('organisation', key, { name }, await world.signIn(admin))
  await post('organisation_wide', key, { name })
  expect(await countEffects('organisation', name)).toBe(3)
})

test('a claim whose node died is taken over', async () => {
  const [key, name] = [newId(), newId()]
  await post('platform_wide', key, { name })
  const { control } = world.reeve.node.deployment
  const claim = (age: string) =>
    control.connection((client) =>
      client.query(
        `update http.idempotency set status = 0, body = '', created_at = now() - $1::interval
         where route = 'platform_probe_create_wide'`,
        [age],
      ),
    )
  await claim('1 minute')
  expect((await post('platform_wide', key, { name })).body).toMatchObject({ code: 'idempotency_in_flight' })
  await claim('6 minutes')
  expect((await post('platform_wide', key, { name })).status).toBe(201)
})
