import fc from 'fast-check'
import { expect, test } from 'vitest'
import { costMicros, formatMicros, MAX_AMOUNT } from './money.ts'

const tokens = fc.nat(2_000_000)
const price = fc.nat(1_000_000_000)
const usages = fc
  .record({ input_tokens: tokens, cached_share: fc.double({ min: 0, max: 1, noNaN: true }), output_tokens: tokens })
  .map(({ input_tokens, cached_share, output_tokens }) => ({
    input_tokens,
    cached_input_tokens: Math.floor(input_tokens * cached_share),
    output_tokens,
  }))
const prices = fc.record({
  input_micros_per_mtok: price,
  cached_input_micros_per_mtok: price,
  output_micros_per_mtok: price,
})

test('a cost is the exact sum of tokens times prices, rounded up once', () => {
  fc.assert(
    fc.property(usages, prices, (usage, rate) => {
      // Millionths of a micro, as an exact fraction: numerator over 10⁶.
      const numerator =
        BigInt(usage.input_tokens - usage.cached_input_tokens) * BigInt(rate.input_micros_per_mtok) +
        BigInt(usage.cached_input_tokens) * BigInt(rate.cached_input_micros_per_mtok) +
        BigInt(usage.output_tokens) * BigInt(rate.output_micros_per_mtok)
      const cost = BigInt(costMicros(usage, rate))
      expect(cost * 1_000_000n >= numerator).toBe(true)
      expect((cost - 1n) * 1_000_000n < numerator).toBe(true)
    }),
    { numRuns: 1000 },
  )
})

test('a cost is rounded up once and not once for each kind of token', () => {
  const rate = {
    input_micros_per_mtok: 400_000,
    cached_input_micros_per_mtok: 300_000,
    output_micros_per_mtok: 300_000,
  }
  expect(costMicros({ input_tokens: 2, cached_input_tokens: 1, output_tokens: 1 }, rate)).toBe(1)
  expect(costMicros({ input_tokens: 0, cached_input_tokens: 0, output_tokens: 0 }, rate)).toBe(0)
})

test('more use never costs less', () => {
  fc.assert(
    fc.property(usages, prices, tokens, tokens, (usage, rate, more_input, more_output) => {
      const more = {
        ...usage,
        input_tokens: usage.input_tokens + more_input,
        output_tokens: usage.output_tokens + more_output,
      }
      expect(costMicros(more, rate)).toBeGreaterThanOrEqual(costMicros(usage, rate))
    }),
  )
})

test('cached tokens beyond the input are not counted twice', () => {
  const rate = { input_micros_per_mtok: 1_000_000, cached_input_micros_per_mtok: 1_000_000, output_micros_per_mtok: 0 }
  expect(costMicros({ input_tokens: 10, cached_input_tokens: 99, output_tokens: 0 }, rate)).toBe(10)
})

test('a cost that is too large to be exact stays the largest amount there is', () => {
  const usage = { input_tokens: MAX_AMOUNT, cached_input_tokens: 0, output_tokens: MAX_AMOUNT }
  const rate = {
    input_micros_per_mtok: MAX_AMOUNT,
    cached_input_micros_per_mtok: 0,
    output_micros_per_mtok: MAX_AMOUNT,
  }
  expect(costMicros(usage, rate)).toBe(MAX_AMOUNT)
})

test.each([
  [0, '0.00 EUR'],
  [1, '0.000001 EUR'],
  [-1, '-0.000001 EUR'],
  [10_000, '0.01 EUR'],
  [1_500_000, '1.50 EUR'],
  [12_345_678, '12.345678 EUR'],
  [-12_340_000, '-12.34 EUR'],
  [MAX_AMOUNT, '9007199254.740991 EUR'],
])('%d micros are shown as %s', (amount_micros, text) => {
  expect(formatMicros(amount_micros, 'EUR')).toBe(text)
})
