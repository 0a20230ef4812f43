-- What the owners of an organisation are told by mail. A row is written in the transaction of what happened; who the owners
-- are stands in the organisation's database, so a job tells them.
create table mail.owner_notice (
  id              uuid primary key,
  organisation_id uuid not null,
  kind            text not null collate "C",
  facts           jsonb not null default '{}',
  created_at      timestamptz not null default now(),
  told_at         timestamptz,
  constraint owner_notice__kind_is_known
    check (kind in ('access_opened', 'break_glass_used', 'break_glass_expiring'))
);
create index owner_notice__untold on mail.owner_notice (id) where told_at is null;

-- The password is less than an organisation demands by now: a new one is chosen before anything else. Unlike a one-time
-- password it is its owner's own, and nobody else may replace it.
alter table identity.user add column password_is_below_rule boolean not null default false;

-- Whether the last sign-in of this person through the connection proved two factors.
alter table identity.sso_identity add column proves_factor boolean not null default false;

-- Whether provisioning takes over people who were members before.
alter table identity.sso_connection add column adopts_members boolean not null default false;

-- Whether the owner of a key of this organisation has a second factor: one of their own, or one that was proven when they last
-- came through a connection that is good there. Asked by every request with a key (`tenancy/standing.ts`,
-- `invocation/standing.ts`). Reads only.
create function identity.has_factor_in(of_user uuid, in_organisation uuid) returns boolean
language sql stable as $$
  select coalesce((select u.factors <> '{}' from identity.user u where u.id = of_user), false) or exists (
    select from identity.sso_identity i
    join identity.sso_connection c on c.id = i.connection_id and c.status = 'enabled'
    left join identity.sso_setting s on s.organisation_id = c.organisation_id
    where i.user_id = of_user and i.proves_factor and coalesce(s.is_entitled, true)
      and (c.organisation_id = in_organisation or c.organisation_id is null))
$$;
