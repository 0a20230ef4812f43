// How people become members without proving their mailbox, where the platform demands no proof: somebody who may, names an address and hands over a
// one-time password. The organisation's commit decides; what stands before it in control is a note and perhaps an
// account that nobody can use yet. Everybody starts as member; a higher role is a second, audited act (rulings, "Who
// creates whom").

import type { Actor } from '../access/actor.ts'
import type { Surface } from '../access/permission.ts'
import { requirePermission } from '../access/require.ts'
import { appendEntry, type Origin } from '../audit/append.ts'
import { createOneTimePassword, hashPassword } from '../identity/password.ts'
import { parseDisplayName, parseEmail } from '../identity/user.ts'
import type { ControlDatabase, OrganisationTx } from '../kernel/database.ts'
import { readSettings } from '../kernel/platform-setting.ts'
import { armOneTimePassword, findOrCreateAccount, noteMembership } from './account.ts'
import type { Member } from './member.ts'
import { type Joined, joinOrganisation } from './membership-start.ts'
import { invitationRequired } from './problems.ts'

export type MemberDraft = { readonly email: string; readonly display_name: string; readonly surface: Surface }

/** Both databases, one after the other: `decide` runs the transaction of the organisation's database that decides. */
export type Deciding = {
  readonly control: ControlDatabase
  readonly decide: <Result>(work: (tx: OrganisationTx, actor: Actor) => Promise<Result>) => Promise<Result>
}

export type AdmittedMember = Member & {
  /** Shown once, in every case: whoever had an account before keeps the password they have. */
  readonly one_time_password: string
}

/**
 * Makes somebody a member by address. The answer, its shape and its time are the same whether the address had an
 * account or not; docs/decisions/0010-adding-people-by-address.md says what that leaves open. Throws `already_member`,
 * `invitation_required` while addresses are proven, `email_invalid`, `name_invalid` or `forbidden`.
 */
export async function createMember(
  both: Deciding,
  origin: Origin,
  organisation_id: string,
  draft: MemberDraft,
): Promise<AdmittedMember> {
  const { email, email_key } = parseEmail(draft.email)
  const display_name = parseDisplayName(draft.display_name)
  const one_time_password = createOneTimePassword()
  const password_hash = await hashPassword(one_time_password)
  const { user_id } = await both.control.transaction(async (tx) => {
    if ((await readSettings(tx)).email_verification_is_required) throw invitationRequired()
    const account = await findOrCreateAccount(tx, origin, { email, display_name, password_hash })
    await noteMembership(tx, account.user_id, organisation_id)
    return account
  })
  const member = await both.decide(async (tx, actor) => {
    requirePermission(actor, 'user.invite')
    const joined = await joinOrganisation(tx, user_id, { surface: draft.surface })
    await appendEntry(tx, origin, {
      event: 'member.joined',
      target: { type: 'member', id: joined.id },
      data: { surface: draft.surface, is_return: joined.is_return },
    })
    return { ...memberOf(joined, draft.surface), email: email_key, one_time_password }
  })
  await both.control.transaction(async (tx) => {
    await noteMembership(tx, user_id, organisation_id)
    await armOneTimePassword(tx, user_id, organisation_id, password_hash)
  })
  return member
}

const memberOf = ({ id, joined_at }: Joined, surface: Surface) => ({
  id,
  display_name: null,
  base_role: 'member' as const,
  designations: [],
  surface,
  primary_team_id: null,
  status: 'active' as const,
  joined_at,
  removed_at: null,
})
