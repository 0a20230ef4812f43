import { createServer, type IncomingHttpHeaders } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isForHost } from '../apps/tool-credential.ts'
import { Secret } from '../keys/secret.ts'
import type { ToolRequest } from './internal/nodes/node.ts'
import { createToolCaller } from './tool-caller.ts'

const seen: { readonly url: string; readonly headers: IncomingHttpHeaders }[] = []
const server = createServer((request, response) => {
  seen.push({ url: request.url ?? '', headers: request.headers })
  if (request.url === '/away') response.writeHead(302, { location: 'http://169.254.169.254/' }).end()
  else if (request.url === '/large') response.end('x'.repeat(3_000_000))
  else response.end('{"ok":true}')
})
let base = ''
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  base = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const secrets = { get: async () => ({ value: new Secret('tool-secret'), version: 1 }) }
const open = createToolCaller(secrets, { allow_private: true })
const closed = createToolCaller(secrets, { allow_private: false })
afterAll(() => Promise.all([open.close(), closed.close()]))

const place = { execution_id: 'run', path: '1' }
const signal = new AbortController().signal
const ask = (path: string, change: Partial<ToolRequest> = {}): ToolRequest => ({
  method: 'GET',
  url: new URL(`${base}${path}`),
  headers: {},
  body: null,
  credential: null,
  ...change,
})
const none = async () => null
const credential = { name: 'registry', header: 'authorization', prefix: 'Bearer ' }

test('a tool on a private address is refused where the platform did not open these', async () => {
  await expect(closed.call(ask('/'), place, none, signal)).rejects.toMatchObject({ code: 'tool_address_refused' })
  const named = ask('/', { url: new URL('http://localhost:1/') })
  await expect(closed.call(named, place, none, signal)).rejects.toMatchObject({ code: 'tool_address_refused' })
  const metadata = ask('/', { url: new URL('http://169.254.169.254/') })
  await expect(open.call(metadata, place, none, signal)).rejects.toMatchObject({ code: 'tool_address_refused' })
})

test('every attempt at a step bears the same idempotency key, and another step another', async () => {
  seen.length = 0
  await open.call(ask('/'), place, none, signal)
  await open.call(ask('/'), place, none, signal)
  await open.call(ask('/'), { ...place, path: '2' }, none, signal)
  const [first, again, other] = seen.map(({ headers }) => headers['idempotency-key'])
  expect(first).toBe(again)
  expect(other).not.toBe(first)
})

test('a credential leaves only for the hosts it was given for', async () => {
  const { host } = new URL(base)
  const row = (hosts: readonly string[]) => async () => ({ hosts, secret_path: 'orgs/x', secret_version: 1 })
  seen.length = 0
  const asked = ask('/', { credential })
  expect(await open.call(asked, place, row([host]), signal)).toEqual({ status: 200, text: '{"ok":true}' })
  expect(seen[0]?.headers.authorization).toBe('Bearer tool-secret')
  const elsewhere = open.call(asked, place, row(['other.example.com']), signal)
  await expect(elsewhere).rejects.toMatchObject({ code: 'tool_credential_refused' })
  await expect(open.call(asked, place, none, signal)).rejects.toMatchObject({ code: 'tool_credential_missing' })
  expect(seen).toHaveLength(1)
})

test('a credential for a host without a port is for the usual port of the scheme, and one for a port for that alone', () => {
  const goes = (host: string, url: string): boolean => isForHost([host], new URL(url))
  for (const url of ['https://a.example/x', 'https://a.example:443/']) {
    expect([goes('a.example', url), goes('a.example:443', url)]).toEqual([true, true])
    expect([goes('a.example:80', url), goes('a.example:8443', url), goes('b.example', url)]).toEqual([
      false,
      false,
      false,
    ])
  }
  expect([goes('a.example', 'http://a.example/'), goes('a.example:80', 'http://a.example/')]).toEqual([true, true])
  expect(goes('a.example:443', 'http://a.example/')).toBe(false)
  expect([goes('a.example:8443', 'https://a.example:8443/'), goes('a.example', 'https://a.example:8443/')]).toEqual([
    true,
    false,
  ])
  expect(goes('[2001:db8::1]:8443', 'https://[2001:db8::1]:8443/')).toBe(true)
})

test('redirects are not followed, and an answer without end is not read', async () => {
  expect(await open.call(ask('/away'), place, none, signal)).toMatchObject({ status: 302 })
  await expect(open.call(ask('/large'), place, none, signal)).rejects.toMatchObject({ code: 'tool_answer_too_large' })
})
