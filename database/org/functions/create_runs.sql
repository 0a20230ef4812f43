-- Creates runs: what the ledger admits gets its run and its log entry, and is under way at once where a worker has claimed
-- it; all in one commit. p_requests and p_runs are JSON arrays in one order, of invocation.request and execution.run;
-- p_entries are rows of audit.entry, each naming its run as execution_id. A claim lasts p_claim_s.
--
-- Guarantees: a run stands if its quote is held, or neither; sent again it changes nothing.
-- Locks: as invocation.admit. Called by: execution/transition.ts, once for all runs that a node creates at a time.
-- codes and details are those of invocation.admit; created_at is the moment that the runs bear; made are those that this
-- very call created, which are fewer than were admitted when it is a repetition.
create or replace function execution.create_runs(
  p_requests json, p_runs json, p_entries json, p_node_id uuid, p_claim_s integer,
  out codes text, out details jsonb, out created_at timestamptz, out made uuid[])
language plpgsql
set search_path = pg_catalog
set plan_cache_mode = force_generic_plan set jit = off
as $$
begin
  select s.admit_codes, s.details into strict codes, details from invocation.step('[]', p_requests, p_node_id) s;
  select g.clock into strict created_at from ledger.gate g;
  with runs as (
    insert into execution.run (
        execution_id, app_id, app_version_id, app_name, app_version, app_source, contract_hash, category, jurisdiction,
        requester_id, schedule_id, thread_id, tier, quote_micros, frozen_policy, level1, level2, level3, level2_quorum,
        level3_quorum, distinct_approvers, demands, statements, level2_from, level3_from, input, input_hash, max_steps,
        max_seconds, confirmed_at, due_at, attempt, claimed_by, claimed_until, started_at, runs_until)
      select
        r.execution_id, r.app_id, r.app_version_id, r.app_name, r.app_version, r.app_source, r.contract_hash, r.category,
        r.jurisdiction, r.requester_id, r.schedule_id, r.thread_id, r.tier, r.quote_micros, r.frozen_policy, r.level1,
        r.level2, r.level3, r.level2_quorum, r.level3_quorum, r.distinct_approvers, r.demands, r.statements,
        r.level2_from, r.level3_from, r.input, r.input_hash, r.max_steps, r.max_seconds, created_at, created_at,
        num_nonnulls(r.claimed_by), r.claimed_by, claim.ends_at, claim.begins_at,
        claim.begins_at + make_interval(secs => r.max_seconds)
      from json_populate_recordset(null::execution.run, p_runs) with ordinality r
        left join lateral (
          select created_at, clock_timestamp() + make_interval(secs => p_claim_s)
        ) claim (begins_at, ends_at) on r.claimed_by is not null
      where substr(codes, r.ordinality::integer, 1) = 'a'
      on conflict (execution_id) do nothing
      returning execution_id, claimed_by
  ), started as (
    update execution.execution e set state = 'running'
    from runs r where e.id = r.execution_id and r.claimed_by is not null
  )
  select array_agg(r.execution_id) into made from runs r;
  perform audit.append_entries(p_entries, made);
end $$;
