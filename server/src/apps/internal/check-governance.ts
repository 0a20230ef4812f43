// Checks 5 to 8: risk, supervision, providers, price. What a contract declares, and what it must declare being what it is.

import type { ProblemField } from '../../kernel/problem.ts'
import { RISKS } from '../../policy/document.ts'
import { CATEGORIES } from '../category.ts'
import type { AppContract, AppGovernance, AppInfo, AppPipeline } from '../contract.ts'
import { MAX_FIELD_FILES, MAX_TEXT_CHARS } from '../field.ts'
import type { CheckContext } from '../known.ts'
import { quoteOf } from '../quote.ts'
import { subAppsOf, weakerDemands } from './sub-app.ts'
import { walkNodes } from './walk.ts'

type Governed = Pick<AppContract, 'info' | 'governance' | 'pipeline'>
type Part = 'risk' | 'supervision' | 'provider'

/** What apps inside demand that this one does not. */
function wrappedFaults(contract: Governed, context: CheckContext, part: Part): readonly ProblemField[] {
  return subAppsOf(contract.pipeline.nodes)
    .flatMap(([, node]) => {
      const known = context.findApp(node.app, node.version)
      return known === null ? [] : weakerDemands(contract, known.contract)
    })
    .flatMap((each) => (each.part === part ? [{ pointer: each.pointer, message: each.message }] : []))
}

/** Check 5. Risk stands for what is inside as well, and a run cannot need more steps than it may take. */
export function riskFaults(contract: Governed, context: CheckContext): readonly ProblemField[] {
  const { max_steps } = contract.governance
  const nodes = walkNodes(contract.pipeline.nodes, '').length
  const is_short = max_steps !== undefined && max_steps < contract.pipeline.nodes.length
  return [
    ...wrappedFaults(contract, context, 'risk'),
    ...(is_short
      ? [{ pointer: '/governance/max_steps', message: `is less than a run takes: the pipeline has ${nodes} nodes` }]
      : []),
  ]
}

/** Check 6: what is of high risk, or of legal, financial, regulatory or professional consequence, is acknowledged. */
export function supervisionFaults(contract: Governed, context: CheckContext): readonly ProblemField[] {
  return [
    ...ownSupervisionFaults(contract.governance, contract.info),
    ...wrappedFaults(contract, context, 'supervision'),
  ]
}

function ownSupervisionFaults(
  { risk, consequences = [], supervision }: AppGovernance,
  { category }: AppInfo,
): readonly ProblemField[] {
  const { required, level2, level3 } = supervision
  if (required) return []
  const pointer = '/governance/supervision/required'
  const { consequence, label } = CATEGORIES[category]
  if (RISKS.indexOf(risk) >= RISKS.indexOf('high')) return [{ pointer, message: `must be true: the risk is ${risk}` }]
  if (consequence !== null) {
    return [{ pointer, message: `must be true: outputs in the category ${label} have ${consequence} consequences` }]
  }
  const [declared] = consequences
  if (declared !== undefined) return [{ pointer, message: `must be true: outputs have ${declared} consequences` }]
  if (level2 !== undefined || level3 !== undefined) {
    return [{ pointer, message: 'must be true: levels 2 and 3 rest on level 1' }]
  }
  return []
}

/** Engine types that are no apps: plain calls, and the board's builds. */
const NO_APPS = ['gateway', 'build']

/** Check 7. Models are those of the running organisation, secrets its own; a public app can name neither. */
export function providerFaults(contract: Governed, context: CheckContext): readonly ProblemField[] {
  const { engine_type } = contract.governance
  return [
    ...(NO_APPS.includes(engine_type)
      ? [{ pointer: '/governance/engine_type', message: `${engine_type} is no type of engine for an app` }]
      : []),
    ...referenceFaults(contract.pipeline, context),
    ...wrappedFaults(contract, context, 'provider'),
  ]
}

function referenceFaults(pipeline: AppPipeline, context: CheckContext): readonly ProblemField[] {
  const is_public = context.source === 'public'
  return walkNodes(pipeline.nodes, '/pipeline/nodes').flatMap(({ node, pointer }) => {
    if (node.type === 'prompt' && node.model !== undefined && node.model !== 'default') {
      if (is_public) return [{ pointer: `${pointer}/model`, message: 'a public app uses the default model' }]
      if (!context.models.has(node.model)) {
        return [{ pointer: `${pointer}/model`, message: 'there is no such model, or it may not be called here' }]
      }
    }
    if (node.type === 'http_tool' && node.credential !== undefined) {
      const at = `${pointer}/credential`
      if (is_public) return [{ pointer: at, message: 'a public app carries no secret of an organisation' }]
      if (!context.credentials.has(node.credential.name)) {
        return [{ pointer: `${at}/name`, message: 'there is no such tool credential here' }]
      }
    }
    return []
  })
}

/** Check 8: even the largest input that the fields allow has a price that can be held. */
export function costFaults({ input, pricing }: Pick<AppContract, 'input' | 'pricing'>): readonly ProblemField[] {
  const most = { bytes: 0, chars: 0, items: 0 }
  for (const {
    type,
    max_length = MAX_TEXT_CHARS,
    max_bytes = MAX_FILE_BYTES,
    max_files = MAX_FIELD_FILES,
  } of input.fields) {
    const files = type === 'file' ? 1 : type === 'files' ? max_files : 0
    most.items += files
    most.bytes += files * max_bytes
    if (type === 'text') most.chars += max_length
  }
  try {
    quoteOf({ pricing }, most)
    return []
  } catch {
    return [{ pointer: '/pricing', message: 'the largest input would cost more than can be held' }]
  }
}

const MAX_FILE_BYTES = 2_000_000_000
