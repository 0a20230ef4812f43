// Money is integer micro-units of the deployment's one currency; tokens are integers. Neither is ever a fraction.

/** The largest amount or count Reeve handles; above it a JavaScript number is no longer exact. */
export const MAX_AMOUNT = Number.MAX_SAFE_INTEGER

export type TokenUsage = {
  readonly input_tokens: number
  readonly cached_input_tokens: number
  readonly output_tokens: number
}

/** Micro-units per million tokens. */
export type TokenPrice = {
  readonly input_micros_per_mtok: number
  readonly cached_input_micros_per_mtok: number
  readonly output_micros_per_mtok: number
}

/**
 * What a usage costs, in micro-units: `ceil(Σ tokens × price / 10⁶)`, rounded up once. Cached input tokens are part of
 * the input tokens and priced on their own. Computed in bigint: no amount is ever inexact.
 */
export function costMicros(usage: TokenUsage, price: TokenPrice): number {
  const cached = Math.min(usage.cached_input_tokens, usage.input_tokens)
  const sum =
    BigInt(usage.input_tokens - cached) * BigInt(price.input_micros_per_mtok) +
    BigInt(cached) * BigInt(price.cached_input_micros_per_mtok) +
    BigInt(usage.output_tokens) * BigInt(price.output_micros_per_mtok)
  const micros = (sum + 999_999n) / 1_000_000n
  return micros > BigInt(MAX_AMOUNT) ? MAX_AMOUNT : Number(micros)
}

/** An amount for people, e.g. `12.345678 EUR` without superfluous zeros (always at least two decimals). */
export function formatMicros(amount_micros: number, currency: string): string {
  const sign = amount_micros < 0 ? '-' : ''
  const digits = Math.abs(amount_micros).toString().padStart(7, '0')
  const fraction = digits.slice(-6).replace(/0{1,4}$/, '')
  return `${sign}${digits.slice(0, -6)}.${fraction} ${currency}`
}
