// People whom a provider provisions (RFC 7644). A provider reaches those it has brought itself and nobody else; ending their
// access ends sessions and keys here in the same commit, and the last owner stays.

import { sql } from 'kysely'
import { createOneTimePassword, hashPassword } from '../../identity/password.ts'
import { domainOf } from '../../identity/sso/domain-name.ts'
import { isDomainOf } from '../../identity/sso/domain.ts'
import { readEmail } from '../../identity/sso/identity.ts'
import { SsoRefusal } from '../../identity/sso/refusal.ts'
import { constraintOf } from '../../kernel/database-error.ts'
import type { OrganisationTx } from '../../kernel/database.ts'
import { newId } from '../../kernel/id.ts'
import { Problem } from '../../kernel/problem.ts'
import { findOrCreateProvisionedAccount, noteMembership } from '../account.ts'
import { lockMembers } from '../internal/member-row.ts'
import { revokeKeysWhere } from '../internal/revoke-keys.ts'
import { joinOrganisation } from '../membership-start.ts'
import { endMembership } from '../member-change.ts'
import { alreadyMember } from '../problems.ts'
import { isJson, type Json } from './document.ts'
import { equalTo, type Filter, matches, parseFilter } from './filter.ts'
import { applyOperation, type Operation } from './patch.ts'
import {
  addressOf,
  nameOf,
  patchable,
  personResource,
  type ProvisionedPerson,
  readProvisionedPerson,
  type StoredPerson,
} from './person.ts'
import {
  actorOf,
  type ListQuery,
  logProvisioning,
  MAX_RESULTS,
  type Provisioning,
  SEARCH_BATCH,
  syncMember,
} from './provisioning.ts'
import { invalidValue, ScimRefusal, taken, unknownResource, versionChanged } from './refusal.ts'

const COLUMNS = [
  'u.id',
  'u.member_id',
  'u.user_name',
  'u.user_name_key',
  'u.external_id',
  'u.attributes',
  'u.is_active',
  'u.is_suspended_here',
  'u.version',
  'u.created_at',
  'u.changed_at',
  'm.status',
] as const

const selectUsers = (tx: OrganisationTx, { provisioner }: Provisioning) =>
  tx
    .selectFrom('tenancy.scim_user as u')
    .innerJoin('tenancy.member as m', 'm.id', 'u.member_id')
    .select(COLUMNS)
    .where('u.connection_id', '=', provisioner.connection_id)

type UserRow = Awaited<ReturnType<ReturnType<typeof selectUsers>['executeTakeFirstOrThrow']>>

const readRow = (row: UserRow): ProvisionedPerson => ({
  user_name: row.user_name,
  user_name_key: row.user_name_key,
  external_id: row.external_id,
  // Whoever was suspended or removed by hand is not active, whatever the provider last said.
  is_active: row.is_active && row.status === 'active',
  attributes: isJson(row.attributes) ? row.attributes : {},
})

async function withGroups(tx: OrganisationTx, rows: readonly UserRow[]): Promise<readonly StoredPerson[]> {
  const ids = rows.map(({ id }) => id)
  const groups =
    ids.length === 0
      ? []
      : await tx
          .selectFrom('tenancy.scim_group_member as gm')
          .innerJoin('tenancy.scim_group as g', 'g.id', 'gm.group_id')
          .select(['gm.user_id', 'g.id', 'g.display_name'])
          .where('gm.user_id', 'in', ids)
          .orderBy('g.id')
          .execute()
  const byUser = Map.groupBy(groups, (each) => each.user_id)
  return rows.map((row) => ({ ...row, ...readRow(row), groups: byUser.get(row.id) ?? [] }))
}

async function getRow(tx: OrganisationTx, work: Provisioning, id: string, lock = false): Promise<UserRow> {
  const row = await selectUsers(tx, work)
    .where('u.id', '=', id)
    .$if(lock, (select) => select.forUpdate('u'))
    .executeTakeFirst()
  if (row === undefined) throw unknownResource()
  return row
}

/** One person. Refuses with 404. */
export async function getProvisionedUser(work: Provisioning, id: string): Promise<Json> {
  return work.organisation.transaction((tx) => answer(tx, work, id))
}

async function answer(tx: OrganisationTx, work: Provisioning, id: string): Promise<Json> {
  const [person] = await withGroups(tx, [await getRow(tx, work, id)])
  if (person === undefined) throw unknownResource()
  return personResource(person, work.base_url)
}

export type Listed = { readonly total: number; readonly resources: readonly Json[] }

/** A page of the people that match, in the order they came. Refuses with 400 (`invalidFilter`). */
export async function listProvisionedUsers(work: Provisioning, query: ListQuery): Promise<Listed> {
  const filter = query.filter === null ? null : parseFilter(query.filter)
  return work.organisation.transaction((tx) => collect(query, filter, (after) => readBatch(tx, work, filter, after)))
}

/** Goes through everything in batches and keeps the page that is asked for. */
export async function collect(
  query: ListQuery,
  filter: Filter | null,
  read: (after: string | null) => Promise<readonly Json[]>,
): Promise<Listed> {
  const resources: Json[] = []
  let total = 0
  for (let after: string | null = null; ; ) {
    const batch: readonly Json[] = await read(after)
    for (const each of batch) {
      if (filter !== null && !matches(filter, each)) continue
      total += 1
      if (total >= query.start_index && resources.length < Math.min(query.count, MAX_RESULTS)) resources.push(each)
    }
    const last = batch.at(-1)?.['id']
    if (batch.length < SEARCH_BATCH || typeof last !== 'string') return { total, resources }
    after = last
  }
}

async function readBatch(
  tx: OrganisationTx,
  work: Provisioning,
  filter: Filter | null,
  after: string | null,
): Promise<readonly Json[]> {
  const name = filter && equalTo(filter, 'username')
  const external = filter && equalTo(filter, 'externalid')
  const rows = await selectUsers(tx, work)
    .$if(after !== null, (select) => select.where('u.id', '>', after))
    .$if(name !== null, (select) =>
      select.where('u.user_name_key', '=', name?.normalize('NFKC').trim().toLowerCase() ?? ''),
    )
    .$if(external !== null, (select) => select.where('u.external_id', '=', external))
    .orderBy('u.id')
    .limit(SEARCH_BATCH)
    .execute()
  return (await withGroups(tx, rows)).map((each) => personResource(each, work.base_url))
}

/**
 * Provisions a person: an account if the address has none, a membership, and what their groups give. Refuses with 400
 * (`invalidValue`) an address outside the connection's domains, and with 409 (`uniqueness`) somebody who is provisioned or a
 * member already.
 */
export async function createProvisionedUser(work: Provisioning, body: Json): Promise<Json> {
  const person = readProvisionedPerson(body)
  const user_id = await ensureAccount(work, person)
  return work.organisation.transaction(async (tx) => {
    const { member_id, is_adopted } = await joinOrAdopt(tx, work, user_id)
    const id = newId()
    const { user_name, user_name_key, external_id, attributes } = person
    await tx
      .insertInto('tenancy.scim_user')
      .values({
        id,
        connection_id: work.provisioner.connection_id,
        member_id,
        user_name,
        user_name_key,
        external_id,
        attributes: JSON.stringify(attributes),
      })
      .execute()
      .catch(refuseTaken)
    const target = { type: 'member', id: member_id }
    if (!is_adopted) {
      await noteMembershipGiven(tx, work, member_id)
      await logProvisioning(tx, work, { event: 'member.joined', target, data: { scim_user_id: id } })
    }
    await logProvisioning(tx, work, { event: 'scim_user.created', target, data: { scim_user_id: id, is_adopted } })
    await syncMember(tx, work, member_id)
    if (!person.is_active) await deactivate(tx, work, await getRow(tx, work, id, true))
    return answer(tx, work, id)
  })
}

type Beginning = { readonly member_id: string; readonly is_adopted: boolean }

/**
 * A new membership; or, where the owner lets the connection take people over, the one that the person has, which stays theirs
 * should the connection go. Refuses with 409 (`uniqueness`) a member whom it may not take over: an owner never is.
 */
async function joinOrAdopt(tx: OrganisationTx, work: Provisioning, user_id: string): Promise<Beginning> {
  try {
    const { id } = await joinOrganisation(tx, user_id, { surface: 'studio' })
    return { member_id: id, is_adopted: false }
  } catch (error) {
    if (!(error instanceof Problem && error.code === alreadyMember.code)) throw error
  }
  const { id: member_id } = await tx
    .selectFrom('tenancy.member')
    .select('id')
    .where('user_id', '=', user_id)
    .executeTakeFirstOrThrow()
  const { target: member } = await lockMembers(tx, actorOf(work), member_id)
  if (!work.provisioner.adopts_members || member.base_role === 'owner') {
    throw taken('This person is a member already and was not provisioned by this connection.')
  }
  return { member_id, is_adopted: true }
}

/** The membership is the connection's to take back. */
async function noteMembershipGiven(
  tx: OrganisationTx,
  { provisioner }: Provisioning,
  member_id: string,
): Promise<void> {
  await tx
    .insertInto('tenancy.mapped_grant')
    .values({ member_id, connection_id: provisioner.connection_id, kind: 'membership', target: 'member' })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

function refuseTaken(error: unknown): never {
  const constraint = constraintOf(error)
  if (constraint === 'scim_user__name_is_taken') throw taken('This userName is provisioned already.')
  if (constraint === 'scim_user__member_is_provisioned_once') throw taken('This person is provisioned already.')
  throw error
}

/** The account of the address, or a new one that nobody has a password for. The same work in both cases. */
async function ensureAccount(work: Provisioning, person: ProvisionedPerson): Promise<string> {
  const { control, provisioner, origin } = work
  const address = readAddress(addressOf(person))
  const domain = domainOf(address)
  const password_hash = await hashPassword(createOneTimePassword())
  return control.transaction(async (tx) => {
    const isOwn = domain !== null && (await isDomainOf(tx, provisioner.connection_id, domain))
    if (!isOwn) throw invalidValue('The domain of the e-mail address does not belong to this connection.')
    const display_name = nameOf(person) ?? address.slice(0, address.lastIndexOf('@'))
    const account = { email: address, display_name, password_hash }
    const user_id = await findOrCreateProvisionedAccount(tx, origin, account)
    await noteMembership(tx, user_id, provisioner.organisation_id)
    return user_id
  })
}

function readAddress(text: string): string {
  try {
    return readEmail(text).email
  } catch (error) {
    if (error instanceof SsoRefusal) throw invalidValue('The person needs an e-mail address, as userName or in emails.')
    throw error
  }
}

/** Replaces what is said of a person (PUT). Refuses as `changeProvisionedUser`. */
export async function replaceProvisionedUser(
  work: Provisioning,
  id: string,
  body: Json,
  if_match: readonly string[] | null,
): Promise<Json> {
  return change(work, id, if_match, () => body)
}

/**
 * Changes what is said of a person (PATCH); `active` ends or gives back their access. Refuses with 404, 412 when the version is
 * another, 409 for the last owner and a name that is taken, 400 for what cannot be read.
 */
export async function changeProvisionedUser(
  work: Provisioning,
  id: string,
  operations: readonly Operation[],
  if_match: readonly string[] | null,
): Promise<Json> {
  return change(work, id, if_match, (before) => operations.reduce(applyOperation, before))
}

/** Whether one of the entity tags is this version's. */
export const isVersion = (tags: readonly string[], version: number): boolean =>
  tags.some((tag) => tag === '*' || tag.replace(/^W\//, '') === `"${version}"`)

async function change(
  work: Provisioning,
  id: string,
  if_match: readonly string[] | null,
  next: (before: Json) => Json,
): Promise<Json> {
  return work.organisation.transaction(async (tx) => {
    const row = await getRow(tx, work, id, true)
    if (if_match !== null && !isVersion(if_match, row.version)) throw versionChanged()
    const before = readRow(row)
    const person = readProvisionedPerson(next(patchable(before)))
    const { user_name, user_name_key, external_id } = person
    const attributes = JSON.stringify(person.attributes)
    await tx
      .updateTable('tenancy.scim_user')
      .set({
        user_name,
        user_name_key,
        external_id,
        attributes,
        version: row.version + 1,
        changed_at: sql<Date>`now()`,
      })
      .where('id', '=', id)
      .execute()
      .catch(refuseTaken)
    const target = { type: 'member', id: row.member_id }
    await logProvisioning(tx, work, { event: 'scim_user.updated', target, data: { scim_user_id: id } })
    if (person.is_active !== before.is_active) await (person.is_active ? reactivate : deactivate)(tx, work, row)
    return answer(tx, work, id)
  })
}

// A session that began in the same millisecond must count as older: times are compared in milliseconds.
const NOW_AND_BEFORE = sql<Date>`clock_timestamp() + interval '1 millisecond'`

const lastOwnerStays = () => new ScimRefusal(409, 'This is the last active owner of the organisation, who stays.')

/** With this commit sessions and keys of the person are over here. */
async function deactivate(tx: OrganisationTx, work: Provisioning, row: UserRow): Promise<void> {
  const actor = actorOf(work)
  const { member_id } = row
  await tx.updateTable('tenancy.scim_user').set({ is_active: false }).where('id', '=', row.id).execute()
  if (row.status === 'removed') return
  const { target: member, active_owner_count } = await lockMembers(tx, actor, member_id)
  if (member.status !== 'active') return
  if (member.base_role === 'owner' && active_owner_count <= 1) throw lastOwnerStays()
  await tx
    .updateTable('tenancy.member')
    .set({ status: 'suspended', sessions_valid_after: NOW_AND_BEFORE })
    .where('id', '=', member_id)
    .execute()
  await tx.updateTable('tenancy.scim_user').set({ is_suspended_here: true }).where('id', '=', row.id).execute()
  const revoked_keys = await revokeKeysWhere(tx, actor, { member_id })
  const target = { type: 'member', id: member_id }
  await logProvisioning(tx, work, {
    event: 'scim_user.deactivated',
    target,
    data: { scim_user_id: row.id, revoked_keys },
  })
  await logProvisioning(tx, work, { event: 'member.suspended', target, data: { before: { status: 'active' } } })
}

/** Gives access back that the provider itself has ended; a suspension by hand stays. */
async function reactivate(tx: OrganisationTx, work: Provisioning, row: UserRow): Promise<void> {
  const { member_id } = row
  await tx.updateTable('tenancy.scim_user').set({ is_active: true }).where('id', '=', row.id).execute()
  if (row.status !== 'suspended' || !row.is_suspended_here) return
  await lockMembers(tx, actorOf(work), member_id)
  await tx.updateTable('tenancy.member').set({ status: 'active' }).where('id', '=', member_id).execute()
  await tx.updateTable('tenancy.scim_user').set({ is_suspended_here: false }).where('id', '=', row.id).execute()
  const target = { type: 'member', id: member_id }
  await logProvisioning(tx, work, { event: 'scim_user.reactivated', target, data: { scim_user_id: row.id } })
  await logProvisioning(tx, work, { event: 'member.reactivated', target })
  await syncMember(tx, work, member_id)
}

/** Removes a person whom the provider brought; their record stays. Refuses with 404, 412, or 409 for the last owner. */
export async function deleteProvisionedUser(
  work: Provisioning,
  id: string,
  if_match: readonly string[] | null,
): Promise<void> {
  await work.organisation.transaction(async (tx) => {
    const row = await getRow(tx, work, id, true)
    if (if_match !== null && !isVersion(if_match, row.version)) throw versionChanged()
    const { member_id } = row
    if (row.status !== 'removed') {
      const actor = actorOf(work)
      const { target: member, active_owner_count } = await lockMembers(tx, actor, member_id)
      const isLast = member.base_role === 'owner' && member.status === 'active' && active_owner_count <= 1
      if (isLast) throw lastOwnerStays()
      await endMembership(tx, actor, member_id)
      const target = { type: 'member', id: member_id }
      const { base_role, status } = member
      await logProvisioning(tx, work, { event: 'member.removed', target, data: { before: { base_role, status } } })
    }
    await tx.deleteFrom('tenancy.mapped_grant').where('member_id', '=', member_id).execute()
    await tx.deleteFrom('tenancy.scim_user').where('id', '=', id).execute()
    const target = { type: 'member', id: member_id }
    await logProvisioning(tx, work, { event: 'scim_user.deleted', target, data: { scim_user_id: id } })
  })
}
