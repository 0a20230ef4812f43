// What runs are asked for with: the desk of a node, who asks, how the price is confirmed, and what has passed the gates.

import type { Actor } from '../access/actor.ts'
import type { Origin } from '../audit/append.ts'
import type { MemberFacts, MemberFactsMemory } from '../invocation/member-facts.ts'
import type { OrganisationDatabase } from '../kernel/database.ts'
import type { FieldVault } from '../keys/field-vault.ts'
import type { RunCreation } from './creation.ts'
import type { Engine } from './engine.ts'
import type { CallableApp, JudgedInput, Place, RunGovernance } from './internal/prepare-run.ts'
import type { RunTools } from './run-tools.ts'

export type RunDesk = Pick<Place, 'control' | 'egress'> & {
  readonly vault: FieldVault
  readonly facts: MemberFactsMemory
  readonly run_tools: RunTools
  readonly node_id: string
  /** Remembers apps with their checks passed, as long as neither organisation nor platform has changed anything. */
  readonly apps: Map<string, RememberedApp>
  /** The contracts that are known to be kept in an organisation's database. */
  readonly kept: Set<string>
  /** Takes what is created here, where it has room; else it is told that a run is due. */
  readonly engine: Pick<Engine, 'findBerth' | 'wake'>
}

type RememberedApp = {
  readonly access_version: number
  readonly platform_version: number
  readonly callable: CallableApp
}

/** Who asks for a run, through what, and who answers for it. */
export type RunAsker = {
  readonly organisation_id: string
  readonly database: OrganisationDatabase
  /** Whose files may be given to it, and how the log names whoever asks. */
  readonly actor: Actor
  readonly origin: Origin
  readonly request_id: string
  readonly address: string | null
  readonly api_key_id: string | null
  /** The member whose key or session it is; null for a key of the organisation. */
  readonly member_id: string | null
  readonly requester_id: string
  readonly project_id: string
  readonly use_case_id: string | null
  readonly trigger_source: RunCreation['trigger_source']
  readonly schedule_id: string | null
  readonly thread_id: string | null
}

/** How the price is confirmed: by a quote that was shown, or up to an amount. */
export type Confirmation = { readonly quote_id: string | null; readonly max_price_micros: number | null }

/** A run that has passed the gates up to the eighth. */
export type Prepared = {
  readonly facts: MemberFacts
  readonly callable: CallableApp
  readonly governance: RunGovernance
  readonly judged: JudgedInput
  readonly max_steps: number
  readonly max_seconds: number
}

/** Whose token quotas a run draws on. */
export const scopesOf = ({ project_id, use_case_id, requester_id }: RunAsker) => ({
  project_id,
  use_case_id,
  member_id: requester_id,
})
