import { Writable } from 'node:stream'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { cloneControlDatabase, type ClonedDatabase } from '../../test/harness.ts'
import { anonymousOrigin } from '../audit/append.ts'
import { type ConnectionBudget, createConnectionBudget, type DatabaseAddress } from '../kernel/connection.ts'
import { type ControlDatabase, openControlDatabase } from '../kernel/database.ts'
import { newId } from '../kernel/id.ts'
import { createLog } from '../kernel/log.ts'
import { asAdmin } from '../kernel/placement.ts'
import { createRequestLog, type LoggedRequest } from './request-log.ts'

// Control and organisations have the same table, so two databases of one kind stand for both.
let one: ClonedDatabase
let other: ClonedDatabase
const budgets: ConnectionBudget[] = []
beforeAll(async () => {
  ;[one, other] = await Promise.all([cloneControlDatabase(), cloneControlDatabase()])
})
afterEach(async () => {
  await Promise.all(budgets.splice(0).map((budget) => budget.close()))
})
afterAll(async () => {
  await Promise.all([one.drop(), other.drop()])
})
beforeEach(async () => {
  for (const { url } of [one, other]) {
    await asAdmin(url, (client) => client.query('truncate audit.request, audit.failed_authentication'))
  }
})

const log = createLog('silent')

function addressOf(url: string): DatabaseAddress {
  const { hostname, port, username, password, pathname } = new URL(url)
  return { host: hostname, port: Number(port), database: pathname.slice(1), user: username, password }
}
function open(url: string): ControlDatabase {
  const budget = createConnectionBudget({ limit: 2, limit_per_database: 2, idle_timeout_ms: 60_000 })
  budgets.push(budget)
  return openControlDatabase(budget, addressOf(url))
}

/** A database that fails until it is told to work; `after` lets the statement be committed first. */
function openBroken(url: string, when: 'before' | 'after' = 'before') {
  const real = open(url)
  const state = { isBroken: true, tries: 0 }
  const database: ControlDatabase = {
    ...real,
    async connection(work) {
      if (state.isBroken) state.tries += 1
      if (state.isBroken && when === 'before') throw new Error('The database is away')
      const result = await real.connection(work)
      if (state.isBroken) throw new Error('The connection was lost behind the commit')
      return result
    },
  }
  return { database, state }
}

const request = (more: Partial<LoggedRequest> = {}): LoggedRequest => ({
  at: new Date(),
  origin: anonymousOrigin({ request_id: newId(), address: '192.0.2.1' }),
  method: 'GET',
  route: '/api/me',
  status: 200,
  duration_ms: 3,
  ...more,
})

type Row = { readonly request_id: string }

const SOON = { timeout: 10_000 }
const rowsOf = async ({ url }: ClonedDatabase): Promise<readonly Row[]> =>
  (await asAdmin(url, (client) => client.query<Row>('select * from audit.request order by at, request_id'))).rows
const idsOf = async (database: ClonedDatabase) => (await rowsOf(database)).map((row) => row.request_id)

test('a request is stored with everything that was noted of it, in the database it concerned', async () => {
  const requests = createRequestLog(open(one.url), log)
  const noted = request({ method: 'POST', status: 403 })
  requests.note(null, noted)
  await requests.flush()
  expect(await rowsOf(one)).toEqual([
    {
      at: noted.at,
      request_id: noted.origin.request_id,
      actor_type: 'anonymous',
      actor_id: null,
      api_key_id: null,
      method: 'POST',
      route: '/api/me',
      status: 403,
      duration_ms: 3,
      address: '192.0.2.1',
    },
  ])
  expect(await rowsOf(other)).toEqual([])
})

test('what was noted is stored soon by itself, each request once', async () => {
  const requests = createRequestLog(open(one.url), log)
  const noted = Array.from({ length: 500 }, () => request())
  for (const each of noted) requests.note(null, each)
  const ids = noted.map((each) => each.origin.request_id)
  await expect.poll(() => idsOf(one), SOON).toEqual(ids)
})

test('requests noted while others are being stored are stored too', async () => {
  const requests = createRequestLog(open(one.url), log)
  const noted: LoggedRequest[] = []
  for (let turn = 0; turn < 50; turn++) {
    noted.push(request())
    requests.note(null, noted.at(-1) ?? request())
    if (turn % 10 === 0) void requests.flush()
    await new Promise(setImmediate)
  }
  await requests.flush()
  expect(new Set(await idsOf(one))).toEqual(new Set(noted.map((each) => each.origin.request_id)))
  expect(await rowsOf(one)).toHaveLength(noted.length)
})

test('whoever asks for all to be stored waits for it, also beside others who ask', async () => {
  const requests = createRequestLog(open(one.url), log)
  requests.note(null, request())
  const first = requests.flush()
  const noted = request()
  requests.note(null, noted)
  const others = [requests.flush(), requests.flush(), requests.flush()]
  const seen = await Promise.all(
    others.map(async (flushed) => {
      await flushed
      return idsOf(one)
    }),
  )
  await first
  for (const ids of seen) expect(ids).toContain(noted.origin.request_id)
})

test('each day has a partition of its own', async () => {
  const requests = createRequestLog(open(one.url), log)
  const days = ['2025-02-28T23:59:59.999Z', '2025-03-01T00:00:00.000Z', '2025-03-01T23:59:59.999Z']
  for (const day of days) requests.note(null, request({ at: new Date(day) }))
  await requests.flush()
  const { rows } = await asAdmin(one.url, (client) =>
    client.query(
      'select tableoid::regclass::text as partition, count(*)::int from audit.request group by 1 order by 1',
    ),
  )
  expect(rows).toEqual([
    { partition: 'audit.request_20250228', count: 1 },
    { partition: 'audit.request_20250301', count: 2 },
  ])
})

test('after an outage everything is stored, in order and once', async () => {
  const { database, state } = openBroken(one.url)
  const requests = createRequestLog(database, log)
  const noted = [request(), request(), request()]
  for (const each of noted) {
    requests.note(null, each)
    await requests.flush()
  }
  expect(await rowsOf(one)).toEqual([])
  state.isBroken = false
  await expect.poll(() => idsOf(one), SOON).toEqual(noted.map((each) => each.origin.request_id))
})

test('what was stored although the connection was lost is not stored twice', async () => {
  const { database, state } = openBroken(one.url, 'after')
  const requests = createRequestLog(database, log)
  const stored = request()
  requests.note(null, stored)
  await requests.flush()
  const later = request()
  requests.note(null, later)
  state.isBroken = false
  await requests.flush()
  expect(await idsOf(one)).toEqual([stored.origin.request_id, later.origin.request_id])
})

test('a database that is away does not hold up the log of another', async () => {
  const { promise: never } = Promise.withResolvers<never>()
  const hanging: ControlDatabase = { transaction: () => never, autocommit: () => never, connection: () => never }
  const requests = createRequestLog(hanging, log)
  const database = open(other.url)
  requests.note(null, request())
  void requests.flush()
  const noted = request()
  // An organisation's database differs by its tables only, which the log does not look at.
  Reflect.apply(requests.note, requests, [database, noted])
  await expect.poll(() => idsOf(other), SOON).toEqual([noted.origin.request_id])
})

test('while a database is away the tries become rarer', async () => {
  const { database, state } = openBroken(one.url)
  const requests = createRequestLog(database, log)
  requests.note(null, request())
  await expect.poll(() => state.tries, SOON).toBe(3)
  const tries = state.tries
  // Notes that come meanwhile do not make them more frequent.
  for (let count = 0; count < 1000; count++) requests.note(null, request())
  await new Promise(setImmediate)
  expect(state.tries).toBe(tries)
  state.isBroken = false
  await requests.flush()
  expect(await rowsOf(one)).toHaveLength(1001)
})

test('a log that is full loses the newest and says how many', async () => {
  const lines: string[] = []
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk))
      done()
    },
  })
  const { database, state } = openBroken(one.url)
  const requests = createRequestLog(database, pino(sink))
  for (let count = 0; count < 20_005; count++) requests.note(null, request())
  state.isBroken = false
  await requests.flush()
  expect(await rowsOf(one)).toHaveLength(20_000)
  expect(lines.join('')).toContain('"lost":5')
})

test('failed credentials are counted exactly, by reason and address, also over an outage', async () => {
  const { database, state } = openBroken(one.url)
  const requests = createRequestLog(database, log)
  const fail = (reason: string, address: string, count: number) => {
    for (let turn = 0; turn < count; turn++) requests.countFailure(reason, address)
  }
  fail('invalid_api_key', '192.0.2.1', 30)
  await requests.flush()
  fail('invalid_api_key', '192.0.2.1', 12)
  fail('invalid_api_key', '2001:db8::1', 7)
  fail('unknown_account', '192.0.2.1', 1)
  state.isBroken = false
  await requests.flush()
  const { rows } = await asAdmin(one.url, (client) =>
    client.query(
      'select reason, address::text, sum(count)::int as count from audit.failed_authentication group by 1, 2 order by 3',
    ),
  )
  expect(rows).toEqual([
    { reason: 'unknown_account', address: '192.0.2.1/32', count: 1 },
    { reason: 'invalid_api_key', address: '2001:db8::1/128', count: 7 },
    { reason: 'invalid_api_key', address: '192.0.2.1/32', count: 42 },
  ])
})
