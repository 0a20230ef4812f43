-- The second factors of people, and how sessions are judged by them.

alter table identity.user
  -- Which kinds of factor the person has now; kept by the triggers below.
  add column factors text[] not null default '{}',
  add constraint user__factors_are_known check (factors <@ array['totp', 'passkey']);

alter table identity.session
  -- The longest time, since the person last proved who they are, in which the session was not used: an organisation with
  -- a shorter time-out than the platform's refuses the session for which it would have run out.
  add column longest_gap_s integer not null default 0;

-- An authenticator app (RFC 6238). The secret is encrypted by the platform's key for factors.
create table identity.totp (
  user_id      uuid primary key references identity.user,
  secret       bytea not null,
  -- Null until a first code has proved that the app has it.
  confirmed_at timestamptz,
  -- The latest time step of which a code was accepted: each is accepted once.
  last_step    bigint not null default 0,
  created_at   timestamptz not null default now()
);

-- A WebAuthn credential: a factor, or the whole sign-in.
create table identity.passkey (
  id            uuid primary key,
  user_id       uuid not null references identity.user,
  name          text not null,
  credential_id text not null collate "C",
  public_key    bytea not null,
  counter       bigint not null default 0,
  transports    text[] not null default '{}',
  is_backed_up  boolean not null default false,
  created_at    timestamptz not null default now(),
  last_used_at  timestamptz,
  constraint passkey__credential_is_unique unique (credential_id)
);
create index passkey__user on identity.passkey (user_id);

-- For whoever has lost the other factors: 128 random bits each, so a fast hash is enough; each is good once.
create table identity.recovery_code (
  user_id   uuid not null references identity.user,
  code_hash bytea not null,
  used_at   timestamptz,
  primary key (user_id, code_hash)
);

create function identity.note_factors() returns trigger language plpgsql set search_path = pg_catalog as $$
declare
  person constant uuid := (case tg_op when 'DELETE' then old else new end).user_id;
begin
  update identity.user u set factors = array_remove(array[
      case when exists (select from identity.totp t where t.user_id = person and t.confirmed_at is not null) then 'totp' end,
      case when exists (select from identity.passkey p where p.user_id = person) then 'passkey' end], null)
    where u.id = person;
  return null;
end $$;
create trigger note_factors after insert or delete or update of confirmed_at on identity.totp
  for each row execute function identity.note_factors();
create trigger note_factors after insert or delete on identity.passkey
  for each row execute function identity.note_factors();

-- Between the password and the second factor. Worth nothing once the password has changed.
create table identity.sign_in_ticket (
  ticket_hash          bytea primary key,
  user_id              uuid not null references identity.user,
  password_fingerprint bytea not null,
  expires_at           timestamptz not null
);
create index sign_in_ticket__expiry on identity.sign_in_ticket (expires_at);

-- What an authenticator has to sign: made for one act, deleted with its first use.
create table identity.passkey_challenge (
  challenge_hash bytea primary key,
  purpose        text not null,
  user_id        uuid references identity.user,
  expires_at     timestamptz not null,
  constraint passkey_challenge__purpose_is_known check (purpose in ('enrol', 'sign_in', 'second_step', 'step_up'))
);
create index passkey_challenge__expiry on identity.passkey_challenge (expires_at);

-- Where the platform demands a reason, a super-admin opens an organisation for a while; its owners read of it in their log.
create table tenancy.content_access (
  id              uuid primary key,
  user_id         uuid not null references identity.user,
  organisation_id uuid not null references tenancy.organisation,
  reason          text not null,
  opened_at       timestamptz not null default now(),
  expires_at      timestamptz not null,
  closed_at       timestamptz,
  constraint content_access__is_short check (expires_at <= opened_at + interval '60 minutes')
);
create index content_access__organisation on tenancy.content_access (organisation_id, id);
create index content_access__user on tenancy.content_access (user_id, organisation_id);
