// Calls under way whose callers may no longer call: a key that was revoked, a person who was removed or disabled, an
// address or a missing factor that the organisation does not allow any more. Looked at every second, so a stream ends
// soon after what it rested on; that alone keeps the promise, no message has to arrive.

import { sql } from 'kysely'
import type { Job } from '../kernel/job.ts'
import { type EntryRule, readEntryRule } from '../tenancy/entry.ts'
import { findEntryRefusal } from './facts.ts'
import type { Caller, Ledger, Ledgers } from './ledgers.ts'

const LOOK_EVERY_MS = 1000

type Answer = { readonly rule: EntryRule; readonly live_keys: ReadonlySet<string> }

async function askOrganisation({ database }: Ledger, keys: readonly string[]): Promise<Answer> {
  return database.transaction(async (tx) => {
    const rule = await readEntryRule(tx)
    const { rows } = await sql<{ id: string }>`
      select k.id from tenancy.api_key k left join tenancy.member m on m.id = k.member_id
      where k.id = any(${keys}::uuid[]) and k.revoked_at is null and k.disabled_at is null
        and (k.member_id is null or m.status = 'active')`.execute(tx)
    return { rule, live_keys: new Set(rows.map((row) => row.id)) }
  })
}

/** Ends the calls of one organisation that would be refused now for who makes them; returns how many. */
async function endBarredCalls(ledgers: Ledgers, ledger: Ledger): Promise<number> {
  // A call inside a run has no caller of its own: whoever may not run any more loses the whole run.
  const calls = [...ledger.running.values()].flatMap(({ caller, cancel }) =>
    caller === null ? [] : { caller, cancel },
  )
  const [first] = calls
  if (first === undefined) return 0
  const { organisation_id } = ledger
  const { rule, live_keys } = await askOrganisation(ledger, [...new Set(calls.map((call) => call.caller.api_key_id))])
  const users = [...new Set(calls.map((call) => call.caller.user_id))]
  const standings = new Map(
    await Promise.all(
      users.map(async (user_id) => [user_id, await ledgers.standing.ask({ organisation_id, user_id })] as const),
    ),
  )
  const isBarred = ({ api_key_id, user_id, address, key_addresses }: Caller): boolean => {
    const standing = standings.get(user_id)
    if (!live_keys.has(api_key_id) || standing?.is_user_active !== true) return true
    if (standing.organisation_status !== 'active') return true
    return findEntryRefusal({ entry: rule, key_addresses }, address, standing.has_factor) !== null
  }
  const barred = calls.filter((call) => isBarred(call.caller))
  for (const call of barred) call.cancel()
  return barred.length
}

/** Looks at every organisation in which this node has calls under way. One that does not answer holds up no other. */
export function endBarredCallsJob(ledgers: Ledgers): Job {
  const asked = new Set<Ledger>()
  return {
    name: 'end calls of callers who may no longer call',
    every_ms: LOOK_EVERY_MS,
    async run() {
      for (const ledger of ledgers.list()) {
        if (ledger.running.size === 0 || asked.has(ledger)) continue
        asked.add(ledger)
        void endBarredCalls(ledgers, ledger)
          .catch((error: unknown) =>
            ledger.log.warn({ err: error, organisation_id: ledger.organisation_id }, 'running calls were not judged'),
          )
          .finally(() => asked.delete(ledger))
      }
    },
  }
}
