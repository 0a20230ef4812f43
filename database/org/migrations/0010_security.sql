-- Who gets in: the organisation's own rules of security, roles of its own, accounts of its programs, and who had what when.

-- The rules that everybody who enters the organisation is judged by, read in the statement that asks for the membership.
-- They only ever narrow what the platform allows.
create table tenancy.security (
  id                   smallint primary key default 1,
  version              integer not null default 1,
  -- From this instant on nobody without a second factor gets in; null: not demanded.
  mfa_required_from    timestamptz,
  -- Null: the platform's.
  idle_timeout_s       integer,
  absolute_timeout_s   integer,
  -- Addresses, ranges (a-b) and CIDR blocks in the form kernel/address-list.ts writes; none: everywhere.
  addresses            text[] not null default '{}',
  -- A new list holds until addresses_revert_at unless it is confirmed; then the previous one is in force again, whether
  -- or not a job has written that down.
  previous_addresses   text[],
  addresses_revert_at  timestamptz,
  addresses_changed_at timestamptz,
  addresses_changed_by uuid,
  constraint security__is_one_row check (id = 1),
  constraint security__idle_timeout_is_sensible check (idle_timeout_s between 60 and 86400),
  constraint security__absolute_timeout_is_sensible check (absolute_timeout_s between 300 and 2592000),
  constraint security__change_can_be_undone check ((previous_addresses is null) = (addresses_revert_at is null)),
  constraint security__list_is_bounded check (cardinality(addresses) <= 500)
);
insert into tenancy.security default values;
create constraint trigger raise_access_version after insert or delete or update on tenancy.security
  deferrable initially deferred for each row execute function ledger.raise_access_version();

-- A set of permissions with a name, for many members. What belongs to the base roles is never in one.
create table tenancy.role (
  id          uuid primary key,
  name        text not null collate "C",
  description text not null default '',
  permissions text[] not null,
  created_by  uuid references tenancy.member,
  created_at  timestamptz not null default now(),
  updated_at  timestamptz not null default now(),
  constraint role__name_is_taken unique (name),
  constraint role__gives_something check (cardinality(permissions) between 1 and 100)
);
create table tenancy.member_role (
  member_id  uuid not null references tenancy.member,
  role_id    uuid not null references tenancy.role on delete cascade,
  -- manual, or what gave it and may take it back.
  source     text not null default 'manual' collate "C",
  granted_at timestamptz not null default now(),
  primary key (member_id, role_id)
);
create index member_role__role on tenancy.member_role (role_id);
create constraint trigger raise_access_version after update of permissions on tenancy.role
  deferrable initially deferred for each row execute function ledger.raise_access_version();
create constraint trigger raise_access_version after insert or delete or update on tenancy.member_role
  deferrable initially deferred for each row execute function ledger.raise_access_version();

-- A program with rights of its own: its keys never carry more than these, whatever their scopes say.
create table tenancy.service_account (
  id                    uuid primary key,
  name                  text not null collate "C",
  description           text not null default '',
  permissions           text[] not null,
  responsible_member_id uuid not null references tenancy.member,
  created_by            uuid references tenancy.member,
  created_at            timestamptz not null default now(),
  disabled_at           timestamptz,
  constraint service_account__name_is_taken unique (name),
  constraint service_account__may_do_something check (cardinality(permissions) between 1 and 100)
);
create constraint trigger raise_access_version after update on tenancy.service_account
  deferrable initially deferred for each row execute function ledger.raise_access_version();

alter table tenancy.api_key
  add column service_account_id   uuid references tenancy.service_account,
  -- Where the key may be used from, within what the organisation allows; none: everywhere.
  add column addresses            text[] not null default '{}',
  -- After a rotation the secret before is good until then.
  add column previous_secret_hash bytea,
  add column previous_valid_until timestamptz,
  add column rotated_at           timestamptz,
  -- Set while its service account is disabled, in the same commit.
  add column disabled_at          timestamptz,
  add constraint api_key__overlap_ends check ((previous_secret_hash is null) = (previous_valid_until is null)),
  add constraint api_key__belongs_to_one check (member_id is null or service_account_id is null),
  add constraint api_key__list_is_bounded check (cardinality(addresses) <= 100);
create index api_key__service_account on tenancy.api_key (service_account_id) where service_account_id is not null;
create constraint trigger raise_access_version_of_more after update of
    service_account_id, addresses, previous_secret_hash, previous_valid_until, disabled_at, created_by on tenancy.api_key
  deferrable initially deferred for each row execute function ledger.raise_access_version();

-- What a super-admin makes has no member behind it.
alter table tenancy.workspace alter column created_by drop not null;
alter table tenancy.project alter column created_by drop not null;

-- Who had what, from when to when. Written by triggers alone, so whatever gives or takes something is on record.
create table tenancy.access_range (
  id         uuid primary key,
  member_id  uuid not null references tenancy.member,
  kind       text not null collate "C",
  -- The word that was held: a role, a designation, a permission, a status.
  value      text not null collate "C",
  -- Of what: a custom role, a team, a workspace, a project.
  object_id  uuid,
  valid_from timestamptz not null default clock_timestamp(),
  valid_to   timestamptz,
  -- The transaction that ended it: what a removal took can be found again.
  ended_xid  xid8,
  constraint access_range__kind_is_known check (kind in ('membership', 'base_role', 'designation', 'grant', 'deny',
    'surface', 'custom_role', 'team', 'workspace', 'project')),
  constraint access_range__end_is_complete check ((valid_to is null) = (ended_xid is null))
);
create unique index access_range__open on tenancy.access_range (member_id, kind, value, object_id)
  nulls not distinct where valid_to is null;
create index access_range__member on tenancy.access_range (member_id, valid_from);
create index access_range__value on tenancy.access_range (kind, value, valid_from);

-- From now on the member holds exactly these values of a kind (in an object).
create function tenancy.note_access(p_member_id uuid, p_kind text, p_object_id uuid, p_values text[]) returns void
language plpgsql set search_path = pg_catalog as $$
begin
  update tenancy.access_range set valid_to = clock_timestamp(), ended_xid = pg_current_xact_id()
    where member_id = p_member_id and kind = p_kind and object_id is not distinct from p_object_id and valid_to is null
      and value <> all (p_values);
  insert into tenancy.access_range (id, member_id, kind, value, object_id)
    select kernel.new_id(), p_member_id, p_kind, v.value, p_object_id
      from (select distinct value from unnest(p_values) value) v
    on conflict (member_id, kind, value, object_id) where valid_to is null do nothing;
end $$;

create function tenancy.note_membership() returns trigger language plpgsql set search_path = pg_catalog as $$
declare
  stays constant boolean := new.status <> 'removed';
begin
  perform tenancy.note_access(new.id, 'membership', null, case when stays then array[new.status] else '{}' end);
  perform tenancy.note_access(new.id, 'base_role', null, case when stays then array[new.base_role] else '{}' end);
  perform tenancy.note_access(new.id, 'surface', null, case when stays then array[new.surface] else '{}' end);
  perform tenancy.note_access(new.id, 'designation', null, case when stays then new.designations else '{}' end);
  perform tenancy.note_access(new.id, 'grant', null, case when stays then new.grants else '{}' end);
  perform tenancy.note_access(new.id, 'deny', null, case when stays then new.denies else '{}' end);
  return null;
end $$;
create trigger note_membership after insert or update of status, base_role, surface, designations, grants, denies
  on tenancy.member for each row execute function tenancy.note_membership();

-- Arguments: the kind, the column that names the object, and the word that is held there ("role": the row's own).
create function tenancy.note_place() returns trigger language plpgsql set search_path = pg_catalog as $$
declare
  place constant jsonb := to_jsonb(case tg_op when 'DELETE' then old else new end);
begin
  perform tenancy.note_access(
    (place ->> 'member_id')::uuid, tg_argv[0], (place ->> tg_argv[1])::uuid,
    case
      when tg_op = 'DELETE' then '{}'
      when tg_argv[0] = 'team' then array[case when (place ->> 'is_manager')::boolean then 'manager' else 'member' end]
      when tg_argv[0] = 'custom_role' then array['holder']
      else array[place ->> 'role'] end);
  return null;
end $$;
create trigger note_place after insert or update or delete on tenancy.team_member
  for each row execute function tenancy.note_place('team', 'team_id');
create trigger note_place after insert or update or delete on tenancy.workspace_member
  for each row execute function tenancy.note_place('workspace', 'workspace_id');
create trigger note_place after insert or update or delete on tenancy.project_member
  for each row execute function tenancy.note_place('project', 'project_id');
create trigger note_place after insert or update or delete on tenancy.member_role
  for each row execute function tenancy.note_place('custom_role', 'role_id');

-- What is held already, as far as it is known since when.
update tenancy.member set status = status;
update tenancy.access_range r set valid_from = m.joined_at from tenancy.member m where m.id = r.member_id;
update tenancy.team_member set is_manager = is_manager;
update tenancy.workspace_member set role = role;
update tenancy.project_member set role = role;
