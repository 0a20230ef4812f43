// Making an organisation, over three stores. Control notes it as `creating` with the database it claims; keys, secret
// and the contents of that database follow, seen by nobody; the commit that makes it `active` (or `awaiting_owner`) decides. What was begun
// and not decided within a minute is undone (`undoCreation`). The claimed placement is the fence: both lock it, so only
// one of them wins.

import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { appendEntry, appendPlatformEntry, type Origin } from '../audit/append.ts'
import type { ControlDatabase, ControlTx, OrganisationTx } from '../kernel/database.ts'
import { newId } from '../kernel/id.ts'
import type { OrganisationDatabases, Placement } from '../kernel/organisation-databases.ts'
import { Problem } from '../kernel/problem.ts'
import { createDataKey, organisationKeyName } from '../keys/envelope.ts'
import type { KeyProvider } from '../keys/key-provider.ts'
import { keyNotFound } from '../keys/problems.ts'
import { createSshKey } from '../keys/ssh-key.ts'
import { secretNotFound } from '../secrets/problems.ts'
import type { SecretStore } from '../secrets/secret-store.ts'
import { noteMembership } from './account.ts'
import { type InvitationTerms, type PreparedInvitation, writeInvitations } from './invitation.ts'
import { getOrganisation, type Metadata, type Organisation } from './organisation.ts'
import { creationUndone, noSpareDatabase } from './problems.ts'
import { workerKeyPath } from './worker-key.ts'

export type CreationNeeds = {
  readonly control: ControlDatabase
  readonly databases: OrganisationDatabases
  readonly keys: Pick<KeyProvider, 'createKey' | 'wrap' | 'allowDeletion' | 'destroy'>
  readonly secrets: Pick<SecretStore, 'put' | 'destroy'>
  /** Makes a spare database, unless another node is at it. Asked only when there is none. */
  readonly makeSpare: () => Promise<void>
}

export type OrganisationDraft = {
  readonly name: string
  readonly metadata?: Metadata
  /** The account that becomes its first owner, or the invitation of somebody for whom it waits. */
  readonly owner: FirstOwner
  readonly created_by: string
  /** Where something was made for it before, such as an invitation that names it. */
  readonly id?: string
}

export type FirstOwner =
  | { readonly user_id: string }
  | { readonly invitation: PreparedInvitation; readonly terms: InvitationTerms }

const DEFAULT_PROJECT_NAME = 'Default project'

const LONGEST_WAIT_MS = 15_000
const LOOK_AGAIN_MS = 100

/**
 * Makes an organisation: its database, its keys, its owner, its default project. All of it or nothing that anybody
 * sees. Refuses with `no_spare_database` when none is ready in time, `creation_undone` when it took longer than a
 * minute, and as keys, secrets and databases do when they cannot be reached.
 */
export async function createOrganisation(
  needs: CreationNeeds,
  origin: Origin,
  draft: OrganisationDraft,
): Promise<Organisation> {
  const id = draft.id ?? newId()
  const placement = await claimDatabase(needs, id, draft)
  const foundation = await layKeys(needs, id)
  await needs.databases.at(placement).transaction((tx) => found(tx, origin, id, draft, foundation))
  return needs.control.transaction((tx) => openOrganisation(tx, origin, id, draft))
}

async function claimDatabase(needs: CreationNeeds, id: string, draft: OrganisationDraft): Promise<Placement> {
  const give_up_ms = performance.now() + LONGEST_WAIT_MS
  while (true) {
    const placement = await needs.control.transaction((tx) => claimSpare(tx, id, draft))
    if (placement !== null) return placement
    if (performance.now() > give_up_ms) throw noSpareDatabase({}, { retry_after_s: 5 })
    await needs.makeSpare()
    await pause(LOOK_AGAIN_MS)
  }
}

/**
 * The oldest spare that nobody else is just taking, claimed together with the row that will stand for the organisation.
 */
async function claimSpare(tx: ControlTx, id: string, draft: OrganisationDraft): Promise<Placement | null> {
  const placement = await tx
    .updateTable('kernel.placement')
    .set({ state: 'claimed', organisation_id: id })
    .where('database_name', '=', (spare) =>
      spare
        .selectFrom('kernel.placement')
        .select('database_name')
        .where('state', '=', 'spare')
        .orderBy('created_at')
        .orderBy('database_name')
        .limit(1)
        .forUpdate()
        .skipLocked(),
    )
    .returning(['database_name', 'role_version'])
    .executeTakeFirst()
  if (placement === undefined) return null
  const { name, metadata = {}, created_by } = draft
  await tx
    .insertInto('tenancy.organisation')
    .values({ id, name, metadata: JSON.stringify(metadata), created_by })
    .execute()
  return placement
}

type Foundation = {
  readonly data_keys: readonly Awaited<ReturnType<typeof createDataKey>>[]
  readonly worker_key: {
    readonly version: number
    readonly public_key: string
    readonly fingerprint: string
    readonly secret_path: string
  }
}

/**
 * The organisation's own keys: one that wraps, two data keys under it, and the worker's pair, whose private half goes
 * to the secret store.
 */
async function layKeys({ keys, secrets }: CreationNeeds, id: string): Promise<Foundation> {
  await keys.createKey(organisationKeyName(id), 'aes256-gcm')
  const data_keys = [await createDataKey(keys, id, 1, 'content'), await createDataKey(keys, id, 2, 'index')]
  const { private_key, public_key, fingerprint } = createSshKey(id)
  const secret_path = workerKeyPath(id)
  const version = await secrets.put(secret_path, private_key, { cas: 0 })
  return { data_keys, worker_key: { version, public_key, fingerprint, secret_path } }
}

/** What a new organisation's database holds; its log begins with its own creation. */
async function found(
  tx: OrganisationTx,
  origin: Origin,
  organisation_id: string,
  draft: OrganisationDraft,
  { data_keys, worker_key }: Foundation,
): Promise<void> {
  const { owner } = draft
  const owner_id = 'user_id' in owner ? newId() : null
  const project_id = newId()
  if ('user_id' in owner && owner_id !== null) {
    await tx.insertInto('tenancy.member').values({ id: owner_id, user_id: owner.user_id, base_role: 'owner' }).execute()
  }
  await tx
    .insertInto('tenancy.project')
    .values({ id: project_id, name: DEFAULT_PROJECT_NAME, kind: 'default', created_by: owner_id })
    .execute()
  await tx
    .insertInto('keys.data_key')
    .values([...data_keys])
    .execute()
  await tx.insertInto('tenancy.worker_key').values(worker_key).execute()
  const inside = originInside(origin, draft, owner_id)
  const { name } = draft
  await appendEntry(tx, inside, {
    event: 'organisation.created',
    target: { type: 'organisation', id: organisation_id },
    data: { name },
  })
  if ('invitation' in owner) {
    await writeInvitations(tx, origin, { member_id: null }, owner.terms, [owner.invitation], new Map())
  } else {
    const target = { type: 'member', id: owner_id ?? '' }
    await appendEntry(tx, inside, { event: 'member.joined', target, data: { base_role: 'owner' } })
  }
  const { version, fingerprint } = worker_key
  await appendEntry(tx, inside, { event: 'worker_key.created', data: { version, fingerprint } })
}

/** In the organisation's own log its founder is named by membership, as every member is. */
function originInside(origin: Origin, { owner }: OrganisationDraft, owner_id: string | null): Origin {
  if (!('user_id' in owner) || origin.actor_id !== owner.user_id) return origin
  return { ...origin, actor_id: owner_id, actor_role: 'owner' }
}

/** Decides: from this commit on the organisation is there for everybody. */
async function openOrganisation(
  tx: ControlTx,
  origin: Origin,
  id: string,
  draft: OrganisationDraft,
): Promise<Organisation> {
  const { owner, name } = draft
  if (!(await holdPlacement(tx, id))) throw creationUndone({}, { retry_after_s: 1 })
  await tx
    .updateTable('tenancy.organisation')
    .set({ status: 'user_id' in owner ? 'active' : 'awaiting_owner', status_changed_at: sql<Date>`clock_timestamp()` })
    .where('id', '=', id)
    .where('status', '=', 'creating')
    .execute()
  if ('user_id' in owner) await noteMembership(tx, owner.user_id, id)
  await appendPlatformEntry(tx, origin, {
    event: 'organisation.created',
    organisation_id: id,
    target: { type: 'organisation', id },
    data: { name, owner_user_id: 'user_id' in owner ? owner.user_id : null },
  })
  return getOrganisation(tx, id)
}

/** Locks the placement that an organisation has claimed, if it still has it. */
async function holdPlacement(
  tx: ControlTx,
  organisation_id: string,
): Promise<{ readonly database_name: string } | null> {
  const placement = await tx
    .selectFrom('kernel.placement')
    .select('database_name')
    .where('organisation_id', '=', organisation_id)
    .forUpdate()
    .executeTakeFirst()
  return placement ?? null
}

const UNDO_AFTER_S = 60

/** Creations that were begun more than a minute ago and never decided: their node died, or gave up. */
export async function listUndecided(control: ControlDatabase): Promise<readonly string[]> {
  const rows = await control.transaction((tx) =>
    tx
      .selectFrom('tenancy.organisation')
      .select('id')
      .where('status', '=', 'creating')
      .where('created_at', '<', sql<Date>`now() - make_interval(secs => ${UNDO_AFTER_S})`)
      .execute(),
  )
  return rows.map((row) => row.id)
}

/**
 * Undoes a creation that was not decided: its database is left to be dropped, its keys and secrets are destroyed, its
 * row goes last, so that a run which dies is repeated. Returns false for an organisation that exists.
 */
export async function undoCreation(needs: CreationNeeds, organisation_id: string): Promise<boolean> {
  const database_name = await needs.control.transaction((tx) => releaseDatabase(tx, organisation_id))
  if (database_name === undefined) return false
  if (database_name !== null) await needs.databases.forget(database_name)
  const key = organisationKeyName(organisation_id)
  await unlessGone(keyNotFound.code, needs.keys.allowDeletion(key, true))
  await unlessGone(keyNotFound.code, needs.keys.destroy(key))
  await unlessGone(secretNotFound.code, needs.secrets.destroy(workerKeyPath(organisation_id)))
  await needs.control.transaction((tx) =>
    tx.deleteFrom('tenancy.organisation').where('id', '=', organisation_id).where('status', '=', 'creating').execute(),
  )
  return true
}

/**
 * The name of the database that was given up, null when that was done before, undefined for an organisation that
 * exists.
 */
async function releaseDatabase(tx: ControlTx, id: string): Promise<string | null | undefined> {
  const placement = await holdPlacement(tx, id)
  const undecided = await tx
    .selectFrom('tenancy.organisation')
    .select('id')
    .where('id', '=', id)
    .where('status', '=', 'creating')
    .executeTakeFirst()
  if (undecided === undefined) return undefined
  if (placement === null) return null
  await tx
    .updateTable('kernel.placement')
    .set({ state: 'dropping', organisation_id: null })
    .where('organisation_id', '=', id)
    .execute()
  return placement.database_name
}

async function unlessGone(code: string, work: Promise<unknown>): Promise<void> {
  try {
    await work
  } catch (error) {
    if (!(error instanceof Problem && error.code === code)) throw error
  }
}
