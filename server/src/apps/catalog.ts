// What a member can choose from: the organisation's own apps and the public ones that its catalogue has (requirements 1.7).

import { sql } from 'kysely'
import type { ControlTx, OrganisationTx } from '../kernel/database.ts'
import { notFound } from '../kernel/problem.ts'
import type { AppContract } from './contract.ts'
import type { AppSource } from './known.ts'
import { contractOf, isInCatalogue, readCatalogue } from './known-apps.ts'
import { type AppsTx, inOrganisation, onPlatform } from './version-row.ts'

/** An app as lists show it. */
export type ListedApp = {
  readonly app_id: string
  readonly source: AppSource
  readonly version_id: string
  readonly version: string
  readonly name: string
  readonly description: string
  readonly category: string
  readonly tags: readonly string[]
  readonly language: string
  readonly icon: string | null
  readonly engine_type: string
  readonly risk: string
  readonly supervision_required: boolean
  readonly base_micros: number
  readonly published_at: Date
}

/** More apps than anybody scrolls through; search finds the rest. */
const MAX_LISTED = 2000

type Row = {
  readonly id: string
  readonly app_id: string
  readonly version: string
  readonly content: unknown
  readonly content_hash: Buffer
  readonly published_at: Date
}

/** The published apps of one database, by name. */
async function listPublished(tx: AppsTx, source: AppSource): Promise<readonly ListedApp[]> {
  const { rows } = await sql<Row>`
    select id, app_id, version, content, content_hash, published_at from apps.version
    where state = 'published' order by name collate "C", app_id limit ${MAX_LISTED}`.execute(tx)
  return rows.map((row) => listedApp(source, row, contractOf(row.content_hash, row.content)))
}

function listedApp(
  source: AppSource,
  { id, app_id, version, published_at }: Omit<Row, 'content' | 'content_hash'>,
  { info, governance, pricing }: AppContract,
): ListedApp {
  const { name, description, category, tags, language, icon = null } = info
  return {
    app_id,
    source,
    version_id: id,
    version,
    published_at,
    name,
    description,
    category,
    tags,
    language,
    icon,
    engine_type: governance.engine_type,
    risk: governance.risk,
    supervision_required: governance.supervision.required,
    base_micros: pricing.base_micros,
  }
}

/** The public apps that are published, whatever organisations make of them. */
export const listPublicApps = (tx: ControlTx): Promise<readonly ListedApp[]> => listPublished(onPlatform(tx), 'public')

export type AppQuery = {
  readonly search?: string
  readonly category?: string
  readonly source?: AppSource
}

/** An app that a member can run; `promoted` apps stand first. */
export type AvailableApp = ListedApp & { readonly promoted: boolean }

/** The apps of the start menu: promoted ones in their order, the organisation's own, then the public ones, each by name. */
export async function listAvailableApps(
  tx: OrganisationTx,
  public_apps: readonly ListedApp[],
  { search = '', category, source }: AppQuery,
): Promise<readonly AvailableApp[]> {
  const catalogue = await readCatalogue(tx)
  const positions = await readPromotions(tx)
  const internal = await listPublished(inOrganisation(tx), 'internal')
  const open = public_apps.filter(({ app_id }) => isInCatalogue(catalogue, app_id))
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  return [...internal, ...open]
    .filter((app) => category === undefined || app.category === category)
    .filter((app) => source === undefined || app.source === source)
    .filter((app) => words.every((word) => textOf(app).includes(word)))
    .map((app) => ({ ...app, promoted: positions.has(app.app_id) }))
    .sort((a, b) => (positions.get(a.app_id) ?? UNPROMOTED) - (positions.get(b.app_id) ?? UNPROMOTED))
}

/** After every promoted app; a sort keeps the order of those that stand alike. */
const UNPROMOTED = Number.MAX_SAFE_INTEGER

const textOf = ({ name, description, category, tags }: ListedApp): string =>
  [name, description, category, ...tags].join('\n').toLowerCase()

async function readPromotions(tx: OrganisationTx): Promise<ReadonlyMap<string, number>> {
  const rows = await tx.selectFrom('apps.promotion').select(['app_id', 'position']).execute()
  return new Map(rows.map(({ app_id, position }) => [app_id, position]))
}

/** The catalogue as its administrators see it. */
export type CatalogueView = {
  readonly mode: string
  readonly public_apps: readonly (ListedApp & {
    readonly on_allowlist: boolean
    readonly on_blocklist: boolean
    readonly available: boolean
  })[]
  readonly internal_apps: readonly (ListedApp & { readonly position: number | null })[]
}

/** Every published app with what the organisation has decided about it. */
export async function getCatalogue(tx: OrganisationTx, public_apps: readonly ListedApp[]): Promise<CatalogueView> {
  const catalogue = await readCatalogue(tx)
  const positions = await readPromotions(tx)
  const internal = await listPublished(inOrganisation(tx), 'internal')
  return {
    mode: catalogue.mode,
    public_apps: public_apps.map((app) => ({
      ...app,
      on_allowlist: catalogue.allow.has(app.app_id),
      on_blocklist: catalogue.block.has(app.app_id),
      available: isInCatalogue(catalogue, app.app_id),
    })),
    internal_apps: internal
      .map((app) => ({ ...app, position: positions.get(app.app_id) ?? null }))
      .sort((a, b) => (a.position ?? UNPROMOTED) - (b.position ?? UNPROMOTED)),
  }
}

/** What a change of the catalogue took away: public apps that were available before it and are not after it. */
export type CatalogueChange<Before> = { readonly before: Before; readonly blocked: readonly string[] }

async function whatIsLost<Before>(
  tx: OrganisationTx,
  public_ids: readonly string[],
  change: () => Promise<Before>,
): Promise<CatalogueChange<Before>> {
  // Two who change it at once would each think of what the other left: the one row lets them through one by one.
  await tx.selectFrom('apps.catalog').select('mode').forUpdate().execute()
  const had = await readCatalogue(tx)
  const before = await change()
  const has = await readCatalogue(tx)
  const blocked = public_ids.filter((app_id) => isInCatalogue(had, app_id) && !isInCatalogue(has, app_id))
  return { before, blocked }
}

/** Chooses among all public apps, only those on the allow list, or all but those on the block list. */
export async function setCatalogueMode(
  tx: OrganisationTx,
  public_ids: readonly string[],
  mode: 'all' | 'allowlist' | 'blocklist',
): Promise<CatalogueChange<{ readonly mode: string }>> {
  return whatIsLost(tx, public_ids, async () => {
    const { mode: before } = await tx.selectFrom('apps.catalog').select('mode').executeTakeFirstOrThrow()
    await tx.updateTable('apps.catalog').set({ mode, changed_at: sql<Date>`now()` }).execute()
    return { mode: before }
  })
}

/** Puts a public app on a list, or takes it off. Refuses with `not_found` what is no public app, or not on the list. */
export async function setCatalogueEntry(
  tx: OrganisationTx,
  public_ids: readonly string[],
  entry: { readonly list: 'allow' | 'block'; readonly app_id: string; readonly is_on: boolean },
): Promise<CatalogueChange<{ readonly is_on: boolean }>> {
  const { list, app_id, is_on } = entry
  return whatIsLost(tx, public_ids, async () => {
    if (is_on) {
      if (!public_ids.includes(app_id)) throw notFound()
      const added = await tx
        .insertInto('apps.catalog_entry')
        .values({ list, app_id })
        .onConflict((conflict) => conflict.doNothing())
        .returning('app_id')
        .executeTakeFirst()
      return { is_on: added === undefined }
    }
    const { numDeletedRows } = await tx
      .deleteFrom('apps.catalog_entry')
      .where('list', '=', list)
      .where('app_id', '=', app_id)
      .executeTakeFirst()
    if (numDeletedRows === 0n) throw notFound()
    return { is_on: true }
  })
}

/** Puts these internal apps first, in this order; all others stand after them. Refuses unknown ones with `not_found`. */
export async function setPromotions(
  tx: OrganisationTx,
  app_ids: readonly string[],
): Promise<{ readonly before: readonly string[] }> {
  const before = await tx.selectFrom('apps.promotion').select('app_id').orderBy('position').execute()
  const { rows: known } = await sql`select from apps.app where id = any(${app_ids}::uuid[])`.execute(tx)
  if (known.length !== app_ids.length) throw notFound()
  await tx.deleteFrom('apps.promotion').execute()
  if (app_ids.length > 0) {
    await tx
      .insertInto('apps.promotion')
      .values(app_ids.map((app_id, position) => ({ app_id, position })))
      .execute()
  }
  return { before: before.map(({ app_id }) => app_id) }
}
