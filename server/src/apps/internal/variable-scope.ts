// What may be named at a place of a pipeline, and what shape it has as far as that is known.

import type { SchemaValue } from '../input-schema.ts'
import type { VariablePath } from '../template.ts'
import { isObject } from './value.ts'

/** Names with the schema of what they stand for; null where anything may come. */
export type Scope = ReadonlyMap<string, SchemaValue | null>

export const SYSTEM_VARIABLES: SchemaValue = {
  type: 'object',
  properties: {
    user_id: { type: 'string' },
    execution_id: { type: 'string' },
    project_id: { type: 'string' },
    timestamp: { type: 'string', format: 'date-time' },
  },
  additionalProperties: false,
}

/** Where a path leads: to a schema, to something unknown, or nowhere. */
export type Found = { readonly schema: SchemaValue | null } | { readonly missing: string }

/** Follows a path. `maps_lists`: in JSONata a name put to a list is put to each of its items. */
export function followPath(scope: Scope, path: VariablePath, maps_lists: boolean): Found {
  const [root = '', ...rest] = path
  const start = scope.get(root)
  if (start === undefined) return { missing: root }
  let schema: SchemaValue | null = start
  for (const [index, step] of rest.entries()) {
    if (schema === null) return { schema: null }
    const next = stepInto(schema, step, maps_lists)
    if (next === undefined) return { missing: path.slice(0, index + 2).join('.') }
    schema = next
  }
  return { schema }
}

const OPEN_KEYWORDS = ['$ref', 'anyOf', 'oneOf', 'allOf', 'if', 'const', 'enum'] as const

/** The schema of a member: null where anything may be there, undefined where nothing can be. */
function stepInto(schema: SchemaValue, step: string, maps_lists: boolean): SchemaValue | null | undefined {
  if (OPEN_KEYWORDS.some((keyword) => keyword in schema)) return null
  const { type, properties, additionalProperties, items } = schema
  if (type === 'array') {
    const item = isObject(items) ? items : null
    if (/^\d+$/.test(step)) return item
    if (!maps_lists) return undefined
    return item === null ? null : stepInto(item, step, true)
  }
  if (type === 'string' || type === 'number' || type === 'integer' || type === 'boolean' || type === 'null')
    return undefined
  const known = isObject(properties) && Object.hasOwn(properties, step) ? properties[step] : undefined
  if (isObject(known)) return known
  if (known !== undefined) return null
  return additionalProperties === false ? undefined : null
}
