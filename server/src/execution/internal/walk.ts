// Walking a pipeline. The walk is the same every time: what is recorded is taken from the record, what is not is done and
// recorded, so a run goes on after a crash, on another node or weeks later, from exactly where it was. Nothing of it lives
// anywhere but in the record.

import type { AppContract } from '../../apps/contract.ts'
import { inputSchemaOf } from '../../apps/input-schema.ts'
import { violationsOf } from '../../apps/json-schema.ts'
import { type AppNode, MAX_APPS_DEEP, type NodeOf } from '../../apps/node.ts'
import { runHttpTool } from './nodes/http-tool.ts'
import type { NodeContext, NodeMeans, NodeValue } from './nodes/node.ts'
import { runParse } from './nodes/parse.ts'
import { runPrompt } from './nodes/prompt.ts'
import { runTransform, runValidate } from './nodes/transform.ts'
import { schemaFailure, StepFailure, tooManySteps } from './step-failure.ts'
import { fillTemplate, fillText, type Variables } from '../../apps/template.ts'

/** A step as the record holds it. */
export type RecordedStep =
  | { readonly state: 'done'; readonly value: unknown }
  | { readonly state: 'failed'; readonly code: string; readonly detail: string }
  | { readonly state: 'waiting' | 'running' | 'cancelled' }

export type StepEnd = { readonly value: unknown; readonly call_execution_id: string | null; readonly retries: number }

/** A task for a person, its words filled in. */
export type TaskDraft = {
  readonly path: string
  readonly title: string
  readonly description: string
  readonly assignee: string
  readonly fields: NodeOf<'human_task'>['fields']
  readonly due_days: number | null
}

/** The record of one run. Every write is refused to an attempt that has been overtaken; it then rejects with `Overtaken`. */
export type Recorder = {
  readonly find: (path: string) => RecordedStep | null
  /** Notes that a step has begun; it may be lost. */
  readonly begin: (path: string, node: AppNode) => void
  /** Records the end of a step, once; answers the value that stands in the record. */
  readonly done: (path: string, node: AppNode, end: StepEnd) => Promise<unknown>
  readonly failed: (path: string, node: AppNode, failure: StepFailure, retries: number) => Promise<void>
  readonly cancelled: (path: string) => void
  /** Puts a task into the queue of whoever it is for; asked again it changes nothing. */
  readonly openTask: (node: AppNode, task: TaskDraft) => Promise<void>
}

export type Walk = {
  readonly execution_id: string
  readonly recorder: Recorder
  readonly means: NodeMeans
  readonly signal: AbortSignal
  readonly system: Readonly<Record<string, string>>
  /** The most steps at this moment. */
  readonly max_steps: () => number
  /** The frozen contract of an app that the pipeline calls. */
  readonly subApp: (app_id: string, version: string | undefined) => Promise<AppContract>
  /** Waits before a further attempt; in milliseconds. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>
  readonly limiter: Limiter
  readonly counter: { steps: number }
}

/** Where a list of nodes ended: with its last value and what can be named after it, or before a person has answered. */
export type Outcome =
  | { readonly state: 'done'; readonly value: unknown; readonly variables: Variables }
  | { readonly state: 'waiting' }

const WAITING: Outcome = { state: 'waiting' }
const BACK_OFF_MS = 500
const MAX_BACK_OFF_MS = 30_000

/** At most so many steps of one run at once, however wide its pipeline is. */
export type Limiter = <Result>(work: () => Promise<Result>) => Promise<Result>

export function createLimiter(most: number): Limiter {
  let running = 0
  const waiting: (() => void)[] = []
  return async (work) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve))
    running += 1
    try {
      return await work()
    } finally {
      running -= 1
      waiting.shift()?.()
    }
  }
}

/**
 * Walks the pipeline of a contract over an input. Resolves with the output, checked against the result schema, or with
 * `waiting`. Rejects with a StepFailure (`output_invalid` names the violated places), or with the reason of the signal.
 */
export async function walkApp(
  walk: Walk,
  contract: AppContract,
  input: Readonly<Record<string, unknown>>,
  prefix = '',
  depth = 1,
): Promise<Outcome> {
  if (depth > MAX_APPS_DEEP) {
    throw new StepFailure('sub_app_too_deep', `At most ${MAX_APPS_DEEP} apps may stand inside each other.`)
  }
  const start: Variables = { input, system: walk.system }
  const outcome = await walkList({ walk, depth }, contract.pipeline.nodes, start, prefix)
  if (outcome.state === 'waiting') return outcome
  const { result } = contract
  const value = result.output === undefined ? outcome.value : fillTemplate(result.output, outcome.variables)
  const violations = violationsOf(result.schema, value)
  if (violations.length > 0) throw schemaFailure('output_invalid', violations)
  return { state: 'done', value, variables: outcome.variables }
}

type Path = { readonly walk: Walk; readonly depth: number }

/** Why steps beside one that failed are ended; they themselves have not failed. */
class Ended extends Error {
  constructor(cause: unknown) {
    super('Another step failed', { cause })
    this.name = 'Ended'
  }
}

const causeOf = (reason: unknown): unknown => (reason instanceof Ended ? causeOf(reason.cause) : reason)

/** Ends the work beside whatever rejected, unless it was itself ended from outside. */
const endWith =
  (ended: AbortController) =>
  (error: unknown): void =>
    ended.abort(error instanceof Ended ? error : new Ended(error))

/**
 * Runs a list: each node as soon as what it needs is done, by default everything before it. When one fails, those under
 * way are ended; when one waits, those that do not need it go on.
 */
async function walkList(at: Path, nodes: readonly AppNode[], start: Variables, prefix: string): Promise<Outcome> {
  const ended = new AbortController()
  const inner = { ...at, walk: { ...at.walk, signal: AbortSignal.any([at.walk.signal, ended.signal]) } }
  const running: Promise<Outcome>[] = []
  const named = (indices: readonly number[], outcomes: readonly Outcome[]): Variables =>
    outcomes.reduce<Variables>((all, outcome, position) => {
      const name = nodes[indices[position] ?? -1]?.id
      return outcome.state === 'done' && name !== undefined
        ? { ...all, ...outcome.variables, [name]: outcome.value }
        : all
    }, start)
  const everything = nodes.map((_node, index) => index)
  const indexOf = new Map(nodes.map((node, index) => [node.id, index]))
  const begin = async (node: AppNode, index: number): Promise<Outcome> => {
    const needed = node.needs?.flatMap((id) => indexOf.get(id) ?? []) ?? everything.slice(0, index)
    const indices = needed.filter((each) => each < index)
    const before = await Promise.all(indices.flatMap((each) => running[each] ?? []))
    if (before.some(({ state }) => state === 'waiting')) return WAITING
    inner.walk.signal.throwIfAborted()
    return walkNode(inner, node, named(indices, before), `${prefix}${index}`)
  }
  for (const [index, node] of nodes.entries()) {
    const outcome = begin(node, index)
    outcome.catch(endWith(ended))
    running.push(outcome)
  }
  const settled = await Promise.allSettled(running)
  at.walk.signal.throwIfAborted()
  if (ended.signal.aborted) throw causeOf(ended.signal.reason)
  const outcomes = settled.map((each) => (each.status === 'fulfilled' ? each.value : WAITING))
  const last = outcomes.at(-1)
  if (last === undefined || outcomes.some(({ state }) => state === 'waiting')) return WAITING
  return last.state === 'done' ? { ...last, variables: named(everything, outcomes) } : WAITING
}

/** One node: from the record, or done now. With `on_error: continue` a failure leaves null. */
async function walkNode(at: Path, node: AppNode, variables: Variables, path: string): Promise<Outcome> {
  const { walk } = at
  walk.counter.steps += 1
  const max_steps = walk.max_steps()
  if (walk.counter.steps > max_steps) throw tooManySteps(max_steps)
  const kept = (value: unknown): Outcome => ({ state: 'done', value, variables })
  const recorded = walk.recorder.find(path)
  if (recorded?.state === 'done' && node.type !== 'parallel') return kept(recorded.value)
  if (recorded?.state === 'failed') {
    if (node.on_error === 'continue') return kept(null)
    throw new StepFailure(recorded.code, recorded.detail)
  }
  if (recorded === null && node.type !== 'human_task') walk.recorder.begin(path, node)
  try {
    switch (node.type) {
      case 'parallel':
      case 'condition':
      case 'for_each':
      case 'sub_app':
        return await walkContainer(at, node, variables, path)
      case 'human_task':
        await walk.recorder.openTask(node, taskOf(node, variables, path))
        return WAITING
      default:
        return kept(await runLeaf(walk, node, variables, path))
    }
  } catch (error) {
    if (!(error instanceof StepFailure)) {
      walk.recorder.cancelled(path)
      throw error
    }
    if (isContainer(node)) await walk.recorder.failed(path, node, error, 0)
    if (node.on_error === 'continue' && error.code !== 'step_limit') return kept(null)
    throw error
  }
}

const isContainer = ({ type }: AppNode): boolean =>
  type === 'parallel' || type === 'condition' || type === 'for_each' || type === 'sub_app'

type Leaf = NodeOf<'prompt' | 'parse' | 'transform' | 'validate' | 'http_tool'>

function runNode(node: Leaf, context: NodeContext): Promise<NodeValue> {
  switch (node.type) {
    case 'prompt':
      return runPrompt(node, context)
    case 'parse':
      return runParse(node, context)
    case 'transform':
      return runTransform(node, context)
    case 'validate':
      return runValidate(node, context)
    case 'http_tool':
      return runHttpTool(node, context)
  }
}

/** Does a step and records how it ended; tries again, with growing pauses, what may succeed then. */
async function runLeaf(walk: Walk, node: Leaf, variables: Variables, path: string): Promise<unknown> {
  const { means, recorder, execution_id, system } = walk
  for (let retries = 0; ; retries += 1) {
    const limit = node.timeout_seconds === undefined ? null : AbortSignal.timeout(node.timeout_seconds * 1000)
    const signal = limit === null ? walk.signal : AbortSignal.any([walk.signal, limit])
    const place = { execution_id, path }
    const context = { place, variables, signal, means, timestamp: system['timestamp'] ?? '' }
    try {
      const end = await walk.limiter(() => raced(runNode(node, context), signal))
      return await recorder.done(path, node, { ...end, retries })
    } catch (error) {
      walk.signal.throwIfAborted()
      const failure = limit?.aborted === true ? tooSlow(node.timeout_seconds ?? 0) : error
      if (!(failure instanceof StepFailure)) throw failure
      if (!failure.is_transient || retries >= (node.retries ?? 0)) {
        await recorder.failed(path, node, failure, retries)
        throw failure
      }
      await walk.pause(Math.min(MAX_BACK_OFF_MS, BACK_OFF_MS * 2 ** retries), walk.signal)
    }
  }
}

const tooSlow = (seconds: number): StepFailure =>
  new StepFailure('step_timeout', `The step may take ${seconds} s and took longer.`, { is_transient: true })

/** The result, or the signal's reason as soon as it is given: a runner that does not look at its signal is left behind. */
async function raced<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  signal.throwIfAborted()
  const { promise, reject } = Promise.withResolvers<never>()
  const end = () => reject(signal.reason)
  signal.addEventListener('abort', end, { once: true })
  try {
    return await Promise.race([work, promise])
  } finally {
    signal.removeEventListener('abort', end)
    work.catch(() => undefined)
  }
}

function taskOf(node: NodeOf<'human_task'>, variables: Variables, path: string): TaskDraft {
  return {
    path,
    title: node.title,
    description: fillText(node.description, variables),
    assignee: node.assignee,
    fields: node.fields,
    due_days: node.due_days ?? null,
  }
}

type Container = NodeOf<'parallel' | 'condition' | 'for_each' | 'sub_app'>

async function walkContainer(at: Path, node: Container, variables: Variables, path: string): Promise<Outcome> {
  const outcome = await insideOf(at, node, variables, path)
  if (outcome.state === 'waiting') return outcome
  const recorded = at.walk.recorder.find(path)
  if (recorded?.state === 'done') return outcome
  const value = await at.walk.recorder.done(path, node, { value: outcome.value, call_execution_id: null, retries: 0 })
  return { ...outcome, value }
}

async function insideOf(at: Path, node: Container, variables: Variables, path: string): Promise<Outcome> {
  switch (node.type) {
    case 'parallel':
      return walkBranches(at, node, variables, path)
    case 'condition':
      return walkCondition(at, node, variables, path)
    case 'for_each':
      return walkItems(at, node, variables, path)
    case 'sub_app':
      return walkSubApp(at, node, variables, path)
  }
}

/** All branches at once; what is inside them can be named afterwards. */
async function walkBranches(at: Path, node: NodeOf<'parallel'>, variables: Variables, path: string): Promise<Outcome> {
  const tasks = node.branches.map(
    (nodes, index) => (branch: Path) => walkList(branch, nodes, variables, `${path}.b${index}.`),
  )
  const outcomes = await together(at, tasks, tasks.length)
  if (outcomes === null) return WAITING
  const named = outcomes.reduce<Variables>((all, outcome) => ({ ...all, ...outcome.variables }), variables)
  return { state: 'done', value: outcomes.map(({ value }) => value), variables: named }
}

async function walkCondition(
  at: Path,
  node: NodeOf<'condition'>,
  variables: Variables,
  path: string,
): Promise<Outcome> {
  const { means, system } = at.walk
  const isTrue = await means.sandbox.evaluate(`$boolean(${node.expression})`, variables, system['timestamp'] ?? '')
  const [word, nodes] = isTrue === true ? ['then', node.then] : ['else', node.else]
  if (nodes === undefined) return { state: 'done', value: null, variables }
  const outcome = await walkList(at, nodes, variables, `${path}.${word}.`)
  return outcome.state === 'waiting' ? outcome : { ...outcome, variables }
}

async function walkItems(at: Path, node: NodeOf<'for_each'>, variables: Variables, path: string): Promise<Outcome> {
  const { means, system } = at.walk
  const found = await means.sandbox.evaluate(node.items, variables, system['timestamp'] ?? '')
  const items: readonly unknown[] = Array.isArray(found) ? found : found === null ? [] : [found]
  if (items.length > node.max_items) {
    throw new StepFailure('too_many_items', `There are ${items.length} items; at most ${node.max_items} are allowed.`)
  }
  const tasks = items.map(
    (item, index) => (one: Path) => walkList(one, node.nodes, { ...variables, [node.as]: item }, `${path}[${index}].`),
  )
  const outcomes = await together(at, tasks, node.concurrency ?? 1)
  return outcomes === null ? WAITING : { state: 'done', value: outcomes.map(({ value }) => value), variables }
}

/** The output of another app, made within this run: its steps, its time and its quote. */
async function walkSubApp(at: Path, node: NodeOf<'sub_app'>, variables: Variables, path: string): Promise<Outcome> {
  const { walk, depth } = at
  const contract = await walk.subApp(node.app, node.version)
  const filled = Object.entries(node.input).map(([name, value]): [string, unknown] => [
    name,
    fillTemplate(value, variables),
  ])
  const input: Readonly<Record<string, unknown>> = Object.fromEntries(filled.filter(([, value]) => value !== null))
  const violations = violationsOf(inputSchemaOf(contract), input)
  if (violations.length > 0) throw schemaFailure('sub_app_input_invalid', violations)
  const outcome = await walkApp(walk, contract, input, `${path}.sub.`, depth + 1)
  return outcome.state === 'waiting' ? outcome : { ...outcome, variables }
}

type Done = Extract<Outcome, { state: 'done' }>

/** Runs so many at once, in order; null when one waits. When one fails, those under way are ended. */
async function together(
  at: Path,
  tasks: readonly ((inner: Path) => Promise<Outcome>)[],
  concurrency: number,
): Promise<readonly Done[] | null> {
  const ended = new AbortController()
  const inner = { ...at, walk: { ...at.walk, signal: AbortSignal.any([at.walk.signal, ended.signal]) } }
  const outcomes: (Outcome | null)[] = tasks.map(() => null)
  const queue = tasks.entries()
  const work = async (): Promise<void> => {
    for (const [index, task] of queue) {
      if (inner.walk.signal.aborted) return
      outcomes[index] = await task(inner)
    }
  }
  const workers = Array.from({ length: Math.min(concurrency, tasks.length) }, () => work().catch(endWith(ended)))
  await Promise.all(workers)
  at.walk.signal.throwIfAborted()
  if (ended.signal.aborted) throw causeOf(ended.signal.reason)
  const done = outcomes.filter((outcome): outcome is Done => outcome?.state === 'done')
  return done.length === tasks.length ? done : null
}
