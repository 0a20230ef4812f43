-- Why a counter refuses: of its windows that cannot take p_requested more, the one that frees last. p_taken is what the
-- batch under way has taken and not yet written. Amounts are in p_unit ('micros' or 'tokens'); the limit includes
-- top-ups.
--
-- Locks: none; the caller holds the gate and has rolled the counter to p_today. Caller: invocation.admit.
create or replace function ledger.blocking_window(
  p_counter uuid, p_unit text, p_taken bigint, p_requested bigint, p_today date) returns jsonb
language sql stable set search_path = pg_catalog as $$
  select jsonb_build_object(
    'scope', c.kind,
    'scope_id', case when c.kind <> 'organisation' then c.id end,
    'unit', p_unit,
    'window', w.period,
    'limit', w.amount + w.top_up,
    'top_up', w.top_up,
    'used', w.used + p_taken,
    'requested', p_requested,
    'resets_at', to_char(w.resets_on, 'YYYY-MM-DD"T00:00:00Z"'))
  from ledger.counter c
    cross join lateral (values
      (1, 'tokens', 'total', null, c.limit_total_tokens, 0, c.used_total_tokens),
      (2, 'tokens', 'month', interval '1 month', c.limit_month_tokens, c.topup_month_tokens, c.used_month_tokens),
      (3, 'tokens', 'week', interval '1 week', c.limit_week_tokens, c.topup_week_tokens, c.used_week_tokens),
      (4, 'tokens', 'day', interval '1 day', c.limit_day_tokens, c.topup_day_tokens, c.used_day_tokens),
      (1, 'micros', 'total', null, c.limit_total_micros, 0, c.spent_total_micros),
      (2, 'micros', 'month', interval '1 month', c.limit_month_micros, 0, c.spent_month_micros),
      (3, 'micros', 'week', interval '1 week', c.limit_week_micros, 0, c.spent_week_micros),
      (4, 'micros', 'day', interval '1 day', c.limit_day_micros, 0, c.spent_day_micros)
    ) limits (rank, unit, period, length, amount, top_up, used)
    cross join lateral (
      select limits.*, date_trunc(nullif(limits.period, 'total'), p_today::timestamp) + limits.length as resets_on) w
  where c.id = p_counter and w.unit = p_unit and w.used + p_taken + p_requested > w.amount + w.top_up
  order by w.resets_on desc nulls first, w.rank
  limit 1
$$;
