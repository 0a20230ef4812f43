// One box that finds everything by its name: each kind by the very function that lists it, so that nobody finds what they
// could not list, and only where there is a page that they may open.

import type { Actor } from '../access/actor.ts'
import type { Permission } from '../access/permission.ts'
import { hasPermission } from '../access/require.ts'
import { listAvailableApps, listPublicApps } from '../apps/catalog.ts'
import { visibleTo } from '../execution/execution.ts'
import type { ControlDatabase, OrganisationDatabase, OrganisationTx } from '../kernel/database.ts'
import { listApiKeys, ownKeys } from '../tenancy/api-key.ts'
import { listMembers } from '../tenancy/member.ts'
import { listProjects } from '../tenancy/project.ts'
import { listTeams } from '../tenancy/team.ts'
import { listWorkspaces } from '../tenancy/workspace.ts'

export const FOUND_KINDS = ['person', 'team', 'workspace', 'project', 'app', 'execution', 'run', 'api_key'] as const
export type FoundKind = (typeof FOUND_KINDS)[number]

/** `detail` tells things of one name apart: an address, a mask, a state. */
export type Found = {
  readonly kind: FoundKind
  readonly id: string
  readonly name: string
  readonly detail: string | null
}

/** Of each kind. */
const MOST = 5
/** So many characters of an id are enough to look for it. */
const ID_PREFIX = /^[0-9a-f]{8}[0-9a-f-]{0,28}$/
const LOWEST = '00000000-0000-0000-0000-000000000000'
const HIGHEST = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

/** What the actor may see whose name holds the text, at most 5 of each kind; executions and runs by how their id begins. */
export async function search(
  control: ControlDatabase,
  organisation: OrganisationDatabase,
  actor: Actor,
  text: string,
): Promise<readonly Found[]> {
  const wanted = text.trim()
  if (wanted === '') return []
  const people = hasPermission(actor, 'user.view') ? await findPeople(control, organisation, wanted) : []
  const public_apps = hasPermission(actor, 'app.view') ? await control.transaction(listPublicApps) : []
  return organisation.transaction(async (tx) => {
    const found = [...people]
    for (const [permission, find] of FINDERS) {
      if (hasPermission(actor, permission)) found.push(...(await find(tx, actor, wanted)))
    }
    if (hasPermission(actor, 'app.view')) {
      const apps = await listAvailableApps(tx, public_apps, { search: wanted })
      found.push(...apps.slice(0, MOST).map(({ app_id, name }) => entry('app', app_id, name)))
    }
    return found
  })
}

const entry = (kind: FoundKind, id: string, name: string, detail: string | null = null): Found => ({
  kind,
  id,
  name,
  detail,
})

async function findPeople(control: ControlDatabase, organisation: OrganisationDatabase, text: string) {
  const { items } = await listMembers(control, organisation, { search: text, limit: MOST })
  return items.map(({ id, display_name, email }) => entry('person', id, display_name ?? email ?? '', email))
}

type Find = (tx: OrganisationTx, actor: Actor, text: string) => Promise<readonly Found[]>

const FINDERS: readonly (readonly [Permission, Find])[] = [
  ['directory.view', findTeams],
  ['workspace.view', findWorkspaces],
  ['project.view', findProjects],
  ['run.view_own', findExecutions],
  ['api_key.own', findKeys],
]

async function findTeams(tx: OrganisationTx, _actor: Actor, text: string) {
  const { items } = await listTeams(tx, { search: text, limit: MOST })
  return items.map(({ id, name }) => entry('team', id, name))
}

async function findWorkspaces(tx: OrganisationTx, actor: Actor, text: string) {
  const { items } = await listWorkspaces(tx, actor, { search: text, limit: MOST })
  return items.map(({ id, name }) => entry('workspace', id, name))
}

async function findProjects(tx: OrganisationTx, actor: Actor, text: string) {
  const { items } = await listProjects(tx, actor, { search: text, limit: MOST })
  return items.map(({ id, name }) => entry('project', id, name))
}

async function findExecutions(tx: OrganisationTx, actor: Actor, text: string) {
  const prefix = text.toLowerCase()
  if (!ID_PREFIX.test(prefix)) return []
  const rows = await tx
    .selectFrom('execution.execution as e')
    .select(['e.id', 'e.state', 'e.model', 'e.is_run'])
    .where(await visibleTo(tx, actor))
    .where('e.id', '>=', prefix + LOWEST.slice(prefix.length))
    .where('e.id', '<=', prefix + HIGHEST.slice(prefix.length))
    .orderBy('e.id', 'desc')
    .limit(MOST)
    .execute()
  return rows.map(({ id, state, model, is_run }) => entry(is_run ? 'run' : 'execution', id, model ?? id, state))
}

/** The organisation's keys to who manages them, everybody's own to themselves. */
async function findKeys(tx: OrganisationTx, actor: Actor, text: string) {
  const own = actor.kind === 'user' && actor.membership !== null ? ownKeys(actor) : null
  const owner = hasPermission(actor, 'api_key.manage') ? 'organisation' : own
  if (owner === null) return []
  const { items } = await listApiKeys(tx, owner, { search: text, limit: MOST })
  return items.map(({ id, name }) => entry('api_key', id, name))
}
