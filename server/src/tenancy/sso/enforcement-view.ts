// Enforced single sign-on as an organisation's owner sees and sets it: who could not come in any more, and which owner may
// break the glass.

import { type Enforcement, getEnforcement, setEnforcement as storeEnforcement } from '../../identity/sso/enforcement.ts'
import { breakGlassNeeded, ssoLocksOut } from '../../identity/sso/problems.ts'
import type { Origin } from '../../audit/append.ts'
import type { ControlDatabase, ControlTx, OrganisationDatabase, OrganisationTx } from '../../kernel/database.ts'

export type EnforcementView = {
  readonly is_enforced: boolean
  readonly enforced_at: Date | null
  /** Who is armed; `is_able` is false once they are no active owner any more, and nobody can come in so. */
  readonly break_glass: { readonly member_id: string; readonly until: Date; readonly is_able: boolean } | null
  readonly impact: {
    readonly active_members: number
    /** Members who are linked to an enabled connection and so can come in. */
    readonly linked_members: number
    readonly you_are_linked: boolean
  }
}

type Both = { readonly control: ControlDatabase; readonly organisation: OrganisationDatabase }
type Place = { readonly organisation_id: string; readonly user_id: string }

const listMembers = (tx: OrganisationTx) =>
  tx.selectFrom('tenancy.member').select(['id', 'user_id', 'base_role', 'status']).execute()

const listActive = async (tx: OrganisationTx) => (await listMembers(tx)).filter(({ status }) => status === 'active')

async function isAccountActive(tx: ControlTx, user_id: string | null): Promise<boolean> {
  const user = await tx.selectFrom('identity.user').select('status').where('id', '=', user_id).executeTakeFirst()
  return user?.status === 'active'
}

async function findLinkedUsers(tx: ControlTx, organisation_id: string): Promise<ReadonlySet<string>> {
  const rows = await tx
    .selectFrom('identity.sso_identity as i')
    .innerJoin('identity.sso_connection as c', 'c.id', 'i.connection_id')
    .select('i.user_id')
    .distinct()
    .where('c.status', '=', 'enabled')
    .where((is) => is.or([is('c.organisation_id', '=', organisation_id), is('c.organisation_id', 'is', null)]))
    .execute()
  return new Set(rows.map((row) => row.user_id))
}

/** What holds now, and what enforcing would do. Asks each database in turn. */
export async function getEnforcementView(both: Both, { organisation_id, user_id }: Place): Promise<EnforcementView> {
  const members = await both.organisation.transaction(listMembers)
  const active = members.filter(({ status }) => status === 'active')
  const { enforcement, linked, isActive } = await both.control.transaction(async (tx) => {
    const now = await getEnforcement(tx, organisation_id)
    return {
      enforcement: now,
      linked: await findLinkedUsers(tx, organisation_id),
      isActive: await isAccountActive(tx, now.break_glass_user_id),
    }
  })
  const { is_enforced, enforced_at, break_glass_user_id, break_glass_until } = enforcement
  const holder = members.find((each) => each.user_id === break_glass_user_id)
  const is_able = isActive && holder?.status === 'active' && holder.base_role === 'owner'
  const break_glass =
    holder === undefined || break_glass_until === null
      ? null
      : { member_id: holder.id, until: break_glass_until, is_able }
  const linked_members = active.filter((each) => linked.has(each.user_id)).length
  const impact = { active_members: active.length, linked_members, you_are_linked: linked.has(user_id) }
  return { is_enforced, enforced_at, break_glass, impact }
}

export type EnforcementInput = {
  readonly is_enforced: boolean
  readonly break_glass: { readonly member_id: string; readonly days: number } | null
  readonly confirm_lockout: boolean
}

/**
 * Enforces single sign-on or ceases to. Throws `break_glass_needed` unless an active owner is named, `sso_locks_out` when whoever
 * asks is neither linked nor that owner and has not confirmed it, and as `setEnforcement` of identity.
 */
export async function changeEnforcement(
  both: Both,
  origin: Origin,
  place: Place,
  input: EnforcementInput,
): Promise<Enforcement> {
  const { is_enforced, break_glass, confirm_lockout } = input
  const active = await both.organisation.transaction(listActive)
  const holder = active.find((each) => each.id === break_glass?.member_id && each.base_role === 'owner')
  if ((is_enforced || break_glass !== null) && holder === undefined) {
    throw breakGlassNeeded({}, { fields: [{ pointer: '/break_glass/member_id', message: 'must be an active owner' }] })
  }
  return both.control.transaction(async (tx) => {
    const linked = await findLinkedUsers(tx, place.organisation_id)
    const isIn = linked.has(place.user_id) || holder?.user_id === place.user_id
    if (is_enforced && !isIn && !confirm_lockout) {
      const left_out = active.filter((each) => !linked.has(each.user_id) && each.id !== holder?.id).length
      throw ssoLocksOut({ left_out, active_members: active.length })
    }
    const armed =
      holder === undefined || break_glass === null ? null : { user_id: holder.user_id, days: break_glass.days }
    return storeEnforcement(tx, origin, place.organisation_id, { is_enforced, break_glass: armed })
  })
}
