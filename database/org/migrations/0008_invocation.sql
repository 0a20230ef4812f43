-- What the hot path is asked and told: rows of these types travel as JSON, one array of each per statement. An
-- attribute that is added later is null for a node that does not know it yet.

create schema invocation;

-- A call that asks to be admitted, with the facts on which its node decided.
create type invocation.request as (
  execution_id     uuid,      -- of the execution, or of the log entry if it is refused
  request_id       uuid,
  -- Who: a key (with its secret's SHA-256), or a member by session. A key of the organisation has no member.
  api_key_id       uuid,
  secret_hash      bytea,
  member_id        uuid,
  actor_role       text,
  address          inet,
  -- Repeating: the hash covers principal, route and Idempotency-Key; the fingerprint covers the body.
  idempotency_hash bytea,
  fingerprint      bytea,
  -- What was decided, and on which facts. A refusal is logged only if these are still the facts.
  access_version   bigint,
  policy_version   integer,
  platform_version bigint,
  refusal_code     text,
  refusal_data     jsonb,
  -- Whose budgets it draws on, besides the organisation's and the member's.
  team_id          uuid,
  project_id       uuid,
  use_case_id      uuid,
  -- The most it can cost and use.
  hold_micros      bigint,
  hold_tokens      bigint,
  -- What it is.
  engine_type      execution.engine_type,
  trigger_source   execution.trigger_source,
  risk             text,
  model_id         uuid,
  model            text,
  price_version    integer,
  is_streamed      boolean,
  input_hash       bytea
);

-- How an admitted call ended.
create type invocation.settlement as (
  execution_id        uuid,
  entry_id            uuid,    -- of the log entry; null: the call was withdrawn to be decided anew, unlogged
  overrun_entry_id    uuid,    -- of the entry that tells an overrun, should there be one
  state               execution.state,  -- finalised; failed: not charged; cancelled: nothing was sent to a provider
  reason_code         text,
  cost_micros         bigint,  -- what the tokens truly cost at the frozen price
  input_tokens        bigint,
  cached_input_tokens bigint,
  output_tokens       bigint,
  tokens_estimated    boolean,
  provider_status     smallint,
  duration_ms         integer,
  output_hash         bytea,
  content_input       bytea,   -- encrypted; null: not kept
  content_output      bytea,
  answer_status       smallint,
  answer_body         bytea    -- encrypted
);
