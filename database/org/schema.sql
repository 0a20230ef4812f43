-- The database of an organisation after all migrations. It is for reading: nothing applies it.
-- `npm run refresh` writes it anew; `npm test` fails when it is not what a migrated database has.
-- {role} is the role that serves requests; public is every role that may connect.


-- apps ----------------------------------------------------------------------------------------------------------------

create schema apps;
grant usage on schema apps to {role};

create table apps.app (
  id         uuid not null,
  created_at timestamptz not null default now(),
  constraint app_pkey primary key (id)
);
grant select, insert, update, delete on apps.app to {role};

create table apps.catalog (
  is_one     boolean not null default true,
  mode       text not null default 'all',
  changed_at timestamptz not null default now(),
  constraint catalog_pkey primary key (is_one),
  constraint catalog__mode_is_known check (mode = any (array['all', 'allowlist', 'blocklist'])),
  constraint catalog__there_is_one check (is_one)
);
create constraint trigger raise_access_version after update on apps.catalog
  deferrable initially deferred for each row execute function ledger.raise_access_version();
grant select, update on apps.catalog to {role};

create table apps.catalog_entry (
  list     text not null,
  app_id   uuid not null,
  added_at timestamptz not null default now(),
  constraint catalog_entry_pkey primary key (list, app_id),
  constraint catalog_entry__list_is_known check (list = any (array['allow', 'block']))
);
create constraint trigger raise_access_version after insert or delete or update on apps.catalog_entry
  deferrable initially deferred for each row execute function ledger.raise_access_version();
grant select, insert, update, delete on apps.catalog_entry to {role};

create table apps.contract (
  hash    bytea not null,
  content jsonb not null,
  constraint contract_pkey primary key (hash),
  constraint contract__hash_is_sha256 check (octet_length(hash) = 32)
);
grant select, insert on apps.contract to {role};

create table apps.oath (
  version_id   uuid not null,
  expert_id    uuid,
  statement    text not null,
  content_hash bytea not null,
  accepted_at  timestamptz not null default now(),
  constraint oath_pkey primary key (version_id),
  constraint oath__somebody_swore_it check (expert_id is not null),
  constraint oath_expert_id_fkey foreign key (expert_id) references tenancy.member(id),
  constraint oath_version_id_fkey foreign key (version_id) references apps.version(id)
);
grant select, insert on apps.oath to {role};

create table apps.promotion (
  app_id     uuid not null,
  "position" integer not null,
  constraint promotion_pkey primary key (app_id),
  constraint promotion__position_is_taken unique ("position") deferrable initially deferred,
  constraint promotion_app_id_fkey foreign key (app_id) references apps.app(id)
);
grant select, insert, update, delete on apps.promotion to {role};

create table apps.review (
  id           uuid not null,
  version_id   uuid not null,
  author_id    uuid,
  reviewer_id  uuid not null,
  decision     text not null,
  comment      text,
  answers      jsonb not null,
  content_hash bytea not null,
  decided_at   timestamptz not null default now(),
  constraint review_pkey primary key (id),
  constraint review__decision_is_known check (decision = any (array['approved', 'returned'])),
  constraint review__not_by_the_author check (reviewer_id <> author_id),
  constraint review__return_says_why check (decision = 'approved' or comment is not null),
  constraint review_version_id_fkey foreign key (version_id) references apps.version(id) on delete cascade
);
create index review__by_version on apps.review (version_id, id);
grant select, insert on apps.review to {role};

create table apps.tool_credential (
  name           text collate "C" not null,
  description    text not null default '',
  hosts          text[] not null,
  secret_path    text not null,
  secret_version integer not null,
  mask           text not null,
  created_at     timestamptz not null default now(),
  updated_at     timestamptz not null default now(),
  constraint tool_credential_pkey primary key (name),
  constraint tool_credential__has_a_host check (cardinality(hosts) > 0)
);
grant select, insert, update, delete on apps.tool_credential to {role};

create table apps.version (
  id           uuid not null,
  app_id       uuid not null,
  author_id    uuid,
  state        text not null default 'draft',
  revision     integer not null default 1,
  content      jsonb not null,
  name         text not null generated always as (coalesce("left"((content -> 'info') ->> 'name', 200), '')) stored,
  version      text collate "C",
  content_hash bytea,
  reason       text,
  created_at   timestamptz not null default now(),
  updated_at   timestamptz not null default now(),
  submitted_at timestamptz,
  published_at timestamptz,
  ended_at     timestamptz,
  constraint version_pkey primary key (id),
  constraint version__content_is_an_object check (jsonb_typeof(content) = 'object'),
  constraint version__somebody_made_it check (author_id is not null),
  constraint version__state_is_known check (state = any (array['draft', 'submitted', 'approved', 'published',
    'superseded', 'suspended', 'withdrawn'])),
  constraint version__submitted_is_fixed check (state = 'draft' or num_nulls(version, content_hash, submitted_at) = 0),
  constraint version__was_published check ((state = any (array['draft', 'submitted',
    'approved'])) = (published_at is null)),
  constraint version_app_id_fkey foreign key (app_id) references apps.app(id),
  constraint version_author_id_fkey foreign key (author_id) references tenancy.member(id)
);
create index version__by_app on apps.version (app_id, id);
create unique index version__number_is_taken on apps.version (app_id, version) where (state = any (array['published',
  'superseded', 'suspended', 'withdrawn']));
create unique index version__one_is_current on apps.version (app_id) where (state = any (array['published',
  'suspended']));
create index version__waiting on apps.version (state, id) where (state = any (array['submitted', 'approved']));
create trigger keep_version before delete or update on apps.version
  for each row execute function apps.keep_version();
create trigger publish_by_update before insert on apps.version
  for each row execute function apps.publish_by_update();
create constraint trigger raise_access_version after insert or delete or update of state on apps.version
  deferrable initially deferred for each row execute function ledger.raise_access_version();
grant select, insert, update, delete on apps.version to {role};

create function apps.keep_version() returns trigger
  language plpgsql set search_path to 'pg_catalog'
as $$
begin
  if tg_op = 'DELETE' then
    if old.state <> 'draft' then
      raise exception 'Only drafts are deleted' using errcode = 'check_violation', constraint = 'version__only_drafts_go';
    end if;
    return old;
  end if;
  if (new.content is distinct from old.content and (old.state <> 'draft' or new.state <> 'draft'))
    or (old.published_at is not null
      and (new.version, new.content_hash, new.author_id, new.app_id, new.published_at)
        is distinct from (old.version, old.content_hash, old.author_id, old.app_id, old.published_at)) then
    raise exception 'A submitted version does not change'
      using errcode = 'check_violation', constraint = 'version__does_not_change';
  end if;
  if new.published_at is not null and old.published_at is null
    and not (exists (select from apps.oath o where o.version_id = new.id and o.content_hash = new.content_hash)
      and exists (select from apps.review r
        where r.version_id = new.id and r.content_hash = new.content_hash and r.decision = 'approved')) then
    raise exception 'A version is published after its review and its oath'
      using errcode = 'check_violation', constraint = 'version__was_reviewed_and_sworn';
  end if;
  return new;
end $$;
grant execute on function apps.keep_version to {role};

create function apps.publish_by_update() returns trigger
  language plpgsql set search_path to 'pg_catalog'
as $$
begin
  if new.published_at is not null then
    raise exception 'A version begins unpublished'
      using errcode = 'check_violation', constraint = 'version__begins_unpublished';
  end if;
  return new;
end $$;
grant execute on function apps.publish_by_update to {role};


-- audit ---------------------------------------------------------------------------------------------------------------

create schema audit;
grant usage on schema audit to {role};

create table audit.entry (
  id           uuid not null,
  at           timestamptz not null default clock_timestamp(),
  event        text collate "C" not null,
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
  constraint entry_pkey primary key (id),
  constraint entry__actor_type_is_known check (actor_type = any (array['user', 'api_key', 'system', 'operator',
    'anonymous'])),
  constraint entry__outcome_is_known check (outcome = any (array['succeeded', 'refused', 'failed'])),
  constraint entry__via_is_known check (via = any (array['session', 'api_key', 'system', 'cli', 'none']))
);
create index entry__actor on audit.entry (actor_id, id);
create index entry__event on audit.entry (event, id);
create index entry__origin on audit.entry using brin (execution_id, request_id) with (autosummarize='on');
create index entry__target on audit.entry (target_id, id) where (target_id is not null);
grant select, insert on audit.entry to {role};

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
create index request__at on only audit.request (at, request_id);
grant select, insert on audit.request to {role};

create table audit.request_default partition of audit.request default;

create function audit.append_entries(p_entries json, p_execution_ids uuid[]) returns void
  language plpgsql set search_path to 'pg_catalog'
as $$…$$;  -- database/org/functions/append_entries.sql
grant execute on function audit.append_entries to {role};

create function audit.ensure_request_partition(p_day date, p_next date) returns void
  language plpgsql security definer set search_path to 'pg_catalog'
as $$
begin
  execute format('create table if not exists audit.%I partition of audit.request for values from (%L) to (%L)',
    'request_' || to_char(p_day, 'YYYYMMDD'), p_day::timestamp at time zone 'UTC', p_next::timestamp at time zone 'UTC');
end $$;
grant execute on function audit.ensure_request_partition to {role};


-- execution -----------------------------------------------------------------------------------------------------------

create schema execution;
grant usage on schema execution to {role};

create type execution.engine_type as enum ('gateway', 'prompt', 'document', 'analysis', 'workflow', 'agent', 'chat',
  'build');

create type execution.state as enum ('created', 'running', 'paused', 'draft', 'review', 'acknowledged', 'finalised',
  'failed', 'cancelled');

create type execution.trigger_source as enum ('in_app', 'chat', 'schedule', 'api', 'test');

create table execution.answer (
  execution_id uuid not null,
  status       smallint not null,
  body         bytea storage external,
  stored_at    timestamptz not null default now(),
  constraint answer_pkey primary key (execution_id)
);
create index answer__stored_at on execution.answer (stored_at);
grant select, insert, update, delete on execution.answer to {role};

create table execution.content (
  execution_id uuid not null,
  input        bytea storage external,
  output       bytea storage external,
  stored_at    timestamptz not null default now(),
  constraint content_pkey primary key (execution_id)
);
grant select, insert, update, delete on execution.content to {role};

create table execution.execution (
  id                  uuid not null,
  engine_type         execution.engine_type not null,
  trigger_source      execution.trigger_source not null,
  state               execution.state not null default 'running',
  reason_code         text,
  risk                text not null,
  member_id           uuid,
  actor_role          text,
  api_key_id          uuid,
  address             inet,
  team_id             uuid,
  project_id          uuid not null,
  use_case_id         uuid,
  model_id            uuid,
  model               text,
  price_version       integer,
  policy_version      integer not null,
  platform_version    bigint not null,
  request_id          uuid not null,
  node_id             uuid not null,
  is_streamed         boolean not null default false,
  hold_micros         bigint not null,
  hold_wallet_micros  bigint not null,
  hold_tokens         bigint not null,
  charge_micros       bigint,
  input_tokens        bigint,
  cached_input_tokens bigint,
  output_tokens       bigint,
  tokens_estimated    boolean,
  admitted_at         timestamptz not null,
  admitted_on         date not null,
  settled_at          timestamptz,
  late_settled_at     timestamptz,
  duration_ms         integer,
  provider_status     smallint,
  idempotency_hash    bytea,
  fingerprint         bytea,
  input_hash          bytea not null,
  output_hash         bytea,
  is_run              boolean not null default false,
  parent_id           uuid,
  archived_at         timestamptz,
  constraint execution_pkey primary key (id),
  constraint execution__amounts_not_negative check (least(hold_micros, hold_tokens, charge_micros, input_tokens,
    cached_input_tokens, output_tokens) >= 0),
  constraint execution__charge_within_hold check (charge_micros <= hold_micros),
  constraint execution__end_is_complete check ((state = any (array['finalised'::execution.state,
    'failed'::execution.state, 'cancelled'::execution.state])) = (num_nulls(settled_at, reason_code, charge_micros,
    input_tokens, output_tokens) = 0)),
  constraint execution__hold_is_on_the_wallet_or_not check (hold_wallet_micros = 0 or hold_wallet_micros = hold_micros),
  constraint execution__only_ended_runs_are_archived check (archived_at is null or is_run and settled_at is not null),
  constraint execution__only_finalised_is_charged check (charge_micros = 0 or state = 'finalised'::execution.state or
    late_settled_at is not null)
) with (fillfactor = 85);
create index execution__admitted_at on execution.execution using brin (admitted_at);
create index execution__ended_run on execution.execution (settled_at) where (is_run and (archived_at is null) and
  (settled_at is not null));
create unique index execution__idempotency on execution.execution (idempotency_hash) where (idempotency_hash is not
  null);
create index execution__member on execution.execution (member_id, id);
create index execution__open_by_node on execution.execution (node_id) where ((state = 'running'::execution.state) and
  (not is_run));
create index execution__open_run on execution.execution (admitted_at) where (is_run and (settled_at is null));
create index execution__parent on execution.execution (parent_id) where (parent_id is not null);
create index execution__unarchived_run on execution.execution (id) where (is_run and (archived_at is null));
grant select, insert, update on execution.execution to {role};

create table execution.human_task (
  id           uuid not null,
  execution_id uuid not null,
  path         text collate "C" not null,
  node_id      text not null,
  title        text not null,
  description  bytea storage external not null,
  fields       jsonb not null,
  member_id    uuid,
  role         text,
  opened_at    timestamptz not null default now(),
  due_at       timestamptz,
  answered_at  timestamptz,
  answered_by  uuid,
  constraint human_task_pkey primary key (id),
  constraint human_task__one_per_step unique (execution_id, path),
  constraint human_task__answer_is_somebodys check ((answered_at is null) = (answered_by is null)),
  constraint human_task__is_for_somebody check (num_nonnulls(member_id, role) = 1)
);
create index human_task__of_member on execution.human_task (member_id, id) where (answered_at is null);
create index human_task__of_role on execution.human_task (role, id) where (answered_at is null);
grant select, insert, update, delete on execution.human_task to {role};

create table execution.past_draft (
  execution_id uuid not null,
  revision     integer not null,
  output_hash  bytea not null,
  human_layer  bytea storage external,
  human_hash   bytea,
  returned_at  timestamptz not null,
  constraint past_draft_pkey primary key (execution_id, revision)
);
grant select, insert on execution.past_draft to {role};

create table execution.quote (
  id            uuid not null,
  requester_id  uuid not null,
  app_id        uuid not null,
  contract_hash bytea not null,
  input_hash    bytea not null,
  project_id    uuid not null,
  quote_micros  bigint not null,
  created_at    timestamptz not null default now(),
  expires_at    timestamptz not null,
  constraint quote_pkey primary key (id),
  constraint quote__not_negative check (quote_micros >= 0)
);
create index quote__expires_at on execution.quote (expires_at);
grant select, insert, update, delete on execution.quote to {role};

create table execution.run (
  execution_id       uuid not null,
  app_id             uuid not null,
  app_version_id     uuid not null,
  app_name           text not null,
  app_version        text not null,
  app_source         text not null,
  contract_hash      bytea not null,
  category           text,
  jurisdiction       text,
  requester_id       uuid not null,
  schedule_id        uuid,
  thread_id          uuid,
  quote_micros       bigint not null,
  confirmed_at       timestamptz not null,
  frozen_policy      jsonb not null,
  level1             boolean not null,
  level2             boolean not null,
  level3             boolean not null,
  level2_quorum      smallint not null,
  level3_quorum      smallint not null,
  distinct_approvers boolean not null,
  demands            jsonb not null,
  statements         text[] not null default '{}',
  level2_from        text[],
  level3_from        text[],
  revision           integer not null default 0,
  input              bytea storage external not null,
  input_hash         bytea not null,
  output             bytea storage external,
  output_hash        bytea,
  output_chars       integer,
  human_layer        bytea storage external,
  human_hash         bytea,
  human_changes      integer not null default 0,
  max_steps          integer not null,
  steps_taken        integer not null default 0,
  max_seconds        integer not null,
  runs_until         timestamptz,
  remaining_ms       bigint,
  pause_reason       text,
  attempt            integer not null default 0,
  due_at             timestamptz,
  claimed_by         uuid,
  claimed_until      timestamptz,
  started_at         timestamptz,
  draft_at           timestamptz,
  sealed_at          timestamptz,
  failure            text,
  tier               text,
  needed_tokens      bigint,
  constraint run_pkey primary key (execution_id),
  constraint run__amounts_not_negative check (least(quote_micros, max_steps::bigint, steps_taken::bigint,
    max_seconds::bigint, revision::bigint) >= 0),
  constraint run__app_source_is_known check (app_source = any (array['internal', 'public'])),
  constraint run__human_layer_has_its_hash check ((human_layer is null) = (human_hash is null)),
  constraint run__levels_build_on_the_first check (level1 or not (level2 or level3)),
  constraint run__output_has_its_hash check ((output is null) = (output_hash is null)),
  constraint run__sealed_has_output check (sealed_at is null or output is not null)
) with (fillfactor = 80);
create index run__app on execution.run (app_id, execution_id);
create index run__due on execution.run (due_at) where (due_at is not null);
create index run__requester on execution.run (requester_id, execution_id);
create index run__schedule on execution.run (schedule_id, execution_id) where (schedule_id is not null);
create index run__thread on execution.run (thread_id, execution_id) where (thread_id is not null);
create trigger keep_run before update on execution.run
  for each row execute function execution.keep_run();
grant select, insert, update on execution.run to {role};

create table execution.run_sub_app (
  execution_id  uuid not null,
  app_id        uuid not null,
  version       text collate "C" not null,
  contract_hash bytea not null,
  constraint run_sub_app_pkey primary key (execution_id, app_id, version)
);
grant select, insert, update, delete on execution.run_sub_app to {role};

create table execution.schedule (
  id                uuid not null,
  name              text not null,
  app_id            uuid not null,
  project_id        uuid not null,
  use_case_id       uuid,
  jurisdiction      text,
  input             bytea storage external not null,
  cron              text not null,
  time_zone         text not null,
  member_id         uuid not null,
  max_price_micros  bigint not null,
  is_enabled        boolean not null default true,
  next_at           timestamptz,
  last_at           timestamptz,
  last_execution_id uuid,
  last_refusal      text,
  created_by        uuid not null,
  created_at        timestamptz not null default now(),
  updated_at        timestamptz not null default now(),
  constraint schedule_pkey primary key (id),
  constraint schedule__enabled_has_a_next_time check (is_enabled or next_at is null),
  constraint schedule__price_not_negative check (max_price_micros >= 0),
  constraint schedule_created_by_fkey foreign key (created_by) references tenancy.member(id),
  constraint schedule_member_id_fkey foreign key (member_id) references tenancy.member(id),
  constraint schedule_project_id_fkey foreign key (project_id) references tenancy.project(id)
);
create index schedule__next_at on execution.schedule (next_at) where (next_at is not null);
grant select, insert, update, delete on execution.schedule to {role};

create table execution.step (
  execution_id      uuid not null,
  path              text collate "C" not null,
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
  constraint step_pkey primary key (execution_id, path),
  constraint step__end_is_dated check ((state = any (array['running', 'waiting'])) = (ended_at is null)),
  constraint step__state_is_known check (state = any (array['running', 'waiting', 'succeeded', 'failed', 'skipped',
    'cancelled']))
);
grant select, insert, update, delete on execution.step to {role};

create table execution.thread (
  id         uuid not null,
  title      text not null,
  member_id  uuid not null,
  project_id uuid not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint thread_pkey primary key (id),
  constraint thread_member_id_fkey foreign key (member_id) references tenancy.member(id),
  constraint thread_project_id_fkey foreign key (project_id) references tenancy.project(id)
);
create index thread__member on execution.thread (member_id, id);
grant select, insert, update, delete on execution.thread to {role};

create table execution.thread_message (
  id           uuid not null,
  thread_id    uuid not null,
  content      bytea storage external not null,
  execution_id uuid,
  created_at   timestamptz not null default now(),
  constraint thread_message_pkey primary key (id),
  constraint thread_message_thread_id_fkey foreign key (thread_id) references execution.thread(id) on delete cascade
);
create index thread_message__thread on execution.thread_message (thread_id, id);
grant select, insert, update, delete on execution.thread_message to {role};

create function execution.create_runs(p_requests json, p_runs json, p_entries json, p_node_id uuid, p_claim_s integer,
  out codes text, out details jsonb, out created_at timestamptz, out made uuid[]) returns record
  language plpgsql set search_path to 'pg_catalog' set plan_cache_mode to 'force_generic_plan' set jit to 'off'
as $$…$$;  -- database/org/functions/create_runs.sql
grant execute on function execution.create_runs to {role};

create function execution.keep_run() returns trigger
  language plpgsql set search_path to 'pg_catalog'
as $$
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
grant execute on function execution.keep_run to {role};

create function execution.produce_drafts(p_drafts json, p_access_versions bigint[], p_gates json, p_settlements json,
  p_receipts json, p_entries json, out codes text) returns text
  language plpgsql set search_path to 'pg_catalog' set plan_cache_mode to 'force_generic_plan' set enable_seqscan to
    'off' set jit to 'off'
as $$…$$;  -- database/org/functions/produce_drafts.sql
grant execute on function execution.produce_drafts to {role};

create function execution.record_steps(p_steps json, p_execution_ids uuid[], out codes text) returns text
  language plpgsql set search_path to 'pg_catalog' set plan_cache_mode to 'force_generic_plan' set enable_seqscan to
    'off' set jit to 'off'
as $$…$$;  -- database/org/functions/record_steps.sql
grant execute on function execution.record_steps to {role};


-- files ---------------------------------------------------------------------------------------------------------------

create schema files;
grant usage on schema files to {role};

create type files.state as enum ('arriving', 'stored', 'expired');

create table files.chunk (
  file_id    uuid not null,
  "position" integer not null,
  bytes      bytea storage external not null,
  constraint chunk_pkey primary key (file_id, "position"),
  constraint chunk_file_id_fkey foreign key (file_id) references files.file(id) on delete cascade
);
grant select, insert, update, delete on files.chunk to {role};

create table files.file (
  id         uuid not null,
  state      files.state not null default 'arriving',
  name       text not null,
  format     text,
  size_bytes bigint,
  sha256     bytea,
  member_id  uuid,
  api_key_id uuid,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  constraint file_pkey primary key (id),
  constraint file__size_is_positive check (size_bytes > 0),
  constraint file__somebody_uploaded_it check (num_nonnulls(member_id, api_key_id) > 0),
  constraint file__stored_is_known check (state = 'arriving'::files.state or num_nulls(format, size_bytes, sha256) = 0)
);
create index file__by_member on files.file (member_id, id);
create index file__due on files.file (expires_at) where (state <> 'expired'::files.state);
grant select, insert, update, delete on files.file to {role};

create table files.use (
  execution_id uuid not null,
  file_id      uuid not null,
  released_at  timestamptz,
  constraint use_pkey primary key (execution_id, file_id),
  constraint use_file_id_fkey foreign key (file_id) references files.file(id)
);
create index use__open on files.use (file_id) where (released_at is null);
grant select, insert, update, delete on files.use to {role};


-- http ----------------------------------------------------------------------------------------------------------------

create schema http;
grant usage on schema http to {role};

create table http.idempotency (
  principal_id uuid not null,
  route        text collate "C" not null,
  key_hash     bytea not null,
  fingerprint  bytea not null,
  status       smallint not null,
  body         text,
  created_at   timestamptz not null default now(),
  done_id      text collate "C",
  constraint idempotency_pkey primary key (principal_id, route, key_hash)
);
create index idempotency__created_at on http.idempotency (created_at);
grant select, insert, update, delete on http.idempotency to {role};


-- insight -------------------------------------------------------------------------------------------------------------

create schema insight;
grant usage on schema insight to {role};

create table insight.pinned_view (
  member_id uuid not null,
  view_id   uuid not null,
  pinned_at timestamptz not null default now(),
  constraint pinned_view_pkey primary key (member_id, view_id),
  constraint pinned_view_member_id_fkey foreign key (member_id) references tenancy.member(id),
  constraint pinned_view_view_id_fkey foreign key (view_id) references insight.saved_view(id) on delete cascade
);
create index pinned_view__view on insight.pinned_view (view_id);
grant select, insert, update, delete on insight.pinned_view to {role};

create table insight.run_feedback (
  execution_id uuid not null,
  member_id    uuid not null,
  is_helpful   boolean not null,
  fault        text,
  given_at     timestamptz not null default now(),
  constraint run_feedback_pkey primary key (execution_id),
  constraint run_feedback__fault_is_known check (fault = any (array['wrong', 'incomplete', 'unclear', 'slow', 'other'])),
  constraint run_feedback__praise_names_no_fault check (not is_helpful or fault is null),
  constraint run_feedback_execution_id_fkey foreign key (execution_id) references execution.run(execution_id),
  constraint run_feedback_member_id_fkey foreign key (member_id) references tenancy.member(id)
);
grant select, insert, update, delete on insight.run_feedback to {role};

create table insight.saved_view (
  id          uuid not null,
  member_id   uuid not null,
  screen      text collate "C" not null,
  name        text not null,
  search      jsonb not null,
  is_shared   boolean not null default false,
  created_at  timestamptz not null default now(),
  updated_at  timestamptz not null default now(),
  shared_with text collate "C",
  constraint saved_view_pkey primary key (id),
  constraint saved_view__name_is_taken unique (member_id, screen, name),
  constraint saved_view__only_shared_has_a_role check (is_shared or shared_with is null),
  constraint saved_view__search_is_an_object check (jsonb_typeof(search) = 'object'),
  constraint saved_view_member_id_fkey foreign key (member_id) references tenancy.member(id)
);
create index saved_view__shared on insight.saved_view (screen) where is_shared;
grant select, insert, update, delete on insight.saved_view to {role};


-- invocation ----------------------------------------------------------------------------------------------------------

create schema invocation;
grant usage on schema invocation to {role};

create type invocation.request as (
  execution_id     uuid,
  request_id       uuid,
  api_key_id       uuid,
  secret_hash      bytea,
  member_id        uuid,
  actor_role       text,
  address          inet,
  idempotency_hash bytea,
  fingerprint      bytea,
  access_version   bigint,
  policy_version   integer,
  platform_version bigint,
  refusal_code     text,
  refusal_data     jsonb,
  team_id          uuid,
  project_id       uuid,
  use_case_id      uuid,
  hold_micros      bigint,
  hold_tokens      bigint,
  engine_type      execution.engine_type,
  trigger_source   execution.trigger_source,
  risk             text,
  model_id         uuid,
  model            text,
  price_version    integer,
  is_streamed      boolean,
  input_hash       bytea,
  is_run           boolean,
  parent_id        uuid
);

create type invocation.settlement as (
  execution_id        uuid,
  entry_id            uuid,
  overrun_entry_id    uuid,
  state               execution.state,
  reason_code         text,
  cost_micros         bigint,
  input_tokens        bigint,
  cached_input_tokens bigint,
  output_tokens       bigint,
  tokens_estimated    boolean,
  provider_status     smallint,
  duration_ms         integer,
  output_hash         bytea,
  content_input       bytea,
  content_output      bytea,
  answer_status       smallint,
  answer_body         bytea
);

create function invocation.admit(p_requests invocation.request[], p_node_id uuid,
  p_now timestamptz default null::timestamptz, out codes text, out details jsonb) returns record
  language plpgsql set search_path to 'pg_catalog'
as $$…$$;  -- database/org/functions/admit.sql
grant execute on function invocation.admit to {role};

create function invocation.book_calls(p_calls execution.execution[], p_now timestamptz) returns void
  language plpgsql set search_path to 'pg_catalog'
as $$…$$;  -- database/org/functions/book_calls.sql
grant execute on function invocation.book_calls to {role};

create function invocation.expire_holds(p_entry_ids uuid[], p_now timestamptz default null::timestamptz) returns integer
  language plpgsql set search_path to 'pg_catalog' set plan_cache_mode to 'force_generic_plan' set enable_seqscan to
    'off' set jit to 'off'
as $$…$$;  -- database/org/functions/expire_holds.sql
grant execute on function invocation.expire_holds to {role};

create function invocation.settle(p_settlements invocation.settlement[], p_now timestamptz default null::timestamptz,
  out codes text) returns text
  language plpgsql set search_path to 'pg_catalog' set enable_nestloop to 'off'
as $$…$$;  -- database/org/functions/settle.sql
grant execute on function invocation.settle to {role};

create function invocation.settle_late(p_settlement invocation.settlement,
  p_now timestamptz) returns execution.execution
  language plpgsql set search_path to 'pg_catalog'
as $$…$$;  -- database/org/functions/settle_late.sql
grant execute on function invocation.settle_late to {role};

create function invocation.step(p_settlements json, p_requests json, p_node_id uuid,
  p_now timestamptz default null::timestamptz, out settle_codes text, out admit_codes text,
  out details jsonb) returns record
  language plpgsql set search_path to 'pg_catalog' set plan_cache_mode to 'force_generic_plan' set enable_seqscan to
    'off' set jit to 'off'
as $$…$$;  -- database/org/functions/step.sql
grant execute on function invocation.step to {role};


-- kernel --------------------------------------------------------------------------------------------------------------

create schema kernel;
grant usage on schema kernel to {role};

create table kernel.migration (
  name       text collate "C" not null,
  sha256     text not null,
  applied_at timestamptz not null default now(),
  constraint migration_pkey primary key (name)
);
grant select on kernel.migration to {role};

create table kernel.node_lease (
  node_id    uuid not null,
  expires_at timestamptz not null,
  constraint node_lease_pkey primary key (node_id)
);
grant select, insert, update, delete on kernel.node_lease to {role};

create function kernel.new_id() returns uuid
  language sql parallel safe set search_path to 'pg_catalog'
as $$…$$;  -- database/org/functions/new_id.sql
grant execute on function kernel.new_id to {role};


-- keys ----------------------------------------------------------------------------------------------------------------

create schema keys;
grant usage on schema keys to {role};

create table keys.data_key (
  kid         integer not null,
  purpose     text not null,
  wrapped     bytea not null,
  kek_version integer not null,
  state       text not null default 'active',
  created_at  timestamptz not null default now(),
  constraint data_key_pkey primary key (kid),
  constraint data_key__purpose_is_known check (purpose = any (array['content', 'index'])),
  constraint data_key__state_is_known check (state = any (array['active', 'retiring', 'retired']))
);
create unique index data_key__one_active_per_purpose on keys.data_key (purpose) where (state = 'active');
grant select, insert, update, delete on keys.data_key to {role};


-- ledger --------------------------------------------------------------------------------------------------------------

create schema ledger;
grant usage on schema ledger to {role};

create type ledger.account as enum ('funding', 'wallet', 'receivable', 'usage', 'expired');

create type ledger.billing_mode as enum ('metered', 'wallet');

create type ledger.scope_kind as enum ('organisation', 'team', 'project', 'use_case', 'user');

create type ledger.transfer_kind as enum ('top_up', 'charge', 'late_charge', 'lot_expired', 'adjustment');

create table ledger.budget (
  id         uuid not null,
  unit       text not null,
  scope_kind ledger.scope_kind not null,
  scope_id   uuid,
  period     text not null,
  amount     bigint not null,
  updated_by uuid not null,
  updated_at timestamptz not null default now(),
  constraint budget_pkey primary key (id),
  constraint budget__one_per_scope_and_period unique nulls not distinct (unit, scope_kind, scope_id, period),
  constraint budget__amount_not_negative check (amount >= 0),
  constraint budget__organisation_has_no_id check (scope_kind <> 'organisation'::ledger.scope_kind or scope_id is null),
  constraint budget__period_is_known check (period = any (array['day', 'week', 'month', 'total'])),
  constraint budget__unit_fits_scope check (case unit when 'micros' then scope_kind = any
    (array['organisation'::ledger.scope_kind, 'team'::ledger.scope_kind,
    'user'::ledger.scope_kind]) else scope_kind = any (array['organisation'::ledger.scope_kind,
    'project'::ledger.scope_kind, 'use_case'::ledger.scope_kind, 'user'::ledger.scope_kind]) end),
  constraint budget__unit_is_known check (unit = any (array['micros', 'tokens']))
);
create constraint trigger raise_access_version after insert or delete or update on ledger.budget
  deferrable initially deferred for each row execute function ledger.raise_access_version();
grant select, insert, update, delete on ledger.budget to {role};

create table ledger.closed_window (
  starts_on    date not null,
  period       text not null,
  counter_id   uuid not null,
  spent_micros bigint not null,
  constraint closed_window_pkey primary key (starts_on, period, counter_id),
  constraint closed_window__period_is_known check (period = any (array['day', 'week', 'month']))
);
grant select, insert, update, delete on ledger.closed_window to {role};

create table ledger.counter (
  id                 uuid not null,
  kind               ledger.scope_kind not null,
  as_of              date not null default '0001-01-01',
  spent_day_micros   bigint not null default 0,
  spent_week_micros  bigint not null default 0,
  spent_month_micros bigint not null default 0,
  spent_total_micros bigint not null default 0,
  limit_day_micros   bigint,
  limit_week_micros  bigint,
  limit_month_micros bigint,
  limit_total_micros bigint,
  used_day_tokens    bigint not null default 0,
  used_week_tokens   bigint not null default 0,
  used_month_tokens  bigint not null default 0,
  used_total_tokens  bigint not null default 0,
  limit_day_tokens   bigint,
  limit_week_tokens  bigint,
  limit_month_tokens bigint,
  limit_total_tokens bigint,
  topup_day_tokens   bigint not null default 0,
  topup_week_tokens  bigint not null default 0,
  topup_month_tokens bigint not null default 0,
  constraint counter_pkey primary key (id)
) with (fillfactor = 40);
grant select, insert, update on ledger.counter to {role};

create table ledger.gate (
  id                  smallint not null default 1,
  access_version      bigint not null default 1,
  access_version_xid  xid8 not null default '0',
  clock               timestamptz not null default '-infinity',
  billing_mode        ledger.billing_mode not null default 'metered',
  balance_micros      bigint not null default 0,
  held_micros         bigint not null default 0,
  undrawn_micros      bigint not null default 0,
  next_lot_expires_at timestamptz not null default 'infinity',
  lots_pinned_until   timestamptz not null default '-infinity',
  constraint gate_pkey primary key (id),
  constraint gate__held_within_balance check (held_micros >= 0 and held_micros <= balance_micros),
  constraint gate__is_one_row check (id = 1),
  constraint gate__undrawn_not_negative check (undrawn_micros >= 0)
) with (fillfactor = 10);
grant select, insert, update on ledger.gate to {role};

create table ledger.lot (
  id             uuid not null,
  amount_micros  bigint not null,
  drawn_micros   bigint not null default 0,
  expired_micros bigint not null default 0,
  expires_at     timestamptz not null,
  constraint lot_pkey primary key (id),
  constraint lot__within_amount check (drawn_micros >= 0 and expired_micros >= 0 and (drawn_micros + expired_micros) <=
    amount_micros),
  constraint lot_id_fkey foreign key (id) references ledger.transfer(id)
);
create index lot__open on ledger.lot (expires_at, id) where ((drawn_micros + expired_micros) < amount_micros);
grant select, insert, update, delete on ledger.lot to {role};

create table ledger.quota_top_up (
  id               uuid not null,
  scope_kind       ledger.scope_kind not null,
  scope_id         uuid,
  period           text not null,
  window_starts_on date not null,
  amount_tokens    bigint not null,
  reason           text not null,
  granted_by       uuid not null,
  granted_at       timestamptz not null default now(),
  constraint quota_top_up_pkey primary key (id),
  constraint quota_top_up__amount_is_positive check (amount_tokens > 0),
  constraint quota_top_up__organisation_has_no_id check ((scope_kind = 'organisation'::ledger.scope_kind) = (scope_id is
    null)),
  constraint quota_top_up__period_is_known check (period = any (array['day', 'week', 'month'])),
  constraint quota_top_up__scope_has_a_quota check (scope_kind <> 'team'::ledger.scope_kind)
);
grant select, insert on ledger.quota_top_up to {role};

create table ledger.transfer (
  id             uuid not null,
  kind           ledger.transfer_kind not null,
  debit_account  ledger.account not null,
  credit_account ledger.account not null,
  amount_micros  bigint not null,
  execution_id   uuid,
  lot_id         uuid,
  reason         text,
  posted_by      uuid,
  posted_at      timestamptz not null,
  constraint transfer_pkey primary key (id),
  constraint transfer__accounts_differ check (debit_account <> credit_account),
  constraint transfer__amount_is_positive check (amount_micros > 0),
  constraint transfer__charge_bears_the_id_of_its_execution check (execution_id = id)
);
create index transfer__posted_at on ledger.transfer using brin (posted_at);
grant select, insert on ledger.transfer to {role};

create function ledger.blocking_window(p_counter uuid, p_unit text, p_taken bigint, p_requested bigint,
  p_today date) returns jsonb
  language sql stable set search_path to 'pg_catalog'
as $$…$$;  -- database/org/functions/blocking_window.sql
grant execute on function ledger.blocking_window to {role};

create function ledger.book(p_ids uuid[], p_micros bigint[], p_tokens bigint[], p_on date, p_today date) returns void
  language plpgsql set search_path to 'pg_catalog' set enable_nestloop to 'off'
as $$…$$;  -- database/org/functions/book.sql
grant execute on function ledger.book to {role};

create function ledger.draw_lots(p_now timestamptz default null::timestamptz) returns ledger.gate
  language plpgsql set search_path to 'pg_catalog'
as $$…$$;  -- database/org/functions/draw_lots.sql
grant execute on function ledger.draw_lots to {role};

create function ledger.grant_quota_top_up(p_id uuid, p_scope_kind ledger.scope_kind, p_scope_id uuid, p_period text,
  p_amount_tokens bigint, p_reason text, p_granted_by uuid, p_now timestamptz default null::timestamptz,
  out verdict text, out window_starts_on date) returns record
  language plpgsql set search_path to 'pg_catalog'
as $$…$$;  -- database/org/functions/grant_quota_top_up.sql
grant execute on function ledger.grant_quota_top_up to {role};

create function ledger.lock_gate(p_now timestamptz default null::timestamptz) returns ledger.gate
  language plpgsql set search_path to 'pg_catalog'
as $$…$$;  -- database/org/functions/lock_gate.sql
grant execute on function ledger.lock_gate to {role};

create function ledger.open_counter() returns trigger
  language plpgsql set search_path to 'pg_catalog'
as $$
begin
  insert into ledger.counter (id, kind) values (new.id, tg_argv[0]::ledger.scope_kind) on conflict (id) do nothing;
  perform ledger.refresh_limits(tg_argv[0]::ledger.scope_kind, new.id);
  return null;
end $$;
grant execute on function ledger.open_counter to {role};

create function ledger.post_transfer(p_id uuid, p_kind ledger.transfer_kind, p_amount_micros bigint,
  p_expires_at timestamptz, p_reason text, p_posted_by uuid, p_now timestamptz default null::timestamptz,
  out verdict text, out balance_micros bigint, out held_micros bigint) returns record
  language plpgsql set search_path to 'pg_catalog'
as $$…$$;  -- database/org/functions/post_transfer.sql
grant execute on function ledger.post_transfer to {role};

create function ledger.raise_access_version() returns trigger
  language plpgsql set search_path to 'pg_catalog'
as $$
begin
  update ledger.gate set access_version = access_version + 1, access_version_xid = pg_current_xact_id()
    where access_version_xid is distinct from pg_current_xact_id();
  return null;
end $$;
grant execute on function ledger.raise_access_version to {role};

create function ledger.refresh_limits(p_kind ledger.scope_kind default null::ledger.scope_kind,
  p_id uuid default null::uuid) returns void
  language plpgsql set search_path to 'pg_catalog' set enable_seqscan to 'off'
as $$…$$;  -- database/org/functions/refresh_limits.sql
grant execute on function ledger.refresh_limits to {role};

create function ledger.roll_windows(p_ids uuid[], p_today date) returns void
  language plpgsql set search_path to 'pg_catalog'
as $$…$$;  -- database/org/functions/roll_windows.sql
grant execute on function ledger.roll_windows to {role};


-- mail ----------------------------------------------------------------------------------------------------------------

create schema mail;
grant usage on schema mail to {role};

create table mail.outgoing (
  id         uuid not null,
  kind       text collate "C" not null,
  recipient  text not null,
  subject    text not null,
  sealed     bytea not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  constraint outgoing_pkey primary key (id)
);
grant select, insert, update, delete on mail.outgoing to {role};


-- models --------------------------------------------------------------------------------------------------------------

create schema models;
grant usage on schema models to {role};

create table models.assignment (
  model_id    uuid not null,
  assigned_at timestamptz not null default now(),
  constraint assignment_pkey primary key (model_id),
  constraint assignment_model_id_fkey foreign key (model_id) references models.model(id)
);
create constraint trigger raise_access_version after insert or delete or update on models.assignment
  deferrable initially deferred for each row execute function ledger.raise_access_version();
grant select, insert, update, delete on models.assignment to {role};

create table models.model (
  id                    uuid not null,
  provider_id           uuid not null,
  name                  text collate "C" not null,
  upstream_name         text not null,
  default_output_tokens integer not null,
  max_output_tokens     integer not null,
  image_input_tokens    integer,
  audio_input_tokens    integer,
  file_input_tokens     integer,
  reasoning_tokens      integer not null default 0,
  status                text not null default 'enabled',
  created_at            timestamptz not null default now(),
  constraint model_pkey primary key (id),
  constraint model__name_is_taken unique (name),
  constraint model__bounds_are_positive check (least(image_input_tokens, audio_input_tokens,
    file_input_tokens) > 0 and reasoning_tokens >= 0),
  constraint model__output_is_bounded check (default_output_tokens > 0 and max_output_tokens >= default_output_tokens
    and max_output_tokens <= 10000000),
  constraint model__status_is_known check (status = any (array['enabled', 'disabled'])),
  constraint model_provider_id_fkey foreign key (provider_id) references models.provider(id)
);
create constraint trigger raise_access_version after insert or delete or update on models.model
  deferrable initially deferred for each row execute function ledger.raise_access_version();
grant select, insert, update, delete on models.model to {role};

create table models.price (
  model_id                     uuid not null,
  version                      integer not null,
  input_micros_per_mtok        bigint not null,
  cached_input_micros_per_mtok bigint not null,
  output_micros_per_mtok       bigint not null,
  created_at                   timestamptz not null default now(),
  constraint price_pkey primary key (model_id, version),
  constraint price__not_negative check (least(input_micros_per_mtok, cached_input_micros_per_mtok,
    output_micros_per_mtok) >= 0),
  constraint price_model_id_fkey foreign key (model_id) references models.model(id)
);
create constraint trigger raise_access_version after insert or delete or update on models.price
  deferrable initially deferred for each row execute function ledger.raise_access_version();
grant select, insert on models.price to {role};

create table models.provider (
  id             uuid not null,
  name           text collate "C" not null,
  type           text not null,
  base_url       text not null,
  secret_path    text,
  secret_version integer,
  key_mask       text,
  status         text not null default 'enabled',
  created_at     timestamptz not null default now(),
  constraint provider_pkey primary key (id),
  constraint provider__name_is_taken unique (name),
  constraint provider__status_is_known check (status = any (array['enabled', 'disabled'])),
  constraint provider__type_is_known check (type = 'openai_compatible')
);
create constraint trigger raise_access_version after insert or delete or update on models.provider
  deferrable initially deferred for each row execute function ledger.raise_access_version();
grant select, insert, update, delete on models.provider to {role};


-- policy --------------------------------------------------------------------------------------------------------------

create schema policy;
grant usage on schema policy to {role};

create table policy.document (
  version    integer not null,
  content    jsonb not null,
  created_by uuid not null,
  created_at timestamptz not null default now(),
  reason     text,
  constraint document_pkey primary key (version),
  constraint document__reason_says_something check (reason <> '')
);
create constraint trigger raise_access_version after insert or delete or update on policy.document
  deferrable initially deferred for each row execute function ledger.raise_access_version();
grant select, insert on policy.document to {role};


-- supervision ---------------------------------------------------------------------------------------------------------

create schema supervision;
grant usage on schema supervision to {role};

create table supervision.applied_policy (
  id               smallint not null default 1,
  platform_version bigint not null default '-1'::integer,
  policy_version   integer not null default '-1',
  workflows        text not null default '',
  constraint applied_policy_pkey primary key (id),
  constraint applied_policy__is_one_row check (id = 1)
);
grant select, insert, update, delete on supervision.applied_policy to {role};

create table supervision.decision (
  id               uuid not null,
  execution_id     uuid not null,
  revision         integer not null,
  level            smallint not null,
  act              text not null,
  member_id        uuid,
  actor_role       text,
  on_behalf_of     uuid,
  delegation_id    uuid,
  bound_hash       bytea not null,
  policy_version   integer not null,
  platform_version bigint not null,
  statements       text[] not null default '{}',
  comment          bytea storage external,
  is_edited        boolean not null default false,
  level_opened_at  timestamptz not null,
  opened_at        timestamptz,
  reading_ms       integer,
  decided_at       timestamptz not null,
  constraint decision_pkey primary key (id),
  constraint decision__act_is_known check (act = any (array['acknowledge', 'approve', 'sign_off', 'return', 'reject'])),
  constraint decision__level_is_known check (level = any (array[1, 2, 3]))
);
create index decision__decided_at on supervision.decision using brin (decided_at);
create index decision__member on supervision.decision (member_id, id);
create unique index decision__one_per_person on supervision.decision (execution_id, revision, level,
  member_id) where (member_id is not null);
grant select, insert on supervision.decision to {role};

create table supervision.delegation (
  id             uuid not null,
  from_member_id uuid not null,
  to_member_id   uuid not null,
  levels         smallint[] not null,
  starts_at      timestamptz not null,
  ends_at        timestamptz not null,
  reason         text,
  created_by     uuid not null,
  created_at     timestamptz not null default now(),
  revoked_at     timestamptz,
  constraint delegation_pkey primary key (id),
  constraint delegation__ends_after_it_starts check (starts_at < ends_at),
  constraint delegation__is_to_another check (from_member_id <> to_member_id),
  constraint delegation__levels_are_known check (levels <@ array[1::smallint, 2::smallint,
    3::smallint] and cardinality(levels) > 0),
  constraint delegation_from_member_id_fkey foreign key (from_member_id) references tenancy.member(id),
  constraint delegation_to_member_id_fkey foreign key (to_member_id) references tenancy.member(id)
);
create index delegation__from on supervision.delegation (from_member_id) where (revoked_at is null);
create index delegation__to on supervision.delegation (to_member_id) where (revoked_at is null);
create constraint trigger raise_access_version after insert or delete or update on supervision.delegation
  deferrable initially deferred for each row execute function ledger.raise_access_version();
grant select, insert, update, delete on supervision.delegation to {role};

create table supervision.gate (
  id                   uuid not null,
  execution_id         uuid not null,
  level                smallint not null,
  revision             integer not null,
  risk                 smallint not null,
  app_id               uuid not null,
  requester_id         uuid not null,
  team_id              uuid,
  quorum               smallint not null,
  given                smallint not null default 0,
  is_for_all           boolean not null default true,
  member_ids           uuid[] not null default '{}',
  designations         text[] not null default '{}',
  is_for_team_managers boolean not null default false,
  app_from             text[],
  workflow_id          uuid,
  escalates_to         jsonb,
  opened_at            timestamptz not null,
  deadline_at          timestamptz,
  on_timeout           text not null default 'cancel',
  escalated_at         timestamptz,
  expires_at           timestamptz not null,
  acts_at              timestamptz not null generated always as (least(deadline_at, expires_at)) stored,
  constraint gate_pkey primary key (id),
  constraint gate__one_per_run unique (execution_id),
  constraint gate__level_is_known check (level = any (array[1, 2, 3])),
  constraint gate__on_timeout_is_known check (on_timeout = any (array['escalate', 'cancel']))
) with (fillfactor = 80);
create index gate__acts_at on supervision.gate (acts_at);
create index gate__by_age on supervision.gate (level, id);
create index gate__by_risk on supervision.gate (level, risk desc, id);
create index gate__requester on supervision.gate (requester_id, id);
grant select, insert, update, delete on supervision.gate to {role};

create table supervision.reading (
  execution_id uuid not null,
  revision     integer not null,
  member_id    uuid not null,
  opened_at    timestamptz not null,
  constraint reading_pkey primary key (execution_id, revision, member_id)
);
grant select, insert, update, delete on supervision.reading to {role};

create table supervision.receipt (
  id           uuid not null,
  execution_id uuid not null,
  kind         text not null,
  content      text not null,
  created_at   timestamptz not null,
  constraint receipt_pkey primary key (id),
  constraint receipt__kind_is_known check (kind = any (array['decision', 'finalisation']))
);
create index receipt__execution on supervision.receipt (execution_id, id);
grant select, insert on supervision.receipt to {role};

create table supervision.workflow (
  id         uuid not null,
  name       text collate "C" not null,
  "position" integer not null,
  is_enabled boolean not null default true,
  version    integer not null default 1,
  applies_to jsonb not null,
  levels     jsonb not null,
  updated_by uuid not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint workflow_pkey primary key (id),
  constraint workflow__name_is_taken unique (name)
);
create constraint trigger raise_access_version after insert or delete or update on supervision.workflow
  deferrable initially deferred for each row execute function ledger.raise_access_version();
grant select, insert, update, delete on supervision.workflow to {role};


-- tenancy -------------------------------------------------------------------------------------------------------------

create schema tenancy;
grant usage on schema tenancy to {role};

create table tenancy.access_range (
  id         uuid not null,
  member_id  uuid not null,
  kind       text collate "C" not null,
  value      text collate "C" not null,
  object_id  uuid,
  valid_from timestamptz not null default clock_timestamp(),
  valid_to   timestamptz,
  ended_xid  xid8,
  constraint access_range_pkey primary key (id),
  constraint access_range__end_is_complete check ((valid_to is null) = (ended_xid is null)),
  constraint access_range__kind_is_known check (kind = any (array['membership', 'base_role', 'designation', 'grant',
    'deny', 'surface', 'custom_role', 'team', 'workspace', 'project'])),
  constraint access_range_member_id_fkey foreign key (member_id) references tenancy.member(id)
);
create index access_range__member on tenancy.access_range (member_id, valid_from);
create unique index access_range__open on tenancy.access_range (member_id, kind, value,
  object_id) nulls not distinct where (valid_to is null);
create index access_range__value on tenancy.access_range (kind, value, valid_from);
grant select, insert, update, delete on tenancy.access_range to {role};

create table tenancy.api_key (
  id                   uuid not null,
  name                 text not null,
  member_id            uuid,
  created_by           uuid not null,
  project_id           uuid not null,
  use_case_id          uuid,
  scopes               text[] not null,
  secret_hash          bytea not null,
  mask                 text not null,
  created_at           timestamptz not null default now(),
  expires_at           timestamptz not null,
  last_used_at         timestamptz,
  revoked_at           timestamptz,
  revoked_by           uuid,
  service_account_id   uuid,
  addresses            text[] not null default '{}',
  previous_secret_hash bytea,
  previous_valid_until timestamptz,
  rotated_at           timestamptz,
  disabled_at          timestamptz,
  constraint api_key_pkey primary key (id),
  constraint api_key__belongs_to_one check (member_id is null or service_account_id is null),
  constraint api_key__list_is_bounded check (cardinality(addresses) <= 100),
  constraint api_key__overlap_ends check ((previous_secret_hash is null) = (previous_valid_until is null)),
  constraint api_key__secret_is_a_sha256 check (octet_length(secret_hash) = 32),
  constraint api_key_created_by_fkey foreign key (created_by) references tenancy.member(id),
  constraint api_key_member_id_fkey foreign key (member_id) references tenancy.member(id),
  constraint api_key_project_id_fkey foreign key (project_id) references tenancy.project(id),
  constraint api_key_revoked_by_fkey foreign key (revoked_by) references tenancy.member(id),
  constraint api_key_service_account_id_fkey foreign key (service_account_id) references tenancy.service_account(id),
  constraint api_key_use_case_id_fkey foreign key (use_case_id) references tenancy.use_case(id) on delete set null
);
create index api_key__member on tenancy.api_key (member_id);
create index api_key__service_account on tenancy.api_key (service_account_id) where (service_account_id is not null);
create constraint trigger raise_access_version after insert or delete or update of member_id, project_id, use_case_id,
  scopes, secret_hash, expires_at, revoked_at on tenancy.api_key
  deferrable initially deferred for each row execute function ledger.raise_access_version();
create constraint trigger raise_access_version_of_more after update of service_account_id, addresses,
  previous_secret_hash, previous_valid_until, disabled_at, created_by on tenancy.api_key
  deferrable initially deferred for each row execute function ledger.raise_access_version();
grant select, insert, update, delete on tenancy.api_key to {role};

create table tenancy.import (
  id              uuid not null,
  file_name       text not null,
  file_sha256     bytea not null,
  state           text not null default 'checked',
  created_by      uuid,
  created_at      timestamptz not null default now(),
  started_at      timestamptz,
  finished_at     timestamptz,
  attempt         integer not null default 0,
  lease_until     timestamptz,
  result_taken_at timestamptz,
  constraint import_pkey primary key (id),
  constraint import__state_is_known check (state = any (array['checked', 'running', 'finished', 'discarded']))
);
grant select, insert, update, delete on tenancy.import to {role};

create table tenancy.import_row (
  import_id       uuid not null,
  row_number      integer not null,
  org_id          text not null default '',
  email           text not null default '',
  display_name    text not null default '',
  role            text not null default '',
  sealed_password bytea,
  has_password    boolean not null default false,
  state           text not null,
  errors          jsonb not null default '[]',
  user_id         uuid,
  member_id       uuid,
  is_new          boolean,
  constraint import_row_pkey primary key (import_id, row_number),
  constraint import_row__holds_no_password check (sealed_password is null),
  constraint import_row__state_is_known check (state = any (array['valid', 'error', 'claimed', 'created', 'added',
    'failed', 'dropped'])),
  constraint import_row_import_id_fkey foreign key (import_id) references tenancy.import(id) on delete cascade
);
create index import_row__state on tenancy.import_row (import_id, state, row_number);
grant select, insert, update, delete on tenancy.import_row to {role};

create table tenancy.invitation (
  id           uuid not null,
  email        text not null,
  email_key    text collate "C" not null,
  base_role    text not null default 'member',
  designations text[] not null default '{}',
  surface      text not null default 'studio',
  invited_by   uuid,
  inviter_name text not null,
  token_hash   bytea not null,
  message_id   uuid not null,
  sent_count   integer not null default 1,
  created_at   timestamptz not null default now(),
  sent_at      timestamptz not null default now(),
  expires_at   timestamptz not null,
  opened_at    timestamptz,
  accepted_at  timestamptz,
  member_id    uuid,
  revoked_at   timestamptz,
  import_id    uuid,
  constraint invitation_pkey primary key (id),
  constraint invitation__token_is_unique unique (token_hash),
  constraint invitation__acceptance_is_complete check ((accepted_at is null) = (member_id is null)),
  constraint invitation__base_role_is_known check (base_role = any (array['owner', 'admin', 'member'])),
  constraint invitation__designations_are_known check (designations <@ array['manager', 'reviewer',
    'compliance_officer', 'expert']),
  constraint invitation__ends_once check (accepted_at is null or revoked_at is null),
  constraint invitation__surface_is_known check (surface = any (array['studio', 'hub'])),
  constraint invitation_invited_by_fkey foreign key (invited_by) references tenancy.member(id),
  constraint invitation_member_id_fkey foreign key (member_id) references tenancy.member(id)
);
create unique index invitation__one_open on tenancy.invitation (email_key) where ((accepted_at is null) and (revoked_at
  is null));
grant select, insert, update, delete on tenancy.invitation to {role};

create table tenancy.invitation_project (
  invitation_id uuid not null,
  project_id    uuid not null,
  role          text not null,
  constraint invitation_project_pkey primary key (invitation_id, project_id),
  constraint invitation_project__role_is_known check (role = any (array['viewer', 'operator', 'builder', 'admin'])),
  constraint invitation_project_invitation_id_fkey foreign key (invitation_id) references tenancy.invitation(id) on
    delete cascade,
  constraint invitation_project_project_id_fkey foreign key (project_id) references tenancy.project(id) on delete
    cascade
);
create index invitation_project__project on tenancy.invitation_project (project_id);
grant select, insert, update, delete on tenancy.invitation_project to {role};

create table tenancy.invitation_team (
  invitation_id uuid not null,
  team_id       uuid not null,
  constraint invitation_team_pkey primary key (invitation_id, team_id),
  constraint invitation_team_invitation_id_fkey foreign key (invitation_id) references tenancy.invitation(id) on delete
    cascade,
  constraint invitation_team_team_id_fkey foreign key (team_id) references tenancy.team(id) on delete cascade
);
create index invitation_team__team on tenancy.invitation_team (team_id);
grant select, insert, update, delete on tenancy.invitation_team to {role};

create table tenancy.mapped_grant (
  member_id     uuid not null,
  connection_id uuid not null,
  kind          text not null,
  target        text collate "C" not null,
  value         text not null default '',
  prior         text,
  granted_at    timestamptz not null default now(),
  constraint mapped_grant_pkey primary key (member_id, connection_id, kind, target),
  constraint mapped_grant__kind_is_known check (kind = any (array['membership', 'role', 'designation', 'team',
    'project'])),
  constraint mapped_grant_member_id_fkey foreign key (member_id) references tenancy.member(id)
);
create index mapped_grant__connection on tenancy.mapped_grant (connection_id, member_id);
grant select, insert, update, delete on tenancy.mapped_grant to {role};

create table tenancy.member (
  id                   uuid not null,
  user_id              uuid not null,
  base_role            text not null default 'member',
  designations         text[] not null default '{}',
  grants               text[] not null default '{}',
  denies               text[] not null default '{}',
  surface              text not null default 'studio',
  primary_team_id      uuid,
  status               text not null default 'active',
  sessions_valid_after timestamptz not null default '-infinity',
  joined_at            timestamptz not null default now(),
  removed_at           timestamptz,
  constraint member_pkey primary key (id),
  constraint member_user_id_key unique (user_id),
  constraint member__base_role_is_known check (base_role = any (array['owner', 'admin', 'member'])),
  constraint member__designations_are_known check (designations <@ array['manager', 'reviewer', 'compliance_officer',
    'expert']),
  constraint member__removal_is_dated check ((status = 'removed') = (removed_at is not null)),
  constraint member__status_is_known check (status = any (array['active', 'suspended', 'removed'])),
  constraint member__surface_is_known check (surface = any (array['studio', 'hub'])),
  constraint member__primary_team_exists foreign key (primary_team_id) references tenancy.team(id) on delete set null
);
create trigger note_membership after insert or update of status, base_role, surface, designations, grants,
  denies on tenancy.member
  for each row execute function tenancy.note_membership();
create constraint trigger open_counter after insert on tenancy.member
  deferrable initially deferred for each row execute function ledger.open_counter('user');
create constraint trigger raise_access_version after insert or delete or update of user_id, base_role, designations,
  grants, denies, surface, primary_team_id, status on tenancy.member
  deferrable initially deferred for each row execute function ledger.raise_access_version();
grant select, insert, update on tenancy.member to {role};

create table tenancy.member_role (
  member_id  uuid not null,
  role_id    uuid not null,
  source     text collate "C" not null default 'manual',
  granted_at timestamptz not null default now(),
  constraint member_role_pkey primary key (member_id, role_id),
  constraint member_role_member_id_fkey foreign key (member_id) references tenancy.member(id),
  constraint member_role_role_id_fkey foreign key (role_id) references tenancy.role(id) on delete cascade
);
create index member_role__role on tenancy.member_role (role_id);
create trigger note_place after insert or delete or update on tenancy.member_role
  for each row execute function tenancy.note_place('custom_role', 'role_id');
create constraint trigger raise_access_version after insert or delete or update on tenancy.member_role
  deferrable initially deferred for each row execute function ledger.raise_access_version();
grant select, insert, update, delete on tenancy.member_role to {role};

create table tenancy.member_session (
  session_id    uuid not null,
  member_id     uuid not null,
  address       inet,
  first_seen_at timestamptz not null default now(),
  last_seen_at  timestamptz not null default now(),
  ended_at      timestamptz,
  constraint member_session_pkey primary key (session_id),
  constraint member_session_member_id_fkey foreign key (member_id) references tenancy.member(id)
);
create index member_session__ended on tenancy.member_session (member_id) where (ended_at is not null);
create index member_session__member on tenancy.member_session (member_id);
grant select, insert, update, delete on tenancy.member_session to {role};

create table tenancy.password_rule (
  id            smallint not null default 1,
  min_length    integer,
  needs_letters boolean not null default false,
  needs_digits  boolean not null default false,
  needs_symbols boolean not null default false,
  changed_at    timestamptz not null default now(),
  constraint password_rule_pkey primary key (id),
  constraint password_rule__is_one_row check (id = 1),
  constraint password_rule__length_is_possible check (min_length >= 8 and min_length <= 64)
);
grant select, insert, update, delete on tenancy.password_rule to {role};

create table tenancy.project (
  id           uuid not null,
  name         text collate "C" not null,
  kind         text not null default 'team',
  workspace_id uuid,
  created_by   uuid,
  created_at   timestamptz not null default now(),
  archived_at  timestamptz,
  constraint project_pkey primary key (id),
  constraint project__name_is_taken unique (name),
  constraint project__default_stays_open check (kind <> 'default' or archived_at is null),
  constraint project__kind_is_known check (kind = any (array['default', 'team'])),
  constraint project_created_by_fkey foreign key (created_by) references tenancy.member(id),
  constraint project_workspace_id_fkey foreign key (workspace_id) references tenancy.workspace(id) on delete set null
);
create unique index project__one_default on tenancy.project (kind) where (kind = 'default');
create constraint trigger open_counter after insert on tenancy.project
  deferrable initially deferred for each row execute function ledger.open_counter('project');
create constraint trigger raise_access_version after insert or delete or update on tenancy.project
  deferrable initially deferred for each row execute function ledger.raise_access_version();
grant select, insert, update, delete on tenancy.project to {role};

create table tenancy.project_member (
  project_id uuid not null,
  member_id  uuid not null,
  role       text not null,
  constraint project_member_pkey primary key (project_id, member_id),
  constraint project_member__role_is_known check (role = any (array['viewer', 'operator', 'builder', 'admin'])),
  constraint project_member_member_id_fkey foreign key (member_id) references tenancy.member(id),
  constraint project_member_project_id_fkey foreign key (project_id) references tenancy.project(id) on delete cascade
);
create index project_member__member on tenancy.project_member (member_id);
create trigger note_place after insert or delete or update on tenancy.project_member
  for each row execute function tenancy.note_place('project', 'project_id');
create constraint trigger raise_access_version after insert or delete or update on tenancy.project_member
  deferrable initially deferred for each row execute function ledger.raise_access_version();
grant select, insert, update, delete on tenancy.project_member to {role};

create table tenancy.role (
  id          uuid not null,
  name        text collate "C" not null,
  description text not null default '',
  permissions text[] not null,
  created_by  uuid,
  created_at  timestamptz not null default now(),
  updated_at  timestamptz not null default now(),
  constraint role_pkey primary key (id),
  constraint role__name_is_taken unique (name),
  constraint role__gives_something check (cardinality(permissions) >= 1 and cardinality(permissions) <= 100),
  constraint role_created_by_fkey foreign key (created_by) references tenancy.member(id)
);
create constraint trigger raise_access_version after update of permissions on tenancy.role
  deferrable initially deferred for each row execute function ledger.raise_access_version();
grant select, insert, update, delete on tenancy.role to {role};

create table tenancy.scim_group (
  id            uuid not null,
  connection_id uuid not null,
  display_name  text not null,
  display_key   text collate "C" not null,
  external_id   text collate "C",
  version       integer not null default 1,
  created_at    timestamptz not null default now(),
  changed_at    timestamptz not null default now(),
  constraint scim_group_pkey primary key (id),
  constraint scim_group__name_is_taken unique (connection_id, display_key)
);
grant select, insert, update, delete on tenancy.scim_group to {role};

create table tenancy.scim_group_member (
  group_id uuid not null,
  user_id  uuid not null,
  constraint scim_group_member_pkey primary key (group_id, user_id),
  constraint scim_group_member_group_id_fkey foreign key (group_id) references tenancy.scim_group(id) on delete cascade,
  constraint scim_group_member_user_id_fkey foreign key (user_id) references tenancy.scim_user(id) on delete cascade
);
create index scim_group_member__user on tenancy.scim_group_member (user_id);
grant select, insert, update, delete on tenancy.scim_group_member to {role};

create table tenancy.scim_leaver (
  member_id     uuid not null,
  connection_id uuid not null,
  constraint scim_leaver_pkey primary key (member_id, connection_id),
  constraint scim_leaver_member_id_fkey foreign key (member_id) references tenancy.member(id)
);
grant select, insert, update, delete on tenancy.scim_leaver to {role};

create table tenancy.scim_user (
  id                uuid not null,
  connection_id     uuid not null,
  member_id         uuid not null,
  user_name         text not null,
  user_name_key     text collate "C" not null,
  external_id       text collate "C",
  attributes        jsonb not null default '{}',
  is_active         boolean not null default true,
  is_suspended_here boolean not null default false,
  version           integer not null default 1,
  created_at        timestamptz not null default now(),
  changed_at        timestamptz not null default now(),
  constraint scim_user_pkey primary key (id),
  constraint scim_user__member_is_provisioned_once unique (member_id),
  constraint scim_user__name_is_taken unique (connection_id, user_name_key),
  constraint scim_user_member_id_fkey foreign key (member_id) references tenancy.member(id)
);
create index scim_user__external on tenancy.scim_user (connection_id, external_id);
grant select, insert, update, delete on tenancy.scim_user to {role};

create table tenancy.security (
  id                   smallint not null default 1,
  version              integer not null default 1,
  mfa_required_from    timestamptz,
  idle_timeout_s       integer,
  absolute_timeout_s   integer,
  addresses            text[] not null default '{}',
  previous_addresses   text[],
  addresses_revert_at  timestamptz,
  addresses_changed_at timestamptz,
  addresses_changed_by uuid,
  constraint security_pkey primary key (id),
  constraint security__absolute_timeout_is_sensible check (absolute_timeout_s >= 300 and absolute_timeout_s <= 2592000),
  constraint security__change_can_be_undone check ((previous_addresses is null) = (addresses_revert_at is null)),
  constraint security__idle_timeout_is_sensible check (idle_timeout_s >= 60 and idle_timeout_s <= 86400),
  constraint security__is_one_row check (id = 1),
  constraint security__list_is_bounded check (cardinality(addresses) <= 500)
);
create constraint trigger raise_access_version after insert or delete or update on tenancy.security
  deferrable initially deferred for each row execute function ledger.raise_access_version();
grant select, insert, update, delete on tenancy.security to {role};

create table tenancy.service_account (
  id                    uuid not null,
  name                  text collate "C" not null,
  description           text not null default '',
  permissions           text[] not null,
  responsible_member_id uuid not null,
  created_by            uuid,
  created_at            timestamptz not null default now(),
  disabled_at           timestamptz,
  constraint service_account_pkey primary key (id),
  constraint service_account__name_is_taken unique (name),
  constraint service_account__may_do_something check (cardinality(permissions) >= 1 and cardinality(permissions) <= 100),
  constraint service_account_created_by_fkey foreign key (created_by) references tenancy.member(id),
  constraint service_account_responsible_member_id_fkey foreign key (responsible_member_id) references
    tenancy.member(id)
);
create constraint trigger raise_access_version after update on tenancy.service_account
  deferrable initially deferred for each row execute function ledger.raise_access_version();
grant select, insert, update, delete on tenancy.service_account to {role};

create table tenancy.sso_mapping (
  id            uuid not null,
  connection_id uuid not null,
  group_name    text collate "C" not null,
  base_role     text,
  designations  text[] not null default '{}',
  team_id       uuid,
  is_manager    boolean not null default false,
  project_id    uuid,
  project_role  text,
  constraint sso_mapping_pkey primary key (id),
  constraint sso_mapping__group_is_mapped_once unique (connection_id, group_name),
  constraint sso_mapping__designations_are_known check (designations <@ array['manager', 'reviewer',
    'compliance_officer', 'expert']),
  constraint sso_mapping__project_role_is_known check (project_role = any (array['viewer', 'operator', 'builder',
    'admin'])),
  constraint sso_mapping__role_is_known check (base_role = any (array['owner', 'admin', 'member'])),
  constraint sso_mapping_project_id_fkey foreign key (project_id) references tenancy.project(id) on delete set null,
  constraint sso_mapping_team_id_fkey foreign key (team_id) references tenancy.team(id) on delete set null
);
grant select, insert, update, delete on tenancy.sso_mapping to {role};

create table tenancy.sso_member (
  member_id     uuid not null,
  connection_id uuid not null,
  groups        text[] not null,
  signed_in_at  timestamptz not null default now(),
  constraint sso_member_pkey primary key (member_id, connection_id),
  constraint sso_member_member_id_fkey foreign key (member_id) references tenancy.member(id)
);
grant select, insert, update, delete on tenancy.sso_member to {role};

create table tenancy.team (
  id         uuid not null,
  name       text collate "C" not null,
  created_at timestamptz not null default now(),
  constraint team_pkey primary key (id),
  constraint team__name_is_taken unique (name)
);
create constraint trigger open_counter after insert on tenancy.team
  deferrable initially deferred for each row execute function ledger.open_counter('team');
grant select, insert, update, delete on tenancy.team to {role};

create table tenancy.team_member (
  team_id    uuid not null,
  member_id  uuid not null,
  is_manager boolean not null default false,
  constraint team_member_pkey primary key (team_id, member_id),
  constraint team_member_member_id_fkey foreign key (member_id) references tenancy.member(id),
  constraint team_member_team_id_fkey foreign key (team_id) references tenancy.team(id) on delete cascade
);
create index team_member__member on tenancy.team_member (member_id);
create trigger note_place after insert or delete or update on tenancy.team_member
  for each row execute function tenancy.note_place('team', 'team_id');
grant select, insert, update, delete on tenancy.team_member to {role};

create table tenancy.use_case (
  id          uuid not null,
  project_id  uuid not null,
  name        text collate "C" not null,
  created_at  timestamptz not null default now(),
  archived_at timestamptz,
  constraint use_case_pkey primary key (id),
  constraint use_case__name_is_taken unique (project_id, name),
  constraint use_case_project_id_fkey foreign key (project_id) references tenancy.project(id) on delete cascade
);
create constraint trigger open_counter after insert on tenancy.use_case
  deferrable initially deferred for each row execute function ledger.open_counter('use_case');
create constraint trigger raise_access_version after insert or delete or update on tenancy.use_case
  deferrable initially deferred for each row execute function ledger.raise_access_version();
grant select, insert, update, delete on tenancy.use_case to {role};

create table tenancy.worker_key (
  version     integer not null,
  public_key  text not null,
  fingerprint text not null,
  secret_path text not null,
  created_at  timestamptz not null default now(),
  constraint worker_key_pkey primary key (version)
);
grant select, insert, update, delete on tenancy.worker_key to {role};

create table tenancy.workspace (
  id          uuid not null,
  name        text collate "C" not null,
  description text not null default '',
  created_by  uuid,
  created_at  timestamptz not null default now(),
  constraint workspace_pkey primary key (id),
  constraint workspace__name_is_taken unique (name),
  constraint workspace_created_by_fkey foreign key (created_by) references tenancy.member(id)
);
grant select, insert, update, delete on tenancy.workspace to {role};

create table tenancy.workspace_member (
  workspace_id uuid not null,
  member_id    uuid not null,
  role         text not null,
  constraint workspace_member_pkey primary key (workspace_id, member_id),
  constraint workspace_member__role_is_known check (role = any (array['viewer', 'collaborator', 'admin'])),
  constraint workspace_member_member_id_fkey foreign key (member_id) references tenancy.member(id),
  constraint workspace_member_workspace_id_fkey foreign key (workspace_id) references tenancy.workspace(id) on delete
    cascade
);
create index workspace_member__member on tenancy.workspace_member (member_id);
create trigger note_place after insert or delete or update on tenancy.workspace_member
  for each row execute function tenancy.note_place('workspace', 'workspace_id');
grant select, insert, update, delete on tenancy.workspace_member to {role};

create function tenancy.note_access(p_member_id uuid, p_kind text, p_object_id uuid, p_values text[]) returns void
  language plpgsql set search_path to 'pg_catalog'
as $$
begin
  update tenancy.access_range set valid_to = clock_timestamp(), ended_xid = pg_current_xact_id()
    where member_id = p_member_id and kind = p_kind and object_id is not distinct from p_object_id and valid_to is null
      and value <> all (p_values);
  insert into tenancy.access_range (id, member_id, kind, value, object_id)
    select kernel.new_id(), p_member_id, p_kind, v.value, p_object_id
      from (select distinct value from unnest(p_values) value) v
    on conflict (member_id, kind, value, object_id) where valid_to is null do nothing;
end $$;
grant execute on function tenancy.note_access to {role};

create function tenancy.note_membership() returns trigger
  language plpgsql set search_path to 'pg_catalog'
as $$
declare
  stays constant boolean := new.status <> 'removed';
begin
  perform tenancy.note_access(new.id, 'membership', null, case when stays then array[new.status] else '{}' end);
  perform tenancy.note_access(new.id, 'base_role', null, case when stays then array[new.base_role] else '{}' end);
  perform tenancy.note_access(new.id, 'surface', null, case when stays then array[new.surface] else '{}' end);
  perform tenancy.note_access(new.id, 'designation', null, case when stays then new.designations else '{}' end);
  perform tenancy.note_access(new.id, 'grant', null, case when stays then new.grants else '{}' end);
  perform tenancy.note_access(new.id, 'deny', null, case when stays then new.denies else '{}' end);
  return null;
end $$;
grant execute on function tenancy.note_membership to {role};

create function tenancy.note_place() returns trigger
  language plpgsql set search_path to 'pg_catalog'
as $$
declare
  place constant jsonb := to_jsonb(case tg_op when 'DELETE' then old else new end);
begin
  perform tenancy.note_access(
    (place ->> 'member_id')::uuid, tg_argv[0], (place ->> tg_argv[1])::uuid,
    case
      when tg_op = 'DELETE' then '{}'
      when tg_argv[0] = 'team' then array[case when (place ->> 'is_manager')::boolean then 'manager' else 'member' end]
      when tg_argv[0] = 'custom_role' then array['holder']
      else array[place ->> 'role'] end);
  return null;
end $$;
grant execute on function tenancy.note_place to {role};
