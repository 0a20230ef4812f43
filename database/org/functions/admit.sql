-- Admits calls: for each request, in order, decides whether it may run, and if so holds its money and tokens.
--
-- Guarantees: no limit, quota or wallet is ever exceeded by what is admitted, whatever runs beside; an admitted call
--   has its execution row and a refused one its log entry, in the same commit; asking again with the same execution_id
--   never holds twice, and never takes an admission back. A run begins in the state created, a call running. An execution_id that stands twice in a batch is an error.
-- Locks: the gate first (ledger.lock_gate), then counters; nothing else is waited for.
-- Called by: invocation.step, under READ COMMITTED, once for all calls of an organisation that wait on a node.
--
-- codes has one letter per request, details an object {"<index from 0>": {...}} for every request that was not admitted
-- ({"reason", ...}). The first of these that applies is the answer:
--   a  admitted, now or by an earlier sending of this very execution_id
--   u  unauthenticated: key_unknown, key_revoked, key_expired, member_inactive
--   r  replay: the Idempotency-Key was used for the execution named in the details;  x  the same, with another body
--   t  stale: the facts changed since the node read them; it decides again
--   f  forbidden: the node's own decision (refusal_code) stands
--   n  the node's lease has lapsed; it renews it and asks again
--   l  limit missing: a scope has no counter
--   q  quota exceeded (tokens): organisation, project, use case, user
--   s  spend limit exceeded: user, team, organisation
--   w  wallet insufficient
-- Logged are f, l, q, s, w, and u when the key is known; the entry bears the id that the execution would have had.
create or replace function invocation.admit(
  p_requests invocation.request[], p_node_id uuid, p_now timestamptz default null,
  out codes text, out details jsonb)
language plpgsql
set search_path = pg_catalog
as $$
declare
  organisation constant uuid := '00000000-0000-0000-0000-000000000000';
  n            constant integer := cardinality(p_requests);
  gate         ledger.gate;
  today        date;
  available    bigint;      -- on the wallet; null where the billing mode holds nothing there
  node_is_live boolean;
  -- The counters that the requests draw on, in parallel arrays by ascending id. Room is what the narrowest window
  -- leaves (null: no limit), taken is what this batch has been granted of it so far.
  counter_ids  uuid[];
  room_micros  bigint[];
  room_tokens  bigint[];
  taken_micros bigint[];
  taken_tokens bigint[];
  rolled_to    date;
  top          integer;     -- where the organisation stands in these arrays
  -- The verdicts, by position of the request.
  verdicts     text[] := array_fill(null::text, array[n]);
  reasons      text[] := array_fill(null::text, array[n]);
  facts        jsonb[] := array_fill(null::jsonb, array[n]);
  keys_taken   bytea[] := array_fill(null::bytea, array[n]);
  r            record;
  verdict      text;
  short_tokens integer;
  short_micros integer;
  twin         integer;
  at           integer;
  admitted     integer := 0;
  held         bigint := 0;
begin
  -- 1. The gate. From here on nobody else changes what is read below.
  gate := ledger.lock_gate(p_now);
  today := (gate.clock at time zone 'UTC')::date;
  available := case gate.billing_mode when 'wallet' then gate.balance_micros - gate.held_micros end;
  -- Leases are written by the server's clock, so they are compared with it and not with the gate's.
  node_is_live := exists (
    select from kernel.node_lease l where l.node_id = p_node_id and l.expires_at > coalesce(p_now, clock_timestamp()));

  -- 2. The counters, in today's windows.
  counter_ids := organisation || array(
    select unnest(array[q.member_id, q.team_id, q.project_id, q.use_case_id]) from unnest(p_requests) q);
  loop
    select min(c.as_of), array_agg(c.id order by c.id),
      array_agg(least(
        c.limit_day_micros - c.spent_day_micros, c.limit_week_micros - c.spent_week_micros,
        c.limit_month_micros - c.spent_month_micros, c.limit_total_micros - c.spent_total_micros) order by c.id),
      array_agg(least(
        c.limit_day_tokens + c.topup_day_tokens - c.used_day_tokens,
        c.limit_week_tokens + c.topup_week_tokens - c.used_week_tokens,
        c.limit_month_tokens + c.topup_month_tokens - c.used_month_tokens,
        c.limit_total_tokens - c.used_total_tokens) order by c.id)
      into rolled_to, counter_ids, room_micros, room_tokens
      from ledger.counter c where c.id = any (counter_ids);
    exit when rolled_to is null or rolled_to >= today;
    perform ledger.roll_windows(counter_ids, today);
  end loop;
  counter_ids := coalesce(counter_ids, '{}');
  taken_micros := array_fill(0::bigint, array[cardinality(counter_ids)]);
  taken_tokens := taken_micros;
  top := array_position(counter_ids, organisation);

  for r in
    -- 3. What the rows say about each request. A verdict of null: nothing speaks against it so far; 'A': it was
    --    admitted by an earlier sending, so nothing more is held for it.
    select q.ordinality::integer as i, q.hold_micros, q.hold_tokens, q.idempotency_hash, q.fingerprint, q.refusal_code,
      counter.project, counter.use_case, counter.member, counter.team,
      identity.problem, coalesce(own.id, earlier.id) as earlier_id, coalesce(own.state, earlier.state) as earlier_state,
      case
        when own.node_id = p_node_id and own.state = case when own.is_run then 'created' else 'running' end::execution.state
          then 'A'
        when own.state is not null then 'r'
        when identity.problem is not null then 'u'
        when earlier.fingerprint = q.fingerprint then 'r'
        when earlier.id is not null then 'x'
        when q.access_version is distinct from gate.access_version then 't'
        when q.refusal_code is not null then 'f'
        when not node_is_live and q.is_run is not true then 'n'
        when top is null or num_nulls(q.project_id, q.use_case_id, q.member_id, q.team_id)
            < num_nulls(counter.project, counter.use_case, counter.member, counter.team) then 'l'
      end as verdict
    from unnest(p_requests) with ordinality q
      -- "offset 0" keeps each of these a probe of one index, whatever the planner knew of the tables.
      left join lateral (
        select e.id, e.state, e.node_id, e.is_run from execution.execution e where e.id = q.execution_id offset 0) own on true
      left join lateral (
        select e.id, e.state, e.fingerprint from execution.execution e
        where e.idempotency_hash = q.idempotency_hash offset 0) earlier on true
      left join lateral (
        select k.id, least(k.revoked_at, k.disabled_at) as revoked_at, k.expires_at from tenancy.api_key k
        where k.id = q.api_key_id
          -- Of a run, key and secret were judged with the request; one by the organisation's key has a member who answers.
          and case when q.is_run then k.member_id is null or k.member_id = q.member_id
            else k.member_id is not distinct from q.member_id and (k.secret_hash = q.secret_hash
              or k.previous_secret_hash = q.secret_hash and k.previous_valid_until > gate.clock) end
        offset 0) key on true
      left join lateral (
        select m.status from tenancy.member m where m.id = q.member_id offset 0) member on true
      cross join lateral (select case
        when key.id is null and (q.api_key_id is not null or q.member_id is null) then 'key_unknown'
        when key.revoked_at is not null then 'key_revoked'
        when key.expires_at <= gate.clock then 'key_expired'
        when q.member_id is not null and member.status is distinct from 'active' then 'member_inactive'
      end) identity (problem)
      -- Where its counters stand: the arrays are sorted, so the id is in the bucket that it begins, or nowhere.
      cross join lateral (select
        width_bucket(q.project_id, counter_ids), width_bucket(q.use_case_id, counter_ids),
        width_bucket(q.member_id, counter_ids), width_bucket(q.team_id, counter_ids)
      ) bucket (project, use_case, member, team)
      cross join lateral (select
        case when counter_ids[bucket.project] = q.project_id then bucket.project end,
        case when counter_ids[bucket.use_case] = q.use_case_id then bucket.use_case end,
        case when counter_ids[bucket.member] = q.member_id then bucket.member end,
        case when counter_ids[bucket.team] = q.team_id then bucket.team end
      ) counter (project, use_case, member, team)
    order by q.ordinality
  loop
    verdict := r.verdict;

    -- The same Idempotency-Key earlier in this batch counts like one of an earlier batch.
    if r.idempotency_hash is not null and (verdict is null or verdict not in ('A', 'u')) then
      twin := array_position(keys_taken, r.idempotency_hash);
      if twin is not null then
        verdict := case when (p_requests[twin]).fingerprint = r.fingerprint then 'r' else 'x' end;
        r.earlier_id := (p_requests[twin]).execution_id;
        r.earlier_state := 'running';
      end if;
    end if;

    -- 4. What the limits and the wallet leave. A call that asks for nothing of a unit is not refused for want of it.
    if verdict is null then
      short_tokens := case
        when r.hold_tokens = 0 then null
        when taken_tokens[top] + r.hold_tokens > room_tokens[top] then top
        when taken_tokens[r.project] + r.hold_tokens > room_tokens[r.project] then r.project
        when taken_tokens[r.use_case] + r.hold_tokens > room_tokens[r.use_case] then r.use_case
        when taken_tokens[r.member] + r.hold_tokens > room_tokens[r.member] then r.member
      end;
      short_micros := case
        when r.hold_micros = 0 then null
        when taken_micros[r.member] + r.hold_micros > room_micros[r.member] then r.member
        when taken_micros[r.team] + r.hold_micros > room_micros[r.team] then r.team
        when taken_micros[top] + r.hold_micros > room_micros[top] then top
      end;
      verdict := case
        when short_tokens is not null then 'q'
        when short_micros is not null then 's'
        when r.hold_micros > available then 'w'
      end;
      if verdict is null then
        verdict := 'a';
        admitted := admitted + 1;
        held := held + r.hold_micros;
        available := available - r.hold_micros;
        keys_taken[r.i] := r.idempotency_hash;
        foreach at in array array[top, r.project, r.use_case, r.member, r.team] loop
          continue when at is null;
          taken_micros[at] := taken_micros[at] + r.hold_micros;
          taken_tokens[at] := taken_tokens[at] + r.hold_tokens;
        end loop;
      end if;
    end if;

    -- 5. The answer, and why.
    verdicts[r.i] := verdict;
    continue when verdict in ('a', 'A');
    reasons[r.i] := case verdict
      when 'u' then r.problem when 'r' then 'replayed' when 'x' then 'idempotency_key_reused' when 't' then 'stale'
      when 'f' then r.refusal_code when 'n' then 'node_lapsed' when 'l' then 'counter_missing'
      when 'q' then 'quota_exceeded' when 's' then 'spend_limit_exceeded' when 'w' then 'wallet_insufficient' end;
    facts[r.i] := case
      when verdict in ('r', 'x') then
        jsonb_build_object('execution_id', r.earlier_id, 'state', r.earlier_state)
      when verdict = 't' then jsonb_build_object('access_version', gate.access_version)
      when verdict = 'q' then
        ledger.blocking_window(counter_ids[short_tokens], 'tokens', taken_tokens[short_tokens], r.hold_tokens, today)
      when verdict = 's' then
        ledger.blocking_window(counter_ids[short_micros], 'micros', taken_micros[short_micros], r.hold_micros, today)
      when verdict = 'w' then
        jsonb_build_object('unit', 'micros', 'available', available, 'requested', r.hold_micros)
      else '{}' end;
  end loop;

  -- 6. What was admitted: one execution each, the counters, and the gate once.
  if admitted > 0 then
    insert into execution.execution (
        id, is_run, parent_id, state, engine_type, trigger_source, risk, member_id, actor_role, api_key_id, address,
        team_id, project_id, use_case_id, model_id, model, price_version,
        policy_version, platform_version, request_id, node_id, is_streamed,
        hold_micros, hold_wallet_micros, hold_tokens, admitted_at, admitted_on,
        idempotency_hash, fingerprint, input_hash)
      select
        q.execution_id, coalesce(q.is_run, false), q.parent_id,
        case when q.is_run then 'created' else 'running' end::execution.state,
        q.engine_type, q.trigger_source, q.risk, q.member_id, q.actor_role, q.api_key_id, q.address,
        q.team_id, q.project_id, q.use_case_id, q.model_id, q.model, q.price_version,
        q.policy_version, q.platform_version, q.request_id, p_node_id, coalesce(q.is_streamed, false),
        q.hold_micros, case when available is null then 0 else q.hold_micros end, q.hold_tokens, gate.clock, today,
        q.idempotency_hash, q.fingerprint, q.input_hash
      from unnest(p_requests) with ordinality q
      where verdicts[q.ordinality] = 'a';
    perform ledger.book(counter_ids, taken_micros, taken_tokens, today, today);
    update ledger.gate g set
      clock       = gate.clock,
      held_micros = g.held_micros + case when available is null then 0 else held end
    where g.id = 1;
  end if;

  -- 7. What was refused: one log entry each.
  if admitted < n then
    insert into audit.entry (
        id, at, event, outcome, reason_code,
        actor_type, actor_id, actor_role, via, api_key_id, request_id, address, data)
      select
        q.execution_id, gate.clock,
        case verdicts[q.ordinality]
          when 'q' then 'quota.blocked' when 's' then 'spend_limit.blocked' when 'w' then 'wallet.blocked'
          else 'policy.check_failed' end,
        'refused', reasons[q.ordinality],
        case when q.member_id is null then 'api_key' else 'user' end, coalesce(q.member_id, q.api_key_id), q.actor_role,
        case when q.api_key_id is null then 'session' else 'api_key' end, q.api_key_id, q.request_id, q.address,
        facts[q.ordinality] || coalesce(q.refusal_data, '{}')
          || jsonb_build_object('model', q.model, 'hold_micros', q.hold_micros, 'hold_tokens', q.hold_tokens)
      from unnest(p_requests) with ordinality q
      where verdicts[q.ordinality] in ('f', 'l', 'q', 's', 'w')
        or verdicts[q.ordinality] = 'u' and reasons[q.ordinality] <> 'key_unknown'
      on conflict (id) do nothing;
    details := (
      select jsonb_object_agg(
        v.ordinality - 1, facts[v.ordinality] || jsonb_build_object('reason', reasons[v.ordinality]))
      from unnest(verdicts) with ordinality v (letter, ordinality)
      where v.letter not in ('a', 'A'));
  end if;
  codes := translate(array_to_string(verdicts, ''), 'A', 'a');
end $$;
