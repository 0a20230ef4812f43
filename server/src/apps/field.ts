// A field of a form: what an app asks before it runs, and what a human task asks in the middle.

import { type Static, Type } from 'typebox'

export const IDENTIFIER_PATTERN = '^[a-z][a-z0-9_]{0,39}$'
/** More than white space. */
export const SOMETHING = '\\S'

/** A word that templates can name: `{{input.contract_date}}`. */
export const Identifier = Type.String({ pattern: IDENTIFIER_PATTERN })
export const Title = Type.String({ minLength: 1, maxLength: 200, pattern: SOMETHING })

/** A JSON Schema inside a contract. What it may say is bounded by `json-schema.ts`. */
export const JsonSchema = Type.Record(Type.String(), Type.Unknown())

export const FIELD_TYPES = ['text', 'number', 'date', 'boolean', 'select', 'file', 'files'] as const
export type FieldType = (typeof FIELD_TYPES)[number]

/** The file formats that a `parse` node can read. */
export const FILE_FORMATS = ['pdf', 'docx', 'xlsx', 'csv', 'txt'] as const

/** How carefully what a field asks for is to be treated, the least first (requirements 1.9). */
export const DATA_CLASSES = ['public', 'user_private', 'regulated'] as const

export const MAX_TEXT_CHARS = 1_000_000
export const MAX_FIELD_FILES = 50

export const Field = Type.Object(
  {
    name: Identifier,
    label: Title,
    description: Type.Optional(Type.String({ maxLength: 1000 })),
    type: Type.Enum(FIELD_TYPES),
    required: Type.Boolean(),
    min_length: Type.Optional(Type.Integer({ minimum: 0, maximum: MAX_TEXT_CHARS, description: 'Of text' })),
    max_length: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_TEXT_CHARS, description: 'Of text' })),
    minimum: Type.Optional(Type.Number({ description: 'Of a number' })),
    maximum: Type.Optional(Type.Number({ description: 'Of a number' })),
    options: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 200 }), {
        minItems: 1,
        maxItems: 200,
        uniqueItems: true,
        description: 'Of a select',
      }),
    ),
    formats: Type.Optional(
      Type.Array(Type.Enum(FILE_FORMATS), { minItems: 1, uniqueItems: true, description: 'Of files; all by default' }),
    ),
    max_bytes: Type.Optional(Type.Integer({ minimum: 1, maximum: 2_000_000_000, description: 'Of each file' })),
    max_files: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_FIELD_FILES, description: 'Of files' })),
    default: Type.Optional(
      Type.Union([Type.String({ maxLength: 10_000 }), Type.Number(), Type.Boolean()], {
        description: 'What the form begins with, of the type of the field',
      }),
    ),
    data_class: Type.Optional(Type.Enum(DATA_CLASSES)),
  },
  { additionalProperties: false },
)

export type AppField = Static<typeof Field>
