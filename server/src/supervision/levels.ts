// Which levels a run needs, from every layer that may demand one: the floor and the policies (`policy/levels.ts`), the
// organisation's workflows, the app. Levels are only ever added (requirements 4.6, rulings 1 and 12).

import type { EngineType, Risk } from '../policy/document.ts'
import type { EffectivePolicy } from '../policy/effective.ts'
import { requiredLevels } from '../policy/levels.ts'
import { isConcerned, type Workflow } from './internal/workflow-document.ts'

export type Level = 1 | 2 | 3
export const LEVELS: readonly Level[] = [1, 2, 3]

/** Why a level is needed: which rule says so and who set it. */
export type Demand = {
  readonly level: Level
  readonly rule: string
  readonly set_by: string
}

export type RunLevels = {
  readonly level1: boolean
  readonly level2: boolean
  readonly level3: boolean
  readonly level2_quorum: number
  readonly level3_quorum: number
  readonly distinct_approvers: boolean
  readonly demands: readonly Demand[]
}

/** What the contract of an app demands (`governance.supervision`). */
export type AppSupervision = {
  readonly required: boolean
  readonly level2?: { readonly quorum?: number; readonly from?: readonly string[] }
  readonly level3?: { readonly quorum?: number; readonly from?: readonly string[] }
}

export type SupervisedApp = {
  readonly risk: Risk
  readonly category: string | null
  readonly engine_type: EngineType
  readonly supervision: AppSupervision
}

/** The levels that policy, workflows and app demand now. */
export function levelsOf(policy: EffectivePolicy, workflows: readonly Workflow[], app: SupervisedApp): RunLevels {
  const { supervision } = app
  const base = requiredLevels(policy, {
    risk: app.risk,
    category: app.category,
    supervision_required: supervision.required,
  })
  const concerned = workflows.filter((each) => isConcerned(each, app))
  const demands: readonly Demand[] = [
    ...base.demands,
    ...appDemands(supervision),
    ...concerned.flatMap(({ name, levels }) =>
      levels.map(({ level }) => ({ level, rule: `workflow: ${name}`, set_by: 'organisation' })),
    ),
  ]
  const has = (level: Level): boolean => demands.some((each) => each.level === level)
  const quorum = (level: Level, of: number): number =>
    Math.max(
      of,
      (level === 2 ? supervision.level2?.quorum : supervision.level3?.quorum) ?? 1,
      ...concerned.flatMap((each) => each.levels.filter((one) => one.level === level).map((one) => one.quorum ?? 1)),
    )
  return {
    level1: demands.length > 0,
    level2: has(2),
    level3: has(3),
    level2_quorum: quorum(2, base.level2_quorum),
    level3_quorum: quorum(3, base.level3_quorum),
    distinct_approvers: base.distinct_approvers,
    demands: demands.toSorted((a, b) => a.level - b.level),
  }
}

function appDemands({ level2, level3 }: AppSupervision): readonly Demand[] {
  return [
    ...(level2 === undefined ? [] : [{ level: 2 as const, rule: 'app_level2', set_by: 'app' }]),
    ...(level3 === undefined ? [] : [{ level: 3 as const, rule: 'app_level3', set_by: 'app' }]),
  ]
}

/** Both together: what either demands. Associative, commutative and idempotent but for the order of the reasons. */
export function raisedLevels(a: RunLevels, b: RunLevels): RunLevels {
  const known = new Set(a.demands.map((each) => JSON.stringify([each.level, each.rule, each.set_by])))
  const added = b.demands.filter((each) => !known.has(JSON.stringify([each.level, each.rule, each.set_by])))
  return {
    level1: a.level1 || b.level1,
    level2: a.level2 || b.level2,
    level3: a.level3 || b.level3,
    level2_quorum: Math.max(a.level2_quorum, b.level2_quorum),
    level3_quorum: Math.max(a.level3_quorum, b.level3_quorum),
    distinct_approvers: a.distinct_approvers || b.distinct_approvers,
    demands: [...a.demands, ...added].toSorted((x, y) => x.level - y.level),
  }
}

/** Whether the second demands anything that the first does not. */
export function isRaisedBy(levels: RunLevels, other: RunLevels): boolean {
  const raised = raisedLevels(levels, other)
  return (
    raised.level1 !== levels.level1 ||
    raised.level2 !== levels.level2 ||
    raised.level3 !== levels.level3 ||
    raised.level2_quorum !== levels.level2_quorum ||
    raised.level3_quorum !== levels.level3_quorum ||
    raised.distinct_approvers !== levels.distinct_approvers
  )
}

/** The levels it needs, lowest first, each with the number of persons. */
export function neededLevels(levels: RunLevels): readonly { readonly level: Level; readonly quorum: number }[] {
  return [
    ...(levels.level1 ? [{ level: 1 as const, quorum: 1 }] : []),
    ...(levels.level2 ? [{ level: 2 as const, quorum: levels.level2_quorum }] : []),
    ...(levels.level3 ? [{ level: 3 as const, quorum: levels.level3_quorum }] : []),
  ]
}
