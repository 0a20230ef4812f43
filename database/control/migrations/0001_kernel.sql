-- The deployment itself: its nodes, and the version of everything the platform grants or denies.

-- Raised once per transaction that changes what the platform grants, denies or prices; nodes remember facts with it.
create table kernel.platform (
  id           smallint primary key default 1,
  version      bigint not null default 1,
  version_xid  xid8 not null default '0',
  currency     text not null default 'EUR',
  -- Set once; binds this database to the keyring that encrypts its organisations.
  created_at   timestamptz not null default now(),
  constraint platform__is_one_row check (id = 1),
  constraint platform__currency_is_iso_4217 check (currency ~ '^[A-Z]{3}$')
);
insert into kernel.platform default values;

create table kernel.node (
  id         uuid primary key,
  started_at timestamptz not null default now(),
  expires_at timestamptz not null
);

-- Where a node may hold money: when it dies, others sweep exactly these organisations first.
create table kernel.node_organisation (
  node_id         uuid not null references kernel.node on delete cascade,
  organisation_id uuid not null,
  primary key (node_id, organisation_id)
);

-- A PostgreSQL server that carries organisation databases. url is null for the server of the control database itself.
create table kernel.server (
  id   uuid primary key,
  name text not null unique collate "C",
  url_secret_path text
);

-- Every organisation database, spares included. The name is for life; the role's password is derived, stored nowhere.
create table kernel.placement (
  database_name   text primary key collate "C",
  server_id       uuid not null references kernel.server,
  role_version    integer not null default 1,
  organisation_id uuid,
  state           text not null default 'preparing',
  created_at      timestamptz not null default now(),
  constraint placement__organisation_is_unique unique (organisation_id),
  constraint placement__state_is_known check (state in ('preparing', 'spare', 'claimed', 'dropping')),
  constraint placement__claim_names_organisation check ((state = 'claimed') = (organisation_id is not null))
);

create function kernel.raise_platform_version() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  update kernel.platform set version = version + 1, version_xid = pg_current_xact_id()
    where version_xid is distinct from pg_current_xact_id();
  return null;
end $$;

create schema http;

create table http.idempotency (
  principal_id uuid not null,
  route        text not null collate "C",
  key_hash     bytea not null,
  fingerprint  bytea not null,
  status       smallint not null,
  body         text,
  created_at   timestamptz not null default now(),
  primary key (principal_id, route, key_hash)
);
create index idempotency__created_at on http.idempotency (created_at);
