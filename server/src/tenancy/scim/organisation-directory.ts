// The directory of an organisation's own connection: its people are members, and every act is one commit of the organisation.

import { sql } from 'kysely'
import { appendEntry, type Origin } from '../../audit/append.ts'
import type { Provisioner } from '../../identity/sso/scim-token.ts'
import { constraintOf } from '../../kernel/database-error.ts'
import type { ControlDatabase, OrganisationDatabase, OrganisationTx } from '../../kernel/database.ts'
import { Problem } from '../../kernel/problem.ts'
import { lockMembers, lockMembersTogether } from '../internal/member-row.ts'
import { joinOrganisation } from '../membership-start.ts'
import { alreadyMember } from '../problems.ts'
import { listMappings } from '../sso/mapping.ts'
import { ensureAccount } from './account.ts'
import { type Directory, type DirectoryAct, type PeopleQuery, type PersonRow, SEARCH_BATCH } from './directory.ts'
import type { ProvisionedPerson } from './person.ts'
import {
  actorOf,
  endAccess,
  giveAccess,
  lastOwnerStays,
  lockProvisioned,
  logProvisioning,
  noteMembershipGiven,
  type Provisioned,
  removeProvisioned,
  type Source,
  syncMember,
} from './provisioned-access.ts'
import { ScimRefusal, taken, unknownResource } from './refusal.ts'

/** Whose rights change with one request of a mapped group; each is computed under locks. */
const MAX_SYNCED = 2000
const IDS_AT_ONCE = 5000

type Work = Source & { readonly adopts_members: boolean }

/** The directory of a connection of an organisation. */
export function organisationDirectory(
  needs: { readonly control: ControlDatabase; readonly base_url: string },
  database: OrganisationDatabase,
  provisioner: Provisioner & { readonly organisation_id: string },
  origin: Origin,
): Directory {
  const { connection_id, organisation_id, adopts_members } = provisioner
  const work = { connection_id, organisation_id, origin, adopts_members }
  return {
    base_url: needs.base_url,
    account: (person) => ensureAccount(needs.control, work, person),
    act: (act) => database.transaction((tx) => act(actIn(tx, work))),
    logRefusal: (draft) => database.transaction((tx) => appendEntry(tx, origin, draft)),
  }
}

function actIn(tx: OrganisationTx, work: Work): DirectoryAct {
  const mine = async (id: string) => (await lockProvisioned(tx, work, id)) ?? refuseUnknown()
  return {
    tx: tx.$pickTables<'tenancy.scim_group' | 'tenancy.scim_group_member'>(),
    connection_id: work.connection_id,
    log: (draft) => logProvisioning(tx, work, draft),
    findPeople: (query) => findPeople(tx, work, query),
    async lockPerson(id) {
      await lockProvisioned(tx, work, id)
      return (await findPeople(tx, work, { id }))[0] ?? null
    },
    addPerson: (id, person, user_id) => addPerson(tx, work, id, person, user_id),
    writePerson: (row, person) => writePerson(tx, work, row, person),
    endAccess: async ({ id }) => requireDone(await endAccess(tx, work, await mine(id))),
    async giveAccess({ id }) {
      const row = await mine(id)
      if (await giveAccess(tx, work, row)) await syncMember(tx, work, row.member_id)
    },
    removePerson: async ({ id }) => requireDone(await removeProvisioned(tx, work, await mine(id))),
    namesOf: async (ids) => new Map((await findBatches(tx, work, ids)).map((row) => [row.id, row.user_name])),
    regroup: (names, ids) => regroup(tx, work, names, ids),
  }
}

function refuseUnknown(): never {
  throw unknownResource()
}

function requireDone(outcome: 'done' | 'last_owner'): void {
  if (outcome === 'last_owner') throw lastOwnerStays()
}

async function findPeople(tx: OrganisationTx, work: Source, query: PeopleQuery): Promise<readonly PersonRow[]> {
  const { id, after = null, user_name_key = null, external_id = null } = query
  const rows = await tx
    .selectFrom('tenancy.scim_user as u')
    .innerJoin('tenancy.member as m', 'm.id', 'u.member_id')
    .select(['u.id', 'u.user_name', 'u.user_name_key', 'u.external_id', 'u.attributes', 'u.version'])
    .select(['u.created_at', 'u.changed_at', 'u.is_active', 'm.status'])
    .where('u.connection_id', '=', work.connection_id)
    .$if(id !== undefined, (select) => select.where('u.id', '=', id ?? ''))
    .$if(after !== null, (select) => select.where('u.id', '>', after))
    .$if(user_name_key !== null, (select) => select.where('u.user_name_key', '=', user_name_key))
    .$if(external_id !== null, (select) => select.where('u.external_id', '=', external_id))
    .orderBy('u.id')
    .limit(SEARCH_BATCH)
    .execute()
  // Whoever was suspended or removed by hand is not active, whatever the provider last said.
  return rows.map(({ status, ...row }) => ({ ...row, is_active: row.is_active && status === 'active' }))
}

async function addPerson(
  tx: OrganisationTx,
  work: Work,
  id: string,
  person: ProvisionedPerson,
  user_id: string,
): Promise<void> {
  const { member_id, is_adopted } = await joinOrAdopt(tx, work, user_id)
  const { user_name, user_name_key, external_id, attributes } = person
  await tx
    .insertInto('tenancy.scim_user')
    .values({
      id,
      connection_id: work.connection_id,
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
}

type Beginning = { readonly member_id: string; readonly is_adopted: boolean }

/** Refuses with 409 (`uniqueness`) somebody whom a person has removed: no connection lets them in again by itself. */
async function requireNotSentAway(tx: OrganisationTx, { connection_id }: Work, user_id: string): Promise<void> {
  const sentAway = await tx
    .selectFrom('tenancy.member as m')
    .leftJoin('tenancy.scim_leaver as l', (join) =>
      join.onRef('l.member_id', '=', 'm.id').on('l.connection_id', '=', connection_id),
    )
    .select('m.id')
    .where('m.user_id', '=', user_id)
    .where('m.status', '=', 'removed')
    .where('l.member_id', 'is', null)
    .executeTakeFirst()
  if (sentAway !== undefined) throw taken('An administrator ended this membership; only a person lets them in again.')
}

/**
 * A new membership; or, where the owner lets the connection take people over, the one that the person has, which stays theirs
 * should the connection go. Refuses with 409 (`uniqueness`) a member whom it may not take over (an owner never is), and whom
 * a person has removed.
 */
async function joinOrAdopt(tx: OrganisationTx, work: Work, user_id: string): Promise<Beginning> {
  await requireNotSentAway(tx, work, user_id)
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
  if (!work.adopts_members || member.base_role === 'owner') {
    throw taken('This person is a member already and was not provisioned by this connection.')
  }
  return { member_id, is_adopted: true }
}

function refuseTaken(error: unknown): never {
  const constraint = constraintOf(error)
  if (constraint === 'scim_user__name_is_taken') throw taken('This userName is provisioned already.')
  if (constraint === 'scim_user__member_is_provisioned_once') throw taken('This person is provisioned already.')
  throw error
}

async function writePerson(
  tx: OrganisationTx,
  work: Work,
  row: PersonRow,
  { user_name, user_name_key, external_id, attributes }: ProvisionedPerson,
): Promise<void> {
  const values = { user_name, user_name_key, external_id, attributes: JSON.stringify(attributes) }
  const { member_id } = await tx
    .updateTable('tenancy.scim_user')
    .set({ ...values, version: row.version + 1, changed_at: sql<Date>`now()` })
    .where('id', '=', row.id)
    .returning('member_id')
    .executeTakeFirstOrThrow()
    .catch(refuseTaken)
  const target = { type: 'member', id: member_id }
  await logProvisioning(tx, work, { event: 'scim_user.updated', target, data: { scim_user_id: row.id } })
}

type Found = Pick<Provisioned, 'id' | 'member_id' | 'status'> & { readonly user_name: string }

async function findBatches(tx: OrganisationTx, work: Source, ids: readonly string[]): Promise<readonly Found[]> {
  const found: Found[] = []
  for (let at = 0; at < ids.length; at += IDS_AT_ONCE) {
    const rows = await tx
      .selectFrom('tenancy.scim_user as u')
      .innerJoin('tenancy.member as m', 'm.id', 'u.member_id')
      .select(['u.id', 'u.user_name', 'u.member_id', 'm.status'])
      .where('u.connection_id', '=', work.connection_id)
      .where('u.id', 'in', ids.slice(at, at + IDS_AT_ONCE))
      .execute()
    found.push(...rows)
  }
  return found
}

async function regroup(
  tx: OrganisationTx,
  work: Work,
  names: readonly (string | null | undefined)[],
  ids: readonly string[],
): Promise<void> {
  const mappings = await listMappings(tx, work.connection_id)
  if (ids.length === 0 || !mappings.some(({ group_name }) => names.includes(group_name))) return
  if (ids.length > MAX_SYNCED) {
    throw new ScimRefusal(400, `At most ${MAX_SYNCED} members of a mapped group change at once.`, 'tooMany')
  }
  const people = await findBatches(tx, work, ids)
  await lockMembersTogether(
    tx,
    people.map(({ member_id }) => member_id),
  )
  for (const { member_id } of people) {
    const member = await tx.selectFrom('tenancy.member').select('status').where('id', '=', member_id).executeTakeFirst()
    if (member !== undefined && member.status !== 'removed') await syncMember(tx, work, member_id, { mappings })
  }
}
