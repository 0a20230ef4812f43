-- Public apps (Appstream): reviewed and published on the platform level, available to organisations by their catalogue.

create schema apps;

create table apps.app (
  id         uuid primary key,
  -- Apps that ship with the product are known by their folder.
  slug       text collate "C",
  created_at timestamptz not null default now(),
  constraint app__slug_is_taken unique (slug)
);

-- A version of an app, from its first draft on. Its content may change as long as it is a draft, and never again after.
create table apps.version (
  id           uuid primary key,
  app_id       uuid not null references apps.app,
  -- Null: it ships with the product.
  author_id    uuid references identity.user,
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
  expert_id    uuid references identity.user,
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
      and (new.author_id is null
        or exists (select from apps.review r
          where r.version_id = new.id and r.content_hash = new.content_hash and r.decision = 'approved'))) then
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

create constraint trigger raise_platform_version after insert or delete or update of state on apps.version
  deferrable initially deferred for each row execute function kernel.raise_platform_version();
