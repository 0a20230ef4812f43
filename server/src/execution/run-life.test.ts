// What a run has to do with the world while it lives: tools that it calls, files that it keeps, whoever watches it.

import { createServer, type IncomingHttpHeaders } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Administration, memberOf, type Person, startAdministration } from '../../test/administration.ts'
import { publishApp, runApp } from '../../test/apps.ts'
import { smallContract } from '../apps/arbitrary-contract.ts'
import type { AppNode } from '../apps/node.ts'
import { runSweeps } from './run-sweep.ts'

const heard: { readonly url: string; readonly headers: IncomingHttpHeaders }[] = []
/** A tool that fails at first. */
const tool = createServer(({ url = '', headers }, response) => {
  heard.push({ url, headers })
  if (heard.length === 1) response.writeHead(503).end()
  else response.end('{"word":"found"}')
})

let office: Administration
let member: Person
let host = ''
beforeAll(async () => {
  office = await startAdministration({ REEVE_ALLOW_PRIVATE_TOOLS: 'true' })
  member = await office.join()
  await new Promise<void>((resolve) => tool.listen(0, '127.0.0.1', resolve))
  const address = tool.address()
  host = `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
}, 120_000)
afterAll(async () => {
  await office.stop()
  tool.closeAllConnections()
  tool.close()
})

const wordOf = (expression: string): AppNode => ({ id: 'answer', title: 'Answer', type: 'transform', expression })

test('a run calls its tool with what it was given as one part of the address, its secret, and again where it failed', async () => {
  const { client, organisation } = office
  const credential = { description: '', hosts: [host], value: 'secret-of-the-registry' }
  const as = organisation.owner.as
  await client.call('PUT', `${organisation.path}/tool-credentials/registry`, { as, body: credential })
  const asking: AppNode = {
    id: 'registry',
    title: 'Ask the registry',
    type: 'http_tool',
    method: 'GET',
    url: `http://${host}/entries/{{input.question}}?of={{input.question}}`,
    credential: { name: 'registry' },
    retries: 1,
  }
  const contract = { ...smallContract(), pipeline: { nodes: [asking, wordOf('registry.body.word')] } }
  const question = '../admin?a=b&c#d @x.example/'
  const reply = await runApp(office, member, await publishApp(office, contract), { input: { question } })
  expect(reply.body, reply.text).toMatchObject({
    state: 'finalised',
    steps: [{ path: '0', retries: 1 }, { path: '1' }],
  })
  const part = encodeURIComponent(question)
  expect(heard.map(({ url }) => url)).toEqual([`/entries/${part}?of=${part}`, `/entries/${part}?of=${part}`])
  const [first, second] = heard.map(({ headers }) => headers)
  expect(second?.authorization).toBe('Bearer secret-of-the-registry')
  expect(second?.['idempotency-key']).toBe(first?.['idempotency-key'])
  expect(reply.text).not.toContain('secret-of-the-registry')
})

test('whoever watches a run hears of its draft and of its end, and its files are kept until then', async () => {
  const { client, organisation, inside, reeve } = office
  const base = smallContract()
  const field = { name: 'notes', label: 'Notes', type: 'file' as const, required: true }
  const app = await publishApp(office, {
    ...base,
    input: { fields: [...base.input.fields, field] },
    pipeline: { nodes: [wordOf('input.question')] },
    governance: { ...base.governance, supervision: { required: true } },
  })
  const file = await client.call('POST', `${organisation.path}/files?name=notes.txt`, {
    as: member.as,
    body: Buffer.from('kept'),
  })
  const notes = file.text('id')
  const reply = await runApp(office, member, app, { input: { question: 'Why?', notes } })
  expect(reply.body, reply.text).toMatchObject({ state: 'draft' })
  const path = `${organisation.path}/runs/${String(memberOf(reply.body, 'id'))}`
  const sweep = async () => {
    const database = await office.database(organisation.id)
    for (const { run } of runSweeps(reeve.node.runs.desk)) await run(database, organisation.id)
  }
  const endOf = async () => (await client.call('GET', `${organisation.path}/files/${notes}`, { as: member.as })).body

  const events = await watch(path)
  expect(await events.next()).toMatchObject({ event: 'progress', data: { state: 'draft' } })
  await sweep()
  expect(await endOf()).toMatchObject({ state: 'stored', expires_at: null })
  await client.call('POST', `${path}/cancel`, { as: member.as })
  expect(await events.next()).toMatchObject({ event: 'end', data: { state: 'cancelled' } })
  expect(await events.next()).toBeNull()
  await sweep()
  expect(memberOf(await endOf(), 'expires_at')).toBeTypeOf('string')
  const [use] = await inside(organisation.id, (tx) => tx.selectFrom('files.use').select('released_at').execute())
  expect(use?.released_at).toBeInstanceOf(Date)
})

/** Follows the events of a run; null when the stream has ended. */
async function watch(path: string) {
  const headers = member.as !== null && 'cookie' in member.as ? { cookie: member.as.cookie } : {}
  const response = await fetch(`${office.client.url}${path}/events`, { headers })
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  if (response.body === null) throw new Error('The stream has no body')
  const parts = response.body.pipeThrough(new TextDecoderStream())[Symbol.asyncIterator]()
  let text = ''
  return {
    async next(): Promise<{ readonly event: string; readonly data: unknown } | null> {
      for (;;) {
        const found = /event: (\w+)\ndata: (.*)\n\n/.exec(text)
        if (found !== null) {
          text = text.slice(found.index + found[0].length)
          return { event: found[1] ?? '', data: JSON.parse(found[2] ?? '') }
        }
        const part = await parts.next()
        if (part.done === true) return null
        text += part.value
      }
    },
  }
}
