// The account of somebody whom a provider provisions.

import type { Origin } from '../../audit/append.ts'
import { createOneTimePassword, hashPassword } from '../../identity/password.ts'
import { domainOf } from '../../identity/sso/domain-name.ts'
import { isDomainOf } from '../../identity/sso/domain.ts'
import { readEmail } from '../../identity/sso/identity.ts'
import { SsoRefusal } from '../../identity/sso/refusal.ts'
import type { ControlDatabase } from '../../kernel/database.ts'
import { findOrCreateProvisionedAccount, noteMembership } from '../account.ts'
import { addressOf, nameOf, type ProvisionedPerson } from './person.ts'
import { invalidValue } from './refusal.ts'

type Place = { readonly connection_id: string; readonly organisation_id: string | null; readonly origin: Origin }

/**
 * The account of the address, or a new one that nobody has a password for; the same work in both cases. Refuses with 400
 * (`invalidValue`) what is no address, and one outside the connection's domains.
 */
export async function ensureAccount(
  control: ControlDatabase,
  place: Place,
  person: ProvisionedPerson,
): Promise<string> {
  const { connection_id, organisation_id, origin } = place
  const address = readAddress(addressOf(person))
  const domain = domainOf(address)
  const password_hash = await hashPassword(createOneTimePassword())
  return control.transaction(async (tx) => {
    const isOwn = domain !== null && (await isDomainOf(tx, connection_id, domain))
    if (!isOwn) throw invalidValue('The domain of the e-mail address does not belong to this connection.')
    const display_name = nameOf(person) ?? address.slice(0, address.lastIndexOf('@'))
    const account = { email: address, display_name, password_hash }
    const user_id = await findOrCreateProvisionedAccount(tx, origin, account)
    if (organisation_id !== null) await noteMembership(tx, user_id, organisation_id)
    return user_id
  })
}

function readAddress(text: string): string {
  try {
    return readEmail(text).email
  } catch (error) {
    if (error instanceof SsoRefusal) throw invalidValue('The person needs an e-mail address, as userName or in emails.')
    throw error
  }
}
