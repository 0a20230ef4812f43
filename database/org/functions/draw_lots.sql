-- Spreads what was charged since the last time over the lots, the one that expires first first, then expires what is
-- left of lots whose time has come. A hold pins the lot it would be drawn from: of an expired lot, as much stays as the
-- open holds of calls admitted before its expiry can still draw; it expires as they are decided. Answers the gate.
--
-- Guarantees: the balance never falls below what is held; the lots' remainders less undrawn_micros sum to the balance.
-- Locks: the gate first, then lots. Each expiry is a transfer and a log entry.
-- Callers: ledger.lock_gate when a lot's time has come, invocation.settle when a pinning hold is decided, and whoever
-- shows the lots.
create or replace function ledger.draw_lots(p_now timestamptz default null) returns ledger.gate
language plpgsql set search_path = pg_catalog as $$
declare
  gate        ledger.gate;
  lot         ledger.lot;
  rest        bigint;
  drawn       bigint;
  pinned      bigint;
  pinned_all  bigint := 0;
  expired     bigint;
  transfer_id uuid;
begin
  select g.* into strict gate from ledger.gate g where g.id = 1 for update;
  gate.clock := greatest(coalesce(p_now, clock_timestamp()), gate.clock);
  gate.next_lot_expires_at := 'infinity';
  gate.lots_pinned_until := '-infinity';

  for lot in
    select l.* from ledger.lot l
    where l.drawn_micros + l.expired_micros < l.amount_micros
    order by l.expires_at, l.id
  loop
    rest := lot.amount_micros - lot.drawn_micros - lot.expired_micros;
    drawn := least(rest, gate.undrawn_micros);
    gate.undrawn_micros := gate.undrawn_micros - drawn;
    rest := rest - drawn;

    expired := 0;
    if lot.expires_at <= gate.clock and rest > 0 then
      pinned := (
        select coalesce(sum(e.hold_wallet_micros), 0) from execution.execution e
        where (e.state = 'running' and not e.is_run or e.is_run and e.settled_at is null)
          and e.admitted_at < lot.expires_at);
      pinned := least(rest, pinned - pinned_all);
      pinned_all := pinned_all + pinned;
      expired := least(rest - pinned, gate.balance_micros - gate.held_micros);
      if expired < rest then
        gate.lots_pinned_until := lot.expires_at;
      end if;
    end if;

    if drawn + expired > 0 then
      update ledger.lot l set drawn_micros = l.drawn_micros + drawn, expired_micros = l.expired_micros + expired
      where l.id = lot.id;
    end if;
    if expired > 0 then
      gate.balance_micros := gate.balance_micros - expired;
      transfer_id := kernel.new_id();
      insert into ledger.transfer (id, kind, debit_account, credit_account, amount_micros, lot_id, posted_at)
        values (transfer_id, 'lot_expired', 'wallet', 'expired', expired, lot.id, gate.clock);
      insert into audit.entry (id, at, event, outcome, actor_type, via, target_type, target_id, data)
        values (kernel.new_id(), gate.clock, 'wallet.lot_expired', 'succeeded', 'system', 'system',
          'transfer', transfer_id,
          jsonb_build_object('lot_id', lot.id, 'amount_micros', expired, 'balance_micros', gate.balance_micros));
    end if;

    if lot.expires_at > gate.clock and rest > 0 then
      gate.next_lot_expires_at := lot.expires_at;
      exit when gate.undrawn_micros = 0;
    end if;
  end loop;

  update ledger.gate g set
    clock               = gate.clock,
    balance_micros      = gate.balance_micros,
    undrawn_micros      = gate.undrawn_micros,
    next_lot_expires_at = gate.next_lot_expires_at,
    lots_pinned_until   = gate.lots_pinned_until
  where g.id = 1;
  return gate;
end $$;
