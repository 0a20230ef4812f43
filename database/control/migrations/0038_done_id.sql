-- An answer that is too large to be kept still tells a repetition of what it was: the id of what was done.

alter table http.idempotency add column done_id text collate "C";
