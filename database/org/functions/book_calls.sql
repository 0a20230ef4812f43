-- Replaces, in the counters of these calls, what was counted for each while it was open (its hold; for one whose hold
-- had lapsed: no money, the reserved tokens) by what it came to.
--
-- Locks: the counters; the caller holds the gate. Callers: invocation.settle, invocation.settle_late.
create or replace function invocation.book_calls(p_calls execution.execution[], p_now timestamptz) returns void
language plpgsql set search_path = pg_catalog as $$
declare
  organisation constant uuid := '00000000-0000-0000-0000-000000000000';
  r            record;
begin
  -- All calls of a batch were admitted on one day, except around midnight.
  for r in
    select change.admitted_on, array_agg(change.counter_id) as ids,
      array_agg(change.micros) as micros, array_agg(change.tokens) as tokens
    from (
      select e.admitted_on, scope.counter_id,
        sum(e.charge_micros - case when e.late_settled_at is null then e.hold_micros else 0 end)::bigint as micros,
        sum(e.input_tokens + e.output_tokens - e.hold_tokens)::bigint as tokens
      from unnest(p_calls) e
        cross join lateral unnest(
          array[organisation, e.team_id, e.project_id, e.use_case_id, e.member_id]) scope (counter_id)
      where scope.counter_id is not null
      group by e.admitted_on, scope.counter_id
    ) change
    group by change.admitted_on
  loop
    perform ledger.book(r.ids, r.micros, r.tokens, r.admitted_on, (p_now at time zone 'UTC')::date);
  end loop;
end $$;
