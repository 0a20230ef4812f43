// What is wrong with the rows of a super-admin's import, by what every database says (rulings, "Import"): any active
// organisation, accounts that may exist, passwords that the organisation's rule allows.

import { sql } from 'kysely'
import { appendPlatformEntry, type Origin } from '../../audit/append.ts'
import { requirePasswordAllowed } from '../../identity/password-rule.ts'
import type { ControlDatabase, ControlTx, OrganisationTx } from '../../kernel/database.ts'
import type { OrganisationDatabases } from '../../kernel/organisation-databases.ts'
import { Problem } from '../../kernel/problem.ts'
import type { PlatformVault } from '../../keys/platform-vault.ts'
import { getDemand } from '../password-rule.ts'
import { type ImportPlace, type JudgedRow, onPlatform } from './import.ts'
import { checkRows, emailKeyOfRow, orgOf, type RowError } from './row.ts'

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

/** Those of these ids that are active organisations. */
export async function findActive(tx: ControlTx, org_ids: readonly string[]): Promise<ReadonlySet<string>> {
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
