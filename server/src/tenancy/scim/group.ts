// Groups that a provider provisions: names with people in them. What a group gives is the connection's mapping; it is computed
// anew for whoever comes or goes, in the same commit.

import { sql } from 'kysely'
import { constraintOf } from '../../kernel/database-error.ts'
import { isId, newId } from '../../kernel/id.ts'
import {
  collect,
  type Directory,
  type DirectoryAct,
  type GroupTx,
  isVersion,
  type Listed,
  type ListQuery,
  nameKeyOf,
  SEARCH_BATCH,
} from './directory.ts'
import { isJson, type Json, readText, valueIn } from './document.ts'
import { equalTo, type Filter, parseFilter } from './filter.ts'
import { applyOperation, type Operation } from './patch.ts'
import { etagOf } from './person.ts'
import { invalidValue, ScimRefusal, taken, unknownResource, versionChanged } from './refusal.ts'

export const GROUP_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:Group'

const MAX_MEMBERS = 20_000

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

const selectGroups = (tx: GroupTx, connection_id: string) =>
  tx
    .selectFrom('tenancy.scim_group')
    .select(['id', 'display_name', 'external_id', 'version', 'created_at', 'changed_at'])
    .where('connection_id', '=', connection_id)

type GroupRow = Awaited<ReturnType<ReturnType<typeof selectGroups>['executeTakeFirstOrThrow']>>

async function getRow({ tx, connection_id }: DirectoryAct, id: string, lock = false): Promise<GroupRow> {
  const row = await selectGroups(tx, connection_id)
    .where('id', '=', id)
    .$if(lock, (select) => select.forUpdate())
    .executeTakeFirst()
  if (row === undefined) throw unknownResource()
  return row
}

type Inside = { readonly group_id: string; readonly id: string; readonly user_name: string }

async function listInside({ tx, namesOf }: DirectoryAct, group_ids: readonly string[]): Promise<readonly Inside[]> {
  if (group_ids.length === 0) return []
  const rows = await tx
    .selectFrom('tenancy.scim_group_member')
    .select(['group_id', 'user_id as id'])
    .where('group_id', 'in', group_ids)
    .orderBy('user_id')
    .execute()
  const names = await namesOf([...new Set(rows.map(({ id }) => id))])
  return rows.map((row) => ({ ...row, user_name: names.get(row.id) ?? '' }))
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

async function answer(act: DirectoryAct, id: string, base_url: string): Promise<Json> {
  return resourceOf(await getRow(act, id), await listInside(act, [id]), base_url)
}

/** One group with its members. Refuses with 404. */
export async function getProvisionedGroup({ act, base_url }: Directory, id: string): Promise<Json> {
  return act((inside) => answer(inside, id, base_url))
}

/** A page of the groups that match, in the order they came. Refuses with 400 (`invalidFilter`). */
export async function listProvisionedGroups({ act, base_url }: Directory, query: ListQuery): Promise<Listed> {
  const filter = query.filter === null ? null : parseFilter(query.filter)
  return act((inside) => collect(query, filter, (after) => readBatch(inside, filter, after, base_url)))
}

async function readBatch(
  act: DirectoryAct,
  filter: Filter | null,
  after: string | null,
  base_url: string,
): Promise<readonly Json[]> {
  const name = filter && equalTo(filter, 'displayname')
  const rows = await selectGroups(act.tx, act.connection_id)
    .$if(after !== null, (select) => select.where('id', '>', after))
    .$if(name !== null, (select) => select.where('display_key', '=', nameKeyOf(name ?? '')))
    .orderBy('id')
    .limit(SEARCH_BATCH)
    .execute()
  const inside = await listInside(
    act,
    rows.map(({ id }) => id),
  )
  const byGroup = Map.groupBy(inside, (each) => each.group_id)
  return rows.map((row) => resourceOf(row, byGroup.get(row.id) ?? [], base_url))
}

/** Makes a group. Refuses with 409 (`uniqueness`) a name that is taken, with 400 members that are not provisioned here. */
export async function createProvisionedGroup({ act, base_url }: Directory, body: Json): Promise<Json> {
  const draft = readGroup(body)
  return act(async (inside) => {
    const id = newId()
    const { display_name, external_id } = draft
    const { tx, connection_id, log } = inside
    await tx
      .insertInto('tenancy.scim_group')
      .values({ id, connection_id, display_name, display_key: nameKeyOf(display_name), external_id })
      .execute()
      .catch(refuseTaken)
    await log({ event: 'scim_group.created', target: { type: 'scim_group', id }, data: { display_name } })
    await setMembers(inside, id, draft, null)
    return answer(inside, id, base_url)
  })
}

function refuseTaken(error: unknown): never {
  if (constraintOf(error) === 'scim_group__name_is_taken')
    throw taken('A group of this displayName is provisioned already.')
  throw error
}

/** Replaces a group (PUT). Refuses as `changeProvisionedGroup`. */
export async function replaceProvisionedGroup(
  directory: Directory,
  id: string,
  body: Json,
  if_match: readonly string[] | null,
): Promise<Json> {
  return change(directory, id, if_match, () => body)
}

/** Changes a group (PATCH). Refuses with 404, 412 when the version is another, 409 or 400 for what it may not become. */
export async function changeProvisionedGroup(
  directory: Directory,
  id: string,
  operations: readonly Operation[],
  if_match: readonly string[] | null,
): Promise<Json> {
  return change(directory, id, if_match, (before) => operations.reduce(applyOperation, before))
}

async function change(
  directory: Directory,
  id: string,
  if_match: readonly string[] | null,
  next: (before: Json) => Json,
): Promise<Json> {
  return directory.act(async (act) => {
    const row = await getRow(act, id, true)
    if (if_match !== null && !isVersion(if_match, row.version)) throw versionChanged()
    const inside = await listInside(act, [id])
    const before = {
      displayName: row.display_name,
      ...(row.external_id !== null && { externalId: row.external_id }),
      members: inside.map((each) => ({ value: each.id })),
    }
    const draft = readGroup(next(before))
    const { display_name, external_id } = draft
    await act.tx
      .updateTable('tenancy.scim_group')
      .set({
        display_name,
        display_key: nameKeyOf(display_name),
        external_id,
        version: row.version + 1,
        changed_at: sql<Date>`now()`,
      })
      .where('id', '=', id)
      .execute()
      .catch(refuseTaken)
    await setMembers(act, id, draft, { row, inside })
    return answer(act, id, directory.base_url)
  })
}

type Before = { readonly row: GroupRow; readonly inside: readonly Inside[] }

/** Brings the people of a group into line, and their rights where the group, by its old or new name, gives any. */
async function setMembers(
  act: DirectoryAct,
  group_id: string,
  draft: GroupDraft,
  before: Before | null,
): Promise<void> {
  const had = new Set((before?.inside ?? []).map((each) => each.id))
  await requireProvisioned(act, draft.members)
  const wanted = new Set(draft.members)
  const added = draft.members.filter((id) => !had.has(id))
  const removed = [...had].filter((id) => !wanted.has(id))
  if (added.length > 0) {
    await act.tx
      .insertInto('tenancy.scim_group_member')
      .values(added.map((user_id) => ({ group_id, user_id })))
      .execute()
  }
  if (removed.length > 0) {
    await act.tx
      .deleteFrom('tenancy.scim_group_member')
      .where('group_id', '=', group_id)
      .where('user_id', 'in', removed)
      .execute()
  }
  const names = [draft.display_name, draft.external_id, before?.row.display_name, before?.row.external_id]
  const isRenamed =
    before !== null && (before.row.display_name !== draft.display_name || before.row.external_id !== draft.external_id)
  await act.regroup(names, isRenamed ? [...new Set([...wanted, ...had])] : [...added, ...removed])
  if (before === null) return
  const target = { type: 'scim_group', id: group_id }
  const data = { added: added.length, removed: removed.length, display_name: draft.display_name }
  await act.log({ event: 'scim_group.updated', target, data })
}

/** Refuses (400, `invalidValue`) an id that this connection does not know. */
async function requireProvisioned({ namesOf }: DirectoryAct, ids: readonly string[]): Promise<void> {
  const known = await namesOf(ids.filter(isId))
  const unknown = ids.find((id) => !known.has(id))
  if (unknown !== undefined)
    throw invalidValue(`${unknown.slice(0, 50)} is nobody whom this connection has provisioned.`)
}

/** Deletes a group; its people lose what it gave. Refuses with 404 or 412. */
export async function deleteProvisionedGroup(
  directory: Directory,
  id: string,
  if_match: readonly string[] | null,
): Promise<void> {
  await directory.act(async (act) => {
    const row = await getRow(act, id, true)
    if (if_match !== null && !isVersion(if_match, row.version)) throw versionChanged()
    const inside = await listInside(act, [id])
    await act.tx.deleteFrom('tenancy.scim_group').where('id', '=', id).execute()
    const { display_name, external_id } = row
    await act.regroup(
      [display_name, external_id],
      inside.map((each) => each.id),
    )
    await act.log({ event: 'scim_group.deleted', target: { type: 'scim_group', id }, data: { display_name } })
  })
}
