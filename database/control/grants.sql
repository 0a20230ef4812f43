-- What the role that serves requests may do in the control database. {role} is replaced by its quoted name.
-- Applied after every migration; the log is append-only.
grant usage on schema kernel, keys, http, mail, identity, tenancy, models, policy, apps, platform, audit to {role};
grant select, insert, update, delete on all tables in schema kernel, keys, http, mail, identity, tenancy, models, policy, apps, platform to {role};
-- By name, not by schema: a partition of the log is a table of its own, and a right on it would reach its rows.
revoke all on all tables in schema audit from {role};
grant select, insert on audit.entry, audit.request to {role};
grant select, insert, update on audit.failed_authentication to {role};
revoke execute on all functions in schema kernel, identity, tenancy, apps, audit from public;
grant execute on all functions in schema kernel, identity, tenancy, apps, audit to {role};
revoke update, delete, truncate on policy.document, models.price, apps.review, apps.oath from {role};
revoke insert, update, delete on kernel.migration from {role};
