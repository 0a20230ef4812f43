-- Input vault: what people upload for their runs. The bytes lie in pieces, each encrypted for its own place.

create schema files;

create type files.state as enum ('arriving', 'stored', 'expired');

create table files.file (
  id         uuid primary key,
  state      files.state not null default 'arriving',
  -- As it was called where it came from; only ever shown.
  name       text not null,
  -- What it is by its content.
  format     text,
  size_bytes bigint,
  sha256     bytea,
  member_id  uuid,
  api_key_id uuid,
  created_at timestamptz not null default now(),
  -- Null while a run that is not over uses it. The row outlives the bytes: the record of a run names its input.
  expires_at timestamptz,
  constraint file__somebody_uploaded_it check (num_nonnulls(member_id, api_key_id) > 0),
  constraint file__stored_is_known check (state = 'arriving' or num_nulls(format, size_bytes, sha256) = 0),
  constraint file__size_is_positive check (size_bytes > 0)
);
create index file__by_member on files.file (member_id, id);
create index file__due on files.file (expires_at) where state <> 'expired';

create table files.chunk (
  file_id  uuid not null references files.file on delete cascade,
  position integer not null,
  bytes    bytea storage external not null,
  primary key (file_id, position)
);

-- Which run reads which file; released when the run is over.
create table files.use (
  execution_id uuid not null,
  file_id      uuid not null references files.file,
  released_at  timestamptz,
  primary key (execution_id, file_id)
);
create index use__open on files.use (file_id) where released_at is null;
