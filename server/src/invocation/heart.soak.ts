// The long form of ledger-history.test.ts and heart-concurrency.test.ts: every limit, many more attempts and histories.

import fc from 'fast-check'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { cloneOrganisationDatabase } from '../../test/harness.ts'
import { type HeartProcesses, startHeartProcesses } from '../../test/heart-processes.ts'
import {
  ALL_BUDGETS,
  BROKEN_INVARIANTS,
  buildWorld,
  type Heart,
  openHeart,
  resetWorld,
} from '../../test/heart-world.ts'
import { history, play } from '../../test/ledger-history.ts'

const MEMBERS = 24
const SCOPES = 4

let heart: Heart
let processes: HeartProcesses

beforeAll(async () => {
  const database = await cloneOrganisationDatabase()
  heart = await openHeart(await buildWorld(database.url, { members: MEMBERS, scopes: SCOPES }))
  processes = startHeartProcesses(3)
  return async () => {
    await processes.stop()
    await heart.close()
    await database.drop()
  }
})
beforeEach(async () => {
  await resetWorld(heart)
  return async () => expect(await heart.rows(BROKEN_INVARIANTS)).toEqual([])
})

const load = async (attempts: number) => {
  const [gate] = await heart.rows<{ access_version: number }>('select access_version from ledger.gate')
  return {
    world: {
      ...heart.world,
      members: [...heart.world.members],
      teams: [],
      projects: [],
      use_cases: [],
      access_version: gate?.access_version ?? 0,
    },
    lanes: 4,
    turns: Math.ceil(attempts / (3 * 4 * 24)),
    batch: 24,
    members: MEMBERS,
    settles: false,
    at: '2100-11-27T20:00:00Z',
  }
}
const SCOPE_COUNTS = { organisation: 1, team: SCOPES, project: SCOPES, use_case: SCOPES, user: MEMBERS }

describe('each limit alone, 5,760 attempts from three processes', () => {
  test.each(ALL_BUDGETS)('$unit of each $scope_kind by $period', async ({ unit, scope_kind, period }) => {
    const granted = Math.floor(720 / SCOPE_COUNTS[scope_kind])
    const amount = unit === 'tokens' ? granted * 10 + 9 : granted * 100 + 99
    await heart.setBudgets([{ unit, scope_kind, scope_id: null, period, amount }])
    const { letters } = await processes.run(await load(5760))
    expect(letters).toEqual({ a: 720, [unit === 'tokens' ? 'q' : 's']: 5760 - 720 })
  })
})

test('28,800 attempts from three processes on a wallet for 5,000 grant exactly 5,000', async () => {
  await heart.useWallet()
  await heart.topUp(500_099)
  const { letters } = await processes.run(await load(28_800))
  expect(letters).toEqual({ a: 5000, w: 23_800 })
})

test('settling, sending twice and repeating keys for 57,600 attempts breaks nothing', async () => {
  await heart.useWallet()
  await heart.topUp(500_000)
  await heart.setBudgets(
    ALL_BUDGETS.map((each) => ({ ...each, scope_id: null, amount: each.unit === 'tokens' ? 90_000 : 400_000 })),
  )
  const { letters } = await processes.run({ ...(await load(57_600)), settles: true })
  expect(letters['settle s']).toBeGreaterThan(1000)
})

test('1,000 random histories agree with the model', async () => {
  const property = fc.asyncProperty(history, async (acts) => {
    await resetWorld(heart)
    await play(heart, acts)
  })
  await expect(fc.assert(property, { numRuns: 1000, endOnFailure: true })).resolves.toBeUndefined()
})
