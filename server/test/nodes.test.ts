// Three nodes on one deployment are one Reeve: what is granted on one is counted on all, what is revoked on one is revoked
// on all with the next request.

import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { RunningNode } from '../src/serve.ts'
import { addWaitingModel, attemptMany, fundCalls } from './bounded-attempts.ts'
import { type Answered, type As, createClient, type ReeveClient, type Reply } from './client.ts'
import { startWorld, type World } from './world.ts'

let world: World
let nodes: readonly RunningNode[]
let clients: readonly ReeveClient[]
beforeAll(async () => {
  world = await startWorld(2)
  nodes = [world.reeve.node, await world.reeve.startAnotherNode(), await world.reeve.startAnotherNode()]
  clients = nodes.map((node) => createClient(node.url))
})
afterAll(() => world.stop())

const at = (node: 0 | 1 | 2): ReeveClient => clients[node] ?? world.reeve.client
const base = (): string => `/api/orgs/${world.organisation.id}`

test('600 attempts at three nodes on a wallet for 100 calls admit exactly 100', async () => {
  const [wanted, attempts] = [100, 600]
  await addWaitingModel(world)
  await fundCalls(world, wanted)
  const urls = nodes.map((node) => node.url)
  const { counts, running, violations } = await attemptMany(world, urls, attempts)
  expect(running).toBe(wanted)
  expect(counts).toEqual({ 200: wanted, wallet_insufficient: attempts - wanted })
  expect(violations).toEqual([])
})

const body = { model: 'echo', messages: [{ role: 'user', content: 'hello' }] }
const call = (node: 0 | 1 | 2, key: string): Promise<Reply> =>
  at(node).request('POST', '/v1/chat/completions', { as: { key }, body })

type Person = { readonly as: As; readonly member_id: string; readonly user_id: string; readonly key: string }

let counter = 0
/** An admin of the first organisation, signed in, with a key of their own. */
async function newAdmin(): Promise<Person> {
  const owner = await world.asOwner()
  const email = `admin-${(counter += 1)}@nodes.example`
  const created = await at(0).call('POST', `${base()}/members`, {
    as: owner,
    body: { email, display_name: 'Somebody', surface: 'studio' },
  })
  const member_id = created.text('id')
  await at(0).call('PUT', `${base()}/members/${member_id}/role`, { as: owner, body: { base_role: 'admin' } })
  const one_time = created.text('one_time_password')
  const first = await world.signIn({ email, password: one_time })
  const password = 'a plain grey pebble rests'
  await at(0).call('POST', '/api/me/password', {
    as: first,
    body: { current_password: one_time, new_password: password },
  })
  const as = await world.signIn({ email, password })
  const user_id = (await at(0).call('GET', '/api/me', { as })).text('id')
  const made = await at(0).call('POST', `${base()}/me/api-keys`, { as, body: { name: 'Own', scopes: ['run.execute'] } })
  return { as, member_id, user_id, key: made.text('key') }
}

describe('what is revoked on one node is refused by the next request on another:', () => {
  type Case = {
    readonly revoke: (client: ReeveClient, person: Person, owner: As) => Promise<Answered>
    /** What the person's session and the person's key get afterwards. */
    readonly session: number
    readonly key: number
  }
  const path = (person: Person, rest = ''): string => `${base()}/members/${person.member_id}${rest}`
  const CASES: Readonly<Record<string, Case>> = {
    'a role': {
      revoke: (client, person, as) => client.call('PUT', path(person, '/role'), { as, body: { base_role: 'member' } }),
      session: 403,
      key: 200,
    },
    'a permission': {
      revoke: (client, person, as) =>
        client.call('PUT', path(person, '/permissions'), {
          as,
          body: { grants: [], denies: ['audit.view', 'run.execute'] },
        }),
      session: 403,
      key: 403,
    },
    'a membership': {
      revoke: (client, person, as) => client.call('DELETE', path(person), { as }),
      session: 404,
      key: 401,
    },
    'a membership, for a while': {
      revoke: (client, person, as) => client.call('POST', path(person, '/suspend'), { as }),
      session: 404,
      key: 401,
    },
    'a session': {
      revoke: (client, person, as) => client.call('POST', path(person, '/sign-out'), { as }),
      session: 401,
      key: 200,
    },
    'an account': {
      revoke: async (client, person) =>
        client.call('PATCH', `/api/platform/users/${person.user_id}`, {
          as: await world.asSuperadmin(),
          body: { status: 'disabled' },
        }),
      session: 401,
      key: 401,
    },
  }

  test.each(Object.entries(CASES))('%s', async (_what, { revoke, session, key }) => {
    const person = await newAdmin()
    const read = (node: 0 | 1 | 2) => at(node).request('GET', `${base()}/audit/entries?limit=1`, { as: person.as })
    // Every node knows both well.
    for (const node of [0, 1, 2] as const) {
      expect((await read(node)).status).toBe(200)
      expect((await call(node, person.key)).status).toBe(200)
    }
    await revoke(at(0), person, await world.asOwner())
    const after = await Promise.all([read(1), read(2), call(1, person.key), call(2, person.key)])
    expect(after.map((reply) => reply.status)).toEqual([session, session, key, key])
  })

  test('an organisation', async () => {
    const as = await world.asSuperadmin()
    const owner = await world.asOwner()
    const platform = `/api/platform/organisations/${world.organisation.id}`
    for (const node of [1, 2] as const) expect((await call(node, world.organisation.api_key)).status).toBe(200)
    await at(0).call('POST', `${platform}/suspend`, { as, body: { reason: 'Unpaid' } })
    for (const node of [1, 2] as const) {
      expect((await call(node, world.organisation.api_key)).body).toMatchObject({
        error: { code: 'organisation_inactive' },
      })
      expect((await at(node).request('GET', `${base()}/teams`, { as: owner })).body).toMatchObject({
        code: 'organisation_not_active',
      })
    }
    await at(0).call('POST', `${platform}/restore`, { as })
    for (const node of [1, 2] as const) expect((await call(node, world.organisation.api_key)).status).toBe(200)
  })

  test('a model, and what a policy allows', async () => {
    const [superadmin, owner] = [await world.asSuperadmin(), await world.asOwner()]
    const models = await at(0).call('GET', '/api/platform/models', { as: superadmin })
    const echo = models.list('items').find((each) => each.text('name') === 'echo')
    const assignment = `/api/platform/models/${echo?.text('id')}/assignments/${world.organisation.id}`
    await call(1, world.organisation.api_key)
    await at(0).call('DELETE', assignment, { as: superadmin })
    expect((await call(1, world.organisation.api_key)).body).toMatchObject({ error: { code: 'model_not_assigned' } })
    await at(0).call('PUT', assignment, { as: superadmin })
    expect((await call(1, world.organisation.api_key)).status).toBe(200)
    const put = async (document: object) => {
      const policy = await at(2).call('GET', `${base()}/policy`, { as: owner })
      const replaces = String(Reflect.get(Object(policy.object('organisation').body), 'version'))
      const draft = { ...document, reason: 'For the test' }
      await at(2).call('PUT', `${base()}/policy?replaces=${replaces}`, { as: owner, body: draft })
    }
    await put({ allowed_engines: ['chat'] })
    expect((await call(1, world.organisation.api_key)).body).toMatchObject({ error: { code: 'engine_forbidden' } })
    await put({})
    expect((await call(1, world.organisation.api_key)).status).toBe(200)
  })
})

test('a key that is revoked in the middle of load on all nodes admits nothing after that was told', async () => {
  const owner = await world.asOwner()
  const made = await at(0).call('POST', `${base()}/me/api-keys`, {
    as: owner,
    body: { name: 'Short-lived', scopes: ['run.execute'] },
  })
  const key = made.text('key')
  const load = { isOver: false, done: 0, told_ms: Infinity }
  const late: number[] = []
  const work = async (node: 0 | 1 | 2) => {
    while (!load.isOver) {
      const asked_ms = performance.now()
      const { status } = await call(node, key)
      load.done += 1
      if (asked_ms > load.told_ms) late.push(status)
    }
  }
  const workers = [0, 1, 2].flatMap((node) =>
    Array.from({ length: 5 }, () => work(node === 0 ? 0 : node === 1 ? 1 : 2)),
  )
  await expect.poll(() => load.done, { timeout: 20_000 }).toBeGreaterThan(200)
  // Whatever goes wrong from here on, nobody must go on asking.
  onTestFinished(() => {
    load.isOver = true
  })
  await at(0).call('DELETE', `${base()}/me/api-keys/${made.text('id')}`, { as: owner })
  load.told_ms = performance.now()
  await expect.poll(() => late.length, { timeout: 20_000 }).toBeGreaterThan(100)
  load.isOver = true
  await Promise.all(workers)
  expect(new Set(late)).toEqual(new Set([401]))
})
