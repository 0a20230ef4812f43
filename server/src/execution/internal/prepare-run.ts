// The gates before a run (requirements 4.8, from the third on), in their order: the first that fails answers. Identity,
// organisation and session were judged where the request came in; quota, limits, wallet and the confirmed quote follow in
// `run.ts`, under the ledger's lock.

import { hash } from 'node:crypto'
import { isPassed } from '../../apps/check.ts'
import type { AppContract } from '../../apps/contract.ts'
import { canonicalJson } from '../../apps/contract-hash.ts'
import { inputSchemaOf } from '../../apps/input-schema.ts'
import { violationsOf } from '../../apps/json-schema.ts'
import { referencesIn } from '../../apps/known-apps.ts'
import { measureOf, quoteOf } from '../../apps/quote.ts'
import { checkRunnableApp, findPublicApp, findRunnableApp, type RunnableApp } from '../../apps/runnable.ts'
import { type ExecutableApp, getTestableApp } from '../../apps/testable.ts'
import type { Actor } from '../../access/actor.ts'
import { findPermissionRefusal } from '../../access/require.ts'
import { projectRoleMissing } from '../../access/problems.ts'
import { mayInProject } from '../../access/scope-role.ts'
import { findOwnFiles, type StoredFile } from '../../files/file.ts'
import { invalidInput } from '../../http/problems.ts'
import type { MemberFacts } from '../../invocation/member-facts.ts'
import { type CallingRun, findModelRefusal, stricterPolicy } from '../../invocation/run-call.ts'
import type { ControlDatabase, OrganisationDatabase } from '../../kernel/database.ts'
import type { EgressPolicy } from '../../kernel/egress.ts'
import { notFound, Problem } from '../../kernel/problem.ts'
import { findEngineRefusal, findInputRefusal, findJurisdictionRefusal } from '../../policy/decide.ts'
import { RISKS, type Risk } from '../../policy/document.ts'
import { type EffectivePolicy, meet } from '../../policy/effective.ts'
import { levelsOf, raisedLevels, type RunLevels } from '../../supervision/levels.ts'
import type { Workflow } from '../../supervision/workflow.ts'
import { appInvalid, jurisdictionNotOffered } from '../problems.ts'

/** What a run is asked for with. */
export type RunInput = {
  readonly app_id: string
  readonly input: Readonly<Record<string, unknown>>
  readonly jurisdiction: string | null
  /** The version to try out instead of the one that is published. */
  readonly tested_version_id?: string
}

/** An app with the apps it calls, as they may be run here now, all eleven checks passed. */
export type CallableApp = {
  readonly app: ExecutableApp
  readonly sub_apps: readonly { readonly named_version: string; readonly app: RunnableApp }[]
}

/** A refusal, and at which gate. */
export class GateRefusal extends Error {
  readonly gate: number
  readonly problem: Problem

  constructor(gate: number, problem: Problem) {
    super(problem.message)
    this.name = 'GateRefusal'
    this.gate = gate
    this.problem = problem
  }
}

/** Passes when there is no refusal. */
export function pass(gate: number, problem: Problem | null): void {
  if (problem !== null) throw new GateRefusal(gate, problem)
}

/** To be caught with: a Problem of the caller's making is the refusal of a gate, anything else goes on as it is. */
export const refusedAt =
  (gate: number) =>
  (error: unknown): never => {
    throw error instanceof Problem && error.status < 500 ? new GateRefusal(gate, error) : error
  }

/** Gate 3: may this member run anything in the project? */
export function checkMember(facts: MemberFacts): void {
  pass(3, findPermissionRefusal(facts.actor, 'run.execute'))
  if (mayInProject(facts.project_role, 'run')) return
  if (facts.project_role === null) pass(3, notFound())
  const detail = 'Your role in the project does not let you run anything there.'
  pass(3, projectRoleMissing({ act: 'run', role: facts.project_role, project_id: facts.project_id }, { detail }))
}

export type Place = {
  readonly control: ControlDatabase
  readonly database: OrganisationDatabase
  readonly organisation_id: string
  readonly egress: EgressPolicy
}

/** Gates 5 and 6: the app as it may be run here, its contract validated again, and the same for every app it calls. */
export async function findCallableApp(place: Place, app_id: string): Promise<CallableApp> {
  const app = await findApp(place, app_id, undefined)
  if (app === null) throw new GateRefusal(5, notFound())
  const checks = await checkRunnableApp(
    { control: place.control, organisation: place.database },
    place.organisation_id,
    app,
    place.egress,
  )
  if (!isPassed(checks)) {
    const failed = checks.filter(({ result }) => result === 'failed')
    const fields = failed.flatMap(({ findings }) => findings)
    const names = failed.map(({ check }) => check)
    const detail = `The app no longer passes: ${names.join(', ')}. Whoever publishes it can mend that.`
    throw new GateRefusal(6, appInvalid({ checks: names }, { fields, detail }))
  }
  return { app, sub_apps: await findSubApps(place, app) }
}

/** As `findCallableApp`, of a version that is tried out before it is published. Its checks refuse by their own names. */
export async function findTestedApp(place: Place, version_id: string): Promise<CallableApp> {
  const { control, database, organisation_id, egress } = place
  const app = await getTestableApp({ control, organisation: database }, organisation_id, version_id, egress).catch(
    (error: unknown) => {
      throw error instanceof Problem && error.status < 500
        ? new GateRefusal(error.status === 404 ? 5 : 6, error)
        : error
    },
  )
  return { app, sub_apps: await findSubApps(place, app) }
}

async function findApp(place: Place, app_id: string, version: string | undefined): Promise<RunnableApp | null> {
  const published = await findPublicApp(place.control, app_id, version)
  return place.database.transaction((tx) => findRunnableApp(tx, published, app_id, version))
}

/** The checks have seen to it that what is called is there and calls nothing in a circle. */
async function findSubApps(place: Place, app: ExecutableApp): Promise<CallableApp['sub_apps']> {
  const found = new Map<string, { readonly named_version: string; readonly app: RunnableApp }>()
  let waiting = [...referencesIn(app.contract)]
  while (waiting.length > 0) {
    const [reference, ...rest] = waiting
    waiting = rest
    if (reference === undefined) break
    const named_version = reference.version ?? ''
    const name = `${reference.app_id} ${named_version}`
    if (found.has(name)) continue
    const called = await findApp(place, reference.app_id, reference.version)
    if (called === null) throw new GateRefusal(6, appInvalid({ checks: ['pipeline_declared'] }))
    found.set(name, { named_version, app: called })
    waiting.push(...referencesIn(called.contract))
  }
  return [...found.values()]
}

/** What all the contracts of a run demand together: the highest risk, every level, the narrowest providers. */
export type RunGovernance = {
  readonly contract: AppContract
  readonly risk: Risk
  readonly levels: RunLevels
  readonly policy: EffectivePolicy
}

/** Gate 7: engine, models and approvers' levels of an app and of those it calls, under the policy in force. */
export function governRun(
  [contract, ...called]: readonly [AppContract, ...(readonly AppContract[])],
  in_force: EffectivePolicy,
  workflows: readonly Workflow[],
): RunGovernance {
  const contracts = [contract, ...called]
  for (const { governance } of contracts) pass(7, findEngineRefusal(in_force, governance.engine_type))
  const risk = RISKS[Math.max(...contracts.map(({ governance }) => RISKS.indexOf(governance.risk)))] ?? 'critical'
  const levels = contracts
    .map(({ governance, info }) =>
      levelsOf(in_force, workflows, {
        risk,
        category: info.category,
        engine_type: governance.engine_type,
        supervision: governance.supervision,
      }),
    )
    .reduce(raisedLevels)
  const providers = contracts.reduce<Parameters<typeof meet>[0]>(
    (all, { governance: { allowed_provider_types } }) => meet(all, { allowed_provider_types }),
    {},
  )
  return { contract, risk, levels, policy: stricterPolicy(in_force, providers) }
}

/** Gate 7, second half: every model that the pipelines name may be called. */
export function checkModels({ app, sub_apps }: CallableApp, facts: MemberFacts, run: CallingRun): void {
  const models = [app, ...sub_apps.map((each) => each.app)].flatMap(({ contract }) => modelsIn(contract.pipeline))
  for (const model of new Set(models)) pass(7, findModelRefusal(facts, run, model))
}

/** The models that prompts name, null for the default; nested nodes included. */
export function modelsIn(value: unknown): readonly (string | null)[] {
  if (Array.isArray(value)) return value.flatMap(modelsIn)
  if (typeof value !== 'object' || value === null) return []
  const inside = Object.values(value).flatMap(modelsIn)
  if (Reflect.get(value, 'type') !== 'prompt') return inside
  const model: unknown = Reflect.get(value, 'model')
  return [typeof model === 'string' && model !== 'default' ? model : null, ...inside]
}

export type JudgedInput = {
  readonly plain: Buffer
  readonly hash: Buffer
  readonly file_ids: readonly string[]
  readonly quote_micros: number
  readonly jurisdiction: string | null
}

/**
 * Gate 8: the input keeps its schema, sizes and formats, its files are the actor's own, and its jurisdiction is one that app
 * and policy allow.
 */
export async function judgeInput(
  { database, actor }: Pick<Place, 'database'> & { readonly actor: Actor },
  contract: AppContract,
  policy: EffectivePolicy,
  { input, jurisdiction }: RunInput,
): Promise<JudgedInput> {
  const violations = violationsOf(inputSchemaOfContract(contract), input)
  const fields = violations.map(({ pointer, message }) => ({ pointer: `/input${pointer}`, message }))
  if (fields.length > 0) pass(8, invalidInput({}, { fields }))
  const file_ids = filesIn(contract, input)
  const files = file_ids.length === 0 ? NO_FILES : await database.transaction((tx) => findOwnFiles(tx, actor, file_ids))
  const faults = fileFaults(contract, input, files)
  if (faults.length > 0) pass(8, invalidInput({}, { fields: faults }))
  const measure = measureOf(contract, input, (id) => files.get(id)?.size_bytes ?? 0)
  const plain = Buffer.from(canonicalJson(input))
  pass(8, findInputRefusal(policy, plain.length + measure.bytes))
  const offered = contract.governance.jurisdictions
  const [only] = offered === 'all' ? [] : offered
  const chosen = jurisdiction ?? (offered !== 'all' && offered.length === 1 ? (only ?? null) : null)
  if (offered !== 'all' && !offered.some((each) => each === chosen)) {
    pass(8, jurisdictionNotOffered({ jurisdiction: chosen, offered: [...offered] }))
  }
  pass(8, findJurisdictionRefusal(policy, chosen))
  const quote_micros = quoteOf(contract, measure)
  return { plain, hash: hash('sha256', plain, 'buffer'), file_ids, quote_micros, jurisdiction: chosen }
}

const NO_FILES: ReadonlyMap<string, StoredFile> = new Map()

/** One schema object per contract: its compiled form is remembered as long as that lives. */
const inputSchemas = new WeakMap<AppContract, ReturnType<typeof inputSchemaOf>>()

function inputSchemaOfContract(contract: AppContract): ReturnType<typeof inputSchemaOf> {
  const known = inputSchemas.get(contract) ?? inputSchemaOf(contract)
  inputSchemas.set(contract, known)
  return known
}

function filesIn(contract: AppContract, input: Readonly<Record<string, unknown>>): readonly string[] {
  return contract.input.fields.flatMap(({ type, name }) => idsOf(type, input[name]))
}

function idsOf(type: string, value: unknown): readonly string[] {
  if (type === 'file' && typeof value === 'string') return [value]
  if (type !== 'files' || !Array.isArray(value)) return []
  return value.filter((each) => typeof each === 'string')
}

/** What is wrong with the files of an input. One that is not the actor's is like one that does not exist. */
function fileFaults(
  contract: AppContract,
  input: Readonly<Record<string, unknown>>,
  files: ReadonlyMap<string, StoredFile>,
): readonly { readonly pointer: string; readonly message: string }[] {
  return contract.input.fields.flatMap((field) =>
    idsOf(field.type, input[field.name]).flatMap((id, index) => {
      const pointer = `/input/${field.name}${field.type === 'files' ? `/${index}` : ''}`
      const file = files.get(id)
      if (file?.state !== 'stored') return [{ pointer, message: 'names no file that is there' }]
      const { format, size_bytes } = file
      if (field.formats !== undefined && !field.formats.some((each) => each === format)) {
        return [{ pointer, message: `must be one of ${field.formats.join(', ')}` }]
      }
      if (field.max_bytes !== undefined && (size_bytes ?? 0) > field.max_bytes) {
        return [{ pointer, message: `must have at most ${field.max_bytes} bytes` }]
      }
      return []
    }),
  )
}
