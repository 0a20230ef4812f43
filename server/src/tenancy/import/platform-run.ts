// The super-admin's import at work: each row makes somebody a member of any active organisation, with an account if there is
// none. Rows go in batches over both databases; the organisation's commit decides, and every step can be done again: accounts and
// memberships get their ids before, so a repetition finds what the first attempt made.

import { sql } from 'kysely'
import { appendPlatformEntry, type Origin, platformOriginOf } from '../../audit/append.ts'
import { parseEmail } from '../../identity/user.ts'
import type { ControlTx } from '../../kernel/database.ts'
import { newId } from '../../kernel/id.ts'
import { readSettings } from '../../kernel/platform-setting.ts'
import { onPlatform } from './import.ts'
import { type ClaimedImport, claimImport, finishImport, holdClaim, type RowOutcome, writeOutcomes } from './claim.ts'
import { claimRows, type Drafted, draftRows, type Ready, type Todo } from './platform-accounts.ts'
import type { PlatformImportNeeds } from './platform-import.ts'
import { joinAll } from './platform-members.ts'
import { orgOf } from './row.ts'

const BATCH = 250

/** Works at one import that waits, until it is done or another worker has taken it over. Says whether there was one. */
export async function runPlatformImport(needs: PlatformImportNeeds): Promise<boolean> {
  const claimed = await needs.control.transaction((tx) => claimImport(onPlatform(tx)))
  if (claimed === null) return false
  const actor_id = claimed.created_by
  const system = { kind: 'system', name: 'import', use: { via: 'system' } } as const
  const origin: Origin = { ...platformOriginOf(system, { request_id: null, address: null }), actor_id }
  // While a batch is written, the passwords of the next one are hashed: neither waits for the other.
  let batch = await prepareBatch(needs, claimed, 0)
  while (batch !== null && batch.rows.length > 0) {
    const [is_held, next] = await Promise.all([
      writeBatch(needs, claimed, origin, batch),
      prepareBatch(needs, claimed, batch.rows.at(-1)?.row_number ?? 0),
    ])
    batch = is_held ? next : null
  }
  if (batch === null) return true
  await needs.control.transaction((tx) =>
    finishImport(onPlatform(tx), claimed, (draft) => appendPlatformEntry(tx, origin, draft)),
  )
  return true
}

/** The rows after this one with what their accounts need; null when another worker has taken over. */
async function prepareBatch(
  needs: PlatformImportNeeds,
  claimed: ClaimedImport,
  after: number,
): Promise<Drafted | null> {
  const rows = await needs.control.transaction((tx) => readBatch(tx, claimed, after))
  return rows === null ? null : draftRows(needs, claimed, rows)
}

/** Returns false when another worker has taken over. */
async function writeBatch(
  needs: PlatformImportNeeds,
  claimed: ClaimedImport,
  origin: Origin,
  drafted: Drafted,
): Promise<boolean> {
  const rows = await claimRows(needs, claimed, origin, drafted)
  if (rows === null) return false
  const { ready, refused } = rows
  const outcomes: RowOutcome[] = refused.map(({ row_number }) => ({
    row_number,
    state: 'failed',
    errors: [{ cell: 'email', code: 'importer_gone' }],
  }))
  for (const [org, group] of Map.groupBy(ready, orgOf)) {
    outcomes.push(...(await joinAll(needs, origin, org, claimed.id, group)))
  }
  return needs.control.transaction((tx) => noteBatch(tx, claimed, ready, outcomes))
}

async function readBatch(tx: ControlTx, claimed: ClaimedImport, after: number): Promise<readonly Todo[] | null> {
  if (!(await holdClaim(onPlatform(tx), claimed))) return null
  const rows = await tx
    .selectFrom('tenancy.import_row')
    .select(['row_number', 'org_id', 'email', 'display_name', 'role', 'has_password', 'state'])
    .select(['sealed_password', 'user_id', 'member_id', 'is_new'])
    .where('import_id', '=', claimed.id)
    .where('state', 'in', ['valid', 'claimed'])
    .where('row_number', '>', after)
    .orderBy('row_number')
    .limit(BATCH)
    .execute()
  return rows.map((row) => ({ ...row, password: '' }))
}

/** Writes down what became of the rows, and asks new people to prove their mailboxes where that is demanded. */
async function noteBatch(
  tx: ControlTx,
  claimed: ClaimedImport,
  rows: readonly Ready[],
  outcomes: readonly RowOutcome[],
): Promise<boolean> {
  if (!(await holdClaim(onPlatform(tx), claimed))) return false
  await writeOutcomes(onPlatform(tx), claimed.id, outcomes)
  const { email_verification_is_required } = await readSettings(tx)
  const made = rows.filter(({ is_new, state }) => is_new && state === 'valid')
  if (!email_verification_is_required || made.length === 0) return true
  await tx
    .insertInto('identity.address_proof')
    .values(
      made.map((row) => ({
        id: newId(),
        purpose: 'verification',
        ...parseEmail(row.email),
        user_id: row.user_id,
        expires_at: sql<Date>`now() + interval '7 days'`,
      })),
    )
    .execute()
  return true
}
