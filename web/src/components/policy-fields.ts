// What a policy can say, as screens show it: by area, with how each value is chosen and which ones are stricter.

import type { PolicyDocument } from '../api/policy.ts'

export type PolicyField = keyof PolicyDocument

export type FieldKind =
  /** In order from the loosest to the strictest. */
  | { readonly kind: 'choice'; readonly values: readonly (string | boolean)[] }
  | { readonly kind: 'most'; readonly unit: 'seconds' | 'bytes' | 'steps' | 'tokens' | 'days' }
  | { readonly kind: 'least'; readonly unit: 'people' }
  /** Names that are allowed; fewer is stricter. */
  | { readonly kind: 'only'; readonly words: readonly string[] | null }
  /** Names of which each demands something; more is stricter. */
  | { readonly kind: 'including' }

const RISKS_LOOSEST = ['off', 'critical', 'high', 'medium', 'low'] as const
const ENGINES = ['gateway', 'prompt', 'document', 'analysis', 'workflow', 'agent', 'chat', 'build'] as const
const PROVIDERS = ['openai', 'anthropic', 'google', 'azure_openai', 'aws_bedrock', 'openai_compatible'] as const

export const KINDS: Readonly<Record<PolicyField, FieldKind>> = {
  mandatory_ack: { kind: 'choice', values: [false, true] },
  level2_from_risk: { kind: 'choice', values: RISKS_LOOSEST },
  level3_from_risk: { kind: 'choice', values: RISKS_LOOSEST },
  level2_categories: { kind: 'including' },
  level3_categories: { kind: 'including' },
  level2_quorum: { kind: 'least', unit: 'people' },
  level3_quorum: { kind: 'least', unit: 'people' },
  distinct_approvers: { kind: 'choice', values: [false, true] },
  ack_timeout_days: { kind: 'most', unit: 'days' },
  gateway_risk: { kind: 'choice', values: ['low', 'medium', 'high', 'critical'] },
  allowed_engines: { kind: 'only', words: ENGINES },
  allowed_models: { kind: 'only', words: null },
  allowed_provider_types: { kind: 'only', words: PROVIDERS },
  jurisdictions: { kind: 'only', words: null },
  max_execution_seconds: { kind: 'most', unit: 'seconds' },
  max_input_bytes: { kind: 'most', unit: 'bytes' },
  max_steps: { kind: 'most', unit: 'steps' },
  max_output_tokens: { kind: 'most', unit: 'tokens' },
  clamp_max_tokens: { kind: 'choice', values: [true, false] },
  require_use_case: { kind: 'choice', values: [false, true] },
  on_quota_exceeded: { kind: 'choice', values: ['pause', 'fail'] },
  store_content: { kind: 'choice', values: ['none', 'errors', 'all'] },
}

export const AREAS = {
  supervision: [
    'mandatory_ack',
    'level2_from_risk',
    'level2_categories',
    'level2_quorum',
    'level3_from_risk',
    'level3_categories',
    'level3_quorum',
    'distinct_approvers',
    'ack_timeout_days',
  ],
  engines: ['allowed_engines', 'allowed_models', 'allowed_provider_types', 'gateway_risk', 'jurisdictions'],
  limits: ['max_execution_seconds', 'max_input_bytes', 'max_steps', 'max_output_tokens', 'clamp_max_tokens'],
  records: ['store_content', 'require_use_case', 'on_quota_exceeded'],
} as const satisfies Readonly<Record<string, readonly PolicyField[]>>

export type Area = keyof typeof AREAS

/** The areas in the order of the screen. */
export const AREA_NAMES = ['supervision', 'engines', 'limits', 'records'] as const

/** Whether a choice would be looser than what the level above demands. */
export function isLooser(field: PolicyField, value: string | boolean, above: unknown): boolean {
  const kind = KINDS[field]
  if (kind.kind !== 'choice') return false
  const bound = kind.values.findIndex((each) => each === above)
  return bound >= 0 && kind.values.indexOf(value) < bound
}

/** Whether a value demands more than what holds above it; of choices and amounts, which have one order. */
export function isStricter(field: PolicyField, value: unknown, above: unknown): boolean {
  const kind = KINDS[field]
  switch (kind.kind) {
    case 'choice':
      return kind.values.findIndex((each) => each === value) > kind.values.findIndex((each) => each === above)
    case 'most':
      return typeof value === 'number' && (typeof above !== 'number' || value < above)
    case 'least':
      return typeof value === 'number' && (typeof above !== 'number' || value > above)
    case 'only':
    case 'including':
      return false
  }
}
