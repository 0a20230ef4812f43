// What must hold in every ledger at every moment (requirements 4.16), read from the rows themselves. Each question is
// one statement, so it sees one snapshot and may be asked while calls go on.

import { type RawBuilder, sql } from 'kysely'
import type { OrganisationTx } from '../kernel/database.ts'

/** Of each rule no more than this many violations are told. */
const MAX_TOLD = 20

/**
 * What is wrong with this ledger, one sentence each; none when balance and holds, lots, charges, counters and limits
 * agree with the rows they are derived from.
 */
export async function findLedgerViolations(tx: OrganisationTx): Promise<readonly string[]> {
  const found: string[] = []
  for (const rule of [WALLET, CHARGES, COUNTERS, LIMITS]) {
    const { rows } = await sql<{ readonly sentence: string }>`
      select sentence from (${rule}) v where sentence is not null limit ${MAX_TOLD}`.execute(tx)
    found.push(...rows.map(({ sentence }) => sentence))
  }
  return found
}

type Rule = RawBuilder<unknown>

/** Balance, holds and lots against transfers and open executions. */
const WALLET: Rule = sql`
  select unnest(array[
    case when g.balance_micros <> t.sum
      then format('The wallet says %s, its transfers sum to %s.', g.balance_micros, t.sum) end,
    case when g.held_micros <> h.sum
      then format('The wallet says that %s is held, open executions hold %s.', g.held_micros, h.sum) end,
    case when g.held_micros < 0 or g.held_micros > g.balance_micros
      then format('Held is %s of a balance of %s.', g.held_micros, g.balance_micros) end,
    case when g.balance_micros <> l.sum - g.undrawn_micros
      then format('The lots leave %s, less %s not yet drawn; the balance is %s.',
        l.sum, g.undrawn_micros, g.balance_micros)
      end
  ]) as sentence
  from ledger.gate g
    cross join lateral (
      select coalesce(sum(t.amount_micros * case when t.credit_account = 'wallet' then 1 else -1 end), 0) as sum
      from ledger.transfer t where t.credit_account = 'wallet' or t.debit_account = 'wallet') t
    cross join lateral (
      select coalesce(sum(e.hold_wallet_micros), 0) as sum from execution.execution e where e.settled_at is null) h
    cross join lateral (
      select coalesce(sum(l.amount_micros - l.drawn_micros - l.expired_micros), 0) as sum from ledger.lot l) l`

/**
 * Every charge has its execution and every charged execution its transfer, over the same amount and the same account.
 */
const CHARGES: Rule = sql`
  select case
    when e.id is null then format('Transfer %s charges an execution that is not there.', t.id)
    when t.id is null then format('Execution %s was charged %s, and no transfer tells it.', e.id, e.charge_micros)
    when t.amount_micros <> e.charge_micros
      then format('Execution %s was charged %s, its transfer moved %s.', e.id, e.charge_micros, t.amount_micros)
    when (t.debit_account = 'wallet') <> (e.hold_wallet_micros > 0)
      then format('Execution %s was charged to %s, it was not held there.', e.id, t.debit_account)
    when (t.kind = 'late_charge') <> (e.late_settled_at is not null)
      then format('Execution %s was charged by a transfer of kind %s.', e.id, t.kind)
  end as sentence
  from (select t.* from ledger.transfer t where t.kind in ('charge', 'late_charge')) t
    full join (select e.* from execution.execution e where e.charge_micros > 0) e on e.id = t.id`

/**
 * What each counter has counted in the windows of its day, against the executions admitted in them: what is open counts
 * with its hold, what has ended with what it came to.
 */
const COUNTERS: Rule = sql`
  with booked as materialized (
    select scope.id, e.admitted_on, sum(coalesce(e.charge_micros, e.hold_micros))::bigint as micros,
      sum(coalesce(e.input_tokens + e.output_tokens, e.hold_tokens))::bigint as tokens
    from execution.execution e
      cross join lateral unnest(array['00000000-0000-0000-0000-000000000000'::uuid,
        e.team_id, e.project_id, e.use_case_id, e.member_id]) scope (id)
    group by 1, 2
  ), compared as (
    select c.kind, c.id,
      array[c.spent_day_micros, c.spent_week_micros, c.spent_month_micros, c.spent_total_micros,
        c.used_day_tokens, c.used_week_tokens, c.used_month_tokens, c.used_total_tokens] as counted,
      array[
        coalesce(sum(b.micros) filter (where b.admitted_on >= c.as_of), 0)::bigint,
        coalesce(sum(b.micros) filter (where b.admitted_on >= date_trunc('week', c.as_of::timestamp)), 0)::bigint,
        coalesce(sum(b.micros) filter (where b.admitted_on >= date_trunc('month', c.as_of::timestamp)), 0)::bigint,
        coalesce(sum(b.micros), 0)::bigint,
        coalesce(sum(b.tokens) filter (where b.admitted_on >= c.as_of), 0)::bigint,
        coalesce(sum(b.tokens) filter (where b.admitted_on >= date_trunc('week', c.as_of::timestamp)), 0)::bigint,
        coalesce(sum(b.tokens) filter (where b.admitted_on >= date_trunc('month', c.as_of::timestamp)), 0)::bigint,
        coalesce(sum(b.tokens), 0)::bigint
      ] as came_to
    from ledger.counter c left join booked b on b.id = c.id
    group by c.id
  )
  select case when counted <> came_to
    then format('The counter of the %s %s says %s; its executions come to %s.', kind, id, counted, came_to)
    end as sentence
  from compared`

/** The limits that calls are judged by, against the budgets that administrators set. */
const LIMITS: Rule = sql`
  select case when w.amount is distinct from coalesce(own.amount, usual.amount)
    then format('The %s %s is limited to %s %s a %s; the budgets say %s.', c.kind, c.id,
      coalesce(w.amount::text, 'no'), w.unit, w.period, coalesce(coalesce(own.amount, usual.amount)::text, 'no'))
    end as sentence
  from ledger.counter c
    cross join lateral (values
      ('micros', 'day', c.limit_day_micros), ('micros', 'week', c.limit_week_micros),
      ('micros', 'month', c.limit_month_micros), ('micros', 'total', c.limit_total_micros),
      ('tokens', 'day', c.limit_day_tokens), ('tokens', 'week', c.limit_week_tokens),
      ('tokens', 'month', c.limit_month_tokens), ('tokens', 'total', c.limit_total_tokens)
    ) w (unit, period, amount)
    left join ledger.budget own
      on own.unit = w.unit and own.period = w.period and own.scope_kind = c.kind and own.scope_id = c.id
    left join ledger.budget usual
      on usual.unit = w.unit and usual.period = w.period and usual.scope_kind = c.kind and usual.scope_id is null`
