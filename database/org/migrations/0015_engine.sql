-- What the engine needs besides runs and steps: quotes before a run, tasks for people inside one, and what starts runs by
-- itself (schedules) or from a conversation (threads).

alter table execution.run
  -- The account tier that bound it when it was created.
  add column tier text,
  -- The tokens it could not reserve, while it waits for quota.
  add column needed_tokens bigint;

-- The apps that a run's pipeline calls, frozen with it.
create table execution.run_sub_app (
  execution_id  uuid not null,
  app_id        uuid not null,
  -- As the pipeline names it; empty for the published one.
  version       text not null collate "C",
  contract_hash bytea not null,
  primary key (execution_id, app_id, version)
);

-- A price that was said for one input, until it expires.
create table execution.quote (
  id           uuid primary key,
  requester_id uuid not null,
  app_id       uuid not null,
  contract_hash bytea not null,
  input_hash   bytea not null,
  project_id   uuid not null,
  quote_micros bigint not null,
  created_at   timestamptz not null default now(),
  expires_at   timestamptz not null,
  constraint quote__not_negative check (quote_micros >= 0)
);
create index quote__expires_at on execution.quote (expires_at);

-- A task for a person inside a run, at the step that waits for it. It is open while answered_at is null and its run waits.
create table execution.human_task (
  id               uuid primary key,
  execution_id     uuid not null,
  path             text not null collate "C",
  node_id          text not null,
  title            text not null,
  -- Encrypted: it may repeat what the run was given.
  description      bytea storage external not null,
  fields           jsonb not null,
  -- One member, or everybody with a base role or designation.
  member_id        uuid,
  role             text,
  opened_at        timestamptz not null default now(),
  due_at           timestamptz,
  answered_at      timestamptz,
  answered_by      uuid,
  constraint human_task__one_per_step unique (execution_id, path),
  constraint human_task__is_for_somebody check (num_nonnulls(member_id, role) = 1),
  constraint human_task__answer_is_somebodys check ((answered_at is null) = (answered_by is null))
);
create index human_task__of_member on execution.human_task (member_id, id) where answered_at is null;
create index human_task__of_role on execution.human_task (role, id) where answered_at is null;

-- Runs that begin by the clock, in the name of a member who answers for them.
create table execution.schedule (
  id                uuid primary key,
  name              text not null,
  app_id            uuid not null,
  project_id        uuid not null references tenancy.project,
  use_case_id       uuid,
  jurisdiction      text,
  -- Encrypted JSON.
  input             bytea storage external not null,
  cron              text not null,
  time_zone         text not null,
  member_id         uuid not null references tenancy.member,
  -- Quotes up to it are confirmed by whoever made the schedule.
  max_price_micros  bigint not null,
  is_enabled        boolean not null default true,
  next_at           timestamptz,
  last_at           timestamptz,
  last_execution_id uuid,
  -- Why the last time made no run.
  last_refusal      text,
  created_by        uuid not null references tenancy.member,
  created_at        timestamptz not null default now(),
  updated_at        timestamptz not null default now(),
  constraint schedule__price_not_negative check (max_price_micros >= 0),
  constraint schedule__enabled_has_a_next_time check (is_enabled or next_at is null)
);
create index schedule__next_at on execution.schedule (next_at) where next_at is not null;

-- A conversation from which apps are run; its runs name it.
create table execution.thread (
  id         uuid primary key,
  title      text not null,
  member_id  uuid not null references tenancy.member,
  project_id uuid not null references tenancy.project,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index thread__member on execution.thread (member_id, id);

create table execution.thread_message (
  id           uuid primary key,
  thread_id    uuid not null references execution.thread on delete cascade,
  -- Encrypted.
  content      bytea storage external not null,
  -- The run that was started with it.
  execution_id uuid,
  created_at   timestamptz not null default now()
);
create index thread_message__thread on execution.thread_message (thread_id, id);
