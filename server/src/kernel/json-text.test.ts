import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readJson } from './json-text.ts'

/** JSON of the same value with characters of keys and texts written as escapes, and with space between. */
const writtenWith = (isEscaped: boolean, space: string) => {
  const quoted = (text: string): string =>
    isEscaped
      ? `"${text
          .split('')
          .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
          .join('')}"`
      : JSON.stringify(text)
  const written = (value: unknown): string => {
    if (typeof value === 'string') return quoted(value)
    if (Array.isArray(value)) return `[${space}${value.map(written).join(`${space},`)}]`
    if (typeof value !== 'object' || value === null) return JSON.stringify(value)
    const members = Object.entries(value).map(([key, member]) => `${quoted(key)}${space}:${space}${written(member)}`)
    return `{${members.join(`,${space}`)}${space}}`
  }
  return written
}

test('a key is read as it is written, even after texts made to confuse the parser', () => {
  for (let i = 0; i < 1000; i++) readJson(String.raw`{"a":1,"\\u00":2}`)
  expect(readJson(String.raw`{"a":1,"\u0074ype":2}`)).toEqual({ a: 1, type: 2 })
  for (let i = 0; i < 1000; i++) readJson(String.raw`{"a":{"b":1,"\\":2}}`)
  expect(readJson(String.raw`{"a":{"b":1,"\"" :2}}`)).toEqual({ a: { b: 1, '"': 2 } })
})

test('whatever the value and however it is written, it is read as it was', () => {
  const key = fc.oneof(fc.constantFrom('\\', '"', '\\"', '\n', '__proto__', 'a', 'toString', ''), fc.string())
  const node = fc.letrec<{ node: unknown }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 4 },
      fc.oneof(fc.string({ unit: 'binary' }), fc.integer(), fc.constantFrom(null, true, false, 0.5, 1e300, '\\', '":')),
      fc.array(tie('node'), { maxLength: 4 }),
      fc.uniqueArray(fc.tuple(key, tie('node')), { selector: ([name]) => name, maxLength: 4 }).map(Object.fromEntries),
    ),
  })).node
  fc.assert(
    fc.property(node, fc.boolean(), fc.constantFrom('', ' ', '\r\n\t'), (value, isEscaped, space) => {
      expect(readJson(writtenWith(isEscaped, space)(value))).toStrictEqual(value)
    }),
    { numRuns: 1000 },
  )
})

test('of a repeated key the last counts, with escapes as without', () => {
  expect(readJson('{"a":1,"a":2}')).toEqual({ a: 2 })
  expect(readJson(String.raw`{"a":1,"\u0061":2,"a":[3]}`)).toEqual({ a: [3] })
})

test('what is not JSON is refused as JSON.parse refuses it', () => {
  for (const text of ['', '{', '{"\\u00":1}', String.raw`{"\n":01}`, '[1,]', '"\\x"', `{"a\\":1}`]) {
    expect(() => readJson(text)).toThrow(SyntaxError)
  }
})

test('hostile texts take time in proportion to their length', () => {
  for (const unit of [String.raw`\"`, String.raw`\\`, String.raw`\n`, '":', '","', ' ']) {
    const inside = unit.startsWith('"') ? 'a","b":"'.repeat(250_000) : unit.repeat(1_000_000)
    expect(readJson(unit === ' ' ? `{"a"${inside}:1}` : `{"\\n":"${inside}"}`)).toBeTypeOf('object')
  }
})
