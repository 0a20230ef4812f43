// Members as an organisation sees them. Rights stand here, in its database; address and name of an account stand in
// control.
//
// What is shown must not tell whether an account is older than the membership: the address in the one form that is
// compared, never the account's id (it holds the moment it was made), and the name only once the person has acted here
// themselves.

import { sql } from 'kysely'
import type { CustomRole } from '../access/actor.ts'
import { type BaseRole, DESIGNATIONS, type Designation, type Permission, type Surface } from '../access/permission.ts'
import { ALL_PERMISSIONS } from '../access/permission.ts'
import { explainMembership, type HeldPermission } from '../access/require.ts'
import type { ControlDatabase, OrganisationDatabase, OrganisationTx } from '../kernel/database.ts'
import { DEFAULT_PAGE_SIZE, type Page, type PageQuery, pageOf, parseCursor } from '../kernel/page.ts'
import { notFound } from '../kernel/problem.ts'
import { customRolesOf, type MemberStatus, targetOf } from './internal/member-row.ts'

/** A membership as its administrators see it. `display_name` is null until the person has acted in the organisation. */
export type Member = {
  readonly id: string
  readonly email: string | null
  readonly display_name: string | null
  readonly base_role: BaseRole
  readonly designations: readonly Designation[]
  readonly surface: Surface
  readonly primary_team_id: string | null
  readonly status: MemberStatus
  readonly joined_at: Date
  readonly removed_at: Date | null
}

/** One permission of a member: held and whence, or not held and why. */
export type MemberPermission = HeldPermission & { readonly permission: Permission }

export type MemberDetail = Member & {
  readonly custom_roles: readonly CustomRole[]
  readonly grants: readonly string[]
  readonly denies: readonly string[]
  readonly team_ids: readonly string[]
  readonly permissions: readonly MemberPermission[]
}

export type MemberQuery = PageQuery & {
  /** Part of the address, or of a name that is shown. */
  readonly search?: string
  /** Active and suspended members if left out. */
  readonly status?: MemberStatus
  readonly role?: BaseRole
  readonly team_id?: string
  /** These alone, whatever their status. */
  readonly ids?: readonly string[]
}

type MemberRow = Omit<MemberDetail, 'email' | 'display_name' | 'permissions' | 'team_ids'> & {
  readonly user_id: string
  readonly has_acted: boolean
}

/** Rows read at once while a search looks for those that match. */
const SEARCH_BATCH = 500

function selectMembers(tx: OrganisationTx) {
  return tx
    .selectFrom('tenancy.member as m')
    .select(['m.id', 'm.user_id', 'm.base_role', 'm.designations', 'm.grants', 'm.denies', 'm.surface', 'm.status'])
    .select(['m.primary_team_id', 'm.joined_at', 'm.removed_at'])
    .select(customRolesOf('m.id').as('custom_roles'))
    .select(sql<boolean>`exists (select from audit.entry e where e.actor_id = m.id)`.as('has_acted'))
}

type SelectedMember = Awaited<ReturnType<ReturnType<typeof selectMembers>['executeTakeFirstOrThrow']>>

function readMember(row: SelectedMember): MemberRow {
  const { member_id: _, ...words } = targetOf(row)
  return { ...row, ...words }
}

async function readPage(
  database: OrganisationDatabase,
  query: MemberQuery,
  cursor: string | null,
  limit: number,
): Promise<readonly MemberRow[]> {
  const { status, role, team_id, ids } = query
  const rows = await database.transaction((tx) =>
    selectMembers(tx)
      .$if(status === undefined && ids === undefined, (select) => select.where('m.status', '<>', 'removed'))
      .$if(ids !== undefined, (select) => select.where('m.id', 'in', [...(ids ?? [])]))
      .$if(status !== undefined, (select) => select.where('m.status', '=', status ?? ''))
      .$if(role !== undefined, (select) => select.where('m.base_role', '=', role ?? ''))
      .$if(team_id !== undefined, (select) =>
        select.where('m.id', 'in', (of) =>
          of
            .selectFrom('tenancy.team_member')
            .select('member_id')
            .where('team_id', '=', team_id ?? null),
        ),
      )
      .$if(cursor !== null, (select) => select.where('m.id', '<', cursor))
      .orderBy('m.id', 'desc')
      .limit(limit)
      .execute(),
  )
  return rows.map(readMember)
}

type Person = { readonly email_key: string; readonly display_name: string }

async function findPeople(
  control: ControlDatabase,
  rows: readonly { readonly user_id: string }[],
): Promise<ReadonlyMap<string, Person>> {
  if (rows.length === 0) return new Map()
  const people = await control.transaction((tx) =>
    tx
      .selectFrom('identity.user')
      .select(['id', 'email_key', 'display_name'])
      .where(
        'id',
        'in',
        rows.map((row) => row.user_id),
      )
      .execute(),
  )
  return new Map(people.map((person) => [person.id, person]))
}

function named<Row extends MemberRow>(row: Row, people: ReadonlyMap<string, Person>) {
  const { user_id, has_acted, ...member } = row
  const person = people.get(user_id)
  return {
    ...member,
    email: person?.email_key ?? null,
    display_name: has_acted ? (person?.display_name ?? null) : null,
  }
}

/** A page of members, newest first. Asks each database in turn, never one while holding the other. */
export async function listMembers(
  control: ControlDatabase,
  organisation: OrganisationDatabase,
  query: MemberQuery,
): Promise<Page<Member>> {
  const wanted = (query.limit ?? DEFAULT_PAGE_SIZE) + 1
  const text = query.search?.normalize('NFKC').trim().toLowerCase() ?? ''
  const batch = text === '' ? wanted : SEARCH_BATCH
  const matches = (member: Member): boolean =>
    [member.email, member.display_name].some((part) => part?.normalize('NFKC').toLowerCase().includes(text))
  const found: Member[] = []
  let cursor = parseCursor(query)
  while (true) {
    const rows = await readPage(organisation, query, cursor, batch)
    const people = await findPeople(control, rows)
    found.push(...rows.map((row) => named(row, people)).filter((member) => text === '' || matches(member)))
    cursor = rows.at(-1)?.id ?? null
    if (found.length >= wanted || rows.length < batch) return pageOf(found, query)
  }
}

/** How many active members the organisation has in all. */
export function countActiveMembers(organisation: OrganisationDatabase): Promise<number> {
  return organisation.transaction(async (tx) => {
    const members = tx.selectFrom('tenancy.member').where('status', '=', 'active')
    const { count } = await members.select(sql<number>`count(*)::integer`.as('count')).executeTakeFirstOrThrow()
    return count
  })
}

/** One member with every permission they have or lack, and why. Throws `not_found`. */
export async function getMember(
  control: ControlDatabase,
  organisation: OrganisationDatabase,
  member_id: string,
): Promise<MemberDetail> {
  const { row, team_ids } = await organisation.transaction(async (tx) => {
    const found = await selectMembers(tx).where('m.id', '=', member_id).executeTakeFirst()
    if (found === undefined) throw notFound()
    const teams = tx.selectFrom('tenancy.team_member').select('team_id').where('member_id', '=', member_id)
    return { row: readMember(found), team_ids: (await teams.execute()).map((team) => team.team_id) }
  })
  const membership = { ...row, member_id }
  return {
    ...named(row, await findPeople(control, [row])),
    team_ids,
    permissions: ALL_PERMISSIONS.map((permission) => ({ permission, ...explainMembership(membership, permission) })),
  }
}

/** A person as everybody in the organisation may see them: the name, or the address while the name is not shown. */
export type DirectoryEntry = { readonly id: string; readonly name: string }

/**
 * A page of the active members by name, for whoever picks a person: newest first. With `ids` the names of those alone,
 * former members included, for whoever reads what they did.
 */
export async function listDirectory(
  control: ControlDatabase,
  organisation: OrganisationDatabase,
  query: PageQuery & { readonly search?: string; readonly ids?: readonly string[] },
): Promise<Page<DirectoryEntry>> {
  const asked = query.ids === undefined ? { ...query, status: 'active' as const } : query
  const { items, next_cursor } = await listMembers(control, organisation, asked)
  return { items: items.map(({ id, display_name, email }) => ({ id, name: display_name ?? email ?? '' })), next_cursor }
}

/** The words of designations in the order of the table, each once. */
export function sortedDesignations(designations: readonly Designation[]): readonly Designation[] {
  return DESIGNATIONS.filter((each) => designations.includes(each))
}
