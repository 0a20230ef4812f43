-- Posts credit to the wallet, or takes some away: p_kind 'top_up' (p_amount_micros > 0) or 'adjustment' (either sign).
-- Credit becomes a lot that expires at p_expires_at. Who may is decided by the caller, who also logs it.
--
-- verdict: posted; repeated, a transfer of this id was posted before and nothing changed; below_held, the adjustment
--   would take what open calls hold. The balance and what is held of it are those after the verdict.
-- Locks: the gate, last of all that the caller's transaction locks. Caller: ledger (wallet).
create or replace function ledger.post_transfer(
  p_id uuid, p_kind ledger.transfer_kind, p_amount_micros bigint, p_expires_at timestamptz,
  p_reason text, p_posted_by uuid,
  p_now timestamptz default null,
  out verdict text, out balance_micros bigint, out held_micros bigint)
language plpgsql set search_path = pg_catalog as $$
declare
  debit  constant ledger.account := case when p_amount_micros > 0 then 'funding' else 'wallet' end;
  credit constant ledger.account := case when p_amount_micros > 0 then 'wallet' else 'funding' end;
  gate   ledger.gate := ledger.lock_gate(p_now);
begin
  if p_amount_micros > 0 then
    -- What was charged so far draws on the lots there were, not on the one to come.
    gate := ledger.draw_lots(gate.clock);
  end if;
  balance_micros := gate.balance_micros;
  held_micros := gate.held_micros;
  if exists (select from ledger.transfer t where t.id = p_id) then
    verdict := 'repeated';
    return;
  end if;
  if p_kind not in ('top_up', 'adjustment') or p_kind = 'top_up' and p_amount_micros < 0 then
    raise 'A transfer of kind % and % micro-units is not posted here', p_kind, p_amount_micros;
  end if;
  if p_amount_micros > 0 and (p_expires_at <= gate.clock) is not false then
    raise 'Credit needs an expiry in the future';
  end if;
  if balance_micros + p_amount_micros < held_micros then
    verdict := 'below_held';
    return;
  end if;

  verdict := 'posted';
  balance_micros := balance_micros + p_amount_micros;
  insert into ledger.transfer (id, kind, debit_account, credit_account, amount_micros, reason, posted_by, posted_at)
    values (p_id, p_kind, debit, credit, abs(p_amount_micros), p_reason, p_posted_by, gate.clock);
  if p_amount_micros > 0 then
    insert into ledger.lot (id, amount_micros, expires_at) values (p_id, p_amount_micros, p_expires_at);
    gate.next_lot_expires_at := least(gate.next_lot_expires_at, p_expires_at);
  else
    gate.undrawn_micros := gate.undrawn_micros - p_amount_micros;
  end if;
  update ledger.gate g set
    clock               = gate.clock,
    balance_micros      = post_transfer.balance_micros,
    undrawn_micros      = gate.undrawn_micros,
    next_lot_expires_at = gate.next_lot_expires_at
  where g.id = 1;
end $$;
