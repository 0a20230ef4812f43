// The contracts that runs are bound to, by their hash: what a hash names never changes, so a node may keep it.

import { parseContract } from '../../apps/check.ts'
import type { AppContract } from '../../apps/contract.ts'
import type { OrganisationDatabase } from '../../kernel/database.ts'

export type Contracts = {
  /** The contract of a hash in an organisation's database. The same hash gives the same object. */
  readonly get: (database: OrganisationDatabase, contract_hash: Buffer) => Promise<AppContract>
}

const CAPACITY = 500

/** A bounded memory of contracts. */
export function createContracts(): Contracts {
  const known = new Map<string, AppContract>()
  return {
    async get(database, contract_hash) {
      const name = contract_hash.toString('base64')
      const found = known.get(name)
      if (found !== undefined) return found
      const row = await database.transaction((tx) =>
        tx.selectFrom('apps.contract').select('content').where('hash', '=', contract_hash).executeTakeFirst(),
      )
      if (row === undefined) throw new Error('The contract of a run is not there')
      const contract = parseContract(row.content)
      const [oldest] = known.keys()
      if (known.size >= CAPACITY && oldest !== undefined) known.delete(oldest)
      known.set(name, contract)
      return contract
    },
  }
}
