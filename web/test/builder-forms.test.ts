// What a form of the builder does to JSON: it changes what it shows and leaves everything else as it was.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Json, jsonOf } from '../src/pages/catalogue/json-edit.ts'
import {
  fieldsOf,
  freshName,
  isClosed,
  isNullable,
  kindOf,
  SCHEMA_KINDS,
  unshownIn,
  withClosed,
  withFields,
  withKind,
  withNullable,
} from '../src/pages/catalogue/schema-form.ts'
import { recordOf, rowsOf, wayOf } from '../src/pages/catalogue/value-form.ts'

const name = fc.oneof(fc.constantFrom('answer', 'part_1', '__proto__', '', 'a/b', '1'), fc.string({ maxLength: 6 }))
const remarks = fc.record({ title: fc.string(), description: fc.string(), $comment: fc.string() }, { requiredKeys: [] })
const bound = fc.integer({ min: 0, max: 9 })

/** Schemas as people write them: mostly what the form shows, with words beside it that it does not know. */
const { schema } = fc.letrec<{ readonly schema: unknown }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3 },
    mixed({ type: fc.constant('string') }, { minLength: bound, pattern: fc.string(), format: fc.constant('date') }),
    mixed(
      { type: fc.constantFrom('number', 'integer', ['null', 'number'], ['integer', 'null'], ['number', 'string']) },
      { minimum: bound, multipleOf: bound },
    ),
    mixed({ type: fc.constant('boolean') }, { const: fc.boolean() }),
    mixed({ enum: fc.array(fc.oneof(fc.string(), fc.integer())) }, { type: fc.constant('string') }),
    mixed({ $ref: fc.constant('#/$defs/one') }, {}),
    mixed({ type: fc.constant('array') }, { items: tie('schema'), minItems: bound, uniqueItems: fc.boolean() }),
    mixed(
      { type: fc.constant('object') },
      {
        properties: fc.dictionary(name, tie('schema'), { maxKeys: 4 }),
        required: fc.array(name, { maxLength: 4 }),
        additionalProperties: fc.oneof(fc.boolean(), tie('schema')),
        anyOf: fc.array(tie('schema'), { maxLength: 2 }),
      },
    ),
    fc.boolean(),
    fc.jsonValue({ maxDepth: 2 }),
  ),
}))

function mixed(must: Record<string, fc.Arbitrary<unknown>>, may: Record<string, fc.Arbitrary<unknown>>) {
  return fc
    .tuple(fc.record(must), fc.record(may, { requiredKeys: [] }), remarks)
    .map(([own, more, said]): unknown => ({ ...own, ...more, ...said }))
}

const shownSchema = schema.filter((each): each is Json => kindOf(each) !== null)
const objectSchema = shownSchema.filter((each) => kindOf(each) === 'object')

test('a schema read into its named parts and put together again is the same schema, its order included', () => {
  fc.assert(
    fc.property(objectSchema, (whole) => {
      expect(JSON.stringify(withFields(whole, fieldsOf(whole)))).toBe(JSON.stringify(whole))
    }),
  )
})

test('named parts that were put in are read out as they were put in', () => {
  const field = fc.record({ name, schema, isRequired: fc.boolean() })
  const fields = fc.uniqueArray(field, { selector: (each) => each.name, maxLength: 5 })
  fc.assert(
    fc.property(objectSchema, fields, (whole, next) => {
      const described = fieldsOf(whole).map((each) => each.name)
      const undescribed = [jsonOf(whole)['required']].flat().filter((each) => !described.some((one) => one === each))
      const byName = (list: readonly { readonly name: string }[]) => list.toSorted((a, b) => (a.name < b.name ? -1 : 1))
      // What the schema has required all along without describing it, stays required.
      const expected = next.map((each) => ({
        ...each,
        isRequired: each.isRequired || undescribed.includes(each.name),
      }))
      expect(byName(fieldsOf(withFields(whole, next)))).toEqual(byName(expected))
    }),
  )
})

test('changing the parts of an object leaves everything else that the schema says', () => {
  fc.assert(
    fc.property(objectSchema, (whole) => {
      const { properties: _, required: __, ...rest } = withFields(whole, [])
      const { properties: ___, required: ____, ...before } = whole
      expect(rest).toEqual(before)
    }),
  )
})

test('another kind takes what the form showed and keeps what it did not show', () => {
  fc.assert(
    fc.property(shownSchema, fc.constantFrom(...SCHEMA_KINDS), (whole, kind) => {
      const before = kindOf(whole)
      const next = withKind(whole, kind)
      if (before === null) throw new Error('Only what can be shown is drawn')
      if (before === kind) {
        expect(next).toBe(whole)
        return
      }
      for (const member of unshownIn(whole, before)) expect([next[member]]).toEqual([whole[member]])
      expect([next['description']]).toEqual([whole['description']])
    }),
  )
})

test('an object is closed and opened without a word about anything else', () => {
  fc.assert(
    fc.property(objectSchema, fc.boolean(), (whole, closed) => {
      if (isClosed(whole) === null) return
      const next = withClosed(whole, closed)
      expect(isClosed(next)).toBe(closed)
      const { additionalProperties: _, ...rest } = next
      const { additionalProperties: __, ...before } = whole
      expect(rest).toEqual(before)
    }),
  )
})

test('a value may be null, or no more, without a word about anything else', () => {
  fc.assert(
    fc.property(shownSchema, fc.boolean(), (whole, nullable) => {
      if (whole['type'] === undefined) return
      const next = withNullable(whole, nullable)
      expect([isNullable(next), kindOf(next)]).toEqual([nullable, 'enum' in whole && nullable ? null : kindOf(whole)])
      const { type: _, ...rest } = next
      const { type: __, ...before } = whole
      expect(rest).toEqual(before)
      if (isNullable(whole) === nullable) expect(next).toBe(whole)
    }),
  )
})

test('names with values read into rows and put together again are the same', () => {
  fc.assert(
    fc.property(fc.dictionary(name, fc.jsonValue()), (record) => {
      expect(wayOf(record)).toBe('rows')
      expect(JSON.stringify(recordOf(rowsOf(record)))).toBe(JSON.stringify(record))
    }),
  )
})

test('a fresh name is the name of nothing that is there', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(9)), (numbers) => {
      const taken = numbers.map((number) => `part_${number}`)
      expect(taken).not.toContain(freshName('part_', taken))
    }),
  )
})
