/**
 * The load: callers in a closed loop, arrivals at a fixed rate, and many streams open at once. Every window is bounded in
 * time, and a call that is still out five seconds after its end is an error.
 */
import { type Address, type Connection, openConnection } from './wire.ts'

export type Target = {
  readonly address: Address
  /** Ready-made requests, sent in turn: one per organisation. */
  readonly requests: readonly Buffer[]
  /** Content chunks each answer must have; absent for plain calls. */
  readonly chunks: number | undefined
}

/** Microseconds at two percentiles; absent when nothing was measured. */
export type Percentiles = { readonly p50_us: number | undefined; readonly p99_us: number | undefined }

export type LoadFigures = {
  readonly calls: number
  readonly seconds: number
  readonly errors: number
  readonly first_error: string | undefined
  readonly latency: Percentiles
  readonly first_chunk: Percentiles
  /** From the provider's sending of a chunk to its arrival here. */
  readonly chunk: Percentiles
}

const GRACE_MS = 5000

/** Connections an open loop may use before it calls the gateway unable to keep up. */
const MAX_OPEN_LOOP_CONNECTIONS = 512

function percentileUs(sorted: Float64Array, share: number): number | undefined {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)]
}

function summarise(samples: readonly number[]): Percentiles {
  const sorted = Float64Array.from(samples).sort()
  return { p50_us: percentileUs(sorted, 0.5), p99_us: percentileUs(sorted, 0.99) }
}

function nowUs(): number {
  return Number(process.hrtime.bigint()) / 1000
}

type Recorder = {
  isRecording: boolean
  calls: number
  errors: number
  first_error: string | undefined
  readonly latency_us: number[]
  readonly first_chunk_us: number[]
  readonly chunk_us: number[]
}

function createRecorder(): Recorder {
  return {
    isRecording: false,
    calls: 0,
    errors: 0,
    first_error: undefined,
    latency_us: [],
    first_chunk_us: [],
    chunk_us: [],
  }
}

function recordError(recorder: Recorder, reason: string): void {
  recorder.errors += 1
  recorder.first_error ??= reason
}

function concludeLoad(recorder: Recorder, seconds: number): LoadFigures {
  return {
    calls: recorder.calls,
    seconds,
    errors: recorder.errors,
    first_error: recorder.first_error,
    latency: summarise(recorder.latency_us),
    first_chunk: summarise(recorder.first_chunk_us),
    chunk: summarise(recorder.chunk_us),
  }
}

/** Reads the server-sent events of one answer: counts stamped chunks, notes when each arrived, and finds the end mark. */
function createStreamReader(recorder: Recorder, started_us: number) {
  let tail = ''
  let chunks = 0
  let ended = false
  return {
    read: (bytes: Buffer) => {
      const arrived_us = nowUs()
      const text = tail + bytes.toString('latin1')
      const complete = text.lastIndexOf('\n\n') + 2
      if (complete < 2) {
        tail = text
        return
      }
      tail = text.slice(complete)
      const events = text.slice(0, complete)
      for (const [, stamp] of events.matchAll(/"@(\d+)"/g)) {
        if (recorder.isRecording && chunks === 0) recorder.first_chunk_us.push(arrived_us - started_us)
        if (recorder.isRecording) recorder.chunk_us.push(arrived_us - Number(stamp) / 1000)
        chunks += 1
      }
      ended ||= events.includes('data: [DONE]')
    },
    findFault: (expected: number): string | undefined =>
      ended && chunks === expected
        ? undefined
        : `stream had ${chunks} of ${expected} chunks${ended ? '' : ' and no end'}`,
  }
}

/** Runs one call to its end and records it. */
function runCall(
  connection: Connection,
  request: Buffer,
  chunks: number | undefined,
  recorder: Recorder,
  done: () => void,
) {
  const started_us = nowUs()
  const stream = chunks === undefined ? undefined : createStreamReader(recorder, started_us)
  const conclude = (fault: string | undefined) => {
    if (fault !== undefined) recordError(recorder, fault)
    else if (recorder.isRecording) {
      recorder.calls += 1
      recorder.latency_us.push(nowUs() - started_us)
    }
    done()
  }
  connection.send(request, {
    ...(stream === undefined ? {} : { onBody: stream.read }),
    onEnd: (status) => conclude(status === 200 ? stream?.findFault(chunks ?? 0) : `status ${status}`),
    onFail: conclude,
  })
}

/** Deals out the requests of a target in turn. */
function createDealer(target: Target): () => Buffer {
  let next = 0
  return () => {
    const request = target.requests[next % target.requests.length]
    next += 1
    if (request === undefined) throw new Error('a target needs at least one request')
    return request
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

/** Waits until nothing is out or the grace is over, then counts what is left as errors. */
async function drain(recorder: Recorder, countOut: () => number): Promise<void> {
  const deadline = performance.now() + GRACE_MS
  while (countOut() > 0 && performance.now() < deadline) await pause(10)
  for (let left = countOut(); left > 0; left -= 1) recordError(recorder, `no answer within ${GRACE_MS} ms`)
}

export type ClosedLoop = {
  readonly callers: number
  /** Between the starts of two callers; 1 unless it says otherwise. */
  readonly apart_ms?: number
  readonly warm_up_ms: number
  readonly window_ms: number
  /** Called as the measured window begins and ends. */
  readonly onStart?: () => void
  readonly onStop?: () => void
}

/**
 * Callers that each send their next call when the last is answered, one connection each. Callers start apart, so that the
 * timers of streams do not fire together. Counted is what ends inside the window.
 */
export async function runClosedLoop(target: Target, options: ClosedLoop): Promise<LoadFigures> {
  const recorder = createRecorder()
  const deal = createDealer(target)
  const connections: Connection[] = []
  let isOver = false
  let out = 0

  const repeat = (caller: number) => {
    if (isOver) return
    let connection = connections[caller]
    if (connection === undefined || !connection.isOpen()) {
      connection = openConnection(target.address)
      connections[caller] = connection
    }
    out += 1
    runCall(connection, deal(), target.chunks, recorder, () => {
      out -= 1
      repeat(caller)
    })
  }

  for (let caller = 0; caller < options.callers; caller += 1) {
    repeat(caller)
    await pause(options.apart_ms ?? 1)
  }
  await pause(options.warm_up_ms)
  options.onStart?.()
  recorder.isRecording = true
  const started_ms = performance.now()
  await pause(options.window_ms)
  options.onStop?.()
  const seconds = (performance.now() - started_ms) / 1000
  recorder.isRecording = false
  isOver = true
  await drain(recorder, () => out)
  for (const connection of connections) connection.close()
  return concludeLoad(recorder, seconds)
}

export type OpenLoop = {
  readonly calls_per_s: number
  readonly warm_up_ms: number
  readonly window_ms: number
  readonly onStart?: () => void
  readonly onStop?: () => void
}

/**
 * Calls sent by the clock whether or not earlier ones are answered, each over an idle connection or a new one. A call's time
 * runs from its sending: the timer's own lateness is the generator's, not the gateway's.
 */
export async function runOpenLoop(target: Target, options: OpenLoop): Promise<LoadFigures> {
  const recorder = createRecorder()
  const deal = createDealer(target)
  const idle: Connection[] = []
  let out = 0

  const send = () => {
    let connection = idle.pop()
    while (connection !== undefined && !connection.isOpen()) connection = idle.pop()
    if (connection === undefined) {
      if (out >= MAX_OPEN_LOOP_CONNECTIONS) {
        recordError(recorder, `more than ${MAX_OPEN_LOOP_CONNECTIONS} calls unanswered`)
        return
      }
      connection = openConnection(target.address)
    }
    const used = connection
    out += 1
    runCall(used, deal(), target.chunks, recorder, () => {
      out -= 1
      idle.push(used)
    })
  }

  const gap_ms = 1000 / options.calls_per_s
  const begun_ms = performance.now()
  const measured_ms = begun_ms + options.warm_up_ms
  const end_ms = measured_ms + options.window_ms
  for (let due_ms = begun_ms; due_ms < end_ms; due_ms += gap_ms) {
    const early_ms = due_ms - performance.now()
    if (early_ms > 0) await pause(early_ms)
    if (!recorder.isRecording && due_ms >= measured_ms) {
      options.onStart?.()
      recorder.isRecording = true
    }
    send()
  }
  options.onStop?.()
  await drain(recorder, () => out)
  for (const connection of idle) connection.close()
  return concludeLoad(recorder, options.window_ms / 1000)
}

export type HeldStreams = {
  readonly streams: number
  readonly streams_per_s: number
  /** Bound on the whole, after which unfinished streams are errors. */
  readonly deadline_ms: number
  /** Called when the last stream was opened, while all should still run. */
  readonly onAllOpen: (open: number) => void
}

/** Opens streams at a fixed rate, each over its own connection, and follows all of them to their end. */
export async function holdStreams(target: Target, options: HeldStreams): Promise<LoadFigures> {
  const recorder = createRecorder()
  recorder.isRecording = true
  const deal = createDealer(target)
  const connections: Connection[] = []
  let out = 0
  const begun_ms = performance.now()
  while (connections.length < options.streams) {
    const due = Math.ceil(((performance.now() - begun_ms) / 1000) * options.streams_per_s)
    while (connections.length < Math.min(due, options.streams)) {
      const connection = openConnection(target.address)
      connections.push(connection)
      out += 1
      runCall(connection, deal(), target.chunks, recorder, () => {
        out -= 1
        connection.close()
      })
    }
    await pause(2)
  }
  options.onAllOpen(out)
  while (out > 0 && performance.now() - begun_ms < options.deadline_ms) await pause(20)
  for (; out > 0; out -= 1) recordError(recorder, `stream still open after ${options.deadline_ms} ms`)
  for (const connection of connections) connection.close()
  return concludeLoad(recorder, (performance.now() - begun_ms) / 1000)
}

export type Burst = {
  readonly attempts: number
  readonly callers_per_target: number
  /** Bound on the whole; what is not answered by then is missing from the answers. */
  readonly deadline_ms: number
}

export type BurstFigures = {
  /** Answers by status; 0 for calls that ended without one. */
  readonly answers: ReadonlyMap<number, number>
  readonly seconds: number
}

/** Sends a fixed number of plain calls, dealt out to all targets as fast as their callers take them. */
export async function runBurst(targets: readonly Target[], options: Burst): Promise<BurstFigures> {
  const answers = new Map<number, number>()
  const begun_ms = performance.now()
  let left = options.attempts

  const runCaller = async (target: Target): Promise<void> => {
    const deal = createDealer(target)
    let connection = openConnection(target.address)
    while (left > 0 && performance.now() - begun_ms < options.deadline_ms) {
      left -= 1
      if (!connection.isOpen()) connection = openConnection(target.address)
      const status = await new Promise<number>((resolve) =>
        connection.send(deal(), { onEnd: resolve, onFail: () => resolve(0) }),
      )
      answers.set(status, (answers.get(status) ?? 0) + 1)
    }
    connection.close()
  }

  const callers = targets.flatMap((target) => Array.from({ length: options.callers_per_target }, () => target))
  await Promise.all(callers.map(runCaller))
  return { answers, seconds: (performance.now() - begun_ms) / 1000 }
}
