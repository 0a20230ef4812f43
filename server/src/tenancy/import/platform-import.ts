// The super-admin's import: each row makes somebody a member of any active organisation, with an account if there is none
// (rulings, "Import"). Rows go in batches over both databases; the organisation's commit decides, and every step can be done
// again: accounts and memberships get their ids before, so a repetition finds what the first attempt made.

import { sql } from 'kysely'
import {
  appendEntries,
  appendPlatformEntries,
  appendPlatformEntry,
  type Origin,
  platformOriginOf,
} from '../../audit/append.ts'
import { createOneTimePassword, hashPassword, hashRandomPassword } from '../../identity/password.ts'
import { requirePasswordAllowed } from '../../identity/password-rule.ts'
import { expiryIn, parseEmail } from '../../identity/user.ts'
import type { ControlDatabase, ControlTx, OrganisationDatabase, OrganisationTx } from '../../kernel/database.ts'
import { newId } from '../../kernel/id.ts'
import type { OrganisationDatabases } from '../../kernel/organisation-databases.ts'
import { readSettings } from '../../kernel/platform-setting.ts'
import { Problem } from '../../kernel/problem.ts'
import type { PlatformVault } from '../../keys/platform-vault.ts'
import { getDemand } from '../password-rule.ts'
import {
  type ClaimedImport,
  claimImport,
  finishImport,
  holdClaim,
  type ImportPlace,
  type JudgedRow,
  onPlatform,
  passwordPlace,
  type RowOutcome,
  writeOutcomes,
} from './import.ts'
import { checkRows, emailKeyOfRow, nameOf, orgOf, roleOf, type RowError, type RowErrorCode } from './row.ts'

export type PlatformImportNeeds = {
  readonly control: ControlDatabase
  readonly databases: OrganisationDatabases
  readonly vault: PlatformVault
}

/** Where super-admins' imports live. */
export function platformPlace(needs: PlatformImportNeeds, origin: Origin): ImportPlace {
  const { control, vault } = needs
  return {
    read: (work) => control.transaction((tx) => work(onPlatform(tx))),
    decide: (work) =>
      control.transaction((tx) => work(onPlatform(tx), (draft) => appendPlatformEntry(tx, origin, draft))),
    judge: (rows) => judge(needs, rows),
    vault,
  }
}

const isUuid = (text: string): boolean => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)

async function findActive(tx: ControlTx, org_ids: readonly string[]): Promise<ReadonlySet<string>> {
  const ids = [...new Set(org_ids.filter(isUuid))]
  if (ids.length === 0) return new Set()
  const { rows } = await sql<{ id: string }>`
    select id from tenancy.organisation where status = 'active' and id = any(${ids}::uuid[])`.execute(tx)
  return new Set(rows.map(({ id }) => id))
}

/** Accounts by address. */
export async function findAccounts(tx: ControlTx, email_keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ id: string; email_key: string }>`
    select id, email_key from identity.user where email_key = any(${[...email_keys]}::text[])`.execute(tx)
  return new Map(rows.map(({ id, email_key }) => [email_key, id]))
}

async function judge(
  { control, databases }: PlatformImportNeeds,
  rows: readonly JudgedRow[],
): Promise<readonly (readonly RowError[])[]> {
  const keys = rows.flatMap((row) => emailKeyOfRow(row) ?? [])
  const { active, accounts } = await control.transaction(async (tx) => ({
    active: await findActive(tx, rows.map(orgOf)),
    accounts: await findAccounts(tx, keys),
  }))
  const members = new Set<string>()
  const refusedPasswords = new Set<number>()
  for (const [org, group] of Map.groupBy(rows, orgOf)) {
    if (!active.has(org)) continue
    const database = await databases.of(org)
    const known = new Map(group.flatMap((row) => knownPair(accounts, emailKeyOfRow(row))))
    const { user_ids, rule } = await database.transaction(async (tx) => ({
      user_ids: await findMemberIds(tx, [...known.keys()]),
      rule: await getDemand(tx),
    }))
    for (const user_id of user_ids) members.add(`${org} ${known.get(user_id) ?? ''}`)
    for (const row of group) {
      if (row.password === '') continue
      const { email, display_name } = row
      const refused = await isRefused(requirePasswordAllowed(row.password, { email, display_name }, '', rule))
      if (refused) refusedPasswords.add(row.row_number)
    }
  }
  return checkRows(rows, {
    isOrganisation: (org) => active.has(org),
    mayMakeOwners: true,
    mayHavePassword: true,
    isMember: (org, email_key) => members.has(`${org} ${email_key}`),
    isInvited: () => false,
    refusedPasswords,
  })
}

function knownPair(accounts: ReadonlyMap<string, string>, email_key: string | null): [string, string][] {
  const user_id = email_key === null ? undefined : accounts.get(email_key)
  return user_id === undefined || email_key === null ? [] : [[user_id, email_key]]
}

/** Those of these accounts that are members here. */
export async function findMemberIds(tx: OrganisationTx, user_ids: readonly string[]): Promise<readonly string[]> {
  const { rows } = await sql<{ user_id: string }>`
    select user_id from tenancy.member where status <> 'removed' and user_id = any(${[...user_ids]}::uuid[])`.execute(
    tx,
  )
  return rows.map(({ user_id }) => user_id)
}

async function isRefused(check: Promise<void>): Promise<boolean> {
  try {
    await check
    return false
  } catch (error) {
    if (error instanceof Problem) return true
    throw error
  }
}

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

type Todo = JudgedRow & {
  readonly state: string
  readonly sealed_password: Buffer | null
  readonly user_id: string | null
  readonly member_id: string | null
  readonly is_new: boolean | null
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

type Ready = Todo & { readonly user_id: string; readonly member_id: string; readonly is_new: boolean }

type NewAccount = {
  readonly id: string
  readonly email: string
  readonly email_key: string
  readonly display_name: string
  readonly password_hash: string
  readonly sealed_password: Buffer
}

/**
 * Makes the accounts that are missing and gives every row the ids of account and membership, in one commit; null when another
 * worker has taken over. A one-time password that is made here has 124 random bits, so a fast hash is enough for it.
 */
async function claimRows(
  { control, vault }: PlatformImportNeeds,
  claimed: ClaimedImport,
  origin: Origin,
  rows: readonly Todo[],
): Promise<readonly Ready[] | null> {
  const fresh = rows.filter(({ state }) => state === 'valid')
  const keys = fresh.map((row) => emailKeyOfRow(row) ?? '')
  const known = await control.transaction((tx) => findAccounts(tx, keys))
  const drafts = new Map<string, NewAccount>()
  for (const row of fresh) {
    const { email, email_key } = parseEmail(row.email)
    if (known.has(email_key) || drafts.has(email_key)) continue
    drafts.set(email_key, {
      id: newId(),
      email,
      email_key,
      display_name: nameOf(row),
      ...(await passwordOf(vault, claimed.id, row)),
    })
  }
  return control.transaction(async (tx) => {
    if (!(await holdClaim(onPlatform(tx), claimed))) return null
    const made = await insertAccounts(tx, origin, [...drafts.values()])
    const accounts = await findAccounts(tx, keys)
    const used = new Set<string>()
    const ready = rows.flatMap((row): Ready[] => {
      const { user_id, member_id, is_new } = row
      if (user_id !== null && member_id !== null && is_new !== null) return [{ ...row, user_id, member_id, is_new }]
      const email_key = emailKeyOfRow(row) ?? ''
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
    return ready
  })
}

async function passwordOf(
  vault: PlatformVault,
  import_id: string,
  row: Todo,
): Promise<{ readonly password_hash: string; readonly sealed_password: Buffer }> {
  const place = passwordPlace(import_id, row.row_number)
  if (row.sealed_password !== null) {
    const password = await vault.open(place, row.sealed_password)
    return { password_hash: await hashPassword(password), sealed_password: row.sealed_password }
  }
  const password = createOneTimePassword(5)
  const [sealed_password = Buffer.alloc(0)] = await vault.seal([{ place, text: password }])
  return { password_hash: hashRandomPassword(password), sealed_password }
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

const outcomeOf = (row: Ready, code: RowErrorCode | null): RowOutcome => ({
  row_number: row.row_number,
  state: code !== null ? 'failed' : row.is_new ? 'created' : 'added',
  errors: code === null ? [] : [{ cell: code === 'already_member' ? 'email' : 'org_id', code }],
})

/** Makes members of one organisation, in its commit. One that cannot be reached fails its own rows only. */
async function joinAll(
  { control, databases }: PlatformImportNeeds,
  origin: Origin,
  org: string,
  import_id: string,
  rows: readonly Ready[],
): Promise<readonly RowOutcome[]> {
  const active = await control.transaction((tx) => findActive(tx, [org]))
  if (!active.has(org)) return rows.map((row) => outcomeOf(row, 'org_unknown'))
  try {
    const database = await databases.of(org)
    return await joinIn(database, origin, import_id, rows)
  } catch {
    // What stopped it is the database's own trouble, told by the log of requests and of the node; the row says: try again.
    return rows.map((row) => outcomeOf(row, 'failed'))
  }
}

async function joinIn(
  database: OrganisationDatabase,
  origin: Origin,
  import_id: string,
  rows: readonly Ready[],
): Promise<readonly RowOutcome[]> {
  return database.transaction(async (tx) => {
    const { rows: here } = await sql<{ user_id: string; id: string; status: string }>`
      select user_id, id, status from tenancy.member where user_id = any(${rows.map(({ user_id }) => user_id)}::uuid[])
      order by id for update`.execute(tx)
    const known = new Map(here.map((member) => [member.user_id, member]))
    const fresh = rows.filter(({ user_id }) => !known.has(user_id))
    const returning = rows.filter(({ user_id }) => known.get(user_id)?.status === 'removed')
    const joined = new Map<string, string>()
    await insertMembers(tx, fresh, joined)
    await returnMembers(tx, returning, joined)
    await appendEntries(
      tx,
      rows.flatMap((row) => {
        const id = joined.get(row.member_id)
        if (id === undefined) return []
        const data = { base_role: roleOf(row) ?? 'member', import_id }
        return [{ origin, draft: { event: 'member.joined' as const, target: { type: 'member', id }, data } }]
      }),
    )
    return rows.map((row) => {
      // An earlier attempt of this very row made the membership: it counts once.
      const isDone = joined.has(row.member_id) || known.get(row.user_id)?.id === row.member_id
      return outcomeOf(row, isDone ? null : 'already_member')
    })
  })
}

/** `joined` gets the membership of each row by the id that was planned for it. */
async function insertMembers(tx: OrganisationTx, rows: readonly Ready[], joined: Map<string, string>): Promise<void> {
  if (rows.length === 0) return
  const made = await tx
    .insertInto('tenancy.member')
    .values(rows.map((row) => ({ id: row.member_id, user_id: row.user_id, base_role: roleOf(row) ?? 'member' })))
    .onConflict((conflict) => conflict.column('user_id').doNothing())
    .returning('id')
    .execute()
  for (const { id } of made) joined.set(id, id)
}

/** Those who were removed begin anew; nothing of what they had comes back. */
async function returnMembers(tx: OrganisationTx, rows: readonly Ready[], joined: Map<string, string>): Promise<void> {
  for (const row of rows) {
    const returned = await tx
      .updateTable('tenancy.member')
      .set({
        status: 'active',
        removed_at: null,
        joined_at: sql<Date>`now()`,
        base_role: roleOf(row) ?? 'member',
        designations: [],
        grants: [],
        denies: [],
        surface: 'studio',
      })
      .where('user_id', '=', row.user_id)
      .where('status', '=', 'removed')
      .returning('id')
      .executeTakeFirst()
    if (returned !== undefined) joined.set(row.member_id, returned.id)
  }
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
