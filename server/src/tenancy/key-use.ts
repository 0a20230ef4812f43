// When a key was last used, for calls and for requests alike: noted beside them, at most once a minute per key and node, never
// in their way.

import type { OrganisationDatabase } from '../kernel/database.ts'
import type { Log } from '../kernel/log.ts'
import { touchApiKey } from './api-key.ts'
import { createSeldom } from './internal/seldom.ts'

export type KeyUses = { readonly note: (database: OrganisationDatabase, api_key_id: string) => void }

/** A bounded memory of when each key was noted last. */
export function createKeyUses(log: Log): KeyUses {
  const isDue = createSeldom()
  return {
    note(database, api_key_id) {
      if (!isDue(api_key_id)) return
      database
        .transaction((tx) => touchApiKey(tx, api_key_id))
        .catch((error: unknown) => log.debug({ err: error }, 'the use of a key was not noted'))
    },
  }
}
