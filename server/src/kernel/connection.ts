// The node's budget of connections to one PostgreSQL server. A backend that has run `admit` weighs about 8 MB, so a node
// shares a fixed number among all databases: the least recently used idle connection of another database makes room.

import pg from 'pg'
import { MAX_AMOUNT } from './money.ts'
import { overloaded } from './problem.ts'

// PostgreSQL's own numbers of its types.
const INT8: number = 20
const DATE: number = 1082
const NUMERIC: number = 1700

const safeInteger = (text: string): number => {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || Math.abs(value) > MAX_AMOUNT) {
    throw new RangeError(`The database gave ${text}, which is too large to be handled exactly`)
  }
  return value
}

/** int8 and numeric come as exact numbers (an error above 2^53), dates as text, timestamps as Date. */
const types: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary'): unknown {
    if (format !== 'binary' && (oid === INT8 || oid === NUMERIC)) return safeInteger
    if (format !== 'binary' && oid === DATE) return String
    // oxlint-disable-next-line typescript/no-unsafe-enum-assignment -- the driver passes any type's number
    return pg.types.getTypeParser(oid, format)
  },
}

export type DatabaseAddress = {
  readonly host: string
  readonly port: number
  readonly database: string
  readonly user: string
  readonly password: string
}

/** Opens a connection and makes sure that it leads where it should; a connection never changes its database later. */
export async function connect(address: DatabaseAddress): Promise<pg.Client> {
  const client = new pg.Client({
    ...address,
    types,
    application_name: 'reeve',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  })
  // A connection lost while idle must not end the process; the next query on it fails and says so.
  client.on('error', () => undefined)
  await client.connect()
  const { rows } = await client.query<{ name: string }>('select current_database() as name')
  if (rows[0]?.name !== address.database) {
    await client.end()
    throw new Error('A connection led into another database than the one asked for')
  }
  return client
}

/** Whether the connection itself failed, so that nobody knows whether the statement was committed. */
export function isConnectionLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  return (
    /^(08|57P0[1-5])/.test(code) ||
    /^(ECONN|EPIPE|ETIMEDOUT|ENOENT)/.test(code) ||
    /Connection terminated|not queryable|connection is closed|Client was closed/i.test(error.message)
  )
}

export type Lease = { readonly client: pg.Client; readonly release: (failure?: boolean) => void }

type Idle = { readonly key: string; readonly client: pg.Client; readonly since_ms: number }

type Waiter = { readonly key: string; readonly wake: () => void; readonly timer: NodeJS.Timeout }

export type ConnectionBudget = {
  /** Lends a connection to a database; waits at most 10 s for one, then refuses with `overloaded`. */
  readonly take: (key: string, address: () => Promise<DatabaseAddress>) => Promise<Lease>
  /** Closes the idle connections of one database (it is about to be dropped or moved). */
  readonly forget: (key: string) => Promise<void>
  readonly counts: () => { readonly open: number; readonly idle: number; readonly waiting: number }
  readonly close: () => Promise<void>
}

export type BudgetOptions = {
  readonly limit: number
  /** No database gets more than this many at once. */
  readonly limit_per_database: number
  readonly idle_timeout_ms: number
  readonly on_open?: (key: string, client: pg.Client) => Promise<void>
}

/** Shares `limit` connections among databases. A waiter is served in order of arrival, whatever database it wants. */
export function createConnectionBudget(options: BudgetOptions): ConnectionBudget {
  let idle: Idle[] = []
  let open = 0
  let isClosed = false
  const lent = new Map<string, number>()
  const dead = new WeakSet<pg.Client>()
  const waiters: Waiter[] = []

  const close = async (client: pg.Client) => {
    open -= 1
    await client.end().catch(() => undefined)
  }
  // The first who could use a connection now: one whose database is at its own limit must not hold up the others.
  const wakeNext = () => {
    const index = waiters.findIndex((entry) => (lent.get(entry.key) ?? 0) < options.limit_per_database)
    const [waiter] = index < 0 ? [] : waiters.splice(index, 1)
    if (waiter === undefined) return
    clearTimeout(waiter.timer)
    waiter.wake()
  }
  const reap = setInterval(() => {
    const limit = performance.now() - options.idle_timeout_ms
    const old = idle.filter((entry) => entry.since_ms < limit)
    idle = idle.filter((entry) => entry.since_ms >= limit)
    for (const entry of old) void close(entry.client)
  }, 30_000)
  reap.unref()

  const release = (key: string, client: pg.Client, failure: boolean) => {
    lent.set(key, (lent.get(key) ?? 1) - 1)
    if (lent.get(key) === 0) lent.delete(key)
    if (failure || isClosed || dead.has(client)) void close(client)
    else idle.push({ key, client, since_ms: performance.now() })
    wakeNext()
  }
  const lend = (key: string, client: pg.Client): Lease => {
    let isReleased = false
    return {
      client,
      release(failure = false) {
        if (isReleased) return
        isReleased = true
        release(key, client, failure)
      },
    }
  }
  const wait = (key: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        const index = waiters.findIndex((waiter) => waiter.timer === timer)
        if (index >= 0) waiters.splice(index, 1)
        reject(overloaded({}, { retry_after_s: 1 }))
      }, 10_000)
      waiters.push({ key, wake: resolve, timer })
    })

  const openNew = async (key: string, address: () => Promise<DatabaseAddress>): Promise<Lease> => {
    open += 1
    try {
      const client = await connect(await address())
      client.once('end', () => {
        dead.add(client)
        const index = idle.findIndex((entry) => entry.client === client)
        if (index >= 0) {
          idle.splice(index, 1)
          open -= 1
        }
      })
      await options.on_open?.(key, client).catch(async (error: unknown) => {
        await client.end().catch(() => undefined)
        throw error
      })
      return lend(key, client)
    } catch (error) {
      open -= 1
      lent.set(key, (lent.get(key) ?? 1) - 1)
      wakeNext()
      throw error
    }
  }

  return {
    async take(key, address) {
      while (true) {
        if (isClosed) throw overloaded({}, { retry_after_s: 5 })
        const isAllowed = (lent.get(key) ?? 0) < options.limit_per_database
        const index = idle.findLastIndex((entry) => entry.key === key)
        const found = idle[index]
        if (isAllowed && (found !== undefined || open < options.limit || idle.length > 0)) {
          lent.set(key, (lent.get(key) ?? 0) + 1)
          if (found !== undefined) {
            idle.splice(index, 1)
            return lend(key, found.client)
          }
          if (open >= options.limit) {
            const oldest = idle.shift()
            if (oldest !== undefined) void close(oldest.client)
          }
          return openNew(key, address)
        }
        await wait(key)
      }
    },
    async forget(key) {
      const mine = idle.filter((entry) => entry.key === key)
      idle = idle.filter((entry) => entry.key !== key)
      await Promise.all(mine.map((entry) => close(entry.client)))
    },
    counts: () => ({ open, idle: idle.length, waiting: waiters.length }),
    async close() {
      isClosed = true
      clearInterval(reap)
      const all = idle
      idle = []
      await Promise.all(all.map((entry) => close(entry.client)))
    },
  }
}
