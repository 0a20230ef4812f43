// Reading the log, of an organisation or of the platform: pages newest first, one entry, counts over time, and what
// there is to filter by. Nothing here changes an entry; the role that serves requests could not.

import { type RawBuilder, sql } from 'kysely'
import type { ControlTx, OrganisationTx } from '../kernel/database.ts'
import { firstIdAt } from '../kernel/id.ts'
import type { Bucket, Interval } from '../kernel/interval.ts'
import { DEFAULT_PAGE_SIZE, type Page, type PageQuery, pageOf, parseCursor } from '../kernel/page.ts'
import { notFound } from '../kernel/problem.ts'

/** Whose log: each has one column that the other has not. */
export type Log =
  | { readonly of: 'organisation'; readonly tx: OrganisationTx }
  | { readonly of: 'platform'; readonly tx: ControlTx }

export type Entry = {
  readonly id: string
  readonly at: Date
  readonly event: string
  readonly outcome: string
  readonly reason_code: string | null
  readonly actor_type: string
  readonly actor_id: string | null
  readonly actor_role: string | null
  readonly via: string
  readonly api_key_id: string | null
  readonly target_type: string | null
  readonly target_id: string | null
  /** In an organisation's log: the execution it tells of. */
  readonly execution_id: string | null
  /** In the platform's log: the organisation it concerns. */
  readonly organisation_id: string | null
  readonly request_id: string | null
  readonly address: string | null
}

export type EntryFilter = {
  readonly from: Date | null
  readonly to: Date | null
  readonly actor_id?: string
  readonly api_key_id?: string
  /** An event, or all of a kind: `member.*`. */
  readonly event?: string
  readonly outcome?: string
  readonly target_type?: string
  readonly target_id?: string
  readonly execution_id?: string
  readonly organisation_id?: string
  readonly request_id?: string
  /** Part of the reason code, in any case. */
  readonly reason?: string
  /** Words of which every one is part of what the entry says, but for its data, in any case. */
  readonly search?: string
}

/**
 * An entry's id is made before its `at`: by a call that then waits for the ledger, on a machine whose clock is not
 * quite the database's. Ids bound what is read, `at` decides; a clock that is off by more than this loses entries at
 * the edges.
 */
const CLOCK_MARGIN_MS = 300_000

const COMMON = sql`
  e.id, e.at, e.event, e.outcome, e.reason_code, e.actor_type, e.actor_id, e.actor_role, e.via, e.api_key_id,
  e.target_type, e.target_id, e.request_id, e.address`

const columnsOf = (log: Log): RawBuilder<unknown> =>
  log.of === 'organisation'
    ? sql`${COMMON}, e.execution_id, null::uuid as organisation_id`
    : sql`${COMMON}, null::uuid as execution_id, e.organisation_id`

const instantBefore = (at: Date): Date => new Date(at.getTime() - CLOCK_MARGIN_MS)
const instantAfter = (at: Date): Date => new Date(at.getTime() + CLOCK_MARGIN_MS)

/** What `member.*` matches in the order of bytes: everything from `member.` up to the character after the point. */
function eventCondition(event: string): RawBuilder<unknown> {
  if (!event.endsWith('.*')) return sql`e.event = ${event}`
  const kind = event.slice(0, -2)
  return sql`e.event >= ${`${kind}.`} and e.event < ${`${kind}/`}`
}

/**
 * That a word is part of what an entry says, but for its data. Without an index: to find in 100,000 entries that none has it
 * takes 70 to 110 ms of processor (reading their data as well about 400), and the log is written on the way of every call,
 * where an index would cost.
 */
function wordCondition(word: string): RawBuilder<unknown> {
  const inAddress = /^[0-9a-f.:]+$/.test(word) ? sql`or strpos(host(e.address), ${word}) > 0` : sql``
  return sql`(strpos(e.event, ${word}) > 0 or strpos(e.outcome, ${word}) > 0 or strpos(e.reason_code, ${word}) > 0
    or strpos(e.actor_type, ${word}) > 0 or strpos(e.actor_role, ${word}) > 0 or strpos(e.target_type, ${word}) > 0
    or strpos(lower(e.target_id), ${word}) > 0 ${inAddress})`
}

const wordsOf = (search: string): readonly string[] =>
  search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')

function conditionsOf(filter: EntryFilter): RawBuilder<unknown> {
  const { from, to, event, reason, search } = filter
  const conditions = [
    sql`true`,
    ...(from === null ? [] : [sql`e.at >= ${from} and e.id >= ${firstIdAt(instantBefore(from))}`]),
    ...(to === null ? [] : [sql`e.at < ${to} and e.id < ${firstIdAt(instantAfter(to))}`]),
    ...(event === undefined ? [] : [eventCondition(event)]),
    ...(reason === undefined ? [] : [sql`strpos(lower(e.reason_code), ${reason.toLowerCase()}) > 0`]),
    ...(search === undefined ? [] : wordsOf(search).map(wordCondition)),
    ...equalities(filter),
  ]
  return sql.join(conditions, sql` and `)
}

const EXACT = [
  'actor_id',
  'api_key_id',
  'outcome',
  'target_type',
  'target_id',
  'execution_id',
  'organisation_id',
  'request_id',
] as const satisfies readonly (keyof EntryFilter)[]

const equalities = (filter: EntryFilter): readonly RawBuilder<unknown>[] =>
  EXACT.flatMap((name) => (filter[name] === undefined ? [] : [sql`${sql.ref(`e.${name}`)} = ${filter[name]}`]))

/** A page of the log, newest first, without the entries' data. */
export async function listEntries(log: Log, filter: EntryFilter, query: PageQuery): Promise<Page<Entry>> {
  const cursor = parseCursor(query)
  const { rows } = await sql<Entry>`
    select ${columnsOf(log)} from audit.entry e
    where ${conditionsOf(filter)} ${cursor === null ? sql`` : sql`and e.id < ${cursor}`}
    order by e.id desc limit ${(query.limit ?? DEFAULT_PAGE_SIZE) + 1}`.execute(log.tx)
  return pageOf(rows, query)
}

/** One entry with its data; refuses with `not_found`. */
export async function getEntry(log: Log, entry_id: string): Promise<Entry & { readonly data: unknown }> {
  const { rows } = await sql<Entry & { readonly data: unknown }>`
    select ${columnsOf(log)}, e.data from audit.entry e where e.id = ${entry_id}`.execute(log.tx)
  const [entry] = rows
  if (entry === undefined) throw notFound()
  return entry
}

export type Count = {
  readonly starts_at: Date
  readonly succeeded: number
  readonly refused: number
  readonly failed: number
}

/** How many entries there are in each step of the interval, by outcome; steps without any are counted as 0. */
export async function countOverTime(
  log: Log,
  filter: EntryFilter & Interval,
  bucket: Bucket,
): Promise<readonly Count[]> {
  const { rows } = await sql<Count>`
    with counted as (
      select date_trunc(${bucket}, e.at, 'UTC') as starts_at, e.outcome, count(*) as count
      from audit.entry e where ${conditionsOf(filter)} group by 1, 2
    )
    select step.starts_at,
      coalesce(sum(c.count) filter (where c.outcome = 'succeeded'), 0) as succeeded,
      coalesce(sum(c.count) filter (where c.outcome = 'refused'), 0) as refused,
      coalesce(sum(c.count) filter (where c.outcome = 'failed'), 0) as failed
    from generate_series(date_trunc(${bucket}, ${filter.from}::timestamptz, 'UTC'),
        ${filter.to}::timestamptz - interval '1 microsecond', ${`1 ${bucket}`}::interval, 'UTC') step (starts_at)
      left join counted c using (starts_at)
    group by 1 order by 1`.execute(log.tx)
  return rows
}

export type EventFacet = { readonly event: string; readonly count: number }
export type ActorFacet = { readonly actor_type: string; readonly actor_id: string | null; readonly count: number }

const MAX_ACTORS = 200

/** The events and the actors of the interval with the number of their entries, most first; at most 200 actors. */
export async function countByEventAndActor(
  log: Log,
  filter: EntryFilter & Interval,
): Promise<{ readonly events: readonly EventFacet[]; readonly actors: readonly ActorFacet[] }> {
  const { rows: events } = await sql<EventFacet>`
    select e.event, count(*) as count from audit.entry e
    where ${conditionsOf(filter)} group by 1 order by 2 desc, 1`.execute(log.tx)
  const { rows: actors } = await sql<ActorFacet>`
    select e.actor_type, e.actor_id, count(*) as count from audit.entry e
    where ${conditionsOf(filter)} group by 1, 2 order by 3 desc, 1, 2 limit ${MAX_ACTORS}`.execute(log.tx)
  return { events, actors }
}
