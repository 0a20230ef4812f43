// What becomes of money that a node holds when something goes wrong between it and its databases.

import { createKeyUses } from '../tenancy/key-use.ts'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { startWorld, type World } from '../../test/world.ts'
import type { OrganisationDatabase } from '../kernel/database.ts'
import { newId } from '../kernel/id.ts'
import { createLog } from '../kernel/log.ts'
import { createMetrics } from '../kernel/metrics.ts'
import { listAbandoned, noteHolding, renewNode } from '../kernel/node-lease.ts'
import type { OrganisationDatabases } from '../kernel/organisation-databases.ts'
import { organisationUnavailable } from '../kernel/problem.ts'
import { parseKey } from '../tenancy/api-key-format.ts'
import { admit } from './admit.ts'
import { parseCall } from './call.ts'
import { releaseAbandonedJob, withdrawForgottenJob } from './jobs.ts'
import { perform } from './perform.ts'
import { createPerformer, type Performer } from './performer.ts'

const log = createLog('silent')
const SOON = { timeout: 10_000 }
let world: World
let node_id: string
let performer: Performer
/** The monotonic clock by which the node judges its leases. */
let clock_ms = 0
beforeAll(async () => {
  world = await startWorld(2)
  const as = await world.asSuperadmin()
  const { client } = world.reeve
  const provider_id = (await client.call('GET', '/api/platform/providers', { as })).list('items')[0]?.text('id')
  const price = { input_micros_per_mtok: 1_000_000, cached_input_micros_per_mtok: 0, output_micros_per_mtok: 1_000_000 }
  const body = { provider_id, name: 'hang', price, is_global: true }
  await client.call('POST', '/api/platform/models', { as, body })
})
afterAll(() => world.stop())

beforeEach(async () => {
  node_id = newId()
  const { deployment } = world.reeve.node
  await renewNode(deployment.control, node_id)
  performer = openPerformer(deployment.databases)
})
afterEach(async () => {
  performer.running.cancelAll()
  await performer.drain(5000)
  await performer.close()
})

/** A node's own means to perform calls, with its databases as the test wants them. */
function openPerformer(databases: OrganisationDatabases): Performer {
  const { control, fields, secrets } = world.reeve.node.deployment
  const metrics = createMetrics({})
  const rest = { metrics, allow_private_providers: true, isDraining: () => false, now: () => clock_ms }
  return createPerformer({ control, databases, fields, secrets, node_id, log, key_uses: createKeyUses(log), ...rest })
}

function callOf(organisation: { readonly api_key: string }, model: string) {
  const key = parseKey(organisation.api_key)
  if (key === null) throw new Error('The world has a key')
  return parseCall({
    key,
    request_id: newId(),
    address: '192.0.2.1',
    use_case: null,
    idempotency_key: null,
    bytes: Buffer.from(JSON.stringify({ model, messages: [{ role: 'user', content: 'hello' }] })),
    onIdentified: () => undefined,
  })
}

async function admitted(organisation = world.organisation): Promise<string> {
  const admission = await admit(performer.ledgers, callOf(organisation, 'echo'))
  if (!('execution_id' in admission)) throw new Error('It was not admitted')
  return admission.execution_id
}

const databaseOf = (organisation = world.organisation) => world.reeve.node.deployment.databases.of(organisation.id)
async function run(text: string, values: unknown[] = [], organisation = world.organisation) {
  const { rows } = await (await databaseOf(organisation)).connection((client) => client.query<object>(text, values))
  return rows
}
const stateOf = async (id: string, organisation = world.organisation) =>
  (await run('select state, reason_code from execution.execution where id = $1', [id], organisation))[0]

/** Databases of which one organisation's may be broken, before or behind the commit of a statement. */
function breakable(organisation_id: string, when: 'before' | 'after' = 'before') {
  const { databases } = world.reeve.node.deployment
  const state = { isBroken: false }
  const broken = async (database: OrganisationDatabase): Promise<OrganisationDatabase> => ({
    ...database,
    async connection(work) {
      if (state.isBroken && when === 'before') throw organisationUnavailable()
      const result = await database.connection(work)
      if (state.isBroken) throw organisationUnavailable()
      return result
    },
  })
  const all: OrganisationDatabases = {
    ...databases,
    of: async (id) => (id === organisation_id ? broken(await databases.of(id)) : databases.of(id)),
  }
  return { all, state }
}

test('what a node holds and knows nothing of is given back, what it works on stays', async () => {
  const forgotten = await admitted()
  world.provider.reset()
  const working = perform(performer, callOf(world.organisation, 'hang'), null)
  const ended = working.answer.catch(() => null)
  await world.provider.waitForRequest()
  const job = withdrawForgottenJob(performer.ledgers, node_id, log)
  await job.run(new AbortController().signal)
  expect(await stateOf(forgotten)).toMatchObject({ state: 'running' })
  const shift = `update execution.execution set admitted_at = admitted_at - interval '6 minutes' where node_id = $1`
  await run(shift, [node_id])
  await job.run(new AbortController().signal)
  expect(await stateOf(forgotten)).toEqual({ state: 'cancelled', reason_code: 'withdrawn' })
  expect(
    await run(`select count(*) from execution.execution where state = 'running' and node_id = $1`, [node_id]),
  ).toEqual([{ count: 1 }])
  working.abandon()
  await ended
})

test('a node that cannot renew its lease ends the calls of that organisation, and no others', async () => {
  const [first, second] = world.demo.organisations
  if (first === undefined || second === undefined) throw new Error('The world has two organisations')
  const { all, state } = breakable(second.id)
  await performer.close()
  performer = openPerformer(all)
  world.provider.reset()
  const [kept, cut] = [first, second].map((organisation) => perform(performer, callOf(organisation, 'hang'), null))
  const ending = cut?.answer.catch((error: unknown) => error)
  const staying = kept?.answer.catch((error: unknown) => error)
  await vi.waitUntil(() => world.provider.requests.length === 2, SOON)
  state.isBroken = true
  for (let look = 0; look < 3; look++) {
    clock_ms += 10_000
    await ledgerOf(first.id).renew()
    await performer.ledgers.renewJob.run(new AbortController().signal)
  }
  state.isBroken = false
  expect(await ending).toMatchObject({ code: 'call_cancelled', status: 503 })
  await world.provider.waitForAbort()
  expect(world.provider.requests.filter((request) => !request.isAborted())).toHaveLength(1)
  kept?.abandon()
  await staying
})

function ledgerOf(organisation_id: string) {
  const ledger = performer.ledgers.list().find((each) => each.organisation_id === organisation_id)
  if (ledger === undefined) throw new Error('Its ledger is not open')
  return ledger
}

test('a node that comes back from the dead says again where it works', async () => {
  const { control } = world.reeve.node.deployment
  const text = 'select organisation_id from kernel.node_organisation where node_id = $1'
  const read = () =>
    control.connection(async (client): Promise<readonly object[]> => {
      const { rows } = await client.query<object>(text, [node_id])
      return rows
    })
  await admitted()
  const noted = [{ organisation_id: world.organisation.id }]
  expect(await read()).toEqual(noted)
  // Others found it dead, released its holds and forgot it.
  await control.connection((client) => client.query('delete from kernel.node where id = $1', [node_id]))
  clock_ms += 60_000
  await ledgerOf(world.organisation.id).renew()
  expect(await read()).toEqual(noted)
})

test('the holds of a dead node are released although one of its organisations is away', async () => {
  const { control } = world.reeve.node.deployment
  const [, second] = world.demo.organisations
  if (second === undefined) throw new Error('The world has two organisations')
  const held = await admitted(second)
  await admitted()
  await noteHolding(control, node_id, newId())
  await run('update kernel.node_lease set expires_at = now() where node_id = $1', [node_id], second)
  await control.connection((client) =>
    client.query('update kernel.node set expires_at = now() where id = $1', [node_id]),
  )
  const { all, state } = breakable(world.organisation.id)
  state.isBroken = true
  await releaseAbandonedJob({ control, databases: all, log }).run(new AbortController().signal)
  expect(await stateOf(held, second)).toEqual({ state: 'failed', reason_code: 'hold_lapsed' })
  const left = (await listAbandoned(control)).filter((each) => each.node_id === node_id)
  expect(left.map((each) => each.organisation_id)).not.toContain(second.id)
})

test('a call that was admitted although the connection was lost holds nothing in the end', async () => {
  const { all, state } = breakable(world.organisation.id, 'after')
  await performer.close()
  performer = openPerformer(all)
  const first = await admitted()
  state.isBroken = true
  await expect(admitted()).rejects.toMatchObject({ code: 'organisation_unavailable' })
  const mine = `select state, reason_code from execution.execution where node_id = $1 and id <> $2`
  state.isBroken = false
  await vi.waitUntil(async () => JSON.stringify(await run(mine, [node_id, first])).includes('withdrawn'), SOON)
  expect(await run(mine, [node_id, first])).toEqual([{ state: 'cancelled', reason_code: 'withdrawn' }])
})
