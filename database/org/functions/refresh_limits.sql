-- Derives the limits in the counters from ledger.budget: what is set for a scope itself stands before the default of
-- its kind, unit by unit and period by period. Without arguments for all counters, else for those of a kind, or one.
--
-- Guarantees: called in the transaction that changes a budget, no call is admitted against the old limit once that
--   transaction has committed.
-- Locks: the gate, last of all that the caller's transaction locks; then counters.
-- Cost: by index, whatever is known of the table's size: a plan from when there were few counters read all of them for each
--   person who joined (6.3 million rows for 2,500 people; the time of a batch of 250 doubled on the way).
create or replace function ledger.refresh_limits(p_kind ledger.scope_kind default null, p_id uuid default null)
returns void language plpgsql set search_path = pg_catalog set enable_seqscan = off as $$
declare
  ids uuid[];
begin
  perform ledger.lock_gate();
  ids := case when p_id is not null then array[p_id] else array(
    select c.id from ledger.counter c where p_kind is null or c.kind = p_kind) end;
  with amounts as materialized (
    select b.scope_kind, b.scope_id,
      max(b.amount) filter (where b.unit = 'micros' and b.period = 'day') as day_micros,
      max(b.amount) filter (where b.unit = 'micros' and b.period = 'week') as week_micros,
      max(b.amount) filter (where b.unit = 'micros' and b.period = 'month') as month_micros,
      max(b.amount) filter (where b.unit = 'micros' and b.period = 'total') as total_micros,
      max(b.amount) filter (where b.unit = 'tokens' and b.period = 'day') as day_tokens,
      max(b.amount) filter (where b.unit = 'tokens' and b.period = 'week') as week_tokens,
      max(b.amount) filter (where b.unit = 'tokens' and b.period = 'month') as month_tokens,
      max(b.amount) filter (where b.unit = 'tokens' and b.period = 'total') as total_tokens
    from ledger.budget b
    where b.scope_id is null or b.scope_id = any (ids)
    group by b.scope_kind, b.scope_id
  )
  update ledger.counter c set
    (limit_day_micros, limit_week_micros, limit_month_micros, limit_total_micros,
      limit_day_tokens, limit_week_tokens, limit_month_tokens, limit_total_tokens)
    = row (l.day_micros, l.week_micros, l.month_micros, l.total_micros,
      l.day_tokens, l.week_tokens, l.month_tokens, l.total_tokens)
  from (
    select k.id,
      coalesce(own.day_micros, usual.day_micros) as day_micros,
      coalesce(own.week_micros, usual.week_micros) as week_micros,
      coalesce(own.month_micros, usual.month_micros) as month_micros,
      coalesce(own.total_micros, usual.total_micros) as total_micros,
      coalesce(own.day_tokens, usual.day_tokens) as day_tokens,
      coalesce(own.week_tokens, usual.week_tokens) as week_tokens,
      coalesce(own.month_tokens, usual.month_tokens) as month_tokens,
      coalesce(own.total_tokens, usual.total_tokens) as total_tokens
    from ledger.counter k
      left join amounts own on own.scope_kind = k.kind and own.scope_id = k.id
      left join amounts usual on usual.scope_kind = k.kind and usual.scope_id is null
    where k.id = any (ids)
  ) l
  where c.id = l.id
    and (c.limit_day_micros, c.limit_week_micros, c.limit_month_micros, c.limit_total_micros,
        c.limit_day_tokens, c.limit_week_tokens, c.limit_month_tokens, c.limit_total_tokens)
      is distinct from (l.day_micros, l.week_micros, l.month_micros, l.total_micros,
        l.day_tokens, l.week_tokens, l.month_tokens, l.total_tokens);
end $$;
