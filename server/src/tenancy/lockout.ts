// Whom a list of addresses would shut out: whoever has been here in the last half hour from somewhere that is not on it.
// What an organisation sees of it is what happened in it, never that somebody is signed in elsewhere.

import { sql } from 'kysely'
import { addressListOf } from '../kernel/address-list.ts'
import type { OrganisationTx } from '../kernel/database.ts'

const LOOK_BACK = '30 minutes'
/** Of a busy organisation the newest requests are enough to find who is here. */
const MOST_REQUESTS = 20_000
const MOST_NAMED = 50

export type LockedOut = {
  readonly member_ids: readonly string[]
  readonly api_key_ids: readonly string[]
  readonly addresses: readonly string[]
}

type Seen = { readonly actor_type: string; readonly actor_id: string | null; readonly api_key_id: string | null }

/** The members (by session) and keys that were here lately from an address that these entries do not allow. */
export async function findLockedOut(tx: OrganisationTx, entries: readonly string[]): Promise<LockedOut> {
  const { rows } = await sql<Seen & { readonly address: string }>`
    select distinct actor_type, actor_id, api_key_id, host(address) as address from (
      select actor_type, actor_id, api_key_id, address from audit.request
      where at > now() - ${LOOK_BACK}::interval and actor_type in ('user', 'api_key') and address is not null
      order by at desc limit ${MOST_REQUESTS}) as lately`.execute(tx)
  const list = addressListOf(entries)
  const outside = rows.filter((row) => !list.allows(row.address))
  const named = (ids: readonly (string | null)[]) =>
    [...new Set(ids.filter((id) => id !== null))].sort().slice(0, MOST_NAMED)
  return {
    member_ids: named(outside.map((row) => (row.api_key_id === null ? row.actor_id : null))),
    api_key_ids: named(outside.map((row) => row.api_key_id)),
    addresses: named(outside.map((row) => row.address)),
  }
}

export const isNobody = ({ member_ids, api_key_ids }: LockedOut): boolean =>
  member_ids.length + api_key_ids.length === 0
