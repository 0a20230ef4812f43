// The contract of an app: six files that together say all there is to say about it (requirements 1.7). What a value of them
// means beyond its shape is judged in `check.ts`, at submission and again before every run.

import { type Static, Type } from 'typebox'
import { ENGINE_TYPES, PROVIDER_TYPES, RISKS } from '../policy/document.ts'
import { CATEGORY_NAMES } from './category.ts'
import { DATA_CLASSES, Field, IDENTIFIER_PATTERN, JsonSchema, SOMETHING, Title } from './field.ts'
import { NodeSchema } from './node.ts'

/** The six files, in the order they are read. */
export const CONTRACT_FILES = ['info', 'input', 'pipeline', 'result', 'governance', 'pricing'] as const
export type ContractFile = (typeof CONTRACT_FILES)[number]

const closed = { additionalProperties: false }

/** Semantic Versioning 2.0.0 without build metadata: versions are ordered, and build metadata is not. */
const VERSION_PATTERN =
  '^(0|[1-9][0-9]{0,8})\\.(0|[1-9][0-9]{0,8})\\.(0|[1-9][0-9]{0,8})(-[0-9A-Za-z-]{1,20}(\\.[0-9A-Za-z-]{1,20}){0,4})?$'
const Version = Type.String({ maxLength: 50, pattern: VERSION_PATTERN })

/** What a text must be that keeps one of these patterns, for whoever reads no patterns. */
export const PATTERN_WORDS: ReadonlyMap<string, string> = new Map([
  [SOMETHING, 'must not be empty'],
  [IDENTIFIER_PATTERN, 'must begin with a lower-case letter and hold those, digits and _ only, 40 at most'],
  [VERSION_PATTERN, 'must be like 1.2.0 or 1.2.0-beta.1'],
])

const Info = Type.Object(
  {
    name: Title,
    description: Type.String({ minLength: 1, maxLength: 2000, pattern: SOMETHING }),
    version: Version,
    category: Type.Enum(CATEGORY_NAMES),
    tags: Type.Array(Type.String({ minLength: 1, maxLength: 40 }), { maxItems: 20, uniqueItems: true }),
    language: Type.String({ pattern: '^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$', description: 'BCP 47' }),
    icon: Type.Optional(
      Type.String({ pattern: '^[a-z][a-z0-9-]{0,40}$', description: 'A name of the icon set lucide' }),
    ),
    instructions: Type.Optional(Type.String({ maxLength: 10_000, description: 'Markdown, shown above the form' })),
  },
  closed,
)

const Input = Type.Object({ fields: Type.Array(Field, { maxItems: 60 }) }, closed)

const Pipeline = Type.Object({ nodes: Type.Array(NodeSchema, { minItems: 1, maxItems: 200 }) }, closed)

/** How a part of the output is shown and exported. */
export const LAYOUT_FORMATS = [
  'text',
  'markdown',
  'number',
  'date',
  'boolean',
  'badge',
  'list',
  'table',
  'json',
] as const

const Pointer = Type.String({
  maxLength: 300,
  pattern: '^(/([^/~]|~[01])*)*$',
  description: 'RFC 6901, into the output',
})
const Column = Type.Object({ pointer: Pointer, label: Title }, closed)
const LayoutPart = Type.Object(
  {
    pointer: Pointer,
    label: Title,
    format: Type.Enum(LAYOUT_FORMATS),
    columns: Type.Optional(
      Type.Array(Column, { minItems: 1, maxItems: 12, description: 'Of a table; pointers into each row' }),
    ),
  },
  closed,
)

const Result = Type.Object(
  {
    schema: JsonSchema,
    title: Type.Optional(Title),
    layout: Type.Optional(Type.Array(LayoutPart, { maxItems: 60 })),
    output: Type.Optional(
      Type.Unknown({ description: 'Made of templates after the last node; the value of the last node by default' }),
    ),
  },
  closed,
)

/** What a wrong output could touch. An app that touches any of it demands acknowledgement (requirements 1.5). */
export const CONSEQUENCES = ['legal', 'financial', 'regulatory', 'professional'] as const

const quorum = Type.Optional(Type.Integer({ minimum: 1, maximum: 20, description: 'Distinct persons; 1 by default' }))

const Supervision = Type.Object(
  {
    required: Type.Boolean({ description: 'Whether the requester must acknowledge the draft (level 1)' }),
    level2: Type.Optional(
      Type.Object(
        {
          quorum,
          from: Type.Optional(Type.Array(Type.Enum(['manager', 'reviewer']), { minItems: 1, uniqueItems: true })),
        },
        closed,
      ),
    ),
    level3: Type.Optional(
      Type.Object(
        {
          quorum,
          from: Type.Optional(Type.Array(Type.Enum(['compliance_officer']), { minItems: 1, uniqueItems: true })),
        },
        closed,
      ),
    ),
  },
  closed,
)

const Governance = Type.Object(
  {
    engine_type: Type.Enum(ENGINE_TYPES),
    risk: Type.Enum(RISKS),
    consequences: Type.Optional(Type.Array(Type.Enum(CONSEQUENCES), { uniqueItems: true })),
    jurisdictions: Type.Union([
      Type.Literal('all'),
      Type.Array(Type.String({ pattern: '^[a-z]{2,20}$' }), { minItems: 1, maxItems: 60, uniqueItems: true }),
    ]),
    supervision: Supervision,
    allowed_provider_types: Type.Union([
      Type.Literal('all'),
      Type.Array(Type.Enum(PROVIDER_TYPES), { minItems: 1, uniqueItems: true }),
    ]),
    data_classes: Type.Optional(
      Type.Array(Type.Enum(DATA_CLASSES), { minItems: 1, uniqueItems: true, description: 'What may be put into it' }),
    ),
    max_execution_seconds: Type.Optional(Type.Integer({ minimum: 1, maximum: 30 * 86_400 })),
    max_steps: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
    statements: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 500 }), {
        maxItems: 10,
        description: 'What whoever acknowledges confirms, one by one',
      }),
    ),
  },
  closed,
)

/** The dearest that any single part of a price may be: a million of the currency. */
const MAX_PRICE_MICROS = 1_000_000_000_000

const micros = (description: string) => Type.Integer({ minimum: 0, maximum: MAX_PRICE_MICROS, description })

const Pricing = Type.Object(
  {
    base_micros: micros('For every run'),
    per_input_megabyte_micros: Type.Optional(micros('For each 1,000,000 bytes of files')),
    per_input_kilochar_micros: Type.Optional(micros('For each 1,000 characters of text')),
    per_item_micros: Type.Optional(micros('For each file')),
  },
  closed,
)

/** The JSON Schema of each file, as published under `/schemas/app`. */
export const CONTRACT_SCHEMAS = Object.freeze({
  info: Info,
  input: Input,
  pipeline: Pipeline,
  result: Result,
  governance: Governance,
  pricing: Pricing,
})

export const ContractSchema = Type.Object(CONTRACT_SCHEMAS, closed)

/** A whole contract: the six files under their names. */
export type AppContract = Static<typeof ContractSchema>
export type AppInfo = AppContract['info']
export type AppInput = AppContract['input']
export type AppPipeline = AppContract['pipeline']
export type AppResult = AppContract['result']
export type AppGovernance = AppContract['governance']

/** The schemas as they are published, by file name: each a JSON Schema document of its own. */
export function publishedSchemas(): ReadonlyMap<string, object> {
  return new Map(
    CONTRACT_FILES.map((file) => [
      `${file}.json`,
      {
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        title: `${file}.json of an app`,
        ...CONTRACT_SCHEMAS[file],
      },
    ]),
  )
}
