/**
 * The tables of a run, as Markdown that reads well in a terminal and can be pasted into `docs/benchmark.md`.
 */
import {
  type HistoryRow,
  type LatencyRow,
  type Maybe,
  type OpenStreamsRow,
  ratioOf,
  type RefusalRow,
  type Results,
  type StreamingRow,
  type ThroughputRow,
} from './figures.ts'
import type { Judgement, Unit } from './goals.ts'

/** Where and when a run was made: figures mean nothing without it. */
export type Surroundings = {
  readonly date: string
  readonly machine: string
  readonly cores: string
  readonly node: string
  readonly nginx: string
  /** One fdatasync where the databases lie. */
  readonly sync_us: number
  readonly load_before: number
  readonly load_after: number
  readonly settings: string
}

export type Report = {
  readonly surroundings: Surroundings
  readonly notes: readonly string[]
  readonly results: Results
  readonly goals: readonly Judgement[]
}

const ABSENT = '–'

function show(value: Maybe, digits = 0): string {
  if (value === undefined) return ABSENT
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })
}

function showMs(value_us: Maybe): string {
  return show(value_us === undefined ? undefined : value_us / 1000, 2)
}

function showScaled(bytes: Maybe, unit_bytes: number, digits = 0): string {
  return show(bytes === undefined ? undefined : bytes / unit_bytes, digits)
}

function showErrors(row: { readonly errors: number; readonly first_error: string | undefined }): string {
  return row.first_error === undefined ? show(row.errors) : `${show(row.errors)} (${row.first_error})`
}

function formatTable(title: string, header: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return ''
  const widths = header.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column]?.length ?? 0)))
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, n) => (n === 0 ? cell.padEnd(widths[n] ?? 0) : cell.padStart(widths[n] ?? 0))).join(' | ')} |`
  const rule = `|${widths.map((width, n) => (n === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`
  return [`### ${title}`, '', line(header), rule, ...rows.map(line), ''].join('\n')
}

function formatThroughput(title: string, rows: readonly ThroughputRow[]): string {
  return formatTable(
    title,
    [
      'gateway',
      'callers',
      'calls/s',
      'p50 ms',
      'p99 ms',
      'CPU µs/call',
      'PostgreSQL µs/call',
      'RSS MB',
      'PostgreSQL MB',
      'errors',
      'cores: upstream, load, foreign',
    ],
    rows.map((row) => [
      row.organisations > 1 ? `${row.gateway}, ${row.organisations} organisations` : row.gateway,
      show(row.callers),
      show(row.calls_per_s),
      showMs(row.p50_us),
      showMs(row.p99_us),
      show(row.gateway_cpu_us_per_call, 1),
      show(row.database_cpu_us_per_call, 1),
      showScaled(row.resident_bytes, 1e6),
      showScaled(row.database_bytes, 1e6),
      showErrors(row),
      `${show(row.upstream_cores, 2)}, ${show(row.load_cores, 2)}, ${show(row.foreign_cores, 2)}`,
    ]),
  )
}

function formatLatency(rows: readonly LatencyRow[]): string {
  return formatTable(
    'Latency at a fixed 200 calls/s (open loop)',
    ['gateway', 'p50 ms', 'p99 ms', 'added p50 ms', 'added p99 ms', 'CPU µs/call', 'PostgreSQL µs/call', 'errors'],
    rows.map((row) => [
      row.gateway,
      showMs(row.p50_us),
      showMs(row.p99_us),
      showMs(row.added_p50_us),
      showMs(row.added_p99_us),
      show(row.gateway_cpu_us_per_call, 1),
      show(row.database_cpu_us_per_call, 1),
      showErrors(row),
    ]),
  )
}

function formatStreaming(rows: readonly StreamingRow[]): string {
  return formatTable(
    'Streams as they are read (20 at a time, 50 chunks, 20 ms apart)',
    ['gateway', 'added first chunk p50 ms', 'p99 ms', 'added per chunk p50 µs', 'p99 µs', 'streams', 'errors'],
    rows.map((row) => [
      row.gateway,
      showMs(row.added_first_chunk_p50_us),
      showMs(row.added_first_chunk_p99_us),
      show(row.added_chunk_p50_us),
      show(row.added_chunk_p99_us),
      show(row.streams),
      showErrors(row),
    ]),
  )
}

function formatOpenStreams(rows: readonly OpenStreamsRow[]): string {
  return formatTable(
    'Open streams (a chunk every 500 ms each, 500 opened a second)',
    ['gateway', 'asked', 'open at once', 'errors', 'KB per stream', 'RSS MB', 'first chunk p50 ms', 'p99 ms'],
    rows.map((row) => [
      row.gateway,
      show(row.asked),
      show(row.open_at_once),
      showErrors(row),
      showScaled(row.bytes_per_stream, 1000, 1),
      showScaled(row.resident_bytes, 1e6),
      showMs(row.first_chunk_p50_us),
      showMs(row.first_chunk_p99_us),
    ]),
  )
}

function formatHistory(rows: readonly HistoryRow[]): string {
  return formatTable(
    'One organisation with a past',
    ['gateway', 'past executions', 'p50 ms, 1 caller', 'added p50 ms', 'calls/s, 64 callers', 'errors'],
    rows.map((row) => [
      row.gateway,
      show(row.past_executions),
      showMs(row.p50_us),
      showMs(row.added_p50_us),
      show(row.calls_per_s_at_64),
      showErrors(row),
    ]),
  )
}

function formatRefusal(rows: readonly RefusalRow[]): string {
  return formatTable(
    'A wallet that pays for fewer calls than are sent',
    [
      'gateway',
      'nodes',
      'attempts',
      'paid for',
      'granted',
      'refused',
      'other',
      'charged',
      'balance',
      'held',
      'attempts/s',
    ],
    rows.map((row) => [
      row.gateway,
      show(row.nodes),
      show(row.attempts),
      show(row.funded_calls),
      show(row.granted),
      show(row.refused),
      show(row.other_answers),
      show(row.charged_calls),
      show(row.balance_micros),
      show(row.held_micros),
      show(row.calls_per_s),
    ]),
  )
}

/** Reeve against each peer, at every number of callers. */
function formatRatios(rows: readonly ThroughputRow[]): string {
  const lines = rows
    .filter(({ gateway }) => gateway === 'reeve')
    .map((reeve) => {
      const isSame = (row: ThroughputRow) => row.mode === reeve.mode && row.callers === reeve.callers
      const against = (peer: string, pick: (row: ThroughputRow) => Maybe) => {
        const found = rows.find((row) => row.gateway === peer && isSame(row))
        return showFigure(ratioOf(pick(reeve), found === undefined ? undefined : pick(found)), 'ratio')
      }
      const cells = (pick: (row: ThroughputRow) => Maybe) => [against('portkey', pick), against('nginx', pick)]
      return [
        `${reeve.mode}, ${reeve.callers}`,
        ...cells((row) => row.calls_per_s),
        ...cells((row) => row.p50_us),
        ...cells((row) => row.gateway_cpu_us_per_call),
        ...cells((row) => row.resident_bytes),
      ]
    })
  const pairs = ['calls/s', 'p50', 'CPU', 'RSS'].flatMap((name) => [`${name} / Portkey`, `${name} / nginx`])
  return formatTable('Reeve as a ratio', ['calls, callers', ...pairs], lines)
}

function showFigure(value: Maybe, unit: Unit): string {
  if (value === undefined) return ABSENT
  if (unit === 'ratio') return `${show(value, value < 0.1 ? 3 : 2)} ×`
  if (unit === 'us') return `${showMs(value)} ms`
  if (unit === 'bytes') return `${showScaled(value, 1000, 1)} KB`
  return show(value)
}

function formatGoals(goals: readonly Judgement[]): string {
  return formatTable(
    'Goals',
    ['figure', 'must', 'aim', 'measured', 'verdict'],
    goals.map(({ figure, bound, must, aim, value, unit, verdict }) => {
      const sign = bound === 'at least' ? '≥' : '≤'
      return [
        figure,
        `${sign} ${showFigure(must, unit)}`,
        `${sign} ${showFigure(aim, unit)}`,
        showFigure(value, unit),
        verdict,
      ]
    }),
  )
}

function formatSurroundings({ surroundings, notes }: Report): string {
  const { date, machine, cores, node, nginx, load_before, load_after, sync_us, settings } = surroundings
  return [
    `${date} · ${machine} · ${cores} · ${node} for all, ${nginx} · load average ${load_before.toFixed(2)} before, ` +
      `${load_after.toFixed(2)} after · fdatasync ${sync_us.toFixed(0)} µs · ${settings}`,
    '',
    ...notes.map((note) => `* ${note}`),
    '',
  ].join('\n')
}

/** The whole report as Markdown. */
export function formatReport(report: Report): string {
  const { results, goals } = report
  const plain = results.throughput.filter(({ mode }) => mode === 'plain')
  const stream = results.throughput.filter(({ mode }) => mode === 'stream')
  return [
    formatSurroundings(report),
    formatThroughput('Plain calls (closed loop)', plain),
    formatThroughput('Streamed calls (closed loop, 10 chunks without a gap)', stream),
    formatLatency(results.latency),
    formatStreaming(results.streaming),
    formatOpenStreams(results.open_streams),
    formatThroughput('Governed calls: one wallet, and spread', results.governed),
    formatHistory(results.history),
    formatRefusal(results.refusal),
    formatRatios(results.throughput),
    formatGoals(goals),
  ]
    .filter((part) => part !== '')
    .join('\n')
}
