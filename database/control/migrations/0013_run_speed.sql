-- Where the runs of a public app that was suspended have still to be ended: written with the suspension, for every
-- organisation, and gone when the runs are.
create table apps.blocked_app (
  app_id          uuid not null references apps.app,
  organisation_id uuid not null,
  blocked_at      timestamptz not null default now(),
  primary key (app_id, organisation_id)
);
