// Admission of what a member runs: a run of an app, and each model call inside it. The decision is the caller's, made on
// remembered facts; the ledger compares their version under its lock, control says who is live.

import type { OrganisationDatabase } from '../kernel/database.ts'
import { overloaded, type Problem } from '../kernel/problem.ts'
import { ask, isCurrent, refusalOf } from './admit.ts'
import type { AdmitRow } from './internal/step-lane.ts'
import type { Ledger, Ledgers } from './ledgers.ts'
import type { MemberFacts, MemberFactsMemory, MemberInProject } from './member-facts.ts'
import { memberInactive, organisationInactive } from './problems.ts'
import { withdraw } from './settle.ts'

/** What is asked for, as decided on the facts. A refusal is told to the ledger too, which logs it. */
export type MemberRequest<Decided> = {
  readonly row: AdmitRow
  readonly refusal: Problem | null
  readonly decided: Decided
}

export type MemberAdmission<Decided> =
  | {
      readonly is_replay: false
      readonly execution_id: string
      readonly facts: MemberFacts
      readonly decided: Decided
      readonly ledger: Ledger
      readonly database: OrganisationDatabase
    }
  | { readonly is_replay: true; readonly execution_id: string; readonly database: OrganisationDatabase }

const ATTEMPTS = 5

/**
 * Admits a request or refuses it with the Problem that names the rule and the numbers; nothing is held when it refuses. An
 * execution_id that was admitted before, here or elsewhere, answers as a replay.
 */
export async function admitMember<Decided>(
  ledgers: Ledgers,
  memory: MemberFactsMemory,
  who: MemberInProject,
  decideOn: (facts: MemberFacts, database: OrganisationDatabase) => Promise<MemberRequest<Decided>>,
): Promise<MemberAdmission<Decided>> {
  const ledger = await ledgers.open(who.organisation_id)
  const { database } = ledger
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const facts = await memory.get(database, who)
    const { row, refusal, decided } = await decideOn(facts, database)
    const { answer, standing } = await ask(ledgers, ledger, row, facts)
    if (answer === null || !isCurrent(standing, facts)) {
      if (answer?.letter === 'a') await withdraw(ledger, row.execution_id)
      if (!standing.is_user_active) throw memberInactive()
      if (standing.organisation_status !== 'active') throw organisationInactive()
      memory.forget(who, facts, 'platform')
      continue
    }
    switch (answer.letter) {
      case 'a':
        if (refusal !== null) throw new Error('The ledger admitted what had been refused')
        return { is_replay: false, execution_id: row.execution_id, facts, decided, ledger, database }
      case 't':
        memory.forget(who, facts, 'organisation')
        continue
      case 'n':
        await ledger.renew()
        continue
      case 'r':
        return { is_replay: true, execution_id: replayedId(answer.details, row.execution_id), database }
      case 'u':
        memory.forget(who, facts, 'organisation')
        throw memberInactive()
      case 'f':
        throw refusal ?? new Error('The ledger refused what had been allowed')
      default:
        throw refusalOf(answer)
    }
  }
  throw overloaded({}, { retry_after_s: 1, detail: 'What decides about this run keeps changing; try again.' })
}

const replayedId = (details: Readonly<Record<string, unknown>>, fallback: string): string =>
  typeof details['execution_id'] === 'string' ? details['execution_id'] : fallback
