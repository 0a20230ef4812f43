-- A UUIDv7 (RFC 9562), for the few rows that are born inside the database: it sorts by time among those made in Node.
-- (uuidv7() itself exists from PostgreSQL 18 on; 17 is supported.)
create or replace function kernel.new_id() returns uuid
language sql volatile parallel safe set search_path = pg_catalog as $$
  select encode(
    set_byte(
      overlay(uuid_send(gen_random_uuid())
        placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6),
      6, 112 + floor(random() * 16)::integer),
    'hex')::uuid
$$;
