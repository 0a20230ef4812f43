-- What the role that serves requests may do in the control database. {role} is replaced by its quoted name.
-- Applied after every migration; the log is append-only.
grant usage on schema kernel, http, identity, tenancy, models, policy, audit to {role};
grant select, insert, update, delete on all tables in schema kernel, http, identity, tenancy, models, policy, audit to {role};
grant execute on all functions in schema kernel, audit to {role};
revoke update, delete, truncate on audit.entry, audit.request, policy.document, models.price from {role};
revoke insert, update, delete on kernel.migration from {role};
