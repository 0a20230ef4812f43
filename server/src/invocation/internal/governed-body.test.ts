import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Problem } from '../../kernel/problem.ts'
import { type GovernedBody, MAX_BODY_DEPTH, parseGovernedBody, rewriteGovernedBody } from './governed-body.ts'

const limits = { max_depth: MAX_BODY_DEPTH }
const messages = [{ role: 'user', content: 'hello' }]

function parse(body: unknown): GovernedBody {
  return parseGovernedBody(Buffer.isBuffer(body) ? body : Buffer.from(asText(body)), limits)
}

function asText(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body)
}

/** The reason of the refusal and the field it names; anything but that refusal fails the test. */
function refusal(body: unknown): unknown[] {
  try {
    parse(body)
  } catch (error) {
    if (error instanceof Problem && error.code === 'request_body_refused' && error.status === 400) {
      return [error.params['reason'], error.params['param']]
    }
    throw error
  }
  return ['accepted']
}

describe('what is refused', () => {
  test('bytes that are not UTF-8, or begin with a byte order mark', () => {
    expect(refusal(Buffer.from([0xef, 0xbb, 0xbf, ...Buffer.from(asText({ model: 'm', messages }))]))).toEqual([
      'byte_order_mark',
      null,
    ])
    expect(refusal(Buffer.from('\ufeff{"model":"m"}', 'utf16le'))).toEqual(['invalid_utf8', null])
    const latin = Buffer.from('{"model":"m\xe9","messages":[{}]}', 'latin1')
    expect(refusal(latin)).toEqual(['invalid_utf8', null])
    const surrogate = Buffer.from([...Buffer.from('{"model":"'), 0xed, 0xa0, 0x80, ...Buffer.from('"}')])
    expect(refusal(surrogate)).toEqual(['invalid_utf8', null])
  })

  test('what is not JSON, or not an object', () => {
    for (const text of [
      '',
      ' ',
      '{',
      '{"model"',
      '{"model":',
      '{"a":1,}',
      '{a:1}',
      "{'a':1}",
      '{"a":NaN}',
      '{"a":01}',
    ]) {
      expect([text, ...refusal(text)]).toEqual([text, 'malformed_json', null])
    }
    for (const text of [
      '{"a":"\n"}',
      '{"a":"\\x"}',
      '{"\\u00zz":1}',
      '{"a":1}}',
      '{"a":1}{"a":2}',
      '{"a":"\\',
      '"',
      ']',
      '}{',
    ]) {
      expect([text, ...refusal(text)]).toEqual([text, 'malformed_json', null])
    }
    for (const text of ['[]', '"model"', 'null', '1', '[{"model":"m"}]']) {
      expect([text, ...refusal(text)]).toEqual([text, 'not_an_object', null])
    }
  })

  test('nesting deeper than the limit, at once and without reading further', () => {
    const nested = (levels: number) => `{"model":"m","messages":[{}],"x":${'['.repeat(levels)}${']'.repeat(levels)}}`
    expect(refusal(nested(MAX_BODY_DEPTH - 1))).toEqual(['accepted'])
    expect(refusal(nested(MAX_BODY_DEPTH))).toEqual(['too_deep', null])
    expect(refusal(`{"x":${'{"x":'.repeat(100_000)}`)).toEqual(['too_deep', null])
    expect(refusal('['.repeat(1_000_000))).toEqual(['too_deep', null])
    const braces = `{"model":"m","messages":[{"content":"${'[{'.repeat(1000)}"}]}`
    expect(refusal(braces)).toEqual(['accepted'])
  })

  test('a key repeated at the top level, however it is written', () => {
    const tail = '"messages":[{}]}'
    expect(refusal(`{"model":"a","model":"b",${tail}`)).toEqual(['repeated_key', 'model'])
    expect(refusal(`{"model":"a","\\u006dodel":"b",${tail}`)).toEqual(['repeated_key', 'model'])
    expect(refusal(`{"\\u006dodel":"a","m\\u006Fdel":"a",${tail}`)).toEqual(['repeated_key', 'model'])
    expect(refusal(`{"model":"a","temperature":1,"temperature":1,${tail}`)).toEqual(['repeated_key', 'temperature'])
    expect(refusal(`{"model":"a","__proto__":1,"__proto__":2,${tail}`)).toEqual(['repeated_key', '__proto__'])
    expect(refusal(`{"model":"a","":1,"":2,${tail}`)).toEqual(['repeated_key', ''])
    expect(refusal('{"model":"a","messages":[{"role":"user","role":"user"}]}')).toEqual(['accepted'])
  })

  test('a key that a parser which ignores case could take for a governed one', () => {
    for (const key of [
      'Model',
      'MODEL',
      'Max_Tokens',
      'max_to\u212aens',
      '\u017ftream',
      'u\u017fer',
      'N',
      '\\u004d\\u006fdel',
    ]) {
      expect([key, ...refusal(`{"model":"m","messages":[{}],"${key}":1}`)].slice(0, 2)).toEqual([key, 'ambiguous_key'])
    }
    expect(refusal({ model: 'm', messages, models: ['a'], maxTokens: 1 })).toEqual(['accepted'])
  })

  test('governed fields of another type, each by its name', () => {
    const wrong: readonly (readonly [string, unknown])[] = [
      ['model', 1],
      ['model', ['m']],
      ['model', 'a\u0000b'],
      ['model', 'x'.repeat(257)],
      ['max_tokens', '5'],
      ['max_tokens', 0],
      ['max_tokens', -1],
      ['max_tokens', 1.5],
      ['max_tokens', 2 ** 53],
      ['max_completion_tokens', true],
      ['n', 0],
      ['n', 129],
      ['stream', 'true'],
      ['stream', 1],
      ['stream_options', []],
      ['stream_options', 'x'],
      ['user', 5],
      ['user', 'half \ud800'],
      ['messages', 'hello'],
      ['messages', []],
      ['messages', ['hello']],
      ['messages', {}],
    ]
    for (const [field, value] of wrong) {
      expect([field, value, ...refusal({ model: 'm', messages, [field]: value })]).toEqual([
        field,
        value,
        'wrong_type',
        field,
      ])
    }
    expect(refusal('{"model":"m","messages":[{}],"max_tokens":1e400}')).toEqual(['wrong_type', 'max_tokens'])
    expect(refusal({ model: 'm', messages, stream_options: { include_usage: 1 } })).toEqual([
      'wrong_type',
      'stream_options.include_usage',
    ])
    expect(refusal({ messages })).toEqual(['missing', 'model'])
    expect(refusal({ model: null, messages })).toEqual(['missing', 'model'])
    expect(refusal({ model: '', messages })).toEqual(['missing', 'model'])
    expect(refusal({ model: 'm' })).toEqual(['missing', 'messages'])
  })
})

describe('what is judged', () => {
  test('an escaped key is the key it means, even after bodies made to confuse the parser', () => {
    // nodejs/node#63785: JSON.parse takes an escaped key for one whose raw characters it has seen in its place.
    for (let count = 0; count < 50; count++) {
      expect(parse('{"model":"m","\\\\u006":1,"messages":[{}]}').values).toEqual({ model: 'm' })
      expect(parse('{"messages":[{}],"\\\\u006":1,"model":"m"}').values).toEqual({ model: 'm' })
    }
    expect(refusal('{"model":"a","\\u006dodel":"b","messages":[{}]}')).toEqual(['repeated_key', 'model'])
    const body = parse('{"messages":[{}],"\\u006dodel":"a","\\u006e":2}')
    expect(body.values).toEqual({ model: 'a', n: 2 })
    expect(rewriteGovernedBody(body, { model: 'b' }).toString()).toBe('{"model":"b","messages":[{}]}')
  })

  test('an image behind an escaped key is an image, even after bodies made to confuse the parser', () => {
    const image = (key: string) =>
      `{"model":"m","messages":[{"content":[{"poisoned":1,"${key}":"image_url","image_url":{"url":"https://x"}}]}]}`
    for (let i = 0; i < 1000; i++) parse(image('\\\\u00'))
    expect(parse(image('\\u0074ype')).media.images).toBe(1)
    expect(parse(image('\\u0074ype').replaceAll('":', '" \n:')).media.images).toBe(1)
  })

  test('null means absent, an integer may be written any way, other stream options are kept', () => {
    const body = parse(
      '{"model":"m","max_tokens":1e2,"n":2.0,"stream":true,"max_completion_tokens":null,"user":null,"messages":[{}],"stream_options":{"include_obfuscation":false,"include_usage":true}}',
    )
    expect(body.values).toEqual({
      model: 'm',
      max_tokens: 100,
      n: 2,
      stream: true,
      stream_options: { include_obfuscation: false, include_usage: true },
    })
  })

  test('the bound on text tokens is never less than the bytes of the text, and inline media is counted apart', () => {
    const image = `data:image/png;base64,${'A'.repeat(50_000)}`
    const body = parse({
      model: 'm',
      tools: [{ type: 'function', function: { name: 'f' } }],
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'é'.repeat(1000) },
            { type: 'image_url', image_url: { url: image } },
            { type: 'image_url', image_url: { url: 'https://example.com/a.png' } },
            { type: 'input_audio', input_audio: { data: 'B'.repeat(7000), format: 'wav' } },
            { type: 'file', file: { file_data: `data:application/pdf;base64,${'C'.repeat(900)}`, filename: 'a.pdf' } },
            { type: 'file', file: { file_id: 'file-1' } },
            { type: 'video_url', video_url: { url: 'x'.repeat(300) } },
          ],
        },
        { role: 'assistant', content: null },
      ],
    })
    expect(body.media).toEqual({ images: 2, audios: 1, files: 2, bytes: image.length + 7000 + 928 })
    expect(body.message_count).toBe(2)
    expect(body.has_tools).toBe(true)
    expect(body.text_tokens_bound).toBeGreaterThan(2300)
    expect(body.text_tokens_bound).toBeLessThan(3500)
    expect(parse({ model: 'm', messages, tools: [] }).has_tools).toBe(false)
  })

  test('a text hidden in a repeated key inside a message still counts', () => {
    const hidden = 'x'.repeat(10_000)
    const body = parse(`{"model":"m","messages":[{"role":"user","content":"${hidden}","content":"hi"}]}`)
    expect(body.text_tokens_bound).toBeGreaterThan(hidden.length)
  })

  test('escaping text neither hides it from the bound nor counts it six times', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.boolean(), (text, all) => {
        const escaped = text
          .split('')
          .map((unit) => (all || unit > '~' ? `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}` : unit))
          .join('')
        const plain = JSON.stringify({ model: 'm', messages: [{ role: 'user', content: '' }] })
        const content = all || !/["\\\p{Cc}]/u.test(text) ? escaped : JSON.stringify(text).slice(1, -1)
        const body = parse(`{"model":"m","messages":[{"role":"user","content":"${content}"}]}`)
        expect(body.text_tokens_bound - plain.length).toBeGreaterThanOrEqual(Buffer.byteLength(text))
        expect(body.text_tokens_bound - plain.length).toBeLessThanOrEqual(6 * Buffer.byteLength(text) + 64)
      }),
    )
  })

  test('an escaped backslash before a u is text, not an escape', () => {
    const text = '\\u'.repeat(5000)
    expect(parse({ model: 'm', messages: [{ content: text }] }).text_tokens_bound).toBeGreaterThan(text.length)
  })
})
