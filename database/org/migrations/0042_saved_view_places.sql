-- Views that are shared with one role alone, and views that a member has pinned to the sidebar.

-- A base role or a designation; null for everybody who may open the list.
alter table insight.saved_view add column shared_with text collate "C",
  add constraint saved_view__only_shared_has_a_role check (is_shared or shared_with is null);

create table insight.pinned_view (
  member_id uuid not null references tenancy.member,
  view_id   uuid not null references insight.saved_view on delete cascade,
  pinned_at timestamptz not null default now(),
  primary key (member_id, view_id)
);
create index pinned_view__view on insight.pinned_view (view_id);
