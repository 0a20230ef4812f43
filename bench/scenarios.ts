/**
 * What is measured, one function per table. Within a scenario the gateways take turns round by round, so that a change of
 * the machine's mood meets all of them; a row is the median of its rounds, and errors are their sum.
 */
import {
  type HistoryRow,
  type LatencyRow,
  type Maybe,
  medianOf,
  minus,
  type OpenStreamsRow,
  type StreamingRow,
  sumOf,
  type ThroughputRow,
} from './figures.ts'
import { createTarget, type Gateway, type StreamOrder } from './gateway.ts'
import { seedHistory } from './history.ts'
import { holdStreams, type LoadFigures, runClosedLoop, runOpenLoop, type Target } from './load.ts'
import { type Meter, proportionalBytes, residentBytes, startMeter, type Usage } from './measure.ts'

export type Settings = {
  readonly rounds: number
  readonly warm_up_ms: number
  readonly window_ms: number
  readonly latency_window_ms: number
  readonly open_streams: number
  /** Past executions to compare, ascending. */
  readonly history: readonly number[]
}

export type Run = {
  readonly gateways: readonly Gateway[]
  readonly upstream_pid: number
  readonly settings: Settings
  readonly say: (line: string) => void
}

/** Short answers whose chunks follow each other at once: the cost of a stream, not its waiting. */
const QUICK_STREAM: StreamOrder = { chunks: 10, gap_ms: 0 }

/** What a person watches being written: 50 chunks a second for a second. */
const READING_STREAM: StreamOrder = { chunks: 50, gap_ms: 20 }
const READERS = 20

/** They begin over the length of an answer, and no two at the same part of a gap: people do not read in step. */
const READERS_APART_MS = 51

const STREAMS_OPENED_PER_S = 500
const LONG_GAP_MS = 500

/** Time for which all streams of a run are open together. */
const ALL_OPEN_MS = 6000

const FIXED_CALLS_PER_S = 200

/** Compilers work for seconds before a gateway is as fast as it stays. */
const STEADY_AFTER_MS = 5000

type Round = {
  readonly figures: LoadFigures
  readonly usage: Usage
  readonly resident_bytes: Maybe
  readonly database_bytes: Maybe
}

/** Runs one window and counts what it cost. */
async function measureRound(
  run: Run,
  gateway: Gateway,
  load: (hooks: { onStart: () => void; onStop: () => void }) => Promise<LoadFigures>,
): Promise<Round> {
  let meter: Meter | undefined
  let usage: Usage | undefined
  let resident_bytes: Maybe
  let database_bytes: Maybe
  const figures = await load({
    onStart: () => {
      meter = startMeter(gateway.listProcesses, run.upstream_pid)
    },
    onStop: () => {
      usage = meter?.stop()
      const processes = gateway.listProcesses()
      resident_bytes = residentBytes(processes.gateway)
      database_bytes = proportionalBytes(processes.database)
    },
  })
  if (usage === undefined) throw new Error('the window ended before it began')
  return { figures, usage, resident_bytes, database_bytes }
}

function perCall(cpu_us: Maybe, calls: number): Maybe {
  return cpu_us === undefined || calls === 0 ? undefined : cpu_us / calls
}

function coresOf(cpu_us: Maybe, seconds: number): Maybe {
  return cpu_us === undefined ? undefined : cpu_us / (seconds * 1e6)
}

type Kind = Pick<ThroughputRow, 'gateway' | 'mode' | 'callers' | 'organisations'>

function concludeThroughput(kind: Kind, rounds: readonly Round[]): ThroughputRow {
  const median = (pick: (round: Round) => Maybe) => medianOf(rounds.map(pick))
  return {
    ...kind,
    calls_per_s: median(({ figures }) => figures.calls / figures.seconds),
    p50_us: median(({ figures }) => figures.latency.p50_us),
    p99_us: median(({ figures }) => figures.latency.p99_us),
    gateway_cpu_us_per_call: median(({ figures, usage }) => perCall(usage.gateway_cpu_us, figures.calls)),
    database_cpu_us_per_call: median(({ figures, usage }) => perCall(usage.database_cpu_us, figures.calls)),
    resident_bytes: median((round) => round.resident_bytes),
    database_bytes: median((round) => round.database_bytes),
    ...concludeErrors(rounds.map(({ figures }) => figures)),
    upstream_cores: median(({ usage }) => coresOf(usage.upstream_cpu_us, usage.seconds)),
    load_cores: median(({ usage }) => coresOf(usage.load_cpu_us, usage.seconds)),
    foreign_cores: median(({ usage }) => usage.foreign_cores),
  }
}

function concludeErrors(figures: readonly LoadFigures[]): { errors: number; first_error: string | undefined } {
  return {
    errors: sumOf(figures.map(({ errors }) => errors)),
    first_error: figures.find(({ first_error }) => first_error !== undefined)?.first_error,
  }
}

/** Runs the rounds of one scenario, the gateways in turn within each, and returns each gateway's rounds. */
async function takeTurns<T>(
  run: Run,
  gateways: readonly Gateway[],
  label: string,
  measure: (gateway: Gateway) => Promise<T>,
): Promise<ReadonlyMap<Gateway, T[]>> {
  const rounds = new Map<Gateway, T[]>(gateways.map((gateway) => [gateway, []]))
  for (let round = 1; round <= run.settings.rounds; round += 1) {
    for (const [gateway, results] of rounds) {
      run.say(`${label}, round ${round} of ${run.settings.rounds}: ${gateway.name}`)
      results.push(await measure(gateway))
    }
  }
  return rounds
}

async function measureClosedLoop(
  run: Run,
  gateways: readonly Gateway[],
  kind: Omit<Kind, 'gateway'>,
  order: StreamOrder | undefined,
): Promise<ThroughputRow[]> {
  const { warm_up_ms, window_ms } = run.settings
  const { mode, callers, organisations } = kind
  const label = `${mode} calls, ${callers} callers${organisations > 1 ? `, ${organisations} organisations` : ''}`
  const rounds = await takeTurns(run, gateways, label, (gateway) =>
    measureRound(run, gateway, (hooks) =>
      runClosedLoop(createTarget(gateway, order, organisations), { callers, warm_up_ms, window_ms, ...hooks }),
    ),
  )
  return [...rounds].map(([gateway, done]) => concludeThroughput({ gateway: gateway.name, ...kind }, done))
}

/** Calls a second, latency, CPU and memory in a closed loop. */
export async function measureThroughput(run: Run, mode: 'plain' | 'stream'): Promise<ThroughputRow[]> {
  const rows: ThroughputRow[] = []
  for (const callers of [1, 16, 64]) {
    const order = mode === 'stream' ? QUICK_STREAM : undefined
    rows.push(...(await measureClosedLoop(run, run.gateways, { mode, callers, organisations: 1 }, order)))
  }
  return rows
}

/** Governed calls a second on the wallet of one organisation, and spread over as many as the gateway has. */
export async function measureGoverned(run: Run): Promise<ThroughputRow[]> {
  const governed = run.gateways.filter(({ entrances }) => entrances.length > 1)
  const rows: ThroughputRow[] = []
  for (const gateway of governed) {
    for (const organisations of [1, gateway.entrances.length]) {
      for (const callers of [64, 256]) {
        rows.push(...(await measureClosedLoop(run, [gateway], { mode: 'plain', callers, organisations }, undefined)))
      }
    }
  }
  return rows
}

/** Time a gateway adds to a call when nothing is saturated: open loop at a fixed rate, less the direct call's time. */
export async function measureLatency(run: Run): Promise<LatencyRow[]> {
  const { warm_up_ms, latency_window_ms } = run.settings
  const rounds = await takeTurns(run, run.gateways, `${FIXED_CALLS_PER_S} calls a second`, (gateway) =>
    measureRound(run, gateway, (hooks) =>
      runOpenLoop(createTarget(gateway, undefined), {
        calls_per_s: FIXED_CALLS_PER_S,
        warm_up_ms,
        window_ms: latency_window_ms,
        ...hooks,
      }),
    ),
  )
  const direct = findDirect(run, rounds)
  return [...rounds].map(([gateway, done]) => {
    const added = (share: 'p50_us' | 'p99_us') =>
      medianOf(done.map(({ figures }, n) => minus(figures.latency[share], direct[n]?.figures.latency[share])))
    return {
      gateway: gateway.name,
      p50_us: medianOf(done.map(({ figures }) => figures.latency.p50_us)),
      p99_us: medianOf(done.map(({ figures }) => figures.latency.p99_us)),
      added_p50_us: added('p50_us'),
      added_p99_us: added('p99_us'),
      gateway_cpu_us_per_call: medianOf(done.map(({ figures, usage }) => perCall(usage.gateway_cpu_us, figures.calls))),
      database_cpu_us_per_call: medianOf(
        done.map(({ figures, usage }) => perCall(usage.database_cpu_us, figures.calls)),
      ),
      ...concludeErrors(done.map(({ figures }) => figures)),
    }
  })
}

function findDirect<T>(run: Run, rounds: ReadonlyMap<Gateway, T[]>): readonly T[] {
  const direct = run.gateways.find(({ name }) => name === 'direct')
  return direct === undefined ? [] : (rounds.get(direct) ?? [])
}

/** Time a gateway adds to the first chunk and to every chunk, with readers that follow long answers. */
export async function measureStreaming(run: Run): Promise<StreamingRow[]> {
  const { warm_up_ms, latency_window_ms } = run.settings
  const rounds = await takeTurns(run, run.gateways, `${READERS} streams`, (gateway) =>
    runClosedLoop(createTarget(gateway, READING_STREAM), {
      callers: READERS,
      apart_ms: READERS_APART_MS,
      warm_up_ms,
      window_ms: latency_window_ms,
    }),
  )
  const direct = findDirect(run, rounds)
  return [...rounds].map(([gateway, done]) => {
    const added = (measure: 'first_chunk' | 'chunk', share: 'p50_us' | 'p99_us') =>
      medianOf(done.map((figures, n) => minus(figures[measure][share], direct[n]?.[measure][share])))
    return {
      gateway: gateway.name,
      added_first_chunk_p50_us: added('first_chunk', 'p50_us'),
      added_first_chunk_p99_us: added('first_chunk', 'p99_us'),
      added_chunk_p50_us: added('chunk', 'p50_us'),
      added_chunk_p99_us: added('chunk', 'p99_us'),
      streams: sumOf(done.map(({ calls }) => calls)),
      ...concludeErrors(done),
    }
  })
}

/**
 * Many streams open at once, and what each weighs in the gateway. Runs first in a gateway's life: memory that an earlier
 * load left behind would be used again and hide the growth.
 */
export async function measureOpenStreams(run: Run): Promise<OpenStreamsRow[]> {
  const rows: OpenStreamsRow[] = []
  for (const gateway of run.gateways) {
    run.say(`${run.settings.open_streams} open streams: ${gateway.name}`)
    await warmUpOnce(createTarget(gateway, QUICK_STREAM))
    rows.push(await measureOpenStreamsOf(run, gateway))
  }
  return rows
}

async function warmUpOnce(target: Target): Promise<void> {
  await runClosedLoop(target, { callers: 10, warm_up_ms: 0, window_ms: 500 })
}

async function measureOpenStreamsOf(run: Run, gateway: Gateway): Promise<OpenStreamsRow> {
  const asked = run.settings.open_streams
  const listPids = () => gateway.listProcesses().gateway
  const before = residentBytes(listPids())
  let open_at_once = 0
  let peak: Maybe
  const sampler = setInterval(() => {
    const resident = residentBytes(listPids())
    if (resident !== undefined) peak = Math.max(peak ?? 0, resident)
  }, 250)
  const opening_ms = (asked / STREAMS_OPENED_PER_S) * 1000
  const order = { chunks: Math.ceil((opening_ms + ALL_OPEN_MS) / LONG_GAP_MS), gap_ms: LONG_GAP_MS }
  const figures = await holdStreams(createTarget(gateway, order), {
    streams: asked,
    streams_per_s: STREAMS_OPENED_PER_S,
    deadline_ms: 2 * opening_ms + ALL_OPEN_MS + 45_000,
    onAllOpen: (open) => {
      open_at_once = open
    },
  })
  clearInterval(sampler)
  const growth = minus(peak, before)
  return {
    gateway: gateway.name,
    asked,
    open_at_once,
    errors: figures.errors,
    first_error: figures.first_error,
    bytes_per_stream: growth === undefined ? undefined : growth / asked,
    resident_bytes: peak,
    first_chunk_p50_us: figures.first_chunk.p50_us,
    first_chunk_p99_us: figures.first_chunk.p99_us,
  }
}

/**
 * What a long past does to a call: the same organisation with more and more past executions. Takes the last organisation of
 * a gateway that tells its database, and gives it a past that no other scenario sees.
 */
export async function measureHistory(run: Run): Promise<HistoryRow[]> {
  const direct = run.gateways.filter(({ name }) => name === 'direct')
  const rows: HistoryRow[] = []
  for (const gateway of run.gateways) {
    const entrance = gateway.entrances.at(-1)
    if (entrance?.database_url === undefined) continue
    const one = { ...gateway, entrances: [entrance] }
    await warmUpOnce(createTarget(one, undefined))
    for (const past_executions of run.settings.history) {
      run.say(`writing a past of ${past_executions} executions: ${gateway.name}`)
      await seedHistory(entrance.database_url, past_executions)
      const single = { mode: 'plain', callers: 1, organisations: 1 } as const
      const [row, base] = await measureClosedLoop(run, [one, ...direct], single, undefined)
      const [busy] = await measureClosedLoop(run, [one], { ...single, callers: 64 }, undefined)
      rows.push({
        gateway: gateway.name,
        past_executions,
        p50_us: row?.p50_us,
        added_p50_us: minus(row?.p50_us, base?.p50_us),
        calls_per_s_at_64: busy?.calls_per_s,
        errors: (row?.errors ?? 0) + (busy?.errors ?? 0),
        first_error: row?.first_error ?? busy?.first_error,
      })
    }
  }
  return rows
}

/** Brings every gateway's code to its steady state before anything saturated is measured. */
export async function warmUp(run: Run): Promise<void> {
  for (const gateway of run.gateways) {
    run.say(`warming up: ${gateway.name}`)
    const window = { callers: 32, warm_up_ms: 0, window_ms: STEADY_AFTER_MS }
    await runClosedLoop(createTarget(gateway, undefined), window)
    await runClosedLoop(createTarget(gateway, QUICK_STREAM), window)
  }
}
