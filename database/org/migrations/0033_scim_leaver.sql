-- Whom a connection has removed itself, and may bring back; whom a person removed only a person lets in again.
create table tenancy.scim_leaver (
  member_id     uuid not null references tenancy.member,
  connection_id uuid not null,
  primary key (member_id, connection_id)
);
