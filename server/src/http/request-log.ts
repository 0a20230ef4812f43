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
const MAX_BUFFERED = 20_000

const INSERT = `
  insert into audit.request (at, request_id, actor_type, actor_id, api_key_id, method, route, status, duration_ms, address)
  select * from unnest($1::timestamptz[], $2::uuid[], $3::text[], $4::uuid[], $5::uuid[], $6::text[], $7::text[],
    $8::smallint[], $9::int[], $10::inet[])`

const COUNT = `
  insert into audit.failed_authentication as f (minute, reason, address, count)
  select date_trunc('minute', now()), reason, address, count
  from unnest($1::text[], $2::inet[], $3::bigint[]) t(reason, address, count)
  on conflict (minute, reason, address) do update set count = f.count + excluded.count`

type Bucket = { rows: LoggedRequest[]; days: Set<string> }

/** A buffer per database with one timer for all. A write that fails is tried again with the next; it never blocks. */
export function createRequestLog(control: ControlDatabase, log: Log): RequestLog {
  const buckets = new Map<OrganisationDatabase | ControlDatabase, Bucket>()
  let failures = new Map<string, { readonly reason: string; readonly address: string; count: number }>()
  let timer: NodeJS.Timeout | null = null
  let underWay: Promise<void> = Promise.resolve()

  const write = async (database: OrganisationDatabase | ControlDatabase, bucket: Bucket): Promise<void> => {
    const rows = bucket.rows
    if (rows.length === 0) return
    bucket.rows = []
    try {
      await database.connection(async (client) => {
        for (const day of new Set(rows.map((row) => row.at.toISOString().slice(0, 10)))) {
          if (!bucket.days.has(day)) await client.query(PARTITION(day))
          bucket.days.add(day)
        }
        await client.query({ name: 'audit.request.insert', text: INSERT, values: columnsOf(rows) })
      })
    } catch (error) {
      log.warn({ err: error, count: rows.length }, 'requests could not be logged; they are kept for the next try')
      if (bucket.rows.length + rows.length <= MAX_BUFFERED) bucket.rows = [...rows, ...bucket.rows]
      else log.error({ count: rows.length }, 'the request log is full; these entries are lost')
    }
  }

  const writeFailures = async (): Promise<void> => {
    const counted = [...failures.values()]
    if (counted.length === 0) return
    failures = new Map()
    try {
      const columns = [
        counted.map((each) => each.reason),
        counted.map((each) => each.address),
        counted.map((each) => each.count),
      ]
      await control.connection((client) => client.query(COUNT, columns))
    } catch (error) {
      log.warn({ err: error, count: counted.length }, 'failed authentications could not be counted; they are kept')
      for (const { reason, address, count } of counted) add(reason, address, count)
    }
  }
  const add = (reason: string, address: string, count: number) => {
    const name = `${reason}|${address}`
    const known = failures.get(name)
    if (known !== undefined) known.count += count
    else if (failures.size < MAX_BUFFERED) failures.set(name, { reason, address, count })
  }

  const flush = (): Promise<void> => {
    if (timer !== null) clearTimeout(timer)
    timer = null
    underWay = underWay.then(async () => {
      await Promise.all([writeFailures(), ...[...buckets].map(([database, bucket]) => write(database, bucket))])
      if (failures.size > 0 || [...buckets.values()].some((bucket) => bucket.rows.length > 0)) arm()
    })
    return underWay
  }
  const arm = () => {
    timer ??= setTimeout(() => void flush(), FLUSH_AFTER_MS)
    timer.unref()
  }

  return {
    note(database, request) {
      const key = database ?? control
      const bucket = buckets.get(key) ?? { rows: [], days: new Set() }
      buckets.set(key, bucket)
      bucket.rows.push(request)
      arm()
    },
    countFailure(reason, address) {
      add(reason, address, 1)
      arm()
    },
    flush,
  }
}

const PARTITION = (day: string): string => {
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
  return `select audit.ensure_request_partition('${day}', '${next}')`
}

function columnsOf(rows: readonly LoggedRequest[]): unknown[] {
  return [
    rows.map((row) => row.at),
    rows.map((row) => row.origin.request_id),
    rows.map((row) => row.origin.actor_type),
    rows.map((row) => row.origin.actor_id),
    rows.map((row) => row.origin.api_key_id),
    rows.map((row) => row.method),
    rows.map((row) => row.route),
    rows.map((row) => row.status),
    rows.map((row) => row.duration_ms),
    rows.map((row) => row.origin.address),
  ]
}
