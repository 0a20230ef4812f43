// Who stands in for whom. A delegation widens whose turn it is for a while: the deputy still needs the permission of the
// level, and never stands in for the requester at levels 2 and 3 (`approver.ts`).

import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { constraintOf } from '../kernel/database-error.ts'
import type { OrganisationTx } from '../kernel/database.ts'
import { newId } from '../kernel/id.ts'
import { type Page, type PageQuery, DEFAULT_PAGE_SIZE, pageOf, parseCursor } from '../kernel/page.ts'
import { notFound } from '../kernel/problem.ts'
import { findPersons } from '../tenancy/membership.ts'
import type { Delegator } from './approver.ts'
import { requireMemberId } from './internal/acting-member.ts'
import { requireKnownMembers } from './internal/known-member.ts'
import type { Level } from './levels.ts'
import { delegationRefused } from './problems.ts'

export type Delegation = {
  readonly id: string
  readonly from_member_id: string
  readonly to_member_id: string
  readonly levels: readonly number[]
  readonly starts_at: Date
  readonly ends_at: Date
  readonly reason: string | null
  readonly created_at: Date
  readonly revoked_at: Date | null
}

export type DelegationDraft = {
  readonly to_member_id: string
  readonly levels: readonly number[]
  readonly starts_at: Date
  readonly ends_at: Date
  readonly reason: string | null
}

const COLUMNS = [
  'id',
  'from_member_id',
  'to_member_id',
  'levels',
  'starts_at',
  'ends_at',
  'reason',
  'created_at',
  'revoked_at',
] as const

/** Those who have named this member to stand in for them at this level at this moment. */
export async function listDelegators(
  tx: OrganisationTx,
  member_id: string,
  level: Level,
  now: Date,
): Promise<readonly Delegator[]> {
  const rows = await tx
    .selectFrom('supervision.delegation')
    .select(['id', 'from_member_id'])
    .where('to_member_id', '=', member_id)
    .where('revoked_at', 'is', null)
    .where('starts_at', '<=', now)
    .where('ends_at', '>', now)
    .where(sql<boolean>`${level}::smallint = any (levels)`)
    .orderBy('id')
    .execute()
  const persons = await findPersons(
    tx,
    rows.map((row) => row.from_member_id),
  )
  return rows.flatMap(({ id, from_member_id }) => {
    const person = persons.get(from_member_id)
    return person === undefined ? [] : [{ delegation_id: id, person }]
  })
}

/** The longest that somebody stands in. */
const LONGEST_MS = 366 * 86_400_000

/**
 * Names who stands in for the actor. Refuses oneself, an end that is past or before the start, or more than a year
 * (`delegation_refused`), and whoever is no active member (`reference_unknown`).
 */
export async function createDelegation(tx: OrganisationTx, actor: Actor, draft: DelegationDraft): Promise<Delegation> {
  const from_member_id = requireMemberId(actor)
  const { starts_at, ends_at, to_member_id } = draft
  const refuse = (pointer: string, message: string) => delegationRefused({}, { fields: [{ pointer, message }] })
  if (to_member_id === from_member_id) throw refuse('/to_member_id', 'is yourself')
  if (ends_at <= starts_at) throw refuse('/ends_at', 'is not after the start')
  if (ends_at.getTime() - starts_at.getTime() > LONGEST_MS)
    throw refuse('/ends_at', 'is more than a year after the start')
  await requireKnownMembers(tx, '/to_member_id', [to_member_id])
  return tx
    .insertInto('supervision.delegation')
    .values({
      id: newId(),
      from_member_id,
      to_member_id,
      levels: [...new Set(draft.levels)].toSorted((a, b) => a - b),
      starts_at,
      ends_at,
      reason: draft.reason,
      created_by: from_member_id,
    })
    .returning(COLUMNS)
    .executeTakeFirstOrThrow()
    .catch((error: unknown) => {
      throw constraintOf(error)?.startsWith('delegation__') === true ? delegationRefused() : error
    })
}

/** The delegations from and to the actor, newest first, those that have ended included. */
export async function listDelegations(tx: OrganisationTx, actor: Actor, query: PageQuery): Promise<Page<Delegation>> {
  const member_id = requireMemberId(actor)
  const cursor = parseCursor(query)
  const rows = await tx
    .selectFrom('supervision.delegation')
    .select(COLUMNS)
    .where((is) => is.or([is('from_member_id', '=', member_id), is('to_member_id', '=', member_id)]))
    .$if(cursor !== null, (narrowed) => narrowed.where('id', '<', cursor))
    .orderBy('id', 'desc')
    .limit((query.limit ?? DEFAULT_PAGE_SIZE) + 1)
    .execute()
  return pageOf(rows, query)
}

/** Ends a delegation: either of the two may. Refuses with `not_found`; one that has ended stays so. */
export async function revokeDelegation(tx: OrganisationTx, actor: Actor, id: string): Promise<Delegation> {
  const member_id = requireMemberId(actor)
  const row = await tx
    .updateTable('supervision.delegation')
    .set({ revoked_at: sql<Date>`coalesce(revoked_at, clock_timestamp())` })
    .where('id', '=', id)
    .where((is) => is.or([is('from_member_id', '=', member_id), is('to_member_id', '=', member_id)]))
    .returning(COLUMNS)
    .executeTakeFirst()
  if (row === undefined) throw notFound()
  return row
}

/** Ends every delegation from and to a member who goes. */
export async function revokeDelegationsOf(tx: OrganisationTx, member_id: string): Promise<void> {
  await tx
    .updateTable('supervision.delegation')
    .set({ revoked_at: sql<Date>`clock_timestamp()` })
    .where('revoked_at', 'is', null)
    .where((is) => is.or([is('from_member_id', '=', member_id), is('to_member_id', '=', member_id)]))
    .execute()
}
