import { expect, test } from 'vitest'
import type { OpenStreamsRow, Results } from './figures.ts'
import { judgeResults, type Verdict } from './goals.ts'

const NOTHING: Results = {
  open_streams: [],
  throughput: [],
  latency: [],
  streaming: [],
  governed: [],
  history: [],
  refusal: [],
}

const STREAMS = 'streams open at once without error'

function verdictOf(results: Results, figure: string): Verdict | undefined {
  return judgeResults(results).find((judgement) => judgement.figure === figure)?.verdict
}

function openStreams(open_at_once: number, errors: number): Results {
  const row: OpenStreamsRow = {
    gateway: 'reeve',
    asked: open_at_once,
    open_at_once,
    errors,
    first_error: undefined,
    bytes_per_stream: undefined,
    resident_bytes: undefined,
    first_chunk_p50_us: undefined,
    first_chunk_p99_us: undefined,
  }
  return { ...NOTHING, open_streams: [row] }
}

test('a figure that was not measured is never passed', () => {
  const verdicts = judgeResults(NOTHING).map(({ verdict }) => verdict)
  expect(new Set(verdicts)).toEqual(new Set(['not measured']))
})

test('a figure fails below its must, passes from there on and reaches the aim at the aim', () => {
  expect(verdictOf(openStreams(1999, 0), STREAMS)).toBe('FAILED')
  expect(verdictOf(openStreams(2000, 0), STREAMS)).toBe('passed')
  expect(verdictOf(openStreams(5000, 0), STREAMS)).toBe('aim reached')
})

test('streams of which one broke are no streams open without error', () => {
  expect(verdictOf(openStreams(5000, 1), STREAMS)).toBe('FAILED')
})

test('a ratio to a peer that was not run is not measured', () => {
  const results: Results = {
    ...NOTHING,
    streaming: [
      {
        gateway: 'reeve',
        added_first_chunk_p50_us: 500,
        added_first_chunk_p99_us: 900,
        added_chunk_p50_us: 40,
        added_chunk_p99_us: 600,
        streams: 60,
        errors: 0,
        first_error: undefined,
      },
    ],
  }
  expect(verdictOf(results, 'added per-chunk p50 against nginx')).toBe('not measured')
  expect(verdictOf(results, 'added per-chunk p99')).toBe('passed')
})

test('an added time below nothing is noise and no success', () => {
  const bytes_per_stream = -1
  const [row] = openStreams(2000, 0).open_streams
  const results = row === undefined ? NOTHING : { ...NOTHING, open_streams: [{ ...row, bytes_per_stream }] }
  expect(verdictOf(results, 'memory per open stream')).toBe('lost in noise')
})

test('a call that was charged beyond the wallet fails though its answer never came', () => {
  const refusal = {
    gateway: 'reeve',
    nodes: 3,
    attempts: 28_800,
    funded_calls: 5000,
    granted: 5000,
    refused: 23_799,
    other_answers: 1,
    charged_calls: 5001,
    balance_micros: 0,
    held_micros: 0,
    calls_per_s: 3000,
  }
  const overspend = 'calls beyond the wallet, 28,800 attempts, 3 nodes'
  expect(verdictOf({ ...NOTHING, refusal: [refusal] }, overspend)).toBe('FAILED')
  expect(verdictOf({ ...NOTHING, refusal: [{ ...refusal, charged_calls: 5000 }] }, overspend)).toBe('aim reached')
})
