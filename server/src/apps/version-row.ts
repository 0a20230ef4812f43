// Versions of apps as they are stored: alike in control and in an organisation's database, so that public and internal apps
// go through the same code.

import type { Kysely } from 'kysely'
import type { ControlTx, OrganisationTx } from '../kernel/database.ts'
import type { DB as OrganisationTables } from '../kernel/organisation-tables.ts'
import { notFound } from '../kernel/problem.ts'

type Shared = 'apps.version' | 'apps.review' | 'apps.oath'

/** The tables that both kinds of database have alike. */
export type AppsTx = Kysely<Pick<OrganisationTables, Shared>>

/** A transaction of the control database, narrowed to the tables that both have. */
export const onPlatform = (tx: ControlTx): AppsTx => tx.$pickTables<Shared>()
/** A transaction of an organisation's database, narrowed to the tables that both have. */
export const inOrganisation = (tx: OrganisationTx): AppsTx => tx.$pickTables<Shared>()

export const VERSION_STATES = [
  'draft',
  'submitted',
  'approved',
  'published',
  'superseded',
  'suspended',
  'withdrawn',
] as const
export type VersionState = (typeof VERSION_STATES)[number]

/** A version without its content. */
export type VersionSummary = {
  readonly id: string
  readonly app_id: string
  /** Null for what ships with the product. */
  readonly author_id: string | null
  readonly state: VersionState
  readonly revision: number
  readonly name: string
  readonly version: string | null
  readonly reason: string | null
  readonly created_at: Date
  readonly updated_at: Date
  readonly submitted_at: Date | null
  readonly published_at: Date | null
  readonly ended_at: Date | null
}

export type VersionRow = VersionSummary & { readonly content: unknown; readonly content_hash: Buffer | null }

export const SUMMARY = [
  'id',
  'app_id',
  'author_id',
  'state',
  'revision',
  'name',
  'version',
  'reason',
  'created_at',
  'updated_at',
  'submitted_at',
  'published_at',
  'ended_at',
] as const

export const stateOf = (word: string): VersionState => {
  const state = VERSION_STATES.find((each) => each === word)
  if (state === undefined) throw new Error(`A version cannot be ${word}`)
  return state
}

/** One version with its content; refuses with `not_found`. */
export async function getVersionRow(tx: AppsTx, version_id: string): Promise<VersionRow> {
  const row = await tx
    .selectFrom('apps.version')
    .select([...SUMMARY, 'content', 'content_hash'])
    .where('id', '=', version_id)
    .executeTakeFirst()
  if (row === undefined) throw notFound()
  return { ...row, state: stateOf(row.state) }
}

/** All versions of an app, newest first; refuses with `not_found` an app that has none. */
export async function listVersionsOf(tx: AppsTx, app_id: string): Promise<readonly VersionSummary[]> {
  const rows = await tx
    .selectFrom('apps.version')
    .select(SUMMARY)
    .where('app_id', '=', app_id)
    .orderBy('id', 'desc')
    .limit(500)
    .execute()
  if (rows.length === 0) throw notFound()
  return rows.map((row) => ({ ...row, state: stateOf(row.state) }))
}
