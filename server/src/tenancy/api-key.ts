// API keys of people and of the organisation. The text is shown once; the database keeps a hash and a mask. A key works
// in one project and never carries more than its maker holds now (rulings; at use it is narrowed again by what they
// hold then).

import { sql } from 'kysely'
import { type Actor, memberIdOf } from '../access/actor.ts'
import { checkKeyScopes } from '../access/key-scope.ts'
import { scopeNotAllowed } from '../access/problems.ts'
import { bypassesPermissions, requirePermission } from '../access/require.ts'
import type { OrganisationTx } from '../kernel/database.ts'
import { newId } from '../kernel/id.ts'
import { DEFAULT_PAGE_SIZE, type Page, type PageQuery, pageOf, parseCursor } from '../kernel/page.ts'
import { notFound } from '../kernel/problem.ts'
import { newKeyText } from './api-key-format.ts'
import { requireResponsible } from './internal/acting-member.ts'
import { actWith, holdMember } from './internal/member-row.ts'
import { refuseReference, unknownReference } from './internal/reference.ts'
import { apiKeyRevoked } from './problems.ts'
import { getDefaultProjectId, requireProject } from './project-role.ts'
import { parseAddresses } from './security.ts'

export const MAX_KEY_DAYS = 365
export const DEFAULT_KEY_DAYS = 90

/** A key as it may be shown: never its text or hash. `member_id` is null for a key of the organisation. */
export type ApiKey = {
  readonly id: string
  readonly name: string
  readonly member_id: string | null
  readonly created_by: string
  readonly project_id: string
  readonly use_case_id: string | null
  readonly scopes: readonly string[]
  readonly mask: string
  readonly created_at: Date
  readonly expires_at: Date
  readonly last_used_at: Date | null
  readonly revoked_at: Date | null
  readonly service_account_id: string | null
  readonly addresses: readonly string[]
  readonly rotated_at: Date | null
  /** Until then the secret before the last rotation is good as well. */
  readonly previous_valid_until: Date | null
  /** Set while its service account is disabled. */
  readonly disabled_at: Date | null
}

const COLUMNS = [
  'id',
  'name',
  'member_id',
  'created_by',
  'project_id',
  'use_case_id',
  'scopes',
  'mask',
  'created_at',
  'expires_at',
  'last_used_at',
  'revoked_at',
  'service_account_id',
  'addresses',
  'rotated_at',
  'previous_valid_until',
  'disabled_at',
] as const

export type ApiKeyDraft = {
  readonly name: string
  readonly scopes: readonly string[]
  /** The organisation's default project if left out. */
  readonly project_id?: string | undefined
  readonly use_case_id?: string | undefined
  /** 1 to 365, 90 if left out. */
  readonly expires_in_days?: number | undefined
  /** From where it may be used, within what the organisation allows; everywhere if left out. */
  readonly addresses?: readonly string[] | undefined
  /** Of a key of the organisation: the account it belongs to. */
  readonly service_account_id?: string | undefined
  /** Who answers for a key of the organisation that the super-admin makes. */
  readonly responsible_member_id?: string | undefined
}

/** A key that was just made, with its text: the one time that it can be shown. */
export type NewApiKey = ApiKey & { readonly key: string }

/**
 * Makes a key of the actor's own, or of the organisation. Its scopes are among what its kind may carry and its maker
 * holds (`scope_not_allowed`), and its maker may run things in its project themselves (`reference_unknown`,
 * `project_role_missing`, `project_archived`). A key of a service account carries no more than the account. The super-admin
 * without a membership makes keys of the organisation in the name of the member who answers for them, and no more than
 * that member may; otherwise `membership_required`.
 */
export async function createApiKey(
  tx: OrganisationTx,
  actor: Actor,
  owner: 'person' | 'organisation',
  draft: ApiKeyDraft,
): Promise<NewApiKey> {
  const addresses = parseAddresses(draft.addresses ?? [])
  const { maker, created_by } = await makerOfKey(tx, actor, owner, draft)
  checkKeyScopes(maker, owner, draft.scopes)
  const account = draft.service_account_id === undefined ? null : await holdAccount(tx, draft)
  const project_id = draft.project_id ?? (await getDefaultProjectId(tx))
  await unknownReference('/project_id', requireProject(tx, maker, project_id, 'run'))
  if (draft.use_case_id !== undefined) await requireUseCase(tx, project_id, draft.use_case_id)
  const id = newId()
  const { text, secret_hash, mask } = newKeyText(actor.organisation_id, id)
  const api_key = await tx
    .insertInto('tenancy.api_key')
    .values({
      id,
      name: draft.name,
      member_id: owner === 'person' ? created_by : null,
      created_by: account?.responsible_member_id ?? created_by,
      service_account_id: account?.id ?? null,
      addresses: [...addresses],
      project_id,
      use_case_id: draft.use_case_id ?? null,
      scopes: [...draft.scopes],
      secret_hash,
      mask,
      expires_at: sql`now() + make_interval(days => ${draft.expires_in_days ?? DEFAULT_KEY_DAYS})`,
    })
    .returning(COLUMNS)
    .executeTakeFirstOrThrow()
  return { ...api_key, key: text }
}

type Maker = { readonly maker: Actor; readonly created_by: string }

/** Who makes a key, held, so that nobody who is being removed or demoted at this moment makes one that outlives it. */
async function makerOfKey(
  tx: OrganisationTx,
  actor: Actor,
  owner: 'person' | 'organisation',
  draft: ApiKeyDraft,
): Promise<Maker> {
  const permission = owner === 'person' ? 'api_key.own' : 'api_key.manage'
  const { responsible_member_id } = draft
  const isForeign = actor.kind === 'user' && actor.membership === null && bypassesPermissions(actor)
  if (!isForeign || owner === 'person' || responsible_member_id === undefined) {
    const created_by = requireResponsible(actor)
    const maker = actWith(actor, await holdMember(tx, created_by))
    requirePermission(maker, permission)
    return { maker, created_by }
  }
  requirePermission(actor, permission)
  const { status, ...membership } = await unknownReference(
    '/responsible_member_id',
    holdMember(tx, responsible_member_id),
  )
  if (status !== 'active') throw refuseReference('/responsible_member_id')
  const maker = { ...actor, is_superadmin: false, membership }
  return { maker, created_by: responsible_member_id }
}

/** The live service account of a new key, whose scopes it covers. */
async function holdAccount(tx: OrganisationTx, { service_account_id, scopes }: ApiKeyDraft) {
  const account = await tx
    .selectFrom('tenancy.service_account')
    .select(['id', 'permissions', 'responsible_member_id'])
    .where('id', '=', service_account_id ?? null)
    .where('disabled_at', 'is', null)
    .forShare()
    .executeTakeFirst()
  if (account === undefined) throw refuseReference('/service_account_id')
  const fields = scopes.flatMap((scope, index) =>
    account.permissions.includes(scope)
      ? []
      : [{ pointer: `/scopes/${index}`, message: 'is not among what the service account may do' }],
  )
  if (fields.length > 0) throw scopeNotAllowed({}, { fields })
  return account
}

async function requireUseCase(tx: OrganisationTx, project_id: string, use_case_id: string): Promise<void> {
  const found = await tx
    .selectFrom('tenancy.use_case')
    .select('id')
    .where('id', '=', use_case_id)
    .where('project_id', '=', project_id)
    .where('archived_at', 'is', null)
    .forShare()
    .executeTakeFirst()
  if (found === undefined) throw refuseReference('/use_case_id')
}

/** Which keys are meant: those of one member, those of the organisation itself, or all. */
export type KeyOwner = { readonly member_id: string } | 'organisation' | 'anybody'

export type ApiKeyQuery = PageQuery & {
  readonly revoked?: boolean
  readonly service_account_id?: string
  /** Part of the name. */
  readonly search?: string
}

/** A page of keys with their masks, newest first; those not revoked unless `revoked`. */
export async function listApiKeys(tx: OrganisationTx, owner: KeyOwner, query: ApiKeyQuery): Promise<Page<ApiKey>> {
  const cursor = parseCursor(query)
  const { search } = query
  const rows = await tx
    .selectFrom('tenancy.api_key')
    .select(COLUMNS)
    .where('revoked_at', query.revoked === true ? 'is not' : 'is', null)
    .$if(owner === 'organisation', (select) => select.where('member_id', 'is', null))
    .$if(typeof owner === 'object', (select) =>
      select.where('member_id', '=', typeof owner === 'object' ? owner.member_id : null),
    )
    .$if(query.service_account_id !== undefined, (select) =>
      select.where('service_account_id', '=', query.service_account_id ?? null),
    )
    .$if(search !== undefined, (select) => select.where(sql<boolean>`strpos(lower(name), lower(${search})) > 0`))
    .$if(cursor !== null, (select) => select.where('id', '<', cursor))
    .orderBy('id', 'desc')
    .limit((query.limit ?? DEFAULT_PAGE_SIZE) + 1)
    .execute()
  return pageOf(rows, query)
}

/** The keys of the actor themselves. Throws `membership_required`. */
export function ownKeys(actor: Actor): KeyOwner {
  return { member_id: requireResponsible(actor) }
}

/**
 * Revokes a key; its next use is 401. Throws `not_found` for a key that is not among those of `owner`,
 * `api_key_revoked` for one that was revoked before.
 */
export async function revokeApiKey(
  tx: OrganisationTx,
  actor: Actor,
  owner: KeyOwner,
  api_key_id: string,
): Promise<ApiKey> {
  await lockKey(tx, owner, api_key_id)
  return tx
    .updateTable('tenancy.api_key')
    .set((is) => ({ revoked_at: is.fn<Date>('now'), revoked_by: memberIdOf(actor) }))
    .where('id', '=', api_key_id)
    .returning(COLUMNS)
    .executeTakeFirstOrThrow()
}

/** A key that is not revoked, locked until the transaction ends. Throws as `revokeApiKey`. */
async function lockKey(tx: OrganisationTx, owner: KeyOwner, api_key_id: string): Promise<ApiKey> {
  const key = await tx
    .selectFrom('tenancy.api_key')
    .select(COLUMNS)
    .where('id', '=', api_key_id)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (key === undefined) throw notFound()
  if (typeof owner === 'object' && key.member_id !== owner.member_id) throw notFound()
  if (owner === 'organisation' && key.member_id !== null) throw notFound()
  if (key.revoked_at !== null) throw apiKeyRevoked()
  return key
}

export type ApiKeyChange = { readonly name?: string; readonly addresses?: readonly string[] }

/** Changes the name of a key, or from where it may be used. Throws as `revokeApiKey`, or `address_invalid`. */
export async function changeApiKey(
  tx: OrganisationTx,
  owner: KeyOwner,
  api_key_id: string,
  change: ApiKeyChange,
): Promise<ApiKey & { readonly before: Required<ApiKeyChange> }> {
  const { name, addresses } = await lockKey(tx, owner, api_key_id)
  const before = { name, addresses }
  const after = {
    name: change.name ?? name,
    addresses: change.addresses === undefined ? [...addresses] : [...parseAddresses(change.addresses)],
  }
  const key = await tx
    .updateTable('tenancy.api_key')
    .set(after)
    .where('id', '=', api_key_id)
    .returning(COLUMNS)
    .executeTakeFirstOrThrow()
  return { ...key, before }
}

export type Rotation = {
  /** How long the secret before stays good; 0 ends it at once. */
  readonly overlap_hours: number
  readonly expires_in_days: number
}

/**
 * Gives a key a new secret, shown this once; the one before stays good for a while, and the one before that ends. Who
 * rotates could make such a key anew (`scope_not_allowed`), and nobody rotates the personal key of another. Throws as
 * `revokeApiKey`.
 */
export async function rotateApiKey(
  tx: OrganisationTx,
  actor: Actor,
  owner: KeyOwner,
  api_key_id: string,
  { overlap_hours, expires_in_days }: Rotation,
): Promise<NewApiKey> {
  const { scopes, member_id } = await lockKey(tx, owner, api_key_id)
  // The super-admin without a membership gets no secret into their hands that acts as somebody's.
  requireResponsible(actor)
  checkKeyScopes(actor, member_id === null ? 'organisation' : 'person', scopes)
  const { text, secret_hash, mask } = newKeyText(actor.organisation_id, api_key_id)
  const isOverlapping = overlap_hours > 0
  const key = await tx
    .updateTable('tenancy.api_key')
    .set((of) => ({
      previous_secret_hash: isOverlapping ? of.ref('secret_hash') : null,
      previous_valid_until: isOverlapping ? sql<Date>`now() + make_interval(hours => ${overlap_hours})` : null,
      secret_hash,
      mask,
      rotated_at: sql<Date>`now()`,
      expires_at: sql<Date>`now() + make_interval(days => ${expires_in_days})`,
    }))
    .where('id', '=', api_key_id)
    .returning(COLUMNS)
    .executeTakeFirstOrThrow()
  return { ...key, key: text }
}

/**
 * Notes that a key was used, at most once a minute; says whether it wrote. It never waits for another who notes the
 * same.
 */
export async function touchApiKey(tx: OrganisationTx, api_key_id: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('tenancy.api_key')
    .set((is) => ({ last_used_at: is.fn<Date>('now') }))
    .where('id', 'in', (due) =>
      due
        .selectFrom('tenancy.api_key')
        .select('id')
        .where('id', '=', api_key_id)
        .where((is) =>
          is.or([is('last_used_at', 'is', null), is('last_used_at', '<', sql<Date>`now() - interval '1 minute'`)]),
        )
        .forNoKeyUpdate()
        .skipLocked(),
    )
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
