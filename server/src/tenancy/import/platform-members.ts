// The memberships of a batch of a super-admin's import: one commit for each organisation.

import { sql } from 'kysely'
import { appendEntries, type Origin } from '../../audit/append.ts'
import type { OrganisationDatabase, OrganisationTx } from '../../kernel/database.ts'
import type { RowOutcome } from './claim.ts'
import type { Ready } from './platform-accounts.ts'
import { findActive, type PlatformImportNeeds } from './platform-import.ts'
import { roleOf, type RowErrorCode } from './row.ts'

const outcomeOf = (row: Ready, code: RowErrorCode | null): RowOutcome => ({
  row_number: row.row_number,
  state: code !== null ? 'failed' : row.is_new ? 'created' : 'added',
  errors: code === null ? [] : [{ cell: code === 'already_member' ? 'email' : 'org_id', code }],
})

/** Makes members of one organisation, in its commit. One that cannot be reached fails its own rows only. */
export async function joinAll(
  { control, databases }: PlatformImportNeeds,
  origin: Origin,
  org: string,
  import_id: string,
  rows: readonly Ready[],
): Promise<readonly RowOutcome[]> {
  const active = await control.transaction((tx) => findActive(tx, [org]))
  if (!active.has(org)) return rows.map((row) => outcomeOf(row, 'org_unknown'))
  try {
    const database = await databases.of(org)
    return await joinIn(database, origin, import_id, rows)
  } catch {
    // What stopped it is the database's own trouble, told by the log of requests and of the node; the row says: try again.
    return rows.map((row) => outcomeOf(row, 'failed'))
  }
}

async function joinIn(
  database: OrganisationDatabase,
  origin: Origin,
  import_id: string,
  rows: readonly Ready[],
): Promise<readonly RowOutcome[]> {
  return database.transaction(async (tx) => {
    const { rows: here } = await sql<{ user_id: string; id: string; status: string }>`
      select user_id, id, status from tenancy.member where user_id = any(${rows.map(({ user_id }) => user_id)}::uuid[])
      order by id for update`.execute(tx)
    const known = new Map(here.map((member) => [member.user_id, member]))
    const fresh = rows.filter(({ user_id }) => !known.has(user_id))
    const returning = rows.filter(({ user_id }) => known.get(user_id)?.status === 'removed')
    const joined = new Map<string, string>()
    await insertMembers(tx, fresh, joined)
    await returnMembers(tx, returning, joined)
    await appendEntries(
      tx,
      rows.flatMap((row) => {
        const id = joined.get(row.member_id)
        if (id === undefined) return []
        const data = { base_role: roleOf(row) ?? 'member', import_id }
        return [{ origin, draft: { event: 'member.joined' as const, target: { type: 'member', id }, data } }]
      }),
    )
    return rows.map((row) => {
      // An earlier attempt of this very row made the membership: it counts once.
      const isDone = joined.has(row.member_id) || known.get(row.user_id)?.id === row.member_id
      return outcomeOf(row, isDone ? null : 'already_member')
    })
  })
}

/** `joined` gets the membership of each row by the id that was planned for it. */
async function insertMembers(tx: OrganisationTx, rows: readonly Ready[], joined: Map<string, string>): Promise<void> {
  if (rows.length === 0) return
  const made = await tx
    .insertInto('tenancy.member')
    .values(rows.map((row) => ({ id: row.member_id, user_id: row.user_id, base_role: roleOf(row) ?? 'member' })))
    .onConflict((conflict) => conflict.column('user_id').doNothing())
    .returning('id')
    .execute()
  for (const { id } of made) joined.set(id, id)
}

/** Those who were removed begin anew; nothing of what they had comes back. */
async function returnMembers(tx: OrganisationTx, rows: readonly Ready[], joined: Map<string, string>): Promise<void> {
  for (const row of rows) {
    const returned = await tx
      .updateTable('tenancy.member')
      .set({
        status: 'active',
        removed_at: null,
        joined_at: sql<Date>`now()`,
        base_role: roleOf(row) ?? 'member',
        designations: [],
        grants: [],
        denies: [],
        surface: 'studio',
      })
      .where('user_id', '=', row.user_id)
      .where('status', '=', 'removed')
      .returning('id')
      .executeTakeFirst()
    if (returned !== undefined) joined.set(row.member_id, returned.id)
  }
}
