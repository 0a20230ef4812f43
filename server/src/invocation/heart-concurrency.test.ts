// Several processes at once on one organisation. Nothing here depends on how they interleave: whatever the order, exactly
// what a limit allows is granted.

import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { cloneOrganisationDatabase } from '../../test/harness.ts'
import { type HeartProcesses, startHeartProcesses } from '../../test/heart-processes.ts'
import {
  BROKEN_INVARIANTS,
  type Budget,
  buildWorld,
  connect,
  type Heart,
  openHeart,
  resetWorld,
} from '../../test/heart-world.ts'
import { newId } from '../kernel/id.ts'

let heart: Heart
let processes: HeartProcesses

beforeAll(async () => {
  const database = await cloneOrganisationDatabase()
  heart = await openHeart(await buildWorld(database.url, { members: 8, scopes: 3 }))
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

const load = async () => {
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
    lanes: 2,
    turns: 15,
    batch: 16,
    members: 8,
    settles: false,
    at: '2100-11-27T20:00:00Z',
  }
}
const ATTEMPTS = 3 * 2 * 15 * 16

describe('a limit that is no multiple of a call is granted to exactly the calls that fit', () => {
  const limits: readonly [Budget['unit'], Budget['scope_kind'], Budget['period'], number][] = [
    ['tokens', 'organisation', 'day', 1],
    ['tokens', 'project', 'week', 3],
    ['tokens', 'use_case', 'month', 3],
    ['tokens', 'user', 'total', 8],
    ['micros', 'user', 'day', 8],
    ['micros', 'team', 'month', 3],
    ['micros', 'organisation', 'total', 1],
  ]
  test.each(limits)('%s of each %s by %s, three processes at once', async (unit, scope_kind, period, scopes) => {
    const fits = 60
    const amount = unit === 'tokens' ? fits * 10 + 9 : fits * 100 + 99
    await heart.setBudgets([{ unit, scope_kind, scope_id: null, period, amount }])
    const { letters, named } = await processes.run(await load())
    const refused = ATTEMPTS - scopes * fits
    expect(letters).toEqual({ a: scopes * fits, [unit === 'tokens' ? 'q' : 's']: refused })
    expect(named).toEqual({ [`${scope_kind} ${period}`]: refused })
    expect(await heart.rows(`select count(*) as n from audit.entry where outcome = 'refused'`)).toEqual([
      { n: refused },
    ])
  })

  test('the wallet, three processes at once', async () => {
    await heart.useWallet()
    await heart.topUp(50_099)
    const { letters } = await processes.run(await load())
    expect(letters).toEqual({ a: 500, w: ATTEMPTS - 500 })
    expect(await heart.rows('select held_micros from ledger.gate')).toEqual([{ held_micros: 50_000 }])
  })
})

test('beside administrators, sweepers and repeated sendings nothing deadlocks and every invariant holds', async () => {
  await heart.useWallet()
  await heart.topUp(1_000_000)
  await heart.setBudgets([
    { unit: 'tokens', scope_kind: 'user', scope_id: null, period: 'day', amount: 2000 },
    { unit: 'micros', scope_kind: 'team', scope_id: null, period: 'week', amount: 60_000 },
  ])
  let isDone = false
  const until = async (act: () => Promise<void>): Promise<number> => {
    let times = 0
    for (; !isDone; times++) await act()
    return times
  }
  const admin = await connect(heart.world.url)
  const treasurer = await connect(heart.world.url)
  const sweeper = await connect(heart.world.url)
  const [member] = heart.world.members
  const edits = until(async () => {
    // Rows first, in any order, the gate last: by the trigger at commit, or by refresh_limits.
    await admin.query('begin')
    await admin.query('update tenancy.member set surface = $1 where id = $2', [
      Math.random() < 0.5 ? 'hub' : 'studio',
      member?.id,
    ])
    await admin.query(`insert into tenancy.team (id, name) values ($1, $2)`, [newId(), newId()])
    await admin.query(
      `insert into ledger.budget (id, unit, scope_kind, scope_id, period, amount, updated_by)
         values ($1, 'tokens', 'user', null, 'day', 2000, $1)
       on conflict (unit, scope_kind, scope_id, period) do update set updated_at = now()`,
      [newId()],
    )
    await admin.query(`select ledger.refresh_limits('user')`)
    await admin.query('commit')
  })
  const transfers = until(async () => {
    await treasurer.query(`select ledger.post_transfer($1, 'adjustment', 5, '2100-12-24', 'test', $1)`, [newId()])
    await treasurer.query(`select ledger.post_transfer($1, 'adjustment', -5, null, 'test', $1)`, [newId()])
    await treasurer.query(`select ledger.grant_quota_top_up($1, 'user', $2, 'day', 1, 'test', $1)`, [
      newId(),
      member?.id,
    ])
  })
  const sweeps = until(async () => {
    await sweeper.query(`update kernel.node_lease set expires_at = '-infinity'
      where node_id = (select node_id from kernel.node_lease order by random() limit 1)`)
    await sweeper.query('select invocation.expire_holds($1)', [Array.from({ length: 20 }, newId)])
    await sweeper.query(`update kernel.node_lease set expires_at = 'infinity'`)
  })
  const tally = await processes.run({ ...(await load()), settles: true, turns: 30 }).finally(() => (isDone = true))
  const rounds = await Promise.all([edits, transfers, sweeps])
  await Promise.all([admin.end(), treasurer.end(), sweeper.end()])
  expect(Math.min(...rounds)).toBeGreaterThan(0)
  expect(Object.keys(tally.letters)).toEqual(expect.arrayContaining(['a', 't', 'settle s', 'settle d']))
})
