// What became of something, put to a policy once more by the evaluator that decides at run time. Pure: the same question to
// two policies tells what a change of policy would do.

import type { AppContract } from '../../apps/contract.ts'
import type { Problem } from '../../kernel/problem.ts'
import {
  type AssignedModel,
  decideByPolicy,
  findJurisdictionRefusal,
  type GovernedRequest,
} from '../../policy/decide.ts'
import type { EffectivePolicy } from '../../policy/effective.ts'
import type { RunLevels } from '../../supervision/levels.ts'
import type { Workflow } from '../../supervision/workflow.ts'
import { GateRefusal, governRun, modelsIn, type RunGovernance } from './prepare-run.ts'

/** From what goes through by itself to what does not happen at all. */
export const OUTCOMES = ['unattended', 'acknowledged', 'approved', 'signed_off', 'cut_off', 'refused'] as const
export type Outcome = (typeof OUTCOMES)[number]

export type Judgement = {
  readonly outcome: Outcome
  /** The field of the policy, or what else decides; null where nothing restricts. */
  readonly rule: string | null
  /** Persons who must agree. */
  readonly persons: number
}

/** What is the same for everything that is judged. */
export type Bench = {
  readonly policy: EffectivePolicy
  readonly workflows: readonly Workflow[]
  readonly models: ReadonlyMap<string, AssignedModel>
}

/** A call that was made directly. Figures need to be no more exact than the limits they are held against. */
export type PastCall = {
  readonly model: string
  readonly has_use_case: boolean
  readonly output_tokens: number
  readonly seconds: number
}

/** A run of an app. */
export type PastRun = {
  readonly contracts: readonly [AppContract, ...(readonly AppContract[])]
  /** The models that its calls named. */
  readonly models: readonly string[]
  readonly jurisdiction: string | null
  readonly has_use_case: boolean
  readonly steps: number
}

const UNATTENDED: Judgement = Object.freeze({ outcome: 'unattended', rule: null, persons: 0 })
const SOME_USE_CASE = 'one'

const refusedBy = (rule: string): Judgement => ({ outcome: 'refused', rule, persons: 0 })
const cutOffBy = (rule: string): Judgement => ({ outcome: 'cut_off', rule, persons: 0 })

/** The rule that a refusal names. */
function ruleOf({ code, params }: Problem): string {
  const { rule, rules } = params
  if (typeof rule === 'string') return rule
  const first: unknown = Array.isArray(rules) ? rules[0] : null
  return typeof first === 'string' ? first : code
}

function ask(bench: Bench, request: Pick<GovernedRequest, 'engine_type' | 'model'> & Partial<GovernedRequest>) {
  const facts = { policy: bench.policy, models: bench.models, has_use_case_quota: false, apps: [] }
  const usual = { input_bytes: 0, output_tokens: null, choices: 1, jurisdiction: null, use_case_id: null, run: null }
  return decideByPolicy(facts, { ...usual, ...request })
}

/** What this policy makes of a call. */
export function judgeCall(bench: Bench, { model, has_use_case, output_tokens, seconds }: PastCall): Judgement {
  const use_case_id = has_use_case ? SOME_USE_CASE : null
  const verdict = ask(bench, { engine_type: 'gateway', model, output_tokens, use_case_id })
  if (!verdict.allowed) return refusedBy(ruleOf(verdict.problem))
  const { max_execution_seconds } = verdict
  return max_execution_seconds !== null && seconds > max_execution_seconds
    ? cutOffBy('max_execution_seconds')
    : UNATTENDED
}

/** What this policy makes of a run. */
export function judgeRun(bench: Bench, run: PastRun): Judgement {
  const governed = govern(bench, run.contracts)
  if ('outcome' in governed) return governed
  const place = findJurisdictionRefusal(bench.policy, run.jurisdiction)
  if (place !== null) return refusedBy(ruleOf(place))
  for (const model of run.models) {
    const refusal = findRefusal(bench, governed, { ...run, model })
    if (refusal !== null) return refusedBy(ruleOf(refusal))
  }
  const { max_steps } = bench.policy.values
  if (max_steps !== undefined && run.steps > max_steps) return cutOffBy('max_steps')
  return judgementOf(governed.levels)
}

/** What this policy makes of an app that somebody would run: refused when none of the ways in which it can be run is left. */
export function judgeApp(bench: Bench, contract: AppContract): Judgement {
  const governed = govern(bench, [contract])
  if ('outcome' in governed) return governed
  const { jurisdictions } = contract.governance
  const offered =
    jurisdictions === 'all' ? [] : jurisdictions.map((each) => findJurisdictionRefusal(bench.policy, each))
  const [place] = offered
  if (offered.every((each) => each !== null) && place !== undefined && place !== null) return refusedBy(ruleOf(place))
  for (const model of new Set(modelsIn(contract.pipeline))) {
    const refusals = (model === null ? [...bench.models.keys()] : [model]).map((name) =>
      findRefusal(bench, governed, { model: name, jurisdiction: null, has_use_case: true }),
    )
    const [refusal] = refusals
    if (refusals.every((each) => each !== null) && refusal !== undefined && refusal !== null) {
      return refusedBy(ruleOf(refusal))
    }
  }
  return judgementOf(governed.levels)
}

function govern({ policy, workflows }: Bench, contracts: PastRun['contracts']): RunGovernance | Judgement {
  try {
    return governRun(contracts, policy, workflows)
  } catch (error) {
    if (error instanceof GateRefusal) return refusedBy(ruleOf(error.problem))
    throw error
  }
}

/** The refusal of a run's call to a model; its jurisdiction was judged with the run. */
function findRefusal(
  bench: Bench,
  { contract, policy, risk }: RunGovernance,
  call: Pick<PastRun, 'jurisdiction' | 'has_use_case'> & { readonly model: string },
): Problem | null {
  const values = { ...policy.values, jurisdictions: 'all' as const }
  const verdict = ask(
    { ...bench, policy: { ...policy, values } },
    {
      engine_type: contract.governance.engine_type,
      model: call.model,
      use_case_id: call.has_use_case ? SOME_USE_CASE : null,
      run: { risk, category: null, supervision_required: false },
    },
  )
  return verdict.allowed ? null : verdict.problem
}

function judgementOf(levels: RunLevels): Judgement {
  const { level1, level2, level3, level2_quorum, level3_quorum, demands } = levels
  if (!level1) return UNATTENDED
  const outcome = level3 ? 'signed_off' : level2 ? 'approved' : 'acknowledged'
  const persons = 1 + (level2 ? level2_quorum : 0) + (level3 ? level3_quorum : 0)
  return { outcome, rule: demands.at(-1)?.rule ?? null, persons }
}
