import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startJobs } from './job.ts'
import { createLog } from './log.ts'
import { createMetrics } from './metrics.ts'
import { sweepJob } from './sweep.ts'

const log = createLog('silent')
const ORGANISATIONS = ['a', 'b', 'c', 'd']

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** The sweep over organisations none of which can be reached, and which of them were visited. */
function startSweep() {
  const visited: string[] = []
  const databases = {
    list: async () => ORGANISATIONS,
    of: (id: string) => {
      visited.push(id)
      return Promise.reject(new Error('down'))
    },
  }
  return { visited, jobs: startJobs([sweepJob({ databases, metrics: createMetrics({}), log }, [])], log) }
}

test('a node that starts looks everywhere at once, and then everywhere again within 30 s, one by one', async () => {
  const { visited, jobs } = startSweep()
  await vi.advanceTimersByTimeAsync(0)
  expect(visited.splice(0)).toEqual(ORGANISATIONS)
  for (let round = 0; round < 3; round += 1) {
    await vi.advanceTimersByTimeAsync(15_000)
    expect(visited.length).toBeLessThan(ORGANISATIONS.length)
    await vi.advanceTimersByTimeAsync(15_000)
    expect(visited.splice(0)).toEqual(ORGANISATIONS)
  }
  await jobs.stop()
})

test('a node that stops does not finish its round', async () => {
  const { visited, jobs } = startSweep()
  await vi.advanceTimersByTimeAsync(10_000)
  await jobs.stop()
  expect(visited.length).toBeLessThan(2 * ORGANISATIONS.length)
})
