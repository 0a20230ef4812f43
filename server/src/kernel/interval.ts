// Intervals of time, as lists and reports are asked for them: from inclusive, to exclusive, counted in UTC.

import { defineProblem } from './problem.ts'

export const intervalRefused = defineProblem('interval_refused', 422, 'This interval of time cannot be used')

export type Interval = { readonly from: Date; readonly to: Date }

/** What a query says of an interval: ISO 8601 instants. */
export type IntervalQuery = { readonly from?: string; readonly to?: string }

export const BUCKETS = ['minute', 'hour', 'day', 'week', 'month'] as const
/** What time is counted by; weeks begin on Monday. */
export type Bucket = (typeof BUCKETS)[number]

/** No report has more steps than this. */
const MAX_BUCKETS = 1000

const DAY_MS = 86_400_000
const SHORTEST_MS: Readonly<Record<Bucket, number>> = {
  minute: 60_000,
  hour: 3_600_000,
  day: DAY_MS,
  week: 7 * DAY_MS,
  month: 28 * DAY_MS,
}

/** The instants between which a query asks; null where it sets no bound. Refuses what is no instant or no interval. */
export function parseBounds(query: IntervalQuery): { readonly from: Date | null; readonly to: Date | null } {
  const from = parseInstant('from', query.from)
  const to = parseInstant('to', query.to)
  if (from !== null && to !== null && from >= to) throw refused('from', 'must be before "to"')
  return { from, to }
}

/**
 * The interval that a query asks for; without `to` it reaches to the end of today, without `from` it begins
 * `usual_days` before its end. Refuses one that ends before it begins (`interval_refused`).
 */
export function parseInterval(query: IntervalQuery, usual_days: number): Interval {
  const bounds = parseBounds(query)
  const to = bounds.to ?? endOfToday()
  const from = bounds.from ?? new Date(to.getTime() - usual_days * DAY_MS)
  if (from >= to) throw refused('from', 'must be before "to"')
  return { from, to }
}

/** Refuses an interval of more than 1,000 buckets (`interval_refused`). */
export function requireFewBuckets(interval: Interval, bucket: Bucket): void {
  const count = Math.ceil((interval.to.getTime() - interval.from.getTime()) / SHORTEST_MS[bucket])
  if (count > MAX_BUCKETS) {
    throw refused('bucket', `makes more than ${MAX_BUCKETS} steps; ask for longer ones or a shorter interval`)
  }
}

const endOfToday = (): Date => new Date((Math.floor(Date.now() / DAY_MS) + 1) * DAY_MS)

/** A leap second is valid ISO 8601 and no instant here, so the schema of a query does not catch everything. */
function parseInstant(name: 'from' | 'to', text: string | undefined): Date | null {
  if (text === undefined) return null
  const instant = new Date(text)
  if (Number.isNaN(instant.getTime())) throw refused(name, 'is no instant')
  return instant
}

const refused = (name: string, message: string) =>
  intervalRefused({}, { detail: `"${name}" ${message}.`, fields: [{ pointer: `/querystring/${name}`, message }] })
