// API keys of people and of the organisation. The text is shown once; the database keeps a hash and a mask. A key works
// in one project and never carries more than its maker holds now (rulings; at use it is narrowed again by what they
// hold then).

import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { checkKeyScopes } from '../access/key-scope.ts'
import { requirePermission } from '../access/require.ts'
import type { OrganisationTx } from '../kernel/database.ts'
import { newId } from '../kernel/id.ts'
import { DEFAULT_PAGE_SIZE, type Page, type PageQuery, pageOf, parseCursor } from '../kernel/page.ts'
import { notFound } from '../kernel/problem.ts'
import { newKeyText } from './api-key-format.ts'
import { memberIdOf, requireResponsible } from './internal/acting-member.ts'
import { actWith, holdMember } from './internal/member-row.ts'
import { refuseReference, unknownReference } from './internal/reference.ts'
import { apiKeyRevoked } from './problems.ts'
import { getDefaultProjectId, requireProject } from './project-role.ts'

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
] as const

export type ApiKeyDraft = {
  readonly name: string
  readonly scopes: readonly string[]
  /** The organisation's default project if left out. */
  readonly project_id?: string | undefined
  readonly use_case_id?: string | undefined
  /** 1 to 365, 90 if left out. */
  readonly expires_in_days?: number | undefined
}

/** A key that was just made, with its text: the one time that it can be shown. */
export type NewApiKey = ApiKey & { readonly key: string }

/**
 * Makes a key of the actor's own, or of the organisation. Its scopes are among what its kind may carry and its maker
 * holds (`scope_not_allowed`), and its maker may run things in its project themselves (`reference_unknown`,
 * `project_role_missing`, `project_archived`). Throws `membership_required` to the super-admin without a membership.
 */
export async function createApiKey(
  tx: OrganisationTx,
  actor: Actor,
  owner: 'person' | 'organisation',
  draft: ApiKeyDraft,
): Promise<NewApiKey> {
  const created_by = requireResponsible(actor)
  // Held, so that nobody who is being removed or demoted at this moment makes a key that outlives it.
  const maker = actWith(actor, await holdMember(tx, created_by))
  requirePermission(maker, owner === 'person' ? 'api_key.own' : 'api_key.manage')
  checkKeyScopes(maker, owner, draft.scopes)
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
      created_by,
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

export type ApiKeyQuery = PageQuery & { readonly revoked?: boolean }

/** A page of keys with their masks, newest first; those not revoked unless `revoked`. */
export async function listApiKeys(tx: OrganisationTx, owner: KeyOwner, query: ApiKeyQuery): Promise<Page<ApiKey>> {
  const cursor = parseCursor(query)
  const rows = await tx
    .selectFrom('tenancy.api_key')
    .select(COLUMNS)
    .where('revoked_at', query.revoked === true ? 'is not' : 'is', null)
    .$if(owner === 'organisation', (select) => select.where('member_id', 'is', null))
    .$if(typeof owner === 'object', (select) =>
      select.where('member_id', '=', typeof owner === 'object' ? owner.member_id : null),
    )
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
  return tx
    .updateTable('tenancy.api_key')
    .set((is) => ({ revoked_at: is.fn<Date>('now'), revoked_by: memberIdOf(actor) }))
    .where('id', '=', api_key_id)
    .returning(COLUMNS)
    .executeTakeFirstOrThrow()
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
