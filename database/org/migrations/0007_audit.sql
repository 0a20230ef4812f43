-- The organisation's log. Append-only: the role that serves requests may insert and read, nothing else.

create schema audit;

create table audit.entry (
  id           uuid primary key,
  at           timestamptz not null default clock_timestamp(),
  event        text not null collate "C",
  outcome      text not null,
  reason_code  text,
  actor_type   text not null,
  actor_id     uuid,
  actor_role   text,
  via          text not null,
  api_key_id   uuid,
  target_type  text,
  target_id    text collate "C",
  execution_id uuid,
  request_id   uuid,
  address      inet,
  data         jsonb not null default '{}',
  constraint entry__outcome_is_known check (outcome in ('succeeded', 'refused', 'failed')),
  constraint entry__actor_type_is_known
    check (actor_type in ('user', 'api_key', 'system', 'operator', 'anonymous')),
  constraint entry__via_is_known check (via in ('session', 'api_key', 'system', 'cli', 'none'))
);
create index entry__event on audit.entry (event, id);
create index entry__actor on audit.entry (actor_id, id);
create index entry__target on audit.entry (target_id, id) where target_id is not null;
-- Ids of executions and requests rise with the log, so a range of pages holds few others: among 100,000 entries one is found
-- in 1 to 5 ms instead of 100, and an insert costs nothing that could be measured.
create index entry__origin on audit.entry using brin (execution_id, request_id) with (autosummarize = on);

-- Every API request, reads included (event api.request): one row each, a partition per UTC day, written in batches.
create table audit.request (
  at          timestamptz not null,
  request_id  uuid not null,
  actor_type  text not null,
  actor_id    uuid,
  api_key_id  uuid,
  method      text not null,
  route       text not null,
  status      smallint not null,
  duration_ms integer not null,
  address     inet
) partition by range (at);
create table audit.request_default partition of audit.request default;
create index request__at on audit.request (at, request_id);

-- Makes the partition of a UTC day. The role that serves requests owns no table, so this runs as the owner; what it is
-- given are two dates, nothing else reaches the statement.
create function audit.ensure_request_partition(p_day date, p_next date) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  execute format('create table if not exists audit.%I partition of audit.request for values from (%L) to (%L)',
    'request_' || to_char(p_day, 'YYYYMMDD'), p_day::timestamp at time zone 'UTC', p_next::timestamp at time zone 'UTC');
end $$;
revoke execute on function audit.ensure_request_partition from public;
