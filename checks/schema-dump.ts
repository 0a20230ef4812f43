// The schema of a database as SQL for readers, told from PostgreSQL's catalogs: the bundled PostgreSQL has no pg_dump, and
// a reviewer wants tables with their indexes, triggers and rights beside them rather than a script that restores.
//
// The text follows from the schema alone: ordered by name, the same on PostgreSQL 17 and 18. What it has no words for
// (views, sequences, policies, …) it refuses, so that nothing stays unseen; whoever needs one of these adds the words.

import type pg from 'pg'
import {
  type ColumnRow,
  type FunctionRow,
  type Named,
  readCatalogs,
  type RelationRow,
  type TypeRow,
} from './schema-catalogs.ts'
import { formatExpression, formatStatement, LINE } from './sql-text.ts'

export type DumpOptions = {
  /** What the first line says. */
  readonly title: string
  /** The role that serves requests; the text calls it {role}. */
  readonly role: string
  /** Files with functions: a body that one of them holds is named, any other is shown. */
  readonly function_files: readonly { readonly path: string; readonly sql: string }[]
}

/**
 * The whole schema of the database that `client` is connected to. Throws when there is something it cannot show. Changes
 * settings of the connection.
 */
export async function dumpSchema(client: pg.Client, options: DumpOptions): Promise<string> {
  const { schemas, types, relations, functions, untold } = await readCatalogs(client, options.role)
  if (untold.length > 0) throw new Error(`checks/schema-dump.ts has no words for ${untold.join(', ')}`)
  const blocks = schemas.map((schema) =>
    [
      `-- ${schema.name} ${'-'.repeat(LINE - schema.name.length - 4)}`,
      [`create schema ${schema.name};`, ...rightsText(schema, 'schema ')].join('\n'),
      ...types.filter((type) => type.schema === schema.schema).map(typeText),
      ...relations.filter((relation) => relation.schema === schema.schema).map((one) => relationText(one, relations)),
      ...functions.filter((each) => each.schema === schema.schema).map((one) => functionText(one, options)),
    ].join('\n\n'),
  )
  return `${[header(options.title), ...blocks].join('\n\n\n')}\n`
}

function header(title: string): string {
  return [
    `-- ${title} It is for reading: nothing applies it.`,
    '-- `npm run refresh` writes it anew; `npm test` fails when it is not what a migrated database has.',
    '-- {role} is the role that serves requests; public is every role that may connect.',
  ].join('\n')
}

function typeText(type: TypeRow): string {
  const definition =
    type.labels === null
      ? `create type ${type.name} as (\n${columnLines(type.columns).join(',\n')}\n);`
      : formatStatement(`create type ${type.name} as enum (${type.labels.join(', ')});`)
  return [definition, ...rightsText(type, 'type ')].join('\n')
}

function relationText(relation: RelationRow, all: readonly RelationRow[]): string {
  const parent = all.find((other) => other.name === relation.partition_of)
  const columns = parent === undefined ? relation.columns : relation.columns.filter((column) => !has(parent, column))
  const items = [
    ...columnLines(columns),
    ...relation.constraints.map(({ name, definition }) =>
      formatStatement(`constraint ${name} ${formatExpression(definition)}`, 2),
    ),
  ]
  const statement = [
    `create table ${relation.name}`,
    parent === undefined ? '' : ` partition of ${parent.name}`,
    items.length === 0 ? '' : ` (\n${items.join(',\n')}\n)`,
    relation.bound === null ? '' : ` ${formatExpression(relation.bound)}`,
    relation.partition_key === null ? '' : ` partition by ${formatExpression(relation.partition_key)}`,
    relation.options === null ? '' : ` with (${relation.options.join(', ').replaceAll('=', ' = ')})`,
  ].join('')
  const indexes = relation.indexes.map((index) => formatExpression(index).replace(' using btree (', ' ('))
  return [
    `${statement};`,
    ...indexes.map((index) => formatStatement(`${index};`)),
    ...relation.triggers.map(triggerText),
    ...relation.trigger_states.map((state) => `alter table ${relation.name} ${state};`),
    ...rightsText(relation, ''),
  ].join('\n')
}

/** What fires the trigger, and on a line of its own how and what it does. */
function triggerText(definition: string): string {
  const [event, effect] = formatExpression(definition).split(/ (?=(?:not )?deferrable |for each )(.*)/s)
  return `${formatStatement(event ?? '')}\n${formatStatement(`${effect};`, 2)}`
}

/** A partition has its parent's columns; one is told only where it differs. */
const has = (parent: RelationRow, column: ColumnRow): boolean =>
  parent.columns.some((other) => other.name === column.name && columnText(other) === columnText(column))

function columnLines(columns: readonly ColumnRow[]): readonly string[] {
  const width = Math.max(...columns.map((column) => column.name.length))
  return columns.map((column) => `  ${column.name.padEnd(width)} ${columnText(column)}`)
}

function columnText(column: ColumnRow): string {
  const type = formatExpression(column.type)
  const value = column.value === null ? null : withoutCast(formatExpression(column.value), type)
  return [
    type,
    column.storage === null ? '' : ` storage ${column.storage}`,
    column.compression === null ? '' : ` compression ${column.compression}`,
    column.collation === null ? '' : ` collate ${column.collation}`,
    column.is_required ? ' not null' : '',
    value === null || column.generated !== null ? '' : ` default ${value}`,
    column.generated === null ? '' : ` generated always as (${value}) ${column.generated}`,
  ].join('')
}

/** A literal of the column's own type needs no cast. */
function withoutCast(value: string, type: string): string {
  const literal = /^'(?:[^']|'')*'/.exec(value)?.[0]
  return literal !== undefined && value === `${literal}::${type}` ? literal : value
}

function functionText(row: FunctionRow, { function_files }: DumpOptions): string {
  const lines = row.definition.slice(0, row.definition.indexOf('\nAS $')).split('\n')
  const words = lines.map((line) => formatExpression(line.trim()))
  const language = words.findIndex((line) => line.startsWith('language '))
  const signature = words
    .slice(0, language)
    .join(' ')
    .replace(/^create or replace /, 'create ')
  const file = function_files.find(({ sql }) => sql.includes(`function ${row.name}(`) && sql.includes(row.body))
  return [
    formatStatement(signature),
    formatStatement(words.slice(language).join(' '), 2),
    file === undefined ? `as $$${row.body}$$;` : `as $$…$$;  -- ${file.path}`,
    ...rightsText(row, /^create (function|procedure) /.exec(signature)?.[0].slice('create '.length) ?? ''),
  ].join('\n')
}

/** Who besides the owner may do what. The owner is told only when it is another than who migrated. */
function rightsText({ name, owner, grants }: Named, kind: string): readonly string[] {
  return [
    ...(owner === null ? [] : [`alter ${kind || 'table '}${name} owner to ${owner};`]),
    ...grants.map(({ rights, grantees }) => formatStatement(`grant ${rights} on ${kind}${name} to ${grantees};`)),
  ]
}
