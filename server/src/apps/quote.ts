// What a run costs: said before it starts, from the input alone, and charged exactly so (requirements 1.8 and 4.9).

import type { AppContract } from './contract.ts'

/** What of an input its price rests on. */
export type InputMeasure = {
  /** Bytes of all its files. */
  readonly bytes: number
  /** UTF-16 code units of all its texts. */
  readonly chars: number
  /** How many files it names. */
  readonly items: number
}

/** Amounts above this are no amounts (`kernel/money.ts`); no contract that passes its checks comes near it. */
const HIGHEST_MICROS = 9_000_000_000_000_000n

/**
 * The price of a run in micro-units: the base, and each part in proportion, rounded up once. Pure and monotone in the
 * measure. Throws a RangeError for a measure that is no count, or a price beyond 9 × 10¹⁵.
 */
export function quoteOf({ pricing }: Pick<AppContract, 'pricing'>, measure: InputMeasure): number {
  const { per_input_megabyte_micros = 0, per_input_kilochar_micros = 0, per_item_micros = 0 } = pricing
  const millionths =
    BigInt(per_input_megabyte_micros) * countOf(measure.bytes) +
    BigInt(per_input_kilochar_micros) * 1000n * countOf(measure.chars) +
    BigInt(per_item_micros) * 1_000_000n * countOf(measure.items)
  const micros = BigInt(pricing.base_micros) + (millionths + 999_999n) / 1_000_000n
  if (micros > HIGHEST_MICROS) throw new RangeError(`A price of ${micros} micro-units is beyond what can be held`)
  return Number(micros)
}

function countOf(count: number): bigint {
  if (!Number.isSafeInteger(count) || count < 0) throw new RangeError(`${count} is no count`)
  return BigInt(count)
}

/**
 * Measures an input that keeps the app's input schema; `bytesOf` gives the size of a file by its id. Text is what fields of
 * type text hold; choices, dates and numbers weigh nothing.
 */
export function measureOf(
  { input }: Pick<AppContract, 'input'>,
  value: Readonly<Record<string, unknown>>,
  bytesOf: (file_id: string) => number,
): InputMeasure {
  const files = input.fields.flatMap((field) => filesIn(field.type, value[field.name]))
  const texts = input.fields.map((field) => (field.type === 'text' ? value[field.name] : undefined))
  return {
    bytes: files.reduce((sum, file_id) => sum + bytesOf(file_id), 0),
    chars: texts.reduce<number>((sum, text) => sum + (typeof text === 'string' ? text.length : 0), 0),
    items: files.length,
  }
}

function filesIn(type: string, value: unknown): readonly string[] {
  if (type === 'file' && typeof value === 'string') return [value]
  if (type !== 'files' || !Array.isArray(value)) return []
  return value.filter((each) => typeof each === 'string')
}
