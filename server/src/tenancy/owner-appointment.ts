// The super-admin makes an organisation for somebody. Before there are invitations by mail, the owner is a person with
// an account, or gets one with a one-time password that the super-admin hands over. Super-admins may see every account.

import type { Origin } from '../audit/append.ts'
import { createOneTimePassword, hashPassword } from '../identity/password.ts'
import { parseDisplayName, parseEmail } from '../identity/user.ts'
import { armOneTimePassword, findOrCreateAccount } from './account.ts'
import { type CreationNeeds, createOrganisation } from './organisation-creation.ts'
import type { Metadata, Organisation } from './organisation.ts'

export type Appointment = {
  readonly name: string
  readonly metadata?: Metadata
  readonly owner: { readonly email: string; readonly display_name: string }
}

export type AppointedOwner = {
  readonly user_id: string
  readonly email: string
  /** Null when the account has a password of its own. */
  readonly one_time_password: string | null
}

/**
 * Makes an organisation whose owner is named by address. An account that was never used and belongs nowhere gets a new
 * one-time password, so that a try which failed can be repeated. Throws `email_invalid`, `name_invalid`, and as
 * `createOrganisation`.
 */
export async function createOrganisationFor(
  needs: CreationNeeds,
  origin: Origin,
  { name, metadata, owner }: Appointment,
): Promise<{ readonly organisation: Organisation; readonly owner: AppointedOwner }> {
  const { email, email_key } = parseEmail(owner.email)
  const display_name = parseDisplayName(owner.display_name)
  const one_time_password = createOneTimePassword()
  const password_hash = await hashPassword(one_time_password)
  const { user_id, is_armed } = await needs.control.transaction(async (tx) => {
    const account = await findOrCreateAccount(tx, origin, { email, display_name, password_hash })
    return { ...account, is_armed: await armOneTimePassword(tx, account.user_id, null, password_hash) }
  })
  const created_by = origin.actor_id ?? user_id
  const organisation = await createOrganisation(needs, origin, {
    name,
    owner_user_id: user_id,
    created_by,
    ...(metadata !== undefined && { metadata }),
  })
  return { organisation, owner: { user_id, email: email_key, one_time_password: is_armed ? one_time_password : null } }
}
