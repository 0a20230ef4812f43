-- Writes those entries (a JSON array of rows of audit.entry) that tell of one of these executions, in their order.
--
-- Locks: nothing. Callers: execution.create_runs, execution.produce_drafts.
create or replace function audit.append_entries(p_entries json, p_execution_ids uuid[]) returns void
language plpgsql
set search_path = pg_catalog
as $$
begin
  insert into audit.entry (
      id, event, outcome, reason_code, actor_type, actor_id, actor_role, via, api_key_id, target_type, target_id,
      execution_id, request_id, address, data)
    select
      e.id, e.event, e.outcome, e.reason_code, e.actor_type, e.actor_id, e.actor_role, e.via, e.api_key_id, e.target_type,
      e.target_id, e.execution_id, e.request_id, e.address, e.data
    from json_populate_recordset(null::audit.entry, p_entries) e
    where e.execution_id = any (p_execution_ids);
end $$;
