// Apps as those who work on them see them: each with its newest version and the one that is current.

import { sql } from 'kysely'
import type { ControlTx, OrganisationTx } from '../kernel/database.ts'
import { newId } from '../kernel/id.ts'
import { DEFAULT_PAGE_SIZE, type Page, type PageQuery, pageOf, parseCursor } from '../kernel/page.ts'
import { insertDraft } from './version.ts'
import {
  type AppsTx,
  inOrganisation,
  onPlatform,
  SUMMARY,
  stateOf,
  type VersionState,
  type VersionSummary,
} from './version-row.ts'

/** An app of the organisation with its first draft. */
export async function createInternalApp(
  tx: OrganisationTx,
  author_id: string,
  content: unknown,
): Promise<VersionSummary> {
  const id = newId()
  await tx.insertInto('apps.app').values({ id }).execute()
  return insertDraft(inOrganisation(tx), { app_id: id, author_id, content })
}

/** An app of the platform with its first draft. */
export async function createPublicApp(tx: ControlTx, author_id: string, content: unknown): Promise<VersionSummary> {
  const id = newId()
  await tx.insertInto('apps.app').values({ id }).execute()
  return insertDraft(onPlatform(tx), { app_id: id, author_id, content })
}

/** An app by its newest version; `current` is the one that is published or suspended, null before there is one. */
export type WorkedApp = Omit<VersionSummary, 'id'> & {
  readonly id: string
  readonly version_id: string
  readonly current: VersionSummary | null
}

export type WorkedAppQuery = PageQuery & { readonly state?: VersionState }

/** A page of apps, newest first; with `state` those whose newest version is in it. */
export async function listWorkedApps(tx: AppsTx, query: WorkedAppQuery): Promise<Page<WorkedApp>> {
  const cursor = parseCursor(query)
  const { state = null } = query
  const { rows } = await sql<{ id: string; version_id: string; current_id: string | null }>`
    select newest.app_id as id, newest.id as version_id, current.id as current_id
    from (select distinct on (app_id) app_id, id, state from apps.version order by app_id, id desc) newest
      left join apps.version current on current.app_id = newest.app_id and current.state in ('published', 'suspended')
    where (${cursor}::uuid is null or newest.app_id < ${cursor}::uuid)
      and (${state}::text is null or newest.state = ${state}::text)
    order by newest.app_id desc limit ${(query.limit ?? DEFAULT_PAGE_SIZE) + 1}`.execute(tx)
  const versions = await readSummaries(tx, [
    ...rows.map(({ version_id }) => version_id),
    ...rows.flatMap(({ current_id }) => (current_id === null ? [] : [current_id])),
  ])
  const items = rows.flatMap(({ id, version_id, current_id }) => {
    const newest = versions.get(version_id)
    const current = current_id === null ? null : (versions.get(current_id) ?? null)
    return newest === undefined ? [] : [{ ...newest, id, version_id, current }]
  })
  return pageOf(items, query)
}

async function readSummaries(tx: AppsTx, ids: readonly string[]): Promise<ReadonlyMap<string, VersionSummary>> {
  if (ids.length === 0) return new Map()
  const rows = await tx
    .selectFrom('apps.version')
    .select(SUMMARY)
    .where('id', 'in', [...ids])
    .execute()
  return new Map(rows.map((row) => [row.id, { ...row, state: stateOf(row.state) }]))
}

/** The versions that wait for a reviewer, the longest waiting first. */
export async function listSubmissions(tx: AppsTx): Promise<readonly VersionSummary[]> {
  const rows = await tx
    .selectFrom('apps.version')
    .select(SUMMARY)
    .where('state', '=', 'submitted')
    .orderBy('submitted_at')
    .limit(500)
    .execute()
  return rows.map((row) => ({ ...row, state: stateOf(row.state) }))
}
