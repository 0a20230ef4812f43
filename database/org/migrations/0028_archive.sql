-- Runs that ended long ago are archived: still read, no longer among those that are listed unless they are asked for.

alter table execution.execution
  -- Beside the state that it ended in, which money and reports go by.
  add column archived_at timestamptz,
  add constraint execution__only_ended_runs_are_archived
    check (archived_at is null or is_run and settled_at is not null);
-- The list of runs is read without the archive; the oldest end is found at once.
create index execution__unarchived_run on execution.execution (id) where is_run and archived_at is null;
create index execution__ended_run on execution.execution (settled_at)
  where is_run and archived_at is null and settled_at is not null;
