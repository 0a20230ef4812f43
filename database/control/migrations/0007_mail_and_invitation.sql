-- Mail, addresses that are proven by it, settings of the platform, and people who come by the hundred.

-- Data keys of the platform itself, for what control must keep unread: links in mails, one-time passwords.
create schema keys;
create table keys.data_key (
  kid         integer primary key,
  purpose     text not null,
  wrapped     bytea not null,
  kek_version integer not null,
  state       text not null default 'active',
  created_at  timestamptz not null default now(),
  constraint data_key__purpose_is_known check (purpose in ('content', 'index')),
  constraint data_key__state_is_known check (state in ('active', 'retiring', 'retired'))
);
create unique index data_key__one_active_per_purpose on keys.data_key (purpose) where state = 'active';

-- One row for each setting that differs from its default; kernel/platform-setting.ts knows them all.
create table kernel.platform_setting (
  name       text primary key collate "C",
  value      jsonb not null,
  changed_at timestamptz not null default now()
);

create schema mail;

-- The mail server of the deployment. Its password lies in the secret store.
create table mail.server (
  id             smallint primary key default 1,
  host           text not null,
  port           integer not null,
  security       text not null,
  user_name      text,
  secret_version integer,
  password_mask  text,
  from_address   text not null,
  changed_at     timestamptz not null default now(),
  constraint server__is_one_row check (id = 1),
  constraint server__port_exists check (port between 1 and 65535),
  constraint server__security_is_known check (security in ('tls', 'starttls', 'none')),
  constraint server__password_is_complete check ((secret_version is null) = (password_mask is null))
);

-- The outbox. A mail is a credential while its link is good: what it says is sealed, and wiped when it has been sent.
create table mail.message (
  id              uuid primary key,
  kind            text not null collate "C",
  recipient       text not null,
  subject         text not null,
  sealed          bytea,
  state           text not null default 'queued',
  attempts        integer not null default 0,
  -- Attempts whose end nobody knows: the connection was lost when the server had the whole message.
  unconfirmed     integer not null default 0,
  due_at          timestamptz not null default now(),
  last_reply      text,
  organisation_id uuid,
  created_at      timestamptz not null default now(),
  expires_at      timestamptz not null,
  finished_at     timestamptz,
  constraint message__state_is_known check (state in ('queued', 'sending', 'sent', 'failed', 'expired')),
  constraint message__what_was_sent_is_wiped check (state not in ('sent', 'expired') or sealed is null)
);
create index message__due on mail.message (due_at) where state in ('queued', 'sending');

alter table identity.user
  -- When the person proved that the mailbox is theirs; null: not yet.
  add column email_verified_at   timestamptz,
  -- Until when a one-time password opens the account; null for one that its owner chose.
  add column password_expires_at timestamptz;
-- Whoever could sign in before there was a proof goes on signing in.
update identity.user set email_verified_at = created_at;

-- What waits for a proof that a mailbox is somebody's. A job makes the link and its mail, so that whoever asks gets the same
-- answer at the same time whether there is an account or not.
create table identity.address_proof (
  id          uuid primary key,
  purpose     text not null,
  email       text not null,
  email_key   text not null collate "C",
  user_id     uuid references identity.user,
  -- A registration: name, organisation, language and the hash of the password chosen.
  draft       jsonb,
  token_hash  bytea,
  created_at  timestamptz not null default now(),
  expires_at  timestamptz not null,
  prepared_at timestamptz,
  used_at     timestamptz,
  constraint address_proof__purpose_is_known
    check (purpose in ('registration', 'verification', 'email_change', 'password_reset')),
  constraint address_proof__token_is_unique unique (token_hash),
  constraint address_proof__registration_has_draft check ((purpose = 'registration') = (draft is not null))
);
create index address_proof__unprepared on identity.address_proof (id) where prepared_at is null;
create index address_proof__user on identity.address_proof (user_id) where user_id is not null;
create index address_proof__expires_at on identity.address_proof (expires_at);

-- How often something was asked for in the current hour, by the hash of who or what asks.
create table identity.request_count (
  subject_hash bytea primary key,
  hour         timestamptz not null,
  count        integer not null
);

-- People brought by a file of the super-admin. What a row says is sealed while it may hold a password.
create table tenancy.import (
  id           uuid primary key,
  file_name    text not null,
  file_sha256  bytea not null,
  state        text not null default 'checked',
  created_by   uuid,
  created_at   timestamptz not null default now(),
  started_at   timestamptz,
  finished_at  timestamptz,
  -- Who works at it, and until when nobody else does.
  attempt      integer not null default 0,
  lease_until  timestamptz,
  result_taken_at timestamptz,
  constraint import__state_is_known check (state in ('checked', 'running', 'finished', 'discarded'))
);

create table tenancy.import_row (
  import_id    uuid not null references tenancy.import on delete cascade,
  row_number   integer not null,
  -- The cells as they were read, without the password.
  org_id       text not null default '',
  email        text not null default '',
  display_name text not null default '',
  role         text not null default '',
  -- The password of the file, or the one that was made; wiped when the result has been taken.
  sealed_password bytea,
  has_password boolean not null default false,
  state        text not null,
  -- [{cell, code}] while it cannot be imported.
  errors       jsonb not null default '[]',
  user_id      uuid,
  member_id    uuid,
  is_new       boolean,
  primary key (import_id, row_number),
  constraint import_row__state_is_known check (state in ('valid', 'error', 'claimed', 'created', 'added', 'failed', 'dropped'))
);
create index import_row__state on tenancy.import_row (import_id, state, row_number);
