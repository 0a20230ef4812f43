// How often something may be asked for in an hour: registrations from one network address, mails to one mailbox. Counted in
// the transaction that does what was asked for; one row per subject, begun anew each hour.

import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { ControlTx } from '../kernel/database.ts'
import { addressSubject } from './back-off.ts'

/** What is counted, and for whom. Only a hash is stored. */
export type RequestSubject = { readonly kind: 'registration' | 'link'; readonly who: string }

/** A network address, as failed sign-ins count it: of IPv6 the network. */
export const networkSubject = (kind: RequestSubject['kind'], address: string): RequestSubject => ({
  kind,
  who: `address|${addressSubject(address).hash.toString('hex')}`,
})

/** A mailbox, whether anybody has an account with it or not. */
export const mailboxSubject = (kind: RequestSubject['kind'], email_key: string): RequestSubject => ({
  kind,
  who: `mailbox|${email_key}`,
})

/** Counts a request. Answers with the seconds to wait once the hour's `limit` is used up, otherwise with 0. */
export async function countRequest(tx: ControlTx, { kind, who }: RequestSubject, limit: number): Promise<number> {
  const hash = createHash('sha256').update(`reeve request|v1|${kind}|${who}`).digest()
  const { rows } = await sql<{ count: number; left_s: number }>`
    insert into identity.request_count as c (subject_hash, hour, count)
    values (${hash}, date_trunc('hour', now()), 1)
    on conflict (subject_hash) do update set hour = excluded.hour,
      count = case when c.hour = excluded.hour then least(c.count, ${limit}::integer) + 1 else 1 end
    returning count, ceil(extract(epoch from hour + interval '1 hour' - now()))::integer as left_s`.execute(tx)
  const [row] = rows
  return row === undefined || row.count <= limit ? 0 : Math.max(1, row.left_s)
}

/** Removes what no longer counts. */
export async function removeOldCounts(tx: ControlTx): Promise<void> {
  await tx.deleteFrom('identity.request_count').where('hour', '<', sql<Date>`now() - interval '2 hours'`).execute()
}
