// What was taken away is gone with its acknowledgement, on every node: a thousand revocations, each asked for on one node
// and tried on the other at once; and what runs already ends soon after.

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { openSession } from '../src/identity/session.ts'
import type { RunningNode } from '../src/serve.ts'
import { type Administration, type Calls, enableCalls, memberOf, startAdministration } from './administration.ts'
import { createClient, type ReeveClient } from './client.ts'

let office: Administration
let calls: Calls
let other: RunningNode
let there: ReeveClient
beforeAll(async () => {
  office = await startAdministration()
  calls = await enableCalls(office)
  const as = office.superadmin
  const providers = await office.client.call('GET', '/api/platform/providers', { as })
  const price = { input_micros_per_mtok: 1, cached_input_micros_per_mtok: 1, output_micros_per_mtok: 1 }
  const provider_id = providers.list('items')[0]?.text('id')
  const body = { provider_id, name: ENDLESS, default_output_tokens: 256, price, is_global: true }
  await office.client.call('POST', '/api/platform/models', { as, body })
  other = await office.reeve.startAnotherNode()
  there = createClient(other.url)
})
afterAll(async () => {
  await calls.stop()
  await office.stop()
})

/** Sends two chunks and then nothing. */
const ENDLESS = 'hang-mid-stream'
const TRIALS = 1000
const AT_ONCE = 10

/** Does each of so many trials, a few at once. */
async function repeat(times: number, trial: (index: number) => Promise<void>): Promise<void> {
  const waiting = Array.from({ length: times }, (_, index) => index)
  const worker = async () => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) await trial(next)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
}

test('of 1,000 revoked sessions and keys none is accepted on another node after the acknowledgement', async () => {
  const { organisation, client } = office
  const { owner, path } = organisation
  const users = await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      const { member_id, as } = await office.join()
      const user_id = await office.inside(organisation.id, async (tx) => {
        const row = await tx
          .selectFrom('tenancy.member')
          .select('user_id')
          .where('id', '=', member_id)
          .executeTakeFirst()
        return row?.user_id ?? ''
      })
      return { member_id, user_id, as }
    }),
  )
  const accepted: string[] = []
  await repeat(TRIALS, async (index) => {
    const user = users[index % users.length]
    if (user === undefined) throw new Error('There are users')
    if (index % 2 === 0) {
      const session = await office.inControl((tx) =>
        openSession(
          tx,
          { user_id: user.user_id, auth_method: 'password', aal: 1 },
          { address: '127.0.0.1', user_agent: '' },
        ),
      )
      const as = { cookie: `__Host-reeve_session=${session.token}` }
      // Used on both nodes before: whatever a node could remember, it would.
      const before = await there.request('GET', '/api/me', { as })
      const ended = await client.request('DELETE', `/api/me/sessions/${session.session_id}`, { as })
      const after = await there.request('GET', '/api/me', { as })
      if (before.status !== 200 || ended.status !== 204) throw new Error(`${before.text} ${ended.text}`)
      if (after.status !== 401) accepted.push(`session ${index}`)
      return
    }
    const body = { name: `Key ${index}`, scopes: ['org.view', 'run.execute', 'model.view'] }
    const made = await client.call('POST', `${path}/api-keys`, { as: owner.as, body })
    const as = { key: made.text('key') }
    const before = await there.request('GET', '/v1/models', { as })
    const ended = await client.request('DELETE', `${path}/api-keys/${made.text('id')}`, { as: owner.as })
    const after = await Promise.all([there.request('GET', '/v1/models', { as }), there.request('GET', path, { as })])
    if (before.status !== 200 || ended.status !== 204) throw new Error(`${before.text} ${ended.text}`)
    if (after.some((reply) => reply.status !== 401)) accepted.push(`key ${index}`)
  })
  expect(accepted).toEqual([])
}, 170_000)

describe('a stream that runs already', () => {
  /** Begins a stream that goes on until somebody ends it, on the other node. */
  async function begin(as: { readonly key: string }): Promise<() => Promise<string>> {
    const response = await fetch(`${other.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${as.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: ENDLESS, stream: true, messages: [{ role: 'user', content: 'Go on' }] }),
    })
    expect(response.status).toBe(200)
    return () => response.text()
  }

  test.each(['the key is revoked', 'the member is suspended', 'the address is not allowed any more'])(
    'ends when %s',
    async (what) => {
      const { organisation, client } = office
      const { owner, path } = organisation
      const person = await office.join()
      const body = { name: 'Key', scopes: ['run.execute'] }
      const made = await client.call('POST', `${path}/me/api-keys`, { as: person.as, body })
      const rest = await begin({ key: made.text('key') })
      const act =
        what === 'the key is revoked'
          ? client.request('DELETE', `${path}/api-keys/${made.text('id')}`, { as: owner.as })
          : what === 'the member is suspended'
            ? client.request('POST', `${path}/members/${person.member_id}/suspend`, { as: owner.as })
            : client.request('PUT', `${path}/security/addresses`, {
                as: owner.as,
                body: { addresses: ['10.0.0.0/8'], accept_lockout: true },
              })
      const done = await act
      expect(done.status, done.text).toBeLessThan(300)
      const text = await rest()
      const events = text.split('\n').filter((line) => line.startsWith('data: {'))
      const last: unknown = JSON.parse(events.at(-1)?.slice('data: '.length) ?? '{}')
      expect(memberOf(memberOf(last, 'error'), 'code')).toBe('call_cancelled')
      await vi.waitUntil(async () => (await office.inside(organisation.id, findRunning)) === undefined, {
        timeout: 10_000,
      })
      if (what.startsWith('the address')) {
        await office.inside(organisation.id, (tx) =>
          tx
            .updateTable('tenancy.security')
            .set({ addresses: [], previous_addresses: null, addresses_revert_at: null })
            .execute(),
        )
      }
    },
  )
})

const findRunning: Parameters<Administration['inside']>[1] = (tx) =>
  tx.selectFrom('execution.execution').select('id').where('state', '=', 'running').executeTakeFirst()
