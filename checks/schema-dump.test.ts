import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { asAdmin } from '../server/src/kernel/placement.ts'
import { dumpSchema } from './schema-dump.ts'

const database = `test_dump_${randomBytes(6).toString('hex')}`
const ROLE = `${database}_role`

const TOUCH_FILE = {
  path: 'database/org/functions/touch.sql',
  sql: `-- Touches.
create or replace function shop.touch() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  return new;
end $$;`,
}

const BASE = `
  create schema shop;
  create type shop.colour as enum ('red', 'blue');
  create type shop.extent as (width integer, height integer);
  create table shop.item (
    id     uuid primary key,
    name   text not null default 'nameless',
    colour shop.colour default 'red',
    price  bigint,
    notes  text,
    constraint item__price_is_positive check (price > 0)
  );
  create index item__name on shop.item (name);
  create table shop.part (item_id uuid references shop.item);
  create table shop.event (at timestamptz not null, kind text) partition by range (at);
  create table shop.event_rest partition of shop.event default;
  create index event__at on shop.event (at);
  ${TOUCH_FILE.sql}
  create trigger touch before update on shop.item for each row execute function shop.touch();
  grant usage on schema shop to "${ROLE}";
  grant select, insert on shop.item to "${ROLE}";`

let client: pg.Client

beforeAll(async () => {
  const url = new URL(inject('admin_url'))
  await asAdmin(url.href, async (admin) => {
    await admin.query(`create role "${ROLE}"`)
    await admin.query(`create database ${database} template template0`)
  })
  url.pathname = `/${database}`
  client = new pg.Client({ connectionString: url.href })
  await client.connect()
  await client.query(BASE)
})

afterAll(async () => {
  await client.end()
  await asAdmin(inject('admin_url'), async (admin) => {
    await admin.query(`drop database ${database} with (force)`)
    await admin.query(`drop role "${ROLE}"`)
  })
})

const dump = (): Promise<string> => dumpSchema(client, { title: 'A shop.', role: ROLE, function_files: [TOUCH_FILE] })

/** The dump as it would be after these statements; nothing of them stays. */
async function dumpAfter(statements: string): Promise<string> {
  await client.query('begin')
  try {
    await client.query(statements)
    return await dump()
  } finally {
    await client.query('rollback')
  }
}

test('a table stands with its constraints, indexes, triggers and rights, in the words of the migrations', async () => {
  expect(await dump()).toContain(`
create table shop.item (
  id     uuid not null,
  name   text not null default 'nameless',
  colour shop.colour default 'red',
  price  bigint,
  notes  text,
  constraint item_pkey primary key (id),
  constraint item__price_is_positive check (price > 0)
);
create index item__name on shop.item (name);
create trigger touch before update on shop.item
  for each row execute function shop.touch();
grant select, insert on shop.item to {role};
`)
})

test('a function whose body stands in a file names the file, and says who may execute it', async () => {
  expect(await dump()).toContain(`
create function shop.touch() returns trigger
  language plpgsql set search_path to 'pg_catalog'
as $$…$$;  -- database/org/functions/touch.sql
grant execute on function shop.touch to public;
`)
})

const CHANGES: readonly (readonly [what: string, statements: string, line: string])[] = [
  ['a schema', 'create schema stock', 'create schema stock;'],
  ['a label of an enum', `alter type shop.colour add value 'green' before 'blue'`, `enum ('red', 'green', 'blue')`],
  ['an attribute', 'alter type shop.extent add attribute depth integer', '  depth  integer\n'],
  ['a column', 'alter table shop.item add weight numeric(9, 3)', '  weight numeric(9,3),'],
  ['the type of a column', 'alter table shop.item alter price type integer', '  price  integer,'],
  ['a default', `alter table shop.item alter notes set default ''`, `  notes  text default '',`],
  ['a default with a cast', 'alter table shop.item alter notes set default now()::text', 'default now()::text,'],
  [
    'a generated column',
    'alter table shop.item add double bigint generated always as (price * 2) stored',
    '  double bigint generated always as (price * 2) stored,',
  ],
  ['not null', 'alter table shop.item alter notes set not null', '  notes  text not null,'],
  ['a collation', 'alter table shop.item alter notes type text collate "C"', '  notes  text collate "C",'],
  [
    'how a column is stored',
    'alter table shop.item alter notes set storage external',
    '  notes  text storage external,',
  ],
  [
    'how a column is compressed',
    'alter table shop.item alter notes set compression pglz',
    '  notes  text compression pglz,',
  ],
  ['the order of columns', 'alter table shop.item drop notes, add notes2 text', '  notes2 text,'],
  [
    'a check',
    `alter table shop.item add constraint named check (name <> 'A B')`,
    `constraint named check (name <> 'A B')`,
  ],
  [
    'a check that old rows escape',
    'alter table shop.item add constraint short check (length(name) < 9) not valid',
    'check (length(name) < 9) not valid',
  ],
  [
    'a unique constraint',
    'alter table shop.item add unique nulls not distinct (price)',
    'item_price_key unique nulls not distinct (price)',
  ],
  [
    'a foreign key',
    'alter table shop.item add foreign key (id) references shop.item on delete cascade deferrable',
    'foreign key (id) references shop.item(id) on delete cascade deferrable',
  ],
  [
    'an index',
    `create unique index once on shop.item (lower(name) desc) where colour = 'red'`,
    `create unique index once on shop.item (lower(name) desc) where (colour = 'red'::shop.colour);`,
  ],
  [
    'a kind of index',
    'create index wide on shop.item using brin (price) with (pages_per_range = 8)',
    `using brin (price) with (pages_per_range='8');`,
  ],
  [
    'a trigger',
    'create trigger more after insert on shop.item execute function shop.touch()',
    'create trigger more after insert on shop.item\n  for each statement execute function shop.touch();',
  ],
  [
    'a trigger that is off',
    'alter table shop.item disable trigger touch',
    'alter table shop.item disable trigger touch;',
  ],
  ['a storage option', 'alter table shop.item set (fillfactor = 40)', ') with (fillfactor = 40);'],
  [
    'a partition',
    `create table shop.event_may partition of shop.event for values from ('2026-05-01 00:00+02') to ('2026-06-01Z')`,
    `create table shop.event_may partition of shop.event for values from ('2026-04-30 22:00:00+00') to ('2026-06-01 00:00:00+00');`,
  ],
  [
    'a partition that differs',
    `alter table shop.event_rest alter kind set default 'x'`,
    `partition of shop.event (\n  kind text default 'x'\n) default;`,
  ],
  [
    'an index of a partition alone',
    'create index rest on shop.event_rest (kind)',
    'create index rest on shop.event_rest (kind);',
  ],
  ['a right', `grant delete on shop.item to "${ROLE}"`, 'grant select, insert, delete on shop.item to {role};'],
  ['a right that is taken', `revoke insert on shop.item from "${ROLE}"`, 'grant select on shop.item to {role};'],
  [
    'a right on a column',
    `grant update (price, name) on shop.item to "${ROLE}"`,
    'grant select, insert, update (name), update (price) on shop.item to {role};',
  ],
  ['a right of everybody', 'grant select on shop.part to public', 'grant select on shop.part to public;'],
  [
    'a right that can be handed on',
    `grant select on shop.part to "${ROLE}" with grant option`,
    'grant select on shop.part to {role} with grant option;',
  ],
  ['a right on a schema', `grant create on schema shop to "${ROLE}"`, 'grant create, usage on schema shop to {role};'],
  [
    'a right on a function',
    'revoke execute on function shop.touch from public',
    '-- database/org/functions/touch.sql\n',
  ],
  ['an owner', `alter table shop.part owner to "${ROLE}"`, 'alter table shop.part owner to {role};'],
  [
    'the owner of a function',
    `alter function shop.touch owner to "${ROLE}"`,
    'alter function shop.touch owner to {role};',
  ],
  [
    'a function',
    `create function shop.twice(n bigint default 1) returns bigint language sql immutable strict as 'select n * 2 /* Twice */'`,
    `create function shop.twice(n bigint default 1) returns bigint\n  language sql immutable strict\nas $$select n * 2 /* Twice */$$;`,
  ],
  ['a procedure', `create procedure shop.act() language sql as ''`, 'grant execute on procedure shop.act to public;'],
  [
    'whose rights a function has',
    'alter function shop.touch security definer',
    `language plpgsql security definer set search_path to 'pg_catalog'`,
  ],
  ['a setting of a function', `alter function shop.touch set enable_seqscan = off`, `set enable_seqscan to 'off'`],
  [
    'a body that is not the file’s',
    TOUCH_FILE.sql.replace('return new', 'return old'),
    'as $$\nbegin\n  return old;\nend $$;',
  ],
]

test.each(CHANGES)('%s shows', async (_what, statements, line) => {
  const before = await dump()
  const after = await dumpAfter(statements)
  expect(after).not.toBe(before)
  expect(after).toContain(line)
})

test.each([
  ['a sequence', 'create sequence shop.number', 'sequence shop.number'],
  [
    'an identity column',
    'alter table shop.part add n integer generated always as identity',
    'sequence shop.part_n_seq',
  ],
  ['a view', 'create view shop.cheap as select from shop.item where price < 9', 'view shop.cheap'],
  ['a domain', 'create domain shop.amount as bigint check (value > 0)', 'type shop.amount'],
  [
    'an aggregate',
    'create aggregate shop.total(bigint) (sfunc = int8pl, stype = bigint)',
    'aggregate shop.total(bigint)',
  ],
  ['a policy', 'create policy mine on shop.item', 'policy mine on shop.item'],
  ['row security', 'alter table shop.item enable row level security', 'table shop.item'],
  ['an unlogged table', 'create unlogged table shop.draft ()', 'table shop.draft'],
  ['an inherited table', 'create table shop.child () inherits (shop.item)', 'table shop.child'],
  ['a table in public', 'create table public.stray ()', 'table public.stray'],
  ['a comment', `comment on column shop.item.price is 'in cents'`, 'comment on table column shop.item.price'],
  ['a default right', 'alter default privileges grant select on tables to public', 'default acl'],
  ['a right on a type', 'revoke usage on type shop.colour from public', 'type shop.colour'],
  ['statistics of a column', 'alter table shop.item alter price set statistics 500', 'table shop.item'],
  [
    'extended statistics',
    'create statistics shop.together on name, price from shop.item',
    'statistics object shop.together',
  ],
  ['an option of a key', 'alter index shop.item_pkey set (fillfactor = 50)', 'index shop.item_pkey'],
])('%s, for which there are no words, is refused', async (_what, statements, named) => {
  await expect(dumpAfter(statements)).rejects.toThrow(named)
})

test('the order in which things were made does not show', async () => {
  const tables = ['create table shop.b (x integer)', 'create table shop.a (x integer)', 'create schema early']
  const indexes = ['create index q on shop.item (price)', 'create index p on shop.item (price)']
  const one = await dumpAfter([...tables, ...indexes].join(';'))
  expect(await dumpAfter([...indexes.toReversed(), ...tables.toReversed()].join(';'))).toBe(one)
})

test('settings of the session do not show', async () => {
  const before = await dump()
  await client.query(
    `set search_path = shop; set timezone = 'Asia/Tokyo'; set datestyle = 'German'; set quote_all_identifiers = on`,
  )
  expect(await dump()).toBe(before)
})
