-- What the role that serves requests may do in an organisation's database. {role} is replaced by its quoted name.
-- Applied after every migration; log, ledger, prices and policy versions are append-only.
-- One name a line, so that modules can be added side by side.
grant usage on schema
  kernel,
  keys,
  http,
  mail,
  tenancy,
  models,
  policy,
  ledger,
  files,
  apps,
  execution,
  supervision,
  insight,
  invocation,
  audit
  to {role};
grant select, insert, update, delete on all tables in schema
  kernel,
  keys,
  http,
  mail,
  tenancy,
  models,
  policy,
  ledger,
  files,
  apps,
  execution,
  supervision,
  insight
  to {role};
-- By name, not by schema: a partition of the log is a table of its own, and a right on it would reach its rows.
revoke all on all tables in schema audit from {role};
grant select, insert on audit.entry, audit.request to {role};
revoke execute on all functions in schema kernel, tenancy, ledger, apps, execution, invocation, audit from public;
grant execute on all functions in schema kernel, tenancy, ledger, apps, execution, invocation, audit to {role};
revoke update, delete, truncate
  on ledger.transfer, ledger.quota_top_up, policy.document, models.price from {role};
revoke update, delete, truncate on apps.review, apps.oath, apps.contract from {role};
revoke insert, delete on apps.catalog from {role};
revoke update, delete, truncate on supervision.decision, supervision.receipt, execution.past_draft from {role};
revoke delete, truncate on execution.run from {role};
revoke delete, truncate on ledger.gate, ledger.counter, execution.execution, tenancy.member from {role};
revoke insert, update, delete on kernel.migration from {role};
