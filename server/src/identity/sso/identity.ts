// Who somebody is at a provider, and whose account that is. The key is connection, issuer and subject; an address never is.
// An account that existed before is linked only by proof, and nothing of it changes.

import { sql } from 'kysely'
import { appendPlatformEntry, type Origin } from '../../audit/append.ts'
import { constraintOf } from '../../kernel/database-error.ts'
import type { ControlTx } from '../../kernel/database.ts'
import { newId } from '../../kernel/id.ts'
import { notFound } from '../../kernel/problem.ts'
import { parseEmail } from '../user.ts'
import type { ProviderPerson } from './claims.ts'
import type { Connection } from './connection.ts'
import { isDomainOf } from './domain.ts'
import { domainOf } from './domain-name.ts'
import { isEmailVerified } from './preset.ts'
import { identityTaken } from './problems.ts'
import { SsoRefusal } from './refusal.ts'

export type KnownPerson = { readonly identity_id: string; readonly user_id: string }

/** The account that is linked to this person at the provider, or null. Refuses account_disabled. */
export async function findLinked(
  tx: ControlTx,
  connection: Connection,
  person: ProviderPerson,
): Promise<KnownPerson | null> {
  const row = await tx
    .selectFrom('identity.sso_identity as i')
    .innerJoin('identity.user as u', 'u.id', 'i.user_id')
    .select(['i.id as identity_id', 'i.user_id', 'u.status'])
    .where('i.connection_id', '=', connection.id)
    .where('i.issuer', '=', person.issuer)
    .where('i.subject', '=', person.subject)
    .executeTakeFirst()
  if (row === undefined) return null
  if (row.status !== 'active') throw new SsoRefusal('account_disabled')
  return row
}

/** An address of which the provider may say whose it is, and the account that has it already, if any. */
export type ProvenAddress = {
  readonly email: string
  readonly user_id: string | null
  /** Whether the account's owner has proven the mailbox to Reeve; who has not may be somebody who only typed the address. */
  readonly is_verified: boolean
}

/**
 * Judges the address of somebody who comes for the first time: verified by the provider, of a domain that belongs to the
 * connection, and written in one alphabet. The same is asked whether the address has an account or not. A super-admin's account
 * is linked by its owner only. Refuses email_missing, email_unverified, email_invalid, domain_not_verified, proof_needed and
 * account_disabled.
 */
export async function requireProvenAddress(
  tx: ControlTx,
  connection: Connection,
  person: ProviderPerson,
): Promise<ProvenAddress> {
  if (person.email === null) throw new SsoRefusal('email_missing')
  const { email, email_key } = readEmail(person.email)
  if (!isEmailVerified(connection.preset, person.claims)) throw new SsoRefusal('email_unverified')
  const domain = domainOf(email_key)
  if (domain === null || !(await isDomainOf(tx, connection.id, domain))) {
    throw new SsoRefusal('domain_not_verified', domain === null ? {} : { domain })
  }
  const account = await tx
    .selectFrom('identity.user')
    .select(['id', 'status', 'is_superadmin', 'email_verified_at'])
    .where('email_key', '=', email_key)
    .executeTakeFirst()
  if (account?.is_superadmin === true) throw new SsoRefusal('proof_needed')
  if (account !== undefined && account.status !== 'active') throw new SsoRefusal('account_disabled')
  return { email, user_id: account?.id ?? null, is_verified: (account?.email_verified_at ?? null) !== null }
}

/** An address in its two forms, as `parseEmail` reads it. Refuses with `email_invalid`. */
export function readEmail(text: string): { readonly email: string; readonly email_key: string } {
  try {
    return parseEmail(text)
  } catch (error) {
    throw new SsoRefusal('email_invalid', {}, error)
  }
}

export type LinkProof = 'new_account' | 'verified_address' | 'signed_in'

/**
 * Links an account to this person at the provider, with its log entry; linking again is nothing new. Refuses with
 * `identity_taken` when the person is linked to another account.
 */
export async function linkIdentity(
  tx: ControlTx,
  origin: Origin,
  connection: Connection,
  person: ProviderPerson,
  link: { readonly user_id: string; readonly proof: LinkProof },
): Promise<KnownPerson> {
  const known = await findLinked(tx, connection, person)
  if (known !== null) {
    if (known.user_id !== link.user_id) throw identityTaken()
    return known
  }
  const row = {
    id: newId(),
    connection_id: connection.id,
    issuer: person.issuer,
    subject: person.subject,
    user_id: link.user_id,
    linked_by: link.proof,
  }
  try {
    await tx.insertInto('identity.sso_identity').values(row).execute()
  } catch (error) {
    if (constraintOf(error) === 'sso_identity__subject_is_one_person') throw identityTaken()
    throw error
  }
  await appendPlatformEntry(tx, origin, {
    event: 'sso.identity_linked',
    target: { type: 'user', id: link.user_id },
    ...(connection.organisation_id !== null && { organisation_id: connection.organisation_id }),
    data: { connection_id: connection.id, identity_id: row.id, proof: link.proof },
  })
  return { identity_id: row.id, user_id: link.user_id }
}

/** Notes that somebody signed in with this identity, and whether that proved two factors: their keys count by it. */
export async function noteIdentityUsed(tx: ControlTx, identity_id: string, proves_factor: boolean): Promise<void> {
  await tx
    .updateTable('identity.sso_identity')
    .set({ last_used_at: sql<Date>`now()`, proves_factor })
    .where('id', '=', identity_id)
    .execute()
}

export type OwnIdentity = {
  readonly id: string
  readonly connection_id: string
  readonly connection_name: string
  readonly organisation_id: string | null
  readonly created_at: Date
  readonly last_used_at: Date | null
}

/** Where an account is linked, oldest first. */
export async function listOwnIdentities(tx: ControlTx, user_id: string): Promise<readonly OwnIdentity[]> {
  return tx
    .selectFrom('identity.sso_identity as i')
    .innerJoin('identity.sso_connection as c', 'c.id', 'i.connection_id')
    .select([
      'i.id',
      'i.connection_id',
      'c.name as connection_name',
      'c.organisation_id',
      'i.created_at',
      'i.last_used_at',
    ])
    .where('i.user_id', '=', user_id)
    .orderBy('i.id')
    .execute()
}

/** Takes a link of the own account back, with its log entry; sessions made through it end. Throws `not_found`. */
export async function unlinkIdentity(
  tx: ControlTx,
  origin: Origin,
  user_id: string,
  identity_id: string,
): Promise<void> {
  const row = await tx
    .deleteFrom('identity.sso_identity')
    .where('id', '=', identity_id)
    .where('user_id', '=', user_id)
    .returning(['connection_id'])
    .executeTakeFirst()
  if (row === undefined) throw notFound()
  await tx
    .updateTable('identity.session')
    .set({ revoked_at: sql`now()`, revoked_reason: 'revoked' })
    .where('sso_identity_id', '=', identity_id)
    .where('revoked_at', 'is', null)
    .execute()
  const { organisation_id } = await tx
    .selectFrom('identity.sso_connection')
    .select('organisation_id')
    .where('id', '=', row.connection_id)
    .executeTakeFirstOrThrow()
  await appendPlatformEntry(tx, origin, {
    event: 'sso.identity_unlinked',
    target: { type: 'user', id: user_id },
    ...(organisation_id !== null && { organisation_id }),
    data: { connection_id: row.connection_id, identity_id },
  })
}
