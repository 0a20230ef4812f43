// The models a key may call: those assigned to its organisation that policy does not forbid.

import type { CallableModel } from '../models/assignment.ts'
import { decide } from '../policy/decide.ts'
import type { ParsedKey } from '../tenancy/api-key-format.ts'
import { findStandingRefusal } from './admit.ts'
import type { OnIdentified } from './call.ts'
import { findEntryRefusal, findProjectRefusal } from './facts.ts'
import type { Performer } from './performer.ts'

/**
 * Lists by the very decision that a smallest call would get. Refuses an invalid key with `invalid_api_key`, one whose
 * owner may not run in its project with `project_role_missing`. Read afresh: what is listed is what holds now.
 */
export async function listCallableModels(
  { ledgers, key_uses }: Pick<Performer, 'ledgers' | 'key_uses'>,
  key: ParsedKey,
  address: string,
  onIdentified: OnIdentified,
): Promise<readonly CallableModel[]> {
  const { organisation_id } = key
  const { database } = await ledgers.open(organisation_id)
  const facts = await ledgers.facts.read(key, database)
  onIdentified(database, facts.actor)
  const standing = await ledgers.standing.ask({ organisation_id, user_id: facts.user_id })
  const refusal =
    findStandingRefusal(standing) ?? findEntryRefusal(facts, address, standing.has_factor) ?? findProjectRefusal(facts)
  if (refusal !== null) throw refusal
  key_uses.note(database, key.api_key_id)
  return [...facts.models.values()].filter((model) => {
    const verdict = decide(facts, {
      engine_type: 'gateway',
      model: model.name,
      input_bytes: 0,
      output_tokens: 1,
      choices: 1,
      jurisdiction: null,
      use_case_id: null,
      run: null,
    })
    return verdict.allowed || verdict.problem.code === 'use_case_required'
  })
}
