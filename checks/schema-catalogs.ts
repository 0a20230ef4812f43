// What the schema dump asks PostgreSQL's catalogs. Everything of one database but what PostgreSQL itself brings along.

import type pg from 'pg'

export type Named = {
  readonly schema: string
  /** Quoted where needed, and qualified where the kind of object has a schema. */
  readonly name: string
  /** Who owns it, unless it is the one who dumps. */
  readonly owner: string | null
  /** What others than the owner may do: `select, insert` → `{role}`. */
  readonly grants: readonly { readonly rights: string; readonly grantees: string }[]
}

export type ColumnRow = {
  readonly name: string
  readonly type: string
  readonly is_required: boolean
  /** The expression of its default, or what it is generated from. */
  readonly value: string | null
  readonly generated: string | null
  readonly collation: string | null
  readonly storage: string | null
  readonly compression: string | null
}

/** An enum has labels, a composite type columns. */
export type TypeRow = Named & { readonly labels: readonly string[] | null; readonly columns: readonly ColumnRow[] }

export type RelationRow = Named & {
  readonly columns: readonly ColumnRow[]
  readonly constraints: readonly { readonly name: string; readonly definition: string }[]
  /** Without those that belong to a constraint. */
  readonly indexes: readonly string[]
  readonly triggers: readonly string[]
  /** `disable trigger x`: what is unusual about one of them. */
  readonly trigger_states: readonly string[]
  readonly options: readonly string[] | null
  readonly partition_key: string | null
  readonly partition_of: string | null
  readonly bound: string | null
}

export type FunctionRow = Named & { readonly definition: string; readonly body: string }

export type Catalogs = {
  readonly schemas: readonly Named[]
  readonly types: readonly TypeRow[]
  readonly relations: readonly RelationRow[]
  readonly functions: readonly FunctionRow[]
  /** What none of the above tells. */
  readonly untold: readonly string[]
}

/** Reads it all. `role` is called `{role}`. Objects are ordered by name, columns as they were added. */
export async function readCatalogs(client: pg.Client, role: string): Promise<Catalogs> {
  for (const setting of SETTINGS) await client.query(`set ${setting}`)
  const read = async <Row extends pg.QueryResultRow>(sql: string): Promise<readonly Row[]> =>
    (await client.query<Row>(sql, [role])).rows
  return {
    schemas: await read<Named>(SCHEMAS),
    types: await read<TypeRow>(TYPES),
    relations: await read<RelationRow>(RELATIONS),
    functions: await read<FunctionRow>(FUNCTIONS),
    untold: (await client.query<{ what: string }>(UNTOLD)).rows.map((row) => row.what),
  }
}

/** With no search path every name is qualified; the others decide how constants are written. */
const SETTINGS = [
  "search_path = ''",
  "timezone = 'UTC'",
  "datestyle = 'ISO, YMD'",
  "intervalstyle = 'iso_8601'",
  "bytea_output = 'hex'",
  'extra_float_digits = 1',
  'quote_all_identifiers = off',
]

/** Object ids below are PostgreSQL's own. */
const OURS = '16384'

const RANK = `array_position(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN'], privilege)`

const roleName = (oid: string): string => `
  (select case when r.rolname = $1 then '{role}' else quote_ident(r.rolname) end from pg_roles r where r.oid = ${oid})`

const ownerOf = (oid: string): string => `case when pg_get_userbyid(${oid}) <> current_user then ${roleName(oid)} end`

/** The rights on one object as rows of Named.grants. Those on columns name their column. */
const grantsOf = (acl: string, owner: string, columns = ''): string => `
  coalesce((
    select json_agg(json_build_object('rights', rights, 'grantees', grantees || option) order by rights, option) from (
      select rights, option, string_agg(grantee, ', ' order by grantee collate "C" desc) as grantees from (
        select case when x.grantee = 0 then 'public' else ${roleName('x.grantee')} end as grantee,
          case when x.is_grantable then ' with grant option' else '' end as option,
          string_agg(lower(privilege) || coalesce(' (' || quote_ident(attname) || ')', ''), ', '
            order by attname nulls first, ${RANK}, privilege) as rights
        from (
          select null::name as attname, e.grantee, e.privilege_type as privilege, e.is_grantable
          from aclexplode(${acl}) e
          ${columns}
        ) x
        where x.grantee <> ${owner}
        group by 1, 2
      ) by_grantee group by rights, option
    ) by_rights
  ), '[]')`

const columnsOf = (relation: string): string => `
  coalesce((
    select json_agg(json_build_object(
        'name', quote_ident(att.attname),
        'type', format_type(att.atttypid, att.atttypmod),
        'is_required', att.attnotnull,
        'value', pg_get_expr(def.adbin, def.adrelid, true),
        'generated', case att.attgenerated when 's' then 'stored' when 'v' then 'virtual' end,
        'collation', case when att.attcollation <> typ.typcollation then quote_ident(coll.collname) end,
        'storage', case when att.attstorage <> typ.typstorage then
          case att.attstorage when 'p' then 'plain' when 'e' then 'external' when 'x' then 'extended' else 'main' end end,
        'compression', case att.attcompression when 'p' then 'pglz' when 'l' then 'lz4' end
      ) order by att.attnum)
    from pg_attribute att
    join pg_type typ on typ.oid = att.atttypid
    left join pg_collation coll on coll.oid = att.attcollation
    left join pg_attrdef def on def.adrelid = att.attrelid and def.adnum = att.attnum
    where att.attrelid = ${relation} and att.attnum > 0 and not att.attisdropped
  ), '[]')`

const SCHEMAS = `
  select nspname as schema, quote_ident(nspname) as name, ${ownerOf('nspowner')} as owner,
    ${grantsOf('nspacl', 'nspowner')} as grants
  from pg_namespace where oid >= ${OURS} and nspname !~ '^pg_' order by nspname collate "C"`

const TYPES = `
  select n.nspname as schema, t.oid::regtype::text as name, ${ownerOf('t.typowner')} as owner,
    '[]'::json as grants,
    case when t.typtype = 'e' then
      array(select quote_literal(e.enumlabel) from pg_enum e where e.enumtypid = t.oid order by e.enumsortorder) end as labels,
    ${columnsOf('t.typrelid')} as columns
  from pg_type t join pg_namespace n on n.oid = t.typnamespace left join pg_class c on c.oid = t.typrelid
  where t.oid >= ${OURS} and (t.typtype = 'e' or c.relkind = 'c')
  order by n.nspname collate "C", t.typname collate "C"`

const RELATIONS = `
  select n.nspname as schema, c.oid::regclass::text as name, ${ownerOf('c.relowner')} as owner,
    ${grantsOf(
      'c.relacl',
      'c.relowner',
      `union all select a.attname, e.grantee, e.privilege_type, e.is_grantable
       from pg_attribute a cross join aclexplode(a.attacl) e where a.attrelid = c.oid`,
    )} as grants,
    ${columnsOf('c.oid')} as columns,
    -- That a column is not null is told with it; from version 18 on it is a constraint, too.
    coalesce((
      select json_agg(json_build_object('name', quote_ident(k.conname), 'definition', pg_get_constraintdef(k.oid, true))
        order by array_position(array['p', 'u', 'x', 'c', 'f'], k.contype::text), k.conname collate "C")
      from pg_constraint k
      where k.conrelid = c.oid and k.conparentid = 0 and k.conislocal and k.contype not in ('n', 't')
    ), '[]') as constraints,
    array(
      select pg_get_indexdef(i.indexrelid) from pg_index i join pg_class ic on ic.oid = i.indexrelid
      where i.indrelid = c.oid and not ic.relispartition
        and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.conrelid = c.oid)
      order by ic.relname collate "C"
    ) as indexes,
    array(
      select pg_get_triggerdef(g.oid, true) from pg_trigger g
      where g.tgrelid = c.oid and not g.tgisinternal and g.tgparentid = 0 order by g.tgname collate "C"
    ) as triggers,
    array(
      select format('%s trigger %I', case g.tgenabled when 'D' then 'disable' when 'R' then 'enable replica' else
        'enable always' end, g.tgname)
      from pg_trigger g where g.tgrelid = c.oid and not g.tgisinternal and g.tgenabled <> 'O' order by g.tgname collate "C"
    ) as trigger_states,
    c.reloptions as options,
    pg_get_partkeydef(c.oid) as partition_key,
    (select i.inhparent::regclass::text from pg_inherits i where i.inhrelid = c.oid) as partition_of,
    pg_get_expr(c.relpartbound, c.oid, true) as bound
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.oid >= ${OURS} and c.relkind in ('r', 'p') and n.nspname !~ '^pg_'
  order by n.nspname collate "C", c.relname collate "C"`

const FUNCTIONS = `
  select n.nspname as schema, p.pronamespace::regnamespace || '.' || quote_ident(p.proname) as name,
    ${ownerOf('p.proowner')} as owner,
    ${grantsOf(`coalesce(p.proacl, acldefault('f', p.proowner))`, 'p.proowner')} as grants,
    pg_get_functiondef(p.oid) as definition, p.prosrc as body
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where p.oid >= ${OURS} and p.prokind in ('f', 'p')
  order by n.nspname collate "C", p.proname collate "C", pg_get_function_identity_arguments(p.oid) collate "C"`

/** Catalogs of things that the dump has no words for. */
const UNTOLD_CATALOGS = `
  pg_policy pg_rewrite pg_event_trigger pg_extension pg_publication pg_statistic_ext pg_collation pg_cast pg_operator
  pg_opclass pg_opfamily pg_am pg_conversion pg_transform pg_default_acl pg_language pg_foreign_data_wrapper
  pg_foreign_server pg_user_mapping pg_ts_config pg_ts_dict pg_ts_parser pg_ts_template`

/** Catalogs that hold such things among others, and what tells them. */
const UNTOLD_KINDS: readonly (readonly [catalog: string, condition: string])[] = [
  ...UNTOLD_CATALOGS.trim()
    .split(/\s+/)
    .map((catalog) => [catalog, 'true'] as const),
  ['pg_class', `relkind in ('S', 'v', 'm', 'f') or relnamespace = to_regnamespace('public')`],
  ['pg_class', `relpersistence <> 'p' or relrowsecurity or relreplident not in ('d', 'n') or reltablespace <> 0`],
  ['pg_class', `relkind in ('r', 'm') and relam <> (select a.oid from pg_am a where amname = 'heap')`],
  ['pg_class', `relkind = 'r' and not relispartition and exists (select from pg_inherits where inhrelid = o.oid)`],
  ['pg_class', `relkind = 't' and reloptions is not null`],
  ['pg_class', `reloptions is not null and exists (select from pg_constraint where conindid = o.oid)`],
  ['pg_class', `reloftype <> 0 or exists (select from pg_index where indexrelid = o.oid and not indisvalid)`],
  [
    'pg_class',
    `exists (select from pg_attribute where attrelid = o.oid and (attoptions is not null or attstattarget >= 0))`,
  ],
  ['pg_type', `typacl is not null or typtype in ('d', 'r', 'm', 'p') or typnamespace = to_regnamespace('public')`],
  ['pg_proc', `prokind not in ('f', 'p') or prosqlbody is not null or pronamespace = to_regnamespace('public')`],
  ['pg_constraint', `contype = 'n' and not convalidated`],
]

const UNTOLD = `
  select distinct format('%s %s', i.type, i.identity) as what
  from (
    ${UNTOLD_KINDS.map(
      ([catalog, condition]) =>
        `select '${catalog}'::regclass as class, o.oid from ${catalog} o where o.oid >= ${OURS} and (${condition})`,
    ).join('\nunion all ')}
  ) object cross join pg_identify_object(class, oid, 0) i
  union
  select format('comment on %s %s', i.type, i.identity)
  from pg_description d cross join pg_identify_object(d.classoid, d.objoid, d.objsubid) i where d.objoid >= ${OURS}
  order by 1`
