-- Adds tokens to a quota for the current window of p_period ('day', 'week', 'month'); they lapse when it ends.
-- p_scope_id is null for the organisation. Who may is decided by the caller, who also logs it.
--
-- verdict: granted; repeated, a top-up of this id was granted before and nothing changed; unknown_scope.
-- Locks: the gate, last of all that the caller's transaction locks; then the counter. Caller: ledger (quota).
create or replace function ledger.grant_quota_top_up(
  p_id uuid, p_scope_kind ledger.scope_kind, p_scope_id uuid, p_period text, p_amount_tokens bigint,
  p_reason text, p_granted_by uuid,
  p_now timestamptz default null,
  out verdict text, out window_starts_on date)
language plpgsql set search_path = pg_catalog as $$
declare
  counter_id constant uuid := coalesce(p_scope_id, '00000000-0000-0000-0000-000000000000');
  gate       ledger.gate := ledger.lock_gate(p_now);
  today      date := (gate.clock at time zone 'UTC')::date;
begin
  select t.window_starts_on into window_starts_on from ledger.quota_top_up t where t.id = p_id;
  if found then
    verdict := 'repeated';
    return;
  end if;
  perform ledger.roll_windows(array[counter_id], today);
  update ledger.counter c set
    topup_day_tokens   = c.topup_day_tokens + case p_period when 'day' then p_amount_tokens else 0 end,
    topup_week_tokens  = c.topup_week_tokens + case p_period when 'week' then p_amount_tokens else 0 end,
    topup_month_tokens = c.topup_month_tokens + case p_period when 'month' then p_amount_tokens else 0 end
  where c.id = counter_id and c.kind = p_scope_kind;
  if not found then
    verdict := 'unknown_scope';
    return;
  end if;

  verdict := 'granted';
  window_starts_on := date_trunc(p_period, today::timestamp)::date;
  insert into ledger.quota_top_up (
      id, scope_kind, scope_id, period, window_starts_on, amount_tokens, reason, granted_by, granted_at) values
    (p_id, p_scope_kind, p_scope_id, p_period, window_starts_on, p_amount_tokens, p_reason, p_granted_by, gate.clock);
  update ledger.gate g set clock = gate.clock where g.id = 1;
end $$;
