import { createServer, type Server } from 'node:http'
import { createServer as createTcpServer, type Socket } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type FakeProvider, startFakeProvider } from '../../../../test/fake-provider.ts'
import { Secret } from '../../../keys/secret.ts'
import { callOpenAi, type UpstreamCall } from './openai.ts'
import type { UpstreamResult } from './outcome.ts'
import { createUpstreams, type Upstreams, type UpstreamsOptions } from './pool.ts'

const quick = { max_retries: 2, base_ms: 1, max_wait_ms: 2000 }

let provider: FakeProvider
const opened: Upstreams[] = []

/** Opens what calls of this test go through from now on. */
const open = (options: Partial<UpstreamsOptions> = {}): Upstreams => {
  const made = createUpstreams({ allow_private: true, retry: quick, ...options })
  opened.push(made)
  return made
}

beforeAll(async () => {
  provider = await startFakeProvider()
})
afterEach(async () => {
  await Promise.all(opened.splice(0).map((made) => made.destroy()))
  provider.reset()
})
afterAll(() => provider.close())

function plain(model: string, url = `${provider.url}/v1`): UpstreamCall {
  return callOpenAi({
    provider: (opened.at(-1) ?? open()).provider('p', url),
    path: '/chat/completions',
    body: Buffer.from(JSON.stringify({ model, messages: [{ role: 'user', content: 'hello there' }] })),
    key: new Secret('sk-fake-0123456789abcdef0123456789'),
    timeouts: { headers_ms: 20_000, idle_ms: 20_000, total_ms: 0, stall_ms: 20_000 },
    sink: null,
    strip_usage: true,
  })
}

const short = (result: UpstreamResult) => [result.outcome, result.detail, result.status, result.attempts]

describe('providers that cannot be reached', () => {
  const closedPort = async (): Promise<number> => {
    const server = createTcpServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    await new Promise((resolve) => server.close(resolve))
    return typeof address === 'object' && address !== null ? address.port : 0
  }

  test('a refused connection is tried again, a forbidden address is not', async () => {
    const refused = await plain('echo', `http://127.0.0.1:${await closedPort()}/v1`).result
    expect(short(refused)).toEqual(['provider_unreachable', 'connect_failed', 0, 3])
    expect(refused.error_code).toBe('ECONNREFUSED')
    open({ resolve: (_host, done) => done(null, [{ address: '169.254.169.254', family: 4 }]) })
    const forbidden = await plain('echo', 'http://metadata.example/v1').result
    expect(short(forbidden)).toEqual(['provider_unreachable', 'egress_refused', 0, 1])
    open({ allow_private: false, resolve: (_host, done) => done(null, [{ address: '127.0.0.1', family: 4 }]) })
    expect((await plain('echo', `http://inside.example:${provider.port}`).result).detail).toBe('egress_refused')
    expect(provider.requests).toHaveLength(0)
  })

  test('a name that does not resolve and a TLS handshake that fails are unreachable', async () => {
    const failing = Object.assign(new Error('no such name'), { code: 'ENOTFOUND' })
    open({ resolve: (_host, done) => done(failing, []) })
    expect((await plain('echo', 'https://nowhere.example').result).error_code).toBe('ENOTFOUND')
    open()
    const tls = await plain('echo', `https://127.0.0.1:${provider.port}/v1`).result
    expect(short(tls)).toEqual(['provider_unreachable', 'connect_failed', 0, 3])
  })

  test('a connection that is never made ends in a timeout, and giving up does not wait for it', async () => {
    const sockets: Socket[] = []
    const silent = createTcpServer((socket) => sockets.push(socket))
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const address = silent.address()
    const url = `https://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
    open({ connect_timeout_ms: 100 })
    const given = plain('echo', url)
    given.cancel('client_gone')
    expect(short(await given.result)).toEqual(['client_gone', 'none', 0, 1])
    expect(opened.at(-1)?.active()).toBe(1)
    expect(short(await plain('echo', url).result)).toEqual(['provider_unreachable', 'connect_timeout', 0, 1])
    await expect.poll(() => opened.at(-1)?.active()).toBe(0)
    for (const socket of sockets) socket.destroy()
    silent.close()
  })

  test('what is no HTTP is an invalid response', async () => {
    const server = createTcpServer((socket) => socket.once('data', () => socket.end('SSH-2.0-OpenSSH_9.2\r\n')))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    expect(short(await plain('echo', `http://127.0.0.1:${port}`).result)).toEqual([
      'invalid_response',
      'bad_http',
      0,
      1,
    ])
    server.close()
  })

  test('a hundred calls at once on a connection that is refused all end', async () => {
    const url = `http://127.0.0.1:${await closedPort()}/v1`
    open({ breaker: { max_failures: 1e9, open_ms: 1 } })
    const results = await Promise.all(Array.from({ length: 100 }, () => plain('echo', url).result))
    expect(new Set(results.map((result) => result.outcome))).toEqual(new Set(['provider_unreachable']))
    expect(opened.at(-1)?.active()).toBe(0)
  })

  test('the breaker opens after twenty failures, refuses at once, and lets one probe through when its time has come', async () => {
    let now = 0
    open({ now: () => now, retry: { ...quick, max_retries: 0 } })
    for (let count = 0; count < 20; count++) expect((await plain('always-500').result).detail).toBe('status')
    const upstream = opened.at(-1)?.provider('p', `${provider.url}/v1`)
    expect(upstream?.isRefusing()).toBe(true)
    expect(short(await plain('echo').result)).toEqual(['provider_unreachable', 'breaker_open', 0, 0])
    expect(provider.requests).toHaveLength(20)
    now = 5000
    expect(upstream?.isRefusing()).toBe(false)
    const probe = plain('slow')
    expect((await plain('echo').result).detail).toBe('breaker_open')
    await provider.waitForRequest((request) => request.model === 'slow')
    provider.release()
    expect((await probe.result).outcome).toBe('completed')
    expect((await plain('echo').result).outcome).toBe('completed')
  })

  test('a probe given up makes room for another', async () => {
    let now = 0
    open({ now: () => now, breaker: { max_failures: 1, open_ms: 10 }, retry: { ...quick, max_retries: 0 } })
    await plain('always-500').result
    now = 10
    const probe = plain('hang')
    await provider.waitForRequest((request) => request.model === 'hang')
    expect((await plain('echo').result).detail).toBe('breaker_open')
    probe.cancel('client_gone')
    expect((await plain('echo').result).outcome).toBe('completed')
  })

  test('beyond the connections of an origin a call is refused at once instead of waiting without end', async () => {
    open({ connections_per_origin: 2 })
    const held = [plain('slow'), plain('slow')]
    expect(short(await plain('echo').result)).toEqual(['provider_unreachable', 'pool_exhausted', 0, 0])
    await Promise.all(
      held.map((_call, index) => provider.waitForRequest((request) => provider.requests[index] === request)),
    )
    provider.release()
    expect((await Promise.all(held.map((call) => call.result))).map((result) => result.outcome)).toEqual([
      'completed',
      'completed',
    ])
    expect((await plain('echo').result).outcome).toBe('completed')
  })
})

describe('connections', () => {
  test('one after another use the same connection', async () => {
    const server: Server = createServer((request, response) =>
      request.resume().on('end', () => response.end('{"choices":[]}')),
    )
    let connections = 0
    server.on('connection', () => {
      connections++
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    for (let count = 0; count < 20; count++) {
      await plain('m', `http://127.0.0.1:${port}`).result
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(connections).toBe(1)
    server.closeAllConnections()
    server.close()
  })

  test('closing waits for the calls that run, a changed base URL starts afresh, and the oldest provider makes room', async () => {
    const own = open({ max_providers: 2 })
    const url = `${provider.url}/v1/`
    const first = own.provider('a', url)
    expect(first.base_path).toBe('/v1')
    expect(own.provider('a', url)).toBe(first)
    expect(own.provider('b', url).origin).toBe(first.origin)
    expect(own.provider('a', `${provider.url}/v2`)).not.toBe(first)
    own.provider('c', url)
    expect(own.provider('a', `${provider.url}/v2`).origin).toBe(first.origin)
    const running = plain('slow')
    await provider.waitForRequest()
    const closing = own.close()
    provider.release()
    expect((await running.result).outcome).toBe('completed')
    await closing
    expect((await plain('echo').result).outcome).toBe('provider_unreachable')
  })

  test('a base URL that leads inside is refused when it is read', () => {
    const own = open({ allow_private: false })
    for (const url of ['http://127.0.0.1/v1', 'http://2130706433/v1', 'http://[::1]/', 'file:///etc/passwd', 'x']) {
      expect(() => own.provider('p', url)).toThrow(expect.objectContaining({ code: 'egress_refused' }))
    }
  })
})
