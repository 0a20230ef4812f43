-- What people make of what there is to see: views of lists that they keep, and what they say of the runs they asked for.

create schema insight;

-- The filters of a list under a name. A shared one is seen by everybody who may open the list, and changed by its maker.
create table insight.saved_view (
  id         uuid primary key,
  member_id  uuid not null references tenancy.member,
  -- The list it is of, by a word of the program.
  screen     text not null collate "C",
  name       text not null,
  -- The filters as the address of the screen names them.
  search     jsonb not null,
  is_shared  boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint saved_view__name_is_taken unique (member_id, screen, name),
  constraint saved_view__search_is_an_object check (jsonb_typeof(search) = 'object')
);
create index saved_view__shared on insight.saved_view (screen) where is_shared;

-- What the requester of a run says of its result: words of closed lists, so that nothing of the result is repeated here.
create table insight.run_feedback (
  execution_id uuid primary key references execution.run,
  member_id    uuid not null references tenancy.member,
  is_helpful   boolean not null,
  fault        text,
  given_at     timestamptz not null default now(),
  constraint run_feedback__fault_is_known check (fault in ('wrong', 'incomplete', 'unclear', 'slow', 'other')),
  constraint run_feedback__praise_names_no_fault check (not is_helpful or fault is null)
);
