-- Money and tokens. Amounts are integer micro-units of the deployment's currency; tokens are integers; windows are UTC.

create schema ledger;

-- The gate: the one row that every transaction touching a budget, a hold or an execution's state locks first. It carries
-- the wallet, the organisation's own counters, and the version of everything that grants or denies. A window counts only
-- while as_of lies in it, so nothing has to be reset at midnight.
create table ledger.gate (
  id                      smallint primary key default 1,
  access_version          bigint not null default 1,
  access_version_xid      xid8 not null default '0',
  clock                   timestamptz not null default '-infinity',
  billing_mode            text not null default 'metered',
  balance_micros          bigint not null default 0,
  held_micros             bigint not null default 0,
  -- Charged since the lots were last drawn down; draw_lots() spreads it over the oldest lots.
  undrawn_micros          bigint not null default 0,
  next_lot_expires_at     timestamptz not null default 'infinity',
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
  topup_month_tokens      bigint not null default 0,
  constraint gate__is_one_row check (id = 1),
  constraint gate__billing_mode_is_known check (billing_mode in ('metered', 'wallet')),
  constraint gate__held_within_balance check (held_micros >= 0 and held_micros <= balance_micros),
  constraint gate__undrawn_not_negative check (undrawn_micros >= 0)
) with (fillfactor = 10);
insert into ledger.gate default values;

-- The same counters for each team, project, use case and member ("user"), made with the scope. A missing row refuses.
create table ledger.counter (
  id                      uuid primary key,
  kind                    text not null,
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
  topup_month_tokens      bigint not null default 0,
  constraint counter__kind_is_known check (kind in ('team', 'project', 'use_case', 'user'))
) with (fillfactor = 40);

-- What administrators set: spend limits (micros) and token quotas (tokens). scope_id null means the default of that kind,
-- or the organisation itself. The limit_* columns above are derived from these rows in the same transaction.
create table ledger.budget (
  id         uuid primary key,
  unit       text not null,
  scope_kind text not null,
  scope_id   uuid,
  period     text not null,
  amount     bigint not null,
  updated_by uuid not null,
  updated_at timestamptz not null default now(),
  constraint budget__one_per_scope_and_period unique nulls not distinct (unit, scope_kind, scope_id, period),
  constraint budget__unit_is_known check (unit in ('micros', 'tokens')),
  constraint budget__scope_is_known check (scope_kind in ('organisation', 'team', 'project', 'use_case', 'user')),
  constraint budget__period_is_known check (period in ('day', 'week', 'month', 'total')),
  constraint budget__amount_not_negative check (amount >= 0),
  constraint budget__organisation_has_no_id check (scope_kind <> 'organisation' or scope_id is null)
);

-- A token top-up lasts until its window ends.
create table ledger.quota_top_up (
  id            uuid primary key,
  scope_kind    text not null,
  scope_id      uuid,
  period        text not null,
  window_starts_on date not null,
  amount_tokens bigint not null,
  reason        text not null,
  granted_by    uuid not null,
  granted_at    timestamptz not null default now(),
  constraint quota_top_up__period_is_known check (period in ('day', 'week', 'month')),
  constraint quota_top_up__amount_is_positive check (amount_tokens > 0)
);

-- Append-only double entry: each row debits one account and credits another.
create table ledger.transfer (
  id             uuid primary key,
  kind           text not null,
  debit_account  text not null,
  credit_account text not null,
  amount_micros  bigint not null,
  execution_id   uuid,
  reason         text,
  posted_by      uuid,
  posted_at      timestamptz not null,
  constraint transfer__kind_is_known check (kind in ('top_up', 'charge', 'late_charge', 'lot_expired', 'adjustment')),
  constraint transfer__accounts_are_known
    check (array[debit_account, credit_account] <@ array['funding', 'wallet', 'receivable', 'usage', 'expired']),
  constraint transfer__accounts_differ check (debit_account <> credit_account),
  constraint transfer__amount_is_positive check (amount_micros > 0)
);
create index transfer__execution on ledger.transfer (execution_id) where execution_id is not null;

-- Each top-up of the wallet is a lot with its own expiry; the lot that expires first is drawn first.
create table ledger.lot (
  id            uuid primary key references ledger.transfer,
  amount_micros bigint not null,
  drawn_micros  bigint not null default 0,
  expired_micros bigint not null default 0,
  expires_at    timestamptz not null,
  constraint lot__within_amount
    check (drawn_micros >= 0 and expired_micros >= 0 and drawn_micros + expired_micros <= amount_micros)
);
create index lot__open on ledger.lot (expires_at, id) where drawn_micros + expired_micros < amount_micros;

-- A scope gets its counter, with the defaults of its kind, the moment it exists.
create function ledger.open_counter() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  insert into ledger.counter (id, kind, limit_day_micros, limit_week_micros, limit_month_micros, limit_total_micros,
      limit_day_tokens, limit_week_tokens, limit_month_tokens, limit_total_tokens)
    select new.id, tg_argv[0],
      max(b.amount) filter (where b.unit = 'micros' and b.period = 'day'),
      max(b.amount) filter (where b.unit = 'micros' and b.period = 'week'),
      max(b.amount) filter (where b.unit = 'micros' and b.period = 'month'),
      max(b.amount) filter (where b.unit = 'micros' and b.period = 'total'),
      max(b.amount) filter (where b.unit = 'tokens' and b.period = 'day'),
      max(b.amount) filter (where b.unit = 'tokens' and b.period = 'week'),
      max(b.amount) filter (where b.unit = 'tokens' and b.period = 'month'),
      max(b.amount) filter (where b.unit = 'tokens' and b.period = 'total')
    from ledger.budget b where b.scope_kind = tg_argv[0] and b.scope_id is null;
  return null;
end $$;
create trigger open_counter after insert on tenancy.team for each row execute function ledger.open_counter('team');
create trigger open_counter after insert on tenancy.project for each row execute function ledger.open_counter('project');
create trigger open_counter after insert on tenancy.use_case for each row execute function ledger.open_counter('use_case');
create trigger open_counter after insert on tenancy.member for each row execute function ledger.open_counter('user');

-- Raises access_version once per transaction, at its end: the gate is then the last lock it takes, so it cannot deadlock
-- with a call that locks the gate first.
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
