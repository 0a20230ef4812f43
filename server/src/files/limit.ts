// How large an upload may be.

import type { ControlDatabase, OrganisationDatabase } from '../kernel/database.ts'
import { effectivePolicy } from '../policy/effective.ts'
import { getPolicy } from '../policy/policy.ts'

/** Where neither platform nor organisation says anything. */
const DEFAULT_UPLOAD_BYTES = 100_000_000

/** The largest upload now, in bytes: what platform and organisation allow together. */
export async function maxUploadBytes(control: ControlDatabase, organisation: OrganisationDatabase): Promise<number> {
  const [platform, own] = [await control.transaction(getPolicy), await organisation.transaction(getPolicy)]
  return effectivePolicy(platform.document, own.document).values.max_input_bytes ?? DEFAULT_UPLOAD_BYTES
}
