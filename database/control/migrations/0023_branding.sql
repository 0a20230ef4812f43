-- Pictures of the deployment: its logos and its icon. Which of them is in use stands in the settings, by its hash; the hash is
-- its address, so a picture never changes under its name and whoever has it asks no more.
create table identity.picture (
  sha256     bytea primary key,
  media_type text not null collate "C",
  width      integer not null,
  height     integer not null,
  bytes      bytea not null,
  -- When it came or was last taken in or out of use: what is in no use is kept a while, so that a change can be undone.
  touched_at timestamptz not null default now(),
  constraint picture__media_type_is_known check (media_type in ('image/png', 'image/jpeg', 'image/x-icon')),
  constraint picture__is_small check (octet_length(bytes) <= 2097152)
);
