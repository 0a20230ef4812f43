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
import { claimRows, type Ready, type Todo } from './platform-accounts.ts'
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
  while (await runBatch(needs, claimed, origin));
  return true
}

/** Returns false when nothing is left to do here. */
async function runBatch(needs: PlatformImportNeeds, claimed: ClaimedImport, origin: Origin): Promise<boolean> {
  const rows = await needs.control.transaction((tx) => readBatch(tx, claimed))
  if (rows === null) return false
  if (rows.length === 0) {
    await needs.control.transaction((tx) =>
      finishImport(onPlatform(tx), claimed, (draft) => appendPlatformEntry(tx, origin, draft)),
    )
    return false
  }
  const ready = await claimRows(needs, claimed, origin, rows)
  if (ready === null) return false
  const outcomes: RowOutcome[] = []
  for (const [org, group] of Map.groupBy(ready, orgOf)) {
    outcomes.push(...(await joinAll(needs, origin, org, claimed.id, group)))
  }
  return needs.control.transaction((tx) => noteBatch(tx, claimed, ready, outcomes))
}

async function readBatch(tx: ControlTx, claimed: ClaimedImport): Promise<readonly Todo[] | null> {
  if (!(await holdClaim(onPlatform(tx), claimed))) return null
  const rows = await tx
    .selectFrom('tenancy.import_row')
    .select(['row_number', 'org_id', 'email', 'display_name', 'role', 'has_password', 'state'])
    .select(['sealed_password', 'user_id', 'member_id', 'is_new'])
    .where('import_id', '=', claimed.id)
    .where('state', 'in', ['valid', 'claimed'])
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
