-- The platform's governance policy: every version is kept, the highest one is in force.

create schema policy;

create table policy.document (
  version    integer primary key,
  content    jsonb not null,
  created_by uuid,
  created_at timestamptz not null default now()
);

create constraint trigger raise_platform_version after insert or delete or update on policy.document
  deferrable initially deferred for each row execute function kernel.raise_platform_version();
create constraint trigger raise_platform_version after insert or delete or update on models.provider
  deferrable initially deferred for each row execute function kernel.raise_platform_version();
create constraint trigger raise_platform_version after insert or delete or update on models.model
  deferrable initially deferred for each row execute function kernel.raise_platform_version();
create constraint trigger raise_platform_version after insert or delete or update on models.price
  deferrable initially deferred for each row execute function kernel.raise_platform_version();
create constraint trigger raise_platform_version after insert or delete or update on models.assignment
  deferrable initially deferred for each row execute function kernel.raise_platform_version();
