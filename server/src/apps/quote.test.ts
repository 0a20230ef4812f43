import fc from 'fast-check'
import { expect, test } from 'vitest'
import { measureOf, quoteOf } from './quote.ts'

const pricing = {
  base_micros: 100_000,
  per_input_megabyte_micros: 50_000,
  per_input_kilochar_micros: 2_000,
  per_item_micros: 7,
}
const none = { bytes: 0, chars: 0, items: 0 }

test('a run costs its base and each part in proportion, rounded up once', () => {
  expect(quoteOf({ pricing }, none)).toBe(100_000)
  expect(quoteOf({ pricing }, { bytes: 1_000_000, chars: 1_000, items: 1 })).toBe(152_007)
  expect(quoteOf({ pricing }, { bytes: 1, chars: 1, items: 0 })).toBe(100_003)
  expect(quoteOf({ pricing: { base_micros: 5 } }, { bytes: 9e9, chars: 9e9, items: 9 })).toBe(5)
})

test('a larger input is never cheaper, and a price is always a whole amount', () => {
  const count = fc.nat({ max: 2_000_000_000 })
  const measure = fc.record({ bytes: count, chars: count, items: fc.nat({ max: 1000 }) })
  fc.assert(
    fc.property(measure, measure, (a, b) => {
      const sum = { bytes: a.bytes + b.bytes, chars: a.chars + b.chars, items: a.items + b.items }
      const price = quoteOf({ pricing }, a)
      expect(Number.isSafeInteger(price)).toBe(true)
      expect(quoteOf({ pricing }, sum)).toBeGreaterThanOrEqual(price)
    }),
  )
})

test('a measure that is no count has no price', () => {
  expect(() => quoteOf({ pricing }, { ...none, bytes: -1 })).toThrow(RangeError)
  expect(() => quoteOf({ pricing }, { ...none, chars: 0.5 })).toThrow(RangeError)
})

test('a price beyond what can be held is refused instead of being wrong', () => {
  const dear = { base_micros: 0, per_input_megabyte_micros: 1_000_000_000_000 }
  expect(() => quoteOf({ pricing: dear }, { ...none, bytes: 1e12 })).toThrow(RangeError)
})

test('the measure counts the text of text fields and every file once', () => {
  const input = {
    fields: [
      { name: 'a', label: 'A', type: 'text' as const, required: true },
      { name: 'b', label: 'B', type: 'select' as const, required: true, options: ['long option'] },
      { name: 'c', label: 'C', type: 'file' as const, required: true },
      { name: 'd', label: 'D', type: 'files' as const, required: false },
    ],
  }
  const sizes = new Map([
    ['x', 10],
    ['y', 20],
    ['z', 30],
  ])
  const value = { a: 'four', b: 'long option', c: 'x', d: ['y', 'z'] }
  expect(measureOf({ input }, value, (id) => sizes.get(id) ?? 0)).toEqual({ bytes: 60, chars: 4, items: 3 })
  expect(measureOf({ input }, {}, () => 1)).toEqual(none)
})
