// Whether somebody can break the glass where single sign-on is enforced: who is armed must still be an owner there, which
// only the organisation knows. It is asked between two transactions of control.

import { alarmExpiringGlass } from '../../identity/sso/enforcement.ts'
import type { ControlDatabase, ControlTx } from '../../kernel/database.ts'
import type { OrganisationDatabases } from '../../kernel/organisation-databases.ts'

type Needs = { readonly control: ControlDatabase; readonly databases: OrganisationDatabases }

const listArmed = (tx: ControlTx) =>
  tx
    .selectFrom('identity.sso_setting as s')
    .innerJoin('identity.user as u', 'u.id', 's.break_glass_user_id')
    .innerJoin('tenancy.organisation as o', 'o.id', 's.organisation_id')
    .select(['s.organisation_id', 's.break_glass_user_id as user_id', 'u.status'])
    .where('s.is_enforced', '=', true)
    .where('o.status', '=', 'active')
    .execute()

async function isOwner(databases: OrganisationDatabases, organisation_id: string, user_id: string | null) {
  const database = await databases.of(organisation_id)
  const found = await database.transaction((tx) =>
    tx
      .selectFrom('tenancy.member')
      .select('id')
      .where('user_id', '=', user_id)
      .where('status', '=', 'active')
      .where('base_role', '=', 'owner')
      .executeTakeFirst(),
  )
  return found !== undefined
}

/**
 * Raises the alarm (`alarmExpiringGlass`) where nobody is armed for another week, or who is armed has been demoted, removed,
 * suspended or disabled. Returns how many organisations. Throws an `AggregateError` for those that cannot be reached, when all
 * others have been told.
 */
export async function alarmUnbreakableGlass({ control, databases }: Needs): Promise<number> {
  const armed = await control.transaction(listArmed)
  const unable = new Set<string>()
  const causes: unknown[] = []
  for (const { organisation_id, user_id, status } of armed) {
    try {
      const isAble = status === 'active' && (await isOwner(databases, organisation_id, user_id))
      if (!isAble) unable.add(organisation_id)
    } catch (cause) {
      causes.push(cause)
    }
  }
  const alarmed = await control.transaction((tx) => alarmExpiringGlass(tx, unable))
  if (causes.length > 0) throw new AggregateError(causes, `${causes.length} organisations could not be asked`)
  return alarmed
}
