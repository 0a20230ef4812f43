-- Adds amounts (also negative ones) to counters, in those windows of the day p_on that have not ended by p_today: what
-- was held on Sunday and is charged on Monday changes the month, and neither of Monday's narrower windows. The amounts
-- of one counter stand once in the arrays.
--
-- Locks: the counters; the caller holds the gate. Callers: invocation.admit, invocation.book_calls.
create or replace function ledger.book(p_ids uuid[], p_micros bigint[], p_tokens bigint[], p_on date, p_today date)
returns void language plpgsql
set search_path = pg_catalog
-- Two lists of one batch are joined by hash: a plan made for few rows would compare each with each.
set enable_nestloop = off
as $$
declare
  this_week  date := date_trunc('week', p_today::timestamp)::date;
  this_month date := date_trunc('month', p_today::timestamp)::date;
  in_day     integer := (p_on >= p_today)::integer;
  in_week    integer := (p_on >= this_week)::integer;
  in_month   integer := (p_on >= this_month)::integer;
begin
  -- A counter was rolled to the day of every call it admitted, so only amounts of earlier days can find it behind.
  if p_on < p_today then
    perform ledger.roll_windows(p_ids, p_today);
    insert into ledger.closed_window as w (starts_on, period, counter_id, spent_micros)
      select ended.starts_on, ended.period, b.id, b.micros
      from unnest(p_ids, p_micros) b (id, micros)
        cross join (values
          (p_on, 'day', p_today),
          (date_trunc('week', p_on::timestamp)::date, 'week', this_week),
          (date_trunc('month', p_on::timestamp)::date, 'month', this_month)
        ) ended (starts_on, period, current_starts_on)
      where ended.starts_on < ended.current_starts_on and b.micros <> 0
      on conflict (starts_on, period, counter_id) do update set spent_micros = w.spent_micros + excluded.spent_micros;
  end if;

  update ledger.counter c set
    spent_day_micros   = c.spent_day_micros + b.micros * in_day,
    spent_week_micros  = c.spent_week_micros + b.micros * in_week,
    spent_month_micros = c.spent_month_micros + b.micros * in_month,
    spent_total_micros = c.spent_total_micros + b.micros,
    used_day_tokens    = c.used_day_tokens + b.tokens * in_day,
    used_week_tokens   = c.used_week_tokens + b.tokens * in_week,
    used_month_tokens  = c.used_month_tokens + b.tokens * in_month,
    used_total_tokens  = c.used_total_tokens + b.tokens
  from unnest(p_ids, p_micros, p_tokens) b (id, micros, tokens)
  where c.id = any (p_ids) and c.id = b.id and (b.micros <> 0 or b.tokens <> 0);
end $$;
