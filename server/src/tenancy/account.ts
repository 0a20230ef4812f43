// Accounts that a member adds by address, before there are invitations by mail. Nobody inside an organisation may learn
// whether an address had an account (rulings, "Isolation"): docs/decisions/0010-adding-people-by-address.md.

import { sql } from 'kysely'
import type { Origin } from '../audit/append.ts'
import { emailTaken } from '../identity/problems.ts'
import { createUser, expiryIn, findUserByEmail } from '../identity/user.ts'
import type { ControlDatabase, ControlTx } from '../kernel/database.ts'
import { readSettings } from '../kernel/platform-setting.ts'
import { Problem } from '../kernel/problem.ts'

export type AccountDraft = {
  readonly email: string
  readonly display_name: string
  /** Of the one-time password; made before any transaction, whether it will be needed or not. */
  readonly password_hash: string
}

/** Finds the account of an address, or makes one that has to change its password first. Throws as `createUser`. */
export async function findOrCreateAccount(
  tx: ControlTx,
  origin: Origin,
  draft: AccountDraft,
): Promise<{ readonly user_id: string; readonly is_new: boolean }> {
  try {
    // Whoever is handed the one-time password has not shown that the mailbox is theirs.
    const { id } = await createUser(tx, origin, { ...draft, must_change_password: true, is_verified: false })
    return { user_id: id, is_new: true }
  } catch (error) {
    if (!(error instanceof Problem && error.code === emailTaken.code)) throw error
    const known = await findUserByEmail(tx, draft.email)
    if (known === null) throw error
    return { user_id: known.id, is_new: false }
  }
}

/**
 * Finds the account of an address that a company's provider vouches for, or makes one for which nobody has a password: its
 * owner comes through the provider, or sets one from the mailbox. Throws as `createUser`.
 */
export async function findOrCreateProvisionedAccount(
  tx: ControlTx,
  origin: Origin,
  draft: AccountDraft,
): Promise<string> {
  const known = await findUserByEmail(tx, draft.email)
  if (known !== null) return known.id
  return (await createUser(tx, origin, { ...draft, must_change_password: false, is_verified: true })).id
}

/**
 * Notes where somebody is about to become a member. It stands before every membership, so a missing note says
 * "nowhere".
 */
export async function noteMembership(tx: ControlTx, user_id: string, organisation_id: string): Promise<void> {
  await tx
    .insertInto('tenancy.member_directory')
    .values({ user_id, organisation_id })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Takes the note back when the membership has ended. */
export async function forgetMembership(
  control: ControlDatabase,
  user_id: string,
  organisation_id: string,
): Promise<void> {
  await control.transaction((tx) =>
    tx
      .deleteFrom('tenancy.member_directory')
      .where('user_id', '=', user_id)
      .where('organisation_id', '=', organisation_id)
      .execute(),
  )
}

/**
 * Makes the one-time password good for an account that was never used and belongs to no other organisation: one that
 * was just made, or whose first one-time password was lost. Any other account keeps the password it has. Nobody is told
 * which.
 */
export async function armOneTimePassword(
  tx: ControlTx,
  user_id: string,
  organisation_id: string | null,
  password_hash: string,
): Promise<boolean> {
  await tx.selectFrom('identity.user').select('id').where('id', '=', user_id).forNoKeyUpdate().execute()
  const { one_time_password_days } = await readSettings(tx)
  const { rows } = await sql<{ id: string }>`
    update identity.user u set password_hash = ${password_hash}, password_expires_at = ${expiryIn(one_time_password_days)}
    where u.id = ${user_id} and u.must_change_password and not u.is_superadmin and u.status = 'active'
      and not exists (select from identity.session s where s.user_id = u.id)
      and not exists (select from tenancy.member_directory d
        where d.user_id = u.id and d.organisation_id is distinct from ${organisation_id})
    returning u.id`.execute(tx)
  return rows.length > 0
}
