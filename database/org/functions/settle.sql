-- Ends admitted calls: charges what was finalised, gives back the rest of its hold, counts the tokens it truly used.
--
-- Guarantees: a call is settled once, whatever is sent again; a charge never exceeds its hold, and only finalised calls
--   are charged; a call admitted in mode wallet is paid from the wallet and one admitted in mode metered accrues,
--   whatever the mode is now; charge and tokens count in the windows of the day of admission, as far as these have not
--   ended; the end, its charge, its log entry and what is kept of its answer are one commit.
-- Locks: the gate first (ledger.lock_gate), then executions, counters and lots; nothing else is waited for.
-- Called by: invocation.step and invocation.expire_holds, under READ COMMITTED; by execution/transition.ts for a run, which
--   writes its own log entry (entry_id null) and charges its quote, which is its hold. A call inside a run holds no money.
--
-- codes has one letter per settlement:
--   s  settled. Where more cost or tokens came than were held, the charge stops at the hold, the tokens count as
--      reported, and a second log entry tells the overrun
--   d  settled before; nothing changed
--   l  late: its hold had lapsed (invocation.settle_late)
--   n  no such call was ever admitted
create or replace function invocation.settle(
  p_settlements invocation.settlement[], p_now timestamptz default null, out codes text)
language plpgsql
set search_path = pg_catalog
-- Two lists of one batch are joined by hash: a plan made for few rows would compare each with each.
set enable_nestloop = off
as $$
declare
  n        constant integer := cardinality(p_settlements);
  ids      uuid[];
  keeps    boolean;
  letters  text[] := array_fill('s'::text, array[n]);
  gate     ledger.gate;
  -- What ends now, in parallel arrays.
  calls    execution.execution[];
  entries  uuid[];
  overruns uuid[];
  costs    bigint[];
  released bigint;
  charged  bigint;
  unpins   boolean;
  r        record;
begin
  select array_agg(s.execution_id), bool_or(num_nonnulls(s.content_input, s.content_output, s.answer_status) > 0)
    into ids, keeps
    from unnest(p_settlements) s;
  gate := ledger.lock_gate(p_now);

  -- 1. The executions. The first of two settlements of one call counts. "any (ids)" keeps every plan to these rows, and
  --    "settled_at is null" from the index of running ones, which says the same and may be long.
  with settled as (
    update execution.execution e set
      state               = s.state,
      reason_code         = s.reason_code,
      settled_at          = gate.clock,
      -- Written so that a missing cost is an error of its sender (the table refuses it) and not a charge of the hold.
      charge_micros       = case when s.state <> 'finalised' then 0
                              when s.cost_micros > e.hold_micros then e.hold_micros else s.cost_micros end,
      input_tokens        = s.input_tokens,
      cached_input_tokens = s.cached_input_tokens,
      output_tokens       = s.output_tokens,
      tokens_estimated    = s.tokens_estimated,
      provider_status     = s.provider_status,
      duration_ms         = s.duration_ms,
      output_hash         = s.output_hash,
      -- Nothing of a cancelled call was sent on, so its Idempotency-Key is free again.
      idempotency_hash    = case when s.state <> 'cancelled' then e.idempotency_hash end,
      fingerprint         = case when s.state <> 'cancelled' then e.fingerprint end
    from unnest(p_settlements) with ordinality s
    where e.id = any (ids) and e.id = s.execution_id and e.settled_at is null
      and s.ordinality = array_position(ids, s.execution_id)
    returning e as call, s.entry_id, s.overrun_entry_id, s.cost_micros
  )
  select array_agg(t.call), array_agg(t.entry_id), array_agg(t.overrun_entry_id), array_agg(t.cost_micros),
    sum((t.call).hold_wallet_micros), sum((t.call).charge_micros) filter (where (t.call).hold_wallet_micros > 0),
    min((t.call).admitted_at) filter (where (t.call).hold_wallet_micros > 0) < gate.lots_pinned_until
    into calls, entries, overruns, costs, released, charged, unpins
    from settled t;

  -- 2. Their money and tokens.
  if calls is not null then
    insert into ledger.transfer (id, kind, debit_account, credit_account, amount_micros, execution_id, posted_at)
      select e.id, 'charge', case when e.hold_wallet_micros > 0 then 'wallet' else 'receivable' end::ledger.account,
        'usage', e.charge_micros, e.id, gate.clock
      from unnest(calls) e
      where e.charge_micros > 0;
    perform invocation.book_calls(calls, gate.clock);
    update ledger.gate g set
      clock          = gate.clock,
      held_micros    = g.held_micros - released,
      balance_micros = g.balance_micros - coalesce(charged, 0),
      undrawn_micros = g.undrawn_micros + coalesce(charged, 0)
    where g.id = 1;
    if unpins then
      perform ledger.draw_lots(gate.clock);
    end if;
  end if;

  -- 3. What was not running: settled before, late, or unknown.
  if coalesce(cardinality(calls), 0) < n then
    for r in
      select s.ordinality::integer as i, s.entry_id, s.overrun_entry_id, s.cost_micros, case
          when e.id is null then 'n'
          when s.ordinality > array_position(ids, s.execution_id) then 'd'
          when e.id = any (array(select t.id from unnest(calls) t)) then 's'
          when e.reason_code = 'hold_lapsed' and e.late_settled_at is null then 'l'
          else 'd'
        end as letter
      from unnest(p_settlements) with ordinality s
        left join lateral (
          select e.id, e.reason_code, e.late_settled_at from execution.execution e
          where e.id = s.execution_id offset 0) e on true
      order by s.ordinality
    loop
      letters[r.i] := r.letter;
      continue when r.letter <> 'l';
      calls := calls || invocation.settle_late(p_settlements[r.i], gate.clock);
      -- The lapse was logged, so what becomes of it is logged as well, even a withdrawal.
      entries := entries || coalesce(r.entry_id, kernel.new_id());
      overruns := overruns || r.overrun_entry_id;
      costs := costs || r.cost_micros;
    end loop;
  end if;
  codes := array_to_string(letters, '');
  if calls is null then
    return;
  end if;

  -- 4. The log: one entry each, and one more for an overrun.
  insert into audit.entry (
      id, at, event, outcome, reason_code, actor_type, actor_id, actor_role, via, api_key_id,
      execution_id, request_id, address, data)
    select
      entry.id, gate.clock,
      case when entry.is_overrun then 'wallet.overrun'
        when e.late_settled_at is not null then 'execution.settled_late' else 'execution.' || e.state end,
      case when entry.is_overrun then 'failed' when e.late_settled_at is not null then 'succeeded'
        when e.state = 'finalised' then 'succeeded' when e.state = 'cancelled' then 'refused' else 'failed' end,
      e.reason_code,
      case when e.member_id is null then 'api_key' else 'user' end, coalesce(e.member_id, e.api_key_id), e.actor_role,
      case when e.api_key_id is null then 'session' else 'api_key' end, e.api_key_id,
      e.id, e.request_id, e.address,
      jsonb_build_object(
        'model', e.model, 'policy_version', e.policy_version,
        'billing', case when e.hold_wallet_micros > 0 then 'wallet' else 'metered' end,
        'hold_micros', e.hold_micros, 'cost_micros', costs[e.ordinality], 'charge_micros', e.charge_micros,
        'hold_tokens', e.hold_tokens, 'input_tokens', e.input_tokens, 'cached_input_tokens', e.cached_input_tokens,
        'output_tokens', e.output_tokens)
    from unnest(calls) with ordinality e
      cross join lateral (
        select entries[e.ordinality], false
        where entries[e.ordinality] is not null
        union all
        select coalesce(overruns[e.ordinality], kernel.new_id()), true
        where e.input_tokens + e.output_tokens > e.hold_tokens
          or costs[e.ordinality] > e.hold_micros and e.parent_id is null
            and (e.state = 'finalised' or e.late_settled_at is not null)
      ) entry (id, is_overrun);

  -- 5. What is kept of input and answer.
  if not keeps then
    return;
  end if;
  insert into execution.content (execution_id, input, output, stored_at)
    select s.execution_id, s.content_input, s.content_output, gate.clock
    from unnest(p_settlements) with ordinality s
    where num_nonnulls(s.content_input, s.content_output) > 0 and letters[s.ordinality] in ('s', 'l')
    on conflict (execution_id) do nothing;
  insert into execution.answer (execution_id, status, body, stored_at)
    select s.execution_id, s.answer_status, s.answer_body, gate.clock
    from unnest(p_settlements) with ordinality s
    where s.answer_status is not null and letters[s.ordinality] in ('s', 'l')
    on conflict (execution_id) do nothing;
end $$;
