-- Internal apps, seen by this organisation only; its choice among the public ones; the contracts of its runs.

create schema apps;

create table apps.app (
  id         uuid primary key,
  created_at timestamptz not null default now()
);

-- A version of an app, from its first draft on. Its content may change as long as it is a draft, and never again after.
create table apps.version (
  id           uuid primary key,
  app_id       uuid not null references apps.app,
  author_id    uuid references tenancy.member,
  state        text not null default 'draft',
  -- Raised by every change, so that nobody overwrites or decides unseen.
  revision     integer not null default 1,
  content      jsonb not null,
  name         text not null generated always as (coalesce(left(content -> 'info' ->> 'name', 200), '')) stored,
  -- Set when it is submitted: its number, and the SHA-256 of its canonical form, which oath and runs name.
  version      text collate "C",
  content_hash bytea,
  -- Why it is suspended or withdrawn, or what its reviewer wants changed.
  reason       text,
  created_at   timestamptz not null default now(),
  updated_at   timestamptz not null default now(),
  submitted_at timestamptz,
  published_at timestamptz,
  ended_at     timestamptz,
  constraint version__state_is_known
    check (state in ('draft', 'submitted', 'approved', 'published', 'superseded', 'suspended', 'withdrawn')),
  constraint version__submitted_is_fixed check (state = 'draft' or num_nulls(version, content_hash, submitted_at) = 0),
  constraint version__was_published
    check (state in ('draft', 'submitted', 'approved') = (published_at is null)),
  constraint version__content_is_an_object check (jsonb_typeof(content) = 'object')
);
create index version__by_app on apps.version (app_id, id);
create index version__waiting on apps.version (state, id) where state in ('submitted', 'approved');
create unique index version__one_is_current on apps.version (app_id) where state in ('published', 'suspended');
create unique index version__number_is_taken on apps.version (app_id, version)
  where state in ('published', 'superseded', 'suspended', 'withdrawn');

-- What a reviewer decided about a version as it was submitted.
create table apps.review (
  id           uuid primary key,
  version_id   uuid not null references apps.version on delete cascade,
  author_id    uuid,
  reviewer_id  uuid not null,
  decision     text not null,
  comment      text,
  answers      jsonb not null,
  content_hash bytea not null,
  decided_at   timestamptz not null default now(),
  constraint review__decision_is_known check (decision in ('approved', 'returned')),
  constraint review__not_by_the_author check (reviewer_id <> author_id),
  constraint review__return_says_why check (decision = 'approved' or comment is not null)
);
create index review__by_version on apps.review (version_id, id);

-- The Digital Oath: for one version, irrevocable.
create table apps.oath (
  version_id   uuid primary key references apps.version,
  expert_id    uuid references tenancy.member,
  statement    text not null,
  content_hash bytea not null,
  accepted_at  timestamptz not null default now()
);

-- What was submitted is what is reviewed, sworn to, published and run; no version is published without both.
create function apps.keep_version() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if tg_op = 'DELETE' then
    if old.state <> 'draft' then
      raise exception 'Only drafts are deleted' using errcode = 'check_violation', constraint = 'version__only_drafts_go';
    end if;
    return old;
  end if;
  if (new.content is distinct from old.content and (old.state <> 'draft' or new.state <> 'draft'))
    or (old.published_at is not null
      and (new.version, new.content_hash, new.author_id, new.app_id, new.published_at)
        is distinct from (old.version, old.content_hash, old.author_id, old.app_id, old.published_at)) then
    raise exception 'A submitted version does not change'
      using errcode = 'check_violation', constraint = 'version__does_not_change';
  end if;
  if new.published_at is not null and old.published_at is null
    and not (exists (select from apps.oath o where o.version_id = new.id and o.content_hash = new.content_hash)
      and exists (select from apps.review r
        where r.version_id = new.id and r.content_hash = new.content_hash and r.decision = 'approved')) then
    raise exception 'A version is published after its review and its oath'
      using errcode = 'check_violation', constraint = 'version__was_reviewed_and_sworn';
  end if;
  return new;
end $$;
create trigger keep_version before update or delete on apps.version
  for each row execute function apps.keep_version();
create function apps.publish_by_update() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if new.published_at is not null then
    raise exception 'A version begins unpublished'
      using errcode = 'check_violation', constraint = 'version__begins_unpublished';
  end if;
  return new;
end $$;
create trigger publish_by_update before insert on apps.version
  for each row execute function apps.publish_by_update();

alter table apps.version add constraint version__somebody_made_it check (author_id is not null);
alter table apps.oath add constraint oath__somebody_swore_it check (expert_id is not null);

-- Which public apps there are for this organisation: all, those on the allow list, or those not on the block list.
create table apps.catalog (
  is_one     boolean primary key default true,
  mode       text not null default 'all',
  changed_at timestamptz not null default now(),
  constraint catalog__there_is_one check (is_one),
  constraint catalog__mode_is_known check (mode in ('all', 'allowlist', 'blocklist'))
);
insert into apps.catalog default values;

-- Both lists are kept, whichever is in force. Public apps live in control, so no reference can be checked here.
create table apps.catalog_entry (
  list     text not null,
  app_id   uuid not null,
  added_at timestamptz not null default now(),
  primary key (list, app_id),
  constraint catalog_entry__list_is_known check (list in ('allow', 'block'))
);

-- Internal apps that stand first, in this order.
create table apps.promotion (
  app_id   uuid primary key references apps.app,
  position integer not null,
  constraint promotion__position_is_taken unique (position) deferrable initially deferred
);

-- The contract of a run exactly as it was, of an internal or of a public app, by the SHA-256 of its canonical form.
create table apps.contract (
  hash    bytea primary key,
  content jsonb not null,
  constraint contract__hash_is_sha256 check (octet_length(hash) = 32)
);

-- Secrets that http tools may use, each for its hosts only. The value lies in the secret store.
create table apps.tool_credential (
  name           text primary key collate "C",
  description    text not null default '',
  hosts          text[] not null,
  secret_path    text not null,
  secret_version integer not null,
  mask           text not null,
  created_at     timestamptz not null default now(),
  updated_at     timestamptz not null default now(),
  constraint tool_credential__has_a_host check (cardinality(hosts) > 0)
);

create constraint trigger raise_access_version after insert or delete or update of state on apps.version
  deferrable initially deferred for each row execute function ledger.raise_access_version();
create constraint trigger raise_access_version after update on apps.catalog
  deferrable initially deferred for each row execute function ledger.raise_access_version();
create constraint trigger raise_access_version after insert or delete or update on apps.catalog_entry
  deferrable initially deferred for each row execute function ledger.raise_access_version();
