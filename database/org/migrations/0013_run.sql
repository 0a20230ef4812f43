-- Governed runs: an execution that an app makes, from its hold to its seal, and the people who supervise it.
--
-- State, hold and charge of a run live in execution.execution, as those of a call do; execution.run holds what only a
-- run has. A run is bound to no node: its hold stays for as long as people take.

-- A run passes through more states than a call, which begins running. A value that is added here cannot be named in this
-- transaction, so the conditions below name the old ones, or ask settled_at.
alter type execution.state add value 'created' before 'running';
alter type execution.state add value 'paused' after 'running';
alter type execution.state add value 'draft' after 'paused';
alter type execution.state add value 'review' after 'draft';
alter type execution.state add value 'acknowledged' after 'review';

alter table execution.execution
  add column is_run boolean not null default false,
  -- The run that a model call belongs to.
  add column parent_id uuid,
  -- A run names no model: its calls do.
  alter column model drop not null,
  drop constraint execution__end_is_complete,
  add constraint execution__end_is_complete check (
    (state in ('finalised', 'failed', 'cancelled'))
      = (num_nulls(settled_at, reason_code, charge_micros, input_tokens, output_tokens) = 0));
drop index execution.execution__open_by_node;
create index execution__open_by_node on execution.execution (node_id) where state = 'running' and not is_run;
create index execution__open_run on execution.execution (admitted_at) where is_run and settled_at is null;
create index execution__parent on execution.execution (parent_id) where parent_id is not null;

alter type invocation.request add attribute is_run boolean, add attribute parent_id uuid;

create table execution.run (
  execution_id       uuid primary key,
  app_id             uuid not null,
  app_version_id     uuid not null,
  app_name           text not null,
  app_version        text not null,
  app_source         text not null,
  -- The exact contract that it runs: apps.contract.
  contract_hash      bytea not null,
  category           text,
  jurisdiction       text,
  -- Who answers for it (ruling 6): the person, or the member responsible for the key or the schedule.
  requester_id       uuid not null,
  schedule_id        uuid,
  thread_id          uuid,
  quote_micros       bigint not null,
  confirmed_at       timestamptz not null,
  -- The policy's effective values at creation.
  frozen_policy      jsonb not null,
  -- The levels it needs, with everything that demanded them; they are only ever raised.
  level1             boolean not null,
  level2             boolean not null,
  level3             boolean not null,
  level2_quorum      smallint not null,
  level3_quorum      smallint not null,
  distinct_approvers boolean not null,
  demands            jsonb not null,
  -- What whoever acknowledges confirms, and from whom the app wants levels 2 and 3 (designations; null: whoever may).
  statements         text[] not null default '{}',
  level2_from        text[],
  level3_from        text[],
  -- Counts the drafts: 0 before the first one, and one more each time it is returned.
  revision           integer not null default 0,
  -- Encrypted JSON. The human layer lies apart from what the machine produced.
  input              bytea storage external not null,
  input_hash         bytea not null,
  output             bytea storage external,
  output_hash        bytea,
  output_chars       integer,
  human_layer        bytea storage external,
  human_hash         bytea,
  -- How many of its records change the output.
  human_changes      integer not null default 0,
  -- Limits of this run, the least of platform, tier, organisation and app.
  max_steps          integer not null,
  steps_taken        integer not null default 0,
  max_seconds        integer not null,
  -- By when its running time is used up; while it waits for people, what is left of it stands in remaining_ms.
  runs_until         timestamptz,
  remaining_ms       bigint,
  pause_reason       text,
  -- The engine: a worker claims a run that is due and raises attempt; what an older attempt writes does not count.
  attempt            integer not null default 0,
  due_at             timestamptz,
  claimed_by         uuid,
  claimed_until      timestamptz,
  started_at         timestamptz,
  draft_at           timestamptz,
  sealed_at          timestamptz,
  -- What went wrong, in words for the requester.
  failure            text,
  constraint run__app_source_is_known check (app_source in ('internal', 'public')),
  constraint run__amounts_not_negative check (least(quote_micros, max_steps, steps_taken, max_seconds, revision) >= 0),
  constraint run__levels_build_on_the_first check (level1 or not (level2 or level3)),
  constraint run__output_has_its_hash check ((output is null) = (output_hash is null)),
  constraint run__human_layer_has_its_hash check ((human_layer is null) = (human_hash is null)),
  constraint run__sealed_has_output check (sealed_at is null or output is not null)
) with (fillfactor = 80);
create index run__due on execution.run (due_at) where due_at is not null;
create index run__app on execution.run (app_id, execution_id);
create index run__requester on execution.run (requester_id, execution_id);
create index run__schedule on execution.run (schedule_id, execution_id) where schedule_id is not null;
create index run__thread on execution.run (thread_id, execution_id) where thread_id is not null;

-- What is sealed stays as it is, and levels are only added, whatever a program says.
create function execution.keep_run() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if old.sealed_at is not null then
    raise exception 'A finalised run is sealed' using errcode = 'check_violation', constraint = 'run__sealed_stays';
  end if;
  if (old.level1 and not new.level1) or (old.level2 and not new.level2) or (old.level3 and not new.level3)
    or new.level2_quorum < old.level2_quorum or new.level3_quorum < old.level3_quorum
    or (old.distinct_approvers and not new.distinct_approvers) or new.revision < old.revision
  then
    raise exception 'The levels of a run are only raised'
      using errcode = 'check_violation', constraint = 'run__levels_only_rise';
  end if;
  return new;
end $$;
create trigger keep_run before update on execution.run for each row execute function execution.keep_run();

-- A step of a run: recorded once, executed at least once. The path says where it stands: "2", "2.then.0", "5[3].1".
create table execution.step (
  execution_id      uuid not null,
  path              text not null collate "C",
  node_id           text not null,
  node_type         text not null,
  attempt           integer not null,
  state             text not null,
  retries           integer not null default 0,
  started_at        timestamptz not null,
  ended_at          timestamptz,
  output            bytea storage external,
  output_hash       bytea,
  error_code        text,
  error_detail      text,
  call_execution_id uuid,
  primary key (execution_id, path),
  constraint step__state_is_known
    check (state in ('running', 'waiting', 'succeeded', 'failed', 'skipped', 'cancelled')),
  constraint step__end_is_dated check ((state in ('running', 'waiting')) = (ended_at is null))
);

-- A draft that was returned, as it was when it was.
create table execution.past_draft (
  execution_id uuid not null,
  revision     integer not null,
  output_hash  bytea not null,
  human_layer  bytea storage external,
  human_hash   bytea,
  returned_at  timestamptz not null,
  primary key (execution_id, revision)
);

create schema supervision;

-- The level that waits for people, one per run; when it closes the row goes. Its id sorts by the moment it opened.
create table supervision.gate (
  id             uuid primary key,
  execution_id   uuid not null,
  level          smallint not null,
  revision       integer not null,
  -- Low 0 to critical 3.
  risk           smallint not null,
  app_id         uuid not null,
  requester_id   uuid not null,
  team_id        uuid,
  quorum         smallint not null,
  given          smallint not null default 0,
  -- Whose turn it is among those with the permission: everybody, or whom a workflow names. The app may ask besides for
  -- certain designations.
  is_for_all     boolean not null default true,
  member_ids     uuid[] not null default '{}',
  designations   text[] not null default '{}',
  is_for_team_managers boolean not null default false,
  app_from       text[],
  workflow_id    uuid,
  -- Who besides may once it has escalated; null: everybody with the permission.
  escalates_to   jsonb,
  opened_at      timestamptz not null,
  -- When the workflow's deadline ends, and what happens then. Never an approval.
  deadline_at    timestamptz,
  on_timeout     text not null default 'cancel',
  escalated_at   timestamptz,
  expires_at     timestamptz not null,
  acts_at        timestamptz not null generated always as (least(deadline_at, expires_at)) stored,
  constraint gate__one_per_run unique (execution_id),
  constraint gate__level_is_known check (level in (1, 2, 3)),
  constraint gate__on_timeout_is_known check (on_timeout in ('escalate', 'cancel'))
) with (fillfactor = 80);
create index gate__by_age on supervision.gate (level, id);
create index gate__by_risk on supervision.gate (level, risk desc, id);
create index gate__requester on supervision.gate (requester_id, id);
create index gate__acts_at on supervision.gate (acts_at);

-- What a person decided about a draft. It counts while it binds to what the run is now: bound_hash covers revision, output,
-- human layer, input, app version and quote.
create table supervision.decision (
  id               uuid primary key,
  execution_id     uuid not null,
  revision         integer not null,
  level            smallint not null,
  act              text not null,
  -- Null: the platform acknowledged by policy.
  member_id        uuid,
  actor_role       text,
  on_behalf_of     uuid,
  delegation_id    uuid,
  bound_hash       bytea not null,
  policy_version   integer not null,
  platform_version bigint not null,
  statements       text[] not null default '{}',
  -- Encrypted.
  comment          bytea storage external,
  is_edited        boolean not null default false,
  level_opened_at  timestamptz not null,
  -- When this person opened this draft, and how long reading it takes.
  opened_at        timestamptz,
  reading_ms       integer,
  decided_at       timestamptz not null,
  constraint decision__level_is_known check (level in (1, 2, 3)),
  constraint decision__act_is_known check (act in ('acknowledge', 'approve', 'sign_off', 'return', 'reject'))
);
create unique index decision__one_per_person on supervision.decision (execution_id, revision, level, member_id)
  where member_id is not null;
create index decision__member on supervision.decision (member_id, id);
create index decision__decided_at on supervision.decision using brin (decided_at);

-- A signed receipt, word for word: of a decision (under its id) or of the end of a run (under the run's id).
create table supervision.receipt (
  id           uuid primary key,
  execution_id uuid not null,
  kind         text not null,
  content      text not null,
  created_at   timestamptz not null,
  constraint receipt__kind_is_known check (kind in ('decision', 'finalisation'))
);
create index receipt__execution on supervision.receipt (execution_id, id);

-- When somebody opened a draft for the first time.
create table supervision.reading (
  execution_id uuid not null,
  revision     integer not null,
  member_id    uuid not null,
  opened_at    timestamptz not null,
  primary key (execution_id, revision, member_id)
);

-- Who stands in for whom, for which levels, and until when. It widens whose turn it is, never what one may do.
create table supervision.delegation (
  id             uuid primary key,
  from_member_id uuid not null references tenancy.member,
  to_member_id   uuid not null references tenancy.member,
  levels         smallint[] not null,
  starts_at      timestamptz not null,
  ends_at        timestamptz not null,
  reason         text,
  created_by     uuid not null,
  created_at     timestamptz not null default now(),
  revoked_at     timestamptz,
  constraint delegation__is_to_another check (from_member_id <> to_member_id),
  constraint delegation__levels_are_known check (levels <@ array[1, 2, 3]::smallint[] and cardinality(levels) > 0),
  constraint delegation__ends_after_it_starts check (starts_at < ends_at)
);
create index delegation__from on supervision.delegation (from_member_id) where revoked_at is null;
create index delegation__to on supervision.delegation (to_member_id) where revoked_at is null;

-- What the organisation demands of runs by risk, category and engine, and who answers for each level.
create table supervision.workflow (
  id         uuid primary key,
  name       text not null collate "C",
  position   integer not null,
  is_enabled boolean not null default true,
  version    integer not null default 1,
  applies_to jsonb not null,
  levels     jsonb not null,
  updated_by uuid not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint workflow__name_is_taken unique (name)
);

-- The policies by which all open runs were last looked at: while these are in force there is nothing to look for.
create table supervision.applied_policy (
  id               smallint primary key default 1,
  platform_version bigint not null default -1,
  policy_version   integer not null default -1,
  workflows        text not null default '',
  constraint applied_policy__is_one_row check (id = 1)
);
insert into supervision.applied_policy default values;

create constraint trigger raise_access_version after insert or delete or update on supervision.workflow
  deferrable initially deferred for each row execute function ledger.raise_access_version();
create constraint trigger raise_access_version after insert or delete or update on supervision.delegation
  deferrable initially deferred for each row execute function ledger.raise_access_version();
