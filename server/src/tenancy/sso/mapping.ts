// What groups at an identity provider give in this organisation: a base role, designations, a team, a project. The owner sets
// all of a connection's mappings at once.

import { BASE_ROLES, type BaseRole, DESIGNATIONS, type Designation } from '../../access/permission.ts'
import { PROJECT_ROLES, type ProjectRole } from '../../access/scope-role.ts'
import { mappingUnknown } from '../../identity/sso/problems.ts'
import type { OrganisationTx } from '../../kernel/database.ts'
import { newId } from '../../kernel/id.ts'
import { wordOf } from '../internal/member-row.ts'

/** Mappings of one connection. */
export const MAX_MAPPINGS = 500

export type Mapping = {
  /** The group as the provider writes it in its claim, or by SCIM its name or its id there. */
  readonly group_name: string
  readonly base_role: BaseRole | null
  readonly designations: readonly Designation[]
  readonly team_id: string | null
  readonly is_manager: boolean
  readonly project_id: string | null
  readonly project_role: ProjectRole | null
}

/** All that a member's groups give together. */
export type Given = {
  readonly base_role: BaseRole | null
  readonly designations: ReadonlySet<Designation>
  /** Team, and whether as its manager. */
  readonly teams: ReadonlyMap<string, boolean>
  readonly projects: ReadonlyMap<string, ProjectRole>
  /** The groups that gave something. */
  readonly groups: readonly string[]
}

/** The mappings of a connection by group. */
export async function listMappings(tx: OrganisationTx, connection_id: string): Promise<readonly Mapping[]> {
  const rows = await tx
    .selectFrom('tenancy.sso_mapping')
    .select(['group_name', 'base_role', 'designations', 'team_id', 'is_manager', 'project_id', 'project_role'])
    .where('connection_id', '=', connection_id)
    .orderBy('group_name')
    .execute()
  return rows.map((row) => ({
    ...row,
    base_role: row.base_role === null ? null : wordOf(BASE_ROLES, row.base_role),
    designations: row.designations.map((each) => wordOf(DESIGNATIONS, each)),
    project_role: row.project_role === null ? null : wordOf(PROJECT_ROLES, row.project_role),
  }))
}

/** Sets all mappings of a connection. Throws `mapping_unknown`, naming the first thing that is not there. */
export async function setMappings(
  tx: OrganisationTx,
  connection_id: string,
  mappings: readonly Mapping[],
): Promise<{ readonly mappings: readonly Mapping[]; readonly before: readonly Mapping[] }> {
  await requireKnown(tx, mappings)
  const before = await listMappings(tx, connection_id)
  await tx.deleteFrom('tenancy.sso_mapping').where('connection_id', '=', connection_id).execute()
  if (mappings.length > 0) {
    await tx
      .insertInto('tenancy.sso_mapping')
      .values(mappings.map((each) => ({ ...each, id: newId(), connection_id, designations: [...each.designations] })))
      .execute()
  }
  return { mappings: await listMappings(tx, connection_id), before }
}

async function requireKnown(tx: OrganisationTx, mappings: readonly Mapping[]): Promise<void> {
  const teams = new Set((await tx.selectFrom('tenancy.team').select('id').execute()).map(({ id }) => id))
  // In the default project everybody has the role that follows from the base role.
  const open = tx.selectFrom('tenancy.project').select('id').where('kind', '=', 'team').where('archived_at', 'is', null)
  const projects = new Set((await open.execute()).map(({ id }) => id))
  const names = new Set<string>()
  for (const [index, mapping] of mappings.entries()) {
    const refuse = (field: string, message: string) => {
      const pointer = `/mappings/${index}/${field}`
      return mappingUnknown({ pointer }, { detail: message, fields: [{ pointer, message }] })
    }
    if (names.has(mapping.group_name)) throw refuse('group_name', 'is mapped twice')
    names.add(mapping.group_name)
    const { team_id, project_id, project_role } = mapping
    if (team_id !== null && !teams.has(team_id)) throw refuse('team_id', 'is no team of this organisation')
    if (project_id !== null && !projects.has(project_id)) throw refuse('project_id', 'is no open team project here')
    if ((project_id === null) !== (project_role === null)) throw refuse('project_role', 'goes with a project')
  }
}

const higher = <Word>(order: readonly Word[], one: Word | null, other: Word): Word =>
  one !== null && order.indexOf(one) >= order.indexOf(other) ? one : other

/** Lowest first. */
const ROLES_RISING: readonly BaseRole[] = BASE_ROLES.toReversed()

/** The higher of two base roles. */
export const higherRole = (one: BaseRole | null, other: BaseRole): BaseRole => higher(ROLES_RISING, one, other)

/** What the groups of somebody give together: of roles the highest, of everything else all. Pure. */
export function giveFor(mappings: readonly Mapping[], groups: ReadonlySet<string>): Given {
  const matching = mappings.filter(({ group_name }) => groups.has(group_name))
  const teams = new Map<string, boolean>()
  const projects = new Map<string, ProjectRole>()
  let base_role: BaseRole | null = null
  for (const each of matching) {
    if (each.base_role !== null) base_role = higherRole(base_role, each.base_role)
    if (each.team_id !== null) teams.set(each.team_id, (teams.get(each.team_id) ?? false) || each.is_manager)
    if (each.project_id !== null && each.project_role !== null) {
      projects.set(each.project_id, higher(PROJECT_ROLES, projects.get(each.project_id) ?? null, each.project_role))
    }
  }
  return {
    base_role,
    designations: new Set(matching.flatMap(({ designations }) => designations)),
    teams,
    projects,
    groups: matching.map(({ group_name }) => group_name),
  }
}
