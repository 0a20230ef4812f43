// `member_directory` in control says where a person probably belongs. It is written before a membership begins and
// taken back after it has ended, so it may name too many, never too few; this makes it exact again after a kill in
// between.

import type { ControlDatabase } from '../kernel/database.ts'
import type { OrganisationDatabases } from '../kernel/organisation-databases.ts'

export type Mended = {
  readonly added: number
  readonly removed: number
  /** Accounts that are noted without any membership. They may be just about to become members: ask again later. */
  readonly doubtful: ReadonlySet<string>
}

/**
 * Compares the directory with one organisation's memberships and mends it. A note without any membership goes only if
 * it was `doubtful` before, minutes ago: no request that decides a membership takes that long.
 */
export async function mendDirectory(
  control: ControlDatabase,
  databases: OrganisationDatabases,
  organisation_id: string,
  doubtful: ReadonlySet<string>,
): Promise<Mended> {
  const rows = await control.transaction((tx) =>
    tx
      .selectFrom('tenancy.member_directory')
      .select('user_id')
      .where('organisation_id', '=', organisation_id)
      .execute(),
  )
  const database = await databases.of(organisation_id)
  const members = await database.transaction((tx) =>
    tx.selectFrom('tenancy.member').select(['user_id', 'status']).execute(),
  )
  const noted = new Set(rows.map((row) => row.user_id))
  const known = new Set(members.map((member) => member.user_id))
  const here = new Set(members.filter((member) => member.status !== 'removed').map((member) => member.user_id))
  const missing = [...here].filter((id) => !noted.has(id))
  const unknown = [...noted].filter((id) => !known.has(id))
  const stale = [...noted].filter((id) => (known.has(id) ? !here.has(id) : doubtful.has(id)))
  await writeNotes(control, organisation_id, missing, stale)
  return {
    added: missing.length,
    removed: stale.length,
    doubtful: new Set(unknown.filter((id) => !doubtful.has(id))),
  }
}

async function writeNotes(
  control: ControlDatabase,
  organisation_id: string,
  missing: readonly string[],
  stale: readonly string[],
): Promise<void> {
  if (missing.length === 0 && stale.length === 0) return
  await control.transaction(async (tx) => {
    const rows = missing.map((user_id) => ({ user_id, organisation_id }))
    if (rows.length > 0) {
      await tx
        .insertInto('tenancy.member_directory')
        .values(rows)
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    }
    if (stale.length > 0) {
      await tx
        .deleteFrom('tenancy.member_directory')
        .where('organisation_id', '=', organisation_id)
        .where('user_id', 'in', [...stale])
        .execute()
    }
  })
}
