-- Records steps of runs as their attempts tell of them: p_steps is a JSON array of rows of execution.step, each step once, with
-- elapsed_ms since it began in place of its moments. What belongs to the latest attempt of a run counts, and a step that has
-- ended stays as it is.
--
-- Guarantees: an attempt that was overtaken, or whose run has ended, changes nothing; sent again it changes nothing.
-- Locks: the rows of the runs, by id, against a new claim. Called by: the lane of a node, one statement at a time per
--   organisation. codes has one letter per step: r recorded, o overtaken.
create or replace function execution.record_steps(p_steps json, p_execution_ids uuid[], out codes text)
language plpgsql
set search_path = pg_catalog
-- A plan is made once per connection, perhaps while the tables are empty: it must still be right at a million rows.
set plan_cache_mode = force_generic_plan set enable_seqscan = off set jit = off
as $$
begin
  with given as (
    select g.*
    from rows from (json_to_recordset(p_steps) as (
      execution_id uuid, path text, attempt integer, node_id text, node_type text, state text, retries integer,
      elapsed_ms integer, output bytea, output_hash bytea, error_code text, error_detail text, call_execution_id uuid
    )) with ordinality g
  ), live as (
    select r.execution_id, r.attempt from execution.run r
    where r.execution_id = any (p_execution_ids) and r.claimed_by is not null
    order by r.execution_id for key share
  ), written as (
    insert into execution.step as s (execution_id, path, node_id, node_type, attempt, state, retries, started_at, ended_at,
      output, output_hash, error_code, error_detail, call_execution_id)
    select g.execution_id, g.path, g.node_id, g.node_type, g.attempt, g.state, g.retries,
      clock_timestamp() - make_interval(secs => g.elapsed_ms / 1000.0),
      case when g.state not in ('running', 'waiting') then clock_timestamp() end,
      g.output, g.output_hash, g.error_code, g.error_detail, g.call_execution_id
    from given g join live l using (execution_id, attempt)
    on conflict on constraint step_pkey do update set
      attempt = excluded.attempt, state = excluded.state, retries = excluded.retries,
      started_at = case when s.attempt = excluded.attempt then s.started_at else excluded.started_at end,
      ended_at = excluded.ended_at, output = excluded.output, output_hash = excluded.output_hash,
      error_code = excluded.error_code, error_detail = excluded.error_detail,
      call_execution_id = excluded.call_execution_id
    where s.state in ('running', 'waiting', 'cancelled')
  )
  select string_agg(case when l.attempt is null then 'o' else 'r' end, '' order by g.ordinality) into codes
  from given g left join live l using (execution_id, attempt);
end $$;
