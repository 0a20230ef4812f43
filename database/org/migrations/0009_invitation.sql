-- Invitations into the organisation, their mails until control has them, and people brought by a file.

create schema mail;

-- Mails that were decided here and are on their way to control's outbox; sealed as they will lie there.
create table mail.outgoing (
  id         uuid primary key,
  kind       text not null collate "C",
  recipient  text not null,
  subject    text not null,
  sealed     bytea not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);

-- An organisation that waits for its first owner has a default project that no member has made.
alter table tenancy.project alter column created_by drop not null;

create table tenancy.invitation (
  id           uuid primary key,
  email        text not null,
  -- The address in the one form that is compared.
  email_key    text not null collate "C",
  base_role    text not null default 'member',
  designations text[] not null default '{}',
  surface      text not null default 'studio',
  -- Null: a super-admin, or the platform.
  invited_by   uuid references tenancy.member,
  inviter_name text not null,
  token_hash   bytea not null,
  message_id   uuid not null,
  sent_count   integer not null default 1,
  created_at   timestamptz not null default now(),
  sent_at      timestamptz not null default now(),
  expires_at   timestamptz not null,
  opened_at    timestamptz,
  accepted_at  timestamptz,
  member_id    uuid references tenancy.member,
  revoked_at   timestamptz,
  -- What an import brought it, so that the same row is not invited twice.
  import_id    uuid,
  constraint invitation__base_role_is_known check (base_role in ('owner', 'admin', 'member')),
  constraint invitation__designations_are_known
    check (designations <@ array['manager', 'reviewer', 'compliance_officer', 'expert']),
  constraint invitation__surface_is_known check (surface in ('studio', 'hub')),
  constraint invitation__token_is_unique unique (token_hash),
  constraint invitation__acceptance_is_complete check ((accepted_at is null) = (member_id is null)),
  constraint invitation__ends_once check (accepted_at is null or revoked_at is null)
);
create unique index invitation__one_open on tenancy.invitation (email_key) where accepted_at is null and revoked_at is null;

create table tenancy.invitation_team (
  invitation_id uuid not null references tenancy.invitation on delete cascade,
  team_id       uuid not null references tenancy.team on delete cascade,
  primary key (invitation_id, team_id)
);
create index invitation_team__team on tenancy.invitation_team (team_id);

create table tenancy.invitation_project (
  invitation_id uuid not null references tenancy.invitation on delete cascade,
  project_id    uuid not null references tenancy.project on delete cascade,
  role          text not null,
  primary key (invitation_id, project_id),
  constraint invitation_project__role_is_known check (role in ('viewer', 'operator', 'builder', 'admin'))
);
create index invitation_project__project on tenancy.invitation_project (project_id);

-- What the organisation demands of its people's passwords beyond the platform's rule.
create table tenancy.password_rule (
  id            smallint primary key default 1,
  min_length    integer,
  needs_letters boolean not null default false,
  needs_digits  boolean not null default false,
  needs_symbols boolean not null default false,
  changed_at    timestamptz not null default now(),
  constraint password_rule__is_one_row check (id = 1),
  constraint password_rule__length_is_possible check (min_length between 8 and 64)
);

-- People whom owners and admins bring by a file: they are invited, so no row holds a password.
create table tenancy.import (
  id           uuid primary key,
  file_name    text not null,
  file_sha256  bytea not null,
  state        text not null default 'checked',
  created_by   uuid,
  created_at   timestamptz not null default now(),
  started_at   timestamptz,
  finished_at  timestamptz,
  attempt      integer not null default 0,
  lease_until  timestamptz,
  result_taken_at timestamptz,
  constraint import__state_is_known check (state in ('checked', 'running', 'finished', 'discarded'))
);

create table tenancy.import_row (
  import_id    uuid not null references tenancy.import on delete cascade,
  row_number   integer not null,
  org_id       text not null default '',
  email        text not null default '',
  display_name text not null default '',
  role         text not null default '',
  sealed_password bytea,
  has_password boolean not null default false,
  state        text not null,
  errors       jsonb not null default '[]',
  user_id      uuid,
  member_id    uuid,
  is_new       boolean,
  primary key (import_id, row_number),
  constraint import_row__state_is_known check (state in ('valid', 'error', 'claimed', 'created', 'added', 'failed', 'dropped')),
  constraint import_row__holds_no_password check (sealed_password is null)
);
create index import_row__state on tenancy.import_row (import_id, state, row_number);
