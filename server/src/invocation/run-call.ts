// A model call inside a run: decided on the strictest of the run's frozen policy and the one in force, admitted, sent and
// settled as every call is. It holds no money, for the run's quote alone touches the wallet; its tokens count as any. A run
// that tries an app out has no quote: its calls are charged as those of the gateway (decision 20).

import { hash } from 'node:crypto'
import { newId } from '../kernel/id.ts'
import { draining, Problem } from '../kernel/problem.ts'
import type { CallableModel } from '../models/assignment.ts'
import { decide } from '../policy/decide.ts'
import type { EngineType, PolicyDocument, Risk } from '../policy/document.ts'
import { type EffectivePolicy, meet } from '../policy/effective.ts'
import { holdOf } from './admit.ts'
import { admitMember, type MemberAdmission, type MemberRequest } from './admit-member.ts'
import { type GovernedBody, MAX_BODY_DEPTH, parseGovernedBody } from './internal/governed-body.ts'
import { type CallState, giveUp, sendUpstream } from './internal/send-upstream.ts'
import type { UpstreamResult } from './internal/upstream/outcome.ts'
import type { MemberFacts, MemberFactsMemory, MemberInProject } from './member-facts.ts'
import type { Performer } from './performer.ts'
import { noModelForRun } from './problems.ts'
import { endOf, type Hold, settle } from './settle.ts'

/** The run that a call belongs to. */
export type CallingRun = MemberInProject & {
  readonly execution_id: string
  readonly request_id: string
  readonly use_case_id: string | null
  readonly engine_type: EngineType
  readonly trigger_source: string
  readonly risk: Risk
  readonly jurisdiction: string | null
  /** What was frozen into the run, and what its app restricts: the policy in force is met with it. */
  readonly strictest: PolicyDocument
}

export type RunCall = {
  /** Null for the default model: the first, in the order they were added, that the run may call. */
  readonly model: string | null
  /** Members of the request body beside the governed ones: messages, temperature, response_format. */
  readonly body: Readonly<Record<string, unknown>>
  /** The most tokens asked for; null for the model's default. Never more than the model gives. */
  readonly output_tokens: number | null
  readonly total_ms: number
}

export type RunCallEnd =
  | { readonly is_done: true; readonly execution_id: string; readonly text: string }
  | {
      readonly is_done: false
      readonly execution_id: string
      readonly code: string
      /** Whether the same call may succeed later. */
      readonly is_transient: boolean
    }

const isCharged = ({ trigger_source }: CallingRun): boolean => trigger_source === 'test'

type Decided = {
  readonly body: GovernedBody
  readonly model: CallableModel
  readonly output_tokens: number
  readonly hold: Hold
}

/**
 * Makes a call for a run. Resolves with the answer's text or with what became of the provider, always settled; rejects with
 * the Problem of a call that was not admitted (`quota_exceeded`, a policy's refusal, `member_inactive`). An aborted signal
 * ends the call; what was produced until then counts.
 */
export async function callForRun(
  performer: Performer,
  memory: MemberFactsMemory,
  run: CallingRun,
  call: RunCall,
  signal: AbortSignal,
): Promise<RunCallEnd> {
  if (performer.isDraining()) throw draining({}, { retry_after_s: 5 })
  const state: CallState = { upstream: null, ending: null }
  const cancel = () => giveUp(state, 'cancelled')
  const end = performer.running.begin(cancel)
  signal.addEventListener('abort', cancel, { once: true })
  try {
    const admission = await admitMember(performer.ledgers, memory, run, async (facts) => decideOn(facts, run, call))
    if (admission.is_replay) throw new Error('A call inside a run was admitted twice')
    if (signal.aborted) cancel()
    return await makeCall(performer, admission, call.total_ms, isCharged(run), state)
  } finally {
    signal.removeEventListener('abort', cancel)
    end()
  }
}

async function makeCall(
  performer: Performer,
  admission: Extract<MemberAdmission<Decided | null>, { is_replay: false }>,
  total_ms: number,
  is_charged: boolean,
  state: CallState,
): Promise<RunCallEnd> {
  const { ledger, execution_id, decided } = admission
  if (decided === null) throw new Error('A call was admitted that had not been decided')
  const { body, model, output_tokens, hold } = decided
  const started_ms = performance.now()
  ledger.running.set(execution_id, { cancel: () => giveUp(state, 'cancelled'), caller: null })
  try {
    const result = await sendUpstream(performer, { body, model, output_tokens, total_ms }, null, state)
    const duration_ms = Math.round(performance.now() - started_ms)
    performer.metrics.countCall(result.outcome, duration_ms / 1000)
    const ended = endOf(result, model, body.text_tokens_bound, hold)
    await settle(ledger, {
      execution_id,
      hold,
      // The run's quote is all that is ever charged.
      end: is_charged ? ended : { ...ended, cost_micros: 0 },
      provider_status: result.status,
      duration_ms,
      output_hash: hash('sha256', result.body, 'buffer'),
      content: null,
      answer: null,
    })
    return endOfCall(execution_id, result)
  } finally {
    ledger.running.delete(execution_id)
  }
}

const TRANSIENT: readonly string[] = [
  'provider_rate_limited',
  'provider_unreachable',
  'provider_cut',
  'provider_timeout',
]

function endOfCall(execution_id: string, result: UpstreamResult): RunCallEnd {
  const text = result.outcome === 'completed' ? textOf(result.body) : null
  if (text !== null) return { is_done: true, execution_id, text }
  const code = result.outcome === 'completed' ? 'answer_without_text' : result.outcome
  const is_transient = TRANSIENT.includes(code) || (code === 'provider_error' && result.status >= 500)
  return { is_done: false, execution_id, code, is_transient }
}

const member = (value: unknown, name: string | number): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined

/** The text of the first choice; null when there is none. */
function textOf(body: Buffer): string | null {
  const answer: unknown = JSON.parse(body.toString('utf8'))
  const content = member(member(member(member(answer, 'choices'), 0), 'message'), 'content')
  return typeof content === 'string' ? content : null
}

/** The policy in force, met with what binds the run besides. Which level set a value is told as it was. */
export function stricterPolicy(policy: EffectivePolicy, strictest: PolicyDocument): EffectivePolicy {
  return { ...policy, values: { ...policy.values, ...meet(policy.values, strictest) } }
}

function decideOn(known: MemberFacts, run: CallingRun, call: RunCall): MemberRequest<Decided | null> {
  const facts = { ...known, policy: stricterPolicy(known.policy, run.strictest) }
  const decided = decideModel(facts, run, call)
  const isRefused = decided instanceof Problem
  const model = isRefused ? (call.model === null ? null : (facts.models.get(call.model) ?? null)) : decided.model
  return {
    refusal: isRefused ? decided : null,
    decided: isRefused ? null : decided,
    row: {
      execution_id: newId(),
      is_run: false,
      parent_id: run.execution_id,
      request_id: run.request_id,
      api_key_id: null,
      secret_hash: null,
      member_id: run.member_id,
      actor_role: facts.actor_role,
      address: null,
      idempotency_hash: null,
      fingerprint: null,
      access_version: facts.access_version,
      policy_version: facts.policy_version,
      platform_version: facts.platform_version,
      refusal_code: isRefused ? decided.code : null,
      refusal_data: isRefused ? { ...decided.params, run_id: run.execution_id } : null,
      team_id: facts.team_id,
      project_id: run.project_id,
      use_case_id: run.use_case_id,
      hold_micros: isRefused ? 0 : decided.hold.hold_micros,
      hold_tokens: isRefused ? 0 : decided.hold.hold_tokens,
      engine_type: run.engine_type,
      trigger_source: run.trigger_source,
      risk: run.risk,
      model_id: model?.id ?? null,
      model: model?.name ?? call.model ?? 'default',
      price_version: model?.price_version ?? null,
      is_streamed: false,
      input_hash: isRefused ? EMPTY_HASH : `\\x${hash('sha256', decided.body.bytes)}`,
    },
  }
}

const EMPTY_HASH = `\\x${hash('sha256', '')}`

function decideModel(facts: MemberFacts, run: CallingRun, call: RunCall): Decided | Problem {
  if (call.model !== null) return decideOne(facts, run, call, call.model)
  const byAge = [...facts.models.values()].toSorted((a, b) => a.created_at.getTime() - b.created_at.getTime())
  const tried = byAge.map(({ name }) => decideOne(facts, run, call, name))
  const allowed = tried.find((each) => !(each instanceof Problem))
  return allowed ?? tried[0] ?? noModelForRun()
}

function decideOne(facts: MemberFacts, run: CallingRun, call: RunCall, name: string): Decided | Problem {
  const most = facts.models.get(name)?.max_output_tokens ?? Number.POSITIVE_INFINITY
  const verdict = decide(facts, {
    engine_type: run.engine_type,
    model: name,
    // The input of the run was judged when it was created.
    input_bytes: 0,
    output_tokens: call.output_tokens === null ? null : Math.min(call.output_tokens, most),
    choices: 1,
    jurisdiction: run.jurisdiction,
    use_case_id: run.use_case_id,
    run: { risk: run.risk, category: null, supervision_required: false },
  })
  if (!verdict.allowed) return verdict.problem
  const bytes = Buffer.from(JSON.stringify({ ...call.body, model: name }))
  const body = parseGovernedBody(bytes, { max_depth: MAX_BODY_DEPTH })
  const { model, output_tokens } = verdict
  const hold = holdOf(model, output_tokens, { body, choices: 1 })
  if (hold instanceof Problem) return hold
  return { body, model, output_tokens, hold: isCharged(run) ? hold : { ...hold, hold_micros: 0 } }
}

/** Why a run may not call a model (null: the default one), judged as its smallest call would be; null if it may. */
export function findModelRefusal(known: MemberFacts, run: CallingRun, model: string | null): Problem | null {
  const facts = { ...known, policy: stricterPolicy(known.policy, run.strictest) }
  const call: RunCall = { model, body: SMALLEST, output_tokens: 1, total_ms: 0 }
  const decided = decideModel(facts, run, call)
  return decided instanceof Problem ? decided : null
}

const SMALLEST = { messages: [{ role: 'user', content: '' }] }
