-- The control database after all migrations. It is for reading: nothing applies it.
-- `npm run refresh` writes it anew; `npm test` fails when it is not what a migrated database has.
-- {role} is the role that serves requests; public is every role that may connect.


-- apps ----------------------------------------------------------------------------------------------------------------

create schema apps;
grant usage on schema apps to {role};

create table apps.app (
  id         uuid not null,
  slug       text collate "C",
  created_at timestamptz not null default now(),
  constraint app_pkey primary key (id),
  constraint app__slug_is_taken unique (slug)
);
grant select, insert, update, delete on apps.app to {role};

create table apps.blocked_app (
  app_id          uuid not null,
  organisation_id uuid not null,
  blocked_at      timestamptz not null default now(),
  constraint blocked_app_pkey primary key (app_id, organisation_id),
  constraint blocked_app_app_id_fkey foreign key (app_id) references apps.app(id)
);
grant select, insert, update, delete on apps.blocked_app to {role};

create table apps.oath (
  version_id   uuid not null,
  expert_id    uuid,
  statement    text not null,
  content_hash bytea not null,
  accepted_at  timestamptz not null default now(),
  constraint oath_pkey primary key (version_id),
  constraint oath_expert_id_fkey foreign key (expert_id) references identity."user"(id),
  constraint oath_version_id_fkey foreign key (version_id) references apps.version(id)
);
grant select, insert on apps.oath to {role};

create table apps.review (
  id           uuid not null,
  version_id   uuid not null,
  author_id    uuid,
  reviewer_id  uuid not null,
  decision     text not null,
  comment      text,
  answers      jsonb not null,
  content_hash bytea not null,
  decided_at   timestamptz not null default now(),
  constraint review_pkey primary key (id),
  constraint review__decision_is_known check (decision = any (array['approved', 'returned'])),
  constraint review__not_by_the_author check (reviewer_id <> author_id),
  constraint review__return_says_why check (decision = 'approved' or comment is not null),
  constraint review_version_id_fkey foreign key (version_id) references apps.version(id) on delete cascade
);
create index review__by_version on apps.review (version_id, id);
grant select, insert on apps.review to {role};

create table apps.version (
  id           uuid not null,
  app_id       uuid not null,
  author_id    uuid,
  state        text not null default 'draft',
  revision     integer not null default 1,
  content      jsonb not null,
  name         text not null generated always as (coalesce("left"((content -> 'info') ->> 'name', 200), '')) stored,
  version      text collate "C",
  content_hash bytea,
  reason       text,
  created_at   timestamptz not null default now(),
  updated_at   timestamptz not null default now(),
  submitted_at timestamptz,
  published_at timestamptz,
  ended_at     timestamptz,
  constraint version_pkey primary key (id),
  constraint version__content_is_an_object check (jsonb_typeof(content) = 'object'),
  constraint version__state_is_known check (state = any (array['draft', 'submitted', 'approved', 'published',
    'superseded', 'suspended', 'withdrawn'])),
  constraint version__submitted_is_fixed check (state = 'draft' or num_nulls(version, content_hash, submitted_at) = 0),
  constraint version__was_published check ((state = any (array['draft', 'submitted',
    'approved'])) = (published_at is null)),
  constraint version_app_id_fkey foreign key (app_id) references apps.app(id),
  constraint version_author_id_fkey foreign key (author_id) references identity."user"(id)
);
create index version__by_app on apps.version (app_id, id);
create unique index version__number_is_taken on apps.version (app_id, version) where (state = any (array['published',
  'superseded', 'suspended', 'withdrawn']));
create unique index version__one_is_current on apps.version (app_id) where (state = any (array['published',
  'suspended']));
create index version__waiting on apps.version (state, id) where (state = any (array['submitted', 'approved']));
create trigger keep_version before delete or update on apps.version
  for each row execute function apps.keep_version();
create trigger publish_by_update before insert on apps.version
  for each row execute function apps.publish_by_update();
create constraint trigger raise_platform_version after insert or delete or update of state on apps.version
  deferrable initially deferred for each row execute function kernel.raise_platform_version();
grant select, insert, update, delete on apps.version to {role};

create function apps.keep_version() returns trigger
  language plpgsql set search_path to 'pg_catalog'
as $$
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
grant execute on function apps.keep_version to {role};

create function apps.publish_by_update() returns trigger
  language plpgsql set search_path to 'pg_catalog'
as $$
begin
  if new.published_at is not null then
    raise exception 'A version begins unpublished'
      using errcode = 'check_violation', constraint = 'version__begins_unpublished';
  end if;
  return new;
end $$;
grant execute on function apps.publish_by_update to {role};


-- audit ---------------------------------------------------------------------------------------------------------------

create schema audit;
grant usage on schema audit to {role};

create table audit.entry (
  id              uuid not null,
  at              timestamptz not null default clock_timestamp(),
  event           text collate "C" not null,
  outcome         text not null,
  reason_code     text,
  actor_type      text not null,
  actor_id        uuid,
  actor_role      text,
  via             text not null,
  api_key_id      uuid,
  target_type     text,
  target_id       text collate "C",
  organisation_id uuid,
  request_id      uuid,
  address         inet,
  data            jsonb not null default '{}',
  constraint entry_pkey primary key (id),
  constraint entry__actor_type_is_known check (actor_type = any (array['user', 'api_key', 'system', 'operator',
    'anonymous'])),
  constraint entry__outcome_is_known check (outcome = any (array['succeeded', 'refused', 'failed'])),
  constraint entry__via_is_known check (via = any (array['session', 'api_key', 'system', 'cli', 'none']))
);
create index entry__actor on audit.entry (actor_id, id);
create index entry__event on audit.entry (event, id);
create index entry__origin on audit.entry using brin (request_id) with (autosummarize='on');
create index entry__target on audit.entry (target_id, id) where (target_id is not null);
grant select, insert on audit.entry to {role};

create table audit.failed_authentication (
  minute  timestamptz not null,
  reason  text not null,
  address inet not null,
  count   bigint not null,
  constraint failed_authentication_pkey primary key (minute, reason, address)
);
grant select, insert, update on audit.failed_authentication to {role};

create table audit.request (
  at          timestamptz not null,
  request_id  uuid not null,
  actor_type  text not null,
  actor_id    uuid,
  api_key_id  uuid,
  method      text not null,
  route       text not null,
  status      smallint not null,
  duration_ms integer not null,
  address     inet
) partition by range (at);
create index request__at on only audit.request (at, request_id);
grant select, insert on audit.request to {role};

create table audit.request_default partition of audit.request default;

create function audit.ensure_request_partition(p_day date, p_next date) returns void
  language plpgsql security definer set search_path to 'pg_catalog'
as $$
begin
  execute format('create table if not exists audit.%I partition of audit.request for values from (%L) to (%L)',
    'request_' || to_char(p_day, 'YYYYMMDD'), p_day::timestamp at time zone 'UTC', p_next::timestamp at time zone 'UTC');
end $$;
grant execute on function audit.ensure_request_partition to {role};


-- http ----------------------------------------------------------------------------------------------------------------

create schema http;
grant usage on schema http to {role};

create table http.idempotency (
  principal_id uuid not null,
  route        text collate "C" not null,
  key_hash     bytea not null,
  fingerprint  bytea not null,
  status       smallint not null,
  body         text,
  created_at   timestamptz not null default now(),
  done_id      text collate "C",
  constraint idempotency_pkey primary key (principal_id, route, key_hash)
);
create index idempotency__created_at on http.idempotency (created_at);
grant select, insert, update, delete on http.idempotency to {role};


-- identity ------------------------------------------------------------------------------------------------------------

create schema identity;
grant usage on schema identity to {role};

create table identity.address_proof (
  id          uuid not null,
  purpose     text not null,
  email       text not null,
  email_key   text collate "C" not null,
  user_id     uuid,
  draft       jsonb,
  token_hash  bytea,
  created_at  timestamptz not null default now(),
  expires_at  timestamptz not null,
  prepared_at timestamptz,
  used_at     timestamptz,
  constraint address_proof_pkey primary key (id),
  constraint address_proof__token_is_unique unique (token_hash),
  constraint address_proof__purpose_is_known check (purpose = any (array['registration', 'verification', 'email_change',
    'password_reset'])),
  constraint address_proof__registration_has_draft check ((purpose = 'registration') = (draft is not null)),
  constraint address_proof_user_id_fkey foreign key (user_id) references identity."user"(id)
);
create index address_proof__expires_at on identity.address_proof (expires_at);
create index address_proof__unprepared on identity.address_proof (id) where (prepared_at is null);
create index address_proof__user on identity.address_proof (user_id) where (user_id is not null);
grant select, insert, update, delete on identity.address_proof to {role};

create table identity.passkey (
  id            uuid not null,
  user_id       uuid not null,
  name          text not null,
  credential_id text collate "C" not null,
  public_key    bytea not null,
  counter       bigint not null default 0,
  transports    text[] not null default '{}',
  is_backed_up  boolean not null default false,
  created_at    timestamptz not null default now(),
  last_used_at  timestamptz,
  constraint passkey_pkey primary key (id),
  constraint passkey__credential_is_unique unique (credential_id),
  constraint passkey_user_id_fkey foreign key (user_id) references identity."user"(id)
);
create index passkey__user on identity.passkey (user_id);
create trigger note_factors after insert or delete on identity.passkey
  for each row execute function identity.note_factors();
grant select, insert, update, delete on identity.passkey to {role};

create table identity.passkey_challenge (
  challenge_hash bytea not null,
  purpose        text not null,
  user_id        uuid,
  expires_at     timestamptz not null,
  constraint passkey_challenge_pkey primary key (challenge_hash),
  constraint passkey_challenge__purpose_is_known check (purpose = any (array['enrol', 'sign_in', 'second_step',
    'step_up'])),
  constraint passkey_challenge_user_id_fkey foreign key (user_id) references identity."user"(id)
);
create index passkey_challenge__expiry on identity.passkey_challenge (expires_at);
grant select, insert, update, delete on identity.passkey_challenge to {role};

create table identity.picture (
  sha256     bytea not null,
  media_type text collate "C" not null,
  width      integer not null,
  height     integer not null,
  bytes      bytea not null,
  touched_at timestamptz not null default now(),
  constraint picture_pkey primary key (sha256),
  constraint picture__is_small check (octet_length(bytes) <= 2097152),
  constraint picture__media_type_is_known check (media_type = any (array['image/png', 'image/jpeg', 'image/x-icon']))
);
grant select, insert, update, delete on identity.picture to {role};

create table identity.recovery_code (
  user_id   uuid not null,
  code_hash bytea not null,
  used_at   timestamptz,
  constraint recovery_code_pkey primary key (user_id, code_hash),
  constraint recovery_code_user_id_fkey foreign key (user_id) references identity."user"(id)
);
grant select, insert, update, delete on identity.recovery_code to {role};

create table identity.request_count (
  subject_hash bytea not null,
  hour         timestamptz not null,
  count        integer not null,
  constraint request_count_pkey primary key (subject_hash)
);
grant select, insert, update, delete on identity.request_count to {role};

create table identity.scim_token (
  id            uuid not null,
  connection_id uuid not null,
  token_hash    bytea not null,
  mask          text not null,
  created_at    timestamptz not null default now(),
  expires_at    timestamptz not null,
  revoked_at    timestamptz,
  last_used_at  timestamptz,
  constraint scim_token_pkey primary key (id),
  constraint scim_token__secret_is_unique unique (token_hash),
  constraint scim_token_connection_id_fkey foreign key (connection_id) references identity.sso_connection(id) on delete
    cascade
);
create index scim_token__connection on identity.scim_token (connection_id, id);
grant select, insert, update, delete on identity.scim_token to {role};

create table identity.session (
  id               uuid not null,
  token_hash       bytea not null,
  user_id          uuid not null,
  auth_method      text not null,
  aal              smallint not null default 1,
  authenticated_at timestamptz not null default now(),
  created_at       timestamptz not null default now(),
  last_seen_at     timestamptz not null default now(),
  idle_timeout_s   integer not null,
  expires_at       timestamptz not null,
  address          inet,
  user_agent       text not null default '',
  revoked_at       timestamptz,
  revoked_reason   text,
  longest_gap_s    integer not null default 0,
  connection_id    uuid,
  organisation_id  uuid,
  sso_identity_id  uuid,
  sso_sid          text,
  amr              text[] not null default '{}',
  constraint session_pkey primary key (id),
  constraint session__token_is_unique unique (token_hash),
  constraint session__revocation_is_complete check ((revoked_at is null) = (revoked_reason is null)),
  constraint session_user_id_fkey foreign key (user_id) references identity."user"(id)
);
create index session__connection on identity.session (connection_id) where ((revoked_at is null) and (connection_id is
  not null));
create index session__user on identity.session (user_id, id);
grant select, insert, update, delete on identity.session to {role};

create table identity.setup_token (
  token_hash bytea not null,
  created_at timestamptz not null default now(),
  constraint setup_token_pkey primary key (token_hash)
);
grant select, insert, update, delete on identity.setup_token to {role};

create table identity.sign_in_failure (
  subject_hash  bytea not null,
  failures      integer not null,
  blocked_until timestamptz not null,
  updated_at    timestamptz not null default now(),
  constraint sign_in_failure_pkey primary key (subject_hash)
);
grant select, insert, update, delete on identity.sign_in_failure to {role};

create table identity.sign_in_ticket (
  ticket_hash          bytea not null,
  user_id              uuid not null,
  password_fingerprint bytea not null,
  expires_at           timestamptz not null,
  constraint sign_in_ticket_pkey primary key (ticket_hash),
  constraint sign_in_ticket_user_id_fkey foreign key (user_id) references identity."user"(id)
);
create index sign_in_ticket__expiry on identity.sign_in_ticket (expires_at);
grant select, insert, update, delete on identity.sign_in_ticket to {role};

create table identity.sso_attempt (
  state_hash      bytea not null,
  connection_id   uuid not null,
  revision        integer not null,
  browser_hash    bytea not null,
  purpose         text not null,
  user_id         uuid,
  return_to       text not null default '/',
  reauthenticates boolean not null default false,
  created_at      timestamptz not null default now(),
  expires_at      timestamptz not null,
  used_at         timestamptz,
  constraint sso_attempt_pkey primary key (state_hash),
  constraint sso_attempt__person_is_known check ((purpose = 'sign_in') = (user_id is null)),
  constraint sso_attempt__purpose_is_known check (purpose = any (array['sign_in', 'link', 'test'])),
  constraint sso_attempt_connection_id_fkey foreign key (connection_id) references identity.sso_connection(id) on delete
    cascade,
  constraint sso_attempt_user_id_fkey foreign key (user_id) references identity."user"(id)
);
create index sso_attempt__expires_at on identity.sso_attempt (expires_at);
grant select, insert, update, delete on identity.sso_attempt to {role};

create table identity.sso_break_glass_use (
  session_id      uuid not null,
  organisation_id uuid not null,
  used_at         timestamptz not null default now(),
  constraint sso_break_glass_use_pkey primary key (session_id, organisation_id),
  constraint sso_break_glass_use_session_id_fkey foreign key (session_id) references identity.session(id)
);
grant select, insert, update, delete on identity.sso_break_glass_use to {role};

create table identity.sso_connection (
  id              uuid not null,
  organisation_id uuid,
  name            text not null,
  preset          text not null,
  issuer          text not null,
  discovery_base  text not null,
  client_id       text not null,
  secret_path     text,
  secret_version  integer,
  secret_mask     text,
  scopes          text[] not null default '{openid,email,profile}',
  groups_claim    text not null default 'groups',
  admission       text not null default 'mapped_groups',
  trusts_mfa      boolean not null default false,
  status          text not null default 'draft',
  revision        integer not null default 1,
  tested_revision integer,
  tested_at       timestamptz,
  created_at      timestamptz not null default now(),
  adopts_members  boolean not null default false,
  constraint sso_connection_pkey primary key (id),
  constraint sso_connection__admission_is_known check (admission = any (array['members', 'mapped_groups', 'everyone'])),
  constraint sso_connection__preset_is_known check (preset = any (array['entra_id', 'google_workspace', 'oracle_idcs',
    'other'])),
  constraint sso_connection__status_is_known check (status = any (array['draft', 'enabled', 'disabled'])),
  constraint sso_connection_organisation_id_fkey foreign key (organisation_id) references tenancy.organisation(id)
);
create index sso_connection__organisation on identity.sso_connection (organisation_id, id);
grant select, insert, update, delete on identity.sso_connection to {role};

create table identity.sso_domain (
  connection_id uuid not null,
  domain        text collate "C" not null,
  skeleton      text collate "C" not null,
  challenge     text not null,
  created_at    timestamptz not null default now(),
  checked_at    timestamptz,
  verified_at   timestamptz,
  verified_by   text,
  constraint sso_domain_pkey primary key (connection_id, domain),
  constraint sso_domain__proof_is_known check (verified_by = any (array['dns', 'superadmin'])),
  constraint sso_domain__verification_is_complete check ((verified_at is null) = (verified_by is null)),
  constraint sso_domain_connection_id_fkey foreign key (connection_id) references identity.sso_connection(id) on delete
    cascade
);
create unique index sso_domain__belongs_to_one_connection on identity.sso_domain (domain) where (verified_at is not
  null);
create index sso_domain__skeleton on identity.sso_domain (skeleton) where (verified_at is not null);
grant select, insert, update, delete on identity.sso_domain to {role};

create table identity.sso_identity (
  id            uuid not null,
  connection_id uuid not null,
  issuer        text collate "C" not null,
  subject       text collate "C" not null,
  user_id       uuid not null,
  linked_by     text not null,
  created_at    timestamptz not null default now(),
  last_used_at  timestamptz,
  proves_factor boolean not null default false,
  constraint sso_identity_pkey primary key (id),
  constraint sso_identity__subject_is_one_person unique (connection_id, issuer, subject),
  constraint sso_identity__proof_is_known check (linked_by = any (array['new_account', 'verified_address',
    'signed_in'])),
  constraint sso_identity_connection_id_fkey foreign key (connection_id) references identity.sso_connection(id) on
    delete cascade,
  constraint sso_identity_user_id_fkey foreign key (user_id) references identity."user"(id)
);
create index sso_identity__user on identity.sso_identity (user_id, connection_id);
grant select, insert, update, delete on identity.sso_identity to {role};

create table identity.sso_logout_token (
  connection_id uuid not null,
  jti_hash      bytea not null,
  expires_at    timestamptz not null,
  constraint sso_logout_token_pkey primary key (connection_id, jti_hash),
  constraint sso_logout_token_connection_id_fkey foreign key (connection_id) references identity.sso_connection(id) on
    delete cascade
);
grant select, insert, update, delete on identity.sso_logout_token to {role};

create table identity.sso_platform_mapping (
  connection_id   uuid not null,
  group_name      text collate "C" not null,
  organisation_id uuid not null,
  base_role       text not null,
  constraint sso_platform_mapping_pkey primary key (connection_id, group_name, organisation_id),
  constraint sso_platform_mapping__role_is_known check (base_role = any (array['owner', 'admin', 'member'])),
  constraint sso_platform_mapping_connection_id_fkey foreign key (connection_id) references identity.sso_connection(id)
    on delete cascade,
  constraint sso_platform_mapping_organisation_id_fkey foreign key (organisation_id) references tenancy.organisation(id)
);
grant select, insert, update, delete on identity.sso_platform_mapping to {role};

create table identity.sso_platform_reach (
  connection_id   uuid not null,
  organisation_id uuid not null,
  constraint sso_platform_reach_pkey primary key (connection_id, organisation_id),
  constraint sso_platform_reach_connection_id_fkey foreign key (connection_id) references identity.sso_connection(id) on
    delete cascade,
  constraint sso_platform_reach_organisation_id_fkey foreign key (organisation_id) references tenancy.organisation(id)
);
grant select, insert, update, delete on identity.sso_platform_reach to {role};

create table identity.sso_setting (
  organisation_id     uuid not null,
  is_entitled         boolean not null default true,
  contact             text not null default '',
  is_enforced         boolean not null default false,
  enforced_at         timestamptz,
  break_glass_user_id uuid,
  break_glass_until   timestamptz,
  alarmed_at          timestamptz,
  constraint sso_setting_pkey primary key (organisation_id),
  constraint sso_setting__glass_is_complete check ((break_glass_user_id is null) = (break_glass_until is null)),
  constraint sso_setting_break_glass_user_id_fkey foreign key (break_glass_user_id) references identity."user"(id),
  constraint sso_setting_organisation_id_fkey foreign key (organisation_id) references tenancy.organisation(id)
);
grant select, insert, update, delete on identity.sso_setting to {role};

create table identity.totp (
  user_id      uuid not null,
  secret       bytea not null,
  confirmed_at timestamptz,
  last_step    bigint not null default 0,
  created_at   timestamptz not null default now(),
  constraint totp_pkey primary key (user_id),
  constraint totp_user_id_fkey foreign key (user_id) references identity."user"(id)
);
create trigger note_factors after insert or delete or update of confirmed_at on identity.totp
  for each row execute function identity.note_factors();
grant select, insert, update, delete on identity.totp to {role};

create table identity."user" (
  id                     uuid not null,
  email                  text not null,
  email_key              text collate "C" not null,
  display_name           text not null,
  password_hash          text not null,
  must_change_password   boolean not null default false,
  status                 text not null default 'active',
  is_superadmin          boolean not null default false,
  locale                 text not null default 'en',
  time_zone              text not null default 'UTC',
  created_at             timestamptz not null default now(),
  email_verified_at      timestamptz,
  password_expires_at    timestamptz,
  factors                text[] not null default '{}',
  password_is_below_rule boolean not null default false,
  constraint user_pkey primary key (id),
  constraint user__email_is_taken unique (email_key),
  constraint user__factors_are_known check (factors <@ array['totp', 'passkey']),
  constraint user__status_is_known check (status = any (array['active', 'disabled']))
);
grant select, insert, update, delete on identity."user" to {role};

create function identity.has_factor_in(of_user uuid, in_organisation uuid) returns boolean
  language sql stable
as $$
  select coalesce((select u.factors <> '{}' from identity.user u where u.id = of_user), false) or exists (
    select from identity.sso_identity i
    join identity.sso_connection c on c.id = i.connection_id and c.status = 'enabled'
    left join identity.sso_setting s on s.organisation_id = c.organisation_id
    where i.user_id = of_user and i.proves_factor and coalesce(s.is_entitled, true)
      and (c.organisation_id = in_organisation or c.organisation_id is null))
$$;
grant execute on function identity.has_factor_in to {role};

create function identity.note_factors() returns trigger
  language plpgsql set search_path to 'pg_catalog'
as $$
declare
  person constant uuid := (case tg_op when 'DELETE' then old else new end).user_id;
begin
  update identity.user u set factors = array_remove(array[
      case when exists (select from identity.totp t where t.user_id = person and t.confirmed_at is not null) then 'totp' end,
      case when exists (select from identity.passkey p where p.user_id = person) then 'passkey' end], null)
    where u.id = person;
  return null;
end $$;
grant execute on function identity.note_factors to {role};


-- kernel --------------------------------------------------------------------------------------------------------------

create schema kernel;
grant usage on schema kernel to {role};

create table kernel.migration (
  name       text collate "C" not null,
  sha256     text not null,
  applied_at timestamptz not null default now(),
  constraint migration_pkey primary key (name)
);
grant select on kernel.migration to {role};

create table kernel.node (
  id         uuid not null,
  started_at timestamptz not null default now(),
  expires_at timestamptz not null,
  constraint node_pkey primary key (id)
);
grant select, insert, update, delete on kernel.node to {role};

create table kernel.node_organisation (
  node_id         uuid not null,
  organisation_id uuid not null,
  constraint node_organisation_pkey primary key (node_id, organisation_id),
  constraint node_organisation_node_id_fkey foreign key (node_id) references kernel.node(id) on delete cascade
);
grant select, insert, update, delete on kernel.node_organisation to {role};

create table kernel.placement (
  database_name   text collate "C" not null,
  server_id       uuid not null,
  role_version    integer not null default 1,
  organisation_id uuid,
  state           text not null default 'preparing',
  created_at      timestamptz not null default now(),
  constraint placement_pkey primary key (database_name),
  constraint placement__organisation_is_unique unique (organisation_id),
  constraint placement__claim_names_organisation check ((state = 'claimed') = (organisation_id is not null)),
  constraint placement__state_is_known check (state = any (array['preparing', 'spare', 'claimed', 'dropping'])),
  constraint placement_server_id_fkey foreign key (server_id) references kernel.server(id)
);
grant select, insert, update, delete on kernel.placement to {role};

create table kernel.platform (
  id          smallint not null default 1,
  version     bigint not null default 1,
  version_xid xid8 not null default '0',
  currency    text not null default 'EUR',
  created_at  timestamptz not null default now(),
  constraint platform_pkey primary key (id),
  constraint platform__currency_is_iso_4217 check (currency ~ '^[A-Z]{3}$'),
  constraint platform__is_one_row check (id = 1)
);
grant select, insert, update, delete on kernel.platform to {role};

create table kernel.platform_setting (
  name       text collate "C" not null,
  value      jsonb not null,
  changed_at timestamptz not null default now(),
  constraint platform_setting_pkey primary key (name)
);
grant select, insert, update, delete on kernel.platform_setting to {role};

create table kernel.server (
  id              uuid not null,
  name            text collate "C" not null,
  url_secret_path text,
  constraint server_pkey primary key (id),
  constraint server_name_key unique (name)
);
grant select, insert, update, delete on kernel.server to {role};

create function kernel.raise_platform_version() returns trigger
  language plpgsql set search_path to 'pg_catalog'
as $$
begin
  update kernel.platform set version = version + 1, version_xid = pg_current_xact_id()
    where version_xid is distinct from pg_current_xact_id();
  return null;
end $$;
grant execute on function kernel.raise_platform_version to {role};


-- keys ----------------------------------------------------------------------------------------------------------------

create schema keys;
grant usage on schema keys to {role};

create table keys.data_key (
  kid         integer not null,
  purpose     text not null,
  wrapped     bytea not null,
  kek_version integer not null,
  state       text not null default 'active',
  created_at  timestamptz not null default now(),
  constraint data_key_pkey primary key (kid),
  constraint data_key__purpose_is_known check (purpose = any (array['content', 'index'])),
  constraint data_key__state_is_known check (state = any (array['active', 'retiring', 'retired']))
);
create unique index data_key__one_active_per_purpose on keys.data_key (purpose) where (state = 'active');
grant select, insert, update, delete on keys.data_key to {role};


-- mail ----------------------------------------------------------------------------------------------------------------

create schema mail;
grant usage on schema mail to {role};

create table mail.message (
  id              uuid not null,
  kind            text collate "C" not null,
  recipient       text not null,
  subject         text not null,
  sealed          bytea,
  state           text not null default 'queued',
  attempts        integer not null default 0,
  unconfirmed     integer not null default 0,
  due_at          timestamptz not null default now(),
  last_reply      text,
  organisation_id uuid,
  created_at      timestamptz not null default now(),
  expires_at      timestamptz not null,
  finished_at     timestamptz,
  constraint message_pkey primary key (id),
  constraint message__state_is_known check (state = any (array['queued', 'sending', 'sent', 'failed', 'expired'])),
  constraint message__what_was_sent_is_wiped check ((state <> all (array['sent', 'expired'])) or sealed is null)
);
create index message__due on mail.message (due_at) where (state = any (array['queued', 'sending']));
grant select, insert, update, delete on mail.message to {role};

create table mail.owner_notice (
  id              uuid not null,
  organisation_id uuid not null,
  kind            text collate "C" not null,
  facts           jsonb not null default '{}',
  created_at      timestamptz not null default now(),
  told_at         timestamptz,
  constraint owner_notice_pkey primary key (id),
  constraint owner_notice__kind_is_known check (kind = any (array['access_opened', 'break_glass_used',
    'break_glass_expiring']))
);
create index owner_notice__untold on mail.owner_notice (id) where (told_at is null);
grant select, insert, update, delete on mail.owner_notice to {role};

create table mail.server (
  id             smallint not null default 1,
  host           text not null,
  port           integer not null,
  security       text not null,
  user_name      text,
  secret_version integer,
  password_mask  text,
  from_address   text not null,
  changed_at     timestamptz not null default now(),
  constraint server_pkey primary key (id),
  constraint server__is_one_row check (id = 1),
  constraint server__password_is_complete check ((secret_version is null) = (password_mask is null)),
  constraint server__port_exists check (port >= 1 and port <= 65535),
  constraint server__security_is_known check (security = any (array['tls', 'starttls', 'none']))
);
grant select, insert, update, delete on mail.server to {role};


-- models --------------------------------------------------------------------------------------------------------------

create schema models;
grant usage on schema models to {role};

create table models.assignment (
  model_id        uuid not null,
  organisation_id uuid not null,
  assigned_at     timestamptz not null default now(),
  constraint assignment_pkey primary key (model_id, organisation_id),
  constraint assignment_model_id_fkey foreign key (model_id) references models.model(id),
  constraint assignment_organisation_id_fkey foreign key (organisation_id) references tenancy.organisation(id)
);
create index assignment__organisation on models.assignment (organisation_id);
create constraint trigger raise_platform_version after insert or delete or update on models.assignment
  deferrable initially deferred for each row execute function kernel.raise_platform_version();
grant select, insert, update, delete on models.assignment to {role};

create table models.model (
  id                    uuid not null,
  provider_id           uuid not null,
  name                  text collate "C" not null,
  upstream_name         text not null,
  default_output_tokens integer not null,
  max_output_tokens     integer not null,
  image_input_tokens    integer,
  audio_input_tokens    integer,
  file_input_tokens     integer,
  reasoning_tokens      integer not null default 0,
  status                text not null default 'enabled',
  created_at            timestamptz not null default now(),
  is_global             boolean not null default false,
  constraint model_pkey primary key (id),
  constraint model__name_is_taken unique (name),
  constraint model__bounds_are_positive check (least(image_input_tokens, audio_input_tokens,
    file_input_tokens) > 0 and reasoning_tokens >= 0),
  constraint model__output_is_bounded check (default_output_tokens > 0 and max_output_tokens >= default_output_tokens
    and max_output_tokens <= 10000000),
  constraint model__status_is_known check (status = any (array['enabled', 'disabled'])),
  constraint model_provider_id_fkey foreign key (provider_id) references models.provider(id)
);
create constraint trigger raise_platform_version after insert or delete or update on models.model
  deferrable initially deferred for each row execute function kernel.raise_platform_version();
grant select, insert, update, delete on models.model to {role};

create table models.price (
  model_id                     uuid not null,
  version                      integer not null,
  input_micros_per_mtok        bigint not null,
  cached_input_micros_per_mtok bigint not null,
  output_micros_per_mtok       bigint not null,
  created_at                   timestamptz not null default now(),
  constraint price_pkey primary key (model_id, version),
  constraint price__not_negative check (least(input_micros_per_mtok, cached_input_micros_per_mtok,
    output_micros_per_mtok) >= 0),
  constraint price_model_id_fkey foreign key (model_id) references models.model(id)
);
create constraint trigger raise_platform_version after insert or delete or update on models.price
  deferrable initially deferred for each row execute function kernel.raise_platform_version();
grant select, insert on models.price to {role};

create table models.provider (
  id             uuid not null,
  name           text collate "C" not null,
  type           text not null,
  base_url       text not null,
  secret_path    text,
  secret_version integer,
  key_mask       text,
  status         text not null default 'enabled',
  created_at     timestamptz not null default now(),
  constraint provider_pkey primary key (id),
  constraint provider__name_is_taken unique (name),
  constraint provider__status_is_known check (status = any (array['enabled', 'disabled'])),
  constraint provider__type_is_known check (type = 'openai_compatible')
);
create constraint trigger raise_platform_version after insert or delete or update on models.provider
  deferrable initially deferred for each row execute function kernel.raise_platform_version();
grant select, insert, update, delete on models.provider to {role};


-- platform ------------------------------------------------------------------------------------------------------------

create schema platform;
grant usage on schema platform to {role};

create table platform.announcement (
  id         uuid not null,
  text       text not null,
  severity   text collate "C" not null,
  starts_at  timestamptz not null,
  ends_at    timestamptz,
  ended_at   timestamptz,
  edition    integer not null default 1,
  created_at timestamptz not null default now(),
  constraint announcement_pkey primary key (id),
  constraint announcement__ends_after_it_starts check (ends_at > starts_at),
  constraint announcement__severity_is_known check (severity = any (array['info', 'warning', 'critical']))
);
grant select, insert, update, delete on platform.announcement to {role};


-- policy --------------------------------------------------------------------------------------------------------------

create schema policy;
grant usage on schema policy to {role};

create table policy.document (
  version    integer not null,
  content    jsonb not null,
  created_by uuid,
  created_at timestamptz not null default now(),
  reason     text,
  constraint document_pkey primary key (version),
  constraint document__reason_says_something check (reason <> '')
);
create constraint trigger raise_platform_version after insert or delete or update on policy.document
  deferrable initially deferred for each row execute function kernel.raise_platform_version();
grant select, insert on policy.document to {role};

create table policy.organisation_tier (
  organisation_id uuid not null,
  tier            text not null,
  set_at          timestamptz not null default now(),
  constraint organisation_tier_pkey primary key (organisation_id),
  constraint organisation_tier_tier_fkey foreign key (tier) references policy.tier(name) on update cascade
);
create constraint trigger raise_platform_version after insert or delete or update on policy.organisation_tier
  deferrable initially deferred for each row execute function kernel.raise_platform_version();
grant select, insert, update, delete on policy.organisation_tier to {role};

create table policy.tier (
  name                  text collate "C" not null,
  "position"            integer not null,
  is_default            boolean not null default false,
  max_execution_seconds integer,
  max_input_bytes       bigint,
  max_steps             integer,
  updated_at            timestamptz not null default now(),
  constraint tier_pkey primary key (name),
  constraint tier__limits_are_positive check (max_execution_seconds > 0 and max_input_bytes > 0 and max_steps > 0)
);
create unique index tier__one_default on policy.tier (is_default) where is_default;
create constraint trigger raise_platform_version after insert or delete or update on policy.tier
  deferrable initially deferred for each row execute function kernel.raise_platform_version();
grant select, insert, update, delete on policy.tier to {role};


-- tenancy -------------------------------------------------------------------------------------------------------------

create schema tenancy;
grant usage on schema tenancy to {role};

create table tenancy.content_access (
  id              uuid not null,
  user_id         uuid not null,
  organisation_id uuid not null,
  reason          text not null,
  opened_at       timestamptz not null default now(),
  expires_at      timestamptz not null,
  closed_at       timestamptz,
  constraint content_access_pkey primary key (id),
  constraint content_access__is_short check (expires_at <= (opened_at + 'PT1H'::interval)),
  constraint content_access_organisation_id_fkey foreign key (organisation_id) references tenancy.organisation(id),
  constraint content_access_user_id_fkey foreign key (user_id) references identity."user"(id)
);
create index content_access__organisation on tenancy.content_access (organisation_id, id);
create index content_access__user on tenancy.content_access (user_id, organisation_id);
grant select, insert, update, delete on tenancy.content_access to {role};

create table tenancy.import (
  id              uuid not null,
  file_name       text not null,
  file_sha256     bytea not null,
  state           text not null default 'checked',
  created_by      uuid,
  created_at      timestamptz not null default now(),
  started_at      timestamptz,
  finished_at     timestamptz,
  attempt         integer not null default 0,
  lease_until     timestamptz,
  result_taken_at timestamptz,
  constraint import_pkey primary key (id),
  constraint import__state_is_known check (state = any (array['checked', 'running', 'finished', 'discarded']))
);
grant select, insert, update, delete on tenancy.import to {role};

create table tenancy.import_row (
  import_id       uuid not null,
  row_number      integer not null,
  org_id          text not null default '',
  email           text not null default '',
  display_name    text not null default '',
  role            text not null default '',
  sealed_password bytea,
  has_password    boolean not null default false,
  state           text not null,
  errors          jsonb not null default '[]',
  user_id         uuid,
  member_id       uuid,
  is_new          boolean,
  constraint import_row_pkey primary key (import_id, row_number),
  constraint import_row__state_is_known check (state = any (array['valid', 'error', 'claimed', 'created', 'added',
    'failed', 'dropped'])),
  constraint import_row_import_id_fkey foreign key (import_id) references tenancy.import(id) on delete cascade
);
create index import_row__state on tenancy.import_row (import_id, state, row_number);
grant select, insert, update, delete on tenancy.import_row to {role};

create table tenancy.member_directory (
  user_id         uuid not null,
  organisation_id uuid not null,
  constraint member_directory_pkey primary key (user_id, organisation_id),
  constraint member_directory_organisation_id_fkey foreign key (organisation_id) references tenancy.organisation(id),
  constraint member_directory_user_id_fkey foreign key (user_id) references identity."user"(id)
);
create index member_directory__organisation on tenancy.member_directory (organisation_id);
grant select, insert, update, delete on tenancy.member_directory to {role};

create table tenancy.organisation (
  id                uuid not null,
  name              text not null,
  status            text not null default 'creating',
  metadata          jsonb not null default '{}',
  created_by        uuid not null,
  created_at        timestamptz not null default now(),
  status_changed_at timestamptz not null default now(),
  status_reason     text,
  constraint organisation_pkey primary key (id),
  constraint organisation__status_is_known check (status = any (array['creating', 'awaiting_owner', 'active',
    'suspended', 'archived', 'pending_purge'])),
  constraint organisation_created_by_fkey foreign key (created_by) references identity."user"(id)
);
grant select, insert, update, delete on tenancy.organisation to {role};

create table tenancy.scim_claim (
  connection_id uuid not null,
  attempt       integer not null,
  lease_until   timestamptz not null,
  constraint scim_claim_pkey primary key (connection_id),
  constraint scim_claim_connection_id_fkey foreign key (connection_id) references identity.sso_connection(id) on delete
    cascade
);
grant select, insert, update, delete on tenancy.scim_claim to {role};

create table tenancy.scim_group (
  id            uuid not null,
  connection_id uuid not null,
  display_name  text not null,
  display_key   text collate "C" not null,
  external_id   text collate "C",
  version       integer not null default 1,
  created_at    timestamptz not null default now(),
  changed_at    timestamptz not null default now(),
  constraint scim_group_pkey primary key (id),
  constraint scim_group__name_is_taken unique (connection_id, display_key),
  constraint scim_group_connection_id_fkey foreign key (connection_id) references identity.sso_connection(id) on delete
    cascade
);
grant select, insert, update, delete on tenancy.scim_group to {role};

create table tenancy.scim_group_member (
  group_id uuid not null,
  user_id  uuid not null,
  constraint scim_group_member_pkey primary key (group_id, user_id),
  constraint scim_group_member_group_id_fkey foreign key (group_id) references tenancy.scim_group(id) on delete cascade,
  constraint scim_group_member_user_id_fkey foreign key (user_id) references tenancy.scim_user(id) on delete cascade
);
create index scim_group_member__user on tenancy.scim_group_member (user_id);
grant select, insert, update, delete on tenancy.scim_group_member to {role};

create table tenancy.scim_user (
  id            uuid not null,
  connection_id uuid not null,
  user_id       uuid not null,
  user_name     text not null,
  user_name_key text collate "C" not null,
  external_id   text collate "C",
  attributes    jsonb not null default '{}',
  is_active     boolean not null default true,
  is_leaving    boolean not null default false,
  version       integer not null default 1,
  created_at    timestamptz not null default now(),
  changed_at    timestamptz not null default now(),
  wanted        integer not null default 1,
  settled       integer not null default 0,
  held_up_by    text,
  constraint scim_user_pkey primary key (id),
  constraint scim_user__name_is_taken unique (connection_id, user_name_key),
  constraint scim_user__person_is_provisioned_once unique (connection_id, user_id),
  constraint scim_user__reason_is_known check (held_up_by = any (array['last_owner', 'unreachable', 'closed'])),
  constraint scim_user_connection_id_fkey foreign key (connection_id) references identity.sso_connection(id) on delete
    cascade,
  constraint scim_user_user_id_fkey foreign key (user_id) references identity."user"(id)
);
create index scim_user__due on tenancy.scim_user (connection_id) where ((wanted <> settled) or (held_up_by is not
  null));
create index scim_user__external on tenancy.scim_user (connection_id, external_id);
grant select, insert, update, delete on tenancy.scim_user to {role};
