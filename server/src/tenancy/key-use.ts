// When a key was last used, for calls and for requests alike: noted beside them, at most once a minute per key and node, never
// in their way.

import type { OrganisationDatabase } from '../kernel/database.ts'
import type { Log } from '../kernel/log.ts'
import { touchApiKey } from './api-key.ts'

const EVERY_MS = 60_000
const CAPACITY = 10_000

export type KeyUses = { readonly note: (database: OrganisationDatabase, api_key_id: string) => void }

/** A bounded memory of when each key was noted last. */
export function createKeyUses(log: Log): KeyUses {
  const noted = new Map<string, number>()
  return {
    note(database, api_key_id) {
      const now = performance.now()
      if (now - (noted.get(api_key_id) ?? -Infinity) < EVERY_MS) return
      const [oldest] = noted.keys()
      noted.delete(api_key_id)
      if (noted.size >= CAPACITY && oldest !== undefined) noted.delete(oldest)
      noted.set(api_key_id, now)
      database
        .transaction((tx) => touchApiKey(tx, api_key_id))
        .catch((error: unknown) => log.debug({ err: error }, 'the use of a key was not noted'))
    },
  }
}
