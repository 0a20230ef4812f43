-- Puts what runs have produced in its place: a draft whose first level opens, or, where no level is needed, the end of the
-- run with its charge, seal and receipt; of a test the end without any of these. What is written was reckoned on the run as it was seen; a run that has moved since
-- stays as it is, and its worker reckons again.
--
-- p_drafts are rows of execution.run: what was seen (attempt, levels, the revision before) and what is written (output,
--   steps_taken, draft_at, sealed_at); p_access_versions stand beside them. Of a run that becomes a draft p_gates has the row of
--   supervision.gate, of one that ends p_settlements has the settlement; p_receipts and p_entries are rows of their tables.
-- Guarantees: a run is charged once, exactly what its settlement says; state, money, seal and log are one commit.
-- Locks: the gate first, then runs and executions. Called by: execution/transition.ts, once for all that a node has at a
--   time. codes has one letter per draft: p produced, t the run or what governs it is no longer what was seen.
create or replace function execution.produce_drafts(
  p_drafts json, p_access_versions bigint[], p_gates json, p_settlements json, p_receipts json, p_entries json,
  out codes text)
language plpgsql
set search_path = pg_catalog
set plan_cache_mode = force_generic_plan set enable_seqscan = off set jit = off
as $$
declare
  drafts constant execution.run[] := array(select d from json_populate_recordset(null::execution.run, p_drafts) d);
  ids constant uuid[] := array(select d.execution_id from unnest(drafts) d);
  gate ledger.gate;
  live uuid[];
  settlements invocation.settlement[];
begin
  gate := ledger.lock_gate();
  with produced as (
    update execution.run r set
      revision      = d.revision + 1,
      output        = d.output,
      output_hash   = d.output_hash,
      output_chars  = d.output_chars,
      steps_taken   = d.steps_taken,
      draft_at      = d.draft_at,
      sealed_at     = d.sealed_at,
      due_at        = null,
      claimed_by    = null,
      claimed_until = null,
      runs_until    = null
    from unnest(drafts) with ordinality d, execution.execution e
    where r.execution_id = any (ids) and r.execution_id = d.execution_id and e.id = d.execution_id
      and e.state = 'running' and r.attempt = d.attempt and r.revision = d.revision
      and (r.level1, r.level2, r.level3, r.level2_quorum, r.level3_quorum, r.distinct_approvers)
        = (d.level1, d.level2, d.level3, d.level2_quorum, d.level3_quorum, d.distinct_approvers)
      and p_access_versions[d.ordinality] = gate.access_version
    returning r.execution_id, r.sealed_at
  ), moved as (
    update execution.execution e set state = 'draft'
    from produced p where e.id = p.execution_id and p.sealed_at is null
  )
  select array_agg(p.execution_id) into live from produced p;

  insert into supervision.gate (
      id, execution_id, level, revision, risk, app_id, requester_id, team_id, quorum, given, is_for_all, member_ids,
      designations, is_for_team_managers, app_from, workflow_id, escalates_to, opened_at, deadline_at, on_timeout,
      expires_at)
    select
      g.id, g.execution_id, g.level, g.revision, g.risk, g.app_id, g.requester_id, g.team_id, g.quorum, g.given,
      g.is_for_all, g.member_ids, g.designations, g.is_for_team_managers, g.app_from, g.workflow_id, g.escalates_to,
      g.opened_at, g.deadline_at, g.on_timeout, g.expires_at
    from json_populate_recordset(null::supervision.gate, p_gates) g
    where g.execution_id = any (live);

  settlements := array(
    select s from json_populate_recordset(null::invocation.settlement, p_settlements) s where s.execution_id = any (live));
  if cardinality(settlements) > 0 and translate(invocation.settle(settlements), 's', '') <> '' then
    raise exception 'The ledger settled otherwise than the runs end';
  end if;
  insert into supervision.receipt (id, execution_id, kind, content, created_at)
    select p.id, p.execution_id, p.kind, p.content, p.created_at
    from json_populate_recordset(null::supervision.receipt, p_receipts) p
    where p.execution_id = any (live);
  perform audit.append_entries(p_entries, live);
  codes := (
    select string_agg(case when d.execution_id = any (live) then 'p' else 't' end, '' order by d.ordinality)
    from unnest(drafts) with ordinality d);
end $$;
