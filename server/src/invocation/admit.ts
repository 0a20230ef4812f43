// Asking for a call to be admitted: the pure decision, then the ledger under its lock and the control question beside it.
// The verdict of the ledger is final; a decision on facts that have moved is made once more on fresh ones.

import { hash } from 'node:crypto'
import { appendEntry, originOf } from '../audit/append.ts'
import type { OrganisationDatabase } from '../kernel/database.ts'
import { newId } from '../kernel/id.ts'
import { isTurnedAway } from '../kernel/lane.ts'
import { costMicros } from '../kernel/money.ts'
import { overloaded, Problem, type ProblemParams } from '../kernel/problem.ts'
import { alreadyDone, idempotencyInFlight, idempotencyMismatch } from '../http/problems.ts'
import type { CallableModel } from '../models/assignment.ts'
import { decide, type GovernedRequest, type Verdict } from '../policy/decide.ts'
import { supervisionRequired } from '../policy/problems.ts'
import { isFactorDemanded } from '../tenancy/entry.ts'
import type { Call } from './call.ts'
import { findEntryRefusal, findProjectRefusal, type KeyFacts } from './facts.ts'
import type { AdmitRow, StepAnswer } from './internal/step-lane.ts'
import type { Ledgers, Ledger } from './ledgers.ts'
import {
  inputNotTaken,
  invalidApiKey,
  organisationInactive,
  quotaExceeded,
  scopeWithoutBudget,
  spendLimitExceeded,
  useCaseFixed,
  useCaseUnknown,
  walletInsufficient,
} from './problems.ts'
import type { Hold } from './settle.ts'
import { withdraw } from './settle.ts'
import type { Standing } from './standing.ts'

export type Admission = {
  readonly execution_id: string
  readonly facts: KeyFacts
  readonly verdict: Extract<Verdict<CallableModel>, { allowed: true }>
  readonly hold: Hold
  readonly ledger: Ledger
  readonly database: OrganisationDatabase
  /** The answer of the first call with this Idempotency-Key must be kept. */
  readonly is_idempotent: boolean
}

export type Replay = {
  readonly replayed_execution_id: string
  readonly state: string
  readonly database: OrganisationDatabase
  /** Tells the log that the repetition is refused. */
  readonly refuse: (refusal: Problem) => Promise<Problem>
}

const ATTEMPTS = 5

/** As PostgreSQL reads bytes in text. */
const sha256 = (text: string | Buffer): string => `\\x${hash('sha256', text)}`

/**
 * Admits a call or refuses it with the Problem that names the rule, its level and the numbers. Identity is refused with
 * `invalid_api_key`, a repeated Idempotency-Key gives a Replay or is refused with an entry of its own. Nothing is held when it refuses.
 */
export async function admit(ledgers: Ledgers, call: Call): Promise<Admission | Replay> {
  const ledger = await ledgers.open(call.key.organisation_id)
  const input_hash = sha256(call.bytes)
  let has_factor = true
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const facts = await ledgers.facts.get(call.key, ledger.database)
    call.onIdentified(ledger.database, facts.actor)
    const barred = findEntryRefusal(facts, call.address, has_factor)
    const first = decideCall(facts, call, barred)
    const decided = demandsPerson(first) ? decideCall(await withApps(ledgers, ledger, facts), call, barred) : first
    const row = rowOf(call, facts, decided, input_hash)
    const { answer, standing } = await ask(ledgers, ledger, row, facts)
    if (answer === null || !isCurrent(standing, facts)) {
      const refusal = findStandingRefusal(standing)
      if (refusal !== null) throw await logged(refusal, { ledger, call, facts, row, answer })
      if (answer?.letter === 'a') await withdraw(ledger, row.execution_id)
      ledgers.facts.forget(call.key, facts, 'platform')
      continue
    }
    // Decided anew, and so that the log tells of it, once control has said what the owner of the key has.
    if (standing.has_factor !== has_factor && isFactorDemanded(facts.entry)) {
      if (answer.letter === 'a') await withdraw(ledger, row.execution_id)
      has_factor = standing.has_factor
      continue
    }
    switch (answer.letter) {
      case 'a':
        if (!decided.verdict.allowed) throw new Error('The ledger admitted what the policy had refused')
        return {
          execution_id: row.execution_id,
          facts,
          verdict: decided.verdict,
          hold: decided.hold,
          ledger,
          database: ledger.database,
          is_idempotent: row.idempotency_hash !== null,
        }
      case 't':
        ledgers.facts.forget(call.key, facts, 'organisation')
        continue
      case 'n':
        await ledger.renew()
        continue
      case 'r': {
        // Whoever may not enter does not get what they were given before either. Asked anew: the ledger answers so without
        // a look at the version of the facts.
        const now = await ledgers.facts.read(call.key, ledger.database)
        const refusal = findEntryRefusal(now, call.address, standing.has_factor)
        const refuse = (problem: Problem) => logged(problem, { ledger, call, facts, row, answer })
        if (refusal !== null) throw await refuse(refusal)
        return replayOf(answer, ledger.database, refuse)
      }
      case 'x':
        throw await logged(refusalOf(answer), { ledger, call, facts, row, answer })
      case 'f':
        throw decided.verdict.allowed
          ? new Error('The ledger refused what the policy had allowed')
          : decided.verdict.problem
      default:
        throw refusalOf(answer)
    }
  }
  throw overloaded({}, { retry_after_s: 1, detail: 'What decides about this call keeps changing; try again.' })
}

/** Whether facts rest on what the platform grants now, to somebody who is live. */
export const isCurrent = (standing: Standing, facts: Pick<KeyFacts, 'platform_version'>): boolean =>
  standing.platform_version === facts.platform_version &&
  standing.is_user_active &&
  standing.organisation_status === 'active'

/** The refusal of a key whose owner or organisation is not active any more (`invalid_api_key`, `organisation_inactive`). */
export function findStandingRefusal({ is_user_active, organisation_status }: Standing): Problem | null {
  if (!is_user_active) return invalidApiKey()
  return organisation_status === 'active' ? null : organisationInactive()
}

/** Answers of the ledger that are refusals: whatever is to be logged of the call then has its entry already. */
const REFUSED_BY_LEDGER: ReadonlySet<string> = new Set(['u', 'f', 'l', 'q', 's', 'w'])

type Refused = {
  readonly ledger: Ledger
  readonly call: Call
  readonly facts: KeyFacts
  readonly row: AdmitRow
  readonly answer: StepAnswer | null
}

/** A refusal that was not the ledger's, with its one entry in the log; an admission is taken back together with it. */
async function logged(refusal: Problem, { ledger, call, facts, row, answer }: Refused): Promise<Problem> {
  if (answer?.letter === 'a') {
    await withdraw(ledger, row.execution_id, refusal)
  } else if (answer === null || !REFUSED_BY_LEDGER.has(answer.letter)) {
    // Of a repetition, the execution that its Idempotency-Key stands for.
    const execution_id = answer?.details['execution_id']
    const draft = {
      event: 'policy.check_failed',
      outcome: 'refused',
      reason_code: refusal.code,
      data: { model: row.model },
      ...(typeof execution_id === 'string' && { execution_id }),
    } as const
    await ledger.database.transaction((tx) => appendEntry(tx, originOf(facts.actor, call), draft))
  }
  return refusal
}

type Asked = { readonly answer: StepAnswer | null; readonly standing: Standing }

/**
 * Asks the ledger and control at once. When either fails, whatever the ledger may have held goes back, in the background
 * and only after the ledger has answered: a withdrawal must never overtake its admission. A refusal is told to the ledger,
 * which logs it, only when control has said that it rests on what the platform grants now.
 */
export async function ask(
  ledgers: Pick<Ledgers, 'standing'>,
  ledger: Ledger,
  row: AdmitRow,
  facts: Pick<KeyFacts, 'user_id' | 'platform_version'>,
): Promise<Asked> {
  const question = { organisation_id: ledger.organisation_id, user_id: facts.user_id }
  if (row.refusal_code !== null) {
    const standing = await ledgers.standing.ask(question)
    return { standing, answer: isCurrent(standing, facts) ? await ledger.lane.ask({ admit: row }) : null }
  }
  const [asked, stood] = await Promise.allSettled([ledger.lane.ask({ admit: row }), ledgers.standing.ask(question)])
  if (asked.status === 'fulfilled' && stood.status === 'fulfilled') {
    return { answer: asked.value, standing: stood.value }
  }
  const mayHold = asked.status === 'rejected' ? !isTurnedAway(asked.reason) : asked.value.letter === 'a'
  if (mayHold) void withdraw(ledger, row.execution_id)
  throw asked.status === 'rejected'
    ? asked.reason
    : stood.status === 'rejected'
      ? stood.reason
      : new Error('Unreachable')
}

type Decided = { readonly verdict: Verdict<CallableModel>; readonly hold: Hold; readonly use_case_id: string | null }

const NO_HOLD: Hold = { hold_micros: 0, hold_tokens: 0 }

const demandsPerson = ({ verdict }: Decided): boolean =>
  !verdict.allowed && verdict.problem.code === supervisionRequired.code

/** The facts with the apps that a refusal names. */
async function withApps({ listAppsInstead }: Ledgers, ledger: Ledger, facts: KeyFacts): Promise<KeyFacts> {
  return { ...facts, apps: await listAppsInstead(ledger.organisation_id, ledger.database, facts.policy) }
}

function decideCall(facts: KeyFacts, call: Call, barred: Problem | null): Decided {
  const refusal = barred ?? findProjectRefusal(facts)
  if (refusal !== null) return { verdict: { allowed: false, problem: refusal }, hold: NO_HOLD, use_case_id: null }
  const useCase = useCaseOf(facts, call.use_case)
  if (useCase instanceof Problem)
    return { verdict: { allowed: false, problem: useCase }, hold: NO_HOLD, use_case_id: null }
  const governed: GovernedRequest = {
    engine_type: 'gateway',
    model: call.body.values.model,
    input_bytes: call.bytes.length,
    output_tokens: call.output_tokens,
    choices: call.choices,
    jurisdiction: null,
    use_case_id: useCase,
    run: null,
  }
  const verdict = decide(facts, governed)
  if (!verdict.allowed) return { verdict, hold: NO_HOLD, use_case_id: useCase }
  const hold = holdOf(verdict.model, verdict.output_tokens, call)
  if (hold instanceof Problem)
    return { verdict: { allowed: false, problem: hold }, hold: NO_HOLD, use_case_id: useCase }
  return { verdict, hold, use_case_id: useCase }
}

/** The use case of a call: the key's own, or the one that the header names in the key's project. */
function useCaseOf(facts: KeyFacts, name: string | null): string | null | Problem {
  if (name === null) return facts.use_case_id
  const named = facts.use_cases.get(name)
  if (named === undefined) return useCaseUnknown({ use_case: name })
  if (facts.use_case_id !== null && named !== facts.use_case_id) return useCaseFixed({ use_case: name })
  return named
}

/**
 * The most a call can cost and use: a token is never less than a byte of text, other inputs and reasoning have bounds of
 * their own per model, and the dearer of the two input prices counts.
 */
export function holdOf(
  model: CallableModel,
  output_tokens: number,
  call: Pick<Call, 'body' | 'choices'>,
): Hold | Problem {
  let input_tokens = call.body.text_tokens_bound
  for (const [kind, count, bound] of [
    ['image', call.body.media.images, model.image_input_tokens],
    ['audio', call.body.media.audios, model.audio_input_tokens],
    ['file', call.body.media.files, model.file_input_tokens],
  ] as const) {
    if (count === 0) continue
    if (bound === null) return inputNotTaken({ kind, model: model.name })
    input_tokens += count * bound
  }
  const produced = call.choices * (output_tokens + model.reasoning_tokens)
  const input_micros_per_mtok = Math.max(model.input_micros_per_mtok, model.cached_input_micros_per_mtok)
  const hold_micros = costMicros(
    { input_tokens, cached_input_tokens: 0, output_tokens: produced },
    { ...model, input_micros_per_mtok },
  )
  return { hold_micros, hold_tokens: input_tokens + produced }
}

function rowOf(call: Call, facts: KeyFacts, decided: Decided, input_hash: string): AdmitRow {
  const { verdict, hold } = decided
  const { key, idempotency_key } = call
  const problem = verdict.allowed ? null : verdict.problem
  const model = verdict.allowed ? verdict.model : (facts.models.get(call.body.values.model) ?? null)
  const principal = facts.member_id ?? facts.api_key_id
  return {
    execution_id: newId(),
    request_id: call.request_id,
    api_key_id: key.api_key_id,
    secret_hash: `\\x${key.secret_hash.toString('hex')}`,
    member_id: facts.member_id,
    actor_role: facts.actor_role,
    address: call.address,
    idempotency_hash: idempotency_key === null ? null : sha256(`${principal}|/v1/chat/completions|${idempotency_key}`),
    fingerprint: idempotency_key === null ? null : input_hash,
    access_version: facts.access_version,
    policy_version: facts.policy_version,
    platform_version: facts.platform_version,
    refusal_code: problem?.code ?? null,
    refusal_data: problem?.params ?? null,
    team_id: facts.team_id,
    project_id: facts.project_id,
    use_case_id: decided.use_case_id,
    ...hold,
    engine_type: 'gateway',
    trigger_source: 'api',
    risk: verdict.allowed ? verdict.risk : 'low',
    model_id: model?.id ?? null,
    model: call.body.values.model,
    price_version: model?.price_version ?? null,
    is_streamed: call.is_streamed,
    input_hash,
  }
}

async function replayOf(answer: StepAnswer, database: OrganisationDatabase, refuse: Replay['refuse']): Promise<Replay> {
  const { execution_id, state } = answer.details
  if (typeof execution_id !== 'string' || typeof state !== 'string') throw await refuse(alreadyDone())
  if (state === 'running') throw await refuse(idempotencyInFlight({ execution_id }, { retry_after_s: 1 }))
  return { replayed_execution_id: execution_id, state, database, refuse }
}

/** The ledger's refusal as a Problem with its numbers. */
export function refusalOf(answer: StepAnswer): Problem {
  const params = paramsOf(answer.details)
  switch (answer.letter) {
    case 'u':
      return invalidApiKey()
    case 'x':
      return idempotencyMismatch()
    case 'l':
      return scopeWithoutBudget()
    case 'q':
      return quotaExceeded(params, {
        retry_after_s: secondsUntil(params['resets_at']),
        detail: `The ${String(params['window'])} token quota of this ${scopeName(params)} allows ${String(params['limit'])}; ${String(params['used'])} are used or reserved and this call could use ${String(params['requested'])}. It resets at ${String(params['resets_at'] ?? 'no fixed time')}. Ask an administrator for more, or lower max_tokens.`,
      })
    case 's':
      return spendLimitExceeded(params, {
        detail: `The ${String(params['window'])} spend limit of this ${scopeName(params)} does not leave enough for this call. Contact your administrator.`,
      })
    case 'w':
      return walletInsufficient(params, {
        detail: 'The wallet does not cover the most this call could cost. Contact your administrator.',
      })
    default:
      throw new Error(`The ledger answered with an unknown verdict ${JSON.stringify(answer.letter)}`)
  }
}

const scopeName = (params: ProblemParams): string => String(params['scope'] ?? 'scope').replace('_', ' ')

const secondsUntil = (instant: unknown): number =>
  typeof instant === 'string' ? Math.max(1, Math.ceil((Date.parse(instant) - Date.now()) / 1000)) : 60

function paramsOf(details: StepAnswer['details']): ProblemParams {
  const params: Record<string, string | number | boolean | null> = {}
  for (const [name, value] of Object.entries(details)) {
    if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      params[name] = value
  }
  return params
}
