-- Who somebody is. What they may do stands in the databases of their organisations.

create schema identity;

create table identity.user (
  id                   uuid primary key,
  email                text not null,
  -- The address in the one form that is compared: NFKC, lower case.
  email_key            text not null collate "C",
  display_name         text not null,
  password_hash        text not null,
  must_change_password boolean not null default false,
  status               text not null default 'active',
  is_superadmin        boolean not null default false,
  locale               text not null default 'en',
  time_zone            text not null default 'UTC',
  created_at           timestamptz not null default now(),
  constraint user__email_is_taken unique (email_key),
  constraint user__status_is_known check (status in ('active', 'disabled'))
);

create table identity.session (
  id              uuid primary key,
  token_hash      bytea not null,
  user_id         uuid not null references identity.user,
  auth_method     text not null,
  -- The strength of the sign-in (1: one factor) and when it happened.
  aal             smallint not null default 1,
  authenticated_at timestamptz not null default now(),
  created_at      timestamptz not null default now(),
  last_seen_at    timestamptz not null default now(),
  idle_timeout_s  integer not null,
  expires_at      timestamptz not null,
  address         inet,
  user_agent      text not null default '',
  revoked_at      timestamptz,
  revoked_reason  text,
  constraint session__token_is_unique unique (token_hash),
  constraint session__revocation_is_complete check ((revoked_at is null) = (revoked_reason is null))
);
create index session__user on identity.session (user_id, id);

-- Failed sign-ins per account and per address; the wait grows with them.
create table identity.sign_in_failure (
  subject_hash bytea primary key,
  failures     integer not null,
  blocked_until timestamptz not null,
  updated_at   timestamptz not null default now()
);

-- Printed once while no super-admin exists.
create table identity.setup_token (
  token_hash bytea primary key,
  created_at timestamptz not null default now()
);
