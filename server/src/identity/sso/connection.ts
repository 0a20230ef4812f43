// Connections to identity providers: of one organisation, set up by its owner, or of the platform. The client secret is
// write-only; here stand its path, version and mask.

import { sql } from 'kysely'
import { appendPlatformEntry, type Origin } from '../../audit/append.ts'
import type { ControlTx } from '../../kernel/database.ts'
import type { EgressPolicy } from '../../kernel/egress.ts'
import { newId } from '../../kernel/id.ts'
import { notFound } from '../../kernel/problem.ts'
import { mask, Secret } from '../../keys/secret.ts'
import type { SecretStore } from '../../secrets/secret-store.ts'
import type { SessionEnd } from '../session.ts'
import { placeOf, type Preset, PRESETS, type ProviderPlace } from './preset.ts'
import { ssoNotEntitled, ssoSecretMissing, tooManyConnections } from './problems.ts'

export const ADMISSIONS = ['members', 'mapped_groups', 'everyone'] as const
/** Who may come in for the first time: nobody, whoever has a mapped group, or everybody with an address of a verified domain. */
export type Admission = (typeof ADMISSIONS)[number]

export const CONNECTION_STATUSES = ['draft', 'enabled', 'disabled'] as const
export type ConnectionStatus = (typeof CONNECTION_STATUSES)[number]

const MAX_CONNECTIONS = 20

export type Connection = {
  readonly id: string
  /** Null for a connection of the platform. */
  readonly organisation_id: string | null
  readonly name: string
  readonly preset: Preset
  readonly issuer: string
  readonly discovery_base: string
  readonly client_id: string
  readonly secret_path: string | null
  readonly secret_version: number | null
  readonly secret_mask: string | null
  readonly scopes: readonly string[]
  readonly groups_claim: string
  readonly admission: Admission
  readonly trusts_mfa: boolean
  /** Whether provisioning takes over people who were members before. */
  readonly adopts_members: boolean
  readonly status: ConnectionStatus
  readonly revision: number
  readonly tested_revision: number | null
  readonly tested_at: Date | null
  readonly created_at: Date
}

/** An organisation's connections, or the platform's. */
export type ConnectionOwner = string | null

const COLUMNS = [
  'id',
  'organisation_id',
  'name',
  'preset',
  'issuer',
  'discovery_base',
  'client_id',
  'secret_path',
  'secret_version',
  'secret_mask',
  'scopes',
  'groups_claim',
  'admission',
  'trusts_mfa',
  'adopts_members',
  'status',
  'revision',
  'tested_revision',
  'tested_at',
  'created_at',
] as const

const select = (tx: ControlTx) => tx.selectFrom('identity.sso_connection').select(COLUMNS)

function wordIn<Word extends string>(words: readonly Word[], text: string): Word {
  const word = words.find((each) => each === text)
  if (word === undefined) throw new Error(`The database holds an unknown word: ${text}`)
  return word
}

type Row = Awaited<ReturnType<ReturnType<typeof select>['executeTakeFirstOrThrow']>>

const read = (row: Row): Connection => ({
  ...row,
  preset: wordIn(PRESETS, row.preset),
  admission: wordIn(ADMISSIONS, row.admission),
  status: wordIn(CONNECTION_STATUSES, row.status),
})

/** The connections of an organisation or of the platform, oldest first; at most 20. */
export async function listConnections(tx: ControlTx, owner: ConnectionOwner): Promise<readonly Connection[]> {
  const rows = await select(tx).where('organisation_id', 'is not distinct from', owner).orderBy('id').execute()
  return rows.map(read)
}

/** One connection of this owner; anybody else's is `not_found`. */
export async function getConnection(tx: ControlTx, owner: ConnectionOwner, connection_id: string): Promise<Connection> {
  const found = await findConnection(tx, connection_id)
  if (found === null || found.organisation_id !== owner) throw notFound()
  return found
}

/** A connection, whoever it belongs to, or null. */
export async function findConnection(tx: ControlTx, connection_id: string): Promise<Connection | null> {
  const row = await select(tx).where('id', '=', connection_id).executeTakeFirst()
  return row === undefined ? null : read(row)
}

async function lockConnection(tx: ControlTx, owner: ConnectionOwner, connection_id: string): Promise<Connection> {
  const row = await select(tx).where('id', '=', connection_id).forUpdate().executeTakeFirst()
  if (row === undefined || row.organisation_id !== owner) throw notFound()
  return read(row)
}

export type ConnectionSettings = {
  readonly name: string
  readonly client_id: string
  readonly scopes?: readonly string[]
  readonly groups_claim?: string
  readonly admission?: Admission
  readonly trusts_mfa?: boolean
  readonly adopts_members?: boolean
}

/** Whether the organisation may use single sign-on; `contact` says whom to ask otherwise. */
export type Entitlement = { readonly is_entitled: boolean; readonly contact: string }

export async function getEntitlement(tx: ControlTx, organisation_id: string): Promise<Entitlement> {
  const row = await tx
    .selectFrom('identity.sso_setting')
    .select(['is_entitled', 'contact'])
    .where('organisation_id', '=', organisation_id)
    .executeTakeFirst()
  return row ?? { is_entitled: true, contact: '' }
}

/** Refuses with `sso_not_entitled`, naming the contact; the platform's own connections need no entitlement. */
export async function requireEntitled(tx: ControlTx, owner: ConnectionOwner): Promise<void> {
  if (owner === null) return
  const { is_entitled, contact } = await getEntitlement(tx, owner)
  if (!is_entitled) throw ssoNotEntitled({ contact }, contact === '' ? {} : { detail: `Ask ${contact} for it.` })
}

/** Sets whether an organisation may use single sign-on, with its log entry. Throws `not_found`. */
export async function setEntitlement(
  tx: ControlTx,
  origin: Origin,
  organisation_id: string,
  wanted: Entitlement,
): Promise<Entitlement> {
  const known = await tx
    .selectFrom('tenancy.organisation')
    .select('id')
    .where('id', '=', organisation_id)
    .where('status', '<>', 'creating')
    .executeTakeFirst()
  if (known === undefined) throw notFound()
  const before = await getEntitlement(tx, organisation_id)
  await tx
    .insertInto('identity.sso_setting')
    .values({ organisation_id, ...wanted })
    .onConflict((conflict) => conflict.column('organisation_id').doUpdateSet(wanted))
    .execute()
  const target = { type: 'organisation', id: organisation_id }
  const data = { before, after: wanted }
  await appendPlatformEntry(tx, origin, { event: 'sso_entitlement.changed', organisation_id, target, data })
  return wanted
}

const entryOf = (connection: Connection) => ({
  target: { type: 'sso_connection', id: connection.id },
  ...(connection.organisation_id !== null && { organisation_id: connection.organisation_id }),
})

/** What the log says of a connection. */
const told = ({
  id: _i,
  organisation_id: _o,
  secret_path: _p,
  secret_version: _v,
  created_at: _c,
  ...rest
}: Connection) => rest

/**
 * Makes a connection as a draft, without a secret, with its log entry; with an `act_id` once, however often. Throws `sso_not_entitled`, `sso_preset_invalid`,
 * `egress_refused` or `too_many_connections`.
 */
export async function createConnection(
  tx: ControlTx,
  origin: Origin,
  owner: ConnectionOwner,
  draft: ConnectionSettings & ProviderPlace,
  egress: EgressPolicy,
  act_id: string | null = null,
): Promise<Connection> {
  await requireEntitled(tx, owner)
  const made = act_id === null ? null : await findConnection(tx, act_id)
  if (made !== null) return made
  const place = placeOf(draft, egress)
  if ((await listConnections(tx, owner)).length >= MAX_CONNECTIONS) throw tooManyConnections({ limit: MAX_CONNECTIONS })
  const { name, client_id, scopes, groups_claim, admission, trusts_mfa, adopts_members, preset } = draft
  const row = await tx
    .insertInto('identity.sso_connection')
    .values({
      id: act_id ?? newId(),
      organisation_id: owner,
      name: name.trim(),
      client_id: client_id.trim(),
      preset,
      ...place,
      ...(scopes !== undefined && { scopes: withOpenid(scopes) }),
      ...(groups_claim !== undefined && { groups_claim }),
      ...(admission !== undefined && { admission }),
      ...(trusts_mfa !== undefined && { trusts_mfa }),
      ...(adopts_members !== undefined && { adopts_members }),
    })
    .returning(COLUMNS)
    .executeTakeFirstOrThrow()
  const connection = read(row)
  await appendPlatformEntry(tx, origin, {
    event: 'sso_connection.created',
    ...entryOf(connection),
    data: { after: told(connection) },
  })
  return connection
}

const withOpenid = (scopes: readonly string[]): string[] => [...new Set(['openid', ...scopes])]

export type ConnectionChange = Partial<ConnectionSettings> &
  Partial<ProviderPlace> & { readonly status?: 'enabled' | 'disabled' }

/**
 * Changes a connection, with its log entry. Whatever a sign-in rests on raises the revision: sign-ins under way and the last
 * test count no more. Disabling ends every session made through it. Throws `not_found`, `sso_not_entitled`,
 * `sso_preset_invalid`, `egress_refused` or `sso_secret_missing`.
 */
export async function changeConnection(
  tx: ControlTx,
  origin: Origin,
  owner: ConnectionOwner,
  connection_id: string,
  change: ConnectionChange,
  egress: EgressPolicy,
): Promise<Connection> {
  const before = await lockConnection(tx, owner, connection_id)
  if (change.status !== 'disabled') await requireEntitled(tx, owner)
  const { name, client_id, scopes, groups_claim, admission, trusts_mfa, adopts_members, status } = change
  const movesPlace = [change.preset, change.tenant, change.domain_url, change.issuer].some((each) => each !== undefined)
  const place = movesPlace ? placeOf({ preset: before.preset, ...change }, egress) : {}
  if (status === 'enabled' && before.secret_path === null) throw ssoSecretMissing()
  const judged = movesPlace || client_id !== undefined || scopes !== undefined || groups_claim !== undefined
  const row = await tx
    .updateTable('identity.sso_connection')
    .set({
      ...place,
      ...(change.preset !== undefined && { preset: change.preset }),
      ...(name !== undefined && { name: name.trim() }),
      ...(client_id !== undefined && { client_id: client_id.trim() }),
      ...(scopes !== undefined && { scopes: withOpenid(scopes) }),
      ...(groups_claim !== undefined && { groups_claim }),
      ...(admission !== undefined && { admission }),
      ...(trusts_mfa !== undefined && { trusts_mfa }),
      ...(adopts_members !== undefined && { adopts_members }),
      ...(status !== undefined && { status }),
      ...(judged && { revision: sql<number>`revision + 1` }),
    })
    .where('id', '=', connection_id)
    .returning(COLUMNS)
    .executeTakeFirstOrThrow()
  const after = read(row)
  // What was taken for two factors on trust is none any more, until somebody signs in and proves it.
  if (before.trusts_mfa && trusts_mfa === false) await forgetProvenFactors(tx, connection_id)
  const sessions_ended = status === 'disabled' ? await endSessionsOf(tx, connection_id) : 0
  const data = { before: told(before), after: told(after), sessions_ended }
  await appendPlatformEntry(tx, origin, { event: 'sso_connection.updated', ...entryOf(after), data })
  return after
}

async function forgetProvenFactors(tx: ControlTx, connection_id: string): Promise<void> {
  await tx
    .updateTable('identity.sso_identity')
    .set({ proves_factor: false })
    .where('connection_id', '=', connection_id)
    .execute()
}

async function endSessionsOf(tx: ControlTx, connection_id: string): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable('identity.session')
    .set({ revoked_at: sql`now()`, revoked_reason: 'connection_disabled' satisfies SessionEnd })
    .where('connection_id', '=', connection_id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/** Ends the sessions that one person has made through a connection; says how many. */
export async function endSessionsOfPerson(tx: ControlTx, connection_id: string, user_id: string): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable('identity.session')
    .set({ revoked_at: sql`now()`, revoked_reason: 'provider_logout' satisfies SessionEnd })
    .where('connection_id', '=', connection_id)
    .where('user_id', '=', user_id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/**
 * Deletes a connection with its domains, identities and tokens; every session made through it ends. What it gave in
 * organisations is taken back before, by the caller. Throws `not_found`.
 */
export async function deleteConnection(
  tx: ControlTx,
  origin: Origin,
  owner: ConnectionOwner,
  connection_id: string,
): Promise<Connection> {
  const before = await lockConnection(tx, owner, connection_id)
  const sessions_ended = await endSessionsOf(tx, connection_id)
  await tx.deleteFrom('identity.sso_connection').where('id', '=', connection_id).execute()
  const data = { before: told(before), sessions_ended }
  await appendPlatformEntry(tx, origin, { event: 'sso_connection.deleted', ...entryOf(before), data })
  return before
}

/** Where the client secret of a connection lies. */
export const clientSecretPath = (owner: ConnectionOwner, connection_id: string): string =>
  owner === null ? `platform/sso/${connection_id}` : `orgs/${owner}/sso/${connection_id}`

/** Puts a client secret into the secret store; nothing uses it until `useClientSecret`. Outside any transaction. */
export async function storeClientSecret(secrets: SecretStore, path: string, text: string) {
  const versions = await secrets.metadata(path).catch(() => null)
  const value = new Secret(text)
  const secret_version = await secrets.put(path, value, { cas: versions?.current_version ?? 0 })
  return { secret_path: path, secret_version, secret_mask: mask(value) }
}

/** Makes a stored secret the one in use, with its log entry. Throws `not_found` or `sso_not_entitled`. */
export async function useClientSecret(
  tx: ControlTx,
  origin: Origin,
  owner: ConnectionOwner,
  connection_id: string,
  stored: { readonly secret_path: string; readonly secret_version: number; readonly secret_mask: string },
): Promise<Connection> {
  await lockConnection(tx, owner, connection_id)
  await requireEntitled(tx, owner)
  const row = await tx
    .updateTable('identity.sso_connection')
    .set({ ...stored, revision: sql<number>`revision + 1` })
    .where('id', '=', connection_id)
    .returning(COLUMNS)
    .executeTakeFirstOrThrow()
  const connection = read(row)
  const { secret_mask, secret_version } = stored
  const data = { secret_mask, secret_version }
  await appendPlatformEntry(tx, origin, { event: 'sso_connection.secret_set', ...entryOf(connection), data })
  return connection
}

/** Notes that a test sign-in has succeeded with this revision, with its log entry. */
export async function noteTested(tx: ControlTx, origin: Origin, connection: Connection): Promise<void> {
  await tx
    .updateTable('identity.sso_connection')
    .set({ tested_revision: connection.revision, tested_at: sql<Date>`now()` })
    .where('id', '=', connection.id)
    .execute()
  await appendPlatformEntry(tx, origin, {
    event: 'sso.tested',
    ...entryOf(connection),
    data: { revision: connection.revision },
  })
}
