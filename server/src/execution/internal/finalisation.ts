// What the receipt of a finalised run says.

import { boundFacts, boundHashOf } from '../../supervision/binding.ts'
import type { RunLevels } from '../../supervision/levels.ts'
import type { ReceiptBody } from '../../supervision/receipt.ts'
import type { Governance } from '../run-tools.ts'
import type { RunRow } from './run-row.ts'

type Organisation = { readonly id: string; readonly name: string }

/** What every receipt says of its run. */
export function runFacts(organisation: Organisation, run: RunRow) {
  return {
    organisation: { id: organisation.id, name: organisation.name },
    run: {
      id: run.id,
      app: { id: run.app_id, name: run.app_name, version: run.app_version, source: run.app_source },
      engine_type: run.engine_type,
      risk: run.risk,
      category: run.category,
      jurisdiction: run.jurisdiction,
      trigger_source: run.trigger_source,
      requester_id: run.requester_id,
    },
    bound: boundFacts(run),
    bound_sha256: boundHashOf(run).toString('hex'),
  }
}

/** What a receipt says of the rules it was decided under. */
export function ruleFacts({ policy_version, platform_version }: Governance, levels: RunLevels) {
  const { demands: _, ...needs } = levels
  return { policy: { organisation_version: policy_version, platform_version }, levels: needs }
}

export type GivenFact = { readonly level: number; readonly by: string; readonly decision_id: string | null }

/** The receipt of the end: what was finalised, who gave which level, and what was charged. */
export function finalisationBody(
  organisation: Organisation,
  run: RunRow,
  governance: Governance,
  levels: RunLevels,
  given: readonly GivenFact[],
): ReceiptBody {
  return {
    kind: 'finalisation',
    ...runFacts(organisation, run),
    ...ruleFacts(governance, levels),
    given: given.length === 0 ? [{ level: 1, by: 'system:policy', decision_id: null }] : [...given],
    charge: { amount_micros: run.hold_micros, billing: run.hold_wallet_micros > 0 ? 'wallet' : 'metered' },
  }
}
