// What one person can do in the organisation and why, now and at any time before: rights with their sources, roles in
// workspaces and projects, and the ranges in which each was held.

import { sql } from 'kysely'
import type { UserActor } from '../access/actor.ts'
import { projectRoleOf, workspaceRoleOf } from '../access/scope-role.ts'
import type { OrganisationTx } from '../kernel/database.ts'
import { DEFAULT_PAGE_SIZE, type Page, type PageQuery, pageOf, parseCursor } from '../kernel/page.ts'
import { notFound } from '../kernel/problem.ts'
import { customRolesOf, targetOf } from './internal/member-row.ts'
import { readProject } from './project-role.ts'
import { wordOf } from './internal/member-row.ts'
import { WORKSPACE_ROLES } from '../access/scope-role.ts'

/** A role in a place, and why: written down for the person, or following from what they are. */
export type PlaceRole = {
  readonly id: string
  readonly name: string
  readonly role: string
  readonly why: 'member' | 'base_role' | 'default_project'
  /** manual, or connection: what a group at an identity provider gave. */
  readonly source: 'manual' | 'connection' | null
}

export type MemberPlaces = {
  readonly workspaces: readonly PlaceRole[]
  readonly projects: readonly PlaceRole[]
  readonly api_keys: number
}

async function findActorOf(tx: OrganisationTx, member_id: string): Promise<UserActor> {
  const row = await tx
    .selectFrom('tenancy.member')
    .select(['id', 'user_id', 'base_role', 'designations', 'grants', 'denies', 'surface', 'status'])
    .select(customRolesOf('tenancy.member.id').as('custom_roles'))
    .where('id', '=', member_id)
    .executeTakeFirst()
  if (row === undefined) throw notFound()
  const { status, ...membership } = targetOf(row)
  return {
    kind: 'user',
    organisation_id: '',
    user_id: row.user_id,
    is_superadmin: false,
    membership: status === 'active' ? membership : null,
    use: { via: 'session', session_id: '', aal: 1 },
  }
}

/** The roles of a member in every workspace and project they may see into, and how many keys they have. */
export async function getPlaces(tx: OrganisationTx, member_id: string): Promise<MemberPlaces> {
  const actor = await findActorOf(tx, member_id)
  const workspaces = await tx
    .selectFrom('tenancy.workspace as w')
    .leftJoin('tenancy.workspace_member as mine', (join) =>
      join.onRef('mine.workspace_id', '=', 'w.id').on('mine.member_id', '=', member_id),
    )
    .select(['w.id', 'w.name', 'mine.role'])
    .orderBy('w.name')
    .execute()
  const projects = await tx
    .selectFrom('tenancy.project as p')
    .leftJoin('tenancy.project_member as mine', (join) =>
      join.onRef('mine.project_id', '=', 'p.id').on('mine.member_id', '=', member_id),
    )
    .leftJoin('tenancy.mapped_grant as given', (join) =>
      join
        .on('given.member_id', '=', member_id)
        .on('given.kind', '=', 'project')
        .on('given.target', '=', sql<string>`p.id::text`),
    )
    .select(['p.id', 'p.name', 'p.kind', 'p.workspace_id', 'p.created_at', 'p.archived_at'])
    .select(['mine.role as explicit_role', 'given.connection_id'])
    .where('p.archived_at', 'is', null)
    .orderBy('p.name')
    .execute()
  const { count } = await tx
    .selectFrom('tenancy.api_key')
    .select((of) => of.fn.countAll<number>().as('count'))
    .where('member_id', '=', member_id)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', tx.fn<Date>('now'))
    .executeTakeFirstOrThrow()
  return {
    workspaces: workspaces.flatMap(({ id, name, role }) => {
      const explicit_role = role === null ? null : wordOf(WORKSPACE_ROLES, role)
      const held = workspaceRoleOf(actor, { id, explicit_role })
      if (held === null) return []
      const isWritten = held === explicit_role
      return [{ id, name, role: held, why: isWritten ? 'member' : 'base_role', source: isWritten ? 'manual' : null }]
    }),
    projects: projects.flatMap(({ connection_id, ...row }) => {
      const project = readProject(row)
      const held = projectRoleOf(actor, project)
      if (held === null) return []
      const isWritten = held === project.explicit_role
      const why = isWritten ? 'member' : project.kind === 'default' ? 'default_project' : 'base_role'
      const source = isWritten ? (connection_id === null ? 'manual' : 'connection') : null
      return [{ id: row.id, name: row.name, role: held, why, source }]
    }),
    api_keys: count,
  }
}

/** One thing that a member had, from when to when; `entry_id` is the log entry of the act that gave it, where it is known. */
export type AccessRange = {
  readonly id: string
  readonly member_id: string
  readonly kind: string
  readonly value: string
  readonly object_id: string | null
  readonly valid_from: Date
  readonly valid_to: Date | null
  readonly entry_id: string | null
}

export type AccessQuery = PageQuery & {
  readonly member_id?: string
  readonly kind?: string
  readonly value?: string
  readonly object_id?: string
  /** Only what was held at this moment. */
  readonly at?: string
}

/** A page of who had what, the latest beginnings first. */
export async function listAccessRanges(tx: OrganisationTx, query: AccessQuery): Promise<Page<AccessRange>> {
  const cursor = parseCursor(query)
  const { member_id, kind, value, object_id, at } = query
  const rows = await tx
    .selectFrom('tenancy.access_range as r')
    .select(['r.id', 'r.member_id', 'r.kind', 'r.value', 'r.object_id', 'r.valid_from', 'r.valid_to'])
    // The entry is written in the transaction of its act, just after it, and names the member or the object.
    .select(
      sql<string | null>`(select e.id from audit.entry e
        where e.target_id in (r.member_id::text, r.object_id::text) and e.outcome = 'succeeded'
          and e.at between r.valid_from - interval '1 second' and r.valid_from + interval '10 seconds'
        order by e.at limit 1)`.as('entry_id'),
    )
    .$if(member_id !== undefined, (select) => select.where('r.member_id', '=', member_id ?? ''))
    .$if(kind !== undefined, (select) => select.where('r.kind', '=', kind ?? ''))
    .$if(value !== undefined, (select) => select.where('r.value', '=', value ?? ''))
    .$if(object_id !== undefined, (select) => select.where('r.object_id', '=', object_id ?? null))
    .$if(at !== undefined, (select) =>
      select
        .where('r.valid_from', '<=', new Date(at ?? 0))
        .where((is) => is.or([is('r.valid_to', 'is', null), is('r.valid_to', '>', new Date(at ?? 0))])),
    )
    .$if(cursor !== null, (select) => select.where('r.id', '<', cursor))
    .orderBy('r.id', 'desc')
    .limit((query.limit ?? DEFAULT_PAGE_SIZE) + 1)
    .execute()
  return pageOf(rows, query)
}
