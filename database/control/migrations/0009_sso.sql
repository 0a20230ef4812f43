-- Single sign-on: the connections to identity providers, the domains they may speak for, who somebody is at them, and the
-- sign-ins under way. What a group gives inside an organisation stands in that organisation's database.

-- A connection of one organisation, or of the platform (organisation_id is null). The client secret is in the secret store.
create table identity.sso_connection (
  id              uuid primary key,
  organisation_id uuid references tenancy.organisation,
  name            text not null,
  preset          text not null,
  -- What `iss` must say, and where the metadata lies: Oracle's issuer is not where its metadata is.
  issuer          text not null,
  discovery_base  text not null,
  client_id       text not null,
  secret_path     text,
  secret_version  integer,
  secret_mask     text,
  scopes          text[] not null default '{openid,email,profile}',
  groups_claim    text not null default 'groups',
  admission       text not null default 'mapped_groups',
  trusts_mfa      boolean not null default false,
  status          text not null default 'draft',
  -- Raised by every change of what a sign-in rests on; a sign-in under way and a test count for their revision only.
  revision        integer not null default 1,
  tested_revision integer,
  tested_at       timestamptz,
  created_at      timestamptz not null default now(),
  constraint sso_connection__preset_is_known check (preset in ('entra_id', 'google_workspace', 'oracle_idcs', 'other')),
  constraint sso_connection__admission_is_known check (admission in ('members', 'mapped_groups', 'everyone')),
  constraint sso_connection__status_is_known check (status in ('draft', 'enabled', 'disabled'))
);
create index sso_connection__organisation on identity.sso_connection (organisation_id, id);

-- Anybody may claim a domain; one claim of it can be verified.
create table identity.sso_domain (
  connection_id uuid not null references identity.sso_connection on delete cascade,
  domain        text not null collate "C",
  -- With its look-alike characters written as the letters they look like.
  skeleton      text not null collate "C",
  challenge     text not null,
  created_at    timestamptz not null default now(),
  checked_at    timestamptz,
  verified_at   timestamptz,
  verified_by   text,
  primary key (connection_id, domain),
  constraint sso_domain__proof_is_known check (verified_by in ('dns', 'superadmin')),
  constraint sso_domain__verification_is_complete check ((verified_at is null) = (verified_by is null))
);
create unique index sso_domain__belongs_to_one_connection on identity.sso_domain (domain) where verified_at is not null;
create index sso_domain__skeleton on identity.sso_domain (skeleton) where verified_at is not null;

-- Who somebody is at a provider: connection, issuer and subject, never an address.
create table identity.sso_identity (
  id            uuid primary key,
  connection_id uuid not null references identity.sso_connection on delete cascade,
  issuer        text not null collate "C",
  subject       text not null collate "C",
  user_id       uuid not null references identity.user,
  linked_by     text not null,
  created_at    timestamptz not null default now(),
  last_used_at  timestamptz,
  constraint sso_identity__subject_is_one_person unique (connection_id, issuer, subject),
  constraint sso_identity__proof_is_known check (linked_by in ('new_account', 'verified_address', 'signed_in'))
);
create index sso_identity__user on identity.sso_identity (user_id, connection_id);

-- A sign-in under way. The browser holds the secret from which nonce and PKCE verifier follow; here are hashes only.
create table identity.sso_attempt (
  state_hash      bytea primary key,
  connection_id   uuid not null references identity.sso_connection on delete cascade,
  revision        integer not null,
  browser_hash    bytea not null,
  purpose         text not null,
  user_id         uuid references identity.user,
  return_to       text not null default '/',
  reauthenticates boolean not null default false,
  created_at      timestamptz not null default now(),
  expires_at      timestamptz not null,
  used_at         timestamptz,
  constraint sso_attempt__purpose_is_known check (purpose in ('sign_in', 'link', 'test')),
  constraint sso_attempt__person_is_known check ((purpose = 'sign_in') = (user_id is null))
);
create index sso_attempt__expires_at on identity.sso_attempt (expires_at);

-- Logout tokens that were accepted: none is accepted twice.
create table identity.sso_logout_token (
  connection_id uuid not null references identity.sso_connection on delete cascade,
  jti_hash      bytea not null,
  expires_at    timestamptz not null,
  primary key (connection_id, jti_hash)
);

-- What a group at a provider of the platform gives.
create table identity.sso_platform_mapping (
  connection_id   uuid not null references identity.sso_connection on delete cascade,
  group_name      text not null collate "C",
  organisation_id uuid not null references tenancy.organisation,
  base_role       text not null,
  primary key (connection_id, group_name, organisation_id),
  constraint sso_platform_mapping__role_is_known check (base_role in ('owner', 'admin', 'member'))
);

-- What holds for an organisation; no row means entitled and not enforced.
create table identity.sso_setting (
  organisation_id     uuid primary key references tenancy.organisation,
  is_entitled         boolean not null default true,
  -- Whom to ask for the entitlement.
  contact             text not null default '',
  is_enforced         boolean not null default false,
  enforced_at         timestamptz,
  break_glass_user_id uuid references identity.user,
  break_glass_until   timestamptz,
  -- When the log last said that nobody, or soon nobody, can break the glass.
  alarmed_at          timestamptz,
  constraint sso_setting__glass_is_complete check ((break_glass_user_id is null) = (break_glass_until is null))
);

-- A session that came past enforced single sign-on, once per organisation.
create table identity.sso_break_glass_use (
  session_id      uuid not null references identity.session,
  organisation_id uuid not null,
  used_at         timestamptz not null default now(),
  primary key (session_id, organisation_id)
);

-- Tokens with which a provider provisions people; each belongs to one connection.
create table identity.scim_token (
  id            uuid primary key,
  connection_id uuid not null references identity.sso_connection on delete cascade,
  token_hash    bytea not null,
  mask          text not null,
  created_at    timestamptz not null default now(),
  expires_at    timestamptz not null,
  revoked_at    timestamptz,
  last_used_at  timestamptz,
  constraint scim_token__secret_is_unique unique (token_hash)
);
create index scim_token__connection on identity.scim_token (connection_id, id);

-- How a session was made. One made through an organisation's connection is valid in that organisation only.
alter table identity.session
  add column connection_id   uuid,
  add column organisation_id uuid,
  add column sso_identity_id uuid,
  -- The session at the provider, for its back-channel logout.
  add column sso_sid         text,
  -- What the provider says was proven (RFC 8176); `aal` is 2 where that, or trust in the provider, is two factors.
  add column amr             text[] not null default '{}';
create index session__connection on identity.session (connection_id) where revoked_at is null and connection_id is not null;
