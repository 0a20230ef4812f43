// Connections of the platform: a group leads into an organisation, with a base role there. Each organisation decides by its
// own commit; one that cannot be reached does not keep somebody out of the others.

import { sql } from 'kysely'
import { BASE_ROLES, type BaseRole } from '../../access/permission.ts'
import { appendPlatformEntry, type Origin, type RequestOrigin } from '../../audit/append.ts'
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
export type PlatformPlaces = {
  readonly all: readonly PlatformMapping[]
  readonly matching: readonly PlatformMapping[]
  /** Every organisation that the connection gives something in, or gave. */
  readonly reach: readonly string[]
  /** The groups that provisioning says somebody has. */
  readonly provisioned: ReadonlySet<string>
}

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
    await tx
      .insertInto('identity.sso_platform_reach')
      .values(
        [...new Set(mappings.map((each) => each.organisation_id))].map((id) => ({
          connection_id,
          organisation_id: id,
        })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
  // Whom the connection has provisioned is looked at anew, by a job.
  await tx
    .updateTable('tenancy.scim_user')
    .set({ wanted: sql<number>`wanted + 1` })
    .where('connection_id', '=', connection_id)
    .execute()
  const after = await listPlatformMappings(tx, connection_id)
  const target = { type: 'sso_connection', id: connection_id }
  await appendPlatformEntry(tx, origin, { event: 'sso_mapping.updated', target, data: { before, after } })
  return after
}

/** Every organisation into which groups of a connection of the platform lead or have led. */
export async function listReach(tx: ControlTx, connection_id: string): Promise<readonly string[]> {
  const rows = await tx
    .selectFrom('identity.sso_platform_reach')
    .select('organisation_id')
    .where('connection_id', '=', connection_id)
    .orderBy('organisation_id')
    .execute()
  return rows.map(({ organisation_id }) => organisation_id)
}

/**
 * Where somebody's groups lead: those that the provider names now and those it has provisioned. Refuses with groups_overage, and
 * with member_suspended somebody whose access the provider has ended.
 */
export async function findPlatformProspects(
  { control }: SsoNeeds,
  { id: connection_id }: Connection,
  person: ProviderPerson,
  user_id: string | null,
): Promise<PlatformPlaces> {
  const { all, reach, provisioned } = await control.transaction(async (tx) => ({
    all: await listPlatformMappings(tx, connection_id),
    reach: await listReach(tx, connection_id),
    provisioned: user_id === null ? null : await findProvisionedGroups(tx, connection_id, user_id),
  }))
  if (provisioned === 'ended') throw new SsoRefusal('member_suspended')
  const groups = provisioned ?? new Set<string>()
  if (person.is_group_overage && groups.size === 0 && all.length > 0) throw new SsoRefusal('groups_overage')
  const matching = all.filter(({ group_name }) => person.groups.has(group_name) || groups.has(group_name))
  return { all, matching, reach, provisioned: groups }
}

async function findProvisionedGroups(
  tx: ControlTx,
  connection_id: string,
  user_id: string,
): Promise<ReadonlySet<string> | 'ended' | null> {
  const person = await tx
    .selectFrom('tenancy.scim_user')
    .select(['id', 'is_active'])
    .where('connection_id', '=', connection_id)
    .where('user_id', '=', user_id)
    .executeTakeFirst()
  if (person === undefined) return null
  if (!person.is_active) return 'ended'
  const rows = await tx
    .selectFrom('tenancy.scim_group as g')
    .innerJoin('tenancy.scim_group_member as gm', 'gm.group_id', 'g.id')
    .select(['g.display_name', 'g.external_id'])
    .where('gm.user_id', '=', person.id)
    .execute()
  return new Set(rows.flatMap((row) => [row.display_name, ...(row.external_id === null ? [] : [row.external_id])]))
}

/** What a group gives in its organisation. */
export const mappingOf = ({ group_name, base_role }: PlatformMapping): Mapping => ({
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
  for (const organisation_id of places.reach) {
    const mappings = places.all.filter((each) => each.organisation_id === organisation_id)
    const database = await findOpenOrganisation(needs, organisation_id)
    if (database === null) continue
    const arrival = {
      organisation_id,
      connection_id: connection.id,
      admission: 'mapped_groups' as const,
      user_id,
      groups: person.groups,
      provisioned: places.provisioned,
      is_group_overage: false,
    }
    const isGiven = places.matching.some((each) => each.organisation_id === organisation_id)
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
