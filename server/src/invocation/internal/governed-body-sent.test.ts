import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Problem } from '../../kernel/problem.ts'
import { type GovernedBody, MAX_BODY_DEPTH, parseGovernedBody, rewriteGovernedBody } from './governed-body.ts'

const limits = { max_depth: MAX_BODY_DEPTH }
const messages = [{ role: 'user', content: 'hello' }]
const governed = ['model', 'max_tokens', 'max_completion_tokens', 'n', 'stream', 'stream_options', 'user']

function parse(body: unknown): GovernedBody {
  return parseGovernedBody(Buffer.isBuffer(body) ? body : Buffer.from(asText(body)), limits)
}

function asText(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body)
}

/** Whether the body is taken; a refusal that is none of ours fails the test. */
function isTaken(body: Buffer): boolean {
  try {
    parse(body)
    return true
  } catch (error) {
    if (error instanceof Problem && error.code === 'request_body_refused') return false
    throw error
  }
}

/**
 * The top level of a body as any other reader would see it: decoded keys with the characters of their values. Values are
 * not parsed, for JSON.parse misreads escaped keys (nodejs/node#63785).
 */
function readTop(bytes: Buffer): Map<string, string> {
  const text = bytes.toString('utf8')
  const read = new Map<string, string>()
  const skipSpace = (from: number) => from + (/^[ \t\r\n]*/.exec(text.slice(from))?.[0].length ?? 0)
  let at = skipSpace(skipSpace(0) + 1)
  while (text[at] !== '}') {
    const quoted = /^"(?:[^"\\]|\\.)*"/s.exec(text.slice(at))?.[0] ?? ''
    const start = skipSpace(at + quoted.length) + 1
    let end = start
    while (!isEndOfValue(text, start, end)) end++
    const key: unknown = JSON.parse(quoted)
    if (typeof key !== 'string' || read.has(key)) throw new Error(`key ${quoted}`)
    read.set(key, text.slice(start, end).trim())
    at = text[end] === ',' ? skipSpace(end + 1) : end
  }
  return read
}

function isEndOfValue(text: string, start: number, end: number): boolean {
  if (end > text.length) throw new Error('no value')
  if (text[end] !== ',' && text[end] !== '}') return false
  try {
    JSON.parse(text.slice(start, end))
    return true
  } catch {
    return false
  }
}

function reread(body: GovernedBody, values = body.values): Record<string, unknown> {
  const members = [...readTop(rewriteGovernedBody(body, values))]
  return Object.fromEntries(members.map(([key, value]) => [key, JSON.parse(value)]))
}

describe('what is sent', () => {
  test('every byte but the governed members is the client’s own', () => {
    const text = ' { "a" : 1.0 ,\n"model":"m" , "b":"\\u00e9" ,"max_tokens":5,"messages" : [ { } ], "user":"u" } \n'
    const body = parse(text)
    const sent = rewriteGovernedBody(body, { model: 'upstream', max_tokens: 7 }).toString()
    expect(sent).toBe(
      ' {"model":"upstream","max_tokens":7, "a" : 1.0,"b":"\\u00e9","messages" : [ { } ] } \n'.replace(', "a"', ',"a"'),
    )
  })

  test('governed values can be added, changed and left out', () => {
    const body = parse({ user: 'u', model: 'm', messages, n: 3, stream: true })
    expect(reread(body, { model: 'x', stream: true, stream_options: { include_usage: true } })).toEqual({
      messages,
      model: 'x',
      stream: true,
      stream_options: { include_usage: true },
    })
  })

  const key = fc.oneof(
    fc.constantFrom(
      ...governed.filter((name) => name !== 'model'),
      '__proto__',
      'constructor',
      'toString',
      '',
      '0',
      '"',
      '\\',
      '},{',
    ),
    fc.string({ unit: 'binary', maxLength: 12 }),
  )
  const awkward = fc.constantFrom(
    '{',
    '}',
    '"',
    '\\',
    '\\"',
    ',',
    ':',
    '","model":"x',
    '\ud800',
    '\udc00\ud800',
    '\u0000',
    'é',
    '漢',
    '😀',
  )
  const text = fc.oneof(
    awkward,
    fc.array(awkward, { maxLength: 80 }).map((parts) => parts.join('')),
    fc.string({ maxLength: 200 }),
  )
  const anyValue = fc.letrec((tie) => ({
    node: fc.oneof(
      { maxDepth: 4 },
      text,
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.constantFrom(null, true, false, 0, -0, 1e300),
      fc.array(tie('node'), { maxLength: 4 }),
      fc.dictionary(text, tie('node'), { maxKeys: 4 }),
    ),
  })).node
  const valid = new Map<string, fc.Arbitrary<unknown>>([
    ['max_tokens', fc.integer({ min: 1, max: 1e9 })],
    ['max_completion_tokens', fc.option(fc.integer({ min: 1, max: 1e9 }))],
    ['n', fc.integer({ min: 1, max: 128 })],
    ['stream', fc.option(fc.boolean())],
    ['stream_options', fc.record({ include_usage: fc.boolean(), extra: anyValue })],
    ['user', fc.string({ maxLength: 20 }).filter((name) => !name.includes('\u0000'))],
  ])
  const space = fc.constantFrom('', '', ' ', '\n\t', '  \r\n ')
  const member = key.chain((name) =>
    fc.record({
      name: fc.constant(name),
      value: valid.get(name) ?? anyValue,
      gaps: fc.array(space, { minLength: 4, maxLength: 4 }),
      escaped: fc.boolean(),
    }),
  )
  const folds = (name: string) => !governed.includes(name) && governed.includes(name.toUpperCase().toLowerCase())
  const writtenKey = (name: string, escaped: boolean) =>
    escaped
      ? `"${name
          .split('')
          .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
          .join('')}"`
      : JSON.stringify(name)

  const wholeBody = fc
    .uniqueArray(member, { selector: (entry) => entry.name, maxLength: 12 })
    .map((members) =>
      members.filter((entry) => !folds(entry.name) && entry.name !== 'model' && entry.name !== 'messages'),
    )
    .chain((members) =>
      fc.shuffledSubarray(
        [
          ...members,
          { name: 'model', value: 'm', gaps: ['', ' ', '', ''], escaped: false },
          { name: 'messages', value: messages, gaps: ['', '', '', '\n'], escaped: false },
        ],
        { minLength: members.length + 2 },
      ),
    )
  const written = (members: readonly { name: string; value: unknown; gaps: readonly string[]; escaped: boolean }[]) =>
    `{${members
      .map(
        ({ name, value, gaps, escaped }) =>
          `${gaps[0]}${writtenKey(name, escaped)}${gaps[1]}:${gaps[2]}${JSON.stringify(value)}${gaps[3]}`,
      )
      .join(',')}}`

  const withoutNull = (value: string | undefined) => (value === 'null' ? undefined : value)

  test('whatever the body, what is sent equals it but for the governed fields', () => {
    fc.assert(
      fc.property(wholeBody, (members) => {
        const source = written(members)
        const original = new Map(members.map((entry) => [entry.name, JSON.stringify(entry.value)]))
        const body = parse(source)
        const sent = readTop(rewriteGovernedBody(body, { model: 'upstream', max_completion_tokens: 9 }))
        const expected = new Map([...original].filter(([name]) => !governed.includes(name)))
        expect(sent).toEqual(expected.set('model', '"upstream"').set('max_completion_tokens', '9'))
        const same = readTop(rewriteGovernedBody(body, body.values))
        for (const name of governed) expect(same.get(name)).toBe(withoutNull(original.get(name)))
      }),
      { numRuns: 500 },
    )
  })

  test('whatever the bytes, a body is refused or right, and never anything else', () => {
    const cut = fc
      .tuple(wholeBody.map(written), fc.nat(), fc.nat(), fc.uint8Array({ maxLength: 6 }))
      .map(([source, from, length, inserted]) => {
        const bytes = Buffer.from(source)
        const start = from % (bytes.length + 1)
        return Buffer.concat([bytes.subarray(0, start), inserted, bytes.subarray(start + (length % 8))])
      })
    const fragments = fc
      .array(
        fc.constantFrom(
          '{',
          '}',
          '[',
          ']',
          '"',
          ',',
          ':',
          '\\',
          'model',
          '"model":"m"',
          '"messages":[{}]',
          ' ',
          '1',
          'null',
        ),
        { maxLength: 30 },
      )
      .map((parts) => Buffer.from(parts.join('')))
    fc.assert(
      fc.property(
        fc.oneof(
          cut,
          fragments,
          fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array)),
        ),
        (bytes) => {
          if (!isTaken(bytes)) return
          const body = parse(bytes)
          const expected = readTop(bytes)
          for (const name of governed) expected.delete(name)
          expect(readTop(rewriteGovernedBody(body, { model: 'x' }))).toEqual(expected.set('model', '"x"'))
        },
      ),
      { numRuns: 2000 },
    )
  })

  test('hostile strings take time in proportion to their length', () => {
    for (const unit of ['\\"', '\\\\', '\\n', '\\u0022', 'a', '"],["', ' ']) {
      const count = Math.floor(1_000_000 / unit.length)
      const content =
        unit === '"],["'
          ? `[["${unit.repeat(count)}"]]`
          : unit === ' '
            ? `[${unit.repeat(count)}]`
            : `"${unit.repeat(count)}"`
      const body = parse(`{"model":"m","x":${content},"messages":[{}]}`)
      expect(rewriteGovernedBody(body, { model: 'm' }).length).toBeGreaterThan(999_000)
    }
  })
})
