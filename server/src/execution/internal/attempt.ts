// One attempt at a run: from the claim to a draft, to a wait, or to its failure. Everything it decides is written by a
// transition that counts only while the attempt is the latest.

import { hash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import type { CallingRun } from '../../invocation/run-call.ts'
import type { OrganisationTx } from '../../kernel/database.ts'
import { readJson } from '../../kernel/json-text.ts'
import { Problem } from '../../kernel/problem.ts'
import { parsePolicyDocument } from '../../policy/document.ts'
import { meet } from '../../policy/effective.ts'
import type { AppContract } from '../../apps/contract.ts'
import { failRun, pauseRun, produceDraft, resumeRun } from '../transition.ts'
import { type ClaimedRun, releaseClaim } from './claim.ts'
import { openHumanTask } from './open-task.ts'
import { findQuotaShortage } from './quota-room.ts'
import { systemOrigin } from './run-entry.ts'
import { type RunHouse, runPlace } from './run-house.ts'
import { lanesOf } from './run-lanes.ts'
import { type Bounds, tooLong } from './run-limits.ts'
import { meansOfRun } from './run-means.ts'
import { StepFailure, tooManySteps } from './step-failure.ts'
import { createRecorder, Overtaken, readSteps } from './step-record.ts'
import { createLimiter, type Outcome, type RecordedStep, type Walk, walkApp } from './walk.ts'

/** Why an attempt is ended from outside: the run is somebody else's or over, or the node stops. */
export type Ending = 'overtaken' | 'stopping'

export type Attempt = { readonly run: ClaimedRun; readonly abort: AbortController; readonly bounds: Bounds }

/** Thrown into everything an attempt does when the run's time is used up. */
class TimeUsedUp extends Error {}

const STEPS_AT_ONCE = 10
const QUOTA_AGAIN_S = 60
const ENGINE = systemOrigin('engine')

/** Works on a run until it is a draft, waits, has ended, or the attempt is ended. Rejects with what is nobody's fault. */
export async function attemptRun(house: RunHouse, attempt: Attempt): Promise<void> {
  const { run } = attempt
  if (run.state === 'paused') return resumeForQuota(house, run)
  if (run.state !== 'created' && run.state !== 'running') return
  const act = { run_id: run.execution_id, attempt: run.attempt }
  if (run.state === 'created') {
    if (!(await lanesOf(house.database).start.ask(act))) return
    house.tell(run.execution_id, 'step')
  }
  // A new run was created under what is in force; one that goes on may have waited while that was narrowed, or widened again.
  if (!run.is_new) attempt.bounds.holdTo(await house.readLimits())
  const remaining_ms = run.state === 'created' ? run.max_seconds * 1000 : (run.remaining_ms ?? 0)
  const stopClock = attempt.bounds.spend(remaining_ms, () => attempt.abort.abort(new TimeUsedUp()))
  try {
    await goOn(house, attempt)
  } catch (error) {
    await fallOver(house, attempt, error)
  } finally {
    stopClock()
  }
}

async function goOn(house: RunHouse, attempt: Attempt): Promise<void> {
  const { run, abort } = attempt
  const { database, vault } = house
  const of = { organisation_id: house.organisation.id, database, vault, execution_id: run.execution_id }
  const contract = await house.contracts.get(database, run.contract_hash)
  const owner = { id: house.organisation.id, database }
  const input = readObject(await vault.open(owner, runPlace(run.execution_id, 'input'), run.input))
  let steps = run.is_new ? new Map<string, RecordedStep>() : await readSteps(of)
  for (;;) {
    const walk = walkOf(house, attempt, contract, steps)
    const outcome = await walkApp(walk, contract, input)
    abort.signal.throwIfAborted()
    if (outcome.state === 'done') return finish(house, attempt, outcome, walk.counter.steps)
    if (await waitForPeople(house, run, steps)) return
    // Somebody answered meanwhile: what they answered is read, and the walk goes on.
    steps = await readSteps(of)
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function readObject(plain: Buffer): Readonly<Record<string, unknown>> {
  const value: unknown = readJson(plain.toString())
  if (!isObject(value)) throw new Error('The input of a run is no object')
  return value
}

/** The run as its model calls are decided: who answers for it, and what binds it besides the policy in force. */
function callingRunOf(house: RunHouse, run: ClaimedRun, contract: AppContract): CallingRun {
  const { allowed_provider_types } = contract.governance
  const frozen = parsePolicyDocument(run.frozen_policy)
  return {
    organisation_id: house.organisation.id,
    member_id: run.requester_id,
    project_id: run.project_id,
    execution_id: run.execution_id,
    request_id: run.request_id,
    use_case_id: run.use_case_id,
    engine_type: run.engine_type,
    trigger_source: run.trigger_source,
    risk: run.risk,
    jurisdiction: run.jurisdiction,
    strictest: meet(frozen, { allowed_provider_types }),
  }
}

function walkOf(
  house: RunHouse,
  { run, abort, bounds }: Attempt,
  contract: AppContract,
  steps: Map<string, RecordedStep>,
): Walk {
  const { database, vault, lane, contracts } = house
  const { execution_id, attempt } = run
  const recorder = createRecorder(
    {
      organisation_id: house.organisation.id,
      database,
      vault,
      lane,
      execution_id,
      attempt,
      openTask: (node, task) => openHumanTask(house, run, node, task),
      onChange: () => house.tell(execution_id, 'step'),
    },
    steps,
  )
  return {
    execution_id,
    recorder,
    means: meansOfRun(house, database, callingRunOf(house, run, contract)),
    signal: abort.signal,
    system: {
      user_id: run.requester_id,
      execution_id,
      project_id: run.project_id,
      timestamp: run.confirmed_at.toISOString(),
    },
    max_steps: () => bounds.limits().max_steps,
    async subApp(app_id, version) {
      const frozen = await database.transaction((tx) => findSubApp(tx, execution_id, app_id, version ?? ''))
      if (frozen === null)
        throw new StepFailure('sub_app_missing', 'The app that is called was not frozen into the run.')
      return contracts.get(database, frozen)
    },
    pause: (ms, signal) => sleep(ms, undefined, { signal }),
    limiter: createLimiter(STEPS_AT_ONCE),
    counter: { steps: 0 },
  }
}

async function findSubApp(
  tx: OrganisationTx,
  execution_id: string,
  app_id: string,
  version: string,
): Promise<Buffer | null> {
  const row = await tx
    .selectFrom('execution.run_sub_app')
    .select('contract_hash')
    .where('execution_id', '=', execution_id)
    .where('app_id', '=', app_id)
    .where('version', '=', version)
    .executeTakeFirst()
  return row?.contract_hash ?? null
}

/** The output is sealed before the transaction that makes it a draft, or the end of the run. */
async function finish(
  house: RunHouse,
  { run, bounds }: Attempt,
  outcome: Extract<Outcome, { state: 'done' }>,
  steps: number,
): Promise<void> {
  const { execution_id, attempt } = run
  const { max_steps } = bounds.limits()
  if (steps > max_steps) throw tooManySteps(max_steps)
  const plain = Buffer.from(JSON.stringify(outcome.value ?? null))
  const owner = { id: house.organisation.id, database: house.database }
  const sealed = await house.vault.seal(owner, runPlace(execution_id, 'output'), plain)
  const output = { sealed, hash: hash('sha256', plain, 'buffer'), chars: charsOf(outcome.value), steps }
  await produceDraft(house.run_tools, house, { run_id: execution_id, attempt }, output)
}

/** Characters that a person reads: those of every text, and a few for anything else. */
function charsOf(value: unknown): number {
  if (typeof value === 'string') return value.length
  if (Array.isArray(value)) return value.reduce<number>((sum, each: unknown) => sum + charsOf(each), 0)
  if (isObject(value)) return Object.values(value).reduce<number>((sum, each) => sum + charsOf(each), 0)
  return 4
}

class AnsweredMeanwhile extends Error {}

/** Puts the run aside until somebody answers; false when somebody has answered since its steps were read. */
async function waitForPeople(
  { database }: RunHouse,
  { execution_id, attempt }: ClaimedRun,
  steps: ReadonlyMap<string, RecordedStep>,
): Promise<boolean> {
  const awaited = [...steps].flatMap(([path, { state }]) => (state === 'waiting' ? [path] : []))
  try {
    await database.transaction(async (tx) => {
      const isPaused = await pauseRun(tx, { run_id: execution_id, attempt }, 'human_task')
      // An answer ends its step under the same gate, so from here on none comes unseen.
      if (isPaused && (await countWaiting(tx, execution_id, awaited)) < awaited.length) throw new AnsweredMeanwhile()
    })
    return true
  } catch (error) {
    if (error instanceof AnsweredMeanwhile) return false
    throw error
  }
}

async function countWaiting(tx: OrganisationTx, execution_id: string, paths: readonly string[]): Promise<number> {
  const rows = await tx
    .selectFrom('execution.step')
    .select('path')
    .where('execution_id', '=', execution_id)
    .where('path', 'in', [...paths, ''])
    .where('state', '=', 'waiting')
    .execute()
  return rows.length
}

/** What becomes of a run whose attempt did not come through. */
async function fallOver(house: RunHouse, { run, abort, bounds }: Attempt, error: unknown): Promise<void> {
  const { execution_id, attempt } = run
  const act = { run_id: execution_id, attempt }
  const { database } = house
  const reason: unknown = abort.signal.aborted ? abort.signal.reason : error
  if (reason === 'overtaken' || reason instanceof Overtaken) return
  if (reason === 'stopping') return releaseClaim(database, house.node_id, run, 0)
  if (reason instanceof TimeUsedUp) {
    const { code, message } = tooLong(bounds.limits().max_seconds)
    await database.transaction((tx) => failRun(tx, act, code, message))
  } else if (reason instanceof StepFailure) {
    await database.transaction((tx) => failRun(tx, act, reason.code, reason.message))
  } else if (reason instanceof Problem && reason.code === 'quota_exceeded') {
    await meetQuota(house, run, reason)
  } else {
    throw error
  }
}

/** Fails the run, or puts it aside until the quota leaves room again, as the policy frozen into it says. */
async function meetQuota({ database }: RunHouse, run: ClaimedRun, problem: Problem): Promise<void> {
  const { execution_id, attempt } = run
  const act = { run_id: execution_id, attempt }
  const { on_quota_exceeded } = parsePolicyDocument(run.frozen_policy)
  const needed_tokens = Number(problem.params['requested'] ?? 1)
  await database.transaction(async (tx) => {
    if (on_quota_exceeded === 'fail') return failRun(tx, act, problem.code, problem.detail ?? problem.title)
    if (!(await pauseRun(tx, act, 'quota'))) return false
    await lookAgain(tx, execution_id, needed_tokens)
    return true
  })
}

const lookAgain = (tx: OrganisationTx, execution_id: string, needed_tokens: number) =>
  tx
    .updateTable('execution.run')
    .set({ needed_tokens, due_at: sql<Date>`clock_timestamp() + make_interval(secs => ${QUOTA_AGAIN_S})` })
    .where('execution_id', '=', execution_id)
    .execute()

/** A run that waits for quota is looked at again and again; it goes on when every scope leaves what it needs. */
async function resumeForQuota(house: RunHouse, run: ClaimedRun): Promise<void> {
  const { execution_id } = run
  const { database, node_id } = house
  const { project_id, use_case_id, requester_id } = run
  const scopes = { project_id, use_case_id, member_id: requester_id }
  const shortage = await database.transaction((tx) => findQuotaShortage(tx, scopes, run.needed_tokens ?? 1))
  if (shortage !== null || run.pause_reason !== 'quota') return releaseClaim(database, node_id, run, QUOTA_AGAIN_S)
  await database.transaction((tx) => resumeRun(tx, ENGINE, execution_id))
  await releaseClaim(database, node_id, run, 0)
}
