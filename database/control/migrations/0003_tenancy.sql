-- Organisations. Their content is never here.

create schema tenancy;

create table tenancy.organisation (
  id         uuid primary key,
  name       text not null,
  status     text not null default 'creating',
  metadata   jsonb not null default '{}',
  created_by uuid not null references identity.user,
  created_at timestamptz not null default now(),
  status_changed_at timestamptz not null default now(),
  constraint organisation__status_is_known
    check (status in ('creating', 'awaiting_owner', 'active', 'suspended', 'archived', 'pending_purge'))
);

-- A hint for "my organisations"; it decides nothing.
create table tenancy.member_directory (
  user_id         uuid not null references identity.user,
  organisation_id uuid not null references tenancy.organisation,
  primary key (user_id, organisation_id)
);
create index member_directory__organisation on tenancy.member_directory (organisation_id);
