-- What groups at identity providers give here, and the people and groups that providers provision by SCIM. Connections
-- themselves stand in control.

create table tenancy.sso_mapping (
  id            uuid primary key,
  connection_id uuid not null,
  -- As the provider writes it: a name or an object id.
  group_name    text not null collate "C",
  base_role     text,
  designations  text[] not null default '{}',
  team_id       uuid references tenancy.team on delete set null,
  is_manager    boolean not null default false,
  project_id    uuid references tenancy.project on delete set null,
  project_role  text,
  constraint sso_mapping__group_is_mapped_once unique (connection_id, group_name),
  constraint sso_mapping__role_is_known check (base_role in ('owner', 'admin', 'member')),
  constraint sso_mapping__designations_are_known
    check (designations <@ array['manager', 'reviewer', 'compliance_officer', 'expert']),
  constraint sso_mapping__project_role_is_known check (project_role in ('viewer', 'operator', 'builder', 'admin'))
);

-- The mapped groups that a member had at their last sign-in through a connection.
create table tenancy.sso_member (
  member_id     uuid not null references tenancy.member,
  connection_id uuid not null,
  groups        text[] not null,
  signed_in_at  timestamptz not null default now(),
  primary key (member_id, connection_id)
);

-- What a connection has added to a member: the source of a grant. What is not here was given by hand and is never touched.
create table tenancy.mapped_grant (
  member_id     uuid not null references tenancy.member,
  connection_id uuid not null,
  kind          text not null,
  -- The id of a team or project, or a designation.
  target        text not null collate "C",
  -- The role that was given, and for the base role what was there by hand.
  value         text not null default '',
  prior         text,
  granted_at    timestamptz not null default now(),
  primary key (member_id, connection_id, kind, target),
  constraint mapped_grant__kind_is_known check (kind in ('membership', 'role', 'designation', 'team', 'project'))
);
create index mapped_grant__connection on tenancy.mapped_grant (connection_id, member_id);

create table tenancy.scim_user (
  id             uuid primary key,
  connection_id  uuid not null,
  member_id      uuid not null references tenancy.member,
  user_name      text not null,
  user_name_key  text not null collate "C",
  external_id    text collate "C",
  -- What the provider says of the person; nothing of it changes an account.
  attributes     jsonb not null default '{}',
  is_active      boolean not null default true,
  -- The suspension in force is the provider's, so the provider may end it.
  is_suspended_here boolean not null default false,
  version        integer not null default 1,
  created_at     timestamptz not null default now(),
  changed_at     timestamptz not null default now(),
  constraint scim_user__name_is_taken unique (connection_id, user_name_key),
  constraint scim_user__member_is_provisioned_once unique (member_id)
);
create index scim_user__external on tenancy.scim_user (connection_id, external_id);

create table tenancy.scim_group (
  id            uuid primary key,
  connection_id uuid not null,
  display_name  text not null,
  display_key   text not null collate "C",
  external_id   text collate "C",
  version       integer not null default 1,
  created_at    timestamptz not null default now(),
  changed_at    timestamptz not null default now(),
  constraint scim_group__name_is_taken unique (connection_id, display_key)
);

create table tenancy.scim_group_member (
  group_id uuid not null references tenancy.scim_group on delete cascade,
  user_id  uuid not null references tenancy.scim_user on delete cascade,
  primary key (group_id, user_id)
);
create index scim_group_member__user on tenancy.scim_group_member (user_id);
