// How policy documents combine: a meet-semilattice, field by field. Sets intersect, limits take the smaller value,
// demands the greater one, and a field that a document does not set leaves the other's as it is. So what stands above
// can only be restricted, whatever an organisation stores and in whichever order documents are combined: the meet is
// idempotent, commutative, associative and monotone (`effective.test.ts` proves it on random documents).
//
// What counts as stricter is not always obvious:
// - `store_content`: keeping MORE is stricter. Where the platform demands evidence, an organisation must not destroy it;
//   where it demands none, an organisation that keeps its own calls, under its own key, takes nothing from anybody.
//   Keeping less would protect what people typed, but then the default `none` would forbid every organisation to keep
//   anything.
// - `clamp_max_tokens`: off is stricter, for a clamped call goes through where it would be refused.
// - `on_quota_exceeded`: `fail` is stricter, for a paused run keeps its hold and goes on later.
// - `ack_timeout_days`, `gateway_risk`: the shorter wait and the higher risk.

import type { PolicyDocument, PolicyField, PolicyValue } from './document.ts'
import { POLICY_FIELDS, RISKS } from './document.ts'
import { policyLooser } from './problems.ts'

/** How one field combines, and how a bound on it reads in a refusal. */
type Lattice<Value> = { readonly meet: (a: Value, b: Value) => Value; readonly bound: (value: Value) => string }
type Listed<Word> = 'all' | readonly Word[]

/** The one order of a set: by code units, whatever the language of the machine. */
const sorted = <Word extends string>(words: readonly Word[]): readonly Word[] =>
  [...new Set(words)].sort((a, b) => (a < b ? -1 : 1))

/** The stricter of two values in a list that begins with the loosest. */
function scale<Value>(loosestFirst: readonly Value[]): Lattice<Value> {
  const strictness = (value: Value): number => loosestFirst.indexOf(value)
  return {
    meet: (a, b) => (strictness(a) >= strictness(b) ? a : b),
    bound: (value) => `must be ${loosestFirst.slice(strictness(value)).join(' or ')}`,
  }
}

const atMost: Lattice<number> = { meet: Math.min, bound: (value) => `must be at most ${value}` }
const atLeast: Lattice<number> = { meet: Math.max, bound: (value) => `must be at least ${value}` }

/** What is allowed: the words that both allow. */
const only = <Word extends string>(): Lattice<Listed<Word>> => ({
  meet(a, b) {
    if (a === 'all') return b === 'all' ? b : sorted(b)
    return sorted(b === 'all' ? a : a.filter((word) => b.includes(word)))
  },
  bound: (value) => (value === 'all' ? 'may name any' : `may name only: ${value.join(', ') || 'nothing'}`),
})

/** What is demanded: the words that either demands. */
const including: Lattice<readonly string[]> = {
  meet: (a, b) => sorted([...a, ...b]),
  bound: (value) => `must name at least: ${value.join(', ')}`,
}

const demanded = scale([false, true])
const thresholds = scale(['off', ...[...RISKS].reverse()] as const)

const LATTICES: { readonly [Field in PolicyField]: Lattice<PolicyValue<Field>> } = {
  mandatory_ack: demanded,
  level2_from_risk: thresholds,
  level3_from_risk: thresholds,
  level2_categories: including,
  level3_categories: including,
  level2_quorum: atLeast,
  level3_quorum: atLeast,
  distinct_approvers: demanded,
  ack_timeout_days: atMost,
  gateway_risk: scale(RISKS),
  allowed_engines: only(),
  allowed_models: only(),
  allowed_provider_types: only(),
  jurisdictions: only(),
  max_execution_seconds: atMost,
  max_input_bytes: atMost,
  max_steps: atMost,
  max_output_tokens: atMost,
  clamp_max_tokens: scale([true, false]),
  require_use_case: demanded,
  on_quota_exceeded: scale(['pause', 'fail']),
  store_content: scale(['none', 'errors', 'all']),
}

/** Fields that may stay without any value: no limit. */
type LimitField = 'max_execution_seconds' | 'max_input_bytes' | 'max_steps' | 'max_output_tokens'

/** A policy in which every field that is not a limit has its value. */
export type PolicyInForce = {
  readonly [Field in Exclude<PolicyField, LimitField>]: PolicyValue<Field>
} & { readonly [Field in LimitField]?: PolicyValue<Field> }

/**
 * What holds where the platform's own document is silent. The platform may set each of these otherwise; an organisation
 * meets them like any other value from above. That critical risk needs two people and high risk one stands besides, as
 * a floor that no document lowers (`requiredLevels`).
 */
export const PLATFORM_DEFAULTS: PolicyInForce = Object.freeze({
  mandatory_ack: false,
  level2_from_risk: 'critical',
  level3_from_risk: 'off',
  level2_categories: [],
  level3_categories: [],
  level2_quorum: 1,
  level3_quorum: 1,
  distinct_approvers: true,
  ack_timeout_days: 30,
  gateway_risk: 'low',
  allowed_engines: 'all',
  allowed_models: 'all',
  allowed_provider_types: 'all',
  jurisdictions: 'all',
  clamp_max_tokens: false,
  require_use_case: false,
  on_quota_exceeded: 'pause',
  store_content: 'none',
})

/** Who set a value that is in force. */
export type PolicyLevel = 'default' | 'platform' | 'tier' | 'organisation'

/** The policy that every decision reads: plain data, made once per version of either document. */
export type EffectivePolicy = {
  readonly values: PolicyInForce
  /** Per field the highest level that demands the value in force; a limit that nobody set is missing. */
  readonly set_by: { readonly [Field in PolicyField]?: PolicyLevel }
  /** What stands above the organisation, platform and account tier, so that a refusal can say where it came from. */
  readonly platform: PolicyInForce
}

/**
 * The strictest of both in every field that either sets, in one canonical form (sets sorted). Nothing that either
 * forbids is allowed by the result.
 */
export function meet(a: PolicyDocument, b: PolicyDocument): PolicyDocument {
  return POLICY_FIELDS.reduce<PolicyDocument>((result, field) => Object.assign(result, meetOf(field, a, b)), {})
}

function meetOf<Field extends PolicyField>(field: Field, a: PolicyDocument, b: PolicyDocument): PolicyDocument {
  const value = meetValues(field, a[field], b[field])
  return value === undefined ? {} : { [field]: value }
}

function meetValues<Field extends PolicyField>(
  field: Field,
  a: PolicyValue<Field> | undefined,
  b: PolicyValue<Field> | undefined,
): PolicyValue<Field> | undefined {
  const one = a ?? b
  const other = b ?? a
  return one === undefined || other === undefined ? undefined : LATTICES[field].meet(one, other)
}

const isSame = <Field extends PolicyField>(field: Field, a: PolicyValue<Field>, b: PolicyValue<Field>): boolean =>
  JSON.stringify(meetValues(field, a, a)) === JSON.stringify(meetValues(field, b, b))

/** The platform's document with its defaults filled in. */
const complete = (platform: PolicyDocument): PolicyInForce => {
  const filled = { ...PLATFORM_DEFAULTS, ...platform }
  return { ...filled, ...meet(filled, filled) }
}

/** What stands above an organisation: the platform's document, met with what its account tier allows. */
const aboveOf = (platform: PolicyDocument, tier: PolicyDocument): PolicyInForce => {
  const filled = complete(platform)
  return { ...filled, ...meet(filled, tier) }
}

/** Who stands above an organisation and demands the bound of a field. */
function boundBy<Field extends PolicyField>(
  field: Field,
  platform: PolicyDocument,
  tier: PolicyDocument,
  bound: PolicyValue<Field>,
): PolicyLevel {
  const own = platform[field]
  if (own !== undefined && isSame(field, own, bound)) return 'platform'
  return tier[field] === undefined ? 'default' : 'tier'
}

/**
 * The policy in force: the meet of the platform's document, the account tier's and the organisation's. An organisation's
 * value that is looser than what stands above it, because that was tightened later, stays stored and has no effect.
 */
export function effectivePolicy(
  platform: PolicyDocument,
  organisation: PolicyDocument,
  tier: PolicyDocument = {},
): EffectivePolicy {
  const above = aboveOf(platform, tier)
  const values = { ...above, ...meet(above, organisation) }
  const levels = POLICY_FIELDS.map((field) => levelOf(field, platform, tier, above, values))
  return { values, platform: above, set_by: levels.reduce((all, each) => ({ ...all, ...each }), {}) }
}

function levelOf<Field extends PolicyField>(
  field: Field,
  platform: PolicyDocument,
  tier: PolicyDocument,
  above: PolicyDocument,
  values: PolicyDocument,
): EffectivePolicy['set_by'] {
  const value = values[field]
  if (value === undefined) return {}
  const bound = above[field]
  if (bound === undefined || !isSame(field, bound, value)) return { [field]: 'organisation' }
  return { [field]: boundBy(field, platform, tier, bound) }
}

/** A value of an organisation that is looser than what stands above it. */
export type LooserValue = {
  readonly pointer: string
  readonly value: PolicyValue<PolicyField>
  readonly bound: PolicyValue<PolicyField>
  readonly level: PolicyLevel
  /** The bound as a sentence: `must be at most 4096 (platform)`. */
  readonly message: string
}

/**
 * Every value of the organisation's document that the meet would overrule; empty if what the document says is what
 * will hold. Also tells which stored values a platform that was tightened later has overruled.
 */
export function looserValues(
  platform: PolicyDocument,
  organisation: PolicyDocument,
  tier: PolicyDocument = {},
): readonly LooserValue[] {
  const above = aboveOf(platform, tier)
  return POLICY_FIELDS.flatMap((field) => looserValue(field, platform, tier, above, organisation))
}

function looserValue<Field extends PolicyField>(
  field: Field,
  platform: PolicyDocument,
  tier: PolicyDocument,
  above: PolicyDocument,
  organisation: PolicyDocument,
): readonly LooserValue[] {
  const value = organisation[field]
  const bound = above[field]
  const met = meetValues(field, bound, value)
  if (value === undefined || bound === undefined || met === undefined || isSame(field, met, value)) return []
  const level = boundBy(field, platform, tier, bound)
  return [{ pointer: `/${field}`, value, bound, level, message: `${LATTICES[field].bound(bound)} (${level})` }]
}

/** Throws `policy_looser`, naming each value that is looser than the platform's with its bound, if there is any. */
export function checkNotLooser(platform: PolicyDocument, organisation: PolicyDocument): void {
  const looser = looserValues(platform, organisation)
  if (looser.length === 0) return
  const fields = looser.map(({ pointer, message }) => ({ pointer, message }))
  throw policyLooser({ fields: fields.map(({ pointer }) => pointer) }, { fields })
}
