/**
 * The rows of the tables, one type per scenario. Times are microseconds and memory is bytes; errors are calls that were not
 * answered as asked.
 */

/** A figure that may be absent: not measurable here, or nothing to measure. */
export type Maybe = number | undefined

export type ThroughputRow = {
  readonly gateway: string
  readonly mode: 'plain' | 'stream'
  readonly callers: number
  readonly organisations: number
  readonly calls_per_s: Maybe
  readonly p50_us: Maybe
  readonly p99_us: Maybe
  readonly gateway_cpu_us_per_call: Maybe
  readonly database_cpu_us_per_call: Maybe
  readonly resident_bytes: Maybe
  readonly database_bytes: Maybe
  readonly errors: number
  readonly first_error: string | undefined
  /** Cores used by the upstream, by the generator, and by strangers on the machine. */
  readonly upstream_cores: Maybe
  readonly load_cores: Maybe
  readonly foreign_cores: Maybe
}

export type LatencyRow = {
  readonly gateway: string
  readonly p50_us: Maybe
  readonly p99_us: Maybe
  /** Beyond the direct call of the same round. */
  readonly added_p50_us: Maybe
  readonly added_p99_us: Maybe
  readonly gateway_cpu_us_per_call: Maybe
  readonly database_cpu_us_per_call: Maybe
  readonly errors: number
  readonly first_error: string | undefined
}

export type StreamingRow = {
  readonly gateway: string
  readonly added_first_chunk_p50_us: Maybe
  readonly added_first_chunk_p99_us: Maybe
  readonly added_chunk_p50_us: Maybe
  readonly added_chunk_p99_us: Maybe
  readonly streams: number
  readonly errors: number
  readonly first_error: string | undefined
}

export type OpenStreamsRow = {
  readonly gateway: string
  readonly asked: number
  readonly open_at_once: number
  readonly errors: number
  readonly first_error: string | undefined
  readonly bytes_per_stream: Maybe
  readonly resident_bytes: Maybe
  readonly first_chunk_p50_us: Maybe
  readonly first_chunk_p99_us: Maybe
}

export type HistoryRow = {
  readonly gateway: string
  readonly past_executions: number
  readonly p50_us: Maybe
  readonly added_p50_us: Maybe
  readonly calls_per_s_at_64: Maybe
  readonly errors: number
  readonly first_error: string | undefined
}

export type RefusalRow = {
  readonly gateway: string
  readonly nodes: number
  readonly attempts: number
  /** How many calls the wallet could pay for. */
  readonly funded_calls: number
  readonly granted: number
  readonly refused: number
  /** Neither answered nor refused for want of money. */
  readonly other_answers: number
  /** What the database says afterwards. */
  readonly charged_calls: number
  readonly balance_micros: number
  readonly held_micros: number
  readonly calls_per_s: number
}

export type Results = {
  readonly open_streams: readonly OpenStreamsRow[]
  readonly throughput: readonly ThroughputRow[]
  readonly latency: readonly LatencyRow[]
  readonly streaming: readonly StreamingRow[]
  readonly governed: readonly ThroughputRow[]
  readonly history: readonly HistoryRow[]
  readonly refusal: readonly RefusalRow[]
}

/** The median; of an even number of values the lower one of the middle two. */
export function medianOf(values: readonly Maybe[]): Maybe {
  const known = values.filter((value) => value !== undefined).sort((a, b) => a - b)
  return known[Math.floor((known.length - 1) / 2)]
}

export function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}

export function minus(value: Maybe, base: Maybe): Maybe {
  return value === undefined || base === undefined ? undefined : value - base
}

export function plus(a: Maybe, b: Maybe): Maybe {
  return a === undefined || b === undefined ? undefined : a + b
}

/** A ratio, absent when what it is measured against is nothing or lost in noise. */
export function ratioOf(value: Maybe, base: Maybe): Maybe {
  return value === undefined || base === undefined || base <= 0 ? undefined : value / base
}
