// An organisation's own import: owners and admins bring a file, and every address that is not yet a member is invited, so
// that nobody learns who exists elsewhere (rulings, "Import"). Rows are invited in batches, each in one commit with its mails
// and with what became of it, so an interrupted import goes on where it was.

import { sql } from 'kysely'
import { appendEntry, type Origin } from '../../audit/append.ts'
import type { ControlDatabase, OrganisationDatabase, OrganisationTx } from '../../kernel/database.ts'
import type { OrganisationDatabases } from '../../kernel/organisation-databases.ts'
import { type Mailer, relayMails } from '../../mail/message.ts'
import {
  type InvitationOutcome,
  MEMBER_TERMS,
  prepareInvitations,
  readInviter,
  writeInvitations,
} from '../invitation.ts'
import { findOrganisationStanding } from '../standing.ts'
import { type ClaimedImport, claimImport, finishImport, holdClaim, type RowOutcome, writeOutcomes } from './claim.ts'
import { type ImportPlace, inOrganisation, type JudgedRow } from './import.ts'
import { findAccounts, findMemberIds } from './platform-import.ts'
import { checkRows, emailKeyOfRow, roleOf, type RowError, type RowErrorCode } from './row.ts'
import { parseEmail } from '../../identity/user.ts'

export type OwnPlace = {
  readonly control: ControlDatabase
  readonly organisation: OrganisationDatabase
  readonly organisation_id: string
  readonly mayMakeOwners: boolean
}

/** Where an organisation's imports live; `decide` runs the deciding transaction and asks the permission again. */
export function ownPlace(
  place: OwnPlace,
  origin: Origin,
  decide: <Result>(work: (tx: OrganisationTx) => Promise<Result>) => Promise<Result>,
): ImportPlace {
  return {
    read: (work) => place.organisation.transaction((tx) => work(inOrganisation(tx))),
    decide: (work) => decide((tx) => work(inOrganisation(tx), (draft) => appendEntry(tx, origin, draft))),
    judge: (rows) => judge(place, rows),
    vault: null,
  }
}

async function judge(
  { control, organisation, organisation_id, mayMakeOwners }: OwnPlace,
  rows: readonly JudgedRow[],
): Promise<readonly (readonly RowError[])[]> {
  const keys = rows.flatMap((row) => emailKeyOfRow(row) ?? [])
  const accounts = await control.transaction((tx) => findAccounts(tx, keys))
  const { member_ids, invited } = await organisation.transaction(async (tx) => ({
    member_ids: new Set(await findMemberIds(tx, [...accounts.values()])),
    invited: await findInvited(tx, keys),
  }))
  return checkRows(rows, {
    isOrganisation: (org) => org === organisation_id,
    mayMakeOwners,
    mayHavePassword: false,
    isMember: (_org, email_key) => member_ids.has(accounts.get(email_key) ?? ''),
    isInvited: (_org, email_key) => invited.has(email_key),
    refusedPasswords: new Set(),
  })
}

async function findInvited(tx: OrganisationTx, email_keys: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ email_key: string }>`
    select email_key from tenancy.invitation
    where accepted_at is null and revoked_at is null and expires_at > now()
      and email_key = any(${[...email_keys]}::text[])`.execute(tx)
  return new Set(rows.map(({ email_key }) => email_key))
}

export type OwnImportNeeds = {
  readonly control: ControlDatabase
  readonly databases: OrganisationDatabases
  readonly mailer: Mailer
}

/** Works at one import of an organisation, until it is done or another worker has it. Says whether there was one. */
export async function runOwnImport(needs: OwnImportNeeds, organisation_id: string): Promise<boolean> {
  const database = await needs.databases.of(organisation_id)
  const claimed = await database.transaction((tx) => claimImport(inOrganisation(tx)))
  if (claimed === null) return false
  const standing = await needs.control.transaction((tx) => findOrganisationStanding(tx, organisation_id))
  if (standing === null) return false
  const organisation = { id: organisation_id, name: standing.name }
  while (await runBatch(needs, database, organisation, claimed));
  return true
}

const BATCH = 200

type Todo = { readonly row_number: number; readonly email: string; readonly role: string }

/** The importer with the rights of now; null when they are gone. A super-admin has no membership and keeps theirs. */
async function findImporter(tx: OrganisationTx, member_id: string | null) {
  if (member_id === null) return { user_id: null, base_role: 'owner' }
  const row = await tx
    .selectFrom('tenancy.member')
    .select(['user_id', 'base_role'])
    .where('id', '=', member_id)
    .where('status', '=', 'active')
    .where('base_role', 'in', ['owner', 'admin'])
    .forShare()
    .executeTakeFirst()
  return row ?? null
}

async function runBatch(
  { control, mailer }: OwnImportNeeds,
  database: OrganisationDatabase,
  organisation: { readonly id: string; readonly name: string },
  claimed: ClaimedImport,
): Promise<boolean> {
  const read = await database.transaction(async (tx) => ({
    rows: await readBatch(tx, claimed),
    importer: await findImporter(tx, claimed.created_by),
  }))
  const { rows, importer } = read
  if (rows === null) return false
  const origin = originOf(claimed, importer?.base_role ?? null)
  if (rows.length === 0) {
    await database.transaction((tx) =>
      finishImport(inOrganisation(tx), claimed, (draft) => appendEntry(tx, origin, draft)),
    )
    return false
  }
  const { settings, inviter_name } = await readInviter(control, importer?.user_id ?? null, organisation.name)
  const keys = rows.flatMap((row) => emailKeyOfRow(row) ?? [])
  const user_ids = await control.transaction((tx) => findAccounts(tx, keys))
  const groups = await Promise.all(
    [...Map.groupBy(rows, (row) => roleOf(row) ?? 'member')].map(async ([base_role, group]) => {
      const terms = { ...MEMBER_TERMS, base_role }
      const addresses = group.map(({ email }) => parseEmail(email))
      const prepared = await prepareInvitations(mailer, settings, { organisation, inviter_name, terms }, addresses)
      return { terms, group, prepared }
    }),
  )
  const isHeld = await database.transaction(async (tx) => {
    if (!(await holdClaim(inOrganisation(tx), claimed))) return false
    const now = await findImporter(tx, claimed.created_by)
    for (const { terms, group, prepared } of groups) {
      const isAllowed = now !== null && (terms.base_role !== 'owner' || now.base_role === 'owner')
      const by = { member_id: claimed.created_by, import_id: claimed.id }
      const outcomes = isAllowed ? await writeInvitations(tx, origin, by, terms, prepared, user_ids) : null
      await writeOutcomes(
        inOrganisation(tx),
        claimed.id,
        group.map((row) => outcomeOf(row, outcomes?.get(emailKeyOfRow(row) ?? '') ?? null)),
      )
    }
    return true
  })
  await relayMails(control, database, organisation.id)
  return isHeld
}

async function readBatch(tx: OrganisationTx, claimed: ClaimedImport): Promise<readonly Todo[] | null> {
  if (!(await holdClaim(inOrganisation(tx), claimed))) return null
  return tx
    .selectFrom('tenancy.import_row')
    .select(['row_number', 'email', 'role'])
    .where('import_id', '=', claimed.id)
    .where('state', '=', 'valid')
    .orderBy('row_number')
    .limit(BATCH)
    .execute()
}

const CODES: Readonly<Partial<Record<InvitationOutcome, RowErrorCode>>> = {
  already_member: 'already_member',
  already_invited: 'already_invited',
}

function outcomeOf({ row_number }: Todo, outcome: InvitationOutcome | null): RowOutcome {
  if (outcome === 'invited') return { row_number, state: 'created', errors: [] }
  const code = outcome === null ? 'importer_gone' : (CODES[outcome] ?? 'failed')
  return { row_number, state: 'failed', errors: [{ cell: 'email', code }] }
}

/** The import goes on in the name of whoever started it. */
const originOf = ({ created_by }: ClaimedImport, base_role: string | null): Origin => ({
  actor_type: created_by === null ? 'system' : 'user',
  actor_id: created_by,
  actor_role: created_by === null ? 'import' : base_role,
  via: 'system',
  api_key_id: null,
  request_id: null,
  address: null,
})
