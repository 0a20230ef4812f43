-- Provisioning by connections of the platform: their people and groups stand here; what they have in an organisation stands there.

-- Where the groups of a connection lead or have led: what it gave is looked for there, also after a mapping has gone.
create table identity.sso_platform_reach (
  connection_id   uuid not null references identity.sso_connection (id) on delete cascade,
  organisation_id uuid not null references tenancy.organisation (id),
  primary key (connection_id, organisation_id)
);
insert into identity.sso_platform_reach (connection_id, organisation_id)
  select distinct connection_id, organisation_id from identity.sso_platform_mapping;

create table tenancy.scim_user (
  id            uuid primary key,
  connection_id uuid not null references identity.sso_connection (id) on delete cascade,
  user_id       uuid not null references identity."user" (id),
  user_name     text not null,
  user_name_key text collate "C" not null,
  external_id   text collate "C",
  attributes    jsonb not null default '{}',
  is_active     boolean not null default true,
  -- The provider has deleted them; the row goes when no organisation has them by this connection any more.
  is_leaving    boolean not null default false,
  version       integer not null default 1,
  created_at    timestamptz not null default now(),
  changed_at    timestamptz not null default now(),
  -- Raised with whatever concerns organisations; settled is what all of them were last brought in line with.
  wanted        integer not null default 1,
  settled       integer not null default 0,
  -- Why an organisation still differs: tried again until none does.
  held_up_by    text,
  constraint scim_user__name_is_taken unique (connection_id, user_name_key),
  constraint scim_user__person_is_provisioned_once unique (connection_id, user_id),
  constraint scim_user__reason_is_known check (held_up_by in ('last_owner', 'unreachable', 'closed'))
);
create index scim_user__external on tenancy.scim_user (connection_id, external_id);
create index scim_user__due on tenancy.scim_user (connection_id) where wanted <> settled or held_up_by is not null;

create table tenancy.scim_group (
  id            uuid primary key,
  connection_id uuid not null references identity.sso_connection (id) on delete cascade,
  display_name  text not null,
  display_key   text collate "C" not null,
  external_id   text collate "C",
  version       integer not null default 1,
  created_at    timestamptz not null default now(),
  changed_at    timestamptz not null default now(),
  constraint scim_group__name_is_taken unique (connection_id, display_key)
);

create table tenancy.scim_group_member (
  group_id uuid not null references tenancy.scim_group (id) on delete cascade,
  user_id  uuid not null references tenancy.scim_user (id) on delete cascade,
  primary key (group_id, user_id)
);
create index scim_group_member__user on tenancy.scim_group_member (user_id);

-- Who brings the organisations of a connection into line: one at a time, for as long as the claim holds.
create table tenancy.scim_claim (
  connection_id uuid primary key references identity.sso_connection (id) on delete cascade,
  attempt       integer not null,
  lease_until   timestamptz not null
);
