import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inputSchemaOf } from './input-schema.ts'
import { findSchemaFaults, violationsOf } from './json-schema.ts'

const pointersOf = (schema: unknown) => findSchemaFaults(schema, '').map(({ pointer }) => pointer)

test('a bounded schema is taken, and a value that breaks it is told where', () => {
  const schema = {
    type: 'object',
    properties: { a: { type: 'string', maxLength: 3 }, b: { type: 'array', items: { $ref: '#/$defs/row' } } },
    required: ['a'],
    additionalProperties: false,
    $defs: { row: { type: 'object', properties: { kind: { enum: ['x', 'y'] } } } },
  }
  expect(findSchemaFaults(schema, '')).toEqual([])
  expect(violationsOf(schema, { a: 'abc', b: [{ kind: 'x' }] })).toEqual([])
  expect(violationsOf(schema, { b: [{ kind: 'z' }], 'c/d': 1 })).toEqual([
    { pointer: '/a', message: 'is missing' },
    { pointer: '/c~1d', message: 'is not asked for' },
    { pointer: '/b/0/kind', message: 'must be one of x, y' },
  ])
})

test.each([
  ['a remote reference', { $ref: 'https://example.com/schema.json' }, '/$ref'],
  ['a reference into a file', { $ref: '../other.json#/$defs/x' }, '/$ref'],
  ['an identity of its own', { $id: 'https://example.com/x' }, '/$id'],
  ['a reference in a circle', { $ref: '#/$defs/a', $defs: { a: { anyOf: [{ $ref: '#/$defs/a' }] } } }, '/$defs'],
  ['a pattern that explodes', { type: 'string', pattern: '^(a+)+$' }, '/pattern'],
  ['unique items without a bound', { type: 'array', uniqueItems: true }, '/uniqueItems'],
  ['a keyword that is not taken', { properties: { 'a/b': { $dynamicRef: '#x' } } }, '/properties/a~1b/$dynamicRef'],
  ['an unknown format', { format: 'regex' }, '/format'],
  ['no schema at all', 'text', ''],
  ['a type that does not exist', { type: 'strnig' }, ''],
])('%s is refused with its pointer', (_name, schema, pointer) => {
  expect(pointersOf(schema)).toContain(pointer)
})

test('a schema nested without end or large beyond use is refused before anything compiles it', () => {
  const deep = Array.from({ length: 100 }).reduce<object>((inner) => ({ items: inner }), {})
  expect(findSchemaFaults(deep, '')[0]?.message).toMatch(/nested deeper/)
  const wide = { properties: Object.fromEntries(Array.from({ length: 600 }, (_, index) => [`p${index}`, {}])) }
  expect(findSchemaFaults(wide, '')[0]?.message).toMatch(/more than 500/)
})

test('whatever value is given for a schema, judging it ends and throws nothing', () => {
  const keyword = fc.constantFrom(
    'type',
    'items',
    'properties',
    '$ref',
    '$defs',
    'enum',
    'pattern',
    'required',
    'anyOf',
  )
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof({ maxDepth: 5 }, fc.jsonValue(), fc.dictionary(keyword, tie('tree')), fc.array(tie('tree'))),
  }))
  fc.assert(
    fc.property(tree, (schema) => {
      for (const { message } of findSchemaFaults(schema, '')) expect(message).not.toBe('')
    }),
  )
})

test('the schema of an input asks for what is required and for nothing else', () => {
  const field = { label: 'L', required: true }
  const schema = inputSchemaOf({
    input: {
      fields: [
        { ...field, name: 'topic', type: 'text', max_length: 5 },
        { ...field, name: 'due', type: 'date', required: false },
        { ...field, name: 'kind', type: 'select', options: ['a', 'b'] },
        { ...field, name: 'papers', type: 'files', max_files: 2 },
        { ...field, name: 'count', type: 'number', minimum: 1, maximum: 9, required: false },
      ],
    },
  })
  const id = '00000000-0000-7000-8000-000000000001'
  expect(findSchemaFaults(schema, '')).toEqual([])
  expect(violationsOf(schema, { topic: 'abc', due: '2026-01-31', kind: 'a', papers: [id], count: 3 })).toEqual([])
  const broken = { topic: '', due: '31.1.2026', kind: 'c', papers: [], count: 10, more: 1 }
  const pointers = violationsOf(schema, broken).map(({ pointer }) => pointer)
  expect(new Set(pointers)).toEqual(new Set(['/more', '/topic', '/due', '/kind', '/papers', '/count']))
})
