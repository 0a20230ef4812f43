-- What the deployment says to everybody who is signed in.
create schema platform;

create table platform.announcement (
  id         uuid primary key,
  text       text not null,
  severity   text not null collate "C",
  starts_at  timestamptz not null,
  -- Null: until it is ended.
  ends_at    timestamptz,
  ended_at   timestamptz,
  -- Raised when it says something else: whoever has put it away sees it again.
  edition    integer not null default 1,
  created_at timestamptz not null default now(),
  constraint announcement__severity_is_known check (severity in ('info', 'warning', 'critical')),
  constraint announcement__ends_after_it_starts check (ends_at > starts_at)
);

-- Why an organisation is not active, for its people; the logs have it as well.
alter table tenancy.organisation add column status_reason text;
