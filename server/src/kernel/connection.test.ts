import { randomBytes } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test, vi } from 'vitest'
import {
  type BudgetOptions,
  type ConnectionBudget,
  createConnectionBudget,
  type DatabaseAddress,
  isConnectionLost,
  type Lease,
  type Purpose,
} from './connection.ts'
import { asAdmin } from './placement.ts'

const admin_url = inject('admin_url')
const prefix = `test_b_${randomBytes(4).toString('hex')}`
const DATABASES = ['a', 'b', 'c', 'd', 'e'].map((letter) => `${prefix}_${letter}`)
const [A = '', B = '', C = ''] = DATABASES
const LIMIT = 4

/** The server itself refuses this role one connection too many. */
const addressOf = (database: string) => async (): Promise<DatabaseAddress> => {
  const { hostname, port } = new URL(admin_url)
  return { host: hostname, port: Number(port), database, user: prefix, password: 'test' }
}

beforeAll(() =>
  asAdmin(admin_url, async (client) => {
    for (const name of DATABASES) await client.query(`create database ${name} template template0`)
    await client.query(`create role ${prefix} login password 'test' connection limit ${LIMIT}`)
  }),
)
afterAll(() =>
  asAdmin(admin_url, async (client) => {
    for (const name of DATABASES) await client.query(`drop database ${name} with (force)`)
    await client.query(`drop role ${prefix}`)
  }),
)

const budgets: ConnectionBudget[] = []
afterEach(async () => {
  await Promise.all(budgets.splice(0).map((budget) => budget.close()))
})

function open(options: Partial<BudgetOptions> = {}) {
  const budget = createConnectionBudget({ limit: LIMIT, limit_per_database: 2, idle_timeout_ms: 60_000, ...options })
  budgets.push(budget)
  return { ...budget, take: (name: string, purpose?: Purpose) => budget.take(name, addressOf(name), purpose) }
}

const pidOf = async ({ client }: Lease): Promise<number> => {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  return rows[0]?.pid ?? 0
}
const terminate = (pid: number) =>
  asAdmin(admin_url, (client) => client.query('select pg_terminate_backend($1, 5000)', [pid]))
const countBackends = async (client: Parameters<Parameters<typeof asAdmin>[1]>[0]): Promise<number> => {
  const { rows } = await client.query<{ count: number }>(
    'select count(*)::int as count from pg_stat_activity where datname = any ($1)',
    [DATABASES],
  )
  return rows[0]?.count ?? 0
}

test('a connection that was given back is lent again', async () => {
  const budget = open()
  const first = await budget.take(A)
  const pid = await pidOf(first)
  first.release()
  const second = await budget.take(A)
  expect(await pidOf(second)).toBe(pid)
  second.release()
  expect(budget.counts()).toEqual({ open: 1, idle: 1, waiting: 0 })
})

test('giving back twice gives back once', async () => {
  const budget = open({ limit_per_database: 1 })
  const lease = await budget.take(A)
  lease.release()
  const next = await budget.take(A)
  lease.release()
  const third = budget.take(A)
  expect(budget.counts()).toEqual({ open: 1, idle: 0, waiting: 1 })
  next.release()
  ;(await third).release()
})

test('under random load there are never more backends than allowed, and everybody is served', async () => {
  const budget = open()
  const lent = new Map<string, number>()
  let most_of_one = 0
  const borrow = async (turn: number) => {
    const name = DATABASES[Math.floor(Math.random() * DATABASES.length)] ?? A
    const lease = await budget.take(name)
    lent.set(name, (lent.get(name) ?? 0) + 1)
    most_of_one = Math.max(most_of_one, lent.get(name) ?? 0)
    const isKilled = turn % 7 === 0
    const statement = isKilled ? 'select pg_terminate_backend(pg_backend_pid())' : 'select 1'
    const error: unknown = await lease.client.query(statement).then(
      () => null,
      (caught: unknown) => caught,
    )
    expect(isConnectionLost(error)).toBe(isKilled)
    lent.set(name, (lent.get(name) ?? 0) - 1)
    lease.release(isKilled || turn % 5 === 0)
  }
  const work = async () => {
    for (let turn = 1; turn <= 30; turn++) await borrow(turn)
  }
  await Promise.all(Array.from({ length: 16 }, work))
  expect(most_of_one).toBe(2)
  expect(budget.counts().waiting).toBe(0)
  expect(budget.counts().open).toBeLessThanOrEqual(LIMIT)
})

test('one database gets no more than its part, and does not hold up the others', async () => {
  const budget = open()
  const mine = [await budget.take(A), await budget.take(A)]
  const third = budget.take(A)
  const other = await budget.take(B)
  expect(budget.counts()).toMatchObject({ open: 3, waiting: 1 })
  mine[0]?.release()
  ;(await third).release()
  mine[1]?.release()
  other.release()
})

test('whoever waits is served, and of one database in order of arrival', async () => {
  const budget = open({ limit: 1, limit_per_database: 1 })
  const lease = await budget.take(A)
  const served: string[] = []
  const waitAs = async (who: string, database: string) => {
    const own = await budget.take(database)
    served.push(who)
    // Whoever gives back and wants more goes to the end.
    own.release()
  }
  const waiting = [A, B, A, C, B].map((database, index) => waitAs(`waiter ${index}`, database))
  lease.release()
  const again = waitAs('newcomer', A)
  await Promise.all([...waiting, again])
  // Those of A come first: its connection keeps its place for a while before it makes room for another database.
  expect(served.filter((who) => ['waiter 0', 'waiter 2', 'newcomer'].includes(who))).toEqual([
    'waiter 0',
    'waiter 2',
    'newcomer',
  ])
  expect(served.filter((who) => ['waiter 1', 'waiter 4'].includes(who))).toEqual(['waiter 1', 'waiter 4'])
  expect(served).toHaveLength(6)
})

test('a database that never rests gives its place to one that waits', async () => {
  const budget = open({ limit: 1, limit_per_database: 1 })
  const state = { isServed: false }
  const busy = (async () => {
    while (!state.isServed) {
      const lease = await budget.take(A)
      await lease.client.query('select 1')
      lease.release()
    }
  })()
  const other = await budget.take(B)
  state.isServed = true
  other.release()
  await busy
})

test('the least recently used connection of another database makes room', async () => {
  const budget = open({ limit: 2 })
  const a = await budget.take(A)
  const pidOfA = await pidOf(a)
  a.release()
  ;(await budget.take(B)).release()
  ;(await budget.take(A)).release()
  ;(await budget.take(C)).release()
  const stillA = await budget.take(A)
  expect(await pidOf(stillA)).toBe(pidOfA)
  stillA.release()
  expect(budget.counts()).toEqual({ open: 2, idle: 2, waiting: 0 })
})

test('a visit takes the place of an earlier visit, and none of those at work', async () => {
  const budget = open({ limit: 3 })
  const work = await Promise.all([budget.take(A), budget.take(A)])
  const pids = await Promise.all(work.map(pidOf))
  for (const lease of work) lease.release()
  for (const name of [B, C, B, C]) (await budget.take(name, 'visit')).release()
  const again = await Promise.all([budget.take(A), budget.take(A)])
  expect(new Set(await Promise.all(again.map(pidOf)))).toEqual(new Set(pids))
  for (const lease of again) lease.release()
  expect(budget.counts()).toEqual({ open: 3, idle: 3, waiting: 0 })
})

test('visits in turn leave those that have a place in it, and work that comes takes the place of one', async () => {
  const budget = open({ limit: 2 })
  const visit = async (name: string) => {
    const lease = await budget.take(name, 'visit')
    const pid = await pidOf(lease)
    lease.release()
    return pid
  }
  const pidOfA = await visit(A)
  await visit(B)
  await visit(C)
  expect(await visit(A)).toBe(pidOfA)
  const work = await budget.take(B)
  expect(await visit(A)).toBe(pidOfA)
  work.release()
})

test('a backend that is killed while idle is replaced', async () => {
  const budget = open({ limit: 1 })
  const lease = await budget.take(A)
  const pid = await pidOf(lease)
  lease.release()
  await terminate(pid)
  await expect.poll(() => budget.counts()).toEqual({ open: 0, idle: 0, waiting: 0 })
  const next = await budget.take(A)
  expect(await pidOf(next)).not.toBe(pid)
  next.release()
})

test('a backend that is killed while lent keeps its place until it comes back, and is replaced', async () => {
  const budget = open({ limit: 1 })
  const lease = await budget.take(A)
  const pid = await pidOf(lease)
  await terminate(pid)
  const error: unknown = await lease.client.query('select 1').catch((caught: unknown) => caught)
  expect(isConnectionLost(error)).toBe(true)
  const next = budget.take(B)
  expect(budget.counts()).toMatchObject({ open: 1, waiting: 1 })
  lease.release()
  const given = await next
  expect(await pidOf(given)).not.toBe(pid)
  given.release()
})

test('a connection that was left within a transaction is not lent again', async () => {
  const budget = open({ limit: 1 })
  const lease = await budget.take(A)
  const pid = await pidOf(lease)
  await lease.client.query('begin')
  lease.release()
  const next = await budget.take(A)
  expect(await pidOf(next)).not.toBe(pid)
  next.release()
})

test('a database that cannot be opened gives its place to the next', async () => {
  const budget = open({ limit: 1 })
  const refused = budget.take(`${prefix}_missing`)
  const next = budget.take(A)
  await expect(refused).rejects.toMatchObject({ code: '3D000' })
  ;(await next).release()
  expect(budget.counts()).toEqual({ open: 1, idle: 1, waiting: 0 })
})

test('a database that is refused when it is opened leaves no backend behind', async () => {
  const budget = open({
    limit: 1,
    on_open: async (key) => {
      if (key === B) throw new Error('behind')
    },
  })
  await expect(budget.take(B)).rejects.toThrow('behind')
  ;(await budget.take(A)).release()
  expect(await asAdmin(admin_url, countBackends)).toBe(1)
})

test('forgetting a database closes its idle connections and no others', async () => {
  const budget = open()
  ;(await budget.take(A)).release()
  const b = await budget.take(B)
  const pid = await pidOf(b)
  b.release()
  await budget.forget(A)
  expect(budget.counts()).toEqual({ open: 1, idle: 1, waiting: 0 })
  const again = await budget.take(B)
  expect(await pidOf(again)).toBe(pid)
  again.release()
})

test('a closed budget lends nothing, tells those who wait, and closes what comes back', async () => {
  const budget = open({ limit: 1 })
  const lease = await budget.take(A)
  const waiting = budget.take(B)
  const closed = budget.close()
  await expect(waiting).rejects.toMatchObject({ code: 'overloaded' })
  await expect(budget.take(A)).rejects.toMatchObject({ code: 'overloaded' })
  await closed
  lease.release()
  await expect.poll(() => budget.counts()).toEqual({ open: 0, idle: 0, waiting: 0 })
})

describe('when time passes', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  test('who waits too long is refused and loses the place in the queue', async () => {
    const budget = open({ limit: 1 })
    const lease = await budget.take(A)
    const tooLong = budget.take(A)
    vi.advanceTimersByTime(9000)
    const patient = budget.take(A)
    vi.advanceTimersByTime(1000)
    await expect(tooLong).rejects.toMatchObject({ code: 'overloaded', retry_after_s: 1 })
    expect(budget.counts().waiting).toBe(1)
    lease.release()
    ;(await patient).release()
  })

  test('what nobody uses any more is closed', async () => {
    const budget = open({ idle_timeout_ms: -1 })
    ;(await budget.take(A)).release()
    ;(await budget.take(B)).release()
    vi.advanceTimersByTime(30_000)
    vi.useRealTimers()
    await expect.poll(() => budget.counts()).toEqual({ open: 0, idle: 0, waiting: 0 })
  })
})

test('whole numbers are exact or an error, dates are text, instants are instants', async () => {
  const lease = await open().take(A)
  const { rows } = await lease.client.query(`
    select 9007199254740991::int8 as most, -9007199254740991::int8 as least, 12::numeric as whole,
      date '2026-03-01' as day, timestamptz '2026-03-01T12:00:00Z' as at`)
  expect(rows).toEqual([
    {
      most: 9_007_199_254_740_991,
      least: -9_007_199_254_740_991,
      whole: 12,
      day: '2026-03-01',
      at: new Date('2026-03-01T12:00:00Z'),
    },
  ])
  for (const value of ['9007199254740992::int8', '(-9007199254740992)::int8', '1.5::numeric', `'NaN'::numeric`]) {
    await expect(lease.client.query(`select ${value}`)).rejects.toThrow('too large to be handled exactly')
  }
  lease.release()
})
