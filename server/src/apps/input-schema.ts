// The JSON Schema of an app's input, derived from its fields: what a form, a program, a schedule and a chat give is checked
// against this one schema before anything starts.

import type { AppContract } from './contract.ts'
import { type AppField, MAX_FIELD_FILES, MAX_TEXT_CHARS } from './field.ts'

/** A JSON Schema (2020-12) as plain data. */
export type SchemaValue = Readonly<Record<string, unknown>>

const FILE_ID = {
  type: 'string',
  pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
  description: 'The id of an uploaded file',
} as const

/** The schema of an app's input value: an object with a member for each field and none besides. */
export function inputSchemaOf(contract: Pick<AppContract, 'input'>): SchemaValue {
  return schemaOfFields(contract.input.fields)
}

/** The schema of the values of these fields; also of the answer to a human task. */
export function schemaOfFields(fields: readonly AppField[]): SchemaValue {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    properties: Object.fromEntries(fields.map((field) => [field.name, { title: field.label, ...valueSchema(field) }])),
    required: fields.filter(({ required }) => required).map(({ name }) => name),
    additionalProperties: false,
  }
}

function valueSchema(field: AppField): SchemaValue {
  switch (field.type) {
    case 'text':
      return { type: 'string', minLength: shortest(field), maxLength: field.max_length ?? MAX_TEXT_CHARS }
    case 'number': {
      const { minimum, maximum } = field
      return { type: 'number', ...(minimum !== undefined && { minimum }), ...(maximum !== undefined && { maximum }) }
    }
    case 'date':
      return { type: 'string', format: 'date' }
    case 'boolean':
      return { type: 'boolean' }
    case 'select':
      return { type: 'string', enum: field.options ?? [] }
    case 'file':
      return FILE_ID
    case 'files':
      return {
        type: 'array',
        items: FILE_ID,
        minItems: field.required ? 1 : 0,
        maxItems: field.max_files ?? MAX_FIELD_FILES,
        uniqueItems: true,
      }
  }
}

/** A required text that is empty says nothing. */
const shortest = (field: AppField): number => Math.max(field.min_length ?? 0, field.required ? 1 : 0)
