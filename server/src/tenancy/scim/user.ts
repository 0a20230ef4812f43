// People whom a provider provisions (RFC 7644). A provider reaches those it has brought itself and nobody else; what becomes of
// their access is the directory's to say.

import { newId } from '../../kernel/id.ts'
import {
  collect,
  type Directory,
  type DirectoryAct,
  isVersion,
  type Listed,
  type ListQuery,
  nameKeyOf,
  type PersonRow,
} from './directory.ts'
import { isJson, type Json } from './document.ts'
import { equalTo, type Filter, parseFilter } from './filter.ts'
import { applyOperation, type Operation } from './patch.ts'
import {
  patchable,
  personResource,
  type ProvisionedPerson,
  readProvisionedPerson,
  type StoredPerson,
} from './person.ts'
import { unknownResource, versionChanged } from './refusal.ts'

const readRow = ({ user_name, user_name_key, external_id, is_active, attributes }: PersonRow): ProvisionedPerson => ({
  user_name,
  user_name_key,
  external_id,
  is_active,
  attributes: isJson(attributes) ? attributes : {},
})

async function withGroups(act: DirectoryAct, rows: readonly PersonRow[]): Promise<readonly StoredPerson[]> {
  const ids = rows.map(({ id }) => id)
  const groups =
    ids.length === 0
      ? []
      : await act.tx
          .selectFrom('tenancy.scim_group_member as gm')
          .innerJoin('tenancy.scim_group as g', 'g.id', 'gm.group_id')
          .select(['gm.user_id', 'g.id', 'g.display_name'])
          .where('gm.user_id', 'in', ids)
          .orderBy('g.id')
          .execute()
  const byUser = Map.groupBy(groups, (each) => each.user_id)
  return rows.map((row) => ({ ...row, ...readRow(row), groups: byUser.get(row.id) ?? [] }))
}

async function answer(act: DirectoryAct, id: string, base_url: string): Promise<Json> {
  const [person] = await withGroups(act, await act.findPeople({ id }))
  if (person === undefined) throw unknownResource()
  return personResource(person, base_url)
}

/** One person. Refuses with 404. */
export async function getProvisionedUser({ act, base_url }: Directory, id: string): Promise<Json> {
  return act((inside) => answer(inside, id, base_url))
}

/** A page of the people that match, in the order they came. Refuses with 400 (`invalidFilter`). */
export async function listProvisionedUsers({ act, base_url }: Directory, query: ListQuery): Promise<Listed> {
  const filter = query.filter === null ? null : parseFilter(query.filter)
  return act((inside) => collect(query, filter, (after) => readBatch(inside, filter, after, base_url)))
}

async function readBatch(
  act: DirectoryAct,
  filter: Filter | null,
  after: string | null,
  base_url: string,
): Promise<readonly Json[]> {
  const name = filter && equalTo(filter, 'username')
  const external_id = filter && equalTo(filter, 'externalid')
  const rows = await act.findPeople({ after, user_name_key: name === null ? null : nameKeyOf(name), external_id })
  return (await withGroups(act, rows)).map((each) => personResource(each, base_url))
}

/**
 * Provisions a person: an account if the address has none, and what their groups give. Refuses with 400 (`invalidValue`) an
 * address outside the connection's domains, and with 409 (`uniqueness`) somebody who is provisioned or a member already.
 */
export async function createProvisionedUser({ account, act, base_url }: Directory, body: Json): Promise<Json> {
  const person = readProvisionedPerson(body)
  const user_id = await account(person)
  return act(async (inside) => {
    const id = newId()
    await inside.addPerson(id, person, user_id)
    if (!person.is_active) await inside.endAccess(await lockPerson(inside, id))
    return answer(inside, id, base_url)
  })
}

async function lockPerson(act: DirectoryAct, id: string): Promise<PersonRow> {
  const row = await act.lockPerson(id)
  if (row === null) throw unknownResource()
  return row
}

/** Replaces what is said of a person (PUT). Refuses as `changeProvisionedUser`. */
export async function replaceProvisionedUser(
  directory: Directory,
  id: string,
  body: Json,
  if_match: readonly string[] | null,
): Promise<Json> {
  return change(directory, id, if_match, () => body)
}

/**
 * Changes what is said of a person (PATCH); `active` ends or gives back their access. Refuses with 404, 412 when the version is
 * another, 409 for the last owner and a name that is taken, 400 for what cannot be read.
 */
export async function changeProvisionedUser(
  directory: Directory,
  id: string,
  operations: readonly Operation[],
  if_match: readonly string[] | null,
): Promise<Json> {
  return change(directory, id, if_match, (before) => operations.reduce(applyOperation, before))
}

async function change(
  { act, base_url }: Directory,
  id: string,
  if_match: readonly string[] | null,
  next: (before: Json) => Json,
): Promise<Json> {
  return act(async (inside) => {
    const row = await lockPerson(inside, id)
    if (if_match !== null && !isVersion(if_match, row.version)) throw versionChanged()
    const person = readProvisionedPerson(next(patchable(readRow(row))))
    await inside.writePerson(row, person)
    if (person.is_active !== row.is_active) await (person.is_active ? inside.giveAccess : inside.endAccess)(row)
    return answer(inside, id, base_url)
  })
}

/** Removes a person whom the provider brought; their record stays. Refuses with 404, 412, or 409 for the last owner. */
export async function deleteProvisionedUser(
  { act }: Directory,
  id: string,
  if_match: readonly string[] | null,
): Promise<void> {
  await act(async (inside) => {
    const row = await lockPerson(inside, id)
    if (if_match !== null && !isVersion(if_match, row.version)) throw versionChanged()
    await inside.removePerson(row)
  })
}
