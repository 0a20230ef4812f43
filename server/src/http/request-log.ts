// Every API request, reads included, in the log of the database it concerned (event api.request): collected for at most
// 100 ms and written together. A kill -9 may lose that buffer for reads; what a request changed has its own entry.

import type { Origin } from '../audit/append.ts'
import type { ControlDatabase, OrganisationDatabase } from '../kernel/database.ts'
import type { Log } from '../kernel/log.ts'

export type LoggedRequest = {
  readonly at: Date
  readonly origin: Origin
  readonly method: string
  readonly route: string
  readonly status: number
  readonly duration_ms: number
}

export type RequestLog = {
  /** Notes a request; `database` is the organisation's, or null for the platform's own. */
  readonly note: (database: OrganisationDatabase | null, request: LoggedRequest) => void
  /** Counts a credential that failed and names nobody: exactly, per minute, reason and address. */
  readonly countFailure: (reason: string, address: string) => void
  /** Writes what is waiting; resolves when it is stored. */
  readonly flush: () => Promise<void>
}

const FLUSH_AFTER_MS = 100
const LONGEST_PAUSE_MS = 5000
/** Per database. An outage that fills it loses what comes after, and says how much. */
const MAX_BUFFERED = 20_000

const INSERT = `
  insert into audit.request (at, request_id, actor_type, actor_id, api_key_id, method, route, status, duration_ms, address)
  select * from json_to_recordset($1) as t (at timestamptz, request_id uuid, actor_type text, actor_id uuid,
    api_key_id uuid, method text, route text, status smallint, duration_ms int, address inet)`

/** After a failure nobody knows what of the batch was stored, so what is there already is left out. */
const INSERT_AGAIN = `${INSERT}
  where not exists (select from audit.request r where r.at = t.at and r.request_id = t.request_id)`

const COUNT = `
  insert into audit.failed_authentication as f (minute, reason, address, count)
  select date_trunc('minute', now()), reason, address, count
  from unnest($1::text[], $2::inet[], $3::bigint[]) t(reason, address, count)
  on conflict (minute, reason, address) do update set count = f.count + excluded.count`

type Writer = {
  /** Something waits to be written. */
  readonly arm: () => void
  /** Writes what waits now; tries once. Whoever asks meanwhile waits for it as well. */
  readonly flush: () => Promise<void>
}

/**
 * Writes soon after something came, one write at a time, and after a failure again with growing pauses. Every database has
 * a writer of its own: one that is away does not hold up the log of the others.
 */
function createWriter(isWaiting: () => boolean, write: () => Promise<void>, log: Log): Writer {
  let timer: NodeJS.Timeout | null = null
  let underWay: Promise<void> | null = null
  let failures = 0

  const attempt = async (): Promise<void> => {
    try {
      await write()
      failures = 0
    } catch (error) {
      failures += 1
      log.warn({ err: error, failures }, 'requests could not be logged; they are kept for the next try')
    }
  }
  const run = (): Promise<void> => {
    if (timer !== null) clearTimeout(timer)
    timer = null
    underWay ??= attempt().finally(() => {
      underWay = null
      arm()
    })
    return underWay
  }
  const arm = () => {
    if (timer !== null || underWay !== null || !isWaiting()) return
    timer = setTimeout(() => void run(), Math.min(FLUSH_AFTER_MS * 2 ** failures, LONGEST_PAUSE_MS))
    timer.unref()
  }
  return {
    arm,
    async flush() {
      await underWay
      // Another flush may have begun meanwhile: then what waited when this one was asked is on its way with it.
      if (underWay !== null || isWaiting()) await run()
    },
  }
}

type Requests = Writer & { readonly add: (request: LoggedRequest) => void }

/** The requests of one database that wait to be written. */
function collectRequests(database: OrganisationDatabase | ControlDatabase, log: Log): Requests {
  let rows: LoggedRequest[] = []
  let lost = 0
  let isRepeat = false
  const days = new Set<number>()
  const write = async () => {
    const batch = rows
    rows = []
    try {
      await database.connection(async (client) => {
        for (const day of new Set(batch.map(({ at }) => Math.floor(at.getTime() / DAY_MS)))) {
          if (!days.has(day)) await client.query(PARTITION(day))
          days.add(day)
        }
        const text = isRepeat ? INSERT_AGAIN : INSERT
        await client.query({
          name: `audit.request.${isRepeat ? 'again' : 'insert'}`,
          text,
          values: [encodeRows(batch)],
        })
      })
    } catch (error) {
      isRepeat = true
      rows = [...batch, ...rows]
      throw error
    }
    isRepeat = false
    if (lost > 0) log.error({ lost }, 'the request log was full; so many of its entries are lost')
    lost = 0
  }
  const writer = createWriter(() => rows.length > 0, write, log)
  return {
    ...writer,
    add(request) {
      if (rows.length < MAX_BUFFERED) rows.push(request)
      else lost += 1
      writer.arm()
    },
  }
}

type Failures = Writer & { readonly add: (reason: string, address: string, count: number) => void }

/** Exact counts of failed credentials that wait to be written. */
function collectFailures(control: ControlDatabase, log: Log): Failures {
  let counts = new Map<string, { readonly reason: string; readonly address: string; count: number }>()
  const add = (reason: string, address: string, count: number) => {
    const name = `${reason}|${address}`
    const known = counts.get(name)
    if (known !== undefined) known.count += count
    else if (counts.size < MAX_BUFFERED) counts.set(name, { reason, address, count })
  }
  const write = async () => {
    const batch = [...counts.values()]
    counts = new Map()
    try {
      const columns = [
        batch.map((each) => each.reason),
        batch.map((each) => each.address),
        batch.map((each) => each.count),
      ]
      await control.connection((client) => client.query(COUNT, columns))
    } catch (error) {
      for (const { reason, address, count } of batch) add(reason, address, count)
      throw error
    }
  }
  const writer = createWriter(() => counts.size > 0, write, log)
  return {
    ...writer,
    add(reason, address, count) {
      add(reason, address, count)
      writer.arm()
    },
  }
}

/** Opens the log of requests; nothing that goes wrong in it reaches a request. */
export function createRequestLog(control: ControlDatabase, log: Log): RequestLog {
  const collected = new Map<OrganisationDatabase | ControlDatabase, Requests>()
  const failures = collectFailures(control, log)
  return {
    note(database, request) {
      const key = database ?? control
      const requests = collected.get(key) ?? collectRequests(key, log)
      collected.set(key, requests)
      requests.add(request)
    },
    countFailure: (reason, address) => failures.add(reason, address, 1),
    async flush() {
      await Promise.all([failures, ...collected.values()].map((writer) => writer.flush()))
    },
  }
}

const DAY_MS = 86_400_000

/** `day` in days since 1970. */
const PARTITION = (day: number): string => {
  const [from, to] = [day, day + 1].map((each) => new Date(each * DAY_MS).toISOString().slice(0, 10))
  return `select audit.ensure_request_partition('${from}', '${to}')`
}

/** As JSON: a driver that encodes one array per column takes several times as long. */
function encodeRows(rows: readonly LoggedRequest[]): string {
  return JSON.stringify(
    rows.map(({ at, origin, method, route, status, duration_ms }) => ({
      at,
      request_id: origin.request_id,
      actor_type: origin.actor_type,
      actor_id: origin.actor_id,
      api_key_id: origin.api_key_id,
      method,
      route,
      status,
      duration_ms,
      address: origin.address,
    })),
  )
}
