// Policy documents as they are kept: the platform's in control, an organisation's in its own database, in tables that
// are alike. Every version stays; the highest one is in force. A new version names the one it replaces, so that nobody
// overwrites unseen.

import { sql } from 'kysely'
import type { Actor, PlatformActor } from '../access/actor.ts'
import { constraintOf } from '../kernel/database-error.ts'
import type { ControlTx, OrganisationTx } from '../kernel/database.ts'
import { badCursor, DEFAULT_PAGE_SIZE, type Page, type PageQuery } from '../kernel/page.ts'
import { notFound } from '../kernel/problem.ts'
import type { PolicyDocument, PolicyField, PolicyValue } from './document.ts'
import { parsePolicyDocument, POLICY_FIELDS } from './document.ts'
import { checkNotLooser, effectivePolicy, looserValues, type PolicyLevel } from './effective.ts'
import { policyVersionConflict } from './problems.ts'

type AnyTx = ControlTx | OrganisationTx

/** A version of a document. Version 0 is the empty document that stands before the first one. */
export type PolicyVersion = {
  readonly version: number
  readonly document: PolicyDocument
  /** Why it was put in force; null for versions that were before reasons were asked. */
  readonly reason: string | null
  readonly created_by: string | null
  readonly created_at: Date | null
}

type Row = Omit<PolicyVersion, 'document'> & { readonly content: unknown }

const NO_POLICY: PolicyVersion = Object.freeze({
  version: 0,
  document: {},
  reason: null,
  created_by: null,
  created_at: null,
})

const versionOf = ({ content, ...row }: Row): PolicyVersion => ({ ...row, document: parsePolicyDocument(content) })

/** The document in force: in control the platform's, in an organisation's database its own. */
export async function getPolicy(tx: AnyTx): Promise<PolicyVersion> {
  const { rows } = await sql<Row>`
    select version, content, reason, created_by, created_at from policy.document order by version desc limit 1`.execute(
    tx,
  )
  const [row] = rows
  return row === undefined ? NO_POLICY : versionOf(row)
}

/** One version; refuses with `not_found`. */
export async function getPolicyVersion(tx: AnyTx, version: number): Promise<PolicyVersion> {
  const { rows } = await sql<Row>`
    select version, content, reason, created_by, created_at from policy.document where version = ${version}`.execute(tx)
  const [row] = rows
  if (row === undefined) throw notFound()
  return versionOf(row)
}

/** A page of versions, newest first. */
export async function listPolicyVersions(tx: AnyTx, query: PageQuery): Promise<Page<PolicyVersion>> {
  const before = parseVersionCursor(query)
  const limit = query.limit ?? DEFAULT_PAGE_SIZE
  const { rows } = await sql<Row>`
    select version, content, reason, created_by, created_at from policy.document
    where ${before}::integer is null or version < ${before}::integer
    order by version desc limit ${limit + 1}`.execute(tx)
  const items = rows.slice(0, limit).map(versionOf)
  const last = items.at(-1)
  return { items, next_cursor: rows.length > limit && last !== undefined ? String(last.version) : null }
}

/** The version before which a page starts, or null for the first page; refuses a cursor that is none (`bad_cursor`). */
function parseVersionCursor(query: PageQuery): number | null {
  if (query.cursor === undefined) return null
  if (!/^[1-9][0-9]{0,8}$/.test(query.cursor)) throw badCursor()
  return Number(query.cursor)
}

/** A field of the policy in force: what each level says, what holds, and which level demands it. */
export type FieldInForce = {
  readonly field: PolicyField
  readonly platform: PolicyValue<PolicyField> | null
  readonly tier: PolicyValue<PolicyField> | null
  readonly organisation: PolicyValue<PolicyField> | null
  readonly effective: PolicyValue<PolicyField> | null
  readonly set_by: PolicyLevel | null
  /** Why the organisation's value does not hold: what stands above it was tightened after it had been set. */
  readonly overruled: string | null
}

/** The policy in force, field by field. A value of null is not set; a limit without any value is no limit. */
export function explainPolicy(
  platform: PolicyDocument,
  organisation: PolicyDocument,
  tier: PolicyDocument = {},
): readonly FieldInForce[] {
  const policy = effectivePolicy(platform, organisation, tier)
  const overruled = new Map(looserValues(platform, organisation, tier).map((each) => [each.pointer, each.message]))
  return POLICY_FIELDS.map((field) => ({
    field,
    platform: platform[field] ?? null,
    tier: tier[field] ?? null,
    organisation: organisation[field] ?? null,
    effective: policy.values[field] ?? null,
    set_by: policy.set_by[field] ?? null,
    overruled: overruled.get(`/${field}`) ?? null,
  }))
}

/** Fields with their values, null where a document does not set them. */
type Values = Readonly<Partial<Record<PolicyField, PolicyValue<PolicyField> | null>>>

/** A new version, and for the log what it changed. */
export type PutPolicy = PolicyVersion & { readonly before: Values; readonly after: Values }

/** A document that is to be put in force, over which version, and why. */
export type PolicyDraft = {
  readonly replaces: number
  readonly document: PolicyDocument
  readonly reason: string
}

/** Puts a new version of the platform's document in force. Throws `policy_version_conflict`. */
export async function putPlatformPolicy(tx: ControlTx, actor: PlatformActor, draft: PolicyDraft): Promise<PutPolicy> {
  return replaceVersion(tx, draft, actor.kind === 'user' ? actor.user_id : null)
}

/**
 * Puts a new version of the organisation's document in force, under the platform's as the caller has just read it.
 * Throws `policy_looser`, naming each value that the platform does not allow with its bound, or
 * `policy_version_conflict`.
 */
export async function putOrganisationPolicy(
  tx: OrganisationTx,
  actor: Actor,
  platform: PolicyDocument,
  draft: PolicyDraft,
): Promise<PutPolicy> {
  checkNotLooser(platform, draft.document)
  return replaceVersion(tx, draft, authorOf(actor))
}

/** The author as the log names them: by the membership, the super-admin without one by the account. */
function authorOf(actor: Actor): string {
  if (actor.kind !== 'user') throw new Error('Only persons change a policy')
  return actor.membership?.member_id ?? actor.user_id
}

async function replaceVersion(
  tx: AnyTx,
  { replaces, document, reason }: PolicyDraft,
  author_id: string | null,
): Promise<PutPolicy> {
  const current = await getPolicy(tx)
  if (current.version !== replaces) throw outdated(current.version, replaces)
  const { rows } = await sql<Row>`
    insert into policy.document (version, content, reason, created_by)
    values (${replaces + 1}, ${JSON.stringify(document)}, ${reason}, ${author_id})
    returning version, content, reason, created_by, created_at`
    .execute(tx)
    .catch((error: unknown) => {
      // Two who have seen the same version both insert the next one: the key lets one of them through.
      throw constraintOf(error) === 'document_pkey' ? outdated(replaces + 1, replaces) : error
    })
  const [row] = rows
  if (row === undefined) throw new Error('The new version was not written')
  return { ...versionOf(row), ...changesOf(current.document, document) }
}

const outdated = (version: number, replaces: number) =>
  policyVersionConflict(
    { version, replaces },
    { detail: `Version ${version} is in force now. Look at it, then put your change on top of it.` },
  )

function changesOf(before: PolicyDocument, after: PolicyDocument): { readonly before: Values; readonly after: Values } {
  const changed = POLICY_FIELDS.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
  const pick = (document: PolicyDocument): Values =>
    Object.fromEntries(changed.map((field) => [field, document[field] ?? null]))
  return { before: pick(before), after: pick(after) }
}
