-- Locks the organisation's gate and answers the wallet as it stands now. Every transaction that touches a budget, a
-- hold or an execution's state begins here.
--
-- Lock order: whoever holds the gate waits for no other lock. Calls take it first; administrators' edits take it last,
--   at their commit (ledger.raise_access_version). Counters, lots and executions are only ever locked under it.
-- Time: gate.clock of the answer is the moment to act at. It is read after the lock and is never earlier than what any
--   transaction before acted at, so a window that has ended stays ended. p_now stands in for the clock in tests.
-- Callers: all functions of ledger and invocation that write.
create or replace function ledger.lock_gate(p_now timestamptz default null) returns ledger.gate
language plpgsql set search_path = pg_catalog as $$
declare
  gate ledger.gate;
begin
  select g.* into strict gate from ledger.gate g where g.id = 1 for update;
  gate.clock := greatest(coalesce(p_now, clock_timestamp()), gate.clock);
  if gate.next_lot_expires_at <= gate.clock then
    gate := ledger.draw_lots(gate.clock);
  end if;
  return gate;
end $$;
