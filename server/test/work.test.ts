// A node that serves and one that works are two processes; runs go from one to the other.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Administration, type Calls, enableCalls, startAdministration } from './administration.ts'
import { publishApp } from './apps.ts'
import { createClient } from './client.ts'
import { type NodeProcess, startNodeProcess } from './node-process.ts'
import { startRunNode, threeSteps } from './run-crash.ts'

let office: Administration
let calls: Calls
const nodes: NodeProcess[] = []
beforeAll(async () => {
  office = await startAdministration()
  calls = await enableCalls(office)
  await office.reeve.node.runs.engine.stop()
})
afterAll(async () => {
  await Promise.all(nodes.map((node) => node.end('SIGTERM')))
  await office.stop()
  await calls.stop()
})

const start = async (args: readonly string[]): Promise<NodeProcess> => {
  const node = await startRunNode(office, args)
  nodes.push(node)
  return node
}

test('what one node is asked for another works on, and a third when that one dies', async () => {
  const app = await publishApp(office, threeSteps())
  const serving = await start(['serve', '--no-work'])
  const { owner, path } = office.organisation
  const client = createClient(serving.url)
  const ask = async (query: string): Promise<{ readonly id: string; readonly state: string }> => {
    const body = { input: { question: 'Who works?' }, max_price_micros: 1_000_000 }
    const answered = await client.call('POST', `${path}/apps/${app}/runs${query}`, { as: owner.as, body })
    return { id: answered.text('id'), state: answered.text('state') }
  }
  const stateOf = async (id: string): Promise<string> =>
    (await client.call('GET', `${path}/runs/${id}?wait_ms=20000`, { as: owner.as })).text('state')

  const waiting = await ask('')
  expect(waiting.state).toBe('created')
  const working = await start(['work'])
  await expect.poll(() => stateOf(waiting.id), { timeout: 60_000 }).toBe('finalised')
  expect((await ask('?wait_ms=20000')).state).toBe('finalised')

  await working.end('SIGKILL')
  const left = await ask('')
  expect(left.state).toBe('created')
  await start(['work'])
  await expect.poll(() => stateOf(left.id), { timeout: 60_000 }).toBe('finalised')
}, 170_000)

test('a worker without a database server of its own says where the work is done then', async () => {
  await expect(startNodeProcess({ REEVE_DATA: office.reeve.config.data_directory }, ['work'])).rejects.toThrow(
    'reeve serve does this work as well',
  )
})
