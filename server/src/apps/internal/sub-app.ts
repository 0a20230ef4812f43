// Apps inside apps: that the chain ends, and that nobody escapes a demand by wrapping the app that makes it.

import type { ProblemField } from '../../kernel/problem.ts'
import { RISKS } from '../../policy/document.ts'
import { CATEGORIES } from '../category.ts'
import type { AppContract } from '../contract.ts'
import { inputSchemaOf } from '../input-schema.ts'
import type { CheckContext, KnownApp } from '../known.ts'
import { type AppNode, MAX_APPS_DEEP, type NodeOf } from '../node.ts'
import { walkNodes } from './walk.ts'

export const subAppsOf = (
  nodes: readonly AppNode[],
): readonly (readonly [pointer: string, node: NodeOf<'sub_app'>])[] =>
  walkNodes(nodes, '/pipeline/nodes').flatMap(({ node, pointer }) => (node.type === 'sub_app' ? [[pointer, node]] : []))

/** Why an app may not be called from here, in a sentence; null if it may. */
export function findChainFault(node: NodeOf<'sub_app'>, context: CheckContext): string | null {
  return chainFault(node, context, [context.app_id])
}

/** `chain` is the apps around the node, the outermost first: null for one that has no id yet. */
function chainFault(node: NodeOf<'sub_app'>, context: CheckContext, chain: readonly (string | null)[]): string | null {
  if (chain.includes(node.app)) return chain.length === 1 ? 'is the app itself' : 'leads back to an app that calls it'
  if (chain.length >= MAX_APPS_DEEP) return `is more than ${MAX_APPS_DEEP} apps inside each other`
  const known = context.findApp(node.app, node.version)
  if (known === null) return 'there is no such app, or it may not be run here'
  if (context.source === 'public' && known.source === 'internal') return 'a public app may call public apps only'
  const inside = subAppsOf(known.contract.pipeline.nodes).map(([, each]) => each)
  for (const each of inside) {
    const fault = chainFault(each, context, [...chain, node.app])
    if (fault !== null) return fault
  }
  return null
}

/** What the input given to an app inside lacks, or has too much. */
export function subAppInputFaults(node: NodeOf<'sub_app'>, known: KnownApp, pointer: string): readonly ProblemField[] {
  const { fields } = known.contract.input
  const names = new Set(fields.map(({ name }) => name))
  const missing = fields.filter(({ name, required }) => required && !Object.hasOwn(node.input, name))
  const unknown = Object.keys(node.input).filter((name) => !names.has(name))
  const { properties } = inputSchemaOf(known.contract)
  return [
    ...missing.map(({ name }) => ({
      pointer: `${pointer}/input/${name}`,
      message: 'is missing: that app requires it',
    })),
    ...unknown.map((name) => ({
      pointer: `${pointer}/input/${name}`,
      message: `is not asked for by that app; it knows ${Object.keys(properties ?? {}).join(', ')}`,
    })),
  ]
}

/** What a contract demands by itself: the least that whoever wraps it must demand as well. */
function demandsOf({ governance, info }: Pick<AppContract, 'governance' | 'info'>) {
  const { risk, supervision } = governance
  const is_consequential = CATEGORIES[info.category].consequence !== null || (governance.consequences ?? []).length > 0
  return {
    risk: RISKS.indexOf(risk),
    required: supervision.required || is_consequential,
    level2: supervision.level2 === undefined ? 0 : (supervision.level2.quorum ?? 1),
    level3: supervision.level3 === undefined ? 0 : (supervision.level3.quorum ?? 1),
  }
}

/** Demands of an app inside that the app around it does not make. */
export function weakerDemands(
  outer: Pick<AppContract, 'governance' | 'info'>,
  inner: AppContract,
): readonly {
  readonly part: 'risk' | 'supervision' | 'provider'
  readonly pointer: string
  readonly message: string
}[] {
  const own = demandsOf(outer)
  const needed = demandsOf(inner)
  const by = `${inner.info.name} ${inner.info.version}, which it calls`
  const at = '/governance/supervision'
  const allowed = outer.governance.allowed_provider_types
  const allowed_inside = inner.governance.allowed_provider_types
  const is_wider =
    allowed_inside !== 'all' && (allowed === 'all' || allowed.some((each) => !allowed_inside.includes(each)))
  return [
    ...(own.risk < needed.risk
      ? [{ part: 'risk' as const, pointer: '/governance/risk', message: `must be at least that of ${by}` }]
      : []),
    ...(!own.required && needed.required
      ? [{ part: 'supervision' as const, pointer: `${at}/required`, message: `must be true as for ${by}` }]
      : []),
    ...(['level2', 'level3'] as const)
      .filter((level) => own[level] < needed[level])
      .map((level) => ({
        part: 'supervision' as const,
        pointer: `${at}/${level}`,
        message: `must demand at least what ${by}, demands`,
      })),
    ...(is_wider
      ? [
          {
            part: 'provider' as const,
            pointer: '/governance/allowed_provider_types',
            message: `must be no wider than that of ${by}`,
          },
        ]
      : []),
  ]
}
