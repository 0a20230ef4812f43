// Groups that a provider provisions: names with people in them. What a group gives is the connection's mapping; it is computed
// anew for whoever comes or goes, in the same commit.

import { sql } from 'kysely'
import { constraintOf } from '../../kernel/database-error.ts'
import type { OrganisationTx } from '../../kernel/database.ts'
import { isId, newId } from '../../kernel/id.ts'
import { lockMembersTogether } from '../internal/member-row.ts'
import { listMappings } from '../sso/mapping.ts'
import { isJson, type Json, readText, valueIn } from './document.ts'
import { equalTo, type Filter, parseFilter } from './filter.ts'
import { applyOperation, type Operation } from './patch.ts'
import { etagOf } from './person.ts'
import { type ListQuery, logProvisioning, type Provisioning, SEARCH_BATCH, syncMember } from './provisioning.ts'
import { invalidValue, ScimRefusal, taken, unknownResource, versionChanged } from './refusal.ts'
import { collect, isVersion, type Listed } from './user.ts'

export const GROUP_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:Group'

const MAX_MEMBERS = 20_000
/** Whose rights change with one request of a mapped group; each is computed under locks. */
const MAX_SYNCED = 2000

const keyOf = (name: string): string => name.normalize('NFKC').trim().toLowerCase()

type GroupDraft = {
  readonly display_name: string
  readonly external_id: string | null
  readonly members: readonly string[]
}

function readGroup(document: Json): GroupDraft {
  const display_name = readText(valueIn(document, 'displayName'), 256)
  if (display_name === null) throw invalidValue('displayName is required and has at most 256 characters.')
  const external = valueIn(document, 'externalId')
  const listed = valueIn(document, 'members') ?? []
  if (!Array.isArray(listed)) throw invalidValue('members must be a list.')
  if (listed.length > MAX_MEMBERS) throw new ScimRefusal(400, `A group has at most ${MAX_MEMBERS} members.`, 'tooMany')
  const ids = listed.map((each: unknown) => String(isJson(each) ? valueIn(each, 'value') : each))
  return {
    display_name,
    external_id: external === undefined || external === null ? null : readText(external, 255),
    members: [...new Set(ids)],
  }
}

const selectGroups = (tx: OrganisationTx, { provisioner }: Provisioning) =>
  tx
    .selectFrom('tenancy.scim_group')
    .select(['id', 'display_name', 'external_id', 'version', 'created_at', 'changed_at'])
    .where('connection_id', '=', provisioner.connection_id)

type GroupRow = Awaited<ReturnType<ReturnType<typeof selectGroups>['executeTakeFirstOrThrow']>>

async function getRow(tx: OrganisationTx, work: Provisioning, id: string, lock = false): Promise<GroupRow> {
  const row = await selectGroups(tx, work)
    .where('id', '=', id)
    .$if(lock, (select) => select.forUpdate())
    .executeTakeFirst()
  if (row === undefined) throw unknownResource()
  return row
}

type Inside = { readonly group_id: string; readonly id: string; readonly user_name: string; readonly member_id: string }

async function listInside(tx: OrganisationTx, group_ids: readonly string[]): Promise<readonly Inside[]> {
  if (group_ids.length === 0) return []
  return tx
    .selectFrom('tenancy.scim_group_member as gm')
    .innerJoin('tenancy.scim_user as u', 'u.id', 'gm.user_id')
    .select(['gm.group_id', 'u.id', 'u.user_name', 'u.member_id'])
    .where('gm.group_id', 'in', group_ids)
    .orderBy('u.id')
    .execute()
}

function resourceOf(row: GroupRow, inside: readonly Inside[], base_url: string): Json {
  return {
    schemas: [GROUP_SCHEMA],
    id: row.id,
    displayName: row.display_name,
    ...(row.external_id !== null && { externalId: row.external_id }),
    members: inside.map(({ id, user_name }) => ({
      value: id,
      display: user_name,
      type: 'User',
      $ref: `${base_url}/Users/${id}`,
    })),
    meta: {
      resourceType: 'Group',
      created: row.created_at.toISOString(),
      lastModified: row.changed_at.toISOString(),
      location: `${base_url}/Groups/${row.id}`,
      version: etagOf(row.version),
    },
  }
}

async function answer(tx: OrganisationTx, work: Provisioning, id: string): Promise<Json> {
  return resourceOf(await getRow(tx, work, id), await listInside(tx, [id]), work.base_url)
}

/** One group with its members. Refuses with 404. */
export async function getProvisionedGroup(work: Provisioning, id: string): Promise<Json> {
  return work.organisation.transaction((tx) => answer(tx, work, id))
}

/** A page of the groups that match, in the order they came. Refuses with 400 (`invalidFilter`). */
export async function listProvisionedGroups(work: Provisioning, query: ListQuery): Promise<Listed> {
  const filter = query.filter === null ? null : parseFilter(query.filter)
  return work.organisation.transaction((tx) => collect(query, filter, (after) => readBatch(tx, work, filter, after)))
}

async function readBatch(
  tx: OrganisationTx,
  work: Provisioning,
  filter: Filter | null,
  after: string | null,
): Promise<readonly Json[]> {
  const name = filter && equalTo(filter, 'displayname')
  const rows = await selectGroups(tx, work)
    .$if(after !== null, (select) => select.where('id', '>', after))
    .$if(name !== null, (select) => select.where('display_key', '=', keyOf(name ?? '')))
    .orderBy('id')
    .limit(SEARCH_BATCH)
    .execute()
  const inside = Map.groupBy(
    await listInside(
      tx,
      rows.map(({ id }) => id),
    ),
    (each) => each.group_id,
  )
  return rows.map((row) => resourceOf(row, inside.get(row.id) ?? [], work.base_url))
}

/** Makes a group. Refuses with 409 (`uniqueness`) a name that is taken, with 400 members that are not provisioned here. */
export async function createProvisionedGroup(work: Provisioning, body: Json): Promise<Json> {
  const draft = readGroup(body)
  return work.organisation.transaction(async (tx) => {
    const id = newId()
    const { display_name, external_id } = draft
    const { connection_id } = work.provisioner
    await tx
      .insertInto('tenancy.scim_group')
      .values({ id, connection_id, display_name, display_key: keyOf(display_name), external_id })
      .execute()
      .catch(refuseTaken)
    const target = { type: 'scim_group', id }
    await logProvisioning(tx, work, { event: 'scim_group.created', target, data: { display_name } })
    await setMembers(tx, work, id, draft, null)
    return answer(tx, work, id)
  })
}

function refuseTaken(error: unknown): never {
  if (constraintOf(error) === 'scim_group__name_is_taken')
    throw taken('A group of this displayName is provisioned already.')
  throw error
}

/** Replaces a group (PUT). Refuses as `changeProvisionedGroup`. */
export async function replaceProvisionedGroup(
  work: Provisioning,
  id: string,
  body: Json,
  if_match: readonly string[] | null,
): Promise<Json> {
  return change(work, id, if_match, () => body)
}

/** Changes a group (PATCH). Refuses with 404, 412 when the version is another, 409 or 400 for what it may not become. */
export async function changeProvisionedGroup(
  work: Provisioning,
  id: string,
  operations: readonly Operation[],
  if_match: readonly string[] | null,
): Promise<Json> {
  return change(work, id, if_match, (before) => operations.reduce(applyOperation, before))
}

async function change(
  work: Provisioning,
  id: string,
  if_match: readonly string[] | null,
  next: (before: Json) => Json,
): Promise<Json> {
  return work.organisation.transaction(async (tx) => {
    const row = await getRow(tx, work, id, true)
    if (if_match !== null && !isVersion(if_match, row.version)) throw versionChanged()
    const inside = await listInside(tx, [id])
    const before = {
      displayName: row.display_name,
      ...(row.external_id !== null && { externalId: row.external_id }),
      members: inside.map((each) => ({ value: each.id })),
    }
    const draft = readGroup(next(before))
    const { display_name, external_id } = draft
    await tx
      .updateTable('tenancy.scim_group')
      .set({
        display_name,
        display_key: keyOf(display_name),
        external_id,
        version: row.version + 1,
        changed_at: sql<Date>`now()`,
      })
      .where('id', '=', id)
      .execute()
      .catch(refuseTaken)
    await setMembers(tx, work, id, draft, { row, inside })
    return answer(tx, work, id)
  })
}

type Before = { readonly row: GroupRow; readonly inside: readonly Inside[] }

/** Brings the people of a group into line, and their rights where the group, by its old or new name, gives any. */
async function setMembers(
  tx: OrganisationTx,
  work: Provisioning,
  group_id: string,
  draft: GroupDraft,
  before: Before | null,
): Promise<void> {
  const had = new Map((before?.inside ?? []).map((each) => [each.id, each.member_id]))
  const known = await findUsers(tx, work, draft.members)
  const added = draft.members.filter((id) => !had.has(id))
  const removed = [...had.keys()].filter((id) => !known.has(id))
  if (added.length > 0) {
    await tx
      .insertInto('tenancy.scim_group_member')
      .values(added.map((user_id) => ({ group_id, user_id })))
      .execute()
  }
  if (removed.length > 0) {
    await tx
      .deleteFrom('tenancy.scim_group_member')
      .where('group_id', '=', group_id)
      .where('user_id', 'in', removed)
      .execute()
  }
  const names = [draft.display_name, draft.external_id, before?.row.display_name, before?.row.external_id]
  const isRenamed =
    before !== null && (before.row.display_name !== draft.display_name || before.row.external_id !== draft.external_id)
  const touched = isRenamed ? [...new Set([...known.keys(), ...had.keys()])] : [...added, ...removed]
  await syncTouched(
    tx,
    work,
    names,
    touched.flatMap((id) => known.get(id) ?? had.get(id) ?? []),
  )
  if (before === null) return
  const target = { type: 'scim_group', id: group_id }
  const data = { added: added.length, removed: removed.length, display_name: draft.display_name }
  await logProvisioning(tx, work, { event: 'scim_group.updated', target, data })
}

/** The members behind provisioned people. Refuses (400, `invalidValue`) an id that this connection does not know. */
async function findUsers(
  tx: OrganisationTx,
  { provisioner }: Provisioning,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const known = new Map<string, string>()
  const well_formed = ids.filter(isId)
  for (let at = 0; at < well_formed.length; at += 5000) {
    const rows = await tx
      .selectFrom('tenancy.scim_user')
      .select(['id', 'member_id'])
      .where('connection_id', '=', provisioner.connection_id)
      .where('id', 'in', well_formed.slice(at, at + 5000))
      .execute()
    for (const row of rows) known.set(row.id, row.member_id)
  }
  const unknown = ids.find((id) => !known.has(id))
  if (unknown !== undefined)
    throw invalidValue(`${unknown.slice(0, 50)} is nobody whom this connection has provisioned.`)
  return known
}

async function syncTouched(
  tx: OrganisationTx,
  work: Provisioning,
  names: readonly (string | null | undefined)[],
  member_ids: readonly string[],
): Promise<void> {
  const mappings = await listMappings(tx, work.provisioner.connection_id)
  if (member_ids.length === 0 || !mappings.some(({ group_name }) => names.includes(group_name))) return
  if (member_ids.length > MAX_SYNCED) {
    throw new ScimRefusal(400, `At most ${MAX_SYNCED} members of a mapped group change at once.`, 'tooMany')
  }
  await lockMembersTogether(tx, member_ids)
  for (const member_id of new Set(member_ids)) {
    const member = await tx.selectFrom('tenancy.member').select('status').where('id', '=', member_id).executeTakeFirst()
    if (member !== undefined && member.status !== 'removed') await syncMember(tx, work, member_id, mappings)
  }
}

/** Deletes a group; its people lose what it gave. Refuses with 404 or 412. */
export async function deleteProvisionedGroup(
  work: Provisioning,
  id: string,
  if_match: readonly string[] | null,
): Promise<void> {
  await work.organisation.transaction(async (tx) => {
    const row = await getRow(tx, work, id, true)
    if (if_match !== null && !isVersion(if_match, row.version)) throw versionChanged()
    const inside = await listInside(tx, [id])
    await tx.deleteFrom('tenancy.scim_group').where('id', '=', id).execute()
    const member_ids = inside.map(({ member_id }) => member_id)
    await syncTouched(tx, work, [row.display_name, row.external_id], member_ids)
    const target = { type: 'scim_group', id }
    await logProvisioning(tx, work, { event: 'scim_group.deleted', target, data: { display_name: row.display_name } })
  })
}
