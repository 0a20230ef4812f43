// What a provider says a call used.

/** Tokens as the provider reports them. `cached_input_tokens` is the part of `input_tokens` that came from its cache. */
export type UpstreamUsage = {
  readonly input_tokens: number
  readonly cached_input_tokens: number
  readonly output_tokens: number
}

const MOST_TOKENS = 9_000_000_000_000_000

/** Reads OpenAI's `usage`; null when its counts are no counts, for a report that cannot be trusted in part is none. */
export function parseUsage(value: unknown): UpstreamUsage | null {
  if (!isRecord(value)) return null
  const input = value['prompt_tokens']
  const output = value['completion_tokens'] ?? 0
  if (!isCount(input) || !isCount(output)) return null
  const details = value['prompt_tokens_details']
  const cached = isRecord(details) ? details['cached_tokens'] : 0
  return {
    input_tokens: input,
    cached_input_tokens: isCount(cached) && cached <= input ? cached : 0,
    output_tokens: output,
  }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && typeof value === 'number' && value >= 0 && value <= MOST_TOKENS
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
