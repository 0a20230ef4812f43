// The directory of a connection of the platform: people and groups stand in control, and each act is one commit there. What it
// decides about organisations is done in each of them before the answer goes out, or refused by name and tried again by a job.

import { sql } from 'kysely'
import { appendPlatformEntry, type Origin } from '../../audit/append.ts'
import { endSessionsOfPerson } from '../../identity/sso/connection.ts'
import { constraintOf } from '../../kernel/database-error.ts'
import type { ControlTx } from '../../kernel/database.ts'
import { listPlatformMappings } from '../sso/platform-entrance.ts'
import { ensureAccount } from './account.ts'
import { type Directory, type DirectoryAct, type PeopleQuery, type PersonRow, SEARCH_BATCH } from './directory.ts'
import type { ProvisionedPerson } from './person.ts'
import { type HoldUp, settle, type SettleNeeds } from './platform-settle.ts'
import { ScimRefusal, taken } from './refusal.ts'

/** Whose access changes with one request of a mapped group; each is computed in every organisation it concerns. */
const MAX_SETTLED = 2000

type Work = {
  readonly connection_id: string
  readonly origin: Origin
  /** Whom the act concerns where organisations are concerned. */
  readonly due: Set<string>
}

/** The directory of a connection of the platform. */
export function platformDirectory(
  needs: SettleNeeds & { readonly base_url: string },
  connection_id: string,
  origin: Origin,
): Directory {
  const { control, base_url } = needs
  return {
    base_url,
    account: (person) => ensureAccount(control, { connection_id, organisation_id: null, origin }, person),
    async act(act) {
      const due = new Set<string>()
      const result = await control.transaction((tx) => act(actIn(tx, { connection_id, origin, due })))
      if (due.size > 0) requireSettled(await settle(needs, connection_id, [...due], origin))
      return result
    },
    logRefusal: (draft) => control.transaction((tx) => appendPlatformEntry(tx, origin, draft)),
  }
}

function requireSettled(hold_ups: readonly HoldUp[]): void {
  if (hold_ups.includes('unreachable')) {
    throw new ScimRefusal(503, 'An organisation cannot be reached; what concerns it is done as soon as it can.')
  }
  if (hold_ups.includes('last_owner')) {
    throw new ScimRefusal(409, 'This is the last active owner of an organisation and stays there; the rest is done.')
  }
}

const select = (tx: ControlTx, { connection_id }: Work) =>
  tx
    .selectFrom('tenancy.scim_user')
    .select(['id', 'user_name', 'user_name_key', 'external_id', 'attributes', 'is_active', 'version'])
    .select(['created_at', 'changed_at'])
    .where('connection_id', '=', connection_id)

function actIn(tx: ControlTx, work: Work): DirectoryAct {
  return {
    tx: tx.$pickTables<'tenancy.scim_group' | 'tenancy.scim_group_member'>(),
    connection_id: work.connection_id,
    log: ({ data, ...draft }) =>
      appendPlatformEntry(tx, work.origin, { ...draft, data: { ...data, connection_id: work.connection_id } }),
    findPeople: (query) => findPeople(tx, work, query),
    lockPerson: async (id) => (await select(tx, work).where('id', '=', id).forUpdate().executeTakeFirst()) ?? null,
    addPerson: (id, person, user_id) => addPerson(tx, work, id, person, user_id),
    writePerson: (row, person) => writePerson(tx, work, row, person),
    async endAccess({ id }) {
      const user_id = await want(tx, work, id, { is_active: false })
      const sessions_ended = await endSessionsOfPerson(tx, work.connection_id, user_id)
      await logPerson(tx, work, 'scim_user.deactivated', { id, user_id, sessions_ended })
    },
    async giveAccess({ id }) {
      const user_id = await want(tx, work, id, { is_active: true, is_leaving: false })
      await logPerson(tx, work, 'scim_user.reactivated', { id, user_id })
    },
    async removePerson({ id }) {
      const user_id = await want(tx, work, id, { is_active: false, is_leaving: true })
      const sessions_ended = await endSessionsOfPerson(tx, work.connection_id, user_id)
      await logPerson(tx, work, 'scim_user.deleted', { id, user_id, sessions_ended })
    },
    async namesOf(ids) {
      const rows = await tx
        .selectFrom('tenancy.scim_user')
        .select(['id', 'user_name'])
        .where('connection_id', '=', work.connection_id)
        .where('id', '=', sql<string>`any(${[...ids]}::uuid[])`)
        .execute()
      return new Map(rows.map((row) => [row.id, row.user_name]))
    },
    regroup: (names, ids) => regroup(tx, work, names, ids),
  }
}

type PersonEvent = `scim_user.${'created' | 'updated' | 'deactivated' | 'reactivated' | 'deleted'}`

async function logPerson(
  tx: ControlTx,
  { connection_id, origin }: Work,
  event: PersonEvent,
  { id, user_id, ...facts }: { readonly id: string; readonly user_id: string; readonly sessions_ended?: number },
): Promise<void> {
  const target = { type: 'user', id: user_id }
  await appendPlatformEntry(tx, origin, { event, target, data: { scim_user_id: id, connection_id, ...facts } })
}

/** Writes what is to hold in every organisation; returns whose account it is. */
async function want(
  tx: ControlTx,
  { due }: Work,
  id: string,
  fields: { readonly is_active: boolean; readonly is_leaving?: boolean },
): Promise<string> {
  due.add(id)
  const { user_id } = await tx
    .updateTable('tenancy.scim_user')
    .set({ ...fields, wanted: sql<number>`wanted + 1` })
    .where('id', '=', id)
    .returning('user_id')
    .executeTakeFirstOrThrow()
  return user_id
}

async function findPeople(tx: ControlTx, work: Work, query: PeopleQuery): Promise<readonly PersonRow[]> {
  const { id, after = null, user_name_key = null, external_id = null } = query
  return select(tx, work)
    .$if(id !== undefined, (rows) => rows.where('id', '=', id ?? ''))
    .$if(after !== null, (rows) => rows.where('id', '>', after))
    .$if(user_name_key !== null, (rows) => rows.where('user_name_key', '=', user_name_key))
    .$if(external_id !== null, (rows) => rows.where('external_id', '=', external_id))
    .orderBy('id')
    .limit(SEARCH_BATCH)
    .execute()
}

async function addPerson(
  tx: ControlTx,
  work: Work,
  id: string,
  { user_name, user_name_key, external_id, attributes }: ProvisionedPerson,
  user_id: string,
): Promise<void> {
  const { connection_id } = work
  const values = { user_name, user_name_key, external_id, attributes: JSON.stringify(attributes) }
  await tx
    .insertInto('tenancy.scim_user')
    .values({ id, connection_id, user_id, ...values })
    .execute()
    .catch(refuseTaken)
  work.due.add(id)
  await logPerson(tx, work, 'scim_user.created', { id, user_id })
}

function refuseTaken(error: unknown): never {
  const constraint = constraintOf(error)
  if (constraint === 'scim_user__name_is_taken') throw taken('This userName is provisioned already.')
  if (constraint === 'scim_user__person_is_provisioned_once') throw taken('This person is provisioned already.')
  throw error
}

async function writePerson(
  tx: ControlTx,
  work: Work,
  row: PersonRow,
  { user_name, user_name_key, external_id, attributes }: ProvisionedPerson,
): Promise<void> {
  const values = { user_name, user_name_key, external_id, attributes: JSON.stringify(attributes) }
  const { user_id } = await tx
    .updateTable('tenancy.scim_user')
    .set({ ...values, version: row.version + 1, changed_at: sql<Date>`now()` })
    .where('id', '=', row.id)
    .returning('user_id')
    .executeTakeFirstOrThrow()
    .catch(refuseTaken)
  await logPerson(tx, work, 'scim_user.updated', { id: row.id, user_id })
}

async function regroup(
  tx: ControlTx,
  work: Work,
  names: readonly (string | null | undefined)[],
  ids: readonly string[],
): Promise<void> {
  const mappings = await listPlatformMappings(tx, work.connection_id)
  if (ids.length === 0 || !mappings.some(({ group_name }) => names.includes(group_name))) return
  if (ids.length > MAX_SETTLED) {
    throw new ScimRefusal(400, `At most ${MAX_SETTLED} members of a mapped group change at once.`, 'tooMany')
  }
  // In one order, so that two groups with the same people do not wait for each other.
  await sql`
    update tenancy.scim_user u set wanted = wanted + 1
    from (select id from tenancy.scim_user where id = any(${[...ids]}::uuid[]) order by id for update) as held
    where u.id = held.id`.execute(tx)
  for (const id of ids) work.due.add(id)
}
