// Hostile and broken input: a clear 4xx in the shape of the place, never a 5xx, never an exit.

import { connect, type Socket } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answered } from './client.ts'
import { startWorld, type World } from './world.ts'

let world: World
let cookie: string
beforeAll(async () => {
  world = await startWorld(1)
  cookie = (await world.asOwner()).cookie
})
afterAll(() => world.stop())

const url = (path: string): string => `${world.reeve.client.url}${path}`
const native = (body: string | Buffer, headers: Record<string, string> = {}) =>
  fetch(url(`/api/orgs/${world.organisation.id}/teams`), {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json', ...headers },
    body,
  })
const gateway = (body: string | Buffer) =>
  fetch(url('/v1/chat/completions'), {
    method: 'POST',
    headers: { authorization: `Bearer ${world.organisation.api_key}`, 'content-type': 'application/json' },
    body,
  })

const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels)

test.each([
  ['malformed JSON', '{"name":', 400],
  ['a wrong type', '{"name":7}', 422],
  ['an unknown field', '{"name":"Team","nmae":"x"}', 422],
  ['a missing field', '{}', 422],
  ['a value that nests too deep', `{"name":${deep(65)}}`, 400],
  ['a body over 1 MB', JSON.stringify({ name: 'x'.repeat(1_100_000) }), 413],
  ['a name of 10,000 characters', JSON.stringify({ name: 'x'.repeat(10_000) }), 422],
  ['a NUL in a text', '{"name":"a\\u0000b"}', 400],
  ['a prototype key', '{"__proto__":{"name":"x"}}', 400],
])('the native API names %s', async (_what, body, status) => {
  const reply = await native(body)
  expect(reply.status).toBe(status)
  expect(reply.headers.get('content-type')).toContain('application/problem+json')
  expect(answered(await reply.json()).text('request_id')).not.toBe('')
})

test('invalid UTF-8 is refused on both sides', async () => {
  const bytes = Buffer.concat([Buffer.from('{"name":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}')])
  expect((await native(bytes)).status).toBe(400)
  expect((await gateway(bytes)).status).toBe(400)
})

test('a form is not accepted', async () => {
  expect((await native('name=x', { 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(415)
})

test.each([
  ['malformed JSON', '{"model":', 400],
  ['a list', '[]', 400],
  ['a repeated key', '{"model":"echo","model":"echo","messages":[]}', 400],
  ['an escaped repeated key', '{"model":"echo","\\u006dodel":"echo","messages":[]}', 400],
  ['a wrong type', '{"model":7,"messages":[]}', 400],
  ['a value that nests too deep', `{"model":"echo","messages":[],"x":${deep(70)}}`, 400],
  ['an empty body', '', 400],
])('the gateway names %s in the shape of OpenAI', async (_what, body, status) => {
  const reply = await gateway(body)
  expect(reply.status).toBe(status)
  const error = answered(await reply.json()).object('error')
  expect(error.text('code')).not.toBe('')
  expect(error.text('message')).not.toBe('')
})

test('a body over 10 MB is refused by the gateway', async () => {
  const reply = await gateway(`{"model":"echo","messages":[{"role":"user","content":"${'x'.repeat(10_600_000)}"}]}`)
  expect(reply.status).toBe(413)
})

/** Sends raw bytes and collects the answer until the server closes or the head has arrived. */
function raw(write: (socket: Socket) => void): Promise<string> {
  const { hostname, port } = new URL(world.reeve.client.url)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => write(socket))
    let answer = ''
    socket.on('data', (part) => {
      answer += part.toString('latin1')
      if (answer.includes('\r\n\r\n')) socket.destroy()
    })
    socket.on('close', () => resolve(answer))
    socket.on('error', (error) => (answer === '' ? reject(error) : resolve(answer)))
  })
}

test('10,000 headers are refused', async () => {
  const headers = Array.from({ length: 10_000 }, (_, index) => `x-${index}: y\r\n`).join('')
  const answer = await raw((socket) => socket.write(`GET /api/me HTTP/1.1\r\nhost: x\r\n${headers}\r\n`))
  expect(answer).toMatch(/^HTTP\/1\.1 431 /)
})

test('bytes that are no HTTP are answered and the node lives on', async () => {
  const answer = await raw((socket) => socket.write('\x16\x03\x01 what is this\r\n\r\n'))
  expect(answer).toMatch(/^HTTP\/1\.1 400 /)
  expect((await fetch(url('/healthz'))).status).toBe(200)
})

test('whatever JSON comes, the native API answers 4xx or does what it was asked', async () => {
  await fc.assert(
    fc.asyncProperty(fc.json({ maxDepth: 5 }), async (body) => {
      expect((await native(body)).status).toBeLessThan(500)
    }),
    { numRuns: 60 },
  )
})

test('whatever bytes come, the gateway answers 4xx', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
      const { status } = await gateway(Buffer.from(bytes))
      expect(status).toBeGreaterThanOrEqual(400)
      expect(status).toBeLessThan(500)
    }),
    { numRuns: 60 },
  )
})
