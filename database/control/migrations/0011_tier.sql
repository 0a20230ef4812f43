-- Account tiers: the most that an organisation of a tier may ask for, whatever its own policy says. An organisation that was
-- given none has the default one.

create table policy.tier (
  name                  text primary key collate "C",
  position              integer not null,
  is_default            boolean not null default false,
  max_execution_seconds integer,
  max_input_bytes       bigint,
  max_steps             integer,
  updated_at            timestamptz not null default now(),
  constraint tier__limits_are_positive
    check (max_execution_seconds > 0 and max_input_bytes > 0 and max_steps > 0)
);
create unique index tier__one_default on policy.tier (is_default) where is_default;
insert into policy.tier (name, position, is_default, max_execution_seconds, max_input_bytes, max_steps) values
  ('starter', 1, false, 600, 25000000, 200),
  ('standard', 2, true, 3600, 100000000, 1000),
  ('enterprise', 3, false, 86400, 1000000000, 10000);

create table policy.organisation_tier (
  organisation_id uuid primary key,
  tier            text not null references policy.tier on update cascade,
  set_at          timestamptz not null default now()
);

create constraint trigger raise_platform_version after insert or delete or update on policy.tier
  deferrable initially deferred for each row execute function kernel.raise_platform_version();
create constraint trigger raise_platform_version after insert or delete or update on policy.organisation_tier
  deferrable initially deferred for each row execute function kernel.raise_platform_version();
