-- What every organisation database needs before any module: the nodes that may hold money in it, its data keys,
-- and the answers that a repeated POST gets.

-- A node that admits calls here renews its lease every 10 s (45 s long). When it lapses, another node releases its holds.
create table kernel.node_lease (
  node_id    uuid primary key,
  expires_at timestamptz not null
);

create schema keys;

-- Data keys, wrapped by the organisation's key in the key provider. The unwrapped key is never stored.
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

create schema http;

-- One row per Idempotency-Key of a principal on a route, written in the transaction of the act it repeats; kept 7 days.
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
