// Reading the log of API requests (event api.request), of an organisation or of the platform.

import { type RawBuilder, sql } from 'kysely'
import { isId } from '../kernel/id.ts'
import { badCursor, DEFAULT_PAGE_SIZE, type Page, type PageQuery } from '../kernel/page.ts'
import type { Log } from './entry.ts'

export type ApiRequest = {
  readonly at: Date
  readonly request_id: string
  readonly actor_type: string
  readonly actor_id: string | null
  readonly api_key_id: string | null
  readonly method: string
  readonly route: string
  readonly status: number
  readonly duration_ms: number
  readonly address: string | null
}

export type RequestFilter = {
  readonly from: Date | null
  readonly to: Date | null
  readonly actor_id?: string
  readonly api_key_id?: string
  readonly method?: string
  /** The route as it is declared, such as `/api/orgs/:org/members`. */
  readonly route?: string
  /** A status such as `403`, or all of a class: `4xx`. */
  readonly status?: string
  readonly request_id?: string
}

const COLUMNS = sql`
  r.at, r.request_id, r.actor_type, r.actor_id, r.api_key_id, r.method, r.route, r.status, r.duration_ms, r.address`

const EXACT = ['actor_id', 'api_key_id', 'method', 'route'] as const satisfies readonly (keyof RequestFilter)[]

/** A request is noted after its id was made, and within a day; the rest is what clocks may differ by. */
const BEFORE_MS = 300_000
const AFTER_MS = 86_400_000

function requestCondition(request_id: string): RawBuilder<unknown> {
  const began = Number.parseInt(request_id.replace('-', '').slice(0, 12), 16)
  const [from, to] = [new Date(began - BEFORE_MS), new Date(began + AFTER_MS)]
  return sql`r.request_id = ${request_id} and r.at between ${from} and ${to}`
}

function statusCondition(status: string): RawBuilder<unknown> {
  const first = Number(status.slice(0, 1)) * 100
  return status.endsWith('xx') ? sql`r.status between ${first} and ${first + 99}` : sql`r.status = ${Number(status)}`
}

function conditionsOf(filter: RequestFilter): RawBuilder<unknown> {
  const { from, to, status, request_id } = filter
  const conditions = [
    sql`true`,
    ...(from === null ? [] : [sql`r.at >= ${from}`]),
    ...(to === null ? [] : [sql`r.at < ${to}`]),
    ...(status === undefined ? [] : [statusCondition(status)]),
    ...(request_id === undefined ? [] : [requestCondition(request_id)]),
    ...EXACT.flatMap((name) => (filter[name] === undefined ? [] : [sql`${sql.ref(`r.${name}`)} = ${filter[name]}`])),
  ]
  return sql.join(conditions, sql` and `)
}

type Position = { readonly at: Date; readonly request_id: string }

/** Requests are ordered by when they ended, noted in whole milliseconds; the cursor says that and which it was. */
const cursorAt = ({ at, request_id }: Position): string => `${at.getTime()}.${request_id}`

function parsePosition(query: PageQuery): Position | null {
  if (query.cursor === undefined) return null
  const [, ms = '', request_id = ''] = /^(\d{1,15})\.(.*)$/.exec(query.cursor) ?? []
  if (ms === '' || !isId(request_id)) throw badCursor()
  return { at: new Date(Number(ms)), request_id }
}

/** A page of the requests, those that ended last first. Refuses a cursor that is none (`bad_cursor`). */
export async function listRequests(log: Log, filter: RequestFilter, query: PageQuery): Promise<Page<ApiRequest>> {
  const after = parsePosition(query)
  const limit = query.limit ?? DEFAULT_PAGE_SIZE
  const { rows } = await sql<ApiRequest>`
    select ${COLUMNS} from audit.request r
    where ${conditionsOf(filter)}
      ${after === null ? sql`` : sql`and (r.at, r.request_id) < (${after.at}::timestamptz, ${after.request_id}::uuid)`}
    order by r.at desc, r.request_id desc limit ${limit + 1}`.execute(log.tx)
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next_cursor: rows.length > limit && last !== undefined ? cursorAt(last) : null }
}
