// Tokens with which a provider provisions people (SCIM). Each belongs to one connection, of an organisation or of the platform, is
// shown once and stored as a hash; two may live side by side, so that one can be replaced without a gap.

import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { appendPlatformEntry, type Origin } from '../../audit/append.ts'
import type { ControlTx } from '../../kernel/database.ts'
import { newId, newSecretText } from '../../kernel/id.ts'
import type { Placement } from '../../kernel/organisation-databases.ts'
import { notFound } from '../../kernel/problem.ts'
import { mask, Secret } from '../../keys/secret.ts'
import { type ConnectionOwner, getConnection, requireEntitled } from './connection.ts'
import { scimTokenLimit } from './problems.ts'

const MAX_LIVE = 2

export type ScimToken = {
  readonly id: string
  readonly mask: string
  readonly created_at: Date
  readonly expires_at: Date
  readonly last_used_at: Date | null
  readonly revoked_at: Date | null
}

const COLUMNS = ['id', 'mask', 'created_at', 'expires_at', 'last_used_at', 'revoked_at'] as const

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()

/** The tokens of a connection, newest first, revoked ones too; at most 100. Throws `not_found`. */
export async function listScimTokens(
  tx: ControlTx,
  owner: ConnectionOwner,
  connection_id: string,
): Promise<readonly ScimToken[]> {
  await getConnection(tx, owner, connection_id)
  return tx
    .selectFrom('identity.scim_token')
    .select(COLUMNS)
    .where('connection_id', '=', connection_id)
    .orderBy('id', 'desc')
    .limit(100)
    .execute()
}

/** Makes a token, with its log entry; `token` is shown once. Throws `not_found`, `sso_not_entitled` or `scim_token_limit`. */
export async function createScimToken(
  tx: ControlTx,
  origin: Origin,
  owner: ConnectionOwner,
  connection_id: string,
  days: number,
): Promise<ScimToken & { readonly token: string }> {
  await getConnection(tx, owner, connection_id)
  await requireEntitled(tx, owner)
  await tx.selectFrom('identity.sso_connection').select('id').where('id', '=', connection_id).forUpdate().execute()
  const live = await tx
    .selectFrom('identity.scim_token')
    .select('id')
    .where('connection_id', '=', connection_id)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', sql<Date>`now()`)
    .execute()
  if (live.length >= MAX_LIVE) throw scimTokenLimit({ limit: MAX_LIVE })
  const token = `rvp_${newSecretText()}`
  const row = await tx
    .insertInto('identity.scim_token')
    .values({
      id: newId(),
      connection_id,
      token_hash: hashOf(token),
      mask: mask(new Secret(token)),
      expires_at: sql<Date>`now() + make_interval(days => ${days})`,
    })
    .returning(COLUMNS)
    .executeTakeFirstOrThrow()
  await appendPlatformEntry(tx, origin, {
    event: 'scim_token.created',
    ...(owner !== null && { organisation_id: owner }),
    target: { type: 'scim_token', id: row.id },
    data: { connection_id, mask: row.mask, expires_at: row.expires_at },
  })
  return { ...row, token }
}

/** Revokes a token at once, with its log entry. Throws `not_found`. */
export async function revokeScimToken(
  tx: ControlTx,
  origin: Origin,
  owner: ConnectionOwner,
  connection_id: string,
  token_id: string,
): Promise<void> {
  await getConnection(tx, owner, connection_id)
  const row = await tx
    .updateTable('identity.scim_token')
    .set({ revoked_at: sql<Date>`now()` })
    .where('id', '=', token_id)
    .where('connection_id', '=', connection_id)
    .where('revoked_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  if (row === undefined) throw notFound()
  const target = { type: 'scim_token', id: token_id }
  await appendPlatformEntry(tx, origin, {
    event: 'scim_token.revoked',
    ...(owner !== null && { organisation_id: owner }),
    target,
    data: { connection_id },
  })
}

/** What a token is good for now. */
export type Provisioner = {
  readonly token_id: string
  readonly connection_id: string
  /** Null for a connection of the platform. */
  readonly organisation_id: string | null
  /** Whether people who were members before may be taken over. */
  readonly adopts_members: boolean
  /** Of the organisation, when it can be reached. */
  readonly placement: Placement | null
}

/**
 * Whose a token is, or null: unknown, revoked, expired, its connection not in use, its organisation not active or not entitled,
 * all alike. Notes that it was used, at most once a minute.
 */
export async function findProvisioner(tx: ControlTx, token: string): Promise<Provisioner | null> {
  if (!/^rvp_[A-Za-z0-9_-]{43}$/.test(token)) return null
  const row = await tx
    .selectFrom('identity.scim_token as t')
    .innerJoin('identity.sso_connection as c', 'c.id', 't.connection_id')
    .leftJoin('tenancy.organisation as o', 'o.id', 'c.organisation_id')
    .leftJoin('identity.sso_setting as s', 's.organisation_id', 'o.id')
    .leftJoin('kernel.placement as p', 'p.organisation_id', 'o.id')
    .select([
      't.id as token_id',
      'c.id as connection_id',
      'c.adopts_members',
      'c.organisation_id',
      'p.database_name',
      'p.role_version',
    ])
    .select(sql<boolean>`coalesce(t.last_used_at, '-infinity') < now() - interval '1 minute'`.as('is_due'))
    .where('t.token_hash', '=', hashOf(token))
    .where('t.revoked_at', 'is', null)
    .where('t.expires_at', '>', sql<Date>`now()`)
    .where('c.status', '=', 'enabled')
    .where((is) => is.or([is('c.organisation_id', 'is', null), is('o.status', '=', 'active')]))
    .where((is) => is.or([is('s.is_entitled', 'is', null), is('s.is_entitled', '=', true)]))
    .executeTakeFirst()
  if (row === undefined) return null
  const { database_name, role_version, is_due, ...known } = row
  if (is_due) {
    await tx
      .updateTable('identity.scim_token')
      .set({ last_used_at: sql<Date>`now()` })
      .where('id', '=', row.token_id)
      .execute()
  }
  const placement = database_name === null || role_version === null ? null : { database_name, role_version }
  return { ...known, placement }
}
