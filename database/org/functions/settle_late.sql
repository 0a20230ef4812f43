-- Settles a call whose hold had lapsed, and answers its execution. Its money has gone back and may be spent by now, so
-- it is charged no more than: its cost, its hold, what the wallet has available (if it was held there), and what every
-- spend limit leaves in the window of its admission. Its state stays; its true tokens replace the reserved ones.
--
-- Guarantees: at most once per call (late_settled_at); no limit and no wallet is exceeded by it.
-- Locks: the gate (held by the caller), then counters and the execution. Caller: invocation.settle, which logs it.
create or replace function invocation.settle_late(p_settlement invocation.settlement, p_now timestamptz)
returns execution.execution
language plpgsql set search_path = pg_catalog as $$
declare
  organisation constant uuid := '00000000-0000-0000-0000-000000000000';
  gate         constant ledger.gate := ledger.lock_gate(p_now);
  today        constant date := (gate.clock at time zone 'UTC')::date;
  call         execution.execution;
  room         bigint;
  charge       bigint := 0;
begin
  select e.* into strict call from execution.execution e where e.id = p_settlement.execution_id;
  if p_settlement.state = 'finalised' then
    perform ledger.roll_windows(array[organisation, call.team_id, call.member_id], today);
    select min(w.amount - case when w.starts_on < w.current_starts_on then coalesce(z.spent_micros, 0) else w.spent end)
      into room
      from ledger.counter c
        cross join lateral (values
          ('day', call.admitted_on, today, c.limit_day_micros, c.spent_day_micros),
          ('week', date_trunc('week', call.admitted_on::timestamp)::date, date_trunc('week', today::timestamp)::date,
            c.limit_week_micros, c.spent_week_micros),
          ('month', date_trunc('month', call.admitted_on::timestamp)::date, date_trunc('month', today::timestamp)::date,
            c.limit_month_micros, c.spent_month_micros),
          ('total', null, null, c.limit_total_micros, c.spent_total_micros)
        ) w (period, starts_on, current_starts_on, amount, spent)
        left join ledger.closed_window z
          on z.starts_on = w.starts_on and z.period = w.period and z.counter_id = c.id
      where c.id in (organisation, call.team_id, call.member_id);
    -- As in invocation.settle, a missing cost is an error and not a charge of the hold.
    charge := case when p_settlement.cost_micros >= 0 then
      greatest(0, least(p_settlement.cost_micros, call.hold_micros, room,
        case when call.hold_wallet_micros > 0 then gate.balance_micros - gate.held_micros end)) end;
  end if;

  update execution.execution e set
    late_settled_at     = gate.clock,
    charge_micros       = charge,
    input_tokens        = p_settlement.input_tokens,
    cached_input_tokens = p_settlement.cached_input_tokens,
    output_tokens       = p_settlement.output_tokens,
    tokens_estimated    = p_settlement.tokens_estimated,
    provider_status     = p_settlement.provider_status,
    duration_ms         = p_settlement.duration_ms,
    output_hash         = p_settlement.output_hash
  where e.id = call.id
  returning e.* into call;
  perform invocation.book_calls(array[call], gate.clock);
  if charge > 0 then
    insert into ledger.transfer (id, kind, debit_account, credit_account, amount_micros, execution_id, posted_at)
      select call.id, 'late_charge',
        case when call.hold_wallet_micros > 0 then 'wallet' else 'receivable' end::ledger.account,
        'usage', charge, call.id, gate.clock;
  end if;
  if charge > 0 and call.hold_wallet_micros > 0 then
    update ledger.gate g set
      clock = gate.clock, balance_micros = g.balance_micros - charge, undrawn_micros = g.undrawn_micros + charge
    where g.id = 1;
  end if;
  return call;
end $$;
