-- Resets, in these counters, the windows that ended before p_today; token top-ups lapse with theirs. What was spent in
-- them is kept in ledger.closed_window for calls of those windows that are settled later.
--
-- Locks: the counters; the caller holds the gate. Callers: invocation.admit, ledger.book, ledger.grant_quota_top_up.
create or replace function ledger.roll_windows(p_ids uuid[], p_today date) returns void
language plpgsql set search_path = pg_catalog as $$
declare
  this_week  date := date_trunc('week', p_today::timestamp)::date;
  this_month date := date_trunc('month', p_today::timestamp)::date;
begin
  insert into ledger.closed_window (starts_on, period, counter_id, spent_micros)
    select w.starts_on, w.period, c.id, w.spent_micros
    from ledger.counter c
      cross join lateral (values
        ('day', c.as_of, p_today, c.spent_day_micros),
        ('week', date_trunc('week', c.as_of::timestamp)::date, this_week, c.spent_week_micros),
        ('month', date_trunc('month', c.as_of::timestamp)::date, this_month, c.spent_month_micros)
      ) w (period, starts_on, current_starts_on, spent_micros)
    where c.id = any (p_ids) and c.as_of < p_today and w.starts_on < w.current_starts_on and w.spent_micros > 0;
  delete from ledger.closed_window w where w.starts_on < p_today - 62;

  update ledger.counter c set
    as_of              = p_today,
    spent_day_micros   = 0,
    used_day_tokens    = 0,
    topup_day_tokens   = 0,
    spent_week_micros  = case when c.as_of < this_week then 0 else c.spent_week_micros end,
    used_week_tokens   = case when c.as_of < this_week then 0 else c.used_week_tokens end,
    topup_week_tokens  = case when c.as_of < this_week then 0 else c.topup_week_tokens end,
    spent_month_micros = case when c.as_of < this_month then 0 else c.spent_month_micros end,
    used_month_tokens  = case when c.as_of < this_month then 0 else c.used_month_tokens end,
    topup_month_tokens = case when c.as_of < this_month then 0 else c.topup_month_tokens end
  where c.id = any (p_ids) and c.as_of < p_today;
end $$;
