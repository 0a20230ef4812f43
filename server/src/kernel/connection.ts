// The node's budget of connections to one PostgreSQL server. A backend that has run `admit` weighs about 8 MB, so a node
// shares a fixed number among all databases: the least recently used idle connection of another database makes room.

import { Socket } from 'node:net'
import pg from 'pg'
import { readJson } from './json-text.ts'
import { MAX_AMOUNT } from './money.ts'
import { overloaded } from './problem.ts'

// PostgreSQL's own numbers of its types.
const INT8: number = 20
const JSON_TEXT: number = 114
const JSONB: number = 3802
const DATE: number = 1082
const NUMERIC: number = 1700

const safeInteger = (text: string): number => {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || Math.abs(value) > MAX_AMOUNT) {
    throw new RangeError(`The database gave ${text}, which is too large to be handled exactly`)
  }
  return value
}

/** int8 and numeric come as exact numbers (an error above 2^53), dates as text, timestamps as Date, JSON with the keys it has. */
const types: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary'): unknown {
    if (format !== 'binary' && (oid === INT8 || oid === NUMERIC)) return safeInteger
    if (format !== 'binary' && oid === DATE) return String
    if (format !== 'binary' && (oid === JSON_TEXT || oid === JSONB)) return readJson
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
  readonly ssl?: pg.ClientConfig['ssl']
}

const CONNECT_TIMEOUT_MS = 10_000
/** No statement of a request takes this long: a server that does not answer is lost, whatever its socket says. */
const QUERY_TIMEOUT_MS = 30_000
const CLOSE_TIMEOUT_MS = 5000
const WAIT_TIMEOUT_MS = 10_000
/** How long a connection may keep its place while others wait for one. */
const TENURE_MS = 1000
const REAP_EVERY_MS = 30_000

const sockets = new WeakMap<pg.Client, Socket>()

/** Opens a connection and makes sure that it leads where it should; a connection never changes its database later. */
async function connect(address: DatabaseAddress): Promise<pg.Client> {
  const socket = new Socket()
  const client = new pg.Client({
    ...address,
    types,
    application_name: 'reeve',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
    keepAlive: true,
    // What is asked goes out before what was asked is answered: the begin of a transaction costs no turn of its own.
    pipeline: true,
    stream: () => socket,
  })
  sockets.set(client, socket)
  // A connection lost while idle must not end the process; the next query on it fails and says so.
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ name: string }>('select current_database() as name')
    if (rows[0]?.name === address.database) return client
    throw new Error('A connection led into another database than the one asked for')
  } catch (error) {
    await disconnect(client)
    throw error
  }
}

const gathering = new WeakSet<Socket>()

/** What is asked of a connection in this turn of the event loop goes out in one write. */
export function gather(client: pg.Client): void {
  const socket = sockets.get(client)
  if (socket === undefined || gathering.has(socket)) return
  gathering.add(socket)
  socket.cork()
  process.nextTick(() => {
    gathering.delete(socket)
    socket.uncork()
  })
}

/** Closes a connection and returns when its backend is gone, or does not answer any more. */
async function disconnect(client: pg.Client): Promise<void> {
  const timer = setTimeout(() => sockets.get(client)?.destroy(), CLOSE_TIMEOUT_MS)
  await client.end().catch(() => undefined)
  clearTimeout(timer)
}

/** Whether the connection itself failed, so that nobody knows whether the statement was committed. */
export function isConnectionLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  return (
    /^(08|57P0[1-5]|25P0[34])/.test(code) ||
    /^(ECONN|EPIPE|ETIMEDOUT|ENOENT)/.test(code) ||
    /Connection terminated|not queryable|connection is closed|Client was closed|Query read timeout/i.test(error.message)
  )
}

export type Lease = { readonly client: pg.Client; readonly release: (failure?: boolean) => void }

/**
 * Why a connection is wanted. A `visit` only looks whether there is something to do: where places are short it takes that of
 * an earlier visit, so that looking at every database in turn takes none away from those at work.
 */
export type Purpose = 'work' | 'visit'

export type ConnectionBudget = {
  /** Lends a connection to a database; waits at most 10 s for one, then refuses with `overloaded`. */
  readonly take: (key: string, address: () => Promise<DatabaseAddress>, purpose?: Purpose) => Promise<Lease>
  /** Closes the idle connections of one database (it is about to be dropped or moved). */
  readonly forget: (key: string) => Promise<void>
  readonly counts: () => { readonly open: number; readonly idle: number; readonly waiting: number }
  /** Closes what is idle now and what is lent when it comes back; nothing is lent any more. */
  readonly close: () => Promise<void>
}

export type BudgetOptions = {
  readonly limit: number
  /** No database gets more than this many at once. */
  readonly limit_per_database: number
  readonly idle_timeout_ms: number
  readonly on_open?: (key: string, client: pg.Client) => Promise<void>
}

/**
 * Shares `limit` connections among databases: at no moment are there more backends. Whoever waits is served in order of
 * arrival, whatever database it wants; one whose database has all that it may have does not hold up the others.
 */
export function createConnectionBudget(options: BudgetOptions): ConnectionBudget {
  return new Budget(options)
}

type Idle = { readonly key: string; readonly client: pg.Client; readonly since_ms: number }

type Waiter = {
  readonly key: string
  readonly purpose: Purpose
  readonly address: () => Promise<DatabaseAddress>
  readonly resolve: (lease: Lease) => void
  readonly reject: (error: unknown) => void
  readonly timer: NodeJS.Timeout
}

class Budget implements ConnectionBudget {
  readonly #options: BudgetOptions
  /** The least recently used first. */
  #idle: Idle[] = []
  /** Being opened, lent, idle or being closed: until its backend is gone a connection has its place. */
  #open = 0
  #closing = 0
  #isClosed = false
  /** Being opened or lent, by database. */
  readonly #lent = new Map<string, number>()
  readonly #ended = new WeakSet<pg.Client>()
  readonly #opened = new WeakMap<pg.Client, number>()
  /** Opened for a visit, and not used for anything else since. */
  readonly #guests = new WeakSet<pg.Client>()
  #lookAgain: NodeJS.Timeout | null = null
  readonly #waiters: Waiter[] = []
  readonly #reaper: NodeJS.Timeout

  constructor(options: BudgetOptions) {
    this.#options = options
    this.#reaper = setInterval(() => this.#reap(), REAP_EVERY_MS)
    this.#reaper.unref()
  }

  readonly take = (key: string, address: () => Promise<DatabaseAddress>, purpose: Purpose = 'work'): Promise<Lease> => {
    if (this.#isClosed) return Promise.reject(overloaded({}, { retry_after_s: 5 }))
    // Nobody who waits has an idle connection of their own database, so taking one passes nobody by.
    const found = this.#takeIdle(key, purpose)
    if (found !== undefined) return Promise.resolve(this.#lend(key, found))
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiters.splice(this.#waiters.indexOf(waiter), 1)
        reject(overloaded({}, { retry_after_s: 1 }))
      }, WAIT_TIMEOUT_MS)
      const waiter: Waiter = { key, purpose, address, resolve, reject, timer }
      this.#waiters.push(waiter)
      this.#serve()
    })
  }

  readonly forget = async (key: string): Promise<void> => {
    const mine = this.#idle.filter((entry) => entry.key === key)
    this.#idle = this.#idle.filter((entry) => entry.key !== key)
    await Promise.all(mine.map((entry) => this.#discard(entry.client)))
  }

  readonly counts = () => ({ open: this.#open, idle: this.#idle.length, waiting: this.#waiters.length })

  readonly close = async (): Promise<void> => {
    this.#isClosed = true
    clearInterval(this.#reaper)
    if (this.#lookAgain !== null) clearTimeout(this.#lookAgain)
    for (const waiter of this.#waiters.splice(0)) {
      clearTimeout(waiter.timer)
      waiter.reject(overloaded({}, { retry_after_s: 5 }))
    }
    await Promise.all(this.#idle.splice(0).map((entry) => this.#discard(entry.client)))
  }

  /** Gives everybody who waits what there is for them. Called after whatever may have made a difference. */
  #serve(): void {
    // Places that connections being closed will leave; they are promised to those who wait longest.
    let coming = this.#closing
    let index = 0
    for (let waiter = this.#waiters[index]; waiter !== undefined; waiter = this.#waiters[index]) {
      const { key, purpose } = waiter
      const found = this.#takeIdle(key, purpose)
      if (found !== undefined) {
        this.#dismiss(index).resolve(this.#lend(key, found))
      } else if (this.#isAtItsLimit(key)) {
        index += 1
      } else if (this.#open < this.#options.limit) {
        void this.#openFor(this.#dismiss(index))
      } else {
        // While places are short a database makes do with the one it has. And whoever cannot be served now does not
        // keep those behind from the connections of their own databases.
        const isServedSoon = (this.#lent.get(key) ?? 0) > 0
        if (!isServedSoon && (coming > 0 || this.#closeOne(purpose))) coming = Math.max(0, coming - 1)
        index += 1
      }
    }
  }

  #dismiss(index: number): Waiter {
    const [waiter] = this.#waiters.splice(index, 1)
    if (waiter === undefined) throw new Error('Nobody waits there')
    clearTimeout(waiter.timer)
    return waiter
  }

  #isAtItsLimit(key: string): boolean {
    return (this.#lent.get(key) ?? 0) >= this.#options.limit_per_database
  }

  /** The most recently used idle connection, so that the others grow old. */
  #takeIdle(key: string, purpose: Purpose): pg.Client | undefined {
    if (this.#isAtItsLimit(key)) return undefined
    const index = this.#idle.findLastIndex((entry) => entry.key === key)
    const client = index < 0 ? undefined : this.#idle.splice(index, 1)[0]?.client
    if (client !== undefined && purpose === 'work') this.#guests.delete(client)
    return client
  }

  #lend(key: string, client: pg.Client): Lease {
    this.#count(key, 1)
    let isReleased = false
    return {
      client,
      release: (failure = false) => {
        if (isReleased) return
        isReleased = true
        this.#count(key, -1)
        // A connection that somebody left within a transaction is never lent again.
        const isUsable =
          !failure && !this.#isClosed && !this.#ended.has(client) && client.getTransactionStatus() === 'I'
        if (isUsable) this.#idle.push({ key, client, since_ms: performance.now() })
        else void this.#discard(client)
        this.#serve()
      },
    }
  }

  #count(key: string, change: 1 | -1): void {
    const lent = (this.#lent.get(key) ?? 0) + change
    if (lent === 0) this.#lent.delete(key)
    else this.#lent.set(key, lent)
  }

  async #openFor({ key, purpose, address, resolve, reject }: Waiter): Promise<void> {
    this.#open += 1
    this.#count(key, 1)
    let client: pg.Client | null = null
    try {
      const opened = await connect(await address())
      client = opened
      this.#opened.set(opened, performance.now())
      if (purpose === 'visit') this.#guests.add(opened)
      opened.once('end', () => this.#noteEnd(opened))
      await this.#options.on_open?.(key, opened)
      this.#count(key, -1)
      resolve(this.#lend(key, opened))
    } catch (error) {
      reject(error)
      this.#count(key, -1)
      if (client !== null) await disconnect(client)
      this.#open -= 1
      this.#serve()
    }
  }

  /** The server closed a connection. One that is lent keeps its place until it comes back. */
  #noteEnd(client: pg.Client): void {
    this.#ended.add(client)
    const index = this.#idle.findIndex((entry) => entry.client === client)
    if (index < 0) return
    this.#idle.splice(index, 1)
    this.#open -= 1
    this.#serve()
  }

  /**
   * Makes room by closing an idle connection: that of a visit, else a second one of some database, else the least recently
   * used that has had its time. A visit closes the latest one: going round in a circle it would always have just closed
   * the one that it needs next. Opening costs a backend far more than a statement does, so without that time databases that
   * take turns would do nothing but open (measured: 50 organisations on 34 places fell from 400 to 15 calls/s).
   */
  #closeOne(purpose: Purpose): boolean {
    const now = performance.now()
    const tenure_ms = this.#tenureMs()
    const isGuest = ({ client }: Idle) => this.#guests.has(client)
    let victim = purpose === 'visit' ? this.#idle.findLastIndex(isGuest) : this.#idle.findIndex(isGuest)
    if (victim < 0) victim = this.#findSecond()
    if (victim < 0) victim = this.#idle.findIndex(({ client }) => now - this.#openedMs(client) >= tenure_ms)
    const [closed] = victim < 0 ? [] : this.#idle.splice(victim, 1)
    if (closed !== undefined) {
      void this.#discard(closed.client)
      return true
    }
    this.#lookAgain ??= setTimeout(() => {
      this.#lookAgain = null
      this.#serve()
    }, tenure_ms / 4)
    return false
  }

  #findSecond(): number {
    const seconds = new Set<string>()
    return this.#idle.findIndex(({ key }) => {
      const isSecond = seconds.has(key) || this.#lent.has(key)
      seconds.add(key)
      return isSecond
    })
  }

  /** The more wait for a place, the shorter the time in which a connection may keep its own. */
  #tenureMs(): number {
    return Math.min(TENURE_MS, (TENURE_MS * this.#options.limit) / Math.max(1, this.#waiters.length))
  }

  #openedMs(client: pg.Client): number {
    return this.#opened.get(client) ?? 0
  }

  async #discard(client: pg.Client): Promise<void> {
    this.#closing += 1
    await disconnect(client)
    this.#closing -= 1
    this.#open -= 1
    this.#serve()
  }

  #reap(): void {
    const limit_ms = performance.now() - this.#options.idle_timeout_ms
    const isOld = (entry: Idle) => entry.since_ms < limit_ms
    const old = this.#idle.filter(isOld)
    this.#idle = this.#idle.filter((entry) => !isOld(entry))
    for (const entry of old) void this.#discard(entry.client)
  }
}
