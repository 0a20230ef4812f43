import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startJobs } from './job.ts'
import { createLog } from './log.ts'

const log = createLog('silent')

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('a job runs at once and then in its rhythm, counted from the end of a run', async () => {
  let runs = 0
  const jobs = startJobs([{ name: 'count', every_ms: 1000, run: async () => void runs++ }], log)
  await vi.advanceTimersByTimeAsync(0)
  expect(runs).toBe(1)
  await vi.advanceTimersByTimeAsync(3500)
  expect(runs).toBe(4)
  await jobs.stop()
})

test('a run that fails is tried again and holds up no other job', async () => {
  const runs = { failing: 0, throwing: 0, good: 0 }
  const jobs = startJobs(
    [
      {
        name: 'failing',
        every_ms: 1000,
        run: async () => {
          runs.failing++
          throw new Error('no')
        },
      },
      {
        name: 'throwing',
        every_ms: 1000,
        run: () => {
          runs.throwing++
          throw new Error('not even a promise')
        },
      },
      { name: 'good', every_ms: 1000, run: async () => void runs.good++ },
      { name: 'hanging', every_ms: 1000, run: () => new Promise((resolve) => setTimeout(resolve, 60_000)) },
    ],
    log,
  )
  await vi.advanceTimersByTimeAsync(2500)
  expect(runs).toEqual({ failing: 3, throwing: 3, good: 3 })
  const stopped = jobs.stop()
  await vi.advanceTimersByTimeAsync(60_000)
  await stopped
})

test('after stopping no run begins, and the one under way has ended', async () => {
  const { promise: gate, resolve: open } = Promise.withResolvers<void>()
  let begun = 0
  let ended = 0
  const run = async () => {
    begun++
    await gate
    ended++
  }
  const jobs = startJobs([{ name: 'slow', every_ms: 10, run }], log)
  let isStopped = false
  const stopped = jobs.stop().then(() => {
    isStopped = true
  })
  await vi.advanceTimersByTimeAsync(1000)
  expect({ begun, isStopped }).toEqual({ begun: 1, isStopped: false })
  open()
  await stopped
  await vi.advanceTimersByTimeAsync(1000)
  expect({ begun, ended }).toEqual({ begun: 1, ended: 1 })
})

test('stopping does not wait for the next rhythm', async () => {
  const jobs = startJobs([{ name: 'rare', every_ms: 86_400_000, run: async () => undefined }], log)
  await vi.advanceTimersByTimeAsync(0)
  await jobs.stop()
})
