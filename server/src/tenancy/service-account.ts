// Service accounts: programs with rights of their own, belonging to the organisation. An account carries a set of
// permissions; its keys carry at most these at every use, so narrowing or disabling the account reaches all of them with
// the next request. A member answers for each.

import { sql } from 'kysely'
import { type Actor, memberIdOf } from '../access/actor.ts'
import { checkKeyScopes } from '../access/key-scope.ts'
import type { OrganisationTx } from '../kernel/database.ts'
import { newId } from '../kernel/id.ts'
import { DEFAULT_PAGE_SIZE, type Page, type PageQuery, pageOf, parseCursor } from '../kernel/page.ts'
import { notFound } from '../kernel/problem.ts'
import { requireResponsible } from './internal/acting-member.ts'
import { refuseBy } from './internal/constraint.ts'
import { holdMember } from './internal/member-row.ts'
import { refuseReference, unknownReference } from './internal/reference.ts'
import { serviceAccountNameTaken } from './problems.ts'

export type ServiceAccount = {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly permissions: readonly string[]
  readonly responsible_member_id: string
  readonly created_at: Date
  readonly disabled_at: Date | null
}

const COLUMNS = [
  'id',
  'name',
  'description',
  'permissions',
  'responsible_member_id',
  'created_at',
  'disabled_at',
] as const

const NAME_TAKEN = { service_account__name_is_taken: serviceAccountNameTaken }

export type ServiceAccountDraft = {
  readonly name: string
  readonly description: string
  readonly permissions: readonly string[]
  /** The maker if left out. */
  readonly responsible_member_id?: string | undefined
}

async function holdResponsible(tx: OrganisationTx, member_id: string): Promise<void> {
  const { status } = await unknownReference('/responsible_member_id', holdMember(tx, member_id))
  if (status !== 'active') throw refuseReference('/responsible_member_id')
}

/**
 * Makes a service account. Its permissions are among those that a key of the organisation may carry and its maker holds
 * (`scope_not_allowed`). Throws `service_account_name_taken`, `reference_unknown`, or `membership_required` to a
 * super-admin without a membership who names nobody responsible.
 */
export async function createServiceAccount(
  tx: OrganisationTx,
  actor: Actor,
  draft: ServiceAccountDraft,
): Promise<ServiceAccount> {
  const responsible_member_id = draft.responsible_member_id ?? requireResponsible(actor)
  await holdResponsible(tx, responsible_member_id)
  if (memberIdOf(actor) !== null) checkKeyScopes(actor, 'organisation', draft.permissions)
  const statement = tx
    .insertInto('tenancy.service_account')
    .values({
      id: newId(),
      name: draft.name,
      description: draft.description,
      permissions: [...draft.permissions],
      responsible_member_id,
      created_by: memberIdOf(actor),
    })
    .returning(COLUMNS)
  return refuseBy(NAME_TAKEN, statement.executeTakeFirstOrThrow())
}

/** A page of service accounts, newest first. */
export async function listServiceAccounts(tx: OrganisationTx, query: PageQuery): Promise<Page<ServiceAccount>> {
  const cursor = parseCursor(query)
  const rows = await tx
    .selectFrom('tenancy.service_account')
    .select(COLUMNS)
    .$if(cursor !== null, (select) => select.where('id', '<', cursor))
    .orderBy('id', 'desc')
    .limit((query.limit ?? DEFAULT_PAGE_SIZE) + 1)
    .execute()
  return pageOf(rows, query)
}

/** One service account. Throws `not_found`. */
export async function getServiceAccount(tx: OrganisationTx, account_id: string): Promise<ServiceAccount> {
  const account = await tx
    .selectFrom('tenancy.service_account')
    .select(COLUMNS)
    .where('id', '=', account_id)
    .executeTakeFirst()
  if (account === undefined) throw notFound()
  return account
}

async function lockAccount(tx: OrganisationTx, account_id: string): Promise<ServiceAccount> {
  const account = await tx
    .selectFrom('tenancy.service_account')
    .select(COLUMNS)
    .where('id', '=', account_id)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (account === undefined) throw notFound()
  return account
}

type Change = Partial<ServiceAccountDraft>
export type ChangedAccount = ServiceAccount & { readonly before: Partial<ServiceAccount> }

/**
 * Changes a service account; permissions that are added are judged as for a new one. A new responsible member answers for
 * its keys from now on. Throws `not_found`, or as `createServiceAccount`.
 */
export async function changeServiceAccount(
  tx: OrganisationTx,
  actor: Actor,
  account_id: string,
  change: Change,
): Promise<ChangedAccount> {
  const account = await lockAccount(tx, account_id)
  const { name, description, permissions, responsible_member_id } = account
  const before = { name, description, permissions, responsible_member_id }
  const added = (change.permissions ?? []).filter((each) => !permissions.includes(each))
  if (memberIdOf(actor) !== null) checkKeyScopes(actor, 'organisation', added)
  const responsible = change.responsible_member_id ?? responsible_member_id
  if (responsible !== responsible_member_id) {
    await holdResponsible(tx, responsible)
    await tx
      .updateTable('tenancy.api_key')
      .set({ created_by: responsible })
      .where('service_account_id', '=', account_id)
      .execute()
  }
  const statement = tx
    .updateTable('tenancy.service_account')
    .set({
      name: change.name ?? name,
      description: change.description ?? description,
      permissions: [...(change.permissions ?? permissions)],
      responsible_member_id: responsible,
    })
    .where('id', '=', account_id)
    .returning(COLUMNS)
  return { ...(await refuseBy(NAME_TAKEN, statement.executeTakeFirstOrThrow())), before }
}

/** Stops an account with all of its keys, or lets them work again; in one commit. Throws `not_found`. */
export async function switchServiceAccount(
  tx: OrganisationTx,
  account_id: string,
  is_enabled: boolean,
): Promise<ServiceAccount> {
  await lockAccount(tx, account_id)
  const disabled_at = is_enabled ? null : sql<Date>`coalesce(disabled_at, now())`
  await tx.updateTable('tenancy.api_key').set({ disabled_at }).where('service_account_id', '=', account_id).execute()
  return tx
    .updateTable('tenancy.service_account')
    .set({ disabled_at })
    .where('id', '=', account_id)
    .returning(COLUMNS)
    .executeTakeFirstOrThrow()
}
