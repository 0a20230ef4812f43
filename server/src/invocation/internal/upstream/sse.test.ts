import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SseReader } from './sse.ts'

const delta = (text: string, extra: object = {}) =>
  JSON.stringify({ id: 'c', choices: [{ index: 0, delta: { content: text }, finish_reason: null }], ...extra })
const finish = JSON.stringify({ id: 'c', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })
const usageChunk = JSON.stringify({
  id: 'c',
  choices: [],
  usage: { prompt_tokens: 7, completion_tokens: 5, total_tokens: 12 },
})
const asEvents = (payloads: readonly string[], end = '\n') =>
  payloads.map((data) => `data: ${data}${end}${end}`).join('')

type Read = Pick<SseReader, 'usage' | 'content_bytes' | 'content_events' | 'finish_reason' | 'isDone' | 'failure'> & {
  readonly out: string
  readonly pieces: number
}

function read(chunks: readonly Uint8Array[], strip_usage = true): Read {
  const out: Buffer[] = []
  const reader = new SseReader({ strip_usage, emit: (bytes) => out.push(Buffer.from(bytes)) })
  for (const chunk of chunks) reader.push(Buffer.from(chunk))
  reader.end()
  const { usage, content_bytes, content_events, finish_reason, isDone, failure } = reader
  return {
    usage,
    content_bytes,
    content_events,
    finish_reason,
    isDone,
    failure,
    out: Buffer.concat(out).toString(),
    pieces: out.length,
  }
}

const readText = (text: string, strip = true) => read([Buffer.from(text)], strip)

describe('a stream of events', () => {
  test('passes unchanged but for the usage chunk the client did not ask for', () => {
    const before = asEvents([delta('Hé'), delta('llo'), finish])
    const text = `: waiting\n\n${before}${asEvents([usageChunk, '[DONE]'])}`
    const stripped = readText(text)
    expect(stripped.out).toBe(`: waiting\n\n${before}${asEvents(['[DONE]'])}`)
    expect(stripped).toMatchObject({
      usage: { input_tokens: 7, cached_input_tokens: 0, output_tokens: 5 },
      content_bytes: 6,
      content_events: 2,
      finish_reason: 'stop',
      isDone: true,
      failure: null,
    })
    const asked = readText(text, false)
    expect(asked.out).toBe(text)
    expect(asked.pieces).toBe(1)
  })

  test('a usage that comes with choices is found, and its chunk passes', () => {
    const text = asEvents([
      delta('a', { usage: { prompt_tokens: 1, completion_tokens: 2 } }),
      delta('b', { usage: null }),
    ])
    expect(readText(text)).toMatchObject({ out: text, usage: { input_tokens: 1, output_tokens: 2 } })
  })

  test('a usage that is no count is none', () => {
    const bad = [-1, 1.5, '3', null, 1e300, {}]
    for (const count of bad) {
      const chunk = JSON.stringify({ choices: [], usage: { prompt_tokens: count, completion_tokens: 1 } })
      expect([count, readText(asEvents([chunk, '[DONE]'])).usage]).toEqual([count, null])
    }
    const cached = { prompt_tokens: 5, completion_tokens: 1, prompt_tokens_details: { cached_tokens: 9 } }
    expect(readText(asEvents([JSON.stringify({ choices: [], usage: cached })])).usage?.cached_input_tokens).toBe(0)
  })

  test('nothing passes behind the first [DONE]', () => {
    const text = asEvents([delta('a'), finish, '[DONE]'])
    expect(readText(text + asEvents(['[DONE]', delta('b')]))).toMatchObject({
      out: text,
      content_bytes: 1,
      isDone: true,
    })
  })

  test('what precedes a broken event passes, the broken one and what follows does not', () => {
    const good = asEvents([delta('a')])
    for (const data of ['{"choices":[', 'nonsense', '5', '[]', 'null']) {
      expect(readText(good + asEvents([data, delta('b')]))).toMatchObject({ out: good, failure: 'not_json' })
    }
    const error = asEvents([JSON.stringify({ error: { message: 'no' } }), delta('b')])
    expect(readText(good + error)).toMatchObject({ out: good, failure: 'error_event' })
  })

  test('text in reasoning, refusals and tool calls is counted with the content, the role is not', () => {
    const choice = {
      delta: {
        role: 'assistant',
        content: 'ab',
        reasoning_content: 'cd',
        refusal: 'é',
        tool_calls: [{ index: 0, function: { arguments: '{"x"' } }],
      },
    }
    expect(readText(asEvents([JSON.stringify({ choices: [choice, { delta: { content: 'z' } }] })])).content_bytes).toBe(
      11,
    )
  })

  test('an event larger than a megabyte ends the stream instead of filling the memory', () => {
    const reader = new SseReader({ strip_usage: false, emit: () => undefined })
    const chunk = Buffer.alloc(60_000, 'x')
    reader.push(Buffer.from('data: "'))
    for (let sent = 0; sent < 40; sent++) reader.push(chunk)
    expect(reader.failure).toBe('event_too_large')
  })

  test('a delta nested without end is counted without falling over', () => {
    const deep = `${'{"a":'.repeat(20_000)}"x"${'}'.repeat(20_000)}`
    expect(readText(asEvents([`{"choices":[{"delta":${deep}}]}`]))).toMatchObject({ failure: null, content_bytes: 0 })
  })

  test('the last event counts without its blank line', () => {
    expect(readText(`${asEvents([delta('a')])}data: [DONE]`).isDone).toBe(true)
    expect(readText(`${asEvents([delta('a')])}data: [DONE]\n`).out.endsWith('data: [DONE]\n\n\n')).toBe(true)
    expect(readText(`${asEvents([delta('a')])}data: {"choi`).failure).toBe('not_json')
  })

  test('however the bytes are cut, the same comes out and the same is found', () => {
    const text = fc.oneof(
      fc.string({ maxLength: 30 }),
      fc.constantFrom('\n\n', 'data: [DONE]', 'é漢😀', '"usage":{}', '\r\n'),
    )
    const payload = fc.oneof(
      { weight: 6, arbitrary: text.map((content) => delta(content)) },
      { weight: 1, arbitrary: fc.constant(usageChunk) },
      { weight: 1, arbitrary: fc.constant(finish) },
      { weight: 1, arbitrary: fc.constant(delta('u', { usage: { prompt_tokens: 3, completion_tokens: 4 } })) },
    )
    const line = fc.oneof(
      { weight: 6, arbitrary: payload.map((data) => `data: ${data}`) },
      { weight: 1, arbitrary: payload.map((data) => `data:${data}`) },
      { weight: 1, arbitrary: fc.constantFrom(': ping', 'event: message', 'id: 5', 'data:', '', 'retry: 1\nid: 2') },
      { weight: 1, arbitrary: fc.constant('data: {"choices":\ndata: []}') },
    )
    const tail = fc.constantFrom(
      'data: [DONE]',
      'data: [DONE]\n\ndata: [DONE]',
      'data: {broken',
      'data: {"error":{}}',
      '',
    )
    const stream = fc
      .tuple(fc.array(line, { maxLength: 8 }), tail, fc.constantFrom('\n', '\r\n'))
      .map(([lines, last, end]) =>
        [...lines, last]
          .map((event) => `${event}\n\n`)
          .join('')
          .replaceAll('\n', end),
      )
    fc.assert(
      fc.property(stream, fc.array(fc.nat(), { maxLength: 30 }), fc.boolean(), (source, cuts, strips) => {
        const bytes = Buffer.from(source)
        const at = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
        const chunks = at.slice(1).map((end, index) => bytes.subarray(at[index], end))
        const whole = read([bytes], strips)
        const cut = read(chunks, strips)
        const single = read(
          [...bytes].map((byte) => Uint8Array.of(byte)),
          strips,
        )
        expect({ ...cut, pieces: 0 }).toEqual({ ...whole, pieces: 0 })
        expect({ ...single, pieces: 0 }).toEqual({ ...whole, pieces: 0 })
      }),
      { numRuns: 1000 },
    )
  })
})
