-- Providers of the platform. Credentials lie in the secret store, in no database.

create schema models;

create table models.provider (
  id          uuid primary key,
  name        text not null collate "C",
  type        text not null,
  base_url    text not null,
  -- Where the key lies in the secret store, and which version of it is in use.
  secret_path text,
  secret_version integer,
  key_mask    text,
  status      text not null default 'enabled',
  created_at  timestamptz not null default now(),
  constraint provider__name_is_taken unique (name),
  constraint provider__type_is_known check (type in ('openai_compatible')),
  constraint provider__status_is_known check (status in ('enabled', 'disabled'))
);

create table models.model (
  id                    uuid primary key,
  provider_id           uuid not null references models.provider,
  -- The name callers use, and the name the provider knows it by.
  name                  text not null collate "C",
  upstream_name         text not null,
  default_output_tokens integer not null,
  max_output_tokens     integer not null,
  image_input_tokens    integer,
  audio_input_tokens    integer,
  file_input_tokens     integer,
  reasoning_tokens      integer not null default 0,
  status                text not null default 'enabled',
  created_at            timestamptz not null default now(),
  constraint model__name_is_taken unique (name),
  constraint model__status_is_known check (status in ('enabled', 'disabled')),
  constraint model__output_is_bounded
    check (default_output_tokens > 0 and max_output_tokens between default_output_tokens and 10000000),
  constraint model__bounds_are_positive
    check (least(image_input_tokens, audio_input_tokens, file_input_tokens) > 0 and reasoning_tokens >= 0)
);

-- Prices are never changed: a new version takes over from valid_from. Micro-units per million tokens.
create table models.price (
  model_id                    uuid not null references models.model,
  version                     integer not null,
  input_micros_per_mtok       bigint not null,
  cached_input_micros_per_mtok bigint not null,
  output_micros_per_mtok      bigint not null,
  created_at                  timestamptz not null default now(),
  primary key (model_id, version),
  constraint price__not_negative
    check (least(input_micros_per_mtok, cached_input_micros_per_mtok, output_micros_per_mtok) >= 0)
);

-- Global: every organisation may call it, now and later. Otherwise only those with an assignment.
alter table models.model add column is_global boolean not null default false;

create table models.assignment (
  model_id        uuid not null references models.model,
  organisation_id uuid not null references tenancy.organisation,
  assigned_at     timestamptz not null default now(),
  primary key (model_id, organisation_id)
);
create index assignment__organisation on models.assignment (organisation_id);
