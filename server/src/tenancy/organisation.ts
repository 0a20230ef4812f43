// Organisations as control knows them: name, metadata, status. Their content is in their own databases; their members
// are asked there.

import { sql } from 'kysely'
import type { Origin } from '../audit/append.ts'
import { appendPlatformEntry } from '../audit/append.ts'
import type { AuditEvent } from '../audit/event.ts'
import type { ControlDatabase, ControlTx } from '../kernel/database.ts'
import { DEFAULT_PAGE_SIZE, type Page, type PageQuery, pageOf, parseCursor } from '../kernel/page.ts'
import { notFound } from '../kernel/problem.ts'
import { wordOf } from './internal/member-row.ts'
import { organisationStatusRefused } from './problems.ts'

/** `creating` is left out on purpose: such an organisation is seen by nobody. */
export const ORGANISATION_STATUSES = ['awaiting_owner', 'active', 'suspended', 'archived', 'pending_purge'] as const
export type OrganisationStatus = (typeof ORGANISATION_STATUSES)[number]

/** Words that the organisation's administrators keep about it. */
export type Metadata = Readonly<Record<string, string>>

export type Organisation = {
  readonly id: string
  readonly name: string
  readonly status: OrganisationStatus
  readonly metadata: Metadata
  readonly created_at: Date
  /** When a deleted organisation will be purged; until then it can be restored. */
  readonly purge_after: Date | null
}

/** How long a deleted organisation can be restored. */
const PURGE_GRACE_DAYS = 30

type OrganisationColumns = {
  readonly id: string
  readonly name: string
  readonly status: string
  readonly metadata: unknown
  readonly created_at: Date
  readonly status_changed_at: Date
}

const COLUMNS = ['id', 'name', 'status', 'metadata', 'created_at', 'status_changed_at'] as const

function readMetadata(json: unknown): Metadata {
  if (typeof json !== 'object' || json === null) return {}
  return Object.fromEntries(
    Object.entries(json).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  )
}

function readOrganisation({ status_changed_at, ...row }: OrganisationColumns): Organisation {
  const status = wordOf(ORGANISATION_STATUSES, row.status)
  const purge_ms = status_changed_at.getTime() + PURGE_GRACE_DAYS * 86_400_000
  const purge_after = status === 'pending_purge' ? new Date(purge_ms) : null
  return { ...row, status, metadata: readMetadata(row.metadata), purge_after }
}

const selectOrganisations = (tx: ControlTx) =>
  tx.selectFrom('tenancy.organisation').select(COLUMNS).where('status', '<>', 'creating')

/** The organisation, or `not_found`. */
export async function getOrganisation(tx: ControlTx, organisation_id: string): Promise<Organisation> {
  const row = await selectOrganisations(tx).where('id', '=', organisation_id).executeTakeFirst()
  if (row === undefined) throw notFound()
  return readOrganisation(row)
}

export type OrganisationQuery = PageQuery & {
  /** Part of the name. */
  readonly search?: string
  readonly status?: OrganisationStatus
}

/** The name of an organisation, for what is written in its name. Throws `not_found`. */
export async function organisationNameOf(control: ControlDatabase, organisation_id: string): Promise<string> {
  const row = await control.transaction((tx) =>
    tx.selectFrom('tenancy.organisation').select('name').where('id', '=', organisation_id).executeTakeFirst(),
  )
  if (row === undefined) throw notFound()
  return row.name
}

/** A page of all organisations of the deployment, newest first. */
export async function listOrganisations(tx: ControlTx, query: OrganisationQuery): Promise<Page<Organisation>> {
  const cursor = parseCursor(query)
  const { search, status } = query
  const rows = await selectOrganisations(tx)
    .$if(status !== undefined, (select) => select.where('status', '=', status ?? ''))
    .$if(search !== undefined, (select) => select.where(sql<boolean>`strpos(lower(name), lower(${search})) > 0`))
    .$if(cursor !== null, (select) => select.where('id', '<', cursor))
    .orderBy('id', 'desc')
    .limit((query.limit ?? DEFAULT_PAGE_SIZE) + 1)
    .execute()
  return pageOf(rows.map(readOrganisation), query)
}

/** Every active organisation by name, for the sheet *Workspaces* of an import. */
export async function listActiveOrganisations(
  tx: ControlTx,
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  return tx
    .selectFrom('tenancy.organisation')
    .select(['id', 'name'])
    .where('status', '=', 'active')
    .orderBy('name')
    .orderBy('id')
    .execute()
}

/** What a menu needs to know of an organisation. */
export type OrganisationHint = Pick<Organisation, 'id' | 'name' | 'status'>

/**
 * A page of the organisations a person probably belongs to, newest first: a hint, the organisations themselves decide.
 */
export async function listOrganisationHints(
  tx: ControlTx,
  user_id: string,
  query: PageQuery,
): Promise<Page<OrganisationHint>> {
  const cursor = parseCursor(query)
  const rows = await tx
    .selectFrom('tenancy.organisation as o')
    .innerJoin('tenancy.member_directory as d', 'd.organisation_id', 'o.id')
    .select(['o.id', 'o.name', 'o.status'])
    .where('d.user_id', '=', user_id)
    .where('o.status', '<>', 'creating')
    .$if(cursor !== null, (select) => select.where('o.id', '<', cursor))
    .orderBy('o.id', 'desc')
    .limit((query.limit ?? DEFAULT_PAGE_SIZE) + 1)
    .execute()
  return pageOf(
    rows.map((row) => ({ ...row, status: wordOf(ORGANISATION_STATUSES, row.status) })),
    query,
  )
}

/** The newest 200 organisations a person probably belongs to. */
export async function listOrganisationsOf(tx: ControlTx, user_id: string): Promise<readonly OrganisationHint[]> {
  return (await listOrganisationHints(tx, user_id, { limit: 200 })).items
}

async function lockOrganisation(tx: ControlTx, organisation_id: string): Promise<Organisation> {
  const row = await selectOrganisations(tx).where('id', '=', organisation_id).forNoKeyUpdate().executeTakeFirst()
  if (row === undefined) throw notFound()
  return readOrganisation(row)
}

export type OrganisationChange = { readonly name?: string; readonly metadata?: Metadata }

/**
 * Changes name or metadata, which are replaced as a whole. Control decides, and its entry is brought to the
 * organisation's log (`entry-delivery.ts`). Throws `not_found`.
 */
export async function changeOrganisation(
  tx: ControlTx,
  origin: Origin,
  organisation_id: string,
  change: OrganisationChange,
): Promise<Organisation> {
  const organisation = await lockOrganisation(tx, organisation_id)
  const before = { name: organisation.name, metadata: organisation.metadata }
  const after = { ...before, ...change }
  await tx
    .updateTable('tenancy.organisation')
    .set({ name: after.name, metadata: JSON.stringify(after.metadata) })
    .where('id', '=', organisation_id)
    .execute()
  const target = { type: 'organisation', id: organisation_id }
  const data = { before, after }
  await appendPlatformEntry(tx, origin, { event: 'organisation.settings_updated', organisation_id, target, data })
  return { ...organisation, ...after }
}

type StatusAct = {
  readonly from: readonly OrganisationStatus[]
  readonly to: OrganisationStatus
  readonly event: AuditEvent
}

/** What can be done to the status of an organisation, from where, and where it leads. */
export const STATUS_ACTS = {
  suspend: { from: ['active'], to: 'suspended', event: 'organisation.suspended' },
  archive: { from: ['active', 'suspended'], to: 'archived', event: 'organisation.archived' },
  restore: { from: ['suspended', 'archived', 'pending_purge'], to: 'active', event: 'organisation.restored' },
  delete: {
    from: ['active', 'suspended', 'archived', 'awaiting_owner'],
    to: 'pending_purge',
    event: 'organisation.deleted',
  },
} as const satisfies Record<string, StatusAct>

export type StatusActName = keyof typeof STATUS_ACTS

/**
 * Suspends, archives, restores or deletes an organisation; every request asks for the status, so it holds from the next
 * one on. The reason stands in both logs, and its people are told it while it is closed to them. Throws `not_found` or `organisation_status_refused`.
 */
export async function changeOrganisationStatus(
  tx: ControlTx,
  origin: Origin,
  organisation_id: string,
  name: StatusActName,
  reason?: string,
): Promise<Organisation> {
  const act: StatusAct = STATUS_ACTS[name]
  const { status } = await lockOrganisation(tx, organisation_id)
  if (!act.from.includes(status)) {
    const detail = `It is ${status}; this is possible while it is ${act.from.join(' or ')}.`
    throw organisationStatusRefused({ status, allowed: act.from }, { detail })
  }
  const row = await tx
    .updateTable('tenancy.organisation')
    .set({ status: act.to, status_changed_at: sql<Date>`clock_timestamp()`, status_reason: reason ?? null })
    .where('id', '=', organisation_id)
    .returning(COLUMNS)
    .executeTakeFirstOrThrow()
  const target = { type: 'organisation', id: organisation_id }
  const data = { before: { status }, after: { status: act.to }, ...(reason !== undefined && { reason }) }
  await appendPlatformEntry(tx, origin, { event: act.event, organisation_id, target, data })
  return readOrganisation(row)
}
