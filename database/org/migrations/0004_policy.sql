-- The organisation's governance policy: every version is kept, the highest one is in force.

create schema policy;

create table policy.document (
  version    integer primary key,
  content    jsonb not null,
  created_by uuid not null,
  created_at timestamptz not null default now()
);
