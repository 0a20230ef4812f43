// A governance policy document, as the platform and each organisation writes it (requirements 4.6). Every field is
// optional: what a document does not say, it does not demand. How two documents combine is in `effective.ts`.

import type { Static } from 'typebox'
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import type { ProblemField } from '../kernel/problem.ts'
import { policyInvalid } from './problems.ts'

/** The closed list of engine types (rulings). */
export const ENGINE_TYPES = ['gateway', 'prompt', 'document', 'analysis', 'workflow', 'agent', 'chat', 'build'] as const
export type EngineType = (typeof ENGINE_TYPES)[number]

/** Lowest first. */
export const RISKS = ['low', 'medium', 'high', 'critical'] as const
export type Risk = (typeof RISKS)[number]

/** The provider types a policy may name (rulings); which of them can be set up is the business of `models`. */
export const PROVIDER_TYPES = [
  'openai',
  'anthropic',
  'google',
  'azure_openai',
  'aws_bedrock',
  'openai_compatible',
] as const

const word = Type.String({ minLength: 1, maxLength: 200 })
const words = (maxItems: number, description: string) => Type.Array(word, { maxItems, uniqueItems: true, description })
const anyOf = (maxItems: number, description: string) =>
  Type.Union([Type.Literal('all'), Type.Array(word, { maxItems, uniqueItems: true })], { description })
const yesNo = (description: string) => Type.Boolean({ description })
const upTo = (maximum: number, description: string) => Type.Integer({ minimum: 1, maximum, description })
const fromRisk = (description: string) => Type.Enum(['off', ...RISKS], { description })

const FIELDS = {
  mandatory_ack: yesNo('Every execution is acknowledged (level 1), whatever its app says'),
  level2_from_risk: fromRisk('Lowest risk that needs approval (level 2)'),
  level3_from_risk: fromRisk('Lowest risk that needs sign-off (level 3)'),
  level2_categories: words(200, 'Categories of app that need approval (level 2)'),
  level3_categories: words(200, 'Categories of app that need sign-off (level 3)'),
  level2_quorum: upTo(20, 'Distinct persons who approve at level 2'),
  level3_quorum: upTo(20, 'Distinct persons who sign off at level 3'),
  distinct_approvers: yesNo('Different persons give levels 1, 2 and 3'),
  ack_timeout_days: upTo(3650, 'Days after which an open level cancels the run'),
  gateway_risk: Type.Enum([...RISKS], { description: 'Risk of a plain gateway call' }),
  allowed_engines: Type.Union([Type.Literal('all'), Type.Array(Type.Enum([...ENGINE_TYPES]), { uniqueItems: true })], {
    description: 'Types of engine that may run',
  }),
  allowed_models: anyOf(1000, 'Names of models that may be called'),
  allowed_provider_types: Type.Union(
    [Type.Literal('all'), Type.Array(Type.Enum([...PROVIDER_TYPES]), { uniqueItems: true })],
    { description: 'Types of provider that may be called' },
  ),
  jurisdictions: anyOf(200, 'Jurisdictions an execution may be under, such as eu or uk'),
  max_execution_seconds: upTo(30 * 86_400, 'Longest execution, in seconds'),
  max_input_bytes: upTo(1_000_000_000_000, 'Largest input, in bytes'),
  max_steps: upTo(100_000, 'Most steps in one run'),
  max_output_tokens: upTo(10_000_000, 'Most output tokens of one call, all its choices together'),
  clamp_max_tokens: yesNo('Lower a request that asks for more output than is allowed, instead of refusing it'),
  require_use_case: yesNo('Every execution names its use case'),
  on_quota_exceeded: Type.Enum(['pause', 'fail'], { description: 'What becomes of a run that meets its token quota' }),
  store_content: Type.Enum(['none', 'errors', 'all'], {
    description: 'Of which gateway calls input and output are kept',
  }),
} as const

/** The wire form of a policy document. Unknown fields are refused: a misspelt restriction must not look like one. */
const PolicyDocumentSchema = Type.Partial(Type.Object(FIELDS), { additionalProperties: false })

/** A document as it is put in force: its fields, and why, for the history and the log. */
export const PutPolicySchema = Type.Object(
  {
    ...PolicyDocumentSchema.properties,
    reason: Type.String({ minLength: 1, maxLength: 500, pattern: '\\S', description: 'Why it is put in force' }),
  },
  { additionalProperties: false },
)

type Written = Static<typeof PolicyDocumentSchema>
type Values = { readonly [Field in keyof Written]-?: Readonly<NonNullable<Written[Field]>> }

/** A field of a policy document. */
export type PolicyField = keyof Values
/** The value a document may give to a field. */
export type PolicyValue<Field extends PolicyField> = Values[Field]
/** A policy document. A field that is not there makes no demand. */
export type PolicyDocument = Partial<Values>

const isPolicyField = (name: string): name is PolicyField => Object.hasOwn(FIELDS, name)

/** Every field, in the order of the schema. */
export const POLICY_FIELDS: readonly PolicyField[] = Object.freeze(Object.keys(FIELDS).filter(isPolicyField))

const compiled = Compile(PolicyDocumentSchema)

/** Reads a document from outside or from the database. Throws `policy_invalid`, naming each bad field in `fields`. */
export function parsePolicyDocument(value: unknown): PolicyDocument {
  if (compiled.Check(value)) return value
  throw policyInvalid({}, { fields: refusedFields(value) })
}

/** One entry for each place that is wrong, the last word on it where several alternatives were tried. */
function refusedFields(value: unknown): readonly ProblemField[] {
  const messages = new Map<string, string>()
  for (const { instancePath, keyword, message } of compiled.Errors(value)) {
    if (keyword === 'additionalProperties') continue
    messages.set(instancePath, keyword === 'boolean' ? 'is not a field of a policy' : message)
  }
  return [...messages].map(([pointer, message]) => ({ pointer, message }))
}
