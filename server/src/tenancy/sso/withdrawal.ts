// A connection that goes takes with it what it gave: in every organisation, in small commits, so that nobody waits long. Run
// again after an interruption, it goes on where it stopped.

import { appendEntry, originOf, type RequestOrigin } from '../../audit/append.ts'
import type { OrganisationDatabase } from '../../kernel/database.ts'
import { lockMembersTogether } from '../internal/member-row.ts'
import { connectionActor } from './admission.ts'
import { takeBackGiven } from './mapped-access.ts'

const BATCH = 50

/** Takes back everything that a connection gave in an organisation; returns from how many members. */
export async function withdrawConnection(
  database: OrganisationDatabase,
  organisation_id: string,
  connection_id: string,
  request: RequestOrigin,
): Promise<number> {
  const actor = connectionActor(organisation_id, 'sso')
  const origin = originOf(actor, request)
  let members = 0
  for (let after: string | null = null; ; ) {
    const batch: readonly string[] = await database.transaction(async (tx) => {
      const rows = await tx
        .selectFrom('tenancy.mapped_grant')
        .select('member_id')
        .distinct()
        .where('connection_id', '=', connection_id)
        .$if(after !== null, (select) => select.where('member_id', '>', after))
        .orderBy('member_id')
        .limit(BATCH)
        .execute()
      await lockMembersTogether(
        tx,
        rows.map(({ member_id }) => member_id),
      )
      for (const { member_id } of rows) {
        const synced = await takeBackGiven(tx, actor, { connection_id, member_id })
        const target = { type: 'member', id: member_id }
        await appendEntry(tx, origin, { event: 'sso.group_synced', target, data: { connection_id, ...synced } })
      }
      return rows.map(({ member_id }) => member_id)
    })
    members += batch.length
    after = batch.at(-1) ?? null
    if (after === null) break
  }
  await database.transaction(async (tx) => {
    const tables = ['tenancy.sso_mapping', 'tenancy.sso_member', 'tenancy.mapped_grant', 'tenancy.scim_leaver'] as const
    for (const table of tables) {
      await tx.deleteFrom(table).where('connection_id', '=', connection_id).execute()
    }
    await tx.deleteFrom('tenancy.scim_group').where('connection_id', '=', connection_id).execute()
    await tx.deleteFrom('tenancy.scim_user').where('connection_id', '=', connection_id).execute()
  })
  return members
}
