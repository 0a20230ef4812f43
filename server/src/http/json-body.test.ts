import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readJson } from '../kernel/json-text.ts'
import { Problem } from '../kernel/problem.ts'
import { parseJsonBody } from './json-body.ts'

const parse = (text: string): unknown => parseJsonBody(Buffer.from(text))
const nested = (levels: number): string => `${'['.repeat(levels)}0${']'.repeat(levels)}`

/** What a body is refused with: its code, and whether the reason is told. */
function refusalOf(body: Buffer | string): string {
  try {
    parseJsonBody(Buffer.from(body))
    return 'none'
  } catch (error) {
    return error instanceof Problem && error.code === 'malformed_request' ? (error.detail ?? '') : String(error)
  }
}

test('a body means what JSON means', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 8 }), (value) => {
      const text = JSON.stringify(value)
      fc.pre(!/\\u(?:0000|d[89a-f])|__proto__/i.test(text))
      expect(parse(text)).toEqual(readJson(text))
    }),
  )
})

test('an empty body is an empty object', () => {
  expect(parse('')).toEqual({})
})

test('64 levels are read, 65 are not', () => {
  expect(parse(nested(64))).toEqual(JSON.parse(nested(64)))
  expect(refusalOf(nested(65))).toContain('64 levels')
  expect(refusalOf(`{"a":`.repeat(65))).toContain('64 levels')
})

test('brackets within strings nest nothing', () => {
  const text = JSON.stringify({ text: `${'[{'.repeat(500)}"\\` })
  expect(parse(text)).toEqual(JSON.parse(text))
})

test.each(['{', '{"a":1', '{a:1}', "{'a':1}", '[1,]', '1 2', '\uFEFF{}', 'undefined', ' ', '"\n"', '"\0"', ']]][['])(
  '%j is no JSON',
  (text) => {
    expect(refusalOf(text)).toContain('not valid JSON')
  },
)

test.each([[0xc3, 0x28], [0xff], [0xed, 0xa0, 0x80], [0xc0, 0x80], [0xf4, 0x90, 0x80, 0x80]])(
  'bytes %# are no UTF-8',
  (...bytes) => {
    const body = Buffer.concat([Buffer.from('"'), Buffer.from(bytes), Buffer.from('"')])
    expect(refusalOf(body)).toContain('not valid UTF-8')
  },
)

test.each([
  '{"name":"a\\u0000b"}',
  '{"a\\u0000b":1}',
  '["\\ud800"]',
  '{"deep":[{"name":"\\udc00\\ud800"}]}',
  '{"\\uDFFF":1}',
  '{"__proto__":{"is_superadmin":true}}',
  '{"\\u005f_proto__":1}',
  '[[{"a":{"__proto__":1}}]]',
])('%s holds what cannot be kept', (text) => {
  expect(refusalOf(text)).toContain('The body holds')
})

test('an escaped pair is whole, and __proto__ may be said', () => {
  expect(parse('{"text":"\\ud83d\\ude00 __proto__ \\u00e9"}')).toEqual({ text: '😀 __proto__ é' })
})

test('no body reaches a prototype', () => {
  expect(() => parse('{"__proto__":{"polluted":1}}')).toThrow()
  parse('{"constructor":{"prototype":{"polluted":1}}}')
  expect(Reflect.get({}, 'polluted')).toBeUndefined()
})
