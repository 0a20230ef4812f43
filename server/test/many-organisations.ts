// A deployment with many organisations, each of which calls: what the short and the long form of the isolation suite share.

import { setTimeout as pause } from 'node:timers/promises'
import { asAdmin } from '../src/kernel/placement.ts'
import type { ReeveClient } from './client.ts'
import type { World } from './world.ts'

/**
 * Counts, as long as it runs, the connections that the roles of this deployment have; `stop` answers the most there ever
 * were at once.
 */
export function countBackends(world: World): { readonly stop: () => Promise<number> } {
  const { control_name, server } = world.reeve.node.deployment
  const state = { isOver: false, most: 0 }
  const watching = asAdmin(server.admin_url(control_name), async (client) => {
    while (!state.isOver) {
      const { rows } = await client.query<{ count: number }>(`
        select count(*)::int as count from pg_stat_activity
        where pid <> pg_backend_pid() and (datname = current_database()
          or datname in (select database_name from kernel.placement)
          or datname = current_database() || '_template')`)
      state.most = Math.max(state.most, rows[0]?.count ?? 0)
    }
  })
  return {
    async stop() {
      state.isOver = true
      await watching
      return state.most
    },
  }
}

/** So many governed calls of each organisation, one after the other, `at_once` organisations side by side; the statuses. */
export async function callAll(world: World, rounds: number, at_once: number): Promise<readonly number[]> {
  const { client } = world.reeve
  const waiting = [...world.demo.organisations]
  const statuses: number[] = []
  const work = async () => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      for (let round = 0; round < rounds; round++) {
        const body = { model: 'echo', messages: [{ role: 'user', content: `round ${round}` }] }
        statuses.push(await askPatiently(client, next.api_key, body))
      }
    }
  }
  await Promise.all(Array.from({ length: at_once }, work))
  return statuses
}

/** Asks again as long as it is told to come back, as the official SDKs do. */
async function askPatiently(client: ReeveClient, key: string, body: object): Promise<number> {
  for (let attempt = 1; ; attempt++) {
    const reply = await client.request('POST', '/v1/chat/completions', { as: { key }, body })
    const wait_s = reply.headers.get('retry-after')
    if (reply.status !== 503 || wait_s === null || attempt === 10) return reply.status
    await pause(Number(wait_s) * 1000)
  }
}
