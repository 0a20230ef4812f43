-- Why a version of the policy was put in force, in its author's words. Versions from before are silent.

alter table policy.document add column reason text,
  add constraint document__reason_says_something check (reason <> '');
