// Policy documents for tests, from a small world in which they meet often. Imported by tests only.

import fc from 'fast-check'
import type { PolicyDocument } from './document.ts'
import { ENGINE_TYPES, POLICY_FIELDS, PROVIDER_TYPES, RISKS } from './document.ts'

export const MODELS = ['model-a', 'model-b', 'model-c'] as const
export const CATEGORIES = ['legal', 'tax', 'hr'] as const
export const JURISDICTIONS = ['eu', 'uk', 'us'] as const

const anyOf = <Word extends string>(words: readonly Word[]): fc.Arbitrary<'all' | Word[]> =>
  fc.oneof(fc.constant('all' as const), fc.subarray([...words]))
const limit = (...values: readonly number[]): fc.Arbitrary<number> => fc.constantFrom(...values)
const threshold = fc.constantFrom('off' as const, ...RISKS)

/** Any document, every field sometimes missing. */
export const arbitraryDocument: fc.Arbitrary<PolicyDocument> = fc.record(
  {
    mandatory_ack: fc.boolean(),
    level2_from_risk: threshold,
    level3_from_risk: threshold,
    level2_categories: fc.subarray([...CATEGORIES]),
    level3_categories: fc.subarray([...CATEGORIES]),
    level2_quorum: limit(1, 2, 3),
    level3_quorum: limit(1, 2, 3),
    distinct_approvers: fc.boolean(),
    ack_timeout_days: limit(1, 30, 60),
    gateway_risk: fc.constantFrom(...RISKS),
    allowed_engines: anyOf(ENGINE_TYPES),
    allowed_models: anyOf(MODELS),
    allowed_provider_types: anyOf(PROVIDER_TYPES),
    jurisdictions: anyOf(JURISDICTIONS),
    max_execution_seconds: limit(1, 60, 600),
    max_input_bytes: limit(1, 1_000, 10_000),
    max_steps: limit(1, 5, 50),
    max_output_tokens: limit(1, 100, 5_000),
    clamp_max_tokens: fc.boolean(),
    require_use_case: fc.boolean(),
    on_quota_exceeded: fc.constantFrom('pause', 'fail'),
    store_content: fc.constantFrom('none', 'errors', 'all'),
  },
  { requiredKeys: [] },
)

/** A document of at most five fields, as real ones are, under which some calls go through and others do not. */
export const arbitraryShortDocument: fc.Arbitrary<PolicyDocument> = fc
  .tuple(arbitraryDocument, fc.subarray([...POLICY_FIELDS], { maxLength: 5 }))
  .map(([document, kept]) =>
    Object.fromEntries(Object.entries(document).filter(([field]) => kept.some((each) => each === field))),
  )
