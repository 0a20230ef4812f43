// Many callers at many nodes want more than a wallet can pay. The calls hang at their provider, so that each keeps what
// was held for it: exactly as many can be under way as the wallet is worth.

import { Agent, request } from 'undici'
import { findLedgerViolations } from '../src/ledger/invariants.ts'
import type { World } from './world.ts'

export type Outcome = {
  /** Answers by status, and refusals by code. */
  readonly counts: Readonly<Record<string, number>>
  /** Calls that ran at the same time. */
  readonly running: number
  readonly violations: readonly string[]
}

const MODEL = 'slow'
const BODY = JSON.stringify({ model: MODEL, messages: [{ role: 'user', content: 'hello' }] })

/** Adds the model whose calls wait at the provider until they are released. */
export async function addWaitingModel(world: World): Promise<void> {
  const as = await world.asSuperadmin()
  const { client } = world.reeve
  const provider_id = (await client.call('GET', '/api/platform/providers', { as })).list('items')[0]?.text('id')
  const price = {
    input_micros_per_mtok: 1_000_000,
    cached_input_micros_per_mtok: 1_000_000,
    output_micros_per_mtok: 1_000_000,
  }
  await client.call('POST', '/api/platform/models', { as, body: { provider_id, name: MODEL, price, is_global: true } })
}

/** Makes the wallet of the world's second organisation, which pays ahead, worth exactly so many calls and a little. */
export async function fundCalls(world: World, calls: number): Promise<void> {
  const organisation = payer(world)
  const { url } = world.reeve.client
  world.provider.reset()
  const probe = send(new Agent(), url, organisation.api_key)
  await world.provider.waitForRequest()
  const hold_micros = await number(
    world,
    `select hold_micros as value from execution.execution where state = 'running'`,
  )
  world.provider.release()
  await probe
  const available = 'select balance_micros - held_micros as value from ledger.gate'
  await waitUntil(async () => (await number(world, 'select held_micros as value from ledger.gate')) === 0)
  const amount_micros = calls * hold_micros + hold_micros - 1 - (await number(world, available))
  const path = `/api/platform/organisations/${organisation.id}/wallet/adjustments`
  const body = { amount_micros, reason: 'As many calls as the test wants' }
  await world.reeve.client.call('POST', path, { as: await world.asSuperadmin(), body })
}

/**
 * Sends all attempts to the nodes in turn, `at_once` of them before the first is known to be admitted or refused, and ends
 * what was admitted when everybody has asked.
 */
export async function attemptMany(
  world: World,
  urls: readonly string[],
  attempts: number,
  at_once = attempts,
): Promise<Outcome> {
  const { api_key } = payer(world)
  const agents = urls.map(() => new Agent({ connections: null, headersTimeout: 0, bodyTimeout: 0 }))
  const counts: Record<string, number> = {}
  let answered = 0
  const attempt = async (index: number): Promise<void> => {
    const node = index % urls.length
    const [agent, url] = [agents[node], urls[node]]
    if (agent === undefined || url === undefined) throw new Error('There is no such node')
    const what = await send(agent, url, api_key)
    answered += 1
    counts[what] = (counts[what] ?? 0) + 1
  }
  const countRunning = () =>
    number(world, `select count(*)::int as value from execution.execution where state = 'running'`)
  const calls: Promise<void>[] = []
  while (calls.length < attempts) {
    const wave = Math.min(at_once, attempts - calls.length)
    for (let sent = 0; sent < wave; sent++) calls.push(attempt(calls.length))
    // Whoever has no answer yet runs, or is still asking.
    await waitUntil(async () => answered + (await countRunning()) >= calls.length)
  }
  const running = await countRunning()
  const releasing = setInterval(() => world.provider.release(), 50)
  await Promise.all(calls)
  clearInterval(releasing)
  await Promise.all(agents.map((agent) => agent.close()))
  await waitUntil(async () => (await number(world, 'select held_micros as value from ledger.gate')) === 0)
  const database = await world.reeve.node.deployment.databases.of(payer(world).id)
  return { counts, running, violations: await database.transaction(findLedgerViolations) }
}

function payer(world: World) {
  const [, second] = world.demo.organisations
  if (second === undefined) throw new Error('The world needs two organisations')
  return second
}

/** The status of a call, or the code of its refusal. */
async function send(agent: Agent, url: string, key: string): Promise<string> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  const { statusCode, body } = await request(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers,
    body: BODY,
    dispatcher: agent,
  })
  const text = await body.text()
  return statusCode === 200 ? '200' : (/"code":"(\w+)"/.exec(text)?.[1] ?? String(statusCode))
}

async function number(world: World, text: string): Promise<number> {
  const database = await world.reeve.node.deployment.databases.of(payer(world).id)
  const { rows } = await database.connection((client) => client.query<{ value: number }>(text))
  return rows[0]?.value ?? 0
}

async function waitUntil(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise(setImmediate)
}
