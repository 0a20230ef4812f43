// The accounts of a batch of a super-admin's import: found by their addresses, or made with a one-time password.

import { sql } from 'kysely'
import { appendPlatformEntries, type Origin } from '../../audit/append.ts'
import { createOneTimePassword, hashPassword, hashRandomPassword, HASHES_AT_ONCE } from '../../identity/password.ts'
import { expiryIn, parseEmail } from '../../identity/user.ts'
import type { ControlTx } from '../../kernel/database.ts'
import { newId } from '../../kernel/id.ts'
import { readSettings } from '../../kernel/platform-setting.ts'
import type { PlatformVault } from '../../keys/platform-vault.ts'
import { type JudgedRow, onPlatform, passwordPlace } from './import.ts'
import { type ClaimedImport, holdClaim } from './claim.ts'
import { findAccounts, findActive, type PlatformImportNeeds } from './platform-import.ts'
import { emailKeyOfRow, nameOf, orgOf } from './row.ts'

/** A row that waits, or whose account was claimed by an attempt that was interrupted. */
export type Todo = JudgedRow & {
  readonly state: string
  readonly sealed_password: Buffer | null
  readonly user_id: string | null
  readonly member_id: string | null
  readonly is_new: boolean | null
}

/** A row whose account is known and whose membership has its id. */
export type Ready = Todo & { readonly user_id: string; readonly member_id: string; readonly is_new: boolean }

type NewAccount = {
  readonly id: string
  readonly email: string
  readonly email_key: string
  readonly display_name: string
  readonly password_hash: string
  readonly sealed_password: Buffer
}

/** Rows that nobody has worked at yet or to the end, with the accounts that were missing when they were looked at. */
export type Drafted = { readonly rows: readonly Todo[]; readonly accounts: ReadonlyMap<string, NewAccount> }

const keyOf = (row: Todo): string => emailKeyOfRow(row) ?? ''

const freshKeys = (rows: readonly Todo[]): readonly string[] => rows.filter(({ state }) => state === 'valid').map(keyOf)

/**
 * Prepares the accounts that are missing: all the hashing, and nothing that anybody else sees. An account that is made by
 * others before `claimRows` is used as it is then.
 */
export async function draftRows(
  { control, vault }: PlatformImportNeeds,
  claimed: ClaimedImport,
  rows: readonly Todo[],
): Promise<Drafted> {
  const known = await control.transaction((tx) => findAccounts(tx, freshKeys(rows)))
  const fresh = rows.filter(({ state }) => state === 'valid')
  return { rows, accounts: await draftAccounts(vault, claimed.id, fresh, known) }
}

/**
 * Makes the accounts that are missing and gives every row the ids of account and membership, in one commit; null when another
 * worker has taken over. Of an importer who is no active super-admin any more every row that is not yet claimed is refused. A
 * one-time password that is made here has 124 random bits, so a fast hash is enough for it.
 */
export async function claimRows(
  { control }: PlatformImportNeeds,
  claimed: ClaimedImport,
  origin: Origin,
  { rows, accounts: drafts }: Drafted,
): Promise<{ readonly ready: readonly Ready[]; readonly refused: readonly Todo[] } | null> {
  return control.transaction(async (tx) => {
    if (!(await holdClaim(onPlatform(tx), claimed))) return null
    // What was claimed before is decided, and is finished.
    if (!(await isStillSuperadmin(tx, claimed.created_by))) {
      return { ready: rows.filter(isClaimed), refused: rows.filter((row) => !isClaimed(row)) }
    }
    const made = await insertAccounts(tx, origin, [...drafts.values()])
    const accounts = await findAccounts(tx, freshKeys(rows))
    const used = new Set<string>()
    const ready = rows.flatMap((row): Ready[] => {
      if (isClaimed(row)) return [row]
      const email_key = keyOf(row)
      const account = accounts.get(email_key)
      if (account === undefined) return []
      // Of two rows of one new person the first brings the account.
      const brings = made.has(account) && !used.has(account)
      used.add(account)
      const sealed_password = brings ? (drafts.get(email_key)?.sealed_password ?? null) : null
      return [{ ...row, user_id: account, member_id: newId(), is_new: brings, sealed_password }]
    })
    await writeClaims(tx, claimed.id, ready)
    await noteMemberships(tx, ready)
    return { ready, refused: [] }
  })
}

const isClaimed = (row: Todo): row is Ready => row.user_id !== null && row.member_id !== null && row.is_new !== null

/** Holds until the commit. */
async function isStillSuperadmin(tx: ControlTx, user_id: string | null): Promise<boolean> {
  const found = await tx
    .selectFrom('identity.user')
    .select('id')
    .where('id', '=', user_id)
    .where('is_superadmin', '=', true)
    .where('status', '=', 'active')
    .forShare()
    .executeTakeFirst()
  return found !== undefined
}

/** The accounts that are missing, by address; of two rows of one new person the first says what it is like. */
async function draftAccounts(
  vault: PlatformVault,
  import_id: string,
  rows: readonly Todo[],
  known: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, NewAccount>> {
  const missing = new Map<string, Todo>()
  for (const row of rows) {
    const key = keyOf(row)
    if (!known.has(key) && !missing.has(key)) missing.set(key, row)
  }
  const passwords = await passwordsOf(vault, import_id, [...missing.values()])
  const drafts = [...missing.values()].flatMap((row): [string, NewAccount][] => {
    const { email, email_key } = parseEmail(row.email)
    const password = passwords.get(row.row_number)
    return password === undefined
      ? []
      : [[email_key, { id: newId(), email, email_key, display_name: nameOf(row), ...password }]]
  })
  return new Map(drafts)
}

type Password = { readonly password_hash: string; readonly sealed_password: Buffer }

/**
 * The password of each row: the one that the file gives, or one that is made, sealed until it is handed out. Those of the file
 * are hashed as slowly as any (an importer chose them), as many at once as hashing allows; sign-ins take their turns between.
 */
async function passwordsOf(
  vault: PlatformVault,
  import_id: string,
  rows: readonly Todo[],
): Promise<ReadonlyMap<number, Password>> {
  const made = rows
    .filter(({ sealed_password }) => sealed_password === null)
    .map((row) => ({ row, text: createOneTimePassword(5) }))
  const sealed = await vault.seal(
    made.map(({ row, text }) => ({ place: passwordPlace(import_id, row.row_number), text })),
  )
  const passwords = new Map<number, Password>()
  for (const [index, { row, text }] of made.entries()) {
    const sealed_password = sealed[index] ?? Buffer.alloc(0)
    passwords.set(row.row_number, { password_hash: hashRandomPassword(text), sealed_password })
  }
  const given = rows.values()
  const hashGiven = async (): Promise<void> => {
    for (const { row_number, sealed_password } of given) {
      if (sealed_password === null) continue
      const password = await vault.open(passwordPlace(import_id, row_number), sealed_password)
      passwords.set(row_number, { password_hash: await hashPassword(password), sealed_password })
    }
  }
  await Promise.all(Array.from({ length: HASHES_AT_ONCE }, hashGiven))
  return passwords
}

/** The ids of the accounts that were really made: an address may have got one meanwhile. */
async function insertAccounts(
  tx: ControlTx,
  origin: Origin,
  drafts: readonly NewAccount[],
): Promise<ReadonlySet<string>> {
  if (drafts.length === 0) return new Set()
  const settings = await readSettings(tx)
  const rows = await tx
    .insertInto('identity.user')
    .values(
      drafts.map(({ id, email, email_key, display_name, password_hash }) => ({
        id,
        email,
        email_key,
        display_name,
        password_hash,
        must_change_password: true,
        password_expires_at: expiryIn(settings.one_time_password_days),
        email_verified_at: settings.email_verification_is_required ? null : sql<Date>`now()`,
      })),
    )
    .onConflict((conflict) => conflict.column('email_key').doNothing())
    .returning('id')
    .execute()
  await appendPlatformEntries(
    tx,
    origin,
    rows.map(({ id }) => ({
      event: 'user.created',
      target: { type: 'user', id },
      data: { must_change_password: true },
    })),
  )
  return new Set(rows.map(({ id }) => id))
}

async function writeClaims(tx: ControlTx, import_id: string, ready: readonly Ready[]): Promise<void> {
  await sql`
    update tenancy.import_row r set state = 'claimed', user_id = c.user_id, member_id = c.member_id, is_new = c.is_new,
      sealed_password = c.sealed_password
    from unnest(${ready.map(({ row_number }) => row_number)}::integer[], ${ready.map(({ user_id }) => user_id)}::uuid[],
      ${ready.map(({ member_id }) => member_id)}::uuid[], ${ready.map(({ is_new }) => is_new)}::boolean[],
      ${ready.map(({ is_new, sealed_password }) => (is_new ? sealed_password : null))}::bytea[])
      as c(row_number, user_id, member_id, is_new, sealed_password)
    where r.import_id = ${import_id} and r.row_number = c.row_number`.execute(tx)
}

async function noteMemberships(tx: ControlTx, ready: readonly Ready[]): Promise<void> {
  const active = await findActive(tx, ready.map(orgOf))
  const notes = ready.filter((row) => active.has(orgOf(row)))
  await sql`
    insert into tenancy.member_directory (user_id, organisation_id)
    select * from unnest(${notes.map(({ user_id }) => user_id)}::uuid[], ${notes.map(orgOf)}::uuid[])
    on conflict do nothing`.execute(tx)
}
