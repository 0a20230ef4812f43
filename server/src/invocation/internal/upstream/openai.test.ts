import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { parseCall, usageOf } from '../../../../test/fake-answer.ts'
import { type FakeProvider, startFakeProvider } from '../../../../test/fake-provider.ts'
import { Secret } from '../../../keys/secret.ts'
import { callOpenAi, type UpstreamCall, type UpstreamRequest, type UpstreamSink } from './openai.ts'
import type { UpstreamResult } from './outcome.ts'
import { createUpstreams, type Upstreams, type UpstreamsOptions } from './pool.ts'

const KEY = 'sk-fake-0123456789abcdef0123456789'
const patient = { headers_ms: 20_000, idle_ms: 20_000, total_ms: 0, stall_ms: 20_000 }
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

type Gathered = { readonly sink: UpstreamSink; readonly text: () => string; readonly starts: () => number }

function gather(write: (bytes: Buffer) => boolean = () => true): Gathered {
  const parts: Buffer[] = []
  let starts = 0
  const sink: UpstreamSink = {
    start: () => {
      starts++
    },
    write(bytes) {
      parts.push(bytes)
      return write(bytes)
    },
  }
  return { sink, text: () => Buffer.concat(parts).toString(), starts: () => starts }
}

function bodyOf(model: string, extra: object = {}): Buffer {
  return Buffer.from(JSON.stringify({ model, messages: [{ role: 'user', content: 'hello there' }], ...extra }))
}

function plain(model: string, request: Partial<UpstreamRequest> = {}, url = `${provider.url}/v1`): UpstreamCall {
  return callOpenAi({
    provider: (opened.at(-1) ?? open()).provider('p', url),
    path: '/chat/completions',
    body: bodyOf(model),
    key: new Secret(KEY),
    timeouts: patient,
    sink: null,
    strip_usage: true,
    ...request,
  })
}

function stream(model: string, sink: UpstreamSink, request: Partial<UpstreamRequest> = {}): UpstreamCall {
  return plain(model, {
    sink,
    body: bodyOf(model, { stream: true, stream_options: { include_usage: true } }),
    ...request,
  })
}

const short = (result: UpstreamResult) => [result.outcome, result.detail, result.status, result.attempts]

describe('plain calls', () => {
  test('every sentinel ends in exactly one outcome', async () => {
    const expected: readonly (readonly [model: string, ...ending: unknown[]])[] = [
      ['echo', 'completed', 'none', 200, 1],
      ['tokens:500', 'completed', 'none', 200, 1],
      ['slow:5', 'completed', 'none', 200, 1],
      ['slow-drip', 'completed', 'none', 200, 1],
      ['no-usage', 'completed', 'none', 200, 1],
      ['bad-usage', 'completed', 'none', 200, 1],
      ['wrong-usage', 'completed', 'none', 200, 1],
      ['content-filter', 'completed', 'none', 200, 1],
      ['429-then-ok', 'completed', 'none', 200, 2],
      ['500-then-ok:2', 'completed', 'none', 200, 3],
      ['429-then-ok:3', 'provider_rate_limited', 'status', 429, 3],
      ['always-429:60', 'provider_rate_limited', 'status', 429, 1],
      ['always-500', 'provider_error', 'status', 500, 3],
      ['always-500:503', 'provider_error', 'status', 503, 3],
      ['status:400', 'provider_error', 'status', 400, 1],
      ['status:401', 'provider_error', 'status', 401, 1],
      ['redirect', 'provider_error', 'status', 307, 1],
      ['error-200', 'provider_error', 'error_in_answer', 200, 1],
      ['cut-mid-stream', 'provider_cut', 'reset_in_answer', 200, 1],
      ['refuse', 'provider_cut', 'reset_before_answer', 0, 3],
      ['malformed-json', 'invalid_response', 'not_json', 200, 1],
      ['empty', 'invalid_response', 'not_json', 200, 1],
      ['gzip', 'invalid_response', 'content_encoding', 200, 1],
      ['huge-body:20', 'invalid_response', 'answer_too_large', 200, 1],
    ]
    for (const [model, ...ending] of expected) {
      expect([model, ...short(await plain(model).result)]).toEqual([model, ...ending])
    }
    expect(opened.at(-1)?.active()).toBe(0)
  })

  test('the body is sent as it is, with the credential and without asking for compression', async () => {
    const body = Buffer.from('{"model":"echo",  "messages":[{"role":"user","content":"h\\u00e9"}]}')
    const { body: answer, usage, headers } = await plain('echo', { body }).result
    const [request] = provider.requests
    expect(request?.body.equals(body)).toBe(true)
    expect(request?.path).toBe('/v1/chat/completions')
    expect(request?.headers).toMatchObject({
      authorization: `Bearer ${KEY}`,
      'content-type': 'application/json',
      'accept-encoding': 'identity',
    })
    expect(JSON.parse(answer.toString())).toMatchObject({ choices: [{ message: { role: 'assistant' } }] })
    expect(answer.toString()).toContain('hé')
    const reported = usageOf(parseCall(body))
    expect(usage).toEqual({
      input_tokens: reported.prompt_tokens,
      cached_input_tokens: 0,
      output_tokens: reported.completion_tokens,
    })
    expect(headers).toEqual({ content_type: 'application/json', request_id: 'req_fake' })
  })

  test('usage is null when none was reported or what was reported is no count, and as reported when absurd', async () => {
    expect((await plain('no-usage').result).usage).toBeNull()
    expect((await plain('bad-usage').result).usage).toBeNull()
    expect((await plain('wrong-usage:5000000').result).usage?.output_tokens).toBe(5_000_000)
  })

  test('an error keeps its body and what the provider asks to wait', async () => {
    const limited = await plain('always-429:7').result
    expect(limited.retry_after_s).toBe(7)
    expect(limited.body.toString()).toContain('Rate limit reached')
  })

  test('silence ends in a timeout, before the answer and inside it', async () => {
    const timeouts = { ...patient, headers_ms: 50, idle_ms: 50 }
    expect(short(await plain('hang', { timeouts }).result)).toEqual(['provider_timeout', 'headers_timeout', 0, 1])
    expect(short(await plain('hang-mid-stream', { timeouts }).result)).toEqual([
      'provider_timeout',
      'idle_timeout',
      200,
      1,
    ])
    const total = { ...patient, total_ms: 20 }
    expect(short(await plain('hang', { timeouts: total }).result)).toEqual(['provider_timeout', 'total_timeout', 0, 1])
  })

  test('giving up closes the connection, whether the answer has begun or not', async () => {
    for (const model of ['hang', 'hang-mid-stream', 'slow']) {
      provider.reset()
      const call = plain(model)
      await provider.waitForRequest()
      call.cancel('client_gone')
      expect((await call.result).outcome).toBe('client_gone')
      await provider.waitForAbort()
    }
    const call = plain('hang')
    await provider.waitForRequest()
    call.cancel('cancelled')
    call.cancel('client_gone')
    expect((await call.result).outcome).toBe('cancelled')
  })

  test('giving up before the connection is made, and while waiting to try again, sends nothing more', async () => {
    const early = plain('echo')
    early.cancel('client_gone')
    expect(short(await early.result)).toEqual(['client_gone', 'none', 0, 1])
    open({ retry: { max_retries: 2, base_ms: 100_000, max_wait_ms: 1_000_000 } })
    const waiting = plain('always-500')
    await provider.waitForRequest((request) => request.model === 'always-500')
    waiting.cancel('client_gone')
    expect((await waiting.result).outcome).toBe('client_gone')
    expect(provider.requests.filter((request) => request.model === 'always-500')).toHaveLength(1)
    expect(provider.requests.filter((request) => request.model === 'echo')).toHaveLength(0)
  })

  test('the credential appears in nothing that comes back, even if the provider repeats it', async () => {
    for (const model of ['echo-key', 'always-500', 'refuse', 'hang']) {
      const result = await plain(model, { timeouts: { ...patient, headers_ms: 50 } }).result
      expect([model, JSON.stringify(result).includes(KEY), result.body.includes(KEY)]).toEqual([model, false, false])
    }
    const key = { reveal: () => 'line\nbreak' }
    const result = await plain('echo', { key }).result
    expect(short(result)).toEqual(['provider_unreachable', 'not_sendable', 0, 1])
    expect(JSON.stringify(result)).not.toContain('break')
  })

  test('a provider without a credential is called without one', async () => {
    expect((await plain('echo', { key: null }).result).status).toBe(401)
    expect(provider.requests[0]?.headers.authorization).toBeUndefined()
  })
})

describe('streams', () => {
  test('every sentinel ends in exactly one outcome, and only an answer that has begun was started', async () => {
    const expected: readonly (readonly [model: string, isStarted: boolean, ...ending: unknown[]])[] = [
      ['echo', true, 'completed', 'none', 200, 1],
      ['chunks:5:1', true, 'completed', 'none', 200, 1],
      ['slow:5', true, 'completed', 'none', 200, 1],
      ['slow-drip', true, 'completed', 'none', 200, 1],
      ['no-usage', true, 'completed', 'none', 200, 1],
      ['bad-usage', true, 'completed', 'none', 200, 1],
      ['wrong-usage', true, 'completed', 'none', 200, 1],
      ['usage-with-finish', true, 'completed', 'none', 200, 1],
      ['duplicate-done', true, 'completed', 'none', 200, 1],
      ['no-done', true, 'completed', 'none', 200, 1],
      ['hang-after-done', true, 'completed', 'none', 200, 1],
      ['content-filter', true, 'completed', 'none', 200, 1],
      ['429-then-ok', true, 'completed', 'none', 200, 2],
      ['500-then-ok:2', true, 'completed', 'none', 200, 3],
      ['always-429:60', false, 'provider_rate_limited', 'status', 429, 1],
      ['always-500', false, 'provider_error', 'status', 500, 3],
      ['error-200', false, 'provider_error', 'error_in_answer', 200, 1],
      ['error-event', true, 'provider_error', 'error_in_answer', 200, 1],
      ['cut-mid-stream', true, 'provider_cut', 'reset_in_answer', 200, 1],
      ['no-finish', true, 'provider_cut', 'no_finish', 200, 1],
      ['refuse', false, 'provider_cut', 'reset_before_answer', 0, 3],
      ['malformed-sse', true, 'invalid_response', 'not_json', 200, 1],
      ['not-sse', false, 'invalid_response', 'not_event_stream', 200, 1],
      ['empty', false, 'invalid_response', 'not_json', 200, 1],
      ['huge-event:4', false, 'invalid_response', 'event_too_large', 200, 1],
      ['huge-body:80', true, 'invalid_response', 'answer_too_large', 200, 1],
    ]
    for (const [model, isStarted, ...ending] of expected) {
      const { sink, starts } = gather()
      const result = await stream(model, sink).result
      expect([model, result.is_started, starts(), ...short(result)]).toEqual([
        model,
        isStarted,
        isStarted ? 1 : 0,
        ...ending,
      ])
    }
  })

  test('the client gets the stream without the usage it did not ask for, and with it when it did', async () => {
    const without = gather()
    const result = await stream('echo', without.sink).result
    expect(result).toMatchObject({
      usage: { input_tokens: 6, cached_input_tokens: 0, output_tokens: 116 },
      finish_reason: 'stop',
      content_bytes: 462,
    })
    expect(without.text()).not.toContain('"prompt_tokens"')
    expect(without.text().endsWith('data: [DONE]\n\n')).toBe(true)
    const asked = gather()
    await stream('echo', asked.sink, { strip_usage: false }).result
    expect(asked.text()).toContain('"prompt_tokens":6')
  })

  test('a stream that ends twice ends once for the client', async () => {
    const { sink, text } = gather()
    await stream('duplicate-done', sink).result
    expect(text().split('[DONE]')).toHaveLength(2)
  })

  test('a client that goes away in mid-stream closes the provider’s connection, and what it got is counted', async () => {
    const { sink, text } = gather()
    const call = stream('slow', sink)
    await provider.waitForRequest()
    await expect.poll(text).toContain('hello')
    call.cancel('client_gone')
    const result = await call.result
    expect(result).toMatchObject({
      outcome: 'client_gone',
      is_started: true,
      content_bytes: 32,
      content_events: 1,
      usage: null,
    })
    await provider.waitForAbort()
  })

  test('a sink that gives up while it is written to gets nothing more', async () => {
    let writes = 0
    const calls: UpstreamCall[] = []
    const { sink } = gather(() => {
      writes++
      calls[0]?.cancel('client_gone')
      return false
    })
    calls.push(stream('chunks:50:1', sink))
    expect((await calls[0]?.result)?.outcome).toBe('client_gone')
    await provider.waitForAbort()
    expect(writes).toBe(1)
  })

  test('a slow client holds the provider back instead of filling the memory', async () => {
    let taken = 0
    const { sink } = gather((bytes) => {
      taken += bytes.length
      return false
    })
    const counting: UpstreamSink = { start: sink.start, write: (bytes) => ((taken += bytes.length), false) }
    const call = stream('huge-body:30', counting)
    await expect.poll(() => taken).toBeGreaterThan(0)
    const before = taken
    for (let turn = 0; turn < 200; turn++) await new Promise((resolve) => setImmediate(resolve))
    expect(taken).toBe(before)
    expect(taken).toBeLessThan(200_000)
    const pump = setInterval(() => call.resume(), 0)
    const result = await call.result
    clearInterval(pump)
    expect([result.outcome, taken > 30_000_000]).toEqual(['completed', true])
  })

  test('a client that never reads on counts as gone', async () => {
    const { sink } = gather(() => false)
    const result = await stream('huge-body:30', sink, { timeouts: { ...patient, stall_ms: 20 } }).result
    expect([result.outcome, result.detail]).toEqual(['client_gone', 'client_stalled'])
    await provider.waitForAbort()
  })

  test('a provider that falls silent in mid-stream is cut off', async () => {
    const { sink, text } = gather()
    const result = await stream('hang-mid-stream', sink, { timeouts: { ...patient, idle_ms: 50 } }).result
    expect([result.outcome, result.detail, result.is_started]).toEqual(['provider_timeout', 'idle_timeout', true])
    expect(text()).toContain('hello')
    await provider.waitForAbort()
  })

  test('two hundred streams cut at random end in an outcome each and leave nothing behind', async () => {
    let seed = 1
    const random = () => {
      seed = (seed * 48_271) % 2_147_483_647
      return seed / 2_147_483_647
    }
    const results = await Promise.all(
      Array.from({ length: 200 }, async () => {
        const calls: UpstreamCall[] = []
        let left = Math.ceil(random() * 12)
        const { sink } = gather(() => {
          if (--left === 0) calls[0]?.cancel('client_gone')
          return true
        })
        const call = stream('chunks:8:1', sink)
        calls.push(call)
        return call.result
      }),
    )
    const outcomes = new Set(results.map((result) => result.outcome))
    expect(outcomes).toEqual(new Set(['client_gone', 'completed']))
    await expect.poll(() => opened.at(-1)?.active()).toBe(0)
  })
})
