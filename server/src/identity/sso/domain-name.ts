// Domains as they are compared: NFKC, lower case, in the ASCII form of IDNA.

import { domainToASCII, domainToUnicode } from 'node:url'
import { mixesAlphabets } from '../look-alike.ts'
import { domainInvalid } from './problems.ts'

/** The domain of an address in its compared form, or null when the address has none that a mail could go to. */
export function domainOf(email: string): string | null {
  const at = email.lastIndexOf('@')
  return at < 1 ? null : toDomain(email.slice(at + 1))
}

function toDomain(text: string): string | null {
  const ascii = domainToASCII(text.normalize('NFKC').trim().toLowerCase().replace(/\.$/, ''))
  const isDomain = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/.test(
    ascii,
  )
  return isDomain ? ascii : null
}

/**
 * A domain that can be claimed, in its compared form. Refuses (`domain_invalid`) what is none, a top-level domain, and names
 * whose letters are of several alphabets.
 */
export function parseDomain(text: string): string {
  const domain = toDomain(text)
  if (domain === null || mixesAlphabets(domainToUnicode(domain))) {
    throw domainInvalid({}, { fields: [{ pointer: '/domain', message: domainInvalid.title }] })
  }
  return domain
}
