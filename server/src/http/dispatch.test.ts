import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { As, Reply } from '../../test/client.ts'
import { startWorld, type World } from '../../test/world.ts'
import { newId } from '../kernel/id.ts'
import { newKeyText, parseKey } from '../tenancy/api-key-format.ts'
import { type Probe, PROBES, type ProbeScope, startProbe } from './probe.suite.ts'

type Entry = {
  readonly event: string
  readonly outcome: string
  readonly reason_code: string | null
  readonly actor_id: string
  readonly actor_role: string | null
  readonly request_id: string
  readonly organisation_id?: string | null
  readonly data: Readonly<Record<string, unknown>>
}
type Logged = {
  readonly request_id: string
  readonly actor_type: string
  readonly actor_id: string | null
  readonly status: number
  readonly route: string
}

let world: World
let probe: Probe
let owner: As
let member: As
let superadmin: As
beforeAll(async () => {
  world = await startWorld(2)
  probe = await startProbe(world)
  owner = await world.asOwner()
  superadmin = await world.asSuperadmin()
  const plain = world.organisation.members.find((each) => each.role === 'member' && each.designations.length === 0)
  if (plain === undefined) throw new Error('The world has a plain member')
  member = await world.signIn(plain)
})
afterAll(async () => {
  await probe.stop()
  await world.stop()
})

type Place = 'organisation' | 'platform'

async function readRows<Row>(place: Place, text: string): Promise<readonly Row[]> {
  const { control, databases } = world.reeve.node.deployment
  const database = place === 'platform' ? control : await databases.of(world.organisation.id)
  const { rows } = await database.connection((client) => client.query(text))
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a table of the test's own query
  return rows as Row[]
}
const entriesOf = async (place: Place, reply: Reply) =>
  (await readRows<Entry>(place, 'select * from audit.entry order by id')).filter(
    (entry) => entry.request_id === reply.headers.get('x-request-id'),
  )
async function loggedOf(place: Place, reply: Reply) {
  await probe.flush()
  const rows = await readRows<Logged>(place, 'select * from audit.request')
  return rows.filter((row) => row.request_id === reply.headers.get('x-request-id'))
}

const send = (
  scope: ProbeScope,
  as: As,
  body: object,
  headers: Record<string, string> = {},
  org = world.organisation.id,
) => probe.client.request('POST', PROBES[scope](org), { as, body, headers })

test('an act and its log entry are one', async () => {
  const reply = await send('organisation', owner, { name: 'one' })
  expect(reply.status).toBe(201)
  expect(await entriesOf('organisation', reply)).toMatchObject([
    { event: 'team.created', outcome: 'succeeded', actor_role: 'owner', data: { name: 'one' } },
  ])
  const broken = await send('organisation', owner, { name: 'broken', fail: true })
  expect(broken.status).toBe(500)
  expect(broken.body).toMatchObject({ code: 'internal_error', request_id: broken.headers.get('x-request-id') })
  expect(broken.text).not.toContain('broken')
  expect(await entriesOf('organisation', broken)).toEqual([])
})

const OPERATIONS = { organisation: 'probe_create', organisation_wide: 'probe_create_wide' } as const

describe('a super-admin who is no member', () => {
  let own_id: string
  beforeEach(async () => {
    own_id = (await world.reeve.client.call('GET', '/api/me', { as: superadmin })).text('id')
  })

  test.each(['organisation', 'organisation_wide'] as const)('is in both logs for every act (%s)', async (scope) => {
    const reply = await send(scope, superadmin, { name: newId() })
    expect(reply.status).toBe(201)
    const accessed = { event: 'superadmin.accessed', actor_id: own_id, actor_role: 'superadmin' }
    expect(await entriesOf('organisation', reply)).toContainEqual(expect.objectContaining(accessed))
    expect(await entriesOf('platform', reply)).toMatchObject([
      {
        ...accessed,
        organisation_id: world.organisation.id,
        data: { operation: OPERATIONS[scope] },
      },
    ])
  })

  test('is in both logs for reading', async () => {
    const path = PROBES.organisation(world.organisation.id)
    const reply = await probe.client.request('GET', path, { as: superadmin })
    expect(reply.status).toBe(200)
    for (const place of ['organisation', 'platform'] as const) {
      expect(await entriesOf(place, reply)).toMatchObject([
        { event: 'superadmin.accessed', data: { operation: 'probe_list' } },
      ])
    }
  })

  test('is in both logs for an answer that was kept', async () => {
    const [key, name] = [newId(), newId()]
    await send('organisation', superadmin, { name }, { 'idempotency-key': key })
    const replayed = await send('organisation', superadmin, { name }, { 'idempotency-key': key })
    expect(replayed.headers.get('idempotent-replayed')).toBe('true')
    for (const place of ['organisation', 'platform'] as const) {
      expect(await entriesOf(place, replayed)).toMatchObject([{ event: 'superadmin.accessed' }])
    }
  })

  test('is not, as a member is not', async () => {
    const reply = await send('organisation', owner, { name: newId() })
    expect(await entriesOf('organisation', reply)).toMatchObject([{ event: 'team.created' }])
    expect(await entriesOf('platform', reply)).toEqual([])
  })
})

describe('a refusal of somebody known', () => {
  test('is in the log of the organisation, with what was missing', async () => {
    const reply = await send('organisation', member, { name: 'mine' })
    expect(reply.body).toMatchObject({ status: 403, code: 'forbidden' })
    expect(await entriesOf('organisation', reply)).toMatchObject([
      {
        event: 'access.denied',
        outcome: 'refused',
        reason_code: 'forbidden',
        actor_role: 'member',
        data: { operation: 'probe_create', permission: 'team.manage' },
      },
    ])
  })

  test('is in the log of the platform where it concerns the platform', async () => {
    const reply = await send('platform', owner, { name: 'mine' })
    expect(reply.body).toMatchObject({ status: 403 })
    expect(await entriesOf('platform', reply)).toMatchObject([
      { event: 'access.denied', outcome: 'refused', data: { operation: 'platform_probe_create' } },
    ])
  })

  test('by an organisation that is closed is in its log', async () => {
    const [, second] = world.demo.organisations
    if (second === undefined) throw new Error('The world has two organisations')
    const as = await world.signIn(second.owner)
    const set = (status: string) =>
      world.reeve.node.deployment.control.connection((client) =>
        client.query('update tenancy.organisation set status = $2 where id = $1', [second.id, status]),
      )
    await set('suspended')
    const reply = await send('organisation', as, { name: 'x' }, {}, second.id)
    expect(reply.body).toMatchObject({ status: 403, code: 'organisation_not_active' })
    await set('active')
    const { databases } = world.reeve.node.deployment
    const { rows } = await (await databases.of(second.id)).connection((client) =>
      client.query('select reason_code from audit.entry where request_id = $1', [reply.headers.get('x-request-id')]),
    )
    expect(rows).toEqual([{ reason_code: 'organisation_not_active' }])
  })

  test('of what does not exist, or was badly typed, is not', async () => {
    const gone = await send('organisation', owner, { name: 'x', refuse: true })
    const typo = await send('organisation', owner, { nmae: 'x' })
    expect([gone.status, typo.status]).toEqual([404, 422])
    for (const reply of [gone, typo]) {
      expect(await entriesOf('organisation', reply)).toEqual([])
      expect(await entriesOf('platform', reply)).toEqual([])
    }
  })
})

describe('every request is logged once', () => {
  test('in the database of the organisation it concerned, under the member', async () => {
    const reply = await send('organisation', member, { name: 'x' })
    expect(await loggedOf('organisation', reply)).toMatchObject([
      { actor_type: 'user', status: 403, route: '/api/orgs/:org/probes' },
    ])
    expect(await loggedOf('platform', reply)).toEqual([])
  })

  test('in control, under the account, when an organisation was none of theirs', async () => {
    const [, second] = world.demo.organisations
    const { body } = await world.reeve.client.call('GET', '/api/me', { as: owner })
    for (const org of [second?.id, newId()]) {
      const reply = await send('organisation', owner, { name: 'x' }, {}, org)
      expect(reply.status).toBe(404)
      expect(await loggedOf('organisation', reply)).toEqual([])
      const [logged, ...more] = await loggedOf('platform', reply)
      expect(logged).toMatchObject({ actor_type: 'user', status: 404 })
      expect(JSON.stringify(body)).toContain(String(logged?.actor_id))
      expect(more).toEqual([])
    }
  })

  test('in control, under nobody, when nobody is known', async () => {
    const unknown = { key: world.organisation.api_key.replace(/.$/, (last) => (last === '0' ? '1' : '0')) }
    for (const [as, status] of [
      [null, 401],
      [unknown, 401],
      [{ cookie: '__Host-reeve_session=rvs_nobody' }, 401],
    ] as const) {
      const reply = await send('organisation', as, { name: 'x' })
      expect(reply.status).toBe(status)
      expect(await loggedOf('platform', reply)).toMatchObject([{ actor_type: 'anonymous', actor_id: null, status }])
    }
  })

  test('also when there is no such route', async () => {
    const reply = await probe.client.request('GET', '/api/nothing/here', { as: owner })
    expect(await loggedOf('platform', reply)).toMatchObject([{ status: 404, route: '(unknown)' }])
  })
})

test('a foreign organisation and one that does not exist are answered with the same bytes', async () => {
  const [, second] = world.demo.organisations
  const without = (reply: Reply) => reply.text.replaceAll(reply.headers.get('x-request-id') ?? '-', '')
  for (const as of [owner, { key: world.organisation.api_key }]) {
    const foreign = await send('organisation', as, { name: 'x' }, {}, second?.id)
    const missing = await send('organisation', as, { name: 'x' }, {}, newId())
    expect(foreign.status).toBe(404)
    expect(without(foreign)).toBe(without(missing))
  }
})

test('a key that is not valid gets the same answer wherever it knocks', async () => {
  const [, second] = world.demo.organisations
  const forged = { key: forge(world.organisation.api_key) }
  const replies = await Promise.all(
    [world.organisation.id, second?.id, newId()].map((org) => send('organisation', forged, { name: 'x' }, {}, org)),
  )
  expect(replies.map((reply) => reply.status)).toEqual([401, 401, 401])
})

/** The key of the same organisation and name with another secret and a right checksum. */
function forge(key: string): string {
  const parsed = parseKey(key)
  if (parsed === null) throw new Error('That is no key')
  return newKeyText(parsed.organisation_id, parsed.api_key_id).text
}
