// A JSON Schema as a form shows it. The schema itself stays what is edited: each of these reads one thing out of it or puts one
// thing into it, and whatever a form does not know stays as it is.

import { isJson, type Json, jsonOf, listOf } from './json-edit.ts'

export const SCHEMA_KINDS = ['text', 'number', 'integer', 'boolean', 'choice', 'list', 'object', 'any'] as const
export type SchemaKind = (typeof SCHEMA_KINDS)[number]

/** The members that the form of a kind shows. */
const SHOWN: Readonly<Record<SchemaKind, readonly string[]>> = {
  text: ['type', 'minLength', 'maxLength', 'format', 'pattern'],
  number: ['type', 'minimum', 'maximum'],
  integer: ['type', 'minimum', 'maximum'],
  boolean: ['type'],
  choice: ['type', 'enum'],
  list: ['type', 'items', 'minItems', 'maxItems'],
  object: ['type', 'properties', 'required', 'additionalProperties'],
  any: [],
}
const DESCRIPTION = 'description'

const KIND_OF_TYPE: ReadonlyMap<unknown, SchemaKind> = new Map([
  ['string', 'text'],
  ['number', 'number'],
  ['integer', 'integer'],
  ['boolean', 'boolean'],
  ['array', 'list'],
  ['object', 'object'],
])

/** Members that say nothing of what a value may be. */
const REMARKS = [
  '$schema',
  '$comment',
  'title',
  'description',
  'default',
  'examples',
  'readOnly',
  'writeOnly',
  'deprecated',
]

const isText = (value: unknown): value is string => typeof value === 'string'
const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText)

/** The type of a value that may also be null; any other type as it is. */
const mainType = (type: unknown): unknown =>
  Array.isArray(type) && type.length === 2 && type.includes('null') ? type.find((each) => each !== 'null') : type

/** What a schema asks for, in the words of the form; null where it says it in a way that the form cannot show. */
export function kindOf(schema: unknown): SchemaKind | null {
  if (!isJson(schema) || '$ref' in schema || 'const' in schema) return null
  const { type } = schema
  if ('enum' in schema) return isTexts(schema['enum']) && (type === undefined || type === 'string') ? 'choice' : null
  if (type === undefined) return Object.keys(schema).every((member) => REMARKS.includes(member)) ? 'any' : null
  const kind = KIND_OF_TYPE.get(mainType(type)) ?? null
  return kind === null || (kind === 'object' && !hasReadableMembers(schema)) ? null : kind
}

const hasReadableMembers = ({ properties = {}, required = [] }: Json): boolean =>
  isJson(properties) && isTexts(required)

/** What a schema says besides all that its form shows: it stays, and is changed as JSON. */
export function unshownIn(schema: Json, kind: SchemaKind): readonly string[] {
  const isClosable = typeof schema['additionalProperties'] !== 'object'
  return Object.keys(schema).filter(
    (member) =>
      member !== DESCRIPTION && (!SHOWN[kind].includes(member) || (member === 'additionalProperties' && !isClosable)),
  )
}

/** What a schema of a kind begins with. */
export const NEW_SCHEMAS: Readonly<Record<SchemaKind, Json>> = {
  text: { type: 'string' },
  number: { type: 'number' },
  integer: { type: 'integer' },
  boolean: { type: 'boolean' },
  choice: { type: 'string', enum: [] },
  list: { type: 'array', items: { type: 'string' } },
  object: { type: 'object', properties: {}, required: [], additionalProperties: false },
  any: {},
}

/** The schema asking for another kind: what the old form showed goes, what it did not show stays. */
export function withKind(schema: Json, next: SchemaKind): Json {
  const kind = kindOf(schema)
  if (kind === next) return schema
  const kept = kind === null ? [] : [DESCRIPTION, ...unshownIn(schema, kind)]
  const rest = Object.entries(schema).filter(([member]) => kept.includes(member))
  return { ...NEW_SCHEMAS[next], ...Object.fromEntries(rest) }
}

/** Whether null stands for a value that is not known. */
export const isNullable = ({ type }: Json): boolean => Array.isArray(type) && type.includes('null')

/** The schema taking null as well, or no more. */
export function withNullable(schema: Json, nullable: boolean): Json {
  if (isNullable(schema) === nullable) return schema
  const type = mainType(schema['type'])
  return { ...schema, type: nullable ? [type, 'null'] : type }
}

/** A named part of an object. */
export type SchemaField = { readonly name: string; readonly schema: unknown; readonly isRequired: boolean }

/** The named parts of an object, in their order. */
export function fieldsOf(schema: Json): readonly SchemaField[] {
  const required = listOf(schema['required'])
  return Object.entries(jsonOf(schema['properties'])).map(([name, part]) => ({
    name,
    schema: part,
    isRequired: required.includes(name),
  }))
}

/** The schema with other named parts. Names that it requires without describing them stay required. */
export function withFields(schema: Json, fields: readonly SchemaField[]): Json {
  const before = jsonOf(schema['properties'])
  const names = fields.filter(({ isRequired }) => isRequired).map(({ name }) => name)
  const kept = listOf(schema['required'])
    .filter(isText)
    .filter((name) => names.includes(name) || !Object.hasOwn(before, name))
  const required = [...kept, ...names.filter((name) => !kept.includes(name))]
  return {
    ...schema,
    ...((fields.length > 0 || 'properties' in schema) && {
      properties: Object.fromEntries(fields.map(({ name, schema: part }) => [name, part])),
    }),
    ...((required.length > 0 || 'required' in schema) && { required }),
  }
}

/** Whether an object may hold nothing but its named parts; null where the schema says something else of the rest. */
export function isClosed({ additionalProperties }: Json): boolean | null {
  if (additionalProperties === undefined || additionalProperties === true) return false
  return additionalProperties === false ? true : null
}

/** The object closed, or open again. */
export function withClosed(schema: Json, closed: boolean): Json {
  if (isClosed(schema) === closed) return schema
  const { additionalProperties: _, ...rest } = schema
  return closed ? { ...rest, additionalProperties: false } : rest
}

/** `part_3`, or with the next number under which nothing is known here. */
export function freshName(beginning: string, taken: readonly string[]): string {
  let number = taken.length + 1
  while (taken.includes(`${beginning}${number}`)) number += 1
  return `${beginning}${number}`
}
