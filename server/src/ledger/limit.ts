// Where scopes stand against their limits, as `admit` will judge the next call: what is used in the windows of now,
// open reservations included, what is left, and which window binds. Read only: a window that has ended counts as empty
// here, and is reset by the next call.

import { sql } from 'kysely'
import type { OrganisationTx } from '../kernel/database.ts'

export const SCOPE_KINDS = ['organisation', 'team', 'project', 'use_case', 'user'] as const
export type ScopeKind = (typeof SCOPE_KINDS)[number]

export const PERIODS = ['day', 'week', 'month', 'total'] as const
export type Period = (typeof PERIODS)[number]

/** Under this id the counter of the organisation itself stands. */
const ORGANISATION_COUNTER = '00000000-0000-0000-0000-000000000000'

/** A scope; the organisation has no id. */
export type Scope = { readonly scope_kind: ScopeKind; readonly scope_id: string | null }

/** One window of a scope in one unit. Without a limit there is no room to speak of; `total` never resets. */
export type LimitWindow = {
  readonly period: Period
  readonly limit: number | null
  /** What was added for this window alone. */
  readonly top_up: number
  /** Open reservations included. After an overrun it may be above the limit. */
  readonly used: number
  readonly room: number | null
  readonly resets_at: Date | null
  /** Whether of all windows with a limit this one leaves least; of equals the one that resets last. */
  readonly is_binding: boolean
}

export type ScopeLimits = Scope & {
  readonly name: string | null
  readonly micros: readonly LimitWindow[]
  readonly tokens: readonly LimitWindow[]
}

type WindowRow = {
  readonly counter_id: string
  readonly scope_kind: ScopeKind
  readonly name: string | null
  readonly unit: 'micros' | 'tokens'
  readonly period: Period
  readonly amount: number | null
  readonly top_up: number
  readonly used: number
  readonly resets_at: Date | null
}

export const counterIdOf = (scope: Scope): string => scope.scope_id ?? ORGANISATION_COUNTER

/** Where these scopes stand, in the order of their ids; one that does not exist is left out. */
export async function readLimits(tx: OrganisationTx, scopes: readonly Scope[]): Promise<readonly ScopeLimits[]> {
  const { rows } = await sql<WindowRow>`
    with today as (select (greatest(clock_timestamp(), g.clock) at time zone 'UTC')::date as day from ledger.gate g),
    -- From these days on the windows of now began; a counter that was reset before has nothing in them yet.
    started as (
      select day, date_trunc('week', day::timestamp)::date as week, date_trunc('month', day::timestamp)::date as month
      from today
    )
    select c.id as counter_id, c.kind as scope_kind, named.name, w.unit, w.period, w.amount,
      case when c.as_of >= w.starts_on then w.top_up else 0 end as top_up,
      case when c.as_of >= w.starts_on then w.used else 0 end as used,
      (w.starts_on + w.length) at time zone 'UTC' as resets_at
    from ledger.counter c
      cross join started s
      left join lateral (
        select t.name from tenancy.team t where t.id = c.id
        union all select p.name from tenancy.project p where p.id = c.id
        union all select u.name from tenancy.use_case u where u.id = c.id
      ) named on true
      cross join lateral (values
        ('micros', 'day', s.day, interval '1 day', c.limit_day_micros, 0, c.spent_day_micros),
        ('micros', 'week', s.week, interval '1 week', c.limit_week_micros, 0, c.spent_week_micros),
        ('micros', 'month', s.month, interval '1 month', c.limit_month_micros, 0, c.spent_month_micros),
        ('micros', 'total', '-infinity', null, c.limit_total_micros, 0, c.spent_total_micros),
        ('tokens', 'day', s.day, interval '1 day', c.limit_day_tokens, c.topup_day_tokens, c.used_day_tokens),
        ('tokens', 'week', s.week, interval '1 week', c.limit_week_tokens, c.topup_week_tokens, c.used_week_tokens),
        ('tokens', 'month', s.month, interval '1 month',
          c.limit_month_tokens, c.topup_month_tokens, c.used_month_tokens),
        ('tokens', 'total', '-infinity', null, c.limit_total_tokens, 0, c.used_total_tokens)
      ) w (unit, period, starts_on, length, amount, top_up, used)
    where c.id = any (${scopes.map(counterIdOf)})
    order by c.id`.execute(tx)
  return [...Map.groupBy(rows, (row) => row.counter_id).values()].map(limitsOf)
}

function limitsOf(rows: readonly WindowRow[]): ScopeLimits {
  const [first] = rows
  if (first === undefined) throw new Error('A counter has no windows')
  const { scope_kind, counter_id, name } = first
  const windows = (unit: WindowRow['unit']) => markBinding(rows.filter((row) => row.unit === unit).map(windowOf))
  return {
    scope_kind,
    scope_id: scope_kind === 'organisation' ? null : counter_id,
    name,
    micros: windows('micros'),
    tokens: windows('tokens'),
  }
}

type UnmarkedWindow = Omit<LimitWindow, 'is_binding'>

function windowOf({ period, amount, top_up, used, resets_at }: WindowRow): UnmarkedWindow {
  const room = amount === null ? null : Math.max(0, amount + top_up - used)
  return { period, limit: amount, top_up, used, room, resets_at }
}

/** When a window frees what is used in it; a total never does. */
const freesAt = ({ resets_at }: UnmarkedWindow): number => resets_at?.getTime() ?? Infinity

function markBinding(windows: readonly UnmarkedWindow[]): readonly LimitWindow[] {
  const [binding] = windows
    .filter(({ room }) => room !== null)
    .sort((a, b) => (a.room ?? 0) - (b.room ?? 0) || freesAt(b) - freesAt(a))
  return windows.map((window) => ({ ...window, is_binding: window === binding }))
}
