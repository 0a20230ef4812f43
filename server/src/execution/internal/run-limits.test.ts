import { expect, test } from 'vitest'
import { createBounds } from './run-limits.ts'

const HOUR_S = 3600

test('an attempt keeps to the narrower of its own limits and those in force, whatever these become', () => {
  const bounds = createBounds({ max_seconds: 60, max_steps: 10 })
  bounds.holdTo({ max_steps: 5 })
  expect(bounds.limits()).toEqual({ max_seconds: 60, max_steps: 5 })
  bounds.holdTo({ max_execution_seconds: 30, max_steps: 50 })
  expect(bounds.limits()).toEqual({ max_seconds: 30, max_steps: 10 })
  bounds.holdTo({})
  expect(bounds.limits()).toEqual({ max_seconds: 60, max_steps: 10 })
})

test('what a run has spent of its time counts under the narrower limit', async () => {
  const bounds = createBounds({ max_seconds: HOUR_S, max_steps: 1 })
  const { promise, resolve } = Promise.withResolvers<string>()
  bounds.spend(HOUR_S * 500, () => resolve('used up'))
  bounds.holdTo({ max_execution_seconds: HOUR_S / 2 })
  expect(await promise).toBe('used up')
})

test('time that was narrowed and is widened again is not used up, and what has ended spends none', async () => {
  const told: string[] = []
  const bounds = createBounds({ max_seconds: HOUR_S, max_steps: 1 })
  bounds.holdTo({ max_execution_seconds: 1 })
  const stop = bounds.spend(HOUR_S * 500, () => told.push('widened'))
  bounds.holdTo({})
  const ended = createBounds({ max_seconds: HOUR_S, max_steps: 1 })
  ended.spend(HOUR_S * 500, () => told.push('ended'))()
  ended.holdTo({ max_execution_seconds: 1 })
  await new Promise((resolve) => setImmediate(() => setTimeout(resolve)))
  expect(told).toEqual([])
  stop()
})
