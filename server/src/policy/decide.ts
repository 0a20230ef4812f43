// May this call be made? The pure part of the gate chain (requirements 4.8, gates 3, 7 and 8): one ordered list of small
// checks over facts that were read from the database, the first failure answers. What changes between two calls
// (budgets, the wallet, whether the key still lives) is decided by `admit` under its lock.

import type { Actor } from '../access/actor.ts'
import { findPermissionRefusal } from '../access/require.ts'
import type { Problem } from '../kernel/problem.ts'
import type { EngineType, Risk } from './document.ts'
import type { EffectivePolicy, PolicyLevel } from './effective.ts'
import type { RequiredLevels, SupervisedRun } from './levels.ts'
import { requiredLevels } from './levels.ts'
import {
  engineForbidden,
  inputLimitExceeded,
  jurisdictionForbidden,
  modelForbidden,
  modelNotAssigned,
  outputLimitExceeded,
  providerDisabled,
  providerForbidden,
  supervisionRequired,
  useCaseRequired,
} from './problems.ts'

/** What `decide` must know of a model that is assigned to the organisation; the caller's rows may hold more. */
export type AssignedModel = {
  readonly name: string
  readonly status: 'enabled' | 'disabled'
  readonly provider_type: string
  readonly provider_status: 'enabled' | 'disabled'
  /** What a call without a limit of its own may produce, in tokens per choice. */
  readonly default_output_tokens: number
  /** The most the model may be asked for, in tokens per choice. */
  readonly max_output_tokens: number
}

/** An app that may be run where a plain call is refused. */
export type RunnableApp = { readonly id: string; readonly name: string }

/**
 * Everything `decide` knows, plain data that nobody changes. A node may remember it together with the versions it was
 * read at; `admit` compares them under its lock and answers `stale` when they moved, so that a remembered fact alone
 * never admits.
 */
export type Facts<Model extends AssignedModel = AssignedModel> = {
  readonly access_version: number
  readonly platform_version: number
  readonly actor: Actor
  readonly policy: EffectivePolicy
  /** By the name that callers use. A model that is not here does not exist for this organisation. */
  readonly models: ReadonlyMap<string, Model>
  /** Whether use cases of the project have quotas, so that a call must say to which it belongs. */
  readonly has_use_case_quota: boolean
  readonly apps: readonly RunnableApp[]
}

/** What is asked for. */
export type GovernedRequest = {
  readonly engine_type: EngineType
  readonly model: string
  readonly input_bytes: number
  /** Tokens per choice, or null if the call sets no limit of its own. */
  readonly output_tokens: number | null
  /** How many answers are asked for at once (`n`), at least 1. */
  readonly choices: number
  readonly jurisdiction: string | null
  readonly use_case_id: string | null
  /** The app that is run; null for a plain gateway call, whose risk is the policy's and which nobody supervises. */
  readonly run: SupervisedRun | null
}

export type Verdict<Model extends AssignedModel = AssignedModel> =
  | {
      readonly allowed: true
      readonly model: Model
      readonly risk: Risk
      /** The limit the call gets, in tokens per choice; what the hold is reckoned from and what is sent. */
      readonly output_tokens: number
      readonly is_clamped: boolean
      readonly levels: RequiredLevels
      readonly max_execution_seconds: number | null
    }
  | { readonly allowed: false; readonly problem: Problem }

/** What policy and models say, whoever asks. */
export type PolicyFacts<Model extends AssignedModel = AssignedModel> = Pick<
  Facts<Model>,
  'policy' | 'models' | 'has_use_case_quota' | 'apps'
>

type Judged = { readonly policy: EffectivePolicy; readonly request: GovernedRequest }

const refused = (problem: Problem) => ({ allowed: false, problem }) as const

/**
 * Decides one call. Never throws; a refusal carries the Problem that names the rule, who set it, the numbers and what
 * the reader may do next. Deny by default: an unknown model is refused like one that was never assigned.
 */
export function decide<Model extends AssignedModel>(facts: Facts<Model>, request: GovernedRequest): Verdict<Model> {
  const refusal = findPermissionRefusal(facts.actor, 'run.execute')
  return refusal === null ? decideByPolicy(facts, request) : refused(refusal)
}

/** `decide` without the question who calls: what a policy makes of a call, be it one of the past. */
export function decideByPolicy<Model extends AssignedModel>(
  facts: PolicyFacts<Model>,
  request: GovernedRequest,
): Verdict<Model> {
  const { policy } = facts
  const early = findEngineRefusal(policy, request.engine_type)
  if (early !== null) return refused(early)

  const model = facts.models.get(request.model)
  if (model === undefined || model.status === 'disabled') return refused(notAssigned(request.model))
  const run = request.run ?? { risk: policy.values.gateway_risk, category: null, supervision_required: false }
  const levels = requiredLevels(policy, run)
  const output = outputLimit({ policy, request }, model)
  const late =
    checkProvider(policy, model) ??
    checkModel({ policy, request }) ??
    checkSupervision(facts, request, levels) ??
    findJurisdictionRefusal(policy, request.jurisdiction) ??
    checkUseCase(facts, request) ??
    findInputRefusal(policy, request.input_bytes) ??
    checkOutput(request, output)
  if (late !== null) return refused(late)

  const max_execution_seconds = policy.values.max_execution_seconds ?? null
  const { granted_tokens: output_tokens, is_clamped } = output
  return { allowed: true, model, risk: run.risk, output_tokens, is_clamped, levels, max_execution_seconds }
}

const SAID_BY: Readonly<Record<PolicyLevel, string>> = {
  default: "the platform's default policy",
  platform: "the platform's policy",
  tier: "your organisation's account tier",
  organisation: "your organisation's policy",
}
const CHANGED_BY: Readonly<Record<PolicyLevel, string>> = {
  default: 'A super-admin can change that.',
  platform: 'A super-admin can change that.',
  tier: 'A super-admin can give it another one.',
  organisation: 'An owner or admin of your organisation can change that.',
}

type SetField = 'allowed_engines' | 'allowed_models' | 'allowed_provider_types' | 'jurisdictions'

/** Who does not allow the word: the platform if it alone would refuse it, else the organisation; null if both allow it. */
function forbiddenBy(policy: EffectivePolicy, field: SetField, word: string | null): PolicyLevel | null {
  const allows = (listed: 'all' | readonly string[]): boolean =>
    listed === 'all' || listed.some((each) => each === word)
  if (allows(policy.values[field])) return null
  return allows(policy.platform[field]) ? 'organisation' : 'platform'
}

/** The refusal of a type of engine that policy does not let run, or null. */
export function findEngineRefusal(policy: EffectivePolicy, engine_type: EngineType): Problem | null {
  const level = forbiddenBy(policy, 'allowed_engines', engine_type)
  if (level === null) return null
  const detail = `Executions of type ${engine_type} are not allowed by ${SAID_BY[level]}. ${CHANGED_BY[level]}`
  return engineForbidden({ rule: 'allowed_engines', level, engine_type }, { detail })
}

const notAssigned = (model: string): Problem =>
  modelNotAssigned({ model }, { detail: 'List the models you may call, or ask an owner or admin to enable this one.' })

function checkProvider(policy: EffectivePolicy, model: AssignedModel): Problem | null {
  const { name, provider_type, provider_status } = model
  if (provider_status === 'disabled') {
    return providerDisabled({ model: name }, { detail: 'Call another model, or ask whoever manages its provider.' })
  }
  const level = forbiddenBy(policy, 'allowed_provider_types', provider_type)
  if (level === null) return null
  const detail = `Providers of type ${provider_type} are not allowed by ${SAID_BY[level]}. ${CHANGED_BY[level]}`
  return providerForbidden({ rule: 'allowed_provider_types', level, model: name, provider_type }, { detail })
}

function checkModel({ policy, request: { model } }: Judged): Problem | null {
  const level = forbiddenBy(policy, 'allowed_models', model)
  if (level === null) return null
  const detail = `The model ${model} is not allowed by ${SAID_BY[level]}. ${CHANGED_BY[level]}`
  return modelForbidden({ rule: 'allowed_models', level, model }, { detail })
}

/** A plain call finalises itself, so where a person must look at its output it cannot be made (rulings, "Gateway calls"). */
function checkSupervision(facts: PolicyFacts, { run }: GovernedRequest, { demands }: RequiredLevels): Problem | null {
  if (run !== null || demands.length === 0) return null
  const apps = facts.apps.map(({ name }) => name)
  const levels = [...new Set(demands.map(({ level }) => level))]
  const rules = demands.map(({ rule }) => rule)
  const set_by = demands.map((demand) => demand.set_by)
  const because = demands.map((demand) => `${demand.rule} (${demand.set_by})`).join(', ')
  const instead =
    apps.length > 0 ? `Run an app instead: ${apps.join(', ')}.` : 'No app can be run instead; ask your admin.'
  const detail = `A person must supervise this call at level ${levels.join(' and ')} by ${because}. ${instead}`
  return supervisionRequired({ levels, rules, set_by, apps, app_ids: facts.apps.map(({ id }) => id) }, { detail })
}

/** The refusal of a jurisdiction that policy does not allow, null for none that was named; or null. */
export function findJurisdictionRefusal(policy: EffectivePolicy, jurisdiction: string | null): Problem | null {
  const level = forbiddenBy(policy, 'jurisdictions', jurisdiction)
  if (level === null) return null
  const asked = jurisdiction === null ? 'A call without jurisdiction' : `The jurisdiction ${jurisdiction}`
  const detail = `${asked} is not allowed by ${SAID_BY[level]}. ${CHANGED_BY[level]}`
  return jurisdictionForbidden({ rule: 'jurisdictions', level, jurisdiction }, { detail })
}

function checkUseCase({ policy, has_use_case_quota }: PolicyFacts, { use_case_id }: GovernedRequest): Problem | null {
  if (use_case_id !== null || !(policy.values.require_use_case || has_use_case_quota)) return null
  const level = policy.values.require_use_case ? (policy.set_by.require_use_case ?? 'default') : 'organisation'
  const rule = policy.values.require_use_case ? 'require_use_case' : 'quota'
  return useCaseRequired({ rule, level }, { detail: 'Name it in the request, or use an API key that is bound to one.' })
}

/** The refusal of an input that is larger than policy allows, or null. */
export function findInputRefusal(policy: EffectivePolicy, input_bytes: number): Problem | null {
  const limit_bytes = policy.values.max_input_bytes
  if (limit_bytes === undefined || input_bytes <= limit_bytes) return null
  const level = policy.set_by.max_input_bytes ?? 'default'
  const detail = `The input has ${input_bytes} bytes; ${SAID_BY[level]} allows ${limit_bytes}. ${CHANGED_BY[level]}`
  return inputLimitExceeded({ rule: 'max_input_bytes', level, limit_bytes, input_bytes }, { detail })
}

type OutputLimit = {
  readonly granted_tokens: number
  readonly is_clamped: boolean
  readonly is_exceeded: boolean
  readonly limit_tokens: number
  /** Who set the limit; null for the model's own. */
  readonly level: PolicyLevel | null
}

/**
 * The limit of output per choice: the model's and the policy's, which counts all choices together. A call that sets no
 * limit of its own gets the model's default within both; one that asks for more is lowered only where policy clamps.
 */
function outputLimit({ policy, request }: Judged, model: AssignedModel): OutputLimit {
  const { max_output_tokens = Number.POSITIVE_INFINITY, clamp_max_tokens } = policy.values
  const by_policy = Math.floor(max_output_tokens / request.choices)
  const limit_tokens = Math.min(model.max_output_tokens, by_policy)
  const asked = request.output_tokens ?? Math.min(model.default_output_tokens, limit_tokens)
  const is_over = asked > limit_tokens
  return {
    granted_tokens: Math.min(asked, limit_tokens),
    is_clamped: is_over,
    is_exceeded: limit_tokens < 1 || (is_over && !clamp_max_tokens),
    limit_tokens,
    level: by_policy < model.max_output_tokens ? (policy.set_by.max_output_tokens ?? 'default') : null,
  }
}

function checkOutput(request: GovernedRequest, output: OutputLimit): Problem | null {
  if (!output.is_exceeded) return null
  const { limit_tokens, level } = output
  const { output_tokens: asked_tokens, choices } = request
  const rule = level === null ? 'model' : 'max_output_tokens'
  const allowed_by = level === null ? 'the model' : SAID_BY[level]
  const each = choices === 1 ? '' : ` for each of ${choices} choices`
  const detail = `At most ${limit_tokens} tokens${each} are allowed by ${allowed_by}. Ask for fewer.`
  return outputLimitExceeded({ rule, level, limit_tokens, asked_tokens, choices }, { detail })
}
