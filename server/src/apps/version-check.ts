// The eleven checks of a stored version, with everything the databases say about it.

import type { ControlDatabase, OrganisationDatabase } from '../kernel/database.ts'
import type { EgressPolicy } from '../kernel/egress.ts'
import { type Check, checkContract } from './check.ts'
import { hashContract } from './contract-hash.ts'
import type { CheckContext } from './known.ts'
import { findMemberFault, findPlatformAuthorFault, type Place, readInternalPlace, readPublicPlace } from './place.ts'
import { compareVersions } from './version-order.ts'
import { findOath } from './version.ts'
import { type AppsTx, getVersionRow, inOrganisation, onPlatform, type VersionRow } from './version-row.ts'

export type CheckedVersion = { readonly row: VersionRow; readonly checks: readonly Check[] }

/** What the checks rest on besides the place. */
type Standing = Pick<CheckContext, 'app_id' | 'oath' | 'identity'> & { readonly row: VersionRow }

/** What is checked: a version with the content it has, or with one that nobody has saved yet. */
export type ToCheck = { readonly version_id: string; readonly unsaved?: unknown }

/** A version of an internal app with its checks, as they come out now. Refuses with `not_found`. */
export async function checkInternalVersion(
  both: { readonly control: ControlDatabase; readonly organisation: OrganisationDatabase },
  organisation_id: string,
  { version_id, unsaved }: ToCheck,
  egress: EgressPolicy,
): Promise<CheckedVersion> {
  const { control, organisation } = both
  const { standing, authority_fault } = await organisation.transaction(async (tx) => {
    const read = await readStanding(inOrganisation(tx), version_id)
    return { standing: read, authority_fault: await findMemberFault(tx, read.row.author_id) }
  })
  const content = unsaved ?? standing.row.content
  const place = await readInternalPlace(control, organisation, organisation_id, content, egress)
  return checked(standing, content, place, authority_fault)
}

/** A version of a public app with its checks, as they come out now. Refuses with `not_found`. */
export async function checkPublicVersion(
  control: ControlDatabase,
  { version_id, unsaved }: ToCheck,
  egress: EgressPolicy,
): Promise<CheckedVersion> {
  const { standing, authority_fault } = await control.transaction(async (tx) => {
    const read = await readStanding(onPlatform(tx), version_id)
    return { standing: read, authority_fault: await findPlatformAuthorFault(tx, read.row.author_id) }
  })
  const content = unsaved ?? standing.row.content
  const place = await readPublicPlace(control, content, egress)
  return checked(standing, content, place, authority_fault)
}

function checked(
  { row, ...standing }: Standing,
  content: unknown,
  place: Place,
  authority_fault: string | null,
): CheckedVersion {
  return { row, checks: checkContract(content, { ...place, ...standing, authority_fault }) }
}

async function readStanding(tx: AppsTx, version_id: string): Promise<Standing> {
  const row = await getVersionRow(tx, version_id)
  const oath = await findOath(tx, version_id)
  const is_early = row.state === 'draft' || row.state === 'submitted' || row.state === 'approved'
  return {
    row,
    app_id: row.app_id,
    oath: oath !== null ? 'given' : is_early ? 'not_due' : 'missing',
    identity: is_early
      ? { kind: 'new', above: await findHighestVersion(tx, row.app_id) }
      : { kind: 'kept', is_unchanged: row.content_hash?.equals(hashContract(row.content)) === true },
  }
}

/** The highest number that a version of the app was ever published under. */
async function findHighestVersion(tx: AppsTx, app_id: string): Promise<string | null> {
  const rows = await tx
    .selectFrom('apps.version')
    .select('version')
    .where('app_id', '=', app_id)
    .where('published_at', 'is not', null)
    .execute()
  const versions = rows.flatMap(({ version }) => (version === null ? [] : [version]))
  return versions.sort(compareVersions).at(-1) ?? null
}
