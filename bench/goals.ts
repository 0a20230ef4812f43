/**
 * The figures Reeve must reach and those it aims for, judged by what one run measured. A figure whose rows are missing is not
 * measured; it is never passed.
 */
import {
  type HistoryRow,
  type LatencyRow,
  type Maybe,
  type OpenStreamsRow,
  type RefusalRow,
  plus,
  ratioOf,
  type Results,
  type StreamingRow,
  type ThroughputRow,
} from './figures.ts'

/** A negative figure is an added time below the direct call's own: the run was too noisy to say. */
export type Verdict = 'aim reached' | 'passed' | 'FAILED' | 'not measured' | 'lost in noise'

export type Unit = 'ratio' | 'us' | 'bytes' | 'count' | 'per_s'

export type Judgement = {
  readonly figure: string
  readonly unit: Unit
  readonly bound: 'at least' | 'at most'
  readonly must: number
  readonly aim: number
  readonly value: number | undefined
  readonly verdict: Verdict
}

function judge(
  figure: string,
  unit: Unit,
  bound: Judgement['bound'],
  must: number,
  aim: number,
  value: Maybe,
): Judgement {
  const meets = (limit: number) => value !== undefined && (bound === 'at least' ? value >= limit : value <= limit)
  const reached: Verdict = meets(aim) ? 'aim reached' : meets(must) ? 'passed' : 'FAILED'
  const verdict = value === undefined ? 'not measured' : value < 0 && unit !== 'count' ? 'lost in noise' : reached
  return { figure, unit, bound, must, aim, value, verdict }
}

function findRow<T extends { readonly gateway: string }>(rows: readonly T[], gateway: string): T | undefined {
  return rows.find((row) => row.gateway === gateway)
}

function judgeThroughput(rows: readonly ThroughputRow[]): Judgement[] {
  const busy = rows.filter(({ mode, callers }) => mode === 'plain' && callers === 64)
  const [reeve, portkey, nginx] = ['reeve', 'portkey', 'nginx'].map((name) => findRow(busy, name))
  const whole_us = plus(reeve?.gateway_cpu_us_per_call, reeve?.database_cpu_us_per_call)
  const gateway_share = ratioOf(reeve?.gateway_cpu_us_per_call, portkey?.gateway_cpu_us_per_call)
  const whole_share = ratioOf(whole_us, portkey?.gateway_cpu_us_per_call)
  return [
    judge(
      'calls/s against Portkey, 64 callers',
      'ratio',
      'at least',
      2,
      4,
      ratioOf(reeve?.calls_per_s, portkey?.calls_per_s),
    ),
    judge(
      'calls/s against nginx, 64 callers',
      'ratio',
      'at least',
      0.1,
      0.16,
      ratioOf(reeve?.calls_per_s, nginx?.calls_per_s),
    ),
    judge('gateway CPU per call against Portkey', 'ratio', 'at most', 1 / 3, 1 / 4, gateway_share),
    judge('the same with PostgreSQL', 'ratio', 'at most', 1 / 3, 1 / 4, whole_share),
  ]
}

function judgeLatency(rows: readonly LatencyRow[]): Judgement[] {
  const [reeve, portkey] = ['reeve', 'portkey'].map((name) => findRow(rows, name))
  const p50 = ratioOf(reeve?.added_p50_us, portkey?.added_p50_us)
  const p99 = ratioOf(reeve?.added_p99_us, portkey?.added_p99_us)
  return [
    judge('added p50 at 200 calls/s against Portkey', 'ratio', 'at most', 1, 0.7, p50),
    judge('added p99 at 200 calls/s against Portkey', 'ratio', 'at most', 0.6, 0.35, p99),
  ]
}

function judgeStreaming(rows: readonly StreamingRow[]): Judgement[] {
  const [reeve, portkey, nginx] = ['reeve', 'portkey', 'nginx'].map((name) => findRow(rows, name))
  const first = reeve?.added_first_chunk_p50_us
  const first_of_portkey = ratioOf(first, portkey?.added_first_chunk_p50_us)
  const first_of_nginx = ratioOf(first, nginx?.added_first_chunk_p50_us)
  const chunk_of_nginx = ratioOf(reeve?.added_chunk_p50_us, nginx?.added_chunk_p50_us)
  return [
    judge('added time to first token (p50) against Portkey', 'ratio', 'at most', 1 / 15, 1 / 25, first_of_portkey),
    judge('added time to first token (p50) against nginx', 'ratio', 'at most', 12, 6, first_of_nginx),
    judge('added per-chunk p50 against nginx', 'ratio', 'at most', 2, 1.5, chunk_of_nginx),
    judge('added per-chunk p99', 'us', 'at most', 1000, 500, reeve?.added_chunk_p99_us),
  ]
}

function judgeOpenStreams(rows: readonly OpenStreamsRow[]): Judgement[] {
  const reeve = findRow(rows, 'reeve')
  const without_error = reeve === undefined ? undefined : reeve.errors === 0 ? reeve.open_at_once : 0
  return [
    judge('memory per open stream', 'bytes', 'at most', 40_000, 30_000, reeve?.bytes_per_stream),
    judge('streams open at once without error', 'count', 'at least', 2000, 5000, without_error),
  ]
}

function judgeGoverned(rows: readonly ThroughputRow[]): Judgement[] {
  const rates = rows.filter(({ organisations }) => organisations === 1).map(({ calls_per_s }) => calls_per_s ?? 0)
  const best = rates.length === 0 ? undefined : Math.max(...rates)
  return [judge('governed calls/s on one wallet, one node', 'per_s', 'at least', 5000, 20_000, best)]
}

function judgeHistory(rows: readonly HistoryRow[]): Judgement[] {
  const added = (past: number) => rows.find(({ past_executions }) => past_executions === past)?.added_p50_us
  const growth = ratioOf(added(1_000_000), added(10_000))
  return [judge('added p50 at 10⁶ past executions against 10⁴', 'ratio', 'at most', 1.2, 1.05, growth)]
}

/** Granted beyond the wallet, or charged without an answer, is overspend; refused though there was money is not exact. */
function judgeRefusal(rows: readonly RefusalRow[]): Judgement[] {
  const [row] = rows
  const over = row === undefined ? undefined : Math.max(row.granted, row.charged_calls) - row.funded_calls
  const under = row === undefined ? undefined : row.funded_calls - Math.min(row.granted, row.charged_calls)
  return [
    judge('calls beyond the wallet, 28,800 attempts, 3 nodes', 'count', 'at most', 0, 0, over),
    judge('calls refused though the wallet had money', 'count', 'at most', 0, 0, under),
  ]
}

/** Judges everything the run can say about the goals. */
export function judgeResults(results: Results): Judgement[] {
  return [
    ...judgeThroughput(results.throughput),
    ...judgeLatency(results.latency),
    ...judgeStreaming(results.streaming),
    ...judgeOpenStreams(results.open_streams),
    ...judgeGoverned(results.governed),
    ...judgeHistory(results.history),
    ...judgeRefusal(results.refusal),
  ]
}
