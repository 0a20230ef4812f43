// How fast runs of three steps are on a provider that answers at once. A measurement, printed; it fails only when runs do.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Administration, type Calls, enableCalls, memberOf, startAdministration } from './administration.ts'
import { publishApp, runApp } from './apps.ts'
import { threeSteps } from './run-crash.ts'

let office: Administration
let calls: Calls
beforeAll(async () => {
  office = await startAdministration()
  calls = await enableCalls(office)
})
afterAll(async () => {
  await office.stop()
  await calls.stop()
})

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0

test('runs of three steps, alone and together', async () => {
  const app = await publishApp(office, threeSteps())
  const { owner } = office.organisation
  const one = async (): Promise<number> => {
    const began_ms = performance.now()
    const reply = await runApp(office, owner, app, { input: { question: 'Fast?' } })
    expect(memberOf(reply.body, 'state'), reply.text).toBe('finalised')
    return performance.now() - began_ms
  }
  for (let i = 0; i < 20; i += 1) await one()
  const alone: number[] = []
  for (let i = 0; i < 60; i += 1) alone.push(await one())
  const began_ms = performance.now()
  let left = 240
  const together: number[] = []
  await Promise.all(
    Array.from({ length: 48 }, async () => {
      while (left > 0) {
        left -= 1
        together.push(await one())
      }
    }),
  )
  const per_second = together.length / ((performance.now() - began_ms) / 1000)
  process.stdout.write(
    `alone p50 ${median(alone).toFixed(1)} ms · together ${per_second.toFixed(0)} runs/s, p50 ${median(together).toFixed(0)} ms\n`,
  )
})
