-- The sessions that members used here. What stands here happened here: where else somebody is signed in, or since when, is
-- known to control alone. A session that is ended here goes on elsewhere.
create table tenancy.member_session (
  session_id    uuid primary key,
  member_id     uuid not null references tenancy.member,
  address       inet,
  first_seen_at timestamptz not null default now(),
  last_seen_at  timestamptz not null default now(),
  ended_at      timestamptz
);
create index member_session__member on tenancy.member_session (member_id);
-- Asked with every request of a session; there are few such rows.
create index member_session__ended on tenancy.member_session (member_id) where ended_at is not null;
