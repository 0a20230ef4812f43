-- One row per admitted execution. The hold is part of it, so placing and releasing money cannot come apart from its
-- state.

create schema execution;

create type execution.state as enum ('running', 'finalised', 'failed', 'cancelled');
create type execution.engine_type as enum (
  'gateway', 'prompt', 'document', 'analysis', 'workflow', 'agent', 'chat', 'build');
create type execution.trigger_source as enum ('in_app', 'chat', 'schedule', 'api');

create table execution.execution (
  id                    uuid primary key,
  engine_type           execution.engine_type not null,
  trigger_source        execution.trigger_source not null,
  state                 execution.state not null default 'running',
  -- Why it ended as it did: completed, client_gone, provider_cut, provider_error, hold_lapsed, …
  reason_code           text,
  risk                  text not null,
  member_id             uuid,
  -- The base role when it was admitted, for the log; null for a key of the organisation.
  actor_role            text,
  api_key_id            uuid,
  address               inet,
  team_id               uuid,
  project_id            uuid not null,
  use_case_id           uuid,
  model_id              uuid,
  model                 text not null,
  price_version         integer,
  policy_version        integer not null,
  platform_version      bigint not null,
  request_id            uuid not null,
  node_id               uuid not null,
  is_streamed           boolean not null default false,
  hold_micros           bigint not null,
  -- The part of hold_micros that is held on the wallet: all of it in mode wallet, nothing in mode metered.
  hold_wallet_micros    bigint not null,
  hold_tokens           bigint not null,
  charge_micros         bigint,
  -- Cached input is part of the input. Where nobody knows the true numbers the reserved tokens stand as input.
  input_tokens          bigint,
  cached_input_tokens   bigint,
  output_tokens         bigint,
  tokens_estimated      boolean,
  admitted_at           timestamptz not null,
  -- The UTC day of admission: limits count an amount in the windows of this day, whenever it is settled.
  admitted_on           date not null,
  settled_at            timestamptz,
  -- When the node of a lapsed hold reported after all; it can do so once.
  late_settled_at       timestamptz,
  duration_ms           integer,
  provider_status       smallint,
  idempotency_hash      bytea,
  fingerprint           bytea,
  input_hash            bytea not null,
  output_hash           bytea,
  constraint execution__end_is_complete check (
    (state <> 'running') = (num_nulls(settled_at, reason_code, charge_micros, input_tokens, output_tokens) = 0)),
  constraint execution__amounts_not_negative check (
    least(hold_micros, hold_tokens, charge_micros, input_tokens, cached_input_tokens, output_tokens) >= 0),
  constraint execution__hold_is_on_the_wallet_or_not check (hold_wallet_micros in (0, hold_micros)),
  constraint execution__charge_within_hold check (charge_micros <= hold_micros),
  constraint execution__only_finalised_is_charged
    check (charge_micros = 0 or state = 'finalised' or late_settled_at is not null)
) with (fillfactor = 85);
create index execution__open_by_node on execution.execution (node_id) where state = 'running';
create unique index execution__idempotency on execution.execution (idempotency_hash) where idempotency_hash is not null;
create index execution__admitted_at on execution.execution using brin (admitted_at);
create index execution__member on execution.execution (member_id, id);

-- What a call sent and got, encrypted, where policy store_content keeps it or an Idempotency-Key promises the answer
-- again.
create table execution.content (
  execution_id uuid primary key,
  input        bytea storage external,
  output       bytea storage external,
  stored_at    timestamptz not null default now()
);

-- The answer that a repeated Idempotency-Key gets, encrypted; kept 7 days.
create table execution.answer (
  execution_id uuid primary key,
  status       smallint not null,
  body         bytea storage external,
  stored_at    timestamptz not null default now()
);
create index answer__stored_at on execution.answer (stored_at);
