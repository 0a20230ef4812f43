// Which levels of supervision a run needs (requirements 1.5 and 4.6). Each layer can only add: the floor, the policy in
// force, the app.

import type { PolicyField, Risk } from './document.ts'
import { RISKS } from './document.ts'
import type { EffectivePolicy, PolicyLevel } from './effective.ts'

/** What an app, or whatever else is run, brings to the question. */
export type SupervisedRun = {
  readonly risk: Risk
  readonly category: string | null
  readonly supervision_required: boolean
}

/** Why a level is needed: which rule says so and who set it. The floor is set by nobody and lowered by nobody. */
export type LevelDemand = {
  readonly level: 1 | 2 | 3
  readonly rule: PolicyField | 'risk_floor' | 'supervision_required'
  readonly set_by: PolicyLevel | 'floor' | 'app'
}

export type RequiredLevels = {
  readonly level1: boolean
  readonly level2: boolean
  readonly level3: boolean
  readonly level2_quorum: number
  readonly level3_quorum: number
  /** Whether the levels are given by different persons. */
  readonly distinct_approvers: boolean
  /** Every reason, lowest level first; empty exactly when no level is needed. */
  readonly demands: readonly LevelDemand[]
}

/** High risk is never acknowledged by the platform, critical risk never approved by one person alone. */
const LEVEL1_FLOOR: Risk = 'high'
const LEVEL2_FLOOR: Risk = 'critical'

const reaches = (risk: Risk, from: Risk | 'off'): boolean =>
  from !== 'off' && RISKS.indexOf(risk) >= RISKS.indexOf(from)

/** The levels a run needs under this policy now. Levels 2 and 3 imply level 1. */
export function requiredLevels(policy: EffectivePolicy, run: SupervisedRun): RequiredLevels {
  const { values } = policy
  const demands = demandsOn(policy, run)
  return {
    level1: demands.length > 0,
    level2: demands.some(({ level }) => level === 2),
    level3: demands.some(({ level }) => level === 3),
    level2_quorum: values.level2_quorum,
    level3_quorum: values.level3_quorum,
    distinct_approvers: values.distinct_approvers || reaches(run.risk, LEVEL2_FLOOR),
    demands,
  }
}

function demandsOn(policy: EffectivePolicy, run: SupervisedRun): readonly LevelDemand[] {
  const { values, platform } = policy
  const setBy = (rule: PolicyField): PolicyLevel => policy.set_by[rule] ?? 'default'
  const { risk, category } = run
  const listed = (rule: 'level2_categories' | 'level3_categories'): boolean =>
    category !== null && values[rule].includes(category)
  const listedBy = (rule: 'level2_categories' | 'level3_categories'): PolicyLevel =>
    category !== null && platform[rule].includes(category) ? 'platform' : 'organisation'
  const rules: readonly (LevelDemand & { readonly holds: boolean })[] = [
    { level: 1, rule: 'risk_floor', set_by: 'floor', holds: reaches(risk, LEVEL1_FLOOR) },
    { level: 1, rule: 'supervision_required', set_by: 'app', holds: run.supervision_required },
    { level: 1, rule: 'mandatory_ack', set_by: setBy('mandatory_ack'), holds: values.mandatory_ack },
    { level: 2, rule: 'risk_floor', set_by: 'floor', holds: reaches(risk, LEVEL2_FLOOR) },
    {
      level: 2,
      rule: 'level2_from_risk',
      set_by: setBy('level2_from_risk'),
      holds: reaches(risk, values.level2_from_risk),
    },
    { level: 2, rule: 'level2_categories', set_by: listedBy('level2_categories'), holds: listed('level2_categories') },
    {
      level: 3,
      rule: 'level3_from_risk',
      set_by: setBy('level3_from_risk'),
      holds: reaches(risk, values.level3_from_risk),
    },
    { level: 3, rule: 'level3_categories', set_by: listedBy('level3_categories'), holds: listed('level3_categories') },
  ]
  return rules.filter(({ holds }) => holds).map(({ level, rule, set_by }) => ({ level, rule, set_by }))
}
