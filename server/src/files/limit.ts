// How large an upload may be.

import type { ControlDatabase, OrganisationDatabase } from '../kernel/database.ts'
import { effectivePolicy } from '../policy/effective.ts'
import { getPolicy } from '../policy/policy.ts'
import { withTier } from '../policy/tier.ts'

/** Where neither platform nor organisation says anything. */
const DEFAULT_UPLOAD_BYTES = 100_000_000

/** The largest upload now, in bytes: what platform, account tier and organisation allow together. */
export async function maxUploadBytes(
  control: ControlDatabase,
  organisation: OrganisationDatabase,
  organisation_id: string,
): Promise<number> {
  const platform = await control.transaction(async (tx) =>
    withTier(tx, organisation_id, (await getPolicy(tx)).document),
  )
  const own = await organisation.transaction(getPolicy)
  return effectivePolicy(platform, own.document).values.max_input_bytes ?? DEFAULT_UPLOAD_BYTES
}
