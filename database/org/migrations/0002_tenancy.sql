-- People and the places they work in. A person's name and address live in the control database; here is what they may do.

create schema tenancy;

create table tenancy.member (
  id                   uuid primary key,
  user_id              uuid not null unique,
  base_role            text not null default 'member',
  designations         text[] not null default '{}',
  grants               text[] not null default '{}',
  denies               text[] not null default '{}',
  surface              text not null default 'studio',
  primary_team_id      uuid,
  status               text not null default 'active',
  -- Sessions that began before this instant do not count here ("sign out of this organisation").
  sessions_valid_after timestamptz not null default '-infinity',
  joined_at            timestamptz not null default now(),
  removed_at           timestamptz,
  constraint member__base_role_is_known check (base_role in ('owner', 'admin', 'member')),
  constraint member__designations_are_known
    check (designations <@ array['manager', 'reviewer', 'compliance_officer', 'expert']),
  constraint member__surface_is_known check (surface in ('studio', 'hub')),
  constraint member__status_is_known check (status in ('active', 'suspended', 'removed')),
  constraint member__removal_is_dated check ((status = 'removed') = (removed_at is not null))
);

create table tenancy.team (
  id         uuid primary key,
  name       text not null collate "C",
  created_at timestamptz not null default now(),
  constraint team__name_is_taken unique (name)
);

create table tenancy.team_member (
  team_id    uuid not null references tenancy.team on delete cascade,
  member_id  uuid not null references tenancy.member,
  is_manager boolean not null default false,
  primary key (team_id, member_id)
);
create index team_member__member on tenancy.team_member (member_id);
alter table tenancy.member
  add constraint member__primary_team_exists foreign key (primary_team_id) references tenancy.team on delete set null;

create table tenancy.workspace (
  id          uuid primary key,
  name        text not null collate "C",
  description text not null default '',
  created_by  uuid not null references tenancy.member,
  created_at  timestamptz not null default now(),
  constraint workspace__name_is_taken unique (name)
);

create table tenancy.workspace_member (
  workspace_id uuid not null references tenancy.workspace on delete cascade,
  member_id    uuid not null references tenancy.member,
  role         text not null,
  primary key (workspace_id, member_id),
  constraint workspace_member__role_is_known check (role in ('viewer', 'collaborator', 'admin'))
);
create index workspace_member__member on tenancy.workspace_member (member_id);

create table tenancy.project (
  id           uuid primary key,
  name         text not null collate "C",
  kind         text not null default 'team',
  workspace_id uuid references tenancy.workspace on delete set null,
  created_by   uuid not null references tenancy.member,
  created_at   timestamptz not null default now(),
  archived_at  timestamptz,
  constraint project__name_is_taken unique (name),
  constraint project__kind_is_known check (kind in ('default', 'team')),
  constraint project__default_stays_open check (kind <> 'default' or archived_at is null)
);
create unique index project__one_default on tenancy.project (kind) where kind = 'default';

create table tenancy.project_member (
  project_id uuid not null references tenancy.project on delete cascade,
  member_id  uuid not null references tenancy.member,
  role       text not null,
  primary key (project_id, member_id),
  constraint project_member__role_is_known check (role in ('viewer', 'operator', 'builder', 'admin'))
);
create index project_member__member on tenancy.project_member (member_id);

create table tenancy.use_case (
  id          uuid primary key,
  project_id  uuid not null references tenancy.project on delete cascade,
  name        text not null collate "C",
  created_at  timestamptz not null default now(),
  archived_at timestamptz,
  constraint use_case__name_is_taken unique (project_id, name)
);

-- A key of a person (member_id) or of the organisation (member_id is null; then its scopes alone are its rights).
create table tenancy.api_key (
  id           uuid primary key,
  name         text not null,
  member_id    uuid references tenancy.member,
  created_by   uuid not null references tenancy.member,
  project_id   uuid not null references tenancy.project,
  use_case_id  uuid references tenancy.use_case on delete set null,
  scopes       text[] not null,
  secret_hash  bytea not null,
  mask         text not null,
  created_at   timestamptz not null default now(),
  expires_at   timestamptz not null,
  last_used_at timestamptz,
  revoked_at   timestamptz,
  revoked_by   uuid references tenancy.member,
  constraint api_key__secret_is_a_sha256 check (octet_length(secret_hash) = 32)
);
create index api_key__member on tenancy.api_key (member_id);

-- The public half of the key with which the organisation's workers sign in to its git hosts.
create table tenancy.worker_key (
  version     integer primary key,
  public_key  text not null,
  fingerprint text not null,
  secret_path text not null,
  created_at  timestamptz not null default now()
);
