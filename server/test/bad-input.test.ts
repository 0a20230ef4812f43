// Hostile and broken input: a clear 4xx in the shape of the place, never a 5xx, never an exit.

import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { BODY_WITHIN_MS } from '../src/http/body-deadline.ts'
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

/** The code of an answer as it came over the wire, in whichever shape. */
function codeIn(answer: string): string {
  const [head = '', body = ''] = answer.split('\r\n\r\n')
  const parsed = answered(JSON.parse(body))
  return head.includes('application/problem+json')
    ? parsed.text('code')
    : `OpenAI ${parsed.object('error').text('code')}`
}

test.each([
  ['/v1/models', 'OpenAI malformed_request', 'OpenAI headers_too_large'],
  ['/v1?x', 'OpenAI malformed_request', 'OpenAI headers_too_large'],
  ['/v10', 'malformed_request', 'headers_too_large'],
  ['/api/me', 'malformed_request', 'headers_too_large'],
])('a request to %s whose headers cannot be read is refused in the shape of the place', async (path, broken, large) => {
  const send = (headers: string) =>
    raw((socket) => socket.write(`GET ${path} HTTP/1.1\r\nhost: x\r\n${headers}\r\n\r\n`))
  expect(codeIn(await send('no header'))).toBe(broken)
  expect(codeIn(await send(`x: ${'y'.repeat(20_000)}`))).toBe(large)
})

test.each([
  ['/v1/chat/completions', 'OpenAI request_timeout'],
  ['/api/sessions', 'request_timeout'],
])('a body for %s that does not come in time is refused in the shape of the place', async (path, code) => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const { hostname, port } = new URL(world.reeve.client.url)
  const socket = connect(Number(port), hostname)
  const closed = once(socket, 'close')
  const head = [`POST ${path} HTTP/1.1`, 'host: x', 'content-type: application/json', 'content-length: 9']
  socket.write([...head, 'expect: 100-continue', '', ''].join('\r\n'))
  // What is waited for now was announced.
  await once(socket, 'data')
  let answer = ''
  socket.on('data', (part) => (answer += part.toString('latin1')))
  vi.advanceTimersByTime(BODY_WITHIN_MS)
  await closed
  expect(answer).toMatch(/^HTTP\/1\.1 408 /)
  expect(codeIn(answer)).toBe(code)
})
afterEach(() => void vi.useRealTimers())

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
