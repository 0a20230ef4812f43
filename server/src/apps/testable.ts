// A version of an internal app that may be tried out before it is published: every check passed but the oath, which is given
// for what was tried.

import type { ControlDatabase, OrganisationDatabase } from '../kernel/database.ts'
import type { EgressPolicy } from '../kernel/egress.ts'
import { isPassed, parseContract } from './check.ts'
import { hashContract } from './contract-hash.ts'
import { appChecksFailed, appVersionState } from './problems.ts'
import type { RunnableApp } from './runnable.ts'
import { checkInternalVersion } from './version-check.ts'
import type { VersionState } from './version-row.ts'

/** An app in a version that runs, or is tried out. */
export type ExecutableApp = Omit<RunnableApp, 'published_at'>

const BEFORE: readonly VersionState[] = ['draft', 'submitted', 'approved']

/**
 * The app of a version that is not published, as its contract is now. Refuses with `not_found`, with `app_version_state` a
 * version that was published, and with `app_checks_failed`, naming every place.
 */
export async function getTestableApp(
  both: { readonly control: ControlDatabase; readonly organisation: OrganisationDatabase },
  organisation_id: string,
  version_id: string,
  egress: EgressPolicy,
): Promise<ExecutableApp> {
  const { row, checks } = await checkInternalVersion(both, organisation_id, { version_id }, egress)
  if (!BEFORE.includes(row.state)) throw appVersionState({ state: row.state, needed: [...BEFORE] })
  if (!isPassed(checks, false)) {
    const failed = checks.filter(({ result }) => result === 'failed')
    const fields = failed.flatMap(({ findings }) => findings)
    throw appChecksFailed({ checks: failed.map(({ check }) => check) }, { fields })
  }
  const contract = parseContract(row.content)
  const { version } = contract.info
  const contract_hash = hashContract(contract)
  return { app_id: row.app_id, version_id, version, source: 'internal', contract, contract_hash }
}
