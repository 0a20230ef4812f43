// The eleven checks of a contract (requirements 1.7), the same at submission and before every run, for internal and for
// public apps: only what the place knows (`known.ts`) differs. Total: whatever content it is given, it answers and never throws.

import { Compile } from 'typebox/compile'
import type { ProblemField } from '../kernel/problem.ts'
import { type AppContract, CONTRACT_FILES, CONTRACT_SCHEMAS, ContractSchema, type ContractFile } from './contract.ts'
import { costFaults, providerFaults, riskFaults, supervisionFaults } from './internal/check-governance.ts'
import { inputFaults } from './internal/check-input.ts'
import { pipelineFaults } from './internal/check-pipeline.ts'
import { resultFaults } from './internal/check-result.ts'
import { nodeListFaults, shapeFaults } from './internal/shape.ts'
import { isObject } from './internal/value.ts'
import { overstatements } from './internal/wording.ts'
import type { CheckContext } from './known.ts'
import { contractInvalid } from './problems.ts'
import { compareVersions } from './version-order.ts'

/** The checks by name, in their order, with what each of them says when it holds. */
export const CHECKS = {
  files_present: 'All six files are there and the app says what it is',
  input_structure: 'Every input field can be asked, answered and measured',
  output_structure: 'The output has a schema and can be shown',
  pipeline_declared: 'Every step is declared, bounded, and uses only what stands before it',
  risk_declared: 'Risk, jurisdictions and limits are declared',
  supervision_declared: 'Supervision is declared and strong enough',
  provider_controlled: 'Engine, providers, models and secrets are under control',
  cost_supported: 'Every run has a price before it starts',
  expert_authority: 'The author may answer for it',
  oath_signed: 'The Digital Oath was given for this version',
  version_identity: 'The version is new, or still what was published',
} as const

export type CheckName = keyof typeof CHECKS

const isCheckName = (word: string): word is CheckName => Object.hasOwn(CHECKS, word)
export const CHECK_NAMES: readonly CheckName[] = Object.freeze(Object.keys(CHECKS).filter(isCheckName))

/** A check with its result: `pending` where it cannot be judged yet. */
export type Check = {
  readonly check: CheckName
  readonly says: string
  readonly result: 'passed' | 'failed' | 'pending'
  readonly findings: readonly ProblemField[]
}

const MAX_CHARS = 600_000
const MAX_FINDINGS = 50

const compiled = {
  info: Compile(CONTRACT_SCHEMAS.info),
  input: Compile(CONTRACT_SCHEMAS.input),
  pipeline: Compile(CONTRACT_SCHEMAS.pipeline),
  result: Compile(CONTRACT_SCHEMAS.result),
  governance: Compile(CONTRACT_SCHEMAS.governance),
  pricing: Compile(CONTRACT_SCHEMAS.pricing),
}
const compiledContract = Compile(ContractSchema)

/**
 * A contract from outside or from a database, by its shape alone. Throws `contract_invalid`, naming every place that is
 * wrong; whether it may be run is for `checkContract`.
 */
export function parseContract(value: unknown): AppContract {
  if (compiledContract.Check(value)) return value
  const files = isObject(value) ? value : {}
  const fields = CONTRACT_FILES.flatMap((file) => fileFaults(file, files[file]))
  throw contractInvalid({}, { fields: fields.length > 0 ? fields : [{ pointer: '', message: 'is no contract' }] })
}

/** The shape of one file: every place that departs from its schema. */
function fileFaults(file: ContractFile, value: unknown): readonly ProblemField[] {
  if (value === undefined) return [{ pointer: `/${file}`, message: 'is missing' }]
  if (!isObject(value)) return [{ pointer: `/${file}`, message: 'must be an object' }]
  const faults = shapeFaults(compiled[file], value, `/${file}`)
  if (file !== 'pipeline' || faults.length === 0) return faults
  // A node is judged by the schema of its own type, or nobody would know which of ten alternatives it failed.
  const own = faults.filter(({ pointer }) => !pointer.startsWith('/pipeline/nodes'))
  const nodes = nodeListFaults(value['nodes'], '/pipeline/nodes')
  return own.length + nodes.length > 0 ? [...own, ...nodes] : faults
}

/** Which check a fault of shape belongs to, the longest pointer first. */
const OWNERS: readonly (readonly [pointer: string, check: CheckName])[] = [
  ['/info/version', 'version_identity'],
  ['/governance/supervision', 'supervision_declared'],
  ['/governance/statements', 'supervision_declared'],
  ['/governance/consequences', 'supervision_declared'],
  ['/governance/engine_type', 'provider_controlled'],
  ['/governance/allowed_provider_types', 'provider_controlled'],
  ['/input/', 'input_structure'],
  ['/result/', 'output_structure'],
  ['/pipeline/', 'pipeline_declared'],
  ['/governance/', 'risk_declared'],
  ['/pricing/', 'cost_supported'],
]

const ownerOf = (pointer: string): CheckName =>
  OWNERS.find(([start]) => pointer.startsWith(start))?.[1] ?? 'files_present'

type Findings = Map<CheckName, ProblemField[]>

/** Judges a contract, whatever it is. All eleven are always answered, in their order. */
export function checkContract(content: unknown, context: CheckContext): readonly Check[] {
  const findings: Findings = new Map()
  const pending = new Set<CheckName>(context.oath === 'not_due' ? ['oath_signed'] : [])
  const add = (check: CheckName, faults: readonly ProblemField[]): void =>
    void findings.set(check, [...(findings.get(check) ?? []), ...faults])
  const files = isObject(content) ? content : {}
  if (!isBounded(content)) {
    add('files_present', [{ pointer: '', message: `is no object of six files within ${MAX_CHARS} characters` }])
    for (const check of CONTENT_CHECKS) pending.add(check)
  } else {
    for (const file of CONTRACT_FILES) {
      for (const fault of fileFaults(file, files[file])) add(ownerOf(fault.pointer), [fault])
    }
    for (const name of Object.keys(files).filter((each) => !CONTRACT_FILES.some((file) => file === each))) {
      add('files_present', [{ pointer: `/${name.slice(0, 100)}`, message: 'is none of the six files' }])
    }
    judgeMeaning(files, context, add, pending)
  }
  add('expert_authority', faultAt('', context.authority_fault))
  add('oath_signed', faultAt('', context.oath === 'missing' ? 'was not given for this version' : null))
  return CHECK_NAMES.map((check) => checkOf(check, findings.get(check) ?? [], pending.has(check)))
}

const CONTENT_CHECKS = CHECK_NAMES.filter((check) => check !== 'expert_authority' && check !== 'oath_signed')

/** Nothing of what follows looks at content that is larger or deeper than any contract can be. */
function isBounded(content: unknown): boolean {
  if (!isObject(content)) return false
  try {
    return JSON.stringify(content).length <= MAX_CHARS
  } catch {
    return false
  }
}

const faultAt = (pointer: string, message: string | null): readonly ProblemField[] =>
  message === null ? [] : [{ pointer, message }]

function checkOf(check: CheckName, findings: readonly ProblemField[], is_pending: boolean): Check {
  const result = findings.length > 0 ? 'failed' : is_pending ? 'pending' : 'passed'
  return { check, says: CHECKS[check], result, findings: findings.slice(0, MAX_FINDINGS) }
}

type Files = { readonly [File in ContractFile]: AppContract[File] | null }

/** The files that have the shape they should; null stands for one that has not. */
const shapely = (files: Readonly<Record<string, unknown>>): Files => ({
  info: compiled.info.Check(files['info']) ? files['info'] : null,
  input: compiled.input.Check(files['input']) ? files['input'] : null,
  pipeline: compiled.pipeline.Check(files['pipeline']) ? files['pipeline'] : null,
  result: compiled.result.Check(files['result']) ? files['result'] : null,
  governance: compiled.governance.Check(files['governance']) ? files['governance'] : null,
  pricing: compiled.pricing.Check(files['pricing']) ? files['pricing'] : null,
})

/** What the files say, judged as far as those it takes have their shape; what cannot be judged yet is pending. */
function judgeMeaning(
  content: Readonly<Record<string, unknown>>,
  context: CheckContext,
  add: (check: CheckName, faults: readonly ProblemField[]) => void,
  pending: Set<CheckName>,
): void {
  const files = shapely(content)
  const { info, input, pipeline, result, governance, pricing } = files
  if (info) add('files_present', overstatements(info))
  if (input) add('input_structure', inputFaults(input, governance))
  else pending.add('input_structure')
  const piped = input && pipeline ? pipelineFaults({ input, pipeline }, context) : null
  if (piped) add('pipeline_declared', piped.faults)
  else pending.add('pipeline_declared')
  if (result) add('output_structure', resultFaults(result, piped?.after ?? null))
  else pending.add('output_structure')
  if (info && governance && pipeline) {
    const governed = { info, governance, pipeline }
    add('risk_declared', riskFaults(governed, context))
    add('supervision_declared', supervisionFaults(governed, context))
    add('provider_controlled', providerFaults(governed, context))
  } else
    for (const check of ['risk_declared', 'supervision_declared', 'provider_controlled'] as const) pending.add(check)
  if (input && pricing) add('cost_supported', costFaults({ input, pricing }))
  else pending.add('cost_supported')
  if (info) add('version_identity', identityFaults(info.version, context.identity))
  else pending.add('version_identity')
}

function identityFaults(version: string, identity: CheckContext['identity']): readonly ProblemField[] {
  if (identity.kind === 'kept') return faultAt('', identity.is_unchanged ? null : 'is not what was published')
  const { above } = identity
  if (above === null || compareVersions(version, above) > 0) return []
  return faultAt('/info/version', `must be higher than ${above}`)
}

/** Whether every check has passed; `with_oath` false asks for all but the oath, as a submission does. */
export function isPassed(checks: readonly Check[], with_oath = true): boolean {
  return checks.every(
    ({ check, result }) => result === 'passed' || (!with_oath && check === 'oath_signed' && result === 'pending'),
  )
}
