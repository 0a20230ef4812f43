// TXT records, asked of the system's name servers or of the one that the operator names.

import { Resolver } from 'node:dns/promises'
import { dnsUnavailable } from './problems.ts'

const TIMEOUT_MS = 3000
const TRIES = 2

/** The TXT records of a name, each as one text; none when the name has none. Refuses with `dns_unavailable`. */
export type LookUpTexts = (name: string) => Promise<readonly string[]>

/** A look-up at the given name server (`address:port`), or with null at those of the system. */
export function createTextLookUp(server: string | null): LookUpTexts {
  return async (name) => {
    const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: TRIES })
    if (server !== null) resolver.setServers([server])
    try {
      return (await resolver.resolveTxt(name)).map((parts) => parts.join(''))
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : null
      if (code === 'ENOTFOUND' || code === 'ENODATA') return []
      throw dnsUnavailable({}, { retry_after_s: 30, cause: error })
    }
  }
}
