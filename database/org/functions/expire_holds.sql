-- Fails the calls of nodes whose lease has lapsed (or that are unknown; a run is bound to none): the held money goes back, the reserved tokens
-- count as used, since nobody knows what the provider produced. At most one per id in p_entry_ids, the ids of the log
-- entries to write; answers how many there were, so a full answer means that more may wait.
--
-- Guarantees: an admitted call does not stay open for good, whatever became of its node.
-- Locks: none when nothing has lapsed; else as invocation.settle. Caller: the sweeping job of every node.
create or replace function invocation.expire_holds(p_entry_ids uuid[], p_now timestamptz default null) returns integer
language plpgsql
set search_path = pg_catalog
-- The plans of invocation.settle are shared with invocation.step, so they are made under the same options.
set plan_cache_mode = force_generic_plan set enable_seqscan = off set jit = off
as $$
declare
  -- Leases are written by the server's clock, so they are compared with it and not with the gate's.
  lapsed_at   constant timestamptz := coalesce(p_now, clock_timestamp());
  nodes       uuid[];
  settlements invocation.settlement[];
begin
  nodes := array(select distinct e.node_id from execution.execution e where e.state = 'running' and not e.is_run);
  if not exists (
    select from unnest(nodes) n (id)
    where not exists (select from kernel.node_lease l where l.node_id = n.id and l.expires_at > lapsed_at)
  ) then
    return 0;
  end if;

  perform ledger.lock_gate(p_now);
  settlements := array(
    select jsonb_populate_record(null::invocation.settlement, jsonb_build_object(
      'execution_id', e.id, 'entry_id', p_entry_ids[e.n], 'state', 'failed', 'reason_code', 'hold_lapsed',
      'cost_micros', 0, 'input_tokens', e.hold_tokens, 'output_tokens', 0, 'tokens_estimated', true))
    from (
      select e.id, e.hold_tokens, row_number() over (order by e.id) as n
      from execution.execution e
      where e.state = 'running' and not e.is_run
        and not exists (select from kernel.node_lease l where l.node_id = e.node_id and l.expires_at > lapsed_at)
      order by e.id
      limit cardinality(p_entry_ids)
    ) e);
  if cardinality(settlements) > 0 then
    perform invocation.settle(settlements, p_now);
  end if;
  return cardinality(settlements);
end $$;
