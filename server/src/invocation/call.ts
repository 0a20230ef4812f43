// A call as the gateway received it: the body judged once, and what its headers and its key say.

import type { OrganisationKeyActor, UserActor } from '../access/actor.ts'
import type { OrganisationDatabase } from '../kernel/database.ts'
import type { ParsedKey } from '../tenancy/api-key-format.ts'
import { type GovernedBody, MAX_BODY_DEPTH, parseGovernedBody } from './internal/governed-body.ts'

export type OnIdentified = (database: OrganisationDatabase, actor: UserActor | OrganisationKeyActor) => void

/** What came over HTTP, with a key that has the form of one. */
export type ReceivedCall = {
  readonly key: ParsedKey
  readonly request_id: string
  readonly address: string
  readonly use_case: string | null
  readonly idempotency_key: string | null
  readonly bytes: Buffer
  /** Told who calls, and the organisation's database, once the key has proved to be one of its keys. */
  readonly onIdentified: OnIdentified
}

/** A received call with its judged body. */
export type Call = ReceivedCall & {
  readonly body: GovernedBody
  /** The most output asked for, in tokens per choice; null if the call sets no limit. */
  readonly output_tokens: number | null
  readonly choices: number
  readonly is_streamed: boolean
}

/** Judges a call's body; refuses with `request_body_refused`. Where both limits stand, the larger one is held for. */
export function parseCall(received: ReceivedCall): Call {
  const body = parseGovernedBody(received.bytes, { max_depth: MAX_BODY_DEPTH })
  const { max_tokens, max_completion_tokens, n, stream } = body.values
  const limits = [max_tokens, max_completion_tokens].filter((limit) => limit !== undefined)
  return {
    ...received,
    body,
    output_tokens: limits.length === 0 ? null : Math.max(...limits),
    choices: n ?? 1,
    is_streamed: stream === true,
  }
}
