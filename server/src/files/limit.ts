// How large an upload may be.

import type { ControlDatabase, OrganisationDatabase } from '../kernel/database.ts'
import { effectivePolicy } from '../policy/effective.ts'
import { getPolicy } from '../policy/policy.ts'
import { findTierPolicy } from '../policy/tier.ts'

/** Where neither platform nor organisation says anything. */
const DEFAULT_UPLOAD_BYTES = 100_000_000

/** The largest upload now, in bytes: what platform, account tier and organisation allow together. */
export async function maxUploadBytes(
  control: ControlDatabase,
  organisation: OrganisationDatabase,
  organisation_id: string,
): Promise<number> {
  const [platform, tier] = await control.autocommit((tx) =>
    Promise.all([getPolicy(tx), findTierPolicy(tx, organisation_id)]),
  )
  const own = await organisation.autocommit(getPolicy)
  const { values } = effectivePolicy(platform.document, own.document, tier?.document)
  return values.max_input_bytes ?? DEFAULT_UPLOAD_BYTES
}
