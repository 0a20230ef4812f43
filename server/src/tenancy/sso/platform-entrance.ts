// Connections of the platform: a group leads into an organisation, with a base role there. Each organisation decides by its
// own commit; one that cannot be reached does not keep somebody out of the others.

import type { RequestOrigin } from '../../audit/append.ts'
import { BASE_ROLES, type BaseRole } from '../../access/permission.ts'
import { appendPlatformEntry, type Origin } from '../../audit/append.ts'
import type { ProviderPerson } from '../../identity/sso/claims.ts'
import { type Connection, getConnection } from '../../identity/sso/connection.ts'
import { mappingUnknown } from '../../identity/sso/problems.ts'
import { SsoRefusal } from '../../identity/sso/refusal.ts'
import type { ControlTx } from '../../kernel/database.ts'
import { Problem } from '../../kernel/problem.ts'
import { noteMembership } from '../account.ts'
import { wordOf } from '../internal/member-row.ts'
import { admit } from './admission.ts'
import type { Mapping } from './mapping.ts'
import { findOpenOrganisation, type SsoNeeds } from './sign-in.ts'

export type PlatformMapping = {
  readonly group_name: string
  readonly organisation_id: string
  readonly base_role: BaseRole
}

/** All mappings of a connection, and those that somebody's groups match. */
export type PlatformPlaces = { readonly all: readonly PlatformMapping[]; readonly matching: readonly PlatformMapping[] }

/** The mappings of a connection of the platform by group. Throws `not_found`. */
export async function listPlatformMappings(tx: ControlTx, connection_id: string): Promise<readonly PlatformMapping[]> {
  await getConnection(tx, null, connection_id)
  const rows = await tx
    .selectFrom('identity.sso_platform_mapping')
    .select(['group_name', 'organisation_id', 'base_role'])
    .where('connection_id', '=', connection_id)
    .orderBy('group_name')
    .orderBy('organisation_id')
    .execute()
  return rows.map((row) => ({ ...row, base_role: wordOf(BASE_ROLES, row.base_role) }))
}

/** Sets all mappings of a connection of the platform, with its log entry. Throws `not_found` or `mapping_unknown`. */
export async function setPlatformMappings(
  tx: ControlTx,
  origin: Origin,
  connection_id: string,
  mappings: readonly PlatformMapping[],
): Promise<readonly PlatformMapping[]> {
  const before = await listPlatformMappings(tx, connection_id)
  const known = tx.selectFrom('tenancy.organisation').select('id').where('status', '<>', 'creating')
  const organisations = new Set((await known.execute()).map(({ id }) => id))
  const seen = new Set<string>()
  for (const [index, { group_name, organisation_id }] of mappings.entries()) {
    const isTwice = seen.has(`${organisation_id} ${group_name}`)
    if (organisations.has(organisation_id) && !isTwice) {
      seen.add(`${organisation_id} ${group_name}`)
      continue
    }
    const pointer = `/mappings/${index}/${isTwice ? 'group_name' : 'organisation_id'}`
    throw mappingUnknown(
      { pointer },
      { fields: [{ pointer, message: isTwice ? 'is mapped twice' : 'does not exist' }] },
    )
  }
  await tx.deleteFrom('identity.sso_platform_mapping').where('connection_id', '=', connection_id).execute()
  if (mappings.length > 0) {
    await tx
      .insertInto('identity.sso_platform_mapping')
      .values(mappings.map((each) => ({ ...each, connection_id })))
      .execute()
  }
  const after = await listPlatformMappings(tx, connection_id)
  const target = { type: 'sso_connection', id: connection_id }
  await appendPlatformEntry(tx, origin, { event: 'sso_mapping.updated', target, data: { before, after } })
  return after
}

/** Where somebody's groups lead. Refuses with groups_overage. */
export async function findPlatformProspects(
  needs: SsoNeeds,
  connection: Connection,
  person: ProviderPerson,
): Promise<PlatformPlaces> {
  const all = await needs.control.transaction((tx) => listPlatformMappings(tx, connection.id))
  if (person.is_group_overage && all.length > 0) throw new SsoRefusal('groups_overage')
  return { all, matching: all.filter(({ group_name }) => person.groups.has(group_name)) }
}

const mappingOf = ({ group_name, base_role }: PlatformMapping): Mapping => ({
  group_name,
  base_role,
  designations: [],
  team_id: null,
  is_manager: false,
  project_id: null,
  project_role: null,
})

/** Computes anew, in every organisation that the connection knows, what somebody's groups give there. */
export async function enterByPlatform(
  needs: SsoNeeds,
  connection: Connection,
  person: ProviderPerson,
  places: PlatformPlaces,
  user_id: string,
  request: RequestOrigin,
): Promise<void> {
  for (const [organisation_id, mappings] of Map.groupBy(places.all, (each) => each.organisation_id)) {
    const database = await findOpenOrganisation(needs, organisation_id)
    if (database === null) continue
    const arrival = {
      organisation_id,
      connection_id: connection.id,
      admission: 'mapped_groups' as const,
      user_id,
      groups: person.groups,
      is_group_overage: false,
    }
    const isGiven = mappings.some(({ group_name }) => person.groups.has(group_name))
    if (isGiven) await needs.control.transaction((tx) => noteMembership(tx, user_id, organisation_id))
    try {
      await database.transaction((tx) => admit(tx, arrival, request, mappings.map(mappingOf)))
    } catch (error) {
      // Not let in there, or not reachable now: neither keeps the person out of the others.
      const isPassing = error instanceof SsoRefusal || (error instanceof Problem && error.status === 503)
      if (!isPassing) throw error
    }
  }
}
