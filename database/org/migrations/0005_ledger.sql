-- Money and tokens. Amounts are integer micro-units of the deployment's currency; tokens are integers; windows are UTC.

--
-- In the tables that every call writes, words are enums and checks are few: PostgreSQL reads the text of a check anew
-- in each statement that writes the table (a quarter of a lone call's cost, when all words were checks).

create schema ledger;

create type ledger.billing_mode as enum ('metered', 'wallet');
create type ledger.scope_kind as enum ('organisation', 'team', 'project', 'use_case', 'user');
create type ledger.account as enum ('funding', 'wallet', 'receivable', 'usage', 'expired');
create type ledger.transfer_kind as enum ('top_up', 'charge', 'late_charge', 'lot_expired', 'adjustment');

-- The gate: the one row that every transaction touching a budget, a hold or an execution's state locks first
-- (ledger.lock_gate). It carries the wallet and the version of everything that grants or denies.
create table ledger.gate (
  id                      smallint primary key default 1,
  access_version          bigint not null default 1,
  access_version_xid      xid8 not null default '0',
  -- The latest moment a transaction acted at: time never runs backwards in an organisation.
  clock                   timestamptz not null default '-infinity',
  billing_mode            ledger.billing_mode not null default 'metered',
  balance_micros          bigint not null default 0,
  held_micros             bigint not null default 0,
  -- Charged since the lots were last drawn down; draw_lots() spreads it over the oldest lots.
  undrawn_micros          bigint not null default 0,
  next_lot_expires_at     timestamptz not null default 'infinity',
  -- When the youngest expired lot expired that open holds still pin: it expires as holds admitted before are decided.
  lots_pinned_until       timestamptz not null default '-infinity',
  constraint gate__is_one_row check (id = 1),
  constraint gate__held_within_balance check (held_micros >= 0 and held_micros <= balance_micros),
  constraint gate__undrawn_not_negative check (undrawn_micros >= 0)
) with (fillfactor = 10);
insert into ledger.gate default values;

-- What each scope has spent and used, open holds included: the organisation (under the nil id), each team, project, use
-- case and member ("user"). Made with the scope; a missing row refuses. The windows are those of the UTC day as_of; the
-- first call of a later day resets in place the ones that have ended (ledger.roll_windows).
create table ledger.counter (
  id                      uuid primary key,
  kind                    ledger.scope_kind not null,
  as_of                   date not null default '0001-01-01',
  spent_day_micros        bigint not null default 0,
  spent_week_micros       bigint not null default 0,
  spent_month_micros      bigint not null default 0,
  spent_total_micros      bigint not null default 0,
  limit_day_micros        bigint,
  limit_week_micros       bigint,
  limit_month_micros      bigint,
  limit_total_micros      bigint,
  used_day_tokens         bigint not null default 0,
  used_week_tokens        bigint not null default 0,
  used_month_tokens       bigint not null default 0,
  used_total_tokens       bigint not null default 0,
  limit_day_tokens        bigint,
  limit_week_tokens       bigint,
  limit_month_tokens      bigint,
  limit_total_tokens      bigint,
  topup_day_tokens        bigint not null default 0,
  topup_week_tokens       bigint not null default 0,
  topup_month_tokens      bigint not null default 0
) with (fillfactor = 40);
insert into ledger.counter (id, kind) values ('00000000-0000-0000-0000-000000000000', 'organisation');

-- What a scope had spent in a window when it ended: a call of that window may still be settled late, and must not
-- exceed a limit of it. Rows of windows that began more than 62 days ago are deleted as new ones are written.
create table ledger.closed_window (
  starts_on    date not null,
  period       text not null,
  counter_id   uuid not null,
  spent_micros bigint not null,
  primary key (starts_on, period, counter_id),
  constraint closed_window__period_is_known check (period in ('day', 'week', 'month'))
);

-- What administrators set: spend limits (micros) and token quotas (tokens). scope_id null means the default of that
-- kind, or the organisation itself. The limit_* columns above are derived from these rows in the same transaction
-- (ledger.refresh_limits).
create table ledger.budget (
  id         uuid primary key,
  unit       text not null,
  scope_kind ledger.scope_kind not null,
  scope_id   uuid,
  period     text not null,
  amount     bigint not null,
  updated_by uuid not null,
  updated_at timestamptz not null default now(),
  constraint budget__one_per_scope_and_period unique nulls not distinct (unit, scope_kind, scope_id, period),
  constraint budget__unit_is_known check (unit in ('micros', 'tokens')),
  constraint budget__period_is_known check (period in ('day', 'week', 'month', 'total')),
  constraint budget__amount_not_negative check (amount >= 0),
  constraint budget__organisation_has_no_id check (scope_kind <> 'organisation' or scope_id is null),
  constraint budget__unit_fits_scope check (case unit
    when 'micros' then scope_kind in ('organisation', 'team', 'user')
    else scope_kind in ('organisation', 'project', 'use_case', 'user') end)
);

-- A token top-up lasts until its window ends.
create table ledger.quota_top_up (
  id            uuid primary key,
  scope_kind    ledger.scope_kind not null,
  scope_id      uuid,
  period        text not null,
  window_starts_on date not null,
  amount_tokens bigint not null,
  reason        text not null,
  granted_by    uuid not null,
  granted_at    timestamptz not null default now(),
  constraint quota_top_up__scope_has_a_quota check (scope_kind <> 'team'),
  constraint quota_top_up__organisation_has_no_id check ((scope_kind = 'organisation') = (scope_id is null)),
  constraint quota_top_up__period_is_known check (period in ('day', 'week', 'month')),
  constraint quota_top_up__amount_is_positive check (amount_tokens > 0)
);

-- Append-only double entry: each row debits one account and credits another. The wallet's balance is what was credited
-- to it less what was debited. A charge bears the id of its execution, so none is ever charged twice.
create table ledger.transfer (
  id             uuid primary key,
  kind           ledger.transfer_kind not null,
  debit_account  ledger.account not null,
  credit_account ledger.account not null,
  amount_micros  bigint not null,
  execution_id   uuid,
  -- The lot that expired.
  lot_id         uuid,
  reason         text,
  posted_by      uuid,
  posted_at      timestamptz not null,
  constraint transfer__accounts_differ check (debit_account <> credit_account),
  constraint transfer__amount_is_positive check (amount_micros > 0),
  constraint transfer__charge_bears_the_id_of_its_execution check (execution_id = id)
);
create index transfer__posted_at on ledger.transfer using brin (posted_at);

-- Each credit to the wallet is a lot with its own expiry; the lot that expires first is drawn first.
create table ledger.lot (
  id             uuid primary key references ledger.transfer,
  amount_micros  bigint not null,
  drawn_micros   bigint not null default 0,
  expired_micros bigint not null default 0,
  expires_at     timestamptz not null,
  constraint lot__within_amount
    check (drawn_micros >= 0 and expired_micros >= 0 and drawn_micros + expired_micros <= amount_micros)
);
create index lot__open on ledger.lot (expires_at, id) where drawn_micros + expired_micros < amount_micros;

-- A scope gets its counter, with the limits that hold for it, at the end of the transaction that makes it: the limits
-- under the gate, so that no default set meanwhile is missed, and last, so that it waits for nothing while holding it.
create function ledger.open_counter() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  insert into ledger.counter (id, kind) values (new.id, tg_argv[0]::ledger.scope_kind) on conflict (id) do nothing;
  perform ledger.refresh_limits(tg_argv[0]::ledger.scope_kind, new.id);
  return null;
end $$;
create constraint trigger open_counter after insert on tenancy.team
  deferrable initially deferred for each row execute function ledger.open_counter('team');
create constraint trigger open_counter after insert on tenancy.project
  deferrable initially deferred for each row execute function ledger.open_counter('project');
create constraint trigger open_counter after insert on tenancy.use_case
  deferrable initially deferred for each row execute function ledger.open_counter('use_case');
create constraint trigger open_counter after insert on tenancy.member
  deferrable initially deferred for each row execute function ledger.open_counter('user');

-- Raises access_version once per transaction, at its end: the gate is then the last lock it takes, so it cannot
-- deadlock with a call that locks the gate first.
create function ledger.raise_access_version() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  update ledger.gate set access_version = access_version + 1, access_version_xid = pg_current_xact_id()
    where access_version_xid is distinct from pg_current_xact_id();
  return null;
end $$;
create constraint trigger raise_access_version after insert or delete or update of
    user_id, base_role, designations, grants, denies, surface, primary_team_id, status on tenancy.member
  deferrable initially deferred for each row execute function ledger.raise_access_version();
create constraint trigger raise_access_version after insert or delete or update on tenancy.project_member
  deferrable initially deferred for each row execute function ledger.raise_access_version();
create constraint trigger raise_access_version after insert or delete or update on tenancy.project
  deferrable initially deferred for each row execute function ledger.raise_access_version();
create constraint trigger raise_access_version after insert or delete or update on tenancy.use_case
  deferrable initially deferred for each row execute function ledger.raise_access_version();
create constraint trigger raise_access_version after insert or delete or update of
    member_id, project_id, use_case_id, scopes, secret_hash, expires_at, revoked_at on tenancy.api_key
  deferrable initially deferred for each row execute function ledger.raise_access_version();
create constraint trigger raise_access_version after insert or delete or update on models.provider
  deferrable initially deferred for each row execute function ledger.raise_access_version();
create constraint trigger raise_access_version after insert or delete or update on models.model
  deferrable initially deferred for each row execute function ledger.raise_access_version();
create constraint trigger raise_access_version after insert or delete or update on models.price
  deferrable initially deferred for each row execute function ledger.raise_access_version();
create constraint trigger raise_access_version after insert or delete or update on models.assignment
  deferrable initially deferred for each row execute function ledger.raise_access_version();
create constraint trigger raise_access_version after insert or delete or update on policy.document
  deferrable initially deferred for each row execute function ledger.raise_access_version();
create constraint trigger raise_access_version after insert or delete or update on ledger.budget
  deferrable initially deferred for each row execute function ledger.raise_access_version();
